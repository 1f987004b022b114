"""Which words of the register a typed word may stand for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from agent_tui.domain.rules.indexing import HEAD, near_roads, sound_road
from agent_tui.domain.values.index import Answer
from agent_tui.search import reasons
from agent_tui.search.kept import Kept, KeptBeginnings, KeptCounts
from agent_tui.search.keyboard import is_key_beside
from agent_tui.search.nicknames import nicknames
from agent_tui.search.port import IndexStore
from agent_tui.search.reasons import Spelling
from agent_tui.search.romanised import romanised
from agent_tui.text import names

_ROWS_STARTING = (100, 300, 2_000)
"""How many rows of the index are read of a beginning, of one letter, two, more: behind a single
letter stand so many words that these say little."""

_MOST_OPEN = 40
_MOST_SOUNDING = 40
_MOST_NEAR = 150
_LEAST_ALIKE = 0.5
_SHORTEST_TO_MISSPELL = 3
_SHORTEST_BEGINNING = 5
_TWO_LETTERS = 2
_KEPT = 64

OnRoads = tuple[Sequence[str], Sequence[str]]
"""Words that may be spelled nearly like one, and words that may sound like it."""


class Spellings(NamedTuple):
    """The spellings of one typed word, cheapest first.

    `prefix` is set where more words begin with what was typed than are listed here; `people` is
    how many customers have one of those that are, at most, `begun` how many of them begin so.
    """

    typed: str
    listed: tuple[Spelling, ...]
    prefix: str | None
    by_text: Mapping[str, Spelling]
    people: int
    begun: int


class Speller:
    """Finds spellings; keeps the last few."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._beginnings = KeptBeginnings(store)
        self._counts = KeptCounts(store)
        self._near: Kept[str, Sequence[str]] = Kept(_KEPT)
        self._alike: Kept[int, Sequence[str]] = Kept(_KEPT)
        self._sure: Kept[tuple[str, bool], Spellings] = Kept(_KEPT)
        self._kept: Kept[tuple[str, bool, bool], Spellings] = Kept(_KEPT)

    def forget(self) -> None:
        """Forget what was kept, since the index changed."""
        self._beginnings.forget()
        self._counts.forget()
        self._near.forget()
        self._alike.forget()
        self._sure.forget()
        self._kept.forget()

    def spellings(self, typed: str, *, last: bool, loose: bool = False) -> Spellings:
        """The spellings of a folded word. The last word of a query may be half typed.

        `loose` asks for more slips, for when nothing else explained the query.
        """
        return self.ask(typed, last=last, loose=loose)()

    def ask(
        self, typed: str, *, last: bool, loose: bool = False, enough: float = math.inf
    ) -> Answer[Spellings]:
        """Like `spellings`, to be waited for when it is needed. Where `enough` people have the very
        word or one that begins so, words that are only like it are not looked for."""
        key = typed, last, loose
        if (kept := self._kept.get(key)) is not None:
            return lambda: kept
        begun = self._begun(typed, last)
        asked = self._on_roads(typed) if enough == math.inf else None

        def told() -> Spellings:
            sure = begun()
            if sure.people >= enough:
                return sure
            on_roads = asked or self._on_roads(typed)
            return self._kept.keep(key, self._with_others(sure, last, loose, on_roads()))

        return told

    def known(self, texts: Sequence[str]) -> Mapping[str, int]:
        """Those of the words that somebody has, with how many customers do."""
        return self._counts.of(texts)

    def _begun(self, typed: str, last: bool) -> Answer[Spellings]:
        """The very word, and the words that begin so."""
        if (kept := self._sure.get((typed, last))) is not None:
            return lambda: kept
        rows = _ROWS_STARTING[min(len(typed), len(_ROWS_STARTING)) - 1]
        answer = self._beginnings.of(typed, rows)

        def told() -> Spellings:
            starting, more = answer()
            exact = starting.get(typed, 0)  # first of all that begin so: among those read
            if more:
                starting = dict(nlargest(_MOST_OPEN, starting.items(), key=itemgetter(1)))
            cost = reasons.PREFIX if last else reasons.PREFIX_INSIDE
            found = [
                Spelling(text, people, "prefix", cost)
                for text, people in starting.items()
                if text != typed
            ]
            if exact:
                found.append(Spelling(typed, exact, "exact", 0.0))
            sure = _spellings(typed, (), found, typed if more else None)
            return self._sure.keep((typed, last), sure)

        return told

    def _with_others(
        self, sure: Spellings, last: bool, loose: bool, on_roads: OnRoads
    ) -> Spellings:
        """Spellings with words that are only like what was typed, which cost more than they do."""
        typed = sure.typed
        loose = loose and not (sure.listed and sure.listed[0].kind == "exact")
        others = _others(typed, last, loose, on_roads)
        counts = self._counts.of([text for text in others if text not in sure.by_text])
        found = [Spelling(text, people, *others[text]) for text, people in counts.items()]
        return _spellings(typed, sure.listed, found, sure.prefix)

    def _on_roads(self, typed: str) -> Answer[OnRoads]:
        """The words that may be spelled nearly like a word, and those that may sound like it. The
        first are those of its beginning, and stay the same when it is typed on."""
        if not _may_be_misspelt(typed):
            return lambda: ((), ())
        head = typed[:HEAD]
        by_sound = sound_road(typed)
        near = self._near.get(head)
        alike = () if by_sound is None else self._alike.get(by_sound)
        if near is not None and alike is not None:
            known = near, alike
            return lambda: known
        roads = near_roads(head) if near is None else set()
        answer = self._store.words_on(roads if by_sound is None else roads | {by_sound})

        def taken() -> OnRoads:
            on = answer()
            words = near
            if words is None:
                lying = set(chain.from_iterable(on.get(road, ()) for road in roads))
                words = self._near.keep(head, sorted(lying))
            if by_sound is None:
                return words, ()
            return words, self._alike.keep(by_sound, on.get(by_sound, ()))

        return taken


def _spellings(
    typed: str, cheaper: tuple[Spelling, ...], found: list[Spelling], prefix: str | None
) -> Spellings:
    """Spellings of which some are known, in order, to cost less than the others."""
    found.sort(key=lambda spelling: (spelling.cost, -spelling.people, spelling.text))
    listed = (*cheaper, *found)
    by_text = {spelling.text: spelling for spelling in listed}
    people = sum(each.people for each in listed)
    return Spellings(typed, listed, prefix, by_text, people, len(cheaper or found))


def _may_be_misspelt(typed: str) -> bool:
    return len(typed) >= _SHORTEST_TO_MISSPELL and typed.isalpha()


def _others(typed: str, last: bool, loose: bool, on_roads: OnRoads) -> dict[str, reasons.Meant]:
    """Words that were meant by what was typed, unless they begin so."""
    meant: dict[str, reasons.Meant] = {
        name: ("sound", reasons.ROMANISED)
        for name in romanised(typed)
        if not name.startswith(typed)
    }
    if not _may_be_misspelt(typed):
        return meant
    words, alike = on_roads
    for text, how in [
        *_near(typed, words, slips_allowed(typed, loose)),
        *(_half_typed(typed, words) if loose and last else ()),
        *(_sounding(typed, alike) if alike else ()),
        *((name, ("nickname", reasons.NICKNAME)) for name in sorted(nicknames(typed))),
    ]:
        if text not in meant or how[1] < meant[text][1]:
            meant[text] = how
    return meant


def slipped(typed: str, text: str, slips: int) -> reasons.Meant:
    """How a word is meant that is one to three slips from what was typed."""
    cost = (reasons.ONE_SLIP, reasons.TWO_SLIPS, reasons.THREE_SLIPS)[slips - 1]
    cost += _first_letters(typed, text)
    if len(text) <= _TWO_LETTERS:
        cost += reasons.OF_TWO_LETTERS
    if _sound(typed) == _sound(text):
        cost += reasons.SAME_SOUND
    elif slips == 1 and is_key_beside(typed, text):
        cost += reasons.KEY_BESIDE
    return "near", round(cost, 1)


def _near(typed: str, words: Sequence[str], slips: int) -> Iterator[tuple[str, reasons.Meant]]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    nearest = extract(typed, words, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_NEAR)
    for text, distance, _ in nearest:
        if distance:
            yield text, slipped(typed, text, int(distance))


def _half_typed(typed: str, words: Sequence[str]) -> Iterator[tuple[str, reasons.Meant]]:
    """Longer words whose beginning is a slip from what was typed."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    if len(typed) < _SHORTEST_BEGINNING:
        return
    for length in (len(typed), len(typed) - 1, len(typed) + 1):
        longer = [word for word in words if len(word) > length]
        heads = [word[:length] for word in longer]
        for _, _, place in extract(
            typed, heads, scorer=OSA.distance, score_cutoff=1, limit=_MOST_NEAR
        ):
            yield longer[place], ("near", reasons.NEAR_BEGINNING)


def _sounding(typed: str, words: Sequence[str]) -> list[tuple[str, reasons.Meant]]:
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extract

    sound = _sound(typed)
    alike = extract(
        typed, words, scorer=Indel.normalized_similarity, score_cutoff=_LEAST_ALIKE, limit=None
    )
    alike.sort(key=lambda found: (-found[1], found[0]))
    sounding = (word for word, _, _ in alike if word != typed and _sound(word) == sound)
    return [
        (word, ("sound", reasons.SOUND + _first_letters(typed, word)))
        for word in islice(sounding, _MOST_SOUNDING)
    ]


@lru_cache(maxsize=8_000)
def _sound(word: str) -> str:
    return names.sound(word)


def slips_allowed(typed: str, loose: bool) -> int:
    """How many slips a word of this length may hold."""
    if loose:
        return 3 if len(typed) > 7 else 2 if len(typed) > 3 else 1
    return 2 if len(typed) > 6 else 1


def _first_letters(typed: str, text: str) -> float:
    return 0.0 if typed[0] == text[0] else reasons.OTHER_FIRST_LETTER
