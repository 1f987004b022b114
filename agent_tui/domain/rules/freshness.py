"""How long what we know of somebody holds, before it should be asked again.

Circumstances (a new baby, a house move) pass within a season; what somebody prefers or expects and
what is simply known change within a year; what they value is slower. What was agreed holds until
the date that was agreed, and a notice until somebody takes it away. What an agent only gathered is
nobody's word, and holds a month whatever it is about.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import FactKind
    from agent_tui.domain.values.people import Fact

HOLDS: dict[FactKind, timedelta | None] = {
    "circumstance": timedelta(days=90),
    "prefers": timedelta(days=365),
    "expects": timedelta(days=365),
    "knows": timedelta(days=365),
    "values": timedelta(days=730),
    "agreed": None,
    "notice": None,
}
"""How long each kind holds from when it was last said; None: until its date, if it has one."""
IMPRESSION_HOLDS = timedelta(days=30)


def last_said(fact: Fact) -> datetime:
    """When a fact was stated, or last confirmed."""
    return fact.stated_at if fact.confirmed_at is None else max(fact.stated_at, fact.confirmed_at)


def holds_until(fact: Fact) -> datetime | None:
    """When a fact should be asked again; None for never.

    A date to confirm it by goes before the kind's own time, until it was confirmed behind that
    date; a notice stands whatever its date.
    """
    if fact.kind == "notice":
        return None
    said = last_said(fact)
    if fact.confirm_by is not None and (fact.confirmed_at is None or fact.confirm_by > said):
        return fact.confirm_by
    holds = IMPRESSION_HOLDS if fact.source == "impression" else HOLDS[fact.kind]
    if holds is None:
        return None
    try:
        return said + holds
    except OverflowError:
        return None


def is_stale(fact: Fact, now: datetime) -> bool:
    """Whether a fact is past its time and reads "ask again"."""
    until = holds_until(fact)
    return until is not None and until < now
