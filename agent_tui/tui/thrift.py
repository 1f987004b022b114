"""Less to send over a slow line: of every frame only the cells that are not on the screen yet.

Textual writes each row of a widget that has changed, and each piece of it with its whole style.
`Thrift` remembers what stands where, leaves out what stands there already, and between two pieces
says only what differs in their styles. The sequences are those of ECMA-48 (CUP 8.3.21, SGR
8.3.117).

What it does not know for certain it lets through as it is: sequences of any other kind, after
which all is written anew; and rows in which something stands that is not one cell wide, since
terminals do not agree on how wide that is, until all of such a row was written over.

A frame may still be painted for the size that the terminal had before. What of it lies outside is
not sent: the terminal would put it into its last row or column, over what is known to stand there.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from agent_tui.text.cells import clusters, width

_TOKENS = re.compile(
    r"\x1b\[(\d+);(\d+)H|\x1b\[([0-9;]*)m|([^\x1b\n\r\t\x07]+)|(\n)|(.)", re.DOTALL
)
_LATIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u024f\u2013-\u2026\u2500-\u259f]*")
"""Characters of one cell each: letters, punctuation, and what frames are made of."""
_JOINS = re.compile("[\u200d\u20e3\ufe0f\U0001f3fb-\U0001f3ff]")
"""What makes one picture of several characters: a joiner, a key, a variation, a colour of skin."""
_RESETS = ("", "0")
_WORTH_A_MOVE = 5
"""Over so many cells that stay as they are the cursor is moved: that takes as many characters."""
_INTENSITY = {"1", "2"}
_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27"}
"""What ends bold, faint, italic, underlined and reverse, by what begins it."""
_CHANGE_NO_BLANK = {"1", "2", "3"}
"""Bold, faint and italic; anything else, such as reverse, may show in a blank."""
_UNKNOWN = ""
"""The character of a cell of which nothing is known."""
_HARMLESS = re.compile(r"\x1b\[\?2026[hl]|\x07|\x1b\]22;[a-z-]*\x07")
"""What is written between frames and leaves the screen as it is: a frame begins, ends; the bell;
the shape of the pointer."""
_LOOKS = lru_cache(1_024)
_CHARACTERS = lru_cache(16_384)
_FROM_RIGHT = ("R", "AL", "AN")


class Thrift:
    """What stands on a terminal, as far as it is known."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[list[str], list[str]]] = {}
        """By row, the characters of its cells and their styles."""
        self._uneven: set[int] = set()
        """Rows in which something was written that is not one cell wide."""
        self._size = sys.maxsize, sys.maxsize
        """Its columns and rows, as far as that is known."""

    def resized(self, columns: int, rows: int) -> None:
        """The terminal has this size now, and may show anything."""
        self._size = columns, rows
        self.forget()

    def forget(self) -> None:
        """Nothing is known any more: something else wrote to the terminal."""
        self._rows.clear()
        self._uneven.clear()

    def thin(self, written: str) -> str:
        """What is to be sent so that the screen looks as if all that is written were sent."""
        if _HARMLESS.fullmatch(written):
            return written
        sent = _Sent()
        row, column, style = 0, 0, ""
        columns, rows = self._size
        for token in _TOKENS.finditer(written):
            to_row, to_column, codes, text, newline, other = token.groups()
            if to_row is not None:
                row, column = int(to_row), int(to_column)
            elif codes is not None:
                style = "" if codes in _RESETS else codes
            elif newline is not None:
                # Textual ends a row with it, and then says where it goes on.
                row, column = 0, 0
            elif other is not None or not row:
                self.forget()
                return written
            elif row in self._uneven or not _is_even(text):
                if row <= rows and column <= columns:
                    self._put_uneven(sent, row, column, text, style)
                column += width(text)
            else:
                if row <= rows and (there := text[: max(0, columns + 1 - column)]):
                    self._put(sent, row, column, there, style)
                column += len(text)
        return sent.ended(row, column)

    def _put(self, sent: _Sent, row: int, column: int, text: str, style: str) -> None:
        """Send those of some cells that look different by now."""
        end = column + len(text)
        characters, styles = self._cells(row, end)
        new, as_new = list(text), _looks(text, style)
        there, as_there = characters[column:end], styles[column:end]
        if there == new and as_there == as_new:
            return
        cells = zip(there, new, as_there, as_new, strict=True)
        changed = [
            place
            for place, (old, character, as_old, looks) in enumerate(cells)
            if old != character or as_old != looks
        ]
        first = last = changed[0]
        for place in changed[1:]:
            if place - last > _WORTH_A_MOVE:
                sent.put(row, column + first, text[first : last + 1], style)
                first = place
            last = place
        sent.put(row, column + first, text[first : last + 1], style)
        characters[column:end], styles[column:end] = new, as_new

    def _put_uneven(self, sent: _Sent, row: int, column: int, text: str, style: str) -> None:
        """Send a text to an uneven row. It is one until all of it was written anew with what is
        one cell wide."""
        columns, _ = self._size
        if not _is_even(text):
            # What stands on its right may have been pushed away, and nothing on its left.
            self._uneven.add(row)
            characters, styles = self._cells(row, column)
            del characters[column:], styles[column:]
            sent.put_uneven(row, column, text, style, columns)
            return
        text = text[: columns + 1 - column]
        sent.put(row, column, text, style)
        sent.is_placed = False
        end = column + len(text)
        characters, styles = self._cells(row, end)
        characters[column:end], styles[column:end] = list(text), _looks(text, style)
        if len(characters) > columns and _UNKNOWN not in characters[1 : columns + 1]:
            self._uneven.discard(row)

    def _cells(self, row: int, end: int) -> tuple[list[str], list[str]]:
        """The characters of a row and their styles, by column, at least up to `end`."""
        characters, styles = self._rows.setdefault(row, ([], []))
        if (missing := end - len(characters)) > 0:
            characters += [_UNKNOWN] * missing
            styles += [_UNKNOWN] * missing
        return characters, styles


class _Sent:
    """What is sent of one frame."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._place = (0, 0)
        self._style = ""
        self.is_placed = False
        """Whether the terminal's cursor is known to stand where this has sent it."""

    def put(self, row: int, column: int, text: str, style: str) -> None:
        """Send some cells in a style."""
        if self._place != (row, column) or not self.is_placed:
            self._parts.append(self._move(row, column))
        if text.isspace():
            style = _with_ground_of(self._style, style)
        if style != self._style:
            self._parts.append(_change(self._style, style))
            self._style = style
        self._parts.append(text)
        self._place, self.is_placed = (row, column + len(text)), True

    def put_uneven(self, row: int, column: int, text: str, style: str, columns: int) -> None:
        """Send a text on whose width terminals differ, so that it loses nothing at any of them.

        A picture that is made of several characters (a thumb and its colour) may take more cells
        than are meant for it, or fewer: its cells are emptied first, and what follows is put to its
        place, over whatever reached there.
        """
        for piece, is_joined in _placed(text):
            cells = width(piece)
            if column > columns:
                break
            self.is_placed = False
            if is_joined:
                self.put(row, column, " " * min(cells, columns + 1 - column), style)
                self.is_placed = False
            self.put(row, column, piece, style)
            column += cells
        self.is_placed = False

    def _move(self, row: int, column: int) -> str:
        there, at = self._place
        # Behind the last column a terminal's cursor stands upon it: only CUP says where from.
        if self.is_placed and there == row and at < column:
            return f"\x1b[{column - at}C"
        return f"\x1b[{row};{column}H"

    def ended(self, row: int, column: int) -> str:
        """All that is sent; it leaves the cursor there, and no style."""
        if self._style:
            self._parts.append("\x1b[0m")
        if row:
            self._parts.append(f"\x1b[{row};{column}H")
        return "".join(self._parts)


def _is_even(text: str) -> bool:
    """Whether every terminal shows each character in one cell, where it was written."""
    return _LATIN.fullmatch(text) is not None or all(map(_is_one_cell, text))


def _placed(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text that need a place each, and whether one is a joined picture: these, and
    what stands between. Letters with their vowel signs stay together: where they take more cells
    than are meant for them, what is put behind them would take the signs away."""
    for is_joined, some in groupby(clusters(text), _is_joined):
        if is_joined:
            yield from ((cluster, True) for cluster in some)
        else:
            yield "".join(some), False


def _is_joined(cluster: str) -> bool:
    """Whether it is a picture that is made of several characters."""
    return len(cluster) > 1 and _JOINS.search(cluster) is not None


@_CHARACTERS
def _is_one_cell(character: str) -> bool:
    """Whether that holds of one character."""
    return width(character) == 1 and unicodedata.bidirectional(character) not in _FROM_RIGHT


@_LOOKS
def _read(style: str) -> tuple[str, str, frozenset[str]]:
    """The colour of a style, that of its ground, and what else it has."""
    codes = style.split(";") if style else []
    colour = ground = ""
    others = []
    while codes:
        code = codes.pop(0)
        if code in ("38", "48"):
            length = {"2": 4, "5": 2}.get(codes[0] if codes else "", 0)
            whole = ";".join((code, *codes[:length]))
            del codes[:length]
        else:
            whole = code
        if code == "38" or (code.isdigit() and (30 <= int(code) <= 39 or 90 <= int(code) <= 97)):
            colour = whole
        elif code == "48" or (
            code.isdigit() and (40 <= int(code) <= 49 or 100 <= int(code) <= 107)
        ):
            ground = whole
        else:
            others.append(whole)
    return colour, ground, frozenset(others)


def _looks(text: str, style: str) -> list[str]:
    """The style of each cell of a text, as far as it shows there."""
    blank = _look_of_blank(style) if " " in text else style
    if blank == style:
        return [style] * len(text)
    return [blank if character == " " else style for character in text]


@_LOOKS
def _look_of_blank(style: str) -> str:
    """The style of a blank in which only what shows is left: its ground."""
    _colour, ground, others = _read(style)
    return ground if others <= _CHANGE_NO_BLANK else style


@_LOOKS
def _with_ground_of(before: str, style: str) -> str:
    """A style in which a blank looks as in `style`, and that is as near to the one before as can
    be."""
    colour, ground, others = _read(before)
    _colour, wanted, wanted_others = _read(style)
    if not wanted or not (others | wanted_others) <= _CHANGE_NO_BLANK:
        return _look_of_blank(style) if wanted_others <= _CHANGE_NO_BLANK else style
    return before if ground == wanted else ";".join(filter(None, (*sorted(others), colour, wanted)))


@_LOOKS
def _change(before: str, after: str) -> str:
    """The sequence that makes one style of another."""
    colour, ground, others = _read(after)
    old_colour, old_ground, old_others = _read(before)
    ended = old_others - others
    if not ended <= _ENDS.keys() or (old_colour and not colour) or (old_ground and not ground):
        # Something is to end that only all together can be ended alike everywhere.
        return f"\x1b[0;{after}m" if after else "\x1b[0m"
    more = sorted({_ENDS[code] for code in ended})
    # Bold and faint have one end.
    more += sorted(others - old_others | (others & _INTENSITY if ended & _INTENSITY else set()))
    more += [colour] * (colour != old_colour) + [ground] * (ground != old_ground)
    return f"\x1b[{';'.join(more)}m" if more else ""
