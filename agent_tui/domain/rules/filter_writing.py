"""Writes a filter as text that reads back to the same filter, and changes one term of a text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import assert_never

from agent_tui.domain.rules.due_days import add_months
from agent_tui.domain.rules.due_times import moments_of
from agent_tui.domain.rules.filter_dates import day_begins
from agent_tui.domain.rules.filter_lengths import written_length
from agent_tui.domain.rules.filter_tokens import (
    BEGINNING,
    NOT,
    OR,
    QUOTES,
    or_between,
    quoted,
    tokens,
)
from agent_tui.domain.rules.filters import is_field
from agent_tui.domain.values.filters import Choice, Filter, Length, Repeat, Span, Term, Words

_ADAY = timedelta(days=1)


def write(wanted: Filter, *, zone: tzinfo) -> str:
    """A filter as text. What reading makes reads back as it was, by the clocks of that zone.

    Raises ValueError for terms that no text says: without a value, a word or an end.
    """
    return " ".join(write_term(term, zone=zone) for term in wanted.terms)


def write_term(term: Term, *, zone: tzinfo) -> str:
    """One term as text. Raises ValueError as `write` does."""
    return NOT * term.is_not + _positive(term, zone)


def with_term(text: str, term: Term, *, zone: tzinfo) -> str:
    """A filter's text with one term more: at its end, or before it where a quote is open."""
    parted = tokens(text, is_field)
    written = write_term(term, zone=zone)
    is_open = bool(parted) and parted[-1].is_open
    return f"{written} {text.strip()}" if is_open else f"{text.strip()} {written}".strip()


def without(text: str, place: tuple[int, int]) -> str:
    """A filter's text without what stands at a place of its `Understood`, and without an `or`
    beside it, which joins nothing and would else be a word that is looked for."""
    parted = tokens(text, is_field)
    first = last = next(
        (at for at, token in enumerate(parted) if (token.start, token.end) == place), None
    )
    start, end = place
    if first is not None and last is not None:
        while first > 0 and or_between(parted, first - 1):
            first -= 1
        while last < len(parted) - 1 and or_between(parted, last + 1):
            last += 1
        start, end = parted[first].start, parted[last].end
    return f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()


def _positive(term: Term, zone: tzinfo) -> str:
    match term:
        case Choice(field, values):
            if not values:
                raise ValueError("a field without a value is no filter")
            return f"{field}:{','.join(map(write_value, values))}"
        case Span():
            return _span(term, zone)
        case Length():
            return f"length:{written_length(term)}"
        case Repeat(days):
            return f"repeat:{days}d"
        case Words():
            return _words(term)
    assert_never(term)


def write_value(value: str) -> str:
    """A value as it stands behind a field, in quotes where it needs them."""
    is_plain = not any(one.isspace() or one == "," or one in QUOTES for one in value)
    return value if value and is_plain and not value.startswith("//") else quoted(value)


def _words(term: Words) -> str:
    if not term.words:
        raise ValueError("no words are no filter")
    written = " ".join(term.words) + BEGINNING * term.is_beginning
    return quoted(written) if len(term.words) > 1 or written.casefold() == OR else written


def _span(term: Span, zone: tzinfo) -> str:
    since, until = term.since, term.until
    if since is not None and until is not None:
        return f"on:{_within(since, until, zone)}"
    if since is not None:
        return f"after:{_from(since, zone)}"
    if until is None:
        raise ValueError("a span without an end is no filter")
    return f"before:{_from(until, zone)}"


def _within(since: datetime, until: datetime, zone: tzinfo) -> str:
    first, behind = _day(since, zone), _day(until, zone)
    if first is None or behind is None or behind <= first:
        return f"{_from(since, zone)}..{_moment(until, zone)}"
    if first.day == 1 and behind == add_months(first, 1):
        return f"{first:%Y-%m}"
    if (first.month, first.day) == (1, 1) and behind == add_months(first, 12):
        return f"{first:%Y}"
    if behind == first + _ADAY:
        return first.isoformat()
    return f"{first.isoformat()}..{(behind - _ADAY).isoformat()}"


def _from(at: datetime, zone: tzinfo) -> str:
    day = _day(at, zone)
    return _moment(at, zone) if day is None else day.isoformat()


def _day(at: datetime, zone: tzinfo) -> date | None:
    """The day that begins at a moment, if one does."""
    day = at.astimezone(zone).date()
    return day if day_begins(day, zone) == at else None


def _moment(at: datetime, zone: tzinfo) -> str:
    """A moment as the clocks show it, or in UTC where they show it twice."""
    local = at.astimezone(zone).replace(tzinfo=None)
    if moments_of(local, zone)[0][0] == at:
        exact = "auto" if local.second or local.microsecond else "minutes"
        return local.isoformat(timespec=exact)
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
