"""The demo desk: made-up people whose dates stay true.

It is a desk like any other in a file of its own. Its people are built from offsets on the first
visit; on a later day every moment in the file moves on by the days that have passed, so that what
was late by six days still is, and what was written at the demo desk stays.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent_tui import paths
from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import ForeignDatabase
from agent_tui.storage import schema
from agent_tui.storage.location import Location
from agent_tui.storage.queries import agents, demos
from agent_tui.storage.reader import open_reader

if TYPE_CHECKING:
    from agent_tui.domain.values.records import SourceRow
    from agent_tui.services.desk import Desk

AGENT = "mira"
"""Who sits at the demo desk."""
REGION = "GB"
SOURCE = "demo"
CALL = "demo-call"
CHAT: ChannelName = "chat"

TOWN = ("people.jsonl", "town.jsonl")
"""The files of the people whom the demo's story is about, and of those around them."""

DISTRICT = (*TOWN, "neighbours.jsonl", "district.jsonl.gz")
"""The files of everybody."""


def prepare(
    path: Path,
    open_desk: Callable[[], Desk],
    *,
    now: datetime,
    fresh: bool,
    building: Callable[[], None],
    people: Sequence[str] = DISTRICT,
) -> tuple[CallSignal, ...]:
    """Make the demo desk in the file `path` ready for the day of `now`, a time in its own zone.

    `open_desk` opens it, making the file where there is none. `building` is called before people
    are built, from the files `people`: on the first visit, after one that was broken off, and where
    `fresh` asks for it.
    Returns what ends the calls that the last visit left open. Two at once wait for each other.
    """
    today = now.date().toordinal()
    with _alone(path.parent):
        day = None if fresh else _day(path)
        if day is None:
            building()
            _remove(path)
        if day != today:
            with closing(open_desk()) as desk:
                if day is None:
                    _build(desk, now, people)
                _set_day(desk, today, 0 if day is None else today - day)
        with closing(open_reader(Location(path=path))) as reader:
            return demos.calls_broken_off(reader, beginning=CALL)


def end_calls(path: Path, open_desk: Callable[[], Desk], *, play: str, now: datetime) -> None:
    """End the calls of a play that go on in the demo desk at `path`: nobody plays them any more."""
    with closing(open_reader(Location(path=path))) as reader:
        calls = demos.calls_broken_off(reader, beginning=CALL)
    left = [ending for ending in calls if ending.call.endswith(f"-{play}")]
    if left:
        with closing(open_desk()) as desk:
            for ending in left:
                desk.conversing.take(replace(ending, at=now))


def snippets() -> dict[str, str]:
    """The ready-made words of the demo desk: name to template."""
    made: dict[str, str] = json.loads(paths.shipped("demo", "snippets.json").read_bytes())
    return made


def _day(path: Path) -> int | None:
    """The day that a finished demo desk stands on; None where it has to be built."""
    location = Location(path=path)
    try:
        if schema.check(location) is not schema.State.CURRENT:
            return None
    except ForeignDatabase as error:
        raise ForeignDatabase(error.message, hint=("demo.fresh", "")) from error
    with closing(open_reader(location)) as reader:
        return demos.day(reader)


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _build(desk: Desk, now: datetime, people: Sequence[str]) -> None:
    _place_agents(desk)
    _take_scripts(desk)
    desk.importing.take(_people(people, now), source=SOURCE, live=True)
    _place_records(desk)
    _go_on_in_chats(desk)
    _do_deeds(desk, now)


def _place_records(desk: Desk) -> None:
    """Files do not say in which contact a promise was made or a complaint began: here they came
    from the one of that day."""
    from agent_tui.storage.shifting import to_contacts_of_their_day

    with desk.writing() as unit:
        to_contacts_of_their_day(unit)


def _place_agents(desk: Desk) -> None:
    """Everybody who works here, with name and role; whoever opened the desk is there already."""
    from agent_tui.domain.tables import Agent
    from agent_tui.services.staffing import add_agent

    with desk.writing() as unit:
        for entry in json.loads(paths.shipped("demo", "agents.json").read_bytes()):
            known = agents.by_handle(unit.reader, handle=entry["handle"])
            if known is None:
                add_agent(unit, **entry)
            else:
                row = unit.get(Agent, known.id)
                row.name, row.role = entry["name"], entry["role"]
                unit.save(row)


def _take_scripts(desk: Desk) -> None:
    """The call scripts, as their lead wrote them."""
    from agent_tui.services import demo_deeds

    agent = next(one for one in desk.staffing.everybody() if one.role == "lead")
    lead = demo_deeds.in_the_name_of(agent.handle, desk, desk.clock())
    found = sorted(paths.shipped("demo", "scripts").glob("*.md"))
    lead.scripting.take_in_all([(file.stem, file.read_bytes()) for file in found])


def _people(names: Sequence[str], now: datetime) -> Iterator[SourceRow]:
    import gzip

    from agent_tui.domain.values.records import SourceRow
    from agent_tui.exchange.demo import read_demo

    zone = now.tzinfo
    assert zone is not None
    for name in names:
        unpack = gzip.open if name.endswith(".gz") else open
        with unpack(paths.shipped("demo", name), "rb") as stream:
            for line, person in enumerate(read_demo(stream, now=now, zone=zone), start=1):
                yield SourceRow(line=line, raw="", record=person)


def _go_on_in_chats(desk: Desk) -> None:
    """Chats that are still open are the channel's from now on, so that they can be answered."""
    from agent_tui.domain.tables import Interaction

    with desk.writing() as unit:
        for interaction_id in demos.open_on(unit.reader, source=SOURCE, channel=CHAT):
            row = unit.get(Interaction, interaction_id)
            row.source = CHAT
            unit.save(row)


def _do_deeds(desk: Desk, now: datetime) -> None:
    from agent_tui.services import demo_deeds

    lines = paths.shipped("demo", "deeds.jsonl").read_bytes().splitlines()
    demo_deeds.do(desk, map(json.loads, lines), source=SOURCE, now=now)


def _set_day(desk: Desk, today: int, passed: int) -> None:
    from agent_tui.storage.shifting import keep_day, shift_days

    with desk.writing() as unit:
        if passed:
            shift_days(unit, passed)
        keep_day(unit, today)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """A block in which no other process prepares a demo desk in the same folder."""
    with ExitStack() as stack:
        lock = os.open(paths.private(folder), os.O_RDONLY)
        stack.callback(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
