"""All records that the brief and the sidebar are made of.

What stands open and must be in the brief (notices, promises that are due, complaints) is read
whole; of everything else the newest, so that a customer of ten years opens as fast as a new one.
The ledger behind the newest entries is counted, so that its balance is exact.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from agent_tui.domain.rules.complaints import last_closed
from agent_tui.domain.rules.ledger import BALANCE_WINDOW
from agent_tui.domain.rules.ties import seen_from
from agent_tui.domain.values.follow_ups import FollowUp, Question
from agent_tui.domain.values.people import (
    Case,
    Concession,
    Dossier,
    Fact,
    Interaction,
    Mood,
    Refusal,
    Tally,
    Tie,
)
from agent_tui.domain.values.promises import Promise
from agent_tui.storage.queries import briefings, complaints, customers, interactions
from agent_tui.storage.queries.follow_ups import (
    FOLLOW_UP_COLUMNS,
    QUESTION_COLUMNS,
    follow_up,
    question,
)
from agent_tui.storage.queries.promises import PROMISE_COLUMNS, promise, that_were_moved
from agent_tui.storage.reader import Reader, Row, build

INTERACTIONS_SHOWN = 100
RECORDS_SHOWN = 500
_ALL = 1 << 31
_TODAY_AT_MOST = timedelta(hours=26)
"""No day that has begun lasts longer than this, whatever the zone and its clock changes."""


def dossier(
    reader: Reader,
    *,
    customer_id: int,
    now: datetime,
    agent_id: int | None = None,
    interaction_id: int | None = None,
) -> Dossier | None:
    """Everything about one customer at one moment; None where there is no such customer.

    With what this agent saw and said of it; `interaction_id` is the interaction that they are in,
    which is among the interactions however old it is.
    """
    with reader.snapshot():
        who = customers.customer(reader, customer_id=customer_id)
        if who is None:
            return None
        concessions = _concessions(reader, customer_id)
        return Dossier(
            customer=who,
            promises=_promises(reader, customer_id, now),
            cases=_cases(reader, customer_id),
            facts=_facts(reader, customer_id),
            refusals=_refusals(reader, customer_id),
            concessions=concessions,
            ties=_ties(reader, customer_id),
            interactions=_told(
                reader, _interactions(reader, customer_id, interaction_id), agent_id
            ),
            questions=_questions(reader, customer_id),
            follow_ups=_follow_ups(reader, customer_id),
            moods=_moods(reader, customer_id),
            more_given=_more_given(reader, customer_id, concessions, now),
            marks=briefings.marks(reader, customer_id=customer_id),
            seen=(
                briefings.sightings(reader, agent_id=agent_id, customer_id=customer_id)
                if agent_id is not None
                else ()
            ),
            last_spoke_at=(
                briefings.last_spoke(
                    reader, agent_id=agent_id, customer_id=customer_id, but=interaction_id
                )
                if agent_id is not None
                else None
            ),
        )


def _of(reader: Reader, sql: str, customer_id: int, **values: Any) -> list[Row]:
    """Rows of a customer, at most so many as are shown."""
    return reader.rows(f"SELECT {sql} LIMIT :limit", id=customer_id, limit=RECORDS_SHOWN, **values)


def _promises(reader: Reader, customer_id: int, now: datetime) -> tuple[Promise, ...]:
    """Open ones by when they are due, then the closed ones; and what the open ones replaced."""
    due = reader.rows(
        f"SELECT {PROMISE_COLUMNS} WHERE p.customer_id = :id AND p.state = 'open' "
        "AND p.side = 'ours' AND p.due_at < :today ORDER BY p.due_at, p.id",
        id=customer_id,
        today=now + _TODAY_AT_MOST,
    )
    order = (
        "WHERE p.id IN (SELECT o.id FROM promises o WHERE o.customer_id = :id "
        "ORDER BY o.state <> 'open', o.due_at IS NULL, o.due_at, o.id LIMIT :limit) "
        "ORDER BY p.state <> 'open', p.due_at IS NULL, p.due_at, p.id"
    )
    newest = _of(reader, PROMISE_COLUMNS + order, customer_id)
    found = {row[0]: promise(row) for row in [*due, *newest]}
    return (*found.values(), *that_were_moved(reader, known=found))


def _cases(reader: Reader, customer_id: int) -> tuple[Case, ...]:
    """The newest first; with all complaints that are open, and who closed the last closed one."""
    order = "WHERE k.customer_id = :id ORDER BY k.opened_at DESC, k.id DESC"
    newest = [complaints.case(row) for row in _of(reader, complaints.COLUMNS + order, customer_id)]
    found = {case.id: case for case in newest}
    if len(newest) >= RECORDS_SHOWN:
        still_open = complaints.still_open(reader, customer_id=customer_id, limit=_ALL)
        found |= {case.id: case for case in still_open}
    closed = last_closed(newest)
    if closed is not None and closed.complaint is not None:
        by = complaints.closed_by(reader, case_id=closed.id)
        found[closed.id] = replace(closed, complaint=replace(closed.complaint, closed_by=by))
    return tuple(found.values())


def _facts(reader: Reader, customer_id: int) -> tuple[Fact, ...]:
    """All notices, then the newest of the others."""
    columns = (
        "SELECT f.id, f.kind, f.text, f.source, f.stated_at, f.confirm_by, f.interaction_id, "
        "f.confirmed_at, f.note_id, f.mark, n.author_id "
        "FROM facts f LEFT JOIN notes n ON n.id = f.note_id "
        "WHERE f.customer_id = :id AND f.state = 'current' "
    )
    order = "ORDER BY f.stated_at DESC, f.id DESC"
    notices = reader.rows(f"{columns} AND f.kind = 'notice' {order}", id=customer_id)
    others = reader.rows(
        f"{columns} AND f.kind <> 'notice' {order} LIMIT :limit",
        id=customer_id,
        limit=RECORDS_SHOWN,
    )
    return tuple(build(Fact, row, 4, 5, 7) for row in [*notices, *others])


def _refusals(reader: Reader, customer_id: int) -> tuple[Refusal, ...]:
    rows = _of(
        reader,
        "r.id, r.what, r.at, r.ask_again_after, r.interaction_id, r.note_id, r.mark, n.author_id "
        "FROM refusals r LEFT JOIN notes n ON n.id = r.note_id "
        "WHERE r.customer_id = :id AND r.state = 'current' ORDER BY r.at DESC, r.id DESC",
        customer_id,
    )
    return tuple(build(Refusal, row, 2, 3) for row in rows)


def _concessions(reader: Reader, customer_id: int) -> tuple[Concession, ...]:
    rows = _of(
        reader,
        "g.id, g.side, g.kind, g.amount, g.currency, g.reason, g.at, g.interaction_id, "
        "g.note_id, g.mark, n.author_id FROM concessions g LEFT JOIN notes n ON n.id = g.note_id "
        "WHERE g.customer_id = :id AND g.state = 'current' ORDER BY g.at DESC, g.id DESC",
        customer_id,
    )
    return tuple(build(Concession, row, 6) for row in rows)


def _more_given(
    reader: Reader, customer_id: int, newest: tuple[Concession, ...], now: datetime
) -> tuple[Tally, ...]:
    """What was given before the newest entries, alike ones counted."""
    if len(newest) < RECORDS_SHOWN:
        return ()
    rows = reader.rows(
        "SELECT g.side, g.amount, g.currency, CASE WHEN g.at >= :since THEN 1 ELSE 0 END, count(*) "
        "FROM concessions g WHERE g.customer_id = :id AND g.state = 'current' "
        "AND (g.at < :at OR (g.at = :at AND g.id < :last)) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        id=customer_id,
        since=now - BALANCE_WINDOW,
        at=newest[-1].at,
        last=newest[-1].id,
    )
    return tuple(
        Tally(side, amount, currency, bool(lately), int(times))
        for side, amount, currency, lately, times in rows
    )


def _interactions(
    reader: Reader, customer_id: int, interaction_id: int | None
) -> tuple[Interaction, ...]:
    """The newest first; with those that are live, and the one at hand."""
    newest = interactions.of_customer(reader, customer_id=customer_id, limit=INTERACTIONS_SHOWN)
    if len(newest) < INTERACTIONS_SHOWN:
        return tuple(newest)
    others = interactions.live_or_at_hand(
        reader, customer_id=customer_id, interaction_id=interaction_id
    )
    return tuple({call.id: call for call in [*newest, *others]}.values())


def _told(
    reader: Reader, calls: tuple[Interaction, ...], agent_id: int | None
) -> tuple[Interaction, ...]:
    """The interactions, the last ones with the colleague who had the last word on an agent's own,
    and marked where nothing is in them.

    The last two with anything in them are enough: one of them may be at hand.
    """
    bare = [
        one.id
        for one in calls
        if not (one.is_live or one.agenda or one.topics or one.outcome or one.summary)
        and one.met == "not_asked"
    ]
    empty = briefings.empty(reader, interaction_ids=bare)
    calls = tuple(replace(one, is_empty=True) if one.id in empty else one for one in calls)
    last = [one for one in calls if not one.is_live and not one.is_empty][:2]
    told = {
        one.id: briefings.told_by(reader, interaction_id=one.id, agent_id=agent_id)
        for one in last
        if one.agent_id == agent_id is not None
    }
    return tuple(replace(one, told_by=told[one.id]) if told.get(one.id) else one for one in calls)


def _questions(reader: Reader, customer_id: int) -> tuple[Question, ...]:
    order = "WHERE q.customer_id = :id ORDER BY q.state <> 'open', q.at DESC, q.id DESC"
    return tuple(question(row) for row in _of(reader, QUESTION_COLUMNS + order, customer_id))


def _follow_ups(reader: Reader, customer_id: int) -> tuple[FollowUp, ...]:
    order = "WHERE u.customer_id = :id ORDER BY u.state = 'done', u.at DESC, u.id DESC"
    return tuple(follow_up(row) for row in _of(reader, FOLLOW_UP_COLUMNS + order, customer_id))


def _moods(reader: Reader, customer_id: int) -> tuple[Mood, ...]:
    rows = _of(
        reader,
        "d.id, d.text, d.at, d.interaction_id, d.note_id, d.mark, n.author_id FROM moods d "
        "LEFT JOIN notes n ON n.id = d.note_id "
        "WHERE d.customer_id = :id ORDER BY d.at DESC, d.id DESC",
        customer_id,
    )
    return tuple(build(Mood, row, 2) for row in rows)


def _ties(reader: Reader, customer_id: int) -> tuple[Tie, ...]:
    rows = _of(
        reader,
        "o.id, o.name, t.kind, t.customer_id = :id FROM ties t JOIN customers o ON o.id = "
        "CASE WHEN t.customer_id = :id THEN t.other_id ELSE t.customer_id END "
        "WHERE t.customer_id = :id OR t.other_id = :id ORDER BY t.id",
        customer_id,
    )
    ties = (Tie(row[0], row[1], seen_from(row[2], is_own=bool(row[3]))) for row in rows)
    return tuple(dict.fromkeys(ties))
