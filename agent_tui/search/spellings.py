"""Which words of the register a typed word may stand for."""

from __future__ import annotations

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

_ROWS_STARTING = (200, 600, 2_000)
"""How many rows of the index are read of a beginning, of one letter, two, more: behind a single
letter stand so many words that these say little."""

_MOST_OPEN = 40
_MOST_SOUNDING = 40
_MOST_NEAR = 150
_LEAST_ALIKE = 0.5
_SHORTEST_TO_MISSPELL = 3
_SHORTEST_BEGINNING = 5
_KEPT = 64

OnRoads = tuple[Sequence[str], Sequence[str]]
"""Words that may be spelled nearly like one, and words that may sound like it."""


class Spellings(NamedTuple):
    """The spellings of one typed word, cheapest first.

    `prefix` is set where more words begin with what was typed than are listed here; `people` is
    how many customers have one of those that are, at most.
    """

    typed: str
    listed: tuple[Spelling, ...]
    prefix: str | None
    by_text: Mapping[str, Spelling]
    people: int


class Speller:
    """Finds spellings; keeps the last few."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._beginnings = KeptBeginnings(store)
        self._counts = KeptCounts(store)
        self._near: Kept[str, Sequence[str]] = Kept(_KEPT)
        self._alike: Kept[int, Sequence[str]] = Kept(_KEPT)
        self._kept: Kept[tuple[str, bool, bool], Spellings] = Kept(_KEPT)

    def forget(self) -> None:
        """Forget what was kept, since the index changed."""
        self._beginnings.forget()
        self._counts.forget()
        self._near.forget()
        self._alike.forget()
        self._kept.forget()

    def spellings(self, typed: str, *, last: bool, loose: bool = False) -> Spellings:
        """The spellings of a folded word. The last word of a query may be half typed.

        `loose` asks for more slips, for when nothing else explained the query.
        """
        return self.ask(typed, last=last, loose=loose)()

    def ask(self, typed: str, *, last: bool, loose: bool = False) -> Answer[Spellings]:
        """Like `spellings`, to be waited for when it is needed."""
        key = typed, last, loose
        if (kept := self._kept.get(key)) is not None:
            return lambda: kept
        rows = _ROWS_STARTING[min(len(typed), len(_ROWS_STARTING)) - 1]
        starting = self._beginnings.of(typed, rows)
        is_misspelt = len(typed) >= _SHORTEST_TO_MISSPELL and typed.isalpha()
        on_roads = self._on_roads(typed) if is_misspelt else None
        return lambda: self._kept.keep(key, self._look_up(key, starting, on_roads))

    def known(self, texts: Sequence[str]) -> Mapping[str, int]:
        """Those of the words that somebody has, with how many customers do."""
        return self._counts.of(texts)

    def _look_up(
        self,
        key: tuple[str, bool, bool],
        beginning: Answer[tuple[Mapping[str, int], bool]],
        on_roads: Answer[OnRoads] | None,
    ) -> Spellings:
        typed, last, loose = key
        starting, more = beginning()
        exact = starting.get(typed, 0)  # first of all that begin so: among those that were read
        if more:
            starting = dict(nlargest(_MOST_OPEN, starting.items(), key=itemgetter(1)))
        cost = reasons.PREFIX if last else reasons.PREFIX_INSIDE
        found = {
            text: Spelling(text, people, "prefix", cost)
            for text, people in starting.items()
            if text != typed
        }
        if exact:
            found[typed] = Spelling(typed, exact, "exact", 0.0)
        others = {
            text: how
            for text, how in self._others(typed, last, loose and not exact, on_roads).items()
            if text not in found or how[1] < found[text].cost
        }
        for text, people in self._counts.of(others).items():
            found[text] = Spelling(text, people, *others[text])
        ordered = sorted(found.values(), key=lambda s: (s.cost, -s.people, s.text))
        people = sum(spelling.people for spelling in ordered)
        return Spellings(typed, tuple(ordered), typed if more else None, found, people)

    def _others(
        self, typed: str, last: bool, loose: bool, on_roads: Answer[OnRoads] | None
    ) -> dict[str, reasons.Meant]:
        """Words that were meant by what was typed, unless they begin so."""
        meant: dict[str, reasons.Meant] = {
            name: ("sound", reasons.ROMANISED)
            for name in romanised(typed)
            if not name.startswith(typed)
        }
        if on_roads is None:
            return meant
        words, alike = on_roads()
        for text, how in [
            *_near(typed, words, slips_allowed(typed, loose)),
            *(_half_typed(typed, words) if loose and last else ()),
            *(_sounding(typed, alike) if alike else ()),
            *((name, ("nickname", reasons.NICKNAME)) for name in sorted(nicknames(typed))),
        ]:
            if text not in meant or how[1] < meant[text][1]:
                meant[text] = how
        return meant

    def _on_roads(self, typed: str) -> Answer[OnRoads]:
        """The words that may be spelled nearly like a word, and those that may sound like it. The
        first are those of its beginning, and stay the same when it is typed on."""
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


def slipped(typed: str, text: str, slips: int) -> reasons.Meant:
    """How a word is meant that is one to three slips from what was typed."""
    cost = (reasons.ONE_SLIP, reasons.TWO_SLIPS, reasons.THREE_SLIPS)[slips - 1]
    cost += _first_letters(typed, text)
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
