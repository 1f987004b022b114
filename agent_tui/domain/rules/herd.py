"""Others with the same matter: whether more people than usual came with a topic this week.

The week is the last seven days up to now, against the mean of the eight weeks before. People are
counted, not contacts: who rings five times is one. Callers whom nobody knows yet are not counted,
since they may be one and the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from agent_tui.domain.values.knowing import Herd

WEEK = timedelta(days=7)
WEEKS_BEFORE = 8
OTHERS_AT_LEAST = 3
TIMES_THE_USUAL = 2


def week_starts(now: datetime) -> tuple[datetime, ...]:
    """When this week and the eight before it began, the newest first; each begins after that."""
    return tuple(now - WEEK * (place + 1) for place in range(WEEKS_BEFORE + 1))


def herd(topic: str, weeks: Sequence[int]) -> Herd | None:
    """What stands out of the numbers of others in this week and the eight before it.

    None where there are fewer than three others, or fewer than twice the usual.
    """
    others, *before = weeks
    usual = sum(before) / WEEKS_BEFORE
    if others < max(OTHERS_AT_LEAST, TIMES_THE_USUAL * usual):
        return None
    return Herd(topic, others, usual, is_new=not any(before))


def in_words(one: Herd) -> str:
    """`5 others this week with #boiler, usual 2 a week`."""
    level = "new" if one.is_new else f"usual {_mean(one.usual)} a week"
    return f"{one.others} others this week with #{one.topic}, {level}"


def _mean(usual: float) -> str:
    return "less than 1" if usual < 1 else f"{usual:.1f}".removesuffix(".0")
