"""Where marks begin in a note, and how to write one that is none.

A sign stands at the start of a word: `!` or `=` directly before text, a word with its colon,
`@` with a handle; a topic may stand behind an opening bracket or quotation mark, too. A backslash
before a sign makes it text. Words in quotation marks right behind a sign are words, whatever they
look like. The time to read a note is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from agent_tui.domain.rules.mark_table import MARKS
from agent_tui.text import topics

WORDS = tuple(one.sign.rstrip(":") for one in MARKS if one.sign.endswith(":"))
"""The words that are signs with their colon."""

LINE_ENDS = "\n\r\x85\u2028\u2029"
LINE = re.compile(f"[^{LINE_ENDS}]+")

_SIGN = re.compile(
    rf"""
      (?<!\S) (?P<slashes>\\*)
      (?: (?P<sign>[!=])(?=\S) | (?P<word>{"|".join(WORDS)}):
        | @(?P<agent>[^\W_](?:[\w.-]{{0,62}}\w)?)(?![\w@]) )
    | {topics.STARTS} (?P<hashed>\\*) \#(?P<topic>\S+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SMILEY = re.compile(r"=(?:[DPpOoXxSL](?!\S)|3\s*\Z)")
_LETTER = re.compile(r"[^\W\d_]")
_QUOTATION_MARKS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’"}
_FAR = 1_000
"""How far behind a sign its first letter or its closing quotation mark is looked for; also how
long the lines are that are remembered."""
_BLANKS = re.compile(r"\s*")


class Sign(NamedTuple):
    """A sign: what it is (`!`, `=`, `@`, `#`, `\\` or a word), and where.

    Its text lies between `text` and `end`, which is the next sign or the end of the line. `name`
    is a topic or the handle of an agent. Of a backslash, only `start` matters. `line` is where
    its line begins.
    """

    kind: str
    line: int
    start: int
    text: int
    end: int
    name: str = ""


def signs_in(text: str) -> Iterator[Sign]:
    """The signs of a note in order."""
    for line in LINE.finditer(text):
        start, said = line.start(), line[0]
        # Of a note that is being typed, all lines but one are as they were at the last key.
        signs = _remembered_signs(said) if len(said) <= _FAR else tuple(_signs_of(said))
        for kind, _, at, behind, end, name in signs:
            yield Sign(kind, start, at + start, behind + start, end + start, name)


def topics_in(text: str) -> list[str]:
    """The topics of a note, case-folded, each once, in the order they were written."""
    if "#" not in text:
        return []
    return list(dict.fromkeys(sign.name for sign in signs_in(text) if sign.kind == "#"))


@lru_cache(maxsize=512)
def _remembered_signs(line: str) -> tuple[Sign, ...]:
    return tuple(_signs_of(line))


def _signs_of(line: str) -> Iterator[Sign]:
    last: Sign | None = None
    for sign in _begun_in(line):
        if sign.kind == "\\":
            yield sign
            continue
        if last is not None:
            yield last._replace(end=sign.start)
        last = sign
    if last is not None:
        yield last


def escaped(text: str, within: tuple[tuple[int, int], ...] | None = None) -> str:
    """The text with a backslash before each sign, so that reading it makes no marks.

    With `within`, stretches of the text, only before signs of which a part lies in one of them.
    Reading the result gives the text as it was.
    """
    parts = []
    written = 0
    for line in LINE.finditer(text):
        position, end = line.span()
        while found := _found(text, position, end):
            start, position = found.span()
            if within is None or any(start < last and first < position for first, last in within):
                parts += [text[written:start], "\\"]
                written = start
            else:
                position = _behind(text, found, end)
    return "".join([*parts, text[written:]])


def may_follow(letter: str) -> bool:
    """Whether a sign before this character is one: letters, digits, symbols, quotation marks."""
    return letter.isalnum() or letter in _QUOTATION_MARKS or category(letter) in ("Sc", "So")


def quoted_until(text: str, start: int, end: int) -> int:
    """Where words in quotation marks that begin at `start` end; `start` where there are none."""
    closing = _QUOTATION_MARKS.get(text[start : start + 1], "")
    ends = [text.find(mark, start + 1, min(end, start + _FAR)) + 1 for mark in closing]
    return min((found for found in ends if found), default=start)


def is_left_open(words: str) -> bool:
    """Whether they begin with a quotation mark that nothing behind it closes."""
    closing = _QUOTATION_MARKS.get(words[:1], "")
    return bool(closing) and not any(words.find(mark, 1) > 0 for mark in closing)


def _begun_in(line: str) -> Iterator[Sign]:
    """The signs of a line, as if each reached to its end."""
    position, end = 0, len(line)
    while found := _found(line, position, end):
        position = _behind(line, found, end)
        start = found.start()
        if found["slashes"] or found["hashed"]:
            yield Sign("\\", 0, start, start, found.end())
        elif found["topic"]:
            name, length = topics.topic_of(found["topic"])
            yield Sign("#", 0, start, found.start("topic") + length, end, name)
        elif found["agent"]:
            yield Sign("@", 0, start, found.end(), end, found["agent"].lower())
        else:
            kind = found["sign"] or found["word"].casefold()
            yield Sign(kind, 0, start, found.end(), end)


def _found(text: str, position: int, end: int) -> re.Match[str] | None:
    """The next thing that is a sign, or would be one without its backslashes."""
    while found := _SIGN.search(text, position, end):
        if found["topic"]:
            is_sign = bool(topics.topic_of(found["topic"])[1])
        else:
            is_sign = not found["sign"] or _is_sign(text, found.start("sign"), end)
        if is_sign:
            return found
        position = found.end()
    return None


def _behind(text: str, found: re.Match[str], end: int) -> int:
    """Where to look on behind a sign: behind the words in quotation marks that it has."""
    position = found.end()
    if found["topic"] or found["agent"] or found["slashes"]:
        return position
    blanks = _BLANKS.match(text, position, end)
    return quoted_until(text, blanks.end() if blanks else position, end)


def _is_sign(text: str, at: int, end: int) -> bool:
    """Whether the `!` or `=` at that place has words behind it, and is not a smiley's eyes."""
    if not may_follow(text[at + 1]) or (text[at] == "=" and _SMILEY.match(text, at, end)):
        return False
    is_symbol = category(text[at + 1]) == "So"
    return is_symbol or bool(_LETTER.search(text, at + 1, min(end, at + _FAR)))
