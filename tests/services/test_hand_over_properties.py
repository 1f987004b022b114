"""Whatever agents do about hand-overs, in any order: who has a conversation, and what stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.values.hand_overs import HandOver
from agent_tui.domain.values.receipts import LineSeen
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import Refused
from agent_tui.services.desk import Desk
from tests.builders import StandingClock, make_desk
from tests.services.noted import rows

PEOPLE = ("mira", "asha", "noor", "lena")
KEPT = ("promises", "notes", "receipts", "receipt_lines", "drafts", "facts", "messages")
"""What no hand-over changes."""

people = st.sampled_from(PEOPLE)
deeds = st.one_of(
    st.tuples(st.just("offer"), people, people),
    st.tuples(st.sampled_from(["accept", "decline", "take_back"]), people, st.integers(0, 5)),
    st.tuples(st.sampled_from(["end", "wrap_up", "reopen", "move"]), people, st.none()),
)
Belongings = dict[str, list[tuple[Any, ...]]]


class Floor:
    """A call of Mira's with somebody who was promised something, and four desks around it."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        clock = StandingClock()
        self.desks = {
            handle: stack.enter_context(
                closing(
                    make_desk(
                        url,
                        handle=handle,
                        role="lead" if handle == "lena" else "agent",
                        now=clock,
                    )
                )
            )
            for handle in PEOPLE
        }
        mira = self.mira = self.desks["mira"]
        mira.conversing.take(CallSignal("phone", "1", "answered", receiver="mira"))
        self.call = mira.opening.live()[0].id
        self.two = [mira.registering.customer(name) for name in ("Ada Hart", "Ben Lind")]
        mira.conversing.attach(self.call, self.two[0])
        mira.noting.save("!call back +1d =prefers mornings", interaction_id=self.call)
        mira.sending.mark_line(self.call, "nobody came", "customer")
        brief = mira.opening.customer(self.two[0], self.call).brief
        seen = [LineSeen(line.key, "opened") for line in brief.lines]
        mira.receipting.seen(self.two[0], self.call, brief.digest, seen)
        self.offers: list[int] = []

    @property
    def holder(self) -> str | None:
        return self.mira.browsing.one(self.call).agent_handle

    def state(self, place: int) -> HandOver:
        return self.mira.handing_over.one(self.offers[place % len(self.offers)])

    def belongings(self) -> Belongings:
        """Everything that is kept, but for whose customer it is: that moves with the call."""
        reader = self.mira.store.reader()
        return {
            table: sorted(
                (
                    tuple(value for value in row if value not in self.two)
                    for row in reader.rows(f"SELECT * FROM {table}")
                ),
                key=repr,
            )
            for table in KEPT
        }

    def do(self, deed: str, who: str, what: Any) -> None:
        desk: Desk = self.desks[who]
        handing_over = desk.handing_over
        if deed == "offer":
            self.offers.append(handing_over.offer(self.call, what, "tried").id)
        elif deed in ("accept", "decline", "take_back") and self.offers:
            answer: Callable[[int], None] = getattr(handing_over, deed)
            answer(self.offers[what % len(self.offers)])
        elif deed == "end":
            desk.conversing.take(CallSignal("phone", "1", "ended"))
        elif deed == "wrap_up":
            desk.wrapping_up.finish(self.call, "yes")
        elif deed == "reopen":
            desk.wrapping_up.reopen(self.call)
        elif deed == "move":
            there = self.mira.browsing.one(self.call).customer_id
            desk.conversing.move(self.call, next(one for one in self.two if one != there))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(done=st.lists(deeds, max_size=12))
def test_nobody_but_who_was_asked_takes_it_over_and_nothing_else_changes(
    sqlite_template: Path, done: list[tuple[str, str, Any]]
) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        url = f"sqlite:///{shutil.copy(sqlite_template, Path(folder) / 'desk.sqlite')}"
        floor = Floor(url, stack)
        kept = floor.belongings()
        for deed, who, what in done:
            before = floor.holder
            offer = floor.state(what) if deed == "accept" and floor.offers else None
            try:
                floor.do(deed, who, what)
            except Refused:
                assert floor.holder == before
                continue
            if floor.holder != before:
                assert deed == "accept"
                assert offer is not None
                assert offer.state == "open"
                assert (offer.taker.lower(), floor.holder) == (who, who)
                assert offer.call.state != "wrapped_up"
            still_open = rows(
                floor.mira,
                "SELECT h.to_id, i.agent_id, i.state FROM hand_overs h "
                "JOIN interactions i ON i.id = h.interaction_id WHERE h.state = 'open'",
            )
            assert len(still_open) <= 1
            assert all(to != holder and state != "wrapped_up" for to, holder, state in still_open)
            if deed not in ("wrap_up", "reopen", "move"):
                assert floor.belongings() == kept
            kept = floor.belongings()
