"""Whatever is said, rung, noted or imported: a promise is closed by a person, never by traffic."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.rules.promises import CLOSES, Action, after
from agent_tui.domain.values.kinds import Met, PromiseState, Speaker
from agent_tui.domain.values.records import (
    CustomerRecord,
    InteractionRecord,
    MessageRecord,
    PersonRecord,
    PromiseRecord,
    SourceRow,
)
from agent_tui.domain.values.signals import CallChange, CallSignal, DeliverySignal, MessageSignal
from agent_tui.errors import BadInput, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk

PEER = "020 7946 0018"
DUE = NOON + timedelta(days=1)
States = dict[int, PromiseState]

Happening = Callable[["Floor"], object]


class Floor:
    """A desk with one customer who is owed something, and what may happen there."""

    def __init__(self, desk: Desk, clock: StandingClock) -> None:
        self.desk = desk
        self.clock = clock
        self.who = desk.registering.customer("Ada Hart")
        self.first = desk.promising.make(self.who, "call back", DUE, contact=PEER)
        self._names = count()

    def states(self) -> States:
        rows = self.desk.store.reader().rows("SELECT id, state FROM promises")
        return {row[0]: row[1] for row in rows}

    def say(self, speaker: Speaker, text: str) -> None:
        name = str(next(self._names))
        self.desk.conversing.take(MessageSignal("chat", "1", name, speaker, text))

    def take_in(self, state: PromiseState) -> None:
        """A file that says of the same promise what it likes."""
        person = PersonRecord(
            CustomerRecord("Ada Hart", "1"),
            promises=(PromiseRecord(side="ours", text="call back", due=DUE, state=state),),
            interactions=(
                InteractionRecord(
                    channel="phone",
                    opened_at=NOON,
                    messages=(MessageRecord(speaker="customer", text="thanks, that is done"),),
                ),
            ),
        )
        rows = [SourceRow(1, "Ada Hart", person)]
        self.desk.importing.take(rows, source="crm", rejected=lambda _: None)

    def attach_all(self) -> None:
        for call in self.desk.browsing.recent():
            with suppress(Refused):
                self.desk.conversing.attach(call.id, self.who)

    def wrap_all_up(self, met: Met) -> None:
        for call in self.desk.browsing.recent():
            with suppress(Refused):
                self.desk.wrapping_up.finish(call.id, met, outcome="all is done")


words = st.sampled_from(
    ["thanks!", "you called back, all is well", "!call back is kept", "closed", "#done", "0"]
)
traffic: st.SearchStrategy[Happening] = st.one_of(
    st.builds(
        lambda change, sender: (
            lambda floor: floor.desk.conversing.take(CallSignal("chat", "1", change, sender=sender))
        ),
        st.sampled_from(get_args(CallChange)),
        st.sampled_from([PEER, None]),
    ),
    st.builds(
        lambda speaker, text: lambda floor: floor.say(speaker, text),
        st.sampled_from(get_args(Speaker)),
        words,
    ),
    st.builds(
        lambda told: (
            lambda floor: floor.desk.conversing.take(
                DeliverySignal("chat", "1", "0", delivered=told)
            )
        ),
        st.booleans(),
    ),
    st.builds(
        lambda text: lambda floor: floor.desk.noting.save(text, customer_id=floor.who), words
    ),
    st.builds(
        lambda state: lambda floor: floor.take_in(state), st.sampled_from(get_args(PromiseState))
    ),
    st.builds(lambda met: lambda floor: floor.wrap_all_up(met), st.sampled_from(get_args(Met))),
    st.builds(lambda days: lambda floor: floor.clock.move(days=days), st.integers(0, 9)),
    st.just(lambda floor: floor.attach_all()),
)
actions = st.sampled_from(get_args(Action))


def act(floor: Floor, promise_id: int, action: Action) -> int | None:
    """Do something about a promise; returns the id of the one that takes its place, if any."""
    promising = floor.desk.promising
    if action == "renegotiate":
        due = floor.clock.now + timedelta(days=1)
        return promising.renegotiate(promise_id, due, told=False)
    if action in ("withdraw", "break_off"):
        getattr(promising, action)(promise_id, "a reason", told=True)
    elif action == "hand_over":
        promising.hand_over(promise_id, "asha")
    elif action == "set_contact":
        promising.set_contact(promise_id, "07700 900118")
    else:
        getattr(promising, action)(promise_id)
    return None


@contextmanager
def a_floor(template: Path) -> Iterator[Floor]:
    clock = StandingClock()
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{shutil.copy(template, Path(folder) / 'desk.sqlite')}"
        make_desk(url, handle="asha", now=clock).close()
        with closing(make_desk(url, now=clock)) as desk:
            yield Floor(desk, clock)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(happenings=st.lists(traffic | actions, max_size=12))
def test_no_traffic_ever_closes_a_promise(
    sqlite_template: Path, happenings: list[Happening | Action]
) -> None:
    with a_floor(sqlite_template) as floor:
        promise_id = floor.first
        for happening in happenings:
            before = floor.states()
            if callable(happening):
                with suppress(BadInput, Refused):
                    happening(floor)
                kept = {key: floor.states()[key] for key in before}
                assert kept == before
                continue
            try:
                new_id = act(floor, promise_id, happening)
            except Refused:
                assert floor.states() == before
                continue
            expected = after(before[promise_id], happening)
            assert floor.states()[promise_id] == expected
            assert (expected == "open") == (happening not in CLOSES)
            promise_id = new_id or promise_id
