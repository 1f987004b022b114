"""Customers by phone number, address, account, order or case number, and id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from agent_tui.domain.values.finding import MatchField, MatchKind
from agent_tui.domain.values.index import Reference
from agent_tui.search.clues import ReferenceClue
from agent_tui.search.port import IndexStore
from agent_tui.search.reasons import Reason

_MOST = 300
MOST_ALONE = 120
"""How many references are read where one clue is the whole question."""

_ENOUGH = 20
_MOST_PARTS = 120

_PREFIX = 0.5
ENDING = 0.4
"""What it costs that a number ends so, where others do too."""

_LOCAL_PART = 0.4
"""What precedes the @, whole: less than what an initial and a name cost."""

_LONG_ENDING = 0.2
_PART = 1.2
_UNLIKELY = 1.0

_LONG = 7

_FIELDS: dict[str, MatchField] = {
    "phone": "phone",
    "email": "email",
    "handle": "handle",
    "account": "account",
    "order": "order",
    "address": "address",
    "case:order": "order",
}


def among_references(
    store: IndexStore, clue: ReferenceClue, *, parts: bool, alone: bool
) -> Iterator[tuple[int, Reason]]:
    """The customers to whom a reference clue points by their cases and contact points, each with
    the reason; some more than once.

    `parts` also looks inside of addresses and numbers, where few begin or end so. Of many fewer
    are enough where the clue is `alone` than where others choose among them.
    """
    unlikely = 0.0 if clue.sure else _UNLIKELY
    most = MOST_ALONE if alone or clue.part is None else _MOST
    found = 0
    for number, reason in _pointed(store, clue, clue.starts, clue.ends, most):
        found += 1
        yield number, reason
    if parts and found < _ENOUGH and clue.part:
        for reference in store.references_holding(clue.part, _MOST_PARTS):
            kind: MatchKind = "digits" if clue.part.isdecimal() else "part"
            cost = _PART + unlikely
            yield reference.number, _reason(reference, cost, kind, clue.part)


def identified(clue: ReferenceClue, numbers: Iterable[int]) -> Iterator[tuple[int, Reason]]:
    """The customers whose id was written."""
    for number in numbers:
        yield number, Reason(0.0, "id", "exact", clue.written, clue.written)


def at_home(store: IndexStore, clue: ReferenceClue) -> Iterator[tuple[int, Reason]]:
    """The customers whose postal address begins so."""
    for reference in store.addresses_starting(clue.starts, MOST_ALONE):
        yield reference.number, _beginning(reference, clue.starts, 0.0)


def by_case(store: IndexStore, clue: ReferenceClue) -> Iterator[tuple[int, Reason]]:
    """The customers whom a clue means as the number of one of their cases."""
    return _pointed(store, clue, (), (), MOST_ALONE)


def told_among(store: IndexStore, clue: ReferenceClue, numbers: Sequence[int]) -> dict[int, Reason]:
    """Why the digits of a clue stand for those of some customers who have them in a number."""
    part = clue.part or ""
    told: dict[int, Reason] = {}
    for reference in store.references_among(numbers, part):
        if reference.normal.endswith(clue.ends):
            reason = _ending(reference, clue.ends)
        elif reference.normal.startswith(clue.starts):
            reason = _beginning(reference, clue.starts, 0.0)
        else:
            reason = _reason(reference, _PART, "digits" if part.isdecimal() else "part", part)
        if reference.number not in told or reason.cost < told[reference.number].cost:
            told[reference.number] = reason
    return told


def _pointed(
    store: IndexStore,
    clue: ReferenceClue,
    starts: tuple[str, ...],
    ends: tuple[str, ...],
    most: int,
) -> Iterator[tuple[int, Reason]]:
    """Whom a clue means as a case, and by contact points that begin or end so."""
    unlikely = 0.0 if clue.sure else _UNLIKELY
    answer = store.pointed(cases=clue.starts, starts=starts, ends=ends, limit=most)
    for found in answer():
        if found.normal.startswith(clue.starts):
            yield found.number, _beginning(found, clue.starts, unlikely)
        if ends and found.normal.endswith(ends):
            yield found.number, _ending(found, ends)


def _beginning(reference: Reference, starts: tuple[str, ...], unlikely: float) -> Reason:
    typed = max((s for s in starts if reference.normal.startswith(s)), key=len)
    if typed == reference.normal:
        return _reason(reference, 0.0, "exact", typed)
    if reference.kind == "email" and reference.normal[len(typed)] == "@":
        # All that is said of an address where it is spelled out.
        return _reason(reference, _LOCAL_PART, "prefix", typed)
    kind: MatchKind = "digits" if reference.kind == "phone" else "prefix"
    return _reason(reference, _PREFIX + unlikely, kind, typed)


def _ending(reference: Reference, ends: tuple[str, ...]) -> Reason:
    typed = max((end for end in ends if reference.normal.endswith(end)), key=len)
    if typed == reference.normal.removeprefix("+"):
        return _reason(reference, 0.0, "exact", typed)
    cost = _LONG_ENDING if len(typed) >= _LONG else ENDING
    return _reason(reference, cost, "digits" if typed.isdecimal() else "part", typed)


def _reason(reference: Reference, cost: float, kind: MatchKind, typed: str) -> Reason:
    field = _FIELDS.get(reference.kind, "case")
    return Reason(cost, field, kind, typed, reference.value)
