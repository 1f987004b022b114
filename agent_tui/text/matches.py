"""Where the words that are looked for stand in a text, and in the rows that it is broken into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from agent_tui.text.words import words_and_places, words_of

Spans = tuple[tuple[int, int], ...]
"""From which character up to which, in order, none over another."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that stand one after the other; the last may go on where `is_beginning`."""

    words: tuple[str, ...]
    is_beginning: bool = False


def phrase(words: Sequence[str], *, is_beginning: bool = False) -> Phrase:
    """A phrase of words as they were written."""
    return Phrase(words_of(" ".join(words)), is_beginning)


def places_in(text: str, phrases: Sequence[Phrase]) -> Spans:
    """Every word of the text that belongs to one of the phrases, as characters of the text."""
    found = words_and_places(text)
    hit: set[int] = set()
    for phrase in phrases:
        hit |= _hit(phrase, [word for word, _start, _end in found])
    return tuple(found[place][1:] for place in sorted(hit))


def places_in_rows(text: str, rows: Sequence[str], places: Spans) -> list[Spans]:
    """The same characters in the rows of a text that was broken between and within its words: of
    each row, where they are. What the rows leave out is passed over."""
    of_rows: list[Spans] = []
    at = 0
    for row in rows:
        start, length = _start_of(row, text, at)
        if length == 0:
            of_rows.append(())
            continue
        end = start + length
        of_rows.append(
            tuple(
                (max(begin, start) - start, min(stop, end) - start)
                for begin, stop in places
                if begin < end and stop > start
            )
        )
        at = end
    return of_rows


def marker(phrases: Iterable[Phrase]) -> Callable[[str], Spans] | None:
    """What finds these phrases in a text; None where there are none."""
    sought = tuple(phrase for phrase in phrases if phrase.words)
    return (lambda text: places_in(text, sought)) if sought else None


def _hit(phrase: Phrase, words: Sequence[str]) -> set[int]:
    hit: set[int] = set()
    if not phrase.words:
        return hit
    *first, last = phrase.words
    for at in range(len(words) - len(first)):
        if list(words[at : at + len(first)]) != first:
            continue
        here = words[at + len(first)]
        if here == last or (phrase.is_beginning and here.startswith(last)):
            hit.update(range(at, at + len(phrase.words)))
    return hit


def _start_of(row: str, text: str, at: int) -> tuple[int, int]:
    """Where a row begins in the text, from `at` on, and how many of its characters are the text's:
    of the last one, which tells of what is left out, only those before its ellipsis."""
    for shown in (row, row.rpartition("…")[0]):
        start = text.find(shown, at) if shown else -1
        if start >= 0 and not text[at:start].strip():
            return start, len(shown)
    return at, 0
