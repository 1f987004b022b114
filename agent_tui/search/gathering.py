"""From clues to customers: who may be meant, before anything is read of them.

The clue that fewest customers have leads: who has it is kept where the other clues point to them
too. Costs are those of words, so that the cheapest can be chosen; what is known of a customer is
read for these alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from time import monotonic

from agent_tui.domain.values.index import WordField
from agent_tui.search import reasons
from agent_tui.search.clues import Clue, Reading
from agent_tui.search.kept import Kept, KeptPostings
from agent_tui.search.port import IndexStore
from agent_tui.search.reasons import Reason, Spelling
from agent_tui.search.references import among_references
from agent_tui.search.spellings import Speller, Spellings

LOOKED_AT = 40
"""How many customers are read and compared, at least."""

_MOST_PEOPLE = 20_000
"""How many customers of one clue are gathered; the others are only tested against it."""

_MOST_COMPARED = 150_000
"""How many are compared with those of a rarer clue."""

_TESTED = 120
"""How many are read where a clue is so common that only reading tells who has it."""

_LATEST = 400
"""Among how many of the latest contacts those of a common word are looked for."""

_FEW = 300
"""Up to so many customers are put in the order of contact; for more the latest are asked for."""

_LATEST_FOR_S = 0.5
_WAITING = 50
_LEAST_A_WORD = 3
_KEPT_PEOPLE = 100_000

Timer = Callable[[], float]
"""Seconds of a clock that only goes forward."""

Costs = dict[int, float]
"""What it costs to take a customer for the one who is meant, by dense number."""


@dataclass(slots=True)
class Asked:
    """One clue with what is known of it.

    `told` are the reasons of those to whom it points as a reference.
    """

    clue: Clue
    spellings: Spellings | None
    told: dict[int, Reason] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether so many words begin like it that only reading a customer tells who has one."""
        return self.spellings is not None and self.spellings.prefix is not None

    @property
    def people(self) -> int:
        """How many customers it points to, at most."""
        return len(self.told) + (self.spellings.people if self.spellings else 0)


class Gatherer:
    """Finds the candidates of one reading of a query."""

    def __init__(self, store: IndexStore, speller: Speller, timer: Timer = monotonic) -> None:
        self._store = store
        self._speller = speller
        self._postings = KeptPostings(store)
        self._people: Kept[tuple[str, bool, bool], Costs] = Kept(_KEPT_PEOPLE, len)
        self._timer = timer
        self._pool: dict[int, None] = {}
        self._pool_until = -inf

    def forget(self) -> None:
        """Forget what was kept, since the index changed."""
        self._postings.forget()
        self._people.forget()
        self._pool_until = -inf

    def ask(self, reading: Reading, *, loose: bool) -> list[Asked]:
        """The clues of a reading with the words that they may stand for."""
        return [
            Asked(clue, self._speller.spellings(clue.word, last=clue.last, loose=loose))
            if clue.word is not None
            else Asked(clue, None)
            for clue in reading
        ]

    def numbers(self, asked: Sequence[Asked], enough: int, *, loose: bool) -> list[int]:
        """The customers to look at, some hundred at most unless `enough` are more."""
        room = max(LOOKED_AT, enough)
        if len(asked) == 1 and asked[0].spellings is not None:
            self._add_references(asked[0], alone=True)
            return self._of_one(asked[0], room)
        for each in asked:
            self._add_references(each, alone=len(asked) == 1)
        closed = sorted((each for each in asked if each.people and not each.open), key=_people)
        if not closed:
            return [*self._soft(asked, room), *list(self._latest())[:_TESTED]]
        leader, *others = closed
        wanted = max(room, _TESTED) if any(each.open for each in asked) else room
        if not others:
            return self._of_one(leader, wanted)
        best = self._costs(leader, loose)
        if len(best) > room:
            for each in others:
                best = self._together(best, each) or best
        chosen = self._cheapest(best, wanted)
        if len(best) < enough and others:
            # Too few have the rarest clue: who has the next one very likely.
            chosen += self._of_one(others[0], room // 2)
        return list(dict.fromkeys(chosen))

    def _of_one(self, asked: Asked, room: int) -> list[int]:
        """The people of one word: of the very word and those that begin so the latest, of words
        that are only like it some of each."""
        chosen = dict.fromkeys(self._latest_of(asked.told, room))
        if asked.open:
            chosen |= dict.fromkeys(list(self._latest())[:_TESTED])
        listed = asked.spellings.listed if asked.spellings else ()
        sure = [each for each in listed if each.kind in ("exact", "prefix", "nickname")]
        like = [each for each in listed if each.kind in ("near", "sound")]
        for cost in dict.fromkeys(each.cost for each in sure):
            words = [each.text for each in sure if each.cost == cost]
            for place in reasons.FIELDS:
                if len(chosen) < room:
                    wanted = self._numbers(words, place, _MOST_PEOPLE)
                    chosen |= dict.fromkeys(self._latest_of(wanted, room - len(chosen)))
        left = room - len(chosen)
        if like and left > 0:
            fitting = like[: max(1, left // _LEAST_A_WORD)]
            self._postings.of(each.text for each in fitting)
            share = max(_LEAST_A_WORD, left // len(fitting))
            for each in fitting:
                people = [
                    number
                    for place in reasons.FIELDS
                    for number in self._latest_of(self._numbers([each.text], place, 0), share)
                ]
                chosen |= dict.fromkeys(people[:share])
        return list(chosen)

    def _numbers(self, words: Sequence[str], place: WordField, most: int) -> Collection[int]:
        """Who has one of the words in a field: of several words no more than `most` people."""
        found = self._postings.of(words)
        lists = [
            posting.numbers for word in words for posting in found[word] if posting.field == place
        ]
        if len(lists) == 1:
            return lists[0]
        numbers: dict[int, None] = {}
        for each in lists:
            numbers |= dict.fromkeys(each)
            if len(numbers) > most:
                break
        return numbers

    def _costs(self, asked: Asked, loose: bool) -> Costs:
        """Whom a clue points to, by its words and as a reference."""
        costs: Costs = {}
        if (spelled := asked.spellings) is not None:
            key = spelled.typed, asked.clue.last, loose
            kept = self._people.get(key)
            costs = kept if kept is not None else self._people.keep(key, self._all(spelled))
        return _with_told(costs, asked) if asked.told else costs

    def _together(self, best: Costs, asked: Asked) -> Costs:
        """Those of the customers to whom another clue points too."""
        others: Costs = {}
        if asked.spellings is not None:
            for cost, numbers in self._groups(asked.spellings, _MOST_COMPARED):
                others.update(dict.fromkeys(filter(best.__contains__, numbers), cost))
        if asked.told:
            others = _with_told(others, asked)
        return {number: best[number] + cost for number, cost in others.items() if number in best}

    def _all(self, spelled: Spellings) -> Costs:
        """The people of all spellings, cheapest first until they are too many."""
        costs: Costs = {}
        for cost, numbers in self._groups(spelled, _MOST_PEOPLE):
            costs.update(dict.fromkeys(numbers, cost))
        return costs

    def _groups(self, spelled: Spellings, most: int) -> list[tuple[float, Sequence[int]]]:
        """Who has which word in which field, at what cost: dearest first, so that the cheapest
        cost of a customer is the last; the cheapest words up to `most` people."""
        fitting: list[Spelling] = []
        people = 0
        for spelling in spelled.listed:
            people += spelling.people
            if people > most and fitting:
                break
            fitting.append(spelling)
        found = self._postings.of(spelling.text for spelling in fitting)
        groups = [
            (spelling.cost + reasons.FIELDS[WordField(posting.field)][1], posting.numbers)
            for spelling in fitting
            for posting in found[spelling.text]
        ]
        groups.sort(key=lambda group: -group[0])
        return groups

    def _add_references(self, asked: Asked, *, alone: bool) -> None:
        """Find whom a clue means as a phone number, an address, a number or an id."""
        if (reference := asked.clue.reference) is None:
            return
        is_word = asked.spellings is not None and bool(asked.spellings.listed)
        parts = reference.sure or not is_word
        for number, reason in among_references(self._store, reference, parts=parts, alone=alone):
            known = asked.told.get(number)
            if known is None or reason.cost < known.cost:
                asked.told[number] = reason

    def _soft(self, asked: Sequence[Asked], room: int) -> Iterable[int]:
        """Where all clues are common: people of the very words."""
        for each in asked:
            for spelling in each.spellings.listed[:1] if each.spellings else ():
                if spelling.kind == "exact":
                    people = self._numbers([spelling.text], WordField.NAME, _MOST_PEOPLE)
                    yield from self._latest_of(people, room)

    def _cheapest(self, costs: Costs, room: int) -> list[int]:
        """The customers of least cost; of those that cost the same the latest."""
        if len(costs) <= room:
            return list(costs)
        by_cost: dict[float, list[int]] = {}
        for number, cost in costs.items():
            by_cost.setdefault(cost, []).append(number)
        chosen: list[int] = []
        for cost in sorted(by_cost):
            chosen += self._latest_of(sorted(by_cost[cost]), room - len(chosen))
            if len(chosen) >= room:
                break
        return chosen

    def _latest_of(self, numbers: Collection[int], room: int) -> Iterable[int]:
        """Of some customers those with the latest contact, as far as there is room."""
        if len(numbers) <= room:
            return numbers
        if len(numbers) <= _FEW:
            return self._store.latest(list(numbers), room)
        if isinstance(numbers, Sequence):
            chosen = [number for number in self._latest() if _holds(numbers, number)]
        else:
            chosen = [number for number in self._latest() if number in numbers]
        return list(dict.fromkeys([*chosen[:room], *islice(numbers, room)]))[:room]

    def _latest(self) -> dict[int, None]:
        """Who waits now, then who was in contact last, as it was a moment ago: it only says whom
        to look at first."""
        now = self._timer()
        if now > self._pool_until:
            waiting = self._store.waiting(_WAITING)
            self._pool = dict.fromkeys([*waiting, *self._store.recent(_LATEST)])
            self._pool_until = now + _LATEST_FOR_S
        return self._pool


def _holds(numbers: Sequence[int], number: int) -> bool:
    """Whether a number is one of some in ascending order."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _people(asked: Asked) -> int:
    return asked.people


def _with_told(costs: Costs, asked: Asked) -> Costs:
    costs = dict(costs)
    for number, reason in asked.told.items():
        costs[number] = min(reason.cost, costs.get(number, reason.cost))
    return costs
