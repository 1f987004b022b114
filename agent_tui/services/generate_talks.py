"""Made-up talks into the desk, in bulk, for the people who were made up before.

Their words are this project's own and clean when they are made, as those of `generate_people`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from agent_tui.crowd.stories import house
from agent_tui.crowd.talks import Caller, MadePromise, MadeTalk
from agent_tui.crowd.traffic import Traffic
from agent_tui.domain.rules.promises import in_time
from agent_tui.domain.tables import (
    Case,
    Concession,
    Fact,
    Feedback,
    Interaction,
    InteractionTopic,
    Message,
    Note,
    Promise,
    Refusal,
)
from agent_tui.domain.values.ids import new_id
from agent_tui.services.generate_people import SOURCE, Row
from agent_tui.services.staffing import add_agent, team_named
from agent_tui.storage.queries import agents, generated
from agent_tui.storage.unit import UnitOfWork

_SOMEWHERE = "the north"
"""The town of who has none."""
_TABLES = (
    Interaction,
    Message,
    Note,
    InteractionTopic,
    Promise,
    Fact,
    Concession,
    Refusal,
    Case,
    Feedback,
)
"""In the order in which they point to each other."""


def place_agents(unit: UnitOfWork) -> tuple[int, ...]:
    """The ids of those who work in the house, who are added where they are not there yet."""
    found = []
    teams, handles = house()
    for place, handle in enumerate(handles):
        known = agents.by_handle(unit.reader, handle=handle)
        if known is None:
            team = team_named(unit, teams[place % len(teams)])
            row = add_agent(unit, handle=handle, name=None, role="agent", team_id=team)
            found.append(row.id)
        else:
            found.append(known.id)
    return tuple(found)


def add_talks(
    unit: UnitOfWork,
    traffic: Traffic,
    *,
    people: Sequence[str],
    places: Sequence[int],
    staff: Sequence[int],
) -> int:
    """Add the talks at these places that are not there yet; returns how many those were.

    `people` are the ids of those with whom they are, one for each place.
    """
    names = [traffic.external_id(place) for place in places]
    there = generated.talks(unit.reader, source=SOURCE, external_ids=names)
    fresh = [
        (place, person)
        for place, name, person in zip(places, names, people, strict=True)
        if name not in there
    ]
    if not fresh:
        return 0
    known = generated.people(
        unit.reader, source=SOURCE, external_ids=sorted({person for _, person in fresh})
    )
    sheet = _Sheet(staff)
    for place, person in fresh:
        with_whom = known[person]
        caller = Caller(with_whom.given, with_whom.city or _SOMEWHERE)
        sheet.add(with_whom.id, traffic.talk(place, caller))
    for table in _TABLES:
        unit.insert_many(table, sheet.rows[table])
    unit.record("interactions.generated", detail=str(len(fresh)))
    return len(fresh)


class _Sheet:
    """The rows of a batch, by table."""

    def __init__(self, staff: Sequence[int]) -> None:
        self._staff = staff
        self.rows: dict[type[Any], list[Row]] = defaultdict(list)

    def add(self, customer_id: int, talk: MadeTalk) -> None:
        """All rows of one talk."""
        agent_id = self._staff[talk.agent]
        interaction_id = new_id()
        about = {"customer_id": customer_id, "interaction_id": interaction_id}
        self.rows[Interaction].append(_interaction(interaction_id, customer_id, agent_id, talk))
        self.rows[Message] += _messages(interaction_id, talk)
        for topic in talk.topics:
            self.rows[InteractionTopic].append(
                {
                    "interaction_id": interaction_id,
                    "topic": topic,
                    "opened_at": talk.opened_at,
                    "customer_id": customer_id,
                }
            )
        if talk.note:
            self._add(
                Note,
                about,
                author_id=agent_id,
                text=talk.note,
                at=talk.closed_at,
                after_sequence=len(talk.messages),
            )
        self._add_promises(about, agent_id, talk)
        self._add_records(about, talk)

    def _add(self, table: type[Any], about: Row, **values: Any) -> int:
        row_id = new_id()
        versioned = {"version": 1} if "version" in table.model_fields else {}
        self.rows[table].append({"id": row_id, **versioned, **about, **values})
        return row_id

    def _add_promises(self, about: Row, agent_id: int, talk: MadeTalk) -> None:
        replaced = None
        made_at = talk.closed_at
        for promise in talk.promises:
            closed_by = None if promise.closed_at is None else agent_id
            replaced = self._add(
                Promise,
                about,
                side=promise.side,
                text=promise.text,
                due_at=promise.due_at,
                state=promise.state,
                owner_id=agent_id if promise.side == "ours" else None,
                told_before_due=_in_time(promise),
                created_at=made_at,
                closed_at=promise.closed_at,
                closed_by_id=closed_by,
                reason=promise.reason,
                told_at=promise.told_at,
                replaces_id=replaced,
            )
            made_at = promise.closed_at or made_at

    def _add_records(self, about: Row, talk: MadeTalk) -> None:
        at = talk.closed_at
        if talk.fact:
            kind, text = talk.fact
            self._add(
                Fact, about, kind=kind, text=text, source="stated", state="current", stated_at=at
            )
        if talk.gift:
            side, given, amount = talk.gift
            self._add(
                Concession,
                about,
                side=side,
                kind=given,
                amount=amount,
                currency="EUR" if amount else None,
                at=at,
                state="current",
            )
        if talk.refusal:
            self._add(Refusal, about, what=talk.refusal, at=at, state="current")
        if talk.complaint:
            self._add(
                Case,
                about,
                source=SOURCE,
                external_id=talk.external_id,
                normal=talk.external_id.replace("-", ""),
                kind="complaint",
                title=talk.complaint,
                state="open" if talk.promises and talk.promises[-1].state == "open" else "closed",
                opened_at=at,
            )
        if talk.feedback:
            self._add(
                Feedback,
                about,
                asked_at=talk.feedback.asked_at,
                answered_at=talk.feedback.answered_at,
                score=talk.feedback.score,
                text=talk.feedback.text,
            )


def _interaction(interaction_id: int, customer_id: int, agent_id: int, talk: MadeTalk) -> Row:
    is_read_back = talk.read_back is not None
    return {
        "id": interaction_id,
        "version": 1,
        "customer_id": customer_id,
        "agent_id": agent_id,
        "source": SOURCE,
        "external_id": talk.external_id,
        "channel": talk.channel,
        "direction": talk.direction,
        "agenda": talk.agenda,
        "met": talk.met,
        "outcome": talk.outcome,
        "state": "wrapped_up",
        "opened_at": talk.opened_at,
        "answered_at": talk.answered_at,
        "closed_at": talk.closed_at,
        "wrapped_up_at": talk.closed_at,
        "summary": talk.outcome if is_read_back else None,
        "read_back": talk.read_back,
    }


def _messages(interaction_id: int, talk: MadeTalk) -> list[Row]:
    return [
        {
            "id": new_id(),
            "interaction_id": interaction_id,
            "sequence": sequence,
            "at": talk.opened_at + timedelta(seconds=said.after_s),
            "speaker": said.speaker,
            "text": said.text,
            "final": True,
            "delivery": "none",
        }
        for sequence, said in enumerate(talk.messages, start=1)
    ]


def _in_time(promise: MadePromise) -> bool | None:
    """Whether they heard in time that it would not be kept as promised; None where it was."""
    if promise.state in ("open", "kept"):
        return None
    return in_time(promise.told_at, promise.due_at)
