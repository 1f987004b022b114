"""Attending: who else is with a customer, from heartbeats that cost nobody anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from agent_tui.domain.values.presence import Presence
from agent_tui.errors import Conflict, Unavailable
from agent_tui.services.attending import GONE, QUIET
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def asha(migrated_url: str, clock: StandingClock, desk: Desk) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as made:
        yield made


def rows(desk: Desk) -> int:
    row = desk.store.reader().row("SELECT count(*) FROM presences")
    assert row is not None
    return int(row[0])


def test_others_are_named_with_what_they_do(desk: Desk, asha: Desk) -> None:
    ada = desk.registering.customer("Ada Hart")
    asha.attending.be_here(ada, None, "typing")
    desk.attending.be_here(ada, None)
    assert desk.attending.others(ada) == (
        Presence("Asha", asha.agent.id, "typing", ada, None, NOON),
    )
    assert [one.who for one in asha.attending.others(ada)] == ["Mira"]
    assert desk.attending.others() == desk.attending.others(ada)
    assert desk.attending.others(404) == ()
    assert desk.attending.others(404, 405) == ()


def test_who_leaves_or_turns_to_somebody_else_is_gone(desk: Desk, asha: Desk) -> None:
    ada, ben = (desk.registering.customer(name) for name in ("Ada Hart", "Ben Moss"))
    asha.attending.be_here(ada, None)
    asha.attending.be_here(ben, None)
    assert desk.attending.others(ada) == ()
    assert len(desk.attending.others(ben)) == 1
    asha.attending.leave()
    asha.attending.leave()
    assert desk.attending.others() == ()
    assert rows(desk) == 0


def test_oneself_at_another_desk_is_named_as_such(
    desk: Desk, migrated_url: str, clock: StandingClock
) -> None:
    ada = desk.registering.customer("Ada Hart")
    with closing(make_desk(migrated_url, now=clock)) as second:
        second.attending.be_here(ada, None)
        desk.attending.be_here(ada, None)
        assert [one.who for one in desk.attending.others(ada)] == ["you, at another desk"]


def test_the_desk_that_one_was_cut_off_from_is_not_oneself_at_another_desk(
    desk: Desk, asha: Desk, migrated_url: str, clock: StandingClock
) -> None:
    ada = desk.registering.customer("Ada Hart")
    desk.attending.be_here(ada, None)
    clock.move(seconds=5)
    with closing(make_desk(migrated_url, now=clock)) as again:
        assert again.attending.others(ada) == ()
        assert [one.who for one in asha.attending.others(ada)] == ["Mira"]
        clock.move(seconds=QUIET.total_seconds())
        desk.attending.be_here(ada, None)
        assert [one.who for one in again.attending.others(ada)] == ["you, at another desk"]


def test_an_agent_at_two_desks_is_one_and_types_where_they_type(
    desk: Desk, asha: Desk, migrated_url: str, clock: StandingClock
) -> None:
    ada = desk.registering.customer("Ada Hart")
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as second:
        asha.attending.be_here(ada, None, "typing")
        clock.move(seconds=1)
        second.attending.be_here(ada, None)
        assert [one.doing for one in desk.attending.others(ada)] == ["typing"]


def test_a_desk_that_died_is_gone_and_cleared_away(
    desk: Desk, asha: Desk, clock: StandingClock
) -> None:
    asha.attending.be_here(None, None)
    clock.now = NOON + GONE - timedelta(microseconds=1)
    assert len(desk.attending.others()) == 1
    clock.now = NOON + GONE
    assert desk.attending.others() == ()
    desk.attending.be_here(None, None)
    assert rows(desk) == 2
    clock.move(seconds=1)
    desk.attending.be_here(None, None, "typing")
    assert rows(desk) == 1
    asha.attending.be_here(None, None)
    assert [one.who for one in desk.attending.others()] == ["Asha"]


def test_the_same_is_not_written_at_every_key(desk: Desk, asha: Desk, clock: StandingClock) -> None:
    asha.attending.be_here(None, None)
    seen = desk.attending.others()
    clock.now = NOON + QUIET - timedelta(microseconds=1)
    asha.attending.be_here(None, None)
    assert desk.attending.others() == seen
    asha.attending.be_here(None, None, "typing")
    assert desk.attending.others()[0].seen_at == clock.now
    asha.attending.be_here(None, None, "here")
    clock.move(seconds=QUIET.total_seconds())
    asha.attending.be_here(None, None, "here")
    assert desk.attending.others()[0].seen_at == clock.now


def test_a_clock_that_was_set_back_does_not_silence_a_desk(
    desk: Desk, asha: Desk, clock: StandingClock
) -> None:
    asha.attending.be_here(None, None)
    clock.move(hours=-1)
    asha.attending.be_here(None, None)
    assert desk.attending.others()[0].seen_at == clock.now


def test_a_beat_leaves_no_event(desk: Desk) -> None:
    before = desk.store.reader().rows("SELECT max(sequence) FROM events")
    with closing(desk.store.feed()) as feed:
        desk.attending.be_here(None, None)
        desk.attending.leave()
        assert feed.wait(0) == []
    assert desk.store.reader().rows("SELECT max(sequence) FROM events") == before


def test_a_beat_is_left_out_while_another_writes_and_made_up_for_afterwards(
    migrated_sqlite_url: str,
) -> None:
    path = migrated_sqlite_url.removeprefix("sqlite:///")
    with (
        closing(make_desk(migrated_sqlite_url)) as desk,
        closing(make_desk(migrated_sqlite_url, handle="asha")) as asha,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        asha.attending.be_here(None, None)
        other.execute("BEGIN IMMEDIATE")
        asha.attending.be_here(None, None, "typing")
        asha.attending.leave()
        assert [one.doing for one in desk.attending.others()] == ["here"]
        other.execute("ROLLBACK")
        asha.attending.be_here(None, None, "typing")
        assert [one.doing for one in desk.attending.others()] == ["typing"]
        asha.attending.leave()
        assert desk.attending.others() == ()


def test_any_other_failure_is_said(desk: Desk) -> None:
    with pytest.raises(Conflict):
        desk.attending.be_here(404, None)
    with desk.writing() as unit:
        unit.execute("ALTER TABLE presences RENAME TO elsewhere")
    with pytest.raises(Unavailable):
        desk.attending.be_here(None, None)
