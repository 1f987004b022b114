"""Texts that act: on terminals, on screens that read markup, on queries, files and readers."""

from __future__ import annotations

import base64
import re
import unicodedata

ACTING = (
    "\x1b]0;OWNED\x07",
    "\x1b]2;OWNED\x1b\\",
    "\x1b]52;c;T1dORUQ=\x07",
    "\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H\x1b[31mred",
    "\x1b[?1049l\x1b[6n\x1b[c\x1bc\x1b#8",
    "\x1bPtmux;\x1b\x1b]0;OWNED\x07\x1b\\",
    "\x1b_Gf=100;AAAA\x1b\\",
    "\x9b31m\x85\x9d0;OWNED\x9c\x90\x9e",
    "\u202egnp.exe\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "\x00\x01\x08\x0b\x0c\x0e\x7f\ufeff\ufffe",
    "\u2028\u2029\u0085line\r\nends\tand\ttabs",
    "\U000e0041\U000e0042\U000e007f",
)
"""What acts on a terminal or on whoever reads it."""

SPELT = (
    "[/x][bold]loud[/bold]",
    "[@click=app.quit]tap[/]",
    "[link=https://example.com]here[/link]",
    "$(touch owned) `touch owned` ; touch owned #",
    "' OR 1=1; DROP TABLE customers; --",
    '" NEAR("a" "b") * ^ AND OR NOT',
    "=cmd|' /C calc'!A0 @SUM(1) +1 -1",
    "{{ 7 * 7 }} {% for x in y %} ${jndi:x}",
    "%s %n %x {0} \\x41 \\u0041 &lt;script&gt;<script>alert(1)</script>",
    "../../../etc/passwd",
    "Z̸̢̛͎̗a̷͖̿l̶̰̅g̴͙̈́o̷̞͝",
    "🏳\ufe0f\u200d🌈 👩\u200d👩\u200d👧 🇬🇧 ﷽ 𒐫 ﷺ",
    "null undefined NaN true 0x1F 1e309 -0",
)
"""What acts where it is read as something else than words."""

NAUGHTY = (*ACTING, *SPELT)

_SEQUENCE = re.compile(
    rb"\x1b\[[0-9;]*[mH]|\x1b\[[0-9]+C"  # colours, and where to write
    rb"|\x1b\[[?>=<]?[0-9;]*(?:\$p|[hlJKnuctsq])"  # modes and questions
    rb"|\x1b\]52;c;([A-Za-z0-9+/=]*)\x07"  # a copy
    rb"|\x1b\]22;[a-z]*\x07"  # the shape of the pointer
    rb"|\x1b[=>78]"
)
_ACTING_COLOURS = (b"\x1b[31m", b"\x1b[2J", b"\x1b[6n", b"\x1b[c")


def acts(written: bytes) -> list[str]:
    """What of the bytes that reached a terminal no desk has a reason to write.

    Sequences must be of the few kinds by which Textual draws, and copies must be of clean text;
    between them only characters may stand that act on nobody.
    """
    found = [repr(one) for one in _ACTING_COLOURS if one in written]
    for copy in _SEQUENCE.finditer(written):
        if copy[1] is not None:
            copied = base64.b64decode(copy[1]).decode()
            found += ["a copy that nobody asked for"] * (copied == "OWNED") + _characters(copied)
    rest = _SEQUENCE.sub(b"", written)
    return [*found, *_characters(rest.decode("utf-8", "surrogateescape"))]


def _characters(text: str) -> list[str]:
    return [
        f"{character!r} in {text[max(0, place - 20) : place + 20]!r}"
        for place, character in enumerate(text)
        if (
            unicodedata.category(character) in ("Cc", "Cs", "Cn", "Zl", "Zp")
            and character not in "\r\n"
        )
        or unicodedata.bidirectional(character)
        in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        or character in "\u200e\u200f\u061c"
        or "\U000e0000" <= character <= "\U000e007f"
    ]
