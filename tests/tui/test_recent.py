"""Recent on the screen: gone to and left, read from end to end, kept up, empty, slow, failed."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from textual.events import MouseScrollDown

from agent_tui.domain.values.changes import Change
from agent_tui.domain.values.filters import Filter
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.recent import RecentPage
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp
from agent_tui.tui.screens.recent import RecentScreen
from tests.fakes.browsing import BrowsingFromMemory
from tests.text.nasty import NASTY
from tests.tui.conftest import NOW, Open, Stage

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: size[0])


def name(what: str, size: tuple[int, int]) -> str:
    return f"recent-{what}-{size[0]}x{size[1]}"


def from_memory(stage: Stage) -> BrowsingFromMemory:
    """From now on Recent is read from memory."""
    browsing = BrowsingFromMemory(stage.desk)
    stage.desk.__dict__["browsing"] = browsing
    return browsing


def recent(stage: Stage) -> RecentScreen:
    screen = stage.app.screen
    assert isinstance(screen, RecentScreen)
    return screen


@asynccontextmanager
async def opened(
    open_app: Open, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Stage, BrowsingFromMemory]]:
    """Recent, read from memory, with its first page."""
    async with open_app(size=size) as stage:
        browsing = from_memory(stage)
        await stage.press("f2")
        await stage.until("556, newest first")
        yield stage, browsing


async def happens(stage: Stage, browsing: BrowsingFromMemory, *calls: Interaction) -> None:
    """These happen, or read so from now on; every desk hears of it."""
    browsing.put(*calls)
    changes = [Change(NOW, None, "call.ringing", None, call.id, None) for call in calls]
    recent(stage).hear(changes)
    await stage.pilot.pause(0.25)


def new_one(browsing: BrowsingFromMemory, number: int, **more: object) -> Interaction:
    """A call that begins now."""
    like = browsing.all[5].interaction
    told = {"id": 10_000_000_000_000 + number, "opened_at": NOW + timedelta(seconds=number)}
    return replace(like, **{**told, "agenda": f"new {number}", "topics": (), **more})  # type: ignore[arg-type]


def shown_id(stage: Stage) -> int | None:
    row = recent(stage).rows.row
    return None if row is None else row.interaction.id


def listed(stage: Stage) -> list[str]:
    """The rows of the list on the screen."""
    return [row.partition("││")[0] for row in stage.shown.splitlines()[5:20]]


# -- gone to and left


async def test_one_key_leads_there_and_one_back_and_the_desk_is_as_it_was(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type("katherine smith\r")
        await stage.until("Before you speak")
        await stage.press("f4")
        await stage.type("half a note")
        await stage.press("f2")
        await stage.until("newest first")
        assert "Before you speak" not in stage.shown
        await stage.press("f1")
        await stage.until("Before you speak", "half a note")
        await stage.type(" and the rest")
        await stage.until("half a note and the rest")


async def test_keys_typed_at_once_go_where_the_one_before_led(open_app: Open) -> None:
    async with open_app() as stage:
        from_memory(stage)
        await stage.pilot.press("f2", "j", "j", "slash", *"met:no", "enter", "j", "f1", *"kath")
        await stage.until("Katherine", gone="556")
        await stage.press("f2")
        await stage.until("met:no", " found")
        assert recent(stage).rows.cursor == 1


async def test_it_is_as_it_was_left_and_what_happened_meanwhile_is_there(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        await stage.press("j", "j", "j")
        before = shown_id(stage)
        await stage.press("f1")
        await stage.until("Today")
        browsing.put(new_one(browsing, 1))
        stage.app.places.hear(
            [Change(NOW, None, "call.ringing", None, new_one(browsing, 1).id, None)]
        )
        await stage.press("f2")
        await stage.until("new 1", "557, newest first")
        assert shown_id(stage) == before


async def test_gone_to_before_the_desk_is_open_it_waits_for_it(open_app: Open) -> None:
    async with open_app() as stage:
        stage.app.desk = None
        await stage.press("f2")
        await stage.until("Opening the desk…")
        stage.app.desk = stage.desk
        stage.app.places.desk_opened(stage.desk)
        await stage.until("newest first", gone="Opening the desk…")


async def test_who_calls_is_told_and_taken_with_one_key(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.press("f2")
        await stage.until("newest first")
        stage.desk.receiving.take(
            CallSignal("phone", "x1", "ringing", sender="020 7946 0018", at=NOW)
        )
        await stage.until("ringing", "F9 opens")
        assert recent(stage).is_current
        await stage.press("f9")
        await stage.until("Who calls from 020 7946 0018?")
        await stage.press("enter")
        await stage.until("Before you speak")
        assert stage.app.screen_stack == [stage.app.desk_screen]


async def test_one_key_leads_to_who_waits_in_writing(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("Waiting 2")
        await stage.press("f2")
        await stage.until("newest first", "waiting  ", gone="F9")
        await stage.press("f9")
        await stage.until("about Llŷr Davies")
        assert stage.app.screen_stack == [stage.app.desk_screen]


# -- read


@SIZES
async def test_full(size: tuple[int, int], open_app: Open) -> None:
    async with open_app(size=size) as stage:
        await stage.press("f2")
        await stage.until("556, newest first")
        await stage.press("j", "j", "j")
        await stage.looks_like(name("full", size))


@SIZES
async def test_empty(size: tuple[int, int], open_app: Open) -> None:
    async with open_app(size=size) as stage:
        from_memory(stage).all.clear()
        await stage.press("f2")
        await stage.until("Nothing happened yet")
        await stage.looks_like(name("empty", size))


@SIZES
async def test_loading(size: tuple[int, int], open_app: Open) -> None:
    async with open_app(size=size) as stage:
        browsing = from_memory(stage)
        browsing.gate = threading.Event()
        try:
            await stage.press("f2")
            await stage.until("Loading…")
            await stage.looks_like(name("loading", size))
        finally:
            browsing.gate.set()
        await stage.until("556, newest first", gone="Loading…")


@SIZES
async def test_failed(size: tuple[int, int], open_app: Open) -> None:
    async with open_app(size=size) as stage:
        browsing = from_memory(stage)
        browsing.error = Unavailable("the server is away")
        await stage.press("f2")
        await stage.until("the server is away")
        await stage.looks_like(name("failed", size))
        browsing.error = None
        await stage.until("my reading is")


async def test_every_row_is_met_once_on_the_way_down_and_up(open_app: Open) -> None:
    async with opened(open_app, (80, 24)) as (stage, browsing):
        every = [row.interaction.id for row in browsing.all]
        seen = [shown_id(stage)]
        for _ in range(600):
            await stage.press("j")
            if shown_id(stage) == seen[-1]:
                break
            seen.append(shown_id(stage))
        assert seen == every
        assert len(recent(stage).rows.rows) < 450
        back = [shown_id(stage)]
        for _ in range(200):
            await stage.press("k")
            back.append(shown_id(stage))
        assert back == every[: -len(back) - 1 : -1]


async def test_the_oldest_and_the_latest_are_one_key_away(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        await stage.press("end")
        await stage.sees(lambda: shown_id(stage) == browsing.all[-1].interaction.id)
        assert browsing.pages <= 2
        await stage.press("home")
        await stage.sees(lambda: shown_id(stage) == browsing.all[0].interaction.id)
        await stage.press("pagedown")
        assert recent(stage).rows.cursor not in (None, 0)


async def test_a_search_that_takes_long_says_how_far_it_is_and_goes_on(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        browsing.stops_after = 40
        gate = browsing.gate = threading.Event()
        await stage.press("slash")
        await stage.type("zebra")
        gate.set()
        await stage.until("Nothing like this")
        browsing.put(replace(browsing.all[-1].interaction, agenda="a zebra"))
        await stage.press("backspace")
        await stage.until("a zebra", "1 found")


async def test_a_long_count_says_how_many_there_are_at_least(open_app: Open) -> None:
    async with open_app() as stage:
        gate = from_memory(stage).count_gate = threading.Event()
        await stage.press("f2")
        await stage.until("278+, newest first")
        gate.set()
        await stage.until("556, newest first")


# -- kept up


async def test_at_the_top_what_is_new_appears_and_the_cursor_stays(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        await stage.press("j")
        before = shown_id(stage)
        await happens(stage, browsing, new_one(browsing, 1), new_one(browsing, 2))
        await stage.until("new 1", "new 2", "558, newest first")
        assert shown_id(stage) == before
        assert recent(stage).rows.cursor == 3


async def test_further_down_it_is_told_and_nothing_moves(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        await stage.press("pagedown", "pagedown")
        before, rows = shown_id(stage), listed(stage)
        await happens(stage, browsing, *(new_one(browsing, number) for number in (1, 2, 3)))
        await stage.until("3 newer above · g")
        assert (shown_id(stage), listed(stage)) == (before, rows)
        await stage.looks_like("recent-newer-120x36")
        await stage.press("g")
        await stage.until("new 3", gone="newer above")


class SlowToTell(BrowsingFromMemory):
    """A page is read at once, and told when `told` is set."""

    told: threading.Event | None = None
    is_read = False

    def page(self, wanted: Filter, **where: Any) -> RecentPage:
        page = super().page(wanted, **where)
        if self.told is not None:
            self.is_read = True
            self.told.wait(20)
        return page


async def test_a_call_that_comes_while_the_list_is_read_stands_in_it(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        browsing.__class__ = SlowToTell
        slow = cast("SlowToTell", browsing)
        slow.told = threading.Event()
        recent(stage).read_list()
        await stage.sees(lambda: slow.is_read)
        await happens(stage, browsing, new_one(browsing, 1, state="talking"))
        await stage.sees(lambda: recent(stage)._meanwhile)
        slow.told.set()
        await stage.sees(lambda: not recent(stage).is_loading)
        assert [row.interaction.agenda for row in recent(stage).rows.rows][:1] == ["new 1"]
        await stage.until("new 1", "557, newest first")


async def test_a_call_that_ends_while_the_list_is_read_is_gone_from_it(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        await stage.press("slash")
        await stage.type("met:no")
        await stage.until("found")
        await stage.press("enter")
        browsing.__class__ = SlowToTell
        slow = cast("SlowToTell", browsing)
        slow.told = threading.Event()
        recent(stage).read_list()
        await stage.sees(lambda: slow.is_read)
        second = recent(stage).rows.rows[1].interaction
        await happens(stage, browsing, replace(second, met="yes"))
        await stage.sees(lambda: not recent(stage).rows.window.holds(second.id))
        slow.told.set()
        await stage.sees(lambda: not recent(stage).is_loading)
        await stage.sees(lambda: not recent(stage).rows.window.holds(second.id))


async def test_a_row_on_the_screen_reads_as_it_is_now(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        call = browsing.all[2].interaction
        await happens(stage, browsing, replace(call, met="partly", agenda="something else"))
        await stage.until("something else", "556, newest first")


async def test_what_is_looked_for_no_more_goes_but_for_the_row_of_the_cursor(
    open_app: Open,
) -> None:
    async with opened(open_app) as (stage, browsing):
        await stage.press("slash")
        await stage.type("met:no")
        await stage.until("found")
        await stage.press("enter")
        first, second = (row.interaction for row in recent(stage).rows.rows[:2])
        await happens(stage, browsing, replace(first, met="yes"), replace(second, met="yes"))
        await stage.sees(lambda: not recent(stage).rows.window.holds(second.id))
        assert shown_id(stage) == first.id


async def test_what_goes_on_counts_its_minutes(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        assert "live 4m" in stage.shown
        stage.clock.move(minutes=3)
        recent(stage)._tick_minutes()
        await stage.until("live 7m", gone="live 1m")


async def test_hostile_words_are_shown_as_words(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        for number, words in enumerate(NASTY[:24]):
            browsing.put(
                new_one(browsing, number, customer=words, agenda=words, outcome=words, peer=words)
            )
        await stage.press("f1", "f2")
        recent(stage).read_list()
        await stage.until("580, newest first")
        for _ in range(24):
            await stage.press("j")
        assert isinstance(stage.app.screen, RecentScreen)


# -- begun with


def app_with(desk: Desk, kept: Path) -> DeskApp:
    return DeskApp(lambda: desk, place_file=kept)


async def test_it_starts_on_the_last_place(desk: Desk, tmp_path: Path) -> None:
    kept = tmp_path / "state" / "place"
    app = app_with(desk, kept)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f2")
        assert isinstance(app.screen, RecentScreen)
        await app.action_quit()
    app = app_with(desk, kept)
    async with app.run_test(size=(120, 36)) as pilot:
        assert isinstance(app.screen, RecentScreen)
        await pilot.press("f1")
        await app.action_quit()
    assert kept.stat().st_mode & 0o077 == 0
    app = app_with(desk, kept)
    async with app.run_test(size=(120, 36)):
        assert app.screen is app.desk_screen
        await app.action_quit()


@pytest.mark.parametrize("words", [b"", b"\xff\xfe", b"nowhere", b"desk", b"../recent"])
async def test_whatever_the_file_holds_it_starts(desk: Desk, tmp_path: Path, words: bytes) -> None:
    kept = tmp_path / "place"
    kept.write_bytes(words)
    app = app_with(desk, kept)
    async with app.run_test(size=(120, 36)):
        assert app.screen is app.desk_screen
        await app.action_quit()


# -- with the mouse


async def test_the_wheel_scrolls_and_a_click_reads(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        rows = recent(stage).rows
        before = shown_id(stage)
        for _ in range(5):
            rows.post_message(
                MouseScrollDown(rows, 1, 1, 0, 1, 0, False, False, False, screen_x=1, screen_y=8)
            )
        await stage.sees(lambda: rows.scroll_offset.y == 15)
        assert shown_id(stage) == before
        await stage.pilot.click(rows, offset=(10, 2))
        await stage.until("n next")
        assert browsing.was_read == [browsing.all[17].interaction.id]


async def test_it_asks_for_more_where_the_wheel_leads(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        rows = recent(stage).rows
        for _ in range(60):
            rows.post_message(
                MouseScrollDown(rows, 1, 1, 0, 1, 0, False, False, False, screen_x=1, screen_y=8)
            )
            await stage.pilot.pause()
        assert rows.scroll_offset.y > 100


async def test_it_is_made_ready_behind_the_desk_and_asks_nothing_before_it_is_gone_to(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        places = stage.app.places
        await stage.sees(lambda: "recent" in places._loaded and places._loaded["recent"].is_mounted)
        made = places._loaded["recent"]
        assert isinstance(made, RecentScreen)
        assert made.asking is None
        assert stage.app.screen_stack == [stage.app.desk_screen]
        places.hear([Change(NOW, None, "call.ringing", None, 7, None)])
        assert made.touched == set()
        await stage.press("f2")
        await stage.until("556, newest first", "▸")
        assert stage.app.screen_stack[-1] is made
