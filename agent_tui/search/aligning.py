"""For which reason each clue stands for a customer, once what a list shows of them is read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from agent_tui.domain.values.index import WordField
from agent_tui.search import reasons
from agent_tui.search.asked import Asked
from agent_tui.search.customers import Known
from agent_tui.search.reasons import Reason, Spelling
from agent_tui.search.spellings import slipped, slips_allowed

_SHORTEST_TO_MISSPELL = 3

_ALONE = {place: extra for place, (_, extra) in reasons.FIELDS.items()}
"""What a word costs more in each field, where it is the only clue."""


def aligned(asked: Sequence[Asked], customer: Known, *, loose: bool) -> list[Reason | None]:
    """One reason a clue, None for a clue that says nothing for this customer.

    `loose` also takes a word for the one meant that is so far off that it was not looked up.
    """
    extras = reasons.BESIDE if len(asked) > 1 else _ALONE
    return [
        _reason(each, customer, reasons.OF_INITIALS if each.is_initial else extras, loose)
        for each in asked
    ]


def _reason(
    asked: Asked, customer: Known, extras: Mapping[WordField, float], loose: bool
) -> Reason | None:
    told = asked.told.get(customer.outline.number)
    spelled = asked.spellings
    if spelled is None:
        return told
    lowest = math.inf if told is None else told.cost
    best: tuple[WordField, float, Spelling] | None = None
    by_text, prefix = spelled.by_text, spelled.prefix
    for place, words in customer.fields:
        extra = extras[place]
        if extra >= lowest:
            break
        for word in words:
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
