"""Finds customers by whatever an agent types."""

from __future__ import annotations

import time

from agent_tui.clock import Clock
from agent_tui.domain.values.finding import Found, Hit
from agent_tui.domain.values.index import Listing
from agent_tui.search import reasons
from agent_tui.search.clues import Reading, is_guess, readings, tidy
from agent_tui.search.explain import explain
from agent_tui.search.gathering import Gatherer
from agent_tui.search.port import IndexStore
from agent_tui.search.ranking import (
    Candidate,
    Matters,
    candidate,
    closeness,
    dealt,
    ordered,
    with_listing,
)
from agent_tui.search.respacing import respaced
from agent_tui.search.spellings import Speller

_LOOKED_AT = 200
_CONVINCING = 2.6
"""Up to this cost a clue, the answer to the query as typed needs no other reading."""


class Finder:
    """The find box of one desk. Used by one thread at a time; keeps the dictionary of words.

    `region` is the country of phone numbers that do not name one (two letters), or None.
    """

    def __init__(self, store: IndexStore, *, region: str | None, now: Clock) -> None:
        self._store = store
        self._region = region
        self._now = now
        self._speller = Speller(store)
        self._gatherer = Gatherer(store, self._speller)

    def warm_up(self) -> None:
        """Load what the first inexact question would have to wait for."""
        self._speller.warm_up()

    def find(self, query: str, *, limit: int = 10, offset: int = 0) -> Found:
        """The customers whom `query` means, best first; recent ones where it is blank.

        Any text is answered. Raises what the store raises: Interrupted, Unavailable.
        """
        started = time.perf_counter()
        end = offset + limit
        if query.strip():
            candidates = self._candidates(tidy(query), end)
            hits = self._ranked_hits(candidates, offset, end)
        else:
            candidates = [Candidate(number, 0, 0.0, ()) for number in self._store.recent(end + 1)]
            shown = candidates[offset:end]
            hits = self._hits(shown, self._listings(shown), self._matters(shown))
        size = self._store.size()
        ms = (time.perf_counter() - started) * 1000
        return Found(query, hits, size, ms, more=len(candidates) > end)

    def _candidates(self, asked: str, end: int) -> list[Candidate]:
        """The candidates of the first reading that has any; a guess is joined by the next."""
        self._speller.begin()
        best: dict[int, Candidate] = {}
        for reading in readings(asked, self._region):
            for each in self._read(reading, end).values() if reading else ():
                _keep_closer(best, each)
            if best and not is_guess(reading):
                break
        return list(best.values())

    def _read(self, reading: Reading, end: int) -> dict[int, Candidate]:
        """The candidates of a reading; where they do not convince, of others like it too."""
        best: dict[int, Candidate] = {}
        self._add(best, reading, end)
        if _convincing(best, reading) or not any(clue.word for clue in reading):
            return best
        for other in respaced(reading, self._speller):
            self._add(best, other, end, extra=reasons.RESPACED)
            if _convincing(best, reading):
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
        """Add the closest candidates of a reading; of equally close ones the latest."""
        found = self._gatherer.candidates(reading, end, loose=loose)
        close = {number: closeness(why, extra) for number, why in found.items()}
        numbers = sorted(close, key=lambda number: (close[number], number))
        most = max(_LOOKED_AT, end + 1)
        if len(numbers) > most:
            farthest = close[numbers[most - 1]]
            nearer = [number for number in numbers[:most] if close[number] < farthest]
            tied = [number for number in numbers if close[number] == farthest]
            numbers = nearer + self._store.latest(tied, most - len(nearer))
        for number in numbers:
            _keep_closer(best, candidate(number, found[number], extra))

    def _ranked_hits(self, candidates: list[Candidate], offset: int, end: int) -> tuple[Hit, ...]:
        listings = self._listings(candidates)
        matters = self._matters(candidates)
        present = [
            with_listing(each, listings[each.number])
            for each in candidates
            if each.number in listings
        ]
        shown = dealt(ordered(present, listings, matters))[offset:end]
        return self._hits(shown, listings, matters)

    def _hits(
        self, shown: list[Candidate], listings: dict[int, Listing], matters: Matters
    ) -> tuple[Hit, ...]:
        contacts = self._store.best_contacts([each.number for each in shown])
        return tuple(
            _hit(each, listings[each.number], contacts.get(each.number), matters)
            for each in shown
            if each.number in listings
        )

    def _listings(self, candidates: list[Candidate]) -> dict[int, Listing]:
        found = self._store.listings([each.number for each in candidates])
        return {listing.number: listing for listing in found}

    def _matters(self, candidates: list[Candidate]) -> Matters:
        return self._store.matters([each.number for each in candidates], self._now())


def _keep_closer(best: dict[int, Candidate], found: Candidate) -> None:
    known = best.get(found.number)
    if known is None or found.closeness < known.closeness:
        best[found.number] = found


def _convincing(found: dict[int, Candidate], reading: Reading) -> bool:
    highest = _CONVINCING * len(reading)
    return any(not each.missing and each.cost <= highest for each in found.values())


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
