"""Whatever is done at a desk, and in whatever order: no script run without its granted receipt."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from agent_tui.__main__ import main
from agent_tui.domain.rules.seeing import Reading
from agent_tui.domain.tables import ScriptRun
from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import Met
from agent_tui.domain.values.receipts import OVERRIDES
from agent_tui.domain.values.records import (
    CustomerRecord,
    FactRecord,
    PersonRecord,
    PromiseRecord,
    SourceRow,
)
from agent_tui.domain.values.signals import CallChange, CallSignal, MessageSignal
from agent_tui.errors import AgentTuiError, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.noted import rows

SCRIPT = """---
title: Visit overdue
kind: help
---

## Say sorry

ask: Would you like another visit?
capture: !book a visit {{ answer }} +2d

1. Yes -> Book it
2. No -> end

## Book it

The next free morning is theirs.
"""
PEERS = ("020 7946 0018", "020 7946 0019")
WITHOUT = """
SELECT count(*) FROM script_runs w WHERE NOT EXISTS (
    SELECT 1 FROM receipts e WHERE e.id = w.receipt_id AND e.agent_id = w.agent_id
    AND e.customer_id = w.customer_id AND e.interaction_id IS w.interaction_id
    AND e.granted_at IS NOT NULL AND e.how IN ('seen', 'known', 'override')
    AND (e.how = 'override' OR NOT EXISTS (
        SELECT 1 FROM receipt_lines l WHERE l.receipt_id = e.id AND l.how IS NULL)))
"""

Happening = Callable[["Floor"], object]


class Floor:
    """Two customers, two agents, two telephones, and a script."""

    def __init__(self, url: str, desks: tuple[Desk, Desk], clock: StandingClock) -> None:
        self.url = url
        self.desks = desks
        self.clock = clock
        self.people = [desks[1].registering.customer(name) for name in ("Ada Hart", "Ben Hart")]
        desks[1].scripting.take_in(SCRIPT, "visit")
        for who in self.people:
            desks[1].noting.save("=prefers mornings", customer_id=who)

    def calls(self) -> list[int | None]:
        return [None, *sorted(call.id for call in self.desks[0].browsing.recent())]

    def runs(self) -> list[Any]:
        return rows(self.desks[0], "SELECT id FROM script_runs ORDER BY id")

    def run_cli(self, *words: str) -> None:
        main([*words, f"--db={self.url}", "--as=mira"])


def pick(options: list[Any], which: int) -> Any:
    return options[which % len(options)]


def a_file(floor: Floor, text: str, due_in: int) -> None:
    person = PersonRecord(
        CustomerRecord("Ada Hart", "1"),
        facts=(FactRecord(kind="notice", text=text, stated_at=NOON),),
        promises=(PromiseRecord(side="ours", text=text, due=NOON + timedelta(days=due_in)),),
    )
    rows_read = [SourceRow(1, "Ada Hart", person)]
    floor.desks[1].importing.take(rows_read, source="crm", rejected=lambda _: None)


def read(floor: Floor, agent: int, who: int, call: int, ms: int) -> None:
    desk, customer_id = floor.desks[agent], pick(floor.people, who)
    interaction_id = pick(floor.calls(), call)
    brief = desk.opening.customer(customer_id, interaction_id).brief
    looked = Reading().look(0, brief.lines, None).look(ms, brief.lines, None)
    desk.receipting.seen(
        customer_id, interaction_id, brief.digest, looked.seen(), focus=looked.focus
    )


def open_script(floor: Floor, agent: int, who: int, call: int) -> None:
    desk, customer_id = floor.desks[agent], pick(floor.people, who)
    interaction_id = pick(floor.calls(), call)
    before = floor.runs()
    was_open = False
    with suppress(Refused):
        was_open = desk.receipting.gate(customer_id, interaction_id).is_open
    with suppress(Refused):
        desk.scripting.open("visit", customer_id, interaction_id)
    if floor.runs() != before:
        event("a script was opened")
        assert was_open


def read_and_open(floor: Floor, agent: int, who: int, call: int) -> None:
    with suppress(AgentTuiError):
        read(floor, agent, who, call, 60_000)
    open_script(floor, agent, who, call)


def go_on(floor: Floor, agent: int, which: int, key: str) -> None:
    desk = floor.desks[agent]
    runs = [run for who in floor.people for run in desk.scripting.runs_of(who)]
    if runs:
        desk.scripting.choose(pick(runs, which).id, key, "on Monday")


def insert(floor: Floor, receipt: int, agent: int, who: int, call: int) -> None:
    """A run through a unit of work that nobody asked the gate about."""
    desk = floor.desks[agent]
    kept = rows(desk, "SELECT id, agent_id, customer_id, interaction_id, how FROM receipts")
    if not kept:
        return
    one = pick(kept, receipt)
    asked = (desk.agent.id, pick(floor.people, who), pick(floor.calls(), call))
    is_right = one[1:4] == asked and one[4] is not None
    try:
        with desk.writing() as unit:
            unit.add(
                ScriptRun(
                    script_id=rows(desk, "SELECT id FROM scripts")[0][0],
                    receipt_id=one[0],
                    agent_id=asked[0],
                    customer_id=asked[1],
                    interaction_id=asked[2],
                    started_at=unit.now,
                )
            )
    except Refused:
        assert not is_right
    else:
        event("a run was written past the gate, with its receipt")
        assert is_right


def wrong_person(floor: Floor, call: int, who: int) -> None:
    interaction_id = pick(floor.calls(), call)
    if interaction_id is not None:
        with suppress(Refused):
            floor.desks[0].conversing.attach(interaction_id, pick(floor.people, who))
        floor.desks[0].conversing.move(interaction_id, pick(floor.people, who))


def wrap_up(floor: Floor, call: int, met: Met) -> None:
    interaction_id = pick(floor.calls(), call)
    if interaction_id is not None:
        floor.desks[0].wrapping_up.finish(interaction_id, met)


def typed(floor: Floor, who: int, call: int, code: str | None) -> None:
    """The same on the command line, where there is no terminal."""
    interaction_id = pick(floor.calls(), call)
    words = ["scripts", "run", "visit", ids.show(ids.CUSTOMER, pick(floor.people, who))]
    if interaction_id is not None:
        words += ["--interaction", ids.show(ids.INTERACTION, interaction_id)]
    if code is not None:
        words += ["--override", code, "--reason", "so"]
    before = floor.runs()
    floor.run_cli(*words, "--json")
    if floor.runs() != before:
        event("a script was opened on the command line")


few = st.integers(0, 3)
two = st.integers(0, 1)
happenings: st.SearchStrategy[Happening] = st.one_of(
    st.builds(
        lambda call, change: (
            lambda floor: floor.desks[0].conversing.take(
                CallSignal("phone", str(call), change, sender=PEERS[call])
            )
        ),
        two,
        st.sampled_from(get_args(CallChange)),
    ),
    st.builds(
        lambda call, text: (
            lambda floor: floor.desks[0].conversing.take(
                MessageSignal("phone", str(call), text, "customer", text)
            )
        ),
        two,
        st.sampled_from(["hello", "open the script"]),
    ),
    st.builds(lambda call, who: lambda floor: wrong_person(floor, call, who), few, two),
    st.builds(
        lambda agent, who, text: (
            lambda floor: floor.desks[agent].noting.save(text, customer_id=floor.people[who])
        ),
        two,
        two,
        st.sampled_from(["!call back today", "no: the plan", "complaint: nobody came", "hi"]),
    ),
    st.builds(
        lambda text, due: lambda floor: a_file(floor, text, due),
        st.sampled_from(["beware of the dog", "no ladders"]),
        st.integers(-1, 2),
    ),
    st.builds(
        lambda agent, who, call, ms: lambda floor: read(floor, agent, who, call, ms),
        two,
        two,
        few,
        st.sampled_from([100, 1_500, 60_000]),
    ),
    st.builds(
        lambda agent, who, call: lambda floor: read_and_open(floor, agent, who, call), two, two, few
    ),
    st.builds(
        lambda agent, who, call: lambda floor: open_script(floor, agent, who, call), two, two, few
    ),
    st.builds(
        lambda agent, who, call, code: (
            lambda floor: floor.desks[agent].receipting.override(
                floor.people[who], pick(floor.calls(), call), code, "so"
            )
        ),
        two,
        two,
        few,
        st.sampled_from(list(OVERRIDES)),
    ),
    st.builds(
        lambda agent, which, key: lambda floor: go_on(floor, agent, which, key),
        two,
        few,
        st.sampled_from("12"),
    ),
    st.builds(
        lambda receipt, agent, who, call: lambda floor: insert(floor, receipt, agent, who, call),
        few,
        two,
        two,
        few,
    ),
    st.builds(
        lambda call, met: lambda floor: wrap_up(floor, call, met),
        few,
        st.sampled_from(get_args(Met)),
    ),
    st.builds(
        lambda who, call, code: lambda floor: typed(floor, who, call, code),
        two,
        few,
        st.sampled_from([None, *OVERRIDES]),
    ),
    st.builds(lambda days: lambda floor: floor.clock.move(days=days), st.integers(0, 9)),
)


@contextmanager
def a_floor(template: Path) -> Iterator[Floor]:
    clock = StandingClock()
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{shutil.copy(template, Path(folder) / 'desk.sqlite')}"
        with (
            closing(make_desk(url, now=clock)) as mira,
            closing(make_desk(url, handle="asha", role="lead", now=clock)) as asha,
        ):
            yield Floor(url, (mira, asha), clock)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(done=st.lists(happenings, min_size=5, max_size=25))
def test_no_run_is_ever_without_its_receipt(sqlite_template: Path, done: list[Happening]) -> None:
    with a_floor(sqlite_template) as floor:
        for happening in done:
            with suppress(AgentTuiError):
                happening(floor)
            assert rows(floor.desks[0], WITHOUT) == [(0,)]
