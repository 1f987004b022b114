"""A desk's names, a moment and texts of filters, for every test of Recent's filters."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from agent_tui.domain.rules.filter_fields import TABLE
from agent_tui.domain.rules.filters import read
from agent_tui.domain.values.filters import Known, Understood
from tests.text.strategies import anything

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
"""A Tuesday."""
KNOWN = Known(
    me="mira",
    agents=("mira", "asha", "tom", "o'brien,jr"),
    teams=("North", "north desk", 'the "other" one'),
    topics=("boiler", "bill", "grösse", "late-visit"),
    scripts=("visit-overdue", "refund"),
)

_DATES = [
    *("today", "yesterday", "mon", "7d", "2w", "3h", "90min", "nov", "2026-10", "2026", "1.11."),
    *("11/1", "25/12", "2026-11-01", "2026-02-30", "2026-11-01T14:00", "2026-10-25T01:30"),
    *("2026-W47", "9am", "14:30", "mon..wed", "1.11...5.11.", "tomorrow", "9999y", "0000"),
]
_LENGTHS = [
    *(">10m", "<90s", "2m..5m", ">=1h30m", "<=1m", "10m", "<90", "5m..2m", "0s..0s", "<0s"),
]
_VALUES = [
    *("any", "none", "yes", "no", "me", "nobody", "@mira", "asha", "north", '"north desk"'),
    *("boiler", "#bill", "late", "override", "refund", "14d", "2w", "0d", "phone", "in", "on_hold"),
    *('"stayed home"', '"a ""b"" c"', '"mon 14:00"', "“last week”", '"not asked"', '"', "", "//x"),
    *(code.name for field in TABLE for code in field.codes),
    *_DATES,
    *_LENGTHS,
]
_HEADS = [
    *(field.name for field in TABLE),
    *(alias for field in TABLE for alias in field.aliases),
    *("agnet", "prom", "http", "Subject", "AFTER", "12"),
]

values = st.one_of(st.sampled_from(_VALUES), anything)
asked = st.builds(
    lambda is_not, head, parts: f"{is_not}{head}:{','.join(parts)}",
    st.sampled_from(["", "-"]),
    st.sampled_from(_HEADS),
    st.lists(values, min_size=1, max_size=3),
)
said = st.one_of(
    st.sampled_from(["ord*", '-"stayed ho*"', "#boiler", "-@tom", "@home", "!!!", "-", "#12", "*"]),
    anything,
    anything.map(lambda text: f'"{text}"'),
)
texts = st.lists(st.one_of(asked, said), max_size=6).map(" ".join)
"""What people, and others, may write."""


def understood(text: str, *, now: datetime = NOW, zone: ZoneInfo = LONDON) -> Understood:
    """A text read at that desk."""
    return read(text, now=now, zone=zone, language="en", known=KNOWN)
