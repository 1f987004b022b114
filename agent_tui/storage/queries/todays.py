"""What stands open for one agent: the desk with nobody open. Each section has its query here or
in the module of what it lists; the conditions are shared with the count of all."""

from __future__ import annotations

from datetime import datetime, timedelta

from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.promises import Promise
from agent_tui.domain.values.today import Counts, RecentCustomer, Today, Totals
from agent_tui.storage.queries import (
    agents,
    complaints,
    customers,
    drafts,
    follow_ups,
    hand_overs,
    interactions,
    reviews,
    scripts,
    waiting,
)
from agent_tui.storage.queries.promises import PROMISE_COLUMNS, promise
from agent_tui.storage.reader import Reader, build

SHOWN = 12
"""Lines of a section."""
A_DAY = timedelta(days=1)
"""For how long a script that was left open is listed."""

_PROMISED = "p.owner_id = :agent AND p.side = 'ours' AND p.state = 'open'"
_OFFERED = "p.offered_to_id = :agent AND p.state = 'open'"
_CAME_BACK = "p.offered_by_id = :agent AND p.state = 'open' AND p.offered_to_id IS NULL"
_TO_WRAP_UP = "i.state = 'ended' AND i.agent_id = :agent AND i.parked_at IS NULL"
_PARKED = "i.state = 'ended' AND i.agent_id = :agent AND i.parked_at IS NOT NULL"
_COUNTED = {
    "held": f"interactions i WHERE {waiting.HELD}",
    "waiting": f"interactions i WHERE {waiting.RINGING}",
    "unanswered": f"interactions i WHERE {waiting.UNANSWERED}",
    "missed": waiting.MISSED_CALLERS,
    "unclaimed": f"interactions i WHERE {waiting.UNCLAIMED}",
    "undelivered": waiting.UNDELIVERED,
    "promises": f"promises p WHERE {_PROMISED}",
    "offered": f"promises p WHERE {_OFFERED}",
    "came_back": f"promises p WHERE {_CAME_BACK}",
    "follow_ups": f"follow_ups u WHERE {follow_ups.ASKED_OF}",
    "declined": f"follow_ups u WHERE {follow_ups.DECLINED_TO}",
    "handed": f"hand_overs h WHERE {hand_overs.OFFERED_TO}",
    "handed_back": f"hand_overs h WHERE {hand_overs.DECLINED_TO}",
    "wrap_ups": f"interactions i WHERE {_TO_WRAP_UP}",
    "parked": f"interactions i WHERE {_PARKED}",
    "complaints": complaints.THROUGH,
    "drafts": "drafts d WHERE d.agent_id = :agent",
    "reviews": f"reviews r WHERE {reviews.UNREAD}",
}
_LATE = f"promises p WHERE {_PROMISED} AND p.due_at < :now"
_DUE_TODAY = f"promises p WHERE {_PROMISED} AND p.due_at >= :now AND p.due_at < :end"


def today(
    reader: Reader, *, agent: Agent, end_of_day: datetime, now: datetime, limit: int = SHOWN
) -> Today:
    """Everything that Today shows, at one moment; of each section at most `limit` lines."""
    with reader.snapshot():
        totals = _totals(reader, agent.id)
        return Today(
            agent=agents.by_id(reader, agent_id=agent.id) or agent,
            counts=_counts(reader, agent.id, end_of_day, now, totals),
            held=waiting.held(reader, agent_id=agent.id, limit=limit),
            waiting=waiting.ringing(reader, limit=limit),
            unanswered=waiting.unanswered(reader, agent_id=agent.id, limit=limit),
            missed=waiting.missed(reader, limit=limit),
            unclaimed=waiting.unclaimed(reader, limit=limit),
            undelivered=waiting.undelivered(reader, agent_id=agent.id, limit=limit),
            promises=_promised(reader, agent.id, limit),
            offered=_promises(reader, f"{_OFFERED} ORDER BY p.id", agent.id, limit),
            came_back=_promises(reader, f"{_CAME_BACK} ORDER BY p.id", agent.id, limit),
            follow_ups=follow_ups.asked_of(reader, agent_id=agent.id, limit=limit),
            declined=follow_ups.declined_to(reader, agent_id=agent.id, limit=limit),
            handed=hand_overs.under(reader, hand_overs.OFFERED_TO, agent_id=agent.id, limit=limit),
            handed_back=hand_overs.under(
                reader, hand_overs.DECLINED_TO, agent_id=agent.id, limit=limit
            ),
            handing=hand_overs.under(reader, hand_overs.OFFERED_BY, agent_id=agent.id, limit=limit),
            wrap_ups=_interactions(reader, _TO_WRAP_UP, agent.id, limit),
            parked=_interactions(reader, _PARKED, agent.id, limit),
            complaints=tuple(complaints.through(reader, agent_id=agent.id, limit=limit)),
            drafts=drafts.of_agent(reader, agent_id=agent.id, limit=limit),
            scripts=scripts.left_open(reader, agent_id=agent.id, since=now - A_DAY, limit=limit),
            reviews=reviews.about(reader, agent_id=agent.id, limit=limit, unread=True),
            recent=tuple(recent_customers(reader, limit=limit)),
            register_size=customers.register_size(reader),
            totals=totals,
        )


def _totals(reader: Reader, agent_id: int) -> Totals:
    counted = ", ".join(f"(SELECT count(*) FROM {of})" for of in _COUNTED.values())
    row = reader.row(f"SELECT {counted}", agent=agent_id)
    return Totals(**dict(zip(_COUNTED, row or (), strict=True)))


def _counts(
    reader: Reader, agent_id: int, end_of_day: datetime, now: datetime, totals: Totals
) -> Counts:
    row = reader.row(
        f"SELECT (SELECT count(*) FROM {_LATE}), (SELECT count(*) FROM {_DUE_TODAY})",
        agent=agent_id,
        now=now,
        end=end_of_day,
    )
    late, due_today = row or (0, 0)
    return Counts(
        waiting=totals.held
        + totals.waiting
        + totals.unanswered
        + totals.missed
        + totals.unclaimed
        + totals.undelivered,
        due_today=due_today,
        late=late,
        wrap_ups=totals.wrap_ups,
        offered=totals.offered,
    )


def _promised(reader: Reader, agent_id: int, limit: int) -> tuple[Promise, ...]:
    """What an agent promised: by due time, which is the order of the index; without one last."""
    dated = f"{_PROMISED} AND p.due_at IS NOT NULL ORDER BY p.due_at, p.id"
    undated = f"{_PROMISED} AND p.due_at IS NULL ORDER BY p.id"
    found = _promises(reader, dated, agent_id, limit)
    return found + _promises(reader, undated, agent_id, limit - len(found))


def _promises(reader: Reader, condition: str, agent_id: int, limit: int) -> tuple[Promise, ...]:
    rows = reader.rows(
        f"SELECT {PROMISE_COLUMNS} WHERE {condition} LIMIT :limit", agent=agent_id, limit=limit
    )
    return tuple(promise(row) for row in rows)


def _interactions(
    reader: Reader, condition: str, agent_id: int, limit: int
) -> tuple[Interaction, ...]:
    """Newest first."""
    found = interactions.select(
        reader,
        f"{condition} ORDER BY i.opened_at DESC LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )
    return tuple(found)


def recent_customers(reader: Reader, *, limit: int) -> list[RecentCustomer]:
    """Those in contact last."""
    rows = reader.rows(
        "SELECT id, name, company, last_contact_at FROM customers "
        "WHERE last_contact_at IS NOT NULL ORDER BY last_contact_at DESC, id DESC LIMIT :limit",
        limit=limit,
    )
    return [build(RecentCustomer, row, 3) for row in rows]
