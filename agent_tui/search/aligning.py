"""For which reason each clue stands for a customer, once what a list shows of them is read."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import lru_cache

from agent_tui.domain.values.index import WordField
from agent_tui.search import reasons
from agent_tui.search.asked import Asked
from agent_tui.search.customers import Known
from agent_tui.search.reasons import Reason, Spelling
from agent_tui.search.spellings import slipped, slips_allowed

_SHORTEST_TO_MISSPELL = 3
_INEXACT = ("near", "sound")

_WORD_FIELDS = frozenset(field for field, _ in reasons.FIELDS.values())


def aligned(asked: Sequence[Asked], customer: Known, *, loose: bool) -> list[Reason | None]:
    """One reason a clue, None for a clue that says nothing for this customer.

    `loose` also takes a word for the one meant that is so far off that it was not looked up.
    """
    why = [_reason(each, customer, loose) for each in asked]
    if len(why) == 2:
        one, other = why
        is_shared = one is not None and other is not None and one.found == other.found
    else:
        found = [reason.found for reason in why if reason is not None]
        is_shared = len(found) > 1 and len(set(found)) < len(found)
    return _parted(asked, customer, why, loose) if is_shared else why


def _parted(
    asked: Sequence[Asked], customer: Known, why: list[Reason | None], loose: bool
) -> list[Reason | None]:
    """The reasons with another word for each clue that shares one with a clue which it fits better;
    where there is none, they share it, which costs more."""
    taken: set[tuple[str, str]] = set()
    parted = list(why)
    for place in sorted(range(len(why)), key=lambda place: _cost_of(why[place])):
        reason = why[place]
        if reason is None or reason.field not in _WORD_FIELDS:
            continue
        key = reason.field, reason.found
        if key in taken:
            other = _reason(asked[place], customer, loose, taken)
            shared = reason._replace(cost=reason.cost + reasons.SHARED)
            parted[place] = reason = min(filter(None, (other, shared)), key=_cost_of)
        taken.add((reason.field, reason.found))
    return parted


def _cost_of(reason: Reason | None) -> float:
    """What a reason costs; nothing costs as much as having none."""
    return math.inf if reason is None else reason.cost


def _reason(
    asked: Asked,
    customer: Known,
    loose: bool,
    taken: Collection[tuple[str, str]] = (),
) -> Reason | None:
    told = asked.told.get(customer.outline.number)
    spelled = asked.spellings
    if spelled is None:
        return told
    lowest = math.inf if told is None else told.cost
    best: tuple[WordField, float, Spelling] | None = None
    by_text, prefix, extras = spelled.by_text, spelled.prefix, asked.extras
    for place, words in customer.fields:
        extra = extras[place]
        if extra >= lowest:
            break
        for word in words:
            if taken and (reasons.FIELDS[place][0], word) in taken:
                continue
            spelling = by_text.get(word)
            if spelling is None:
                if prefix is not None and word.startswith(prefix):
                    spelling = _begun(word, asked.clue.last)
                elif loose:
                    spelling = _misspelt(spelled.typed, word)
                if spelling is None:
                    continue
            if asked.is_initial and spelling.kind == "prefix":
                spelling = spelling._replace(cost=reasons.INITIAL)
            elif len(spelled.typed) == 1 and not asked.is_initial:
                # Alone it is a beginning, also where somebody has it as an initial.
                spelling = spelling._replace(cost=reasons.PREFIX)
            elif spelling.kind in _INEXACT and place != WordField.NAME:
                spelling = spelling._replace(cost=spelling.cost + reasons.NOT_IN_THE_NAME)
            if spelling.cost + extra < lowest:
                lowest = spelling.cost + extra
                best = place, extra, spelling
    return told if best is None else best[2].reason(best[0], best[1], spelled.typed)


def _begun(word: str, last: bool) -> Spelling:
    """A word that begins as was typed, where those words are too many to be listed."""
    return Spelling(word, 0, "prefix", reasons.PREFIX if last else reasons.PREFIX_INSIDE)


@lru_cache(maxsize=4_000)
def _misspelt(typed: str, word: str) -> Spelling | None:
    from rapidfuzz.distance import OSA

    if min(len(typed), len(word)) < _SHORTEST_TO_MISSPELL or not typed.isalpha():
        return None
    if word.endswith(typed):
        # The given name of a name that is written in one.
        return Spelling(word, 0, "part", reasons.ENDING)
    most = slips_allowed(typed, loose=True)
    slips = OSA.distance(typed, word, score_cutoff=most)
    return Spelling(word, 0, *slipped(typed, word, slips)) if 0 < slips <= most else None
