"""Parts a filter's text into terms: what stands between spaces outside quotes, and where.

`agent:mira,asha`, `-met:no`, `agenda:"stayed home"`, `"stayed home"`, `#boiler`, `@mira`, and
everything else as bare text. A quote inside quotes is written twice. Any text can be parted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import category

QUOTES = '"“”„‟＂'
"""What opens or closes quoted words: the plain one, and what editors make of it."""
NOT = "-"
LEAST_OF_A_FIELD = 3
"""Letters of a word before a colon from which on it is taken for a field that there is not."""
BEGINNING = "*"
"""Behind a word: it may go on."""
OR = "or"
"""A word that people put between two terms, where it joins nothing."""

_HEAD = re.compile(r"([^\W\d][^\W\d]*(?:-[^\W\d]+)*):")
_BARE_VALUE = re.compile(r"[^\s,]*")
_BARE = re.compile(r"\S+")
_SPACES = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """A value, or text, from `start` up to `end` with its quotes; `text` is without them."""

    start: int
    end: int
    text: str
    is_quoted: bool = False
    is_closed: bool = True


@dataclass(frozen=True, slots=True)
class Token:
    """A term as it is written: a `field` with its parts, a `sign` (`#`, `@`) with what stands
    behind it, a quoted `phrase`, or `bare` text. `head` is the field's name or the sign."""

    kind: Literal["field", "sign", "phrase", "bare"]
    start: int
    end: int
    parts: tuple[Part, ...]
    is_not: bool = False
    head: str = ""
    head_start: int = 0
    is_beginning: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a quote in it is not closed."""
        return any(not part.is_closed for part in self.parts)


def tokens(text: str, is_field: Callable[[str], bool]) -> list[Token]:
    """The terms of a text, in order. `is_field` tells whether a word before a colon is one."""
    found = []
    place = _spaces_end(text, 0)
    while place < len(text):
        token = _token(text, place, is_field)
        found.append(token)
        place = _spaces_end(text, token.end)
    return found


def or_between(found: Sequence[Token], place: int) -> bool:
    """Whether the term at a place is a lone `or` between two others; in quotes it is a word."""
    token = found[place]
    is_or = token.kind == "bare" and token.parts[0].text.casefold() == OR and not token.is_not
    return is_or and 0 < place < len(found) - 1


def written_words(text: str) -> tuple[str, ...]:
    """The words of a text: letters, digits and their marks; all else parts them."""
    spaced = "".join(one if one.isalnum() or category(one)[0] == "M" else " " for one in text)
    return tuple(word for word in spaced.split() if any(map(str.isalnum, word)))


def quoted(text: str) -> str:
    """A text in quotes, those inside it twice."""
    return '"' + "".join(one * 2 if one in QUOTES else one for one in text) + '"'


def _token(text: str, start: int, is_field: Callable[[str], bool]) -> Token:
    place = start
    is_not = text[start] == NOT and start + 1 < len(text) and not text[start + 1].isspace()
    if is_not:
        place += 1
    if text[place] in QUOTES:
        part = _quoted_part(text, place)
        is_beginning = text[part.end : part.end + 1] == BEGINNING
        end = part.end + is_beginning
        is_beginning |= _is_beginning(part)
        return Token("phrase", start, end, (part,), is_not, is_beginning=is_beginning)
    head = _HEAD.match(text, place)
    if head is not None and _is_meant(text, head, is_field):
        parts, end = _parts(text, head.end())
        return Token("field", start, end, parts, is_not, head[1], place)
    bare = _BARE.match(text, place)
    end = bare.end() if bare else len(text)
    if text[place] in "#@":
        part = Part(place + 1, end, text[place + 1 : end])
        is_beginning = _is_beginning(part)
        return Token("sign", start, end, (part,), is_not, text[place], place, is_beginning)
    part = Part(place, end, text[place:end])
    return Token("bare", start, end, (part,), is_not, is_beginning=_is_beginning(part))


def _is_beginning(part: Part) -> bool:
    return part.text.endswith(BEGINNING)


def _is_meant(text: str, head: re.Match[str], is_field: Callable[[str], bool]) -> bool:
    """Whether a word before a colon is meant as a field: `http://x` is not, nor is `12:30`, `so:`
    alone, or the `Re:` of a letter."""
    if text.startswith("//", head.end()):
        return False
    behind = text[head.end() : head.end() + 1]
    has_value = behind.isalnum() and len(head[1]) >= LEAST_OF_A_FIELD
    return has_value or behind in tuple(QUOTES) or is_field(head[1])


def _parts(text: str, place: int) -> tuple[tuple[Part, ...], int]:
    """The values behind a colon, parted by commas, and where they end."""
    parts = []
    while True:
        if text[place : place + 1] in tuple(QUOTES):
            part = _quoted_part(text, place)
        else:
            bare = _BARE_VALUE.match(text, place)
            end = bare.end() if bare else place
            part = Part(place, end, text[place:end])
        parts.append(part)
        if text[part.end : part.end + 1] != ",":
            return tuple(parts), part.end
        place = part.end + 1


def _quoted_part(text: str, start: int) -> Part:
    inside = []
    place = start + 1
    while place < len(text):
        one = text[place]
        if one not in QUOTES:
            inside.append(one)
        elif text[place + 1 : place + 2] == one:
            inside.append(one)
            place += 1
        else:
            return Part(start, place + 1, "".join(inside), is_quoted=True)
        place += 1
    return Part(start, len(text), "".join(inside), is_quoted=True, is_closed=False)


def _spaces_end(text: str, place: int) -> int:
    spaces = _SPACES.match(text, place)
    return spaces.end() if spaces else place
