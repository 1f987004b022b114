"""A customer with as much behind them as a test wants, in every kind of entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from sqlmodel import SQLModel

from agent_tui.domain.tables import (
    Case,
    Complaint,
    Concession,
    Event,
    Fact,
    Feedback,
    FollowUp,
    HandOver,
    Interaction,
    Mood,
    Note,
    Promise,
    RecordMark,
    Refusal,
    Script,
    ScriptRun,
)
from agent_tui.domain.values import ids
from agent_tui.domain.values.timeline import KINDS, RANKS, TimelineKind, TimelinePlace
from agent_tui.services.desk import Desk
from agent_tui.services.registering import add_customer
from tests.builders import NOON

Values = dict[str, Any]


class Past:
    """Makes up what happened with a customer; `places` is where each of it stands.

    Moments are `step` apart and fall on one another as often as chance has it, over `moments` of
    them; rows that a timeline does not show are among the others.
    """

    def __init__(self, desk: Desk, *, seed: int = 1, moments: int = 50, step_s: int = 3600) -> None:
        self.desk = desk
        self.chance = Random(seed)
        self.moments, self.step = moments, timedelta(seconds=step_s)
        self.places: list[TimelinePlace] = []
        self._rows: dict[type[SQLModel], list[Values]] = {}
        with desk.writing() as unit:
            self.customer_id = add_customer(unit, name="Ada Hart").id
            self.other_id = add_customer(unit, name="Bo Lind").id
            call = Interaction(
                customer_id=self.customer_id,
                channel="phone",
                direction="in",
                state="wrapped_up",
                opened_at=NOON - self.step * (moments + 1),
            )
            script = Script(
                slug="s", number=1, title="Boiler", kind="help", body="", digest="", created_at=NOON
            )
            unit.add(call)
            unit.add(script)
            self.call_id, self.script_id = call.id, script.id
            self._stands("interaction", call.id, call.opened_at)
        receipt = desk.receipting.override(self.customer_id, self.call_id, "emergency")
        self.receipt_id = receipt.id

    def fill(self, entries: int) -> None:
        """Let about so many things happen, of all kinds in turn."""
        makers: list[Callable[[], None]] = [
            self._contact,
            self._note,
            self._promise,
            self._case,
            self._fact,
            self._refusal,
            self._mood,
            self._concession,
            self._follow_up,
            self._feedback,
            self._run,
            self._hand_over,
            self._mark,
        ]
        while len(self.places) < entries:
            self.chance.choice(makers)()
        with self.desk.writing() as unit:
            # What others point to first.
            for table in sorted(self._rows, key=lambda one: one is not Interaction):
                unit.insert_many(table, self._rows[table])

    def of(self, kinds: tuple[TimelineKind, ...] = KINDS) -> list[TimelinePlace]:
        """The places of these kinds, newest first."""
        ranks = {RANKS[kind] for kind in kinds}
        return sorted((place for place in self.places if place.rank in ranks), reverse=True)

    def _at(self) -> Any:
        return NOON - self.step * self.chance.randrange(1, self.moments)

    def _stands(self, kind: TimelineKind, number: int, at: Any) -> None:
        self.places.append(TimelinePlace(at, RANKS[kind], number))

    def _row(self, table: type[SQLModel], **values: Any) -> int:
        number = int(values.setdefault("id", ids.new_id()))
        self._rows.setdefault(table, []).append(values)
        if self.chance.random() < 0.02:
            # Somebody else's, which is nobody's business here.
            other = values | {"id": ids.new_id(), "customer_id": self.other_id}
            self._rows[table].append(other)
        return number

    def _own(self, **values: Any) -> Values:
        return {"customer_id": self.customer_id, "version": 1, **values}

    def _contact(self) -> None:
        at = self._at()
        channel = self.chance.choice(["phone", "chat", "email"])
        number = self._row(
            Interaction,
            **self._own(
                channel=channel,
                direction="in",
                state="wrapped_up",
                met="yes",
                agenda=f"matter {len(self.places)}",
                opened_at=at,
                closed_at=at + timedelta(minutes=4),
            ),
        )
        self._stands("interaction", number, at)

    def _note(self) -> None:
        at, kind = self._at(), self.chance.random()
        values = self._own(text="a note", at=at, after_sequence=0)
        if kind < 0.1:
            self._row(Note, **values, undone_at=NOON, interaction_id=None)
        elif kind < 0.2:
            self._row(Note, **values, undone_at=None, interaction_id=self.call_id)
        else:
            number = self._row(Note, **values, undone_at=None, interaction_id=None)
            self._stands("note", number, at)

    def _promise(self) -> None:
        at = self._at()
        state = self.chance.choice(["open", "kept", "withdrawn", "broken", "renegotiated"])
        closed = None if state == "open" else self._at()
        taken = self._at() if self.chance.random() < 0.3 else None
        number = self._row(
            Promise,
            **self._own(
                side="ours",
                text="a call",
                state=state,
                created_at=at,
                closed_at=closed,
                replaces_id=None,
            )
            | {"version": 1 if taken is None else 2},
        )
        self._stands("promise", number, at)
        if taken is not None:
            self._rows.setdefault(Event, []).append(
                {
                    "at": taken,
                    "agent_id": self.desk.agent.id,
                    "kind": "promise.accepted",
                    "customer_id": self.customer_id,
                    "subject": ids.show(ids.PROMISE, number),
                }
            )
            self._stands("promise_taken", number, taken)
        if closed is not None:
            self._stands("promise_closed", number, closed)
        if state == "renegotiated":
            # Its successor is no entry of its own.
            self._rows[Promise].append(
                self._own(
                    id=ids.new_id(),
                    side="ours",
                    text="a call",
                    state="open",
                    created_at=closed,
                    closed_at=None,
                    replaces_id=number,
                )
            )

    def _case(self) -> None:
        at = self._at()
        kind = self.chance.choice(["complaint", "order"])
        number = ids.new_id()
        self._rows.setdefault(Case, []).append(
            self._own(id=number, kind=kind, title="a case", state="open", opened_at=at)
        )
        self._stands("case", number, at)
        if kind == "complaint":
            told = self._at() if self.chance.random() < 0.7 else None
            closed = self._at() if told is not None and self.chance.random() < 0.7 else None
            self._rows.setdefault(Complaint, []).append(
                {
                    "case_id": number,
                    "version": 1,
                    "speakable": f"S{number}"[-16:],
                    "told_at": told,
                    "closed_at": closed,
                }
            )
            if told is not None:
                self._stands("told", number, told)
            if closed is not None:
                self._stands("complaint_closed", number, closed)

    def _fact(self) -> None:
        at = self._at()
        confirmed = self._at() if self.chance.random() < 0.5 else None
        number = self._row(
            Fact,
            **self._own(
                kind="prefers",
                text="mornings",
                source="stated",
                state="current",
                stated_at=at,
                confirmed_at=confirmed,
            ),
        )
        self._stands("fact", number, at)
        if confirmed is not None:
            self._stands("confirmed", number, confirmed)

    def _refusal(self) -> None:
        at = self._at()
        self._stands(
            "refusal", self._row(Refusal, **self._own(what="offers", at=at, state="current")), at
        )

    def _mood(self) -> None:
        at = self._at()
        values = {"customer_id": self.customer_id, "text": "tired of it", "at": at}
        self._stands("mood", self._row(Mood, **values), at)

    def _concession(self) -> None:
        at = self._at()
        values = self._own(side="ours", kind="fee", at=at, state="current", amount="5.00")
        self._stands("concession", self._row(Concession, **values), at)

    def _follow_up(self) -> None:
        at = self._at()
        values = self._own(owner_id=self.desk.agent.id, text="look", at=at, state="open")
        self._stands("follow_up", self._row(FollowUp, **values), at)

    def _feedback(self) -> None:
        at = self._at()
        number = self._row(Feedback, customer_id=self.customer_id, asked_at=at, score=4.5)
        self._stands("feedback", number, at)

    def _run(self) -> None:
        at, number = self._at(), ids.new_id()
        self._rows.setdefault(ScriptRun, []).append(
            self._own(
                id=number,
                script_id=self.script_id,
                receipt_id=self.receipt_id,
                agent_id=self.desk.agent.id,
                interaction_id=self.call_id,
                state="ended",
                steps_taken=0,
                started_at=at,
            )
        )
        self._stands("script_run", number, at)

    def _hand_over(self) -> None:
        at = self._at()
        number = self._row(
            HandOver,
            **self._own(
                interaction_id=self.call_id,
                from_id=self.desk.agent.id,
                to_id=self.desk.agent.id,
                tried="restarted it",
                state="accepted",
                at=at,
            ),
        )
        self._stands("hand_over", number, at)

    def _mark(self) -> None:
        at, how = self._at(), self.chance.choice(["wrong", "wrong", "used"])
        undone = NOON if self.chance.random() < 0.2 else None
        number = self._row(
            RecordMark,
            customer_id=self.customer_id,
            agent_id=self.desk.agent.id,
            subject=ids.show(ids.INTERACTION, self.call_id),
            how=how,
            at=at,
            undone_at=undone,
        )
        if how == "wrong" and undone is None:
            self._stands("wrong", number, at)
