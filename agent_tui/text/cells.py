"""Measures, cuts, pads and wraps text in terminal cells.

A cell is one column of the screen: most letters take one, East Asian ones and emoji two, combining
marks none. The measure is that of `rich.cells`, because the screen is drawn with it, and two rulers
that disagree would tear the lines apart. Text is expected to be clean (`agent_tui.text.hygiene`).

The unit that is never split is a *cluster*: a character with the marks, variation selectors and
joined characters that follow it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, get_character_cell_size

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

_JOINER = "\u200d"
_NON_JOINER = "\u200c"
_GAP_AND_WORD = re.compile("( *)([^ ]*)")


def width(text: str) -> int:
    """Return how many cells `text` takes on the screen."""
    return cell_len(text)


def cut(text: str, cells: int, *, ellipsis: str = "…") -> str:
    """Return `text` if it fits into `cells`, else its beginning with `ellipsis`, within `cells`.

    Reads no more of `text` than is shown. Where not even the ellipsis fits, there is none.
    """
    if len(text) <= 4 * cells and width(text) <= cells:
        return text
    room = cells - width(ellipsis)
    if room < 0:
        room, ellipsis = max(cells, 0), ""
    if text.isascii():
        return text[:room] + ellipsis
    used = kept = position = 0
    for cluster in clusters(text):
        used += width(cluster)
        if used > cells:
            return text[:kept] + ellipsis
        position += len(cluster)
        if used <= room:
            kept = position
    return text


def pad(text: str, cells: int) -> str:
    """Return `text` cut or filled with spaces on the right to exactly `cells` cells."""
    short = cut(text, cells)
    if short.endswith(_JOINER):
        # A joiner at the end would be measured as swallowing the first space.
        short += _NON_JOINER
    return short + " " * (cells - width(short))


def wrap(text: str, cells: int) -> list[str]:
    """Return the lines of `text`, none wider than `cells`; see `wrap_lines`."""
    return list(wrap_lines(text, cells))


def wrap_lines(text: str, cells: int) -> Iterator[str]:
    """Yield the lines of `text`, wrapped between words, none wider than `cells`, one by one.

    Newlines stay line ends, and an empty text is one empty line. Spaces go where a line is broken
    and at the end of a line. A word wider than a line is broken inside. With one cell a wide
    character still takes its two. Work grows with what is asked for, not with the whole text.
    """
    cells = max(cells, 1)
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield from _wrap_paragraph(text[start:end], cells)
        start = end + 1
    yield from _wrap_paragraph(text[start:], cells)


def _wrap_paragraph(text: str, cells: int) -> Iterator[str]:
    """Yield the lines of a text without newlines, at least one."""
    line: list[str] = []
    used = 0
    for found in _GAP_AND_WORD.finditer(text):
        gap, word = found.groups()
        if not word:
            continue
        # A word longer than its cells need not be measured whole to know that it is too wide.
        size = width(word) if len(word) <= 4 * cells else _width_up_to(word, cells + 1)
        if used + len(gap) + size <= cells:
            line += gap, word
            used += len(gap) + size
            continue
        if line:
            yield "".join(line)
        rest = (yield from _broken(word, cells)) if size > cells else word
        line, used = [rest], width(rest)
    yield "".join(line)


def _broken(word: str, cells: int) -> Generator[str, None, str]:
    """Yield the full lines of a word that is too wide for one; return what is left of it."""
    start = position = used = 0
    for cluster in clusters(word):
        size = width(cluster)
        if used + size > cells and position > start:
            yield word[start:position]
            start, used = position, 0
        position += len(cluster)
        used += size
    return word[start:]


def _width_up_to(text: str, cells: int) -> int:
    """Return the width of `text`, or some number of at least `cells` where it is wider."""
    used = 0
    for cluster in clusters(text):
        used += width(cluster)
        if used >= cells:
            break
    return used


def clusters(text: str) -> Iterator[str]:
    """Yield the clusters of `text`, none of which may be split."""
    start = 0
    joined = False
    for position, character in enumerate(text):
        if joined:
            joined = False
        elif character == _JOINER:
            joined = True
        elif position > start and get_character_cell_size(character):
            yield text[start:position]
            start = position
    if text:
        yield text[start:]
