"""What stands beside the measures, as `agent-tui measures` prints it: promises by age, complaints
by cause, rising topics, surveys by outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from agent_tui.cli import output
from agent_tui.domain.values.measures import AGEING

if TYPE_CHECKING:
    from agent_tui.domain.values.measures import Period, Whose
    from agent_tui.services.desk import Desk

    Printed = tuple[Any, Sequence[str], Sequence[Sequence[str]]]

_MET = {"yes": "yes", "partly": "partly", "no": "no", "not_asked": "not asked"}


def show(desk: Desk, what: str, whose: Whose, period: Period, *, as_json: bool) -> None:
    """Print one of `BESIDE`: as JSON, or as a table."""
    value, header, rows = BESIDE[what](desk, whose, period)
    if as_json:
        output.json_line(value)
    else:
        output.table(header, rows)


def _promises(desk: Desk, whose: Whose, _period: Period) -> Printed:
    found = desk.measuring.ageing(whose)
    bands = tuple(zip(AGEING.items(), found.ours, found.theirs, strict=True))
    value = [{"due": code, "ours": ours, "theirs": theirs} for (code, _), ours, theirs in bands]
    rows = [(words, str(ours), str(theirs)) for (_, words), ours, theirs in bands]
    return value, ("due", "ours", "theirs"), rows


def _complaints(desk: Desk, whose: Whose, period: Period) -> Printed:
    found = desk.measuring.causes(whose, period)
    value = [
        {"topic": one.topic, "open": one.open, "late": one.late, "closed": one.closed}
        for one in found
    ]
    rows = [
        (f"#{one.topic}" if one.topic else "no topic", *map(str, (one.open, one.late, one.closed)))
        for one in found
    ]
    return value, ("cause", "open", "late", "closed"), rows


def _topics(desk: Desk, _whose: Whose, _period: Period) -> Printed:
    found = desk.measuring.rising()
    value = [
        {"topic": one.topic, "people": one.people, "usual": one.usual, "new": one.is_new}
        for one in found
    ]
    rows = [
        (f"#{one.topic}", str(one.people), "new" if one.is_new else f"{one.usual:.1f}")
        for one in found
    ]
    return value, ("topic", "people this week", "usual a week"), rows


def _surveys(desk: Desk, whose: Whose, period: Period) -> Printed:
    found = desk.measuring.surveys(whose, period)
    outcomes = [
        {
            "met": one.met,
            "answered": one.answered,
            "unanswered": one.unanswered,
            "not_asked": one.not_asked,
        }
        for one in found.outcomes
    ]
    rows = [
        (_MET.get(one.met, one.met), *map(str, (one.answered, one.unanswered, one.not_asked)))
        for one in found.outcomes
    ]
    rows.append(("surveys of no contact", str(found.unplaced), "", ""))
    header = ("they got it", "answered", "not answered", "not asked")
    return {"outcomes": outcomes, "unplaced": found.unplaced}, header, rows


BESIDE: dict[str, Callable[[Desk, Whose, Period], Printed]] = {
    "promises": _promises,
    "complaints": _complaints,
    "topics": _topics,
    "surveys": _surveys,
}
"""What can be asked for, by the word for it."""
