"""What is loaded of a conversation: a bounded stretch that grows where it is read on.

Plain bookkeeping, without a screen: which things there are, in which order, and where reading on
begins at both ends.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agent_tui.domain.values.conversation import (
        Conversation,
        Entry,
        Fresh,
        Passage,
        Place,
    )

MOST = 1_000
"""Things that stay loaded when there are more; the far side is dropped, a fifth too late so that
it is not done for every line."""


@dataclass(eq=False, slots=True)
class Item:
    """The beginning of a passage (no entry), or one entry. `laid` is its owner's, for its rows."""

    place: Place
    entry: Entry | None = None
    laid: Any = None


class Window:
    """The things loaded, in order. `last` is the last place that is known of, loaded or not."""

    def __init__(self, earlier: Place | None = None, later: Place | None = None) -> None:
        self.items: list[Item] = []
        self.earlier = earlier
        self.later = later
        self.last: Place | None = None
        self._places: list[Place] = []
        self._passages: dict[Place, Passage] = {}

    @classmethod
    def of(cls, conversation: Conversation, last: Place | None = None) -> Window:
        """A window that holds this and nothing else. `last` is known from before."""
        window = cls(conversation.earlier, conversation.later)
        window._put_at(0, conversation.passages)
        known = (conversation.last, conversation.end, last)
        ends = [place for place in known if place is not None]
        window.last = max(ends, default=None)
        return window

    def __len__(self) -> int:
        return len(self.items)

    def passage_of(self, item: Item) -> Passage:
        """The passage in which something is; its entries are not kept there."""
        return self._passages[item.place.passage]

    def find(self, place: Place) -> int | None:
        """The position of what stands at a place, or None."""
        position = self.nearest(place)
        found = position < len(self._places) and self._places[position] == place
        return position if found else None

    def nearest(self, place: Place) -> int:
        """The position at which a place is or would be."""
        return bisect_left(self._places, place)

    def add_earlier(self, page: Conversation) -> None:
        """Take what was said before the window."""
        self._put_at(0, page.passages)
        self.earlier = page.earlier

    def add_later(self, page: Conversation) -> None:
        """Take what was said after the window."""
        self._put_at(len(self.items), page.passages)
        self.later = page.later
        if page.last is not None and (self.last is None or page.last > self.last):
            self.last = page.last

    def merge(self, fresh: Fresh) -> int:
        """Take what changed; returns how many entries are new at the end, loaded or not."""
        known, new = self.last, 0
        for place in fresh.gone:
            self._drop(place)
        for passage in fresh.passages:
            if passage.place in self._passages or self._holds(passage.place):
                self._passages[passage.place] = replace(passage, entries=())
            for place, entry in _things(passage):
                if known is None or place > known:
                    new += entry is not None
                    self.last = place if self.last is None else max(self.last, place)
                if self._holds(place):
                    self._put(place, entry)
        if self.later is None:
            self.later = fresh.later
        return new

    def trim(self, near: int, most: int = MOST) -> None:
        """Drop what is far from a position, once there is too much of it."""
        if len(self.items) > most + most // 5:
            self.keep(near, most)

    def keep(self, near: int, most: int) -> None:
        """Keep so many things around a position, and drop the others."""
        start = max(0, min(near - most // 2, len(self.items) - most))
        end = start + most
        if end < len(self.items):
            self.later = self._places[end - 1]
        if start:
            self.earlier = self._places[start]
        self.items, self._places = self.items[start:end], self._places[start:end]
        kept = {place.passage for place in self._places}
        self._passages = {place: self._passages[place] for place in kept}

    def _holds(self, place: Place) -> bool:
        """Whether a place lies within the window."""
        if self.earlier is not None and place < self.earlier:
            return False
        return self.later is None or place <= self.later

    def _put_at(self, position: int, passages: Iterable[Passage]) -> None:
        items = []
        for passage in passages:
            self._passages.setdefault(passage.place, replace(passage, entries=()))
            items += [Item(place, entry) for place, entry in _things(passage)]
        self.items[position:position] = items
        self._places[position:position] = [item.place for item in items]

    def _put(self, place: Place, entry: Entry | None) -> None:
        position = self.nearest(place)
        if position < len(self.items) and self._places[position] == place:
            if self.items[position].entry != entry:
                self.items[position].entry = entry
                self.items[position].laid = None
        else:
            self.items.insert(position, Item(place, entry))
            self._places.insert(position, place)

    def _drop(self, place: Place) -> None:
        position = self.find(place)
        if position is not None:
            del self.items[position]
            del self._places[position]


def _things(passage: Passage) -> Iterator[tuple[Place, Entry | None]]:
    """The beginning of a passage, if it is there, and its entries."""
    if passage.begins:
        yield passage.place, None
    for entry in passage.entries:
        yield entry.place, entry
