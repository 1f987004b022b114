"""Which words of the dictionary a typed word may stand for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agent_tui.domain.values.index import Word
from agent_tui.search import reasons
from agent_tui.search.near import Near, NearWords
from agent_tui.search.nicknames import nicknames
from agent_tui.search.port import IndexStore
from agent_tui.search.reasons import Spelling
from agent_tui.text import names

_MOST_PREFIXED = 400
_MOST_SOUNDING = 60
_MOST_NEAR = 60
_LEAST_ALIKE = 0.5
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Spellings:
    """The spellings of one typed word, cheapest first.

    `prefix` is set where more words begin with what was typed than are listed here.
    """

    typed: str
    listed: tuple[Spelling, ...]
    prefix: str | None
    by_text: Mapping[str, Spelling]


class Speller:
    """Finds spellings; keeps the last few, since each key leaves the earlier words as they were."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._near = NearWords(store)
        self._newest = 0
        self._kept: OrderedDict[tuple[str, bool, bool], Spellings] = OrderedDict()

    def begin(self) -> None:
        """Start a new question: forget what was kept if words were added since."""
        newest = self._store.newest_word()
        if newest != self._newest:
            self._newest = newest
            self._kept.clear()

    def warm_up(self) -> None:
        """Load what the first inexact question needs: the dictionary, nicknames, rapidfuzz."""
        self._near.refresh()
        self._near.near("warm", 1)
        nicknames("")

    def spellings(self, typed: str, *, last: bool, loose: bool = False) -> Spellings:
        """The spellings of a folded word. The last word of a query may be half typed.

        `loose` asks for more slips, for when nothing else explained the query.
        """
        key = typed, last, loose
        if (kept := self._kept.get(key)) is None:
            kept = self._look_up(typed, last, loose)
            self._kept[key] = kept
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return kept

    def known(self, texts: list[str]) -> dict[str, Word]:
        """Those of the words that are in the dictionary as they stand."""
        return {word.text: word for word in self._store.words_by_text(texts)}

    def _look_up(self, typed: str, last: bool, loose: bool) -> Spellings:
        prefixed = self._store.words_starting(typed, _MOST_PREFIXED)
        more = len(prefixed) == _MOST_PREFIXED
        cheapest: dict[str, Spelling] = {}
        for spelling in self._all(typed, prefixed, last, loose):
            known = cheapest.get(spelling.text)
            if known is None or spelling.cost < known.cost:
                cheapest[spelling.text] = spelling
        ordered = sorted(cheapest.values(), key=lambda s: (s.cost, -s.people, s.text))
        return Spellings(typed, tuple(ordered), typed if more else None, cheapest)

    def _all(self, typed: str, prefixed: list[Word], last: bool, loose: bool) -> Iterator[Spelling]:
        prefix_cost = reasons.PREFIX if last else reasons.PREFIX_INSIDE
        for word in prefixed:
            if word.text == typed:
                yield Spelling(word.text, word.id, word.people, "exact", 0.0)
            else:
                yield Spelling(word.text, word.id, word.people, "prefix", prefix_cost)
        if len(typed) < 3 or not typed.isalpha():
            return
        for word in self._store.words_by_text(sorted(nicknames(typed))):
            yield Spelling(word.text, word.id, word.people, "nickname", reasons.NICKNAME)
        self._near.refresh()
        known = bool(prefixed) and prefixed[0].text == typed
        for near in self._near.near(typed, _slips(typed, loose and not known))[:_MOST_NEAR]:
            yield _slipped(typed, near)
        if loose and last and len(typed) > 3:
            for near in self._near.near_beginnings(typed, _MOST_NEAR):
                yield _slipped(typed, near)
        yield from self._sounding(typed)

    def _sounding(self, typed: str) -> Iterator[Spelling]:
        from rapidfuzz.distance import Indel

        key = names.sound(typed)
        if len(key) < 2:
            return
        for word in self._store.words_sounding(key, _MOST_SOUNDING):
            if Indel.normalized_similarity(typed, word.text) >= _LEAST_ALIKE:
                cost = reasons.SOUND + _first_letters(typed, word.text)
                yield Spelling(word.text, word.id, word.people, "sound", cost)


def _slips(typed: str, loose: bool) -> int:
    """How many slips a word of this length may hold."""
    if loose:
        return 3 if len(typed) > 7 else 2 if len(typed) > 3 else 1
    return 2 if len(typed) > 6 else 1


def _slipped(typed: str, near: Near) -> Spelling:
    word = near.word
    if near.begins:
        return Spelling(word.text, word.id, word.people, "near", reasons.NEAR_BEGINNING)
    cost = (reasons.ONE_SLIP, reasons.TWO_SLIPS, reasons.THREE_SLIPS)[near.slips - 1]
    cost += _first_letters(typed, word.text)
    if names.sound(typed) == names.sound(word.text):
        cost += reasons.SAME_SOUND
    return Spelling(word.text, word.id, word.people, "near", round(cost, 1))


def _first_letters(typed: str, text: str) -> float:
    return 0.0 if typed[0] == text[0] else reasons.OTHER_FIRST_LETTER
