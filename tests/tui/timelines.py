"""A timeline made up in memory, and its pages as the desk would read them."""

from __future__ import annotations

from datetime import datetime, timedelta

from agent_tui.domain.values.people import Customer
from agent_tui.domain.values.timeline import TimelineEntry, TimelinePage, TimelinePlace
from tests.builders import NOON

ADA = Customer(1, "Ada Hart", since=datetime(2016, 5, 1, tzinfo=NOON.tzinfo))


def noted(number: int, *, days: float | None = None, text: str | None = None) -> TimelineEntry:
    """A note so many days before noon; as many as its number unless said otherwise."""
    at = NOON - timedelta(days=number if days is None else days)
    return TimelineEntry("note", 10_000 - number, at, text=text or f"note {number}", note_id=number)


class Told:
    """All that happened with somebody. `size` is how many entries a page holds."""

    def __init__(self, entries: list[TimelineEntry], size: int = 10) -> None:
        self.entries = sorted(entries, key=lambda entry: entry.place, reverse=True)
        self.size = size

    def tell(self, entry: TimelineEntry) -> None:
        """One thing more happened."""
        self.entries = sorted([*self.entries, entry], key=lambda one: one.place, reverse=True)

    def page(self, which: str, place: TimelinePlace | None = None) -> TimelinePage:
        """A page, as `LookingBack` gives it."""
        size = self.size
        if which in ("first", "later"):
            above = [one for one in self.entries if place is None or one.place > place]
            cut = tuple(above[-size:])
            later = cut[0].place if len(above) > size else None
            return TimelinePage(ADA.id, "all", cut, place and place.just_above, later)
        below = [one for one in self.entries if place is None or one.place < place]
        cut = tuple(below[:size])
        earlier = cut[-1].place if len(below) > size else None
        return TimelinePage(ADA.id, "all", cut, earlier, place and place.just_below)
