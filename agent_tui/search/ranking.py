"""The order of the answers: the one that an agent would agree with.

The whole query explained before part of it, and a part that few people have before one that many
have; exact before prefix before the rest, names before companies before cities; then who waits,
with whom something is open, whose whole name it is, who was in contact last.
Among names that were only heard, an open matter outweighs a letter: who calls is more often
somebody with whom something is open than a namesake who spells it that way. The customer's number
decides what is left, so that equal answers never change places.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain, groupby, zip_longest
from typing import NamedTuple

from agent_tui.domain.values.finding import OpenMatter
from agent_tui.domain.values.index import Standing
from agent_tui.search import reasons
from agent_tui.search.customers import Known, KnownCustomers, words_inside_of, words_of
from agent_tui.search.reasons import Reason

_PRESSING: dict[OpenMatter | None, int] = {
    "waiting": 0,
    "complaint": 1,
    "promise_late": 1,
    "promise": 2,
    None: 3,
}
_WORTH_IN_LETTERS = (1.5, 1.0, 0.5, 0.0)
"""What an open matter, by how pressing it is, outweighs in the cost of an inexact name."""

_INEXACT = ("near", "sound")
_MISSING = 10.0
_HALF_SCORE = 5.0


class Candidate(NamedTuple):
    """A customer with what speaks for them: `missing` words of the query are unexplained, the other
    clues explained at `cost`.

    `is_inexact` says that a clue was only nearly met, or only sounds alike, `is_whole` that the
    only clue is the whole name.
    """

    number: int
    missing: int
    cost: float
    why: tuple[Reason, ...]
    is_inexact: bool
    is_whole: bool = False

    @property
    def closeness(self) -> tuple[int, float]:
        """How much of the query is unexplained, and how dear the rest is."""
        return self.missing, self.cost

    @property
    def score(self) -> float:
        """Between 0 and 1: 1 is the very name; at 5 of cost it is a half."""
        total = self.missing * _MISSING + min(self.cost, _MISSING)
        return round(1 / (1 + total / _HALF_SCORE), 4)


def candidate(
    customer: Known, why: Sequence[Reason | None], extra: float, missing: int
) -> Candidate:
    """A candidate from one reason a clue, None where a clue says nothing for them: that is so of
    `missing` words of the query.

    It costs a little where several words were asked for and the name has more of them, or has
    them in another order.
    """
    number = customer.outline.number
    given = tuple(filter(None, why))
    if len(why) == 1 and given:
        [reason] = given
        is_inexact = reason.kind in _INEXACT
        is_whole = (reason.found,) == words_of(customer.outline.name) and reason.kind == "exact"
        return Candidate(number, 0, round(extra + reason.cost, 1), given, is_inexact, is_whole)
    if len(given) == 1:
        [reason] = given
        is_inexact = reason.kind in _INEXACT
        # Likelier somebody of a rare name whose other word went wrong than one of a common one.
        cost = extra + reason.cost + math.log10(reason.people)
        return Candidate(number, missing, round(cost, 1), given, is_inexact)
    cost = extra
    is_inexact = False
    for reason in given:
        cost += reason.cost
        is_inexact = is_inexact or reason.kind in _INEXACT
    if given:
        named = [reason.found for reason in given if reason.field == "name"]
        words = words_of(customer.outline.name)
        if named and named[0] not in words:
            words = words_inside_of(customer.outline.name)
        places = [words.index(word) for word in named if word in words]
        if len(places) < len(words):
            cost += reasons.MORE_THAN_ASKED
            if any(len(word) == 1 for word in named):
                cost += reasons.MIDDLE_INITIAL
        if places != sorted(places):
            cost += reasons.SWAPPED
    return Candidate(number, missing, round(cost, 1), given, is_inexact)


def closest(candidates: list[Candidate], known: KnownCustomers, room: int) -> list[Candidate]:
    """The candidates who explain most of the query best, of equal ones the latest in contact."""

    def place(found: Candidate) -> tuple[int, float, bool, float, int]:
        return *found.closeness, not found.is_whole, *known.recency(found.number)

    return sorted(candidates, key=place)[:room] if len(candidates) > room else candidates


def ordered(candidates: Iterable[Candidate], standings: Mapping[int, Standing]) -> list[Candidate]:
    """Candidates in the order in which they are shown."""

    def place(found: Candidate) -> tuple[int, bool, float, int, bool, float, int]:
        pressing = _pressing(found, standings)
        contact = standings[found.number].last_contact_at
        recency = -contact.timestamp() if contact else math.inf
        missing, cost = found.closeness
        if found.is_inexact:
            cost -= _WORTH_IN_LETTERS[pressing]
        rest = not found.is_whole, recency, found.number
        return missing, found.is_inexact, cost, pressing, *rest

    return sorted(candidates, key=place)


def dealt(candidates: list[Candidate], standings: Mapping[int, Standing]) -> list[Candidate]:
    """One of each word in turn, where single words were matched inexactly, and one of each set of
    fields, where several clues fit equally well.

    Else the many people of one likely word would hide the few of the next, and those who live in
    London the few who work for London Bakery.
    """
    hands: dict[Hashable, list[Candidate]] = {}
    sure: list[Candidate] = []
    partly: list[Candidate] = []
    for found in candidates:
        if found.missing:
            partly.append(found)
        elif len(found.why) == 1 and found.why[0].kind in _INEXACT:
            hands.setdefault(found.why[0].found, []).append(found)
        else:
            sure.append(found)
    equal = groupby(sure, lambda found: (found.is_inexact, found.cost, _pressing(found, standings)))
    by_fields = (_by(group, lambda found: tuple(r.field for r in found.why)) for _, group in equal)
    return [*chain.from_iterable(map(_in_turn, by_fields)), *_in_turn(hands), *partly]


def _by(
    candidates: Iterable[Candidate], what: Callable[[Candidate], Hashable]
) -> dict[Hashable, list[Candidate]]:
    hands: dict[Hashable, list[Candidate]] = {}
    for found in candidates:
        hands.setdefault(what(found), []).append(found)
    return hands


def _in_turn(hands: Mapping[Hashable, list[Candidate]]) -> list[Candidate]:
    rounds = zip_longest(*hands.values())
    return [found for turn in rounds for found in turn if found is not None]


def _pressing(found: Candidate, standings: Mapping[int, Standing]) -> int:
    """How pressing what is open with a customer is; the lower, the more."""
    return _PRESSING[next(iter(standings[found.number].matters), None)]
