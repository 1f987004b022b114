"""Who is looked at where too many answer equally well: who waits, with whom something is open, who
was in contact last."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, islice
from math import inf
from time import monotonic

from agent_tui.search.customers import KnownCustomers, Timer
from agent_tui.search.port import IndexStore

_LATEST = 400
"""Among how many of the latest contacts those of a common word are looked for."""

_WAITING = 50
_LATEST_FOR_S = 0.5

_EARLIER = 30_000
"""Among how many where those are too few."""

_EARLIER_FOR_S = 300.0
"""For so long their order is kept: who was in contact since is among the latest."""

_PRESSING = 1_000
"""How many promises, those due first, and how many complaints are known ahead."""

_PRESSING_FOR_S = 5.0

_FEW = 150
"""Up to so many customers are put in the order of contact; for more the latest are asked for."""

WORTH_HALVING = 8
"""Where one of two crowds is so many times larger, the smaller is looked up in it."""


Costs = dict[int, float]
"""What it costs to take a customer for the one who is meant, by dense number."""


class _Places(dict[int, int]):
    """Customers in an order, each once, with their place in it."""

    def __init__(self, numbers: Iterable[int]) -> None:
        super().__init__((number, place) for place, number in enumerate(dict.fromkeys(numbers)))

    def among(self, numbers: Collection[int]) -> list[int]:
        """Those who are among some customers, given as `among` wants them, in their order."""
        most = len(self) * (WORTH_HALVING if isinstance(numbers, Sequence) else 1)
        if len(numbers) > most:
            return among(self, numbers)
        return sorted(filter(self.__contains__, numbers), key=self.__getitem__)

    def among_any(self, lists: Sequence[Collection[int]]) -> list[int]:
        """Those who are in any of some lists, in their order."""
        if len(lists) == 1:
            return self.among(lists[0])
        short = [each for each in lists if len(each) <= len(self)]
        there = set(filter(self.__contains__, chain.from_iterable(short)))
        if len(short) < len(lists):
            there.update(*(self.among(each) for each in lists if len(each) > len(self)))
        return sorted(there, key=self.__getitem__)


class Cut:
    """Chooses some of many customers. What it knows ahead only says whom to look at, and may be
    some moments old."""

    def __init__(
        self, store: IndexStore, customers: KnownCustomers, timer: Timer = monotonic
    ) -> None:
        self._store = store
        self._customers = customers
        self._timer = timer
        self._earlier = _Places(())
        self._earlier_until = -inf
        self.forget()

    def forget(self) -> None:
        """Forget who was known ahead, but for those of long ago, who are the same tomorrow."""
        self._latest = _Places(())
        self._latest_until = -inf
        self._pressing = _Places(())
        self._pressing_until = -inf

    def of(self, numbers: Collection[int], room: int, *, roughly: bool = False) -> Collection[int]:
        """Of some customers, as a sequence in ascending order, those to look at first; `roughly`
        goes by what is known ahead alone."""
        if len(numbers) <= room:
            return numbers
        if len(numbers) <= _FEW and not roughly:
            chosen = self._with_open_matters().among(numbers)[:room]
            if len(chosen) < room:
                chosen += self._customers.latest(list(numbers), room)
            return list(dict.fromkeys(chosen))[:room]
        return self._of_many([numbers], room)

    def cheapest(self, costs: Costs, room: int) -> list[int]:
        """The customers of least cost; of those that cost the same those to look at first."""
        if len(costs) <= room:
            return list(costs)
        chosen: list[int] = []
        for cost in sorted(set(costs.values())):
            equal = sorted([number for number, its in costs.items() if its == cost])
            chosen += self.of(equal, room - len(chosen))
            if len(chosen) >= room:
                break
        return chosen

    def first(self, room: int) -> list[int]:
        """Of all customers those to look at first, up to so many."""
        known = self._with_open_matters(), self.latest(), self._in_contact_earlier()
        return [*dict.fromkeys(islice(chain.from_iterable(known), room))]

    def of_lists(self, lists: Sequence[Sequence[int]], room: int) -> Collection[int]:
        """Like `of`, of those who are in any of some lists."""
        if len(lists) == 1:
            return self.of(lists[0], room)
        if sum(map(len, lists)) <= _FEW:
            return self.of(dict.fromkeys(chain.from_iterable(lists)), room)
        return self._of_many(lists, room)

    def _of_many(self, lists: Sequence[Collection[int]], room: int) -> list[int]:
        chosen: dict[int, None] = {}
        for known in (self._with_open_matters, self.latest, self._in_contact_earlier):
            if len(chosen) < room:
                chosen |= dict.fromkeys(known().among_any(lists))
        # One who is in two of the lists counts once.
        chosen |= dict.fromkeys(islice(chain.from_iterable(lists), len(lists) * room))
        return list(chosen)[:room]

    def latest(self) -> _Places:
        """Who waits now, then who was in contact last, each with their place in this order."""
        if (now := self._timer()) > self._latest_until:
            waiting = self._store.waiting(_WAITING)
            self._latest = _Places([*waiting, *self._store.recent(_LATEST)])
            self._latest_until = now + _LATEST_FOR_S
        return self._latest

    def _in_contact_earlier(self) -> _Places:
        """Who was in contact last, of many more, each with their place."""
        if (now := self._timer()) > self._earlier_until:
            self._earlier = _Places(self._store.in_contact(_EARLIER))
            self._earlier_until = now + _EARLIER_FOR_S
        return self._earlier

    def _with_open_matters(self) -> _Places:
        """Who waits now, then with whom something is open, each with their place."""
        if (now := self._timer()) > self._pressing_until:
            waiting = self._store.waiting(_WAITING)
            self._pressing = _Places([*waiting, *self._store.pressing(_PRESSING)])
            self._pressing_until = now + _PRESSING_FOR_S
        return self._pressing


def among(some: Collection[int], numbers: Collection[int]) -> list[int]:
    """Those of some customers, in their order, who are among others: a sequence in ascending
    order, or whatever knows whom it holds."""
    if not isinstance(numbers, Sequence):
        return [number for number in some if number in numbers]
    if len(numbers) > WORTH_HALVING * len(some):
        return [number for number in some if _holds(numbers, number)]
    both = set(some).intersection(numbers)
    return [number for number in some if number in both] if both else []


def _holds(numbers: Sequence[int], number: int) -> bool:
    """Whether a number is one of some in ascending order."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number
