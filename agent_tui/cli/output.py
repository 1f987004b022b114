"""The one writer of stdout: data, in UTF-8 whatever the locale says, with nothing that acts.

Text has been cleaned on its way in; here it is cleaned once more, because a terminal obeys bytes.
In JSON the characters that a terminal might obey are written as `\\uXXXX`, which reads back as the
same text.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from agent_tui.errors import AgentTuiError

_NO_LIMIT = sys.maxsize
_GAP = "  "
_ACTING_IN_JSON = (
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
"""Compiled where JSON is printed: nobody else waits for it."""


class OutputClosed(Exception):
    """Whoever read our output has gone: there is nothing more to say, and nothing went wrong."""


def text(block: str) -> None:
    """Print text of our own, which ends with its line end."""
    _write(block)


def raw(data: bytes) -> None:
    """Print bytes of a format that makes its own texts inert."""
    with _delivery():
        sys.stdout.buffer.write(data)


def line(words: str = "") -> None:
    """Print one line, inert."""
    from agent_tui.text.hygiene import clean_line

    _write(f"{clean_line(words, _NO_LIMIT)}\n")


def json_line(value: Any) -> None:
    """Print a value as JSON on one line, and let it go at once."""
    import json

    written = json.dumps(value, ensure_ascii=False)
    _write(f"{re.sub(_ACTING_IN_JSON, _escaped, written)}\n")
    flush()


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widest: int = 40,
    none: str = "Nothing was found.",
) -> None:
    """Print rows. Where there are none, nothing at all: stderr says so, in the sentence `none`.

    On a terminal in aligned columns under a header, a cell cut to `widest` cells. Elsewhere each
    row is a line of its own that needs no header and no width: what is in its first cell, or that
    it is empty, then the name and the words of every other cell that holds some.
    """
    if not rows:
        from agent_tui.cli import diagnostics

        diagnostics.say(none)
        return
    if not sys.stdout.isatty():
        for first, *others in rows:
            named = zip(header[1:], others, strict=True)
            line(
                "; ".join(
                    (
                        first or f"no {header[0]}",
                        *(f"{name}: {cell}" for name, cell in named if cell),
                    )
                )
            )
        return
    from agent_tui.text.cells import pad, width
    from agent_tui.text.hygiene import clean_line

    cells = [[clean_line(cell, _NO_LIMIT) for cell in row] for row in (header, *rows)]
    widths = [min(widest, max(map(width, column))) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = [pad(cell, cells_wide) for cell, cells_wide in zip(row, widths, strict=True)]
        _write(f"{_GAP.join(padded).rstrip()}\n")


def is_terminal() -> bool:
    """Whether somebody reads what is printed on a terminal."""
    return sys.stdout.isatty()


def moment(when: datetime | None) -> str | None:
    """A moment as all JSON output writes it: ISO 8601, UTC, with a `Z`."""
    return None if when is None else when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def flush() -> None:
    """Hand over what was printed. Raises OutputClosed where nobody reads it any more."""
    with _delivery():
        sys.stdout.buffer.flush()


def _write(characters: str) -> None:
    with _delivery():
        sys.stdout.buffer.write(characters.encode("utf-8", "replace"))


@contextmanager
def _delivery() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        give_up(sys.stdout.fileno())
        raise OutputClosed from None
    except OSError as error:
        give_up(sys.stdout.fileno())
        raise AgentTuiError(f"the output could not be written: {error.strerror}") from error


def give_up(*descriptors: int) -> None:
    """Send what is still buffered nowhere, so that the interpreter does not fail on it at exit and
    tell another exit code. `descriptors` are those that nobody reads any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in descriptors:
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
