"""Finds customers by whatever an agent types."""

from __future__ import annotations

import math
import time
from collections.abc import Hashable, Iterable, Mapping, Sequence
from time import monotonic

from agent_tui.clock import Clock
from agent_tui.domain.values.finding import Found, Hit, Match
from agent_tui.domain.values.index import Answer, Listing, Outline, Standing
from agent_tui.search import reasons
from agent_tui.search.aligning import aligned
from agent_tui.search.clues import Reading, is_guess, readings, tidy, without_title
from agent_tui.search.customers import Known, KnownCustomers, Timer
from agent_tui.search.explain import explain
from agent_tui.search.gathering import LOOKED_AT, Gatherer
from agent_tui.search.nicknames import nicknames
from agent_tui.search.port import IndexStore
from agent_tui.search.ranking import (
    Candidate,
    candidate,
    closest,
    dealt,
    ordered,
)
from agent_tui.search.respacing import closed_up, rejoined, respaced
from agent_tui.search.romanised import romanised
from agent_tui.search.spellings import Speller

_CONVINCING = 2.5
"""Up to this cost a clue, the answer to the query as typed needs no other reading. A lone word that
only sounds alike costs more: it may as well be two words in one."""

_CLOSE = 3.0
"""Up to this cost of all clues together nobody was meant by words that were torn apart."""

_MOST_TO_LEAVE_OUT = 4
"""Of so many clues each may be one too many: Mrs, please, its."""

_FEWEST_WITH_DIGITS = 2
"""Beside so many words a few digits that are not right are passed over."""

_FEW = 40
"""Of up to so many customers, how they stand is asked for before it is known who is left."""

_MOST_ASKED = 2
"""How often a question is asked while the index changes below it."""


class Finder:
    """The find box of one desk. Used by one thread at a time.

    Nothing of the index is in memory but the answers to the last few words that were asked for.

    `region` is the country of phone numbers that do not name one (two letters), or None.
    """

    def __init__(
        self, store: IndexStore, *, region: str | None, now: Clock, timer: Timer = monotonic
    ) -> None:
        self._store = store
        self._region = region
        self._now = now
        self._speller = Speller(store)
        self._customers = KnownCustomers(store, timer)
        self._gatherer = Gatherer(store, self._speller, self._customers, timer)
        self._version: Hashable = None
        self._size: int | None = None
        self._ahead: tuple[Sequence[int], Answer[Mapping[int, Standing]]] = (), dict
        self._paged: tuple[str, list[int], int] = "", [], 0

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
        hits, more = self._answer(query, offset, end)
        if self._size is None or not query.strip():
            self._size = self._store.size()
        ms = (time.perf_counter() - started) * 1000
        at_least = more or self._gatherer.left_out
        return Found(query, hits, self._size, ms, more=more, at_least=at_least)

    def _answer(self, query: str, offset: int, end: int) -> tuple[tuple[Hit, ...], bool]:
        """The hits that are shown, and whether there are more, all of one state of the index.

        That is told by the last statement and not by one before the first, which would be one more
        for a server to answer. Where the index changed, what was kept is forgotten and the
        question asked again, but not for ever: somebody may be changing it all the time.
        """
        if self._version is None:
            self._version = self._store.version()
        for _ in range(_MOST_ASKED):
            self._gatherer.begin()
            self._ahead = (), dict
            self._customers.forget_old()
            if query.strip():
                candidates = self._candidates(tidy(query), end)
                hits, version = self._ranked_hits(query, candidates, offset, end)
            else:
                candidates = self._recent(end)
                hits, version = self._recent_hits(candidates[offset:end])
            if version == self._version:
                break
            self._forget()
            self._version = version
        return hits, len(candidates) > end

    def _recent(self, end: int) -> list[Candidate]:
        return [Candidate(number, 0, 0.0, (), False) for number in self._store.recent(end + 1)]

    def _candidates(self, asked: str, end: int) -> list[Candidate]:
        """The candidates of the first reading that has any; a guess is joined by the next."""
        best: dict[int, Candidate] = {}
        for reading in readings(asked, self._region):
            # Beside whom a guess found for certain, words count as they were typed.
            as_typed = any(not each.missing for each in best.values())
            for each in self._read(reading, end, as_typed).values() if reading else ():
                _keep_closer(best, each)
            if best and not is_guess(reading):
                break
        return list(best.values())

    def _read(self, reading: Reading, end: int, as_typed: bool) -> dict[int, Candidate]:
        """The candidates of a reading; where they do not convince, of others like it too, unless
        it counts `as_typed`."""
        best: dict[int, Candidate] = {}
        self._add(best, reading, end, is_likely=True)
        for other in [*closed_up(reading, self._speller), without_title(reading)]:
            if other:
                self._add(best, other, end, extra=reasons.CLOSED_UP)
        for place, clue in enumerate(reading):
            # A few digits that are not yet right hide nobody who has the words beside them.
            is_beside_words = clue.is_few_digits and len(reading) > _FEWEST_WITH_DIGITS
            if is_beside_words and not _convincing(best, reading, _CLOSE):
                self._add(best, reading, end, without=place)
        if as_typed or not any(clue.word for clue in reading):
            return best
        if _convincing(best, reading):
            if not _convincing(best, reading, _CLOSE):
                for other in rejoined(reading, self._speller):
                    self._add(best, other, end, extra=reasons.RESPACED)
            return best
        for other in respaced(reading, self._speller):
            self._add(best, other, end, extra=reasons.RESPACED)
            if _convincing(best, other):
                return best
        self._add(best, reading, end, loose=True)
        if not _convincing(best, reading) and 1 < len(reading) <= _MOST_TO_LEAVE_OUT:
            for place in range(len(reading)):
                self._add(best, reading, end, without=place)
        return best

    def _add(
        self,
        best: dict[int, Candidate],
        reading: Reading,
        end: int,
        *,
        extra: float = 0.0,
        loose: bool = False,
        is_likely: bool = False,
        without: int | None = None,
    ) -> None:
        """Add the closest candidates of a reading; of one that `is_likely` to be the one that
        counts, how they stand is asked for with it. With the clue of a place left out, those to
        whom the others point."""
        asked = self._gatherer.ask(reading, end + 1, loose=loose)
        # Another reading than the one that was typed must explain the whole of it.
        whole = extra > 0
        if without is None:
            numbers = self._gatherer.numbers(asked, end + 1, loose=loose, whole=whole)
        else:
            left = [each for place, each in enumerate(asked) if place != without]
            numbers = self._gatherer.numbers(left, end + 1, loose=loose, whole=True)
        known = [each for number in numbers if (each := self._customers.get(number))]
        others = self._customers.read(numbers)
        if is_likely and self._store.is_aside and 0 < len(numbers) <= _FEW:
            self._ahead = numbers, self._store.standings(numbers, self._now())

        def compare(customers: Iterable[Known]) -> None:
            for customer in customers:
                why = aligned(asked, customer, loose=loose)
                if all(why):
                    _keep_closer(best, candidate(customer, why, extra, 0))
                elif any(why) and not whole:
                    missing = sum(
                        each.clue.pieces
                        for each, reason in zip(asked, why, strict=True)
                        if not reason
                    )
                    _keep_closer(best, candidate(customer, why, extra, missing))

        compare(known)
        compare(others())

    def _forget(self) -> None:
        """Forget what was kept, since the index changed."""
        self._size = None
        self._customers.forget()
        self._speller.forget()
        self._gatherer.forget()

    def _ranked_hits(
        self, query: str, candidates: list[Candidate], offset: int, end: int
    ) -> tuple[tuple[Hit, ...], Hashable]:
        """The hits of a page, with the version of the index. A page further on has whom the pages
        before it did not show: of more people that are read, others may come first."""
        candidates = closest(candidates, self._customers, max(LOOKED_AT, end + 1))
        standings = self._standings(candidates)
        candidates = [each for each in candidates if each.number in standings]
        ranked = dealt(ordered(candidates, standings), standings)
        asked, paged, paged_to = self._paged
        follows = asked == query and offset <= paged_to
        before = paged[:offset] if follows else [each.number for each in ranked[:offset]]
        shown = [each for each in ranked if each.number not in before][: end - offset]
        self._paged = query, before + [each.number for each in shown], end
        return self._hits(shown, standings)

    def _recent_hits(self, shown: list[Candidate]) -> tuple[tuple[Hit, ...], Hashable]:
        return self._hits(shown, self._standings(shown))

    def _hits(
        self, shown: list[Candidate], standings: Mapping[int, Standing]
    ) -> tuple[tuple[Hit, ...], Hashable]:
        numbers = [each.number for each in shown]
        if not numbers:
            return (), self._store.version()
        answer = self._store.listings(numbers)
        # Meanwhile, by the texts that told who is meant; they are mostly those that are shown.
        known = map(self._customers.get, numbers)
        outlines = [None if customer is None else customer.outline for customer in known]
        whys = [
            () if outline is None else explain(each.why, outline)
            for each, outline in zip(shown, outlines, strict=True)
        ]
        version, listings = answer()
        hits = []
        for each, outline, why in zip(shown, outlines, whys, strict=True):
            listing, standing = listings.get(each.number), standings.get(each.number)
            if listing is not None and standing is not None:
                if outline is None or _texts(outline) != _texts(listing):
                    hits.append(_hit(each, explain(each.why, listing), listing, standing))
                else:
                    hits.append(_hit(each, why, listing, standing))
        return tuple(hits), version

    def _standings(self, candidates: list[Candidate]) -> Mapping[int, Standing]:
        numbers = [each.number for each in candidates]
        if not numbers:
            return {}
        some, standings = self._ahead
        if not set(numbers).issubset(some):
            standings = self._store.standings(numbers, self._now())
        return standings()


def _keep_closer(best: dict[int, Candidate], found: Candidate) -> None:
    known = best.get(found.number)
    if known is None or found.closeness < known.closeness:
        best[found.number] = found


def _convincing(found: dict[int, Candidate], reading: Reading, most: float = math.inf) -> bool:
    """Whether somebody answers to all clues, at `most` at that cost; to a digit or two, the
    beginning of a number, nobody has to."""
    highest = min(_CONVINCING * len(reading), most)
    begun = sum(clue.is_digits for clue in reading)
    return any(each.missing <= begun and each.cost <= highest for each in found.values())


def _texts(of: Outline | Listing) -> tuple[str | None, ...]:
    return of.name, of.company, of.city


def _hit(found: Candidate, why: tuple[Match, ...], listing: Listing, standing: Standing) -> Hit:
    return Hit(
        customer_id=listing.customer_id,
        external_id=listing.external_id,
        source=listing.source,
        name=listing.name,
        company=listing.company,
        city=listing.city,
        contact=listing.contact,
        last_contact_at=standing.last_contact_at,
        matters=standing.matters,
        score=found.score if found.why else 0.0,
        why=why,
    )
