"""The text of a script in a normal form, or refused with the line that cannot be shown."""

from __future__ import annotations

import re

from agent_tui.errors import BadInput
from agent_tui.text.hygiene import clean_line, clean_text, is_clean, without_unseen

MOST_CHARACTERS = 200_000
MOST_LINES = 10_000

_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LONGEST_SHOWN = 60


def inert(text: str) -> str:
    """The text without a byte-order mark and its like, its line ends newlines, its tabs and wide
    spaces spaces.

    Raises `BadInput` where it is too long, or a character in it acts instead of showing.
    """
    text = without_unseen(text).replace("\t", "    ")
    lines = _LINE_ENDS.split(text[: MOST_CHARACTERS + 1])
    if len(text) > MOST_CHARACTERS:
        most = f"{MOST_CHARACTERS:,} characters"
        raise BadInput(f"line {len(lines)}: too long: a script has at most {most}")
    if len(lines) > MOST_LINES:
        raise BadInput(
            f"line {MOST_LINES + 1}: too long: a script has at most {MOST_LINES:,} lines"
        )
    for number, line in enumerate(lines, 1):
        if not is_clean(line):
            shown = clean_line(line[:_LONGEST_SHOWN])
            raise BadInput(f"line {number}: a character in it acts instead of showing: {shown}")
    return narrow(clean_text(text, MOST_CHARACTERS * 4))


def narrow(text: str) -> str:
    """The text with a plain space for each space that is wider, narrower or does not break."""
    return _SPACES.sub(" ", text)
