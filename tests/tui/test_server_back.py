"""A server that is away for a while: what stands on the screen is there once it is back, without a
key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import psycopg

from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.services.registering import link_peer
from agent_tui.tui.app import DeskApp
from tests.builders import make_desk
from tests.postgres import hang_up, refused
from tests.tui.conftest import NOW, ZONE, Stage

NUMBER = "+442079460018"


@asynccontextmanager
async def on_server(url: str) -> AsyncIterator[Stage]:
    """A desk on a server, with two people, of whom one is on the line."""
    desk = make_desk(url, now=NOW, zone=ZONE)
    ava = desk.registering.customer("Ava Nguyen")
    with desk.writing() as unit:
        link_peer(unit, customer_id=ava, peer=NUMBER, region="GB")
    desk.noting.save("wants a visit !call back fri 10am", customer_id=ava)
    desk.registering.customer("Ben Adeyemi")
    desk.conversing.take(CallSignal("phone", "1", "answered", sender=NUMBER))
    desk.conversing.take(MessageSignal("phone", "1", "1", "customer", "it is cold"))
    app = DeskApp(lambda: desk)
    with closing(desk):
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            yield Stage(app, pilot, desk, lambda: NOW)  # type: ignore[arg-type]
            await app.action_quit()


async def test_who_is_opened_after_it_is_there_and_notes_go_to_their_call(
    migrated_postgres_url: str,
) -> None:
    async with on_server(migrated_postgres_url) as stage:
        await stage.until("Mira", "F9 opens")
        hang_up(migrated_postgres_url)
        await stage.press("f9")
        await stage.until("about Ava Nguyen", "Before you speak", "it is cold")
        assert "cannot be used" not in stage.shown
        await stage.press("f4")
        await stage.type("no heating")
        await stage.press("enter")
        await stage.until("saved")
    with psycopg.connect(migrated_postgres_url) as connection:
        [(call,)] = connection.execute(
            "SELECT interaction_id FROM notes WHERE text = 'no heating'"
        ).fetchall()
        assert call is not None


async def test_what_was_asked_while_it_was_away_is_there_without_a_key(
    migrated_postgres_url: str,
) -> None:
    async with on_server(migrated_postgres_url) as stage:
        await stage.until("Mira", "F9 opens")
        with refused(migrated_postgres_url):
            await stage.press("f9")
            await stage.until("The desk's database cannot be used right now")
            await stage.press("f4")
            await stage.type("no heating")
            await stage.until("NOT KEPT:")
        await stage.until("Before you speak", "it is cold", "draft kept")
        await stage.press("enter")
        await stage.until("saved")
        await stage.press("f1")
        with refused(migrated_postgres_url):
            await stage.type("/ben")
            await stage.until("no answer")
        await stage.until("▸ Ben Adeyemi")
    with psycopg.connect(migrated_postgres_url) as connection:
        [(call,)] = connection.execute(
            "SELECT interaction_id FROM notes WHERE text = 'no heating'"
        ).fetchall()
        assert call is not None
