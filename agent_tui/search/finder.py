"""Finds customers by whatever an agent types."""

from __future__ import annotations

import time
from collections.abc import Hashable, Mapping

from agent_tui.clock import Clock
from agent_tui.domain.values.finding import Found, Hit
from agent_tui.domain.values.index import Listing
from agent_tui.search import reasons
from agent_tui.search.aligning import aligned
from agent_tui.search.clues import Reading, is_guess, readings, tidy
from agent_tui.search.explain import explain
from agent_tui.search.gathering import LOOKED_AT, Gatherer
from agent_tui.search.nicknames import nicknames
from agent_tui.search.port import IndexStore
from agent_tui.search.ranking import (
    Candidate,
    Matters,
    candidate,
    closest,
    dealt,
    ordered,
)
from agent_tui.search.respacing import closed_up, respaced
from agent_tui.search.romanised import romanised
from agent_tui.search.spellings import Speller

_CONVINCING = 2.5
"""Up to this cost a clue, the answer to the query as typed needs no other reading. A lone word that
only sounds alike costs more: it may as well be two words in one."""


class Finder:
    """The find box of one desk. Used by one thread at a time.

    Nothing of the index is in memory but the answers to the last few words that were asked for.

    `region` is the country of phone numbers that do not name one (two letters), or None.
    """

    def __init__(self, store: IndexStore, *, region: str | None, now: Clock) -> None:
        self._store = store
        self._region = region
        self._now = now
        self._speller = Speller(store)
        self._gatherer = Gatherer(store, self._speller)
        self._version: Hashable = None
        self._size: int | None = None

    def warm_up(self) -> None:
        """Import what the first inexact question would have to wait for."""
        self.find("warm")
        nicknames("")
        romanised("")

    def find(self, query: str, *, limit: int = 10, offset: int = 0) -> Found:
        """The customers whom `query` means, best first; recent ones where it is blank.

        Any text is answered. Raises what the store raises: Interrupted, Unavailable.
        """
        started = time.perf_counter()
        end = offset + limit
        at_least = False
        if query.strip():
            candidates = self._candidates(tidy(query), end)
            hits = self._ranked_hits(candidates, offset, end)
            at_least = self._gatherer.left_out
        else:
            candidates = [
                Candidate(number, 0, 0.0, (), False) for number in self._store.recent(end + 1)
            ]
            shown = candidates[offset:end]
            listings = self._listings(shown)
            hits = self._hits(shown, listings, self._matters(shown, listings))
        if self._size is None or not query.strip():
            self._size = self._store.size()
        size = self._size
        ms = (time.perf_counter() - started) * 1000
        more = len(candidates) > end
        return Found(query, hits, size, ms, more=more, at_least=more or at_least)

    def _candidates(self, asked: str, end: int) -> list[Candidate]:
        """The candidates of the first reading that has any; a guess is joined by the next."""
        self._begin()
        best: dict[int, Candidate] = {}
        for reading in readings(asked, self._region):
            # Beside whom a guess found, words count as they were typed.
            as_typed = bool(best)
            for each in self._read(reading, end, as_typed).values() if reading else ():
                _keep_closer(best, each)
            if best and not is_guess(reading):
                break
        return list(best.values())

    def _read(self, reading: Reading, end: int, as_typed: bool) -> dict[int, Candidate]:
        """The candidates of a reading; where they do not convince, of others like it too, unless
        it counts `as_typed`."""
        best: dict[int, Candidate] = {}
        self._add(best, reading, end)
        for other in closed_up(reading, self._speller):
            self._add(best, other, end, extra=reasons.CLOSED_UP)
        if as_typed or _convincing(best, reading) or not any(clue.word for clue in reading):
            return best
        for other in respaced(reading, self._speller):
            self._add(best, other, end, extra=reasons.RESPACED)
            if _convincing(best, other):
                return best
        self._add(best, reading, end, loose=True)
        return best

    def _add(
        self,
        best: dict[int, Candidate],
        reading: Reading,
        end: int,
        *,
        extra: float = 0.0,
        loose: bool = False,
    ) -> None:
        """Add the closest candidates of a reading."""
        asked = self._gatherer.ask(reading, loose=loose)
        # Another reading than the one that was typed must explain the whole of it.
        whole = extra > 0
        numbers = self._gatherer.numbers(asked, end + 1, loose=loose, whole=whole)
        unread = [number for number in numbers if number not in self._read_of]
        if unread:
            self._read_of |= {listing.number: listing for listing in self._store.listings(unread)}
        for number in numbers:
            if (listing := self._read_of.get(number)) is not None:
                why = aligned(asked, listing, loose=loose)
                if all(why) if whole else any(why):
                    _keep_closer(best, candidate(listing, why, extra))

    def _begin(self) -> None:
        """Start a new question; forget what was kept if the index changed since the last one."""
        version = self._store.version()
        if version != self._version:
            self._version = version
            self._size = None
            self._speller.forget()
            self._gatherer.forget()
        self._gatherer.begin()
        self._read_of: dict[int, Listing] = {}

    def _ranked_hits(self, candidates: list[Candidate], offset: int, end: int) -> tuple[Hit, ...]:
        candidates = closest(candidates, self._read_of, max(LOOKED_AT, end + 1))
        matters = self._matters(candidates, self._read_of)
        shown = dealt(ordered(candidates, self._read_of, matters), matters)[offset:end]
        return self._hits(shown, self._read_of, matters)

    def _hits(
        self, shown: list[Candidate], listings: dict[int, Listing], matters: Matters
    ) -> tuple[Hit, ...]:
        known = [listings[each.number] for each in shown if each.number in listings]
        contacts = self._store.best_contacts(known) if known else {}
        return tuple(
            _hit(each, listings[each.number], contacts.get(each.number), matters)
            for each in shown
            if each.number in listings
        )

    def _listings(self, candidates: list[Candidate]) -> dict[int, Listing]:
        found = self._store.listings([each.number for each in candidates])
        return {listing.number: listing for listing in found}

    def _matters(self, candidates: list[Candidate], listings: Mapping[int, Listing]) -> Matters:
        known = [listings[each.number] for each in candidates if each.number in listings]
        return self._store.matters(known, self._now()) if known else {}


def _keep_closer(best: dict[int, Candidate], found: Candidate) -> None:
    known = best.get(found.number)
    if known is None or found.closeness < known.closeness:
        best[found.number] = found


def _convincing(found: dict[int, Candidate], reading: Reading) -> bool:
    """Whether somebody answers to all clues; to a digit or two, the beginning of a number, nobody
    has to."""
    highest = _CONVINCING * len(reading)
    begun = sum(clue.is_digits for clue in reading)
    return any(each.missing <= begun and each.cost <= highest for each in found.values())


def _hit(
    found: Candidate,
    listing: Listing,
    contact: str | None,
    matters: Matters,
) -> Hit:
    return Hit(
        customer_id=listing.customer_id,
        external_id=listing.external_id,
        source=listing.source,
        name=listing.name,
        company=listing.company,
        city=listing.city,
        contact=contact,
        last_contact_at=listing.last_contact_at,
        matters=matters.get(found.number, ()),
        score=found.score if found.why else 0.0,
        why=explain(found.why, listing),
    )
