"""Makes every string that comes in safe to show: inert, still readable, nothing silently dropped
that anybody could have seen.

A terminal obeys bytes, so a customer's name may carry a command: clear the screen, set the window
title, fill the clipboard, write backwards. Every such sequence begins with a control character.
Here each of them becomes a visible sign of one or a few ordinary characters, after which the rest
of the sequence is plain text.

- C0 controls and DEL become their picture of the block *Control Pictures*: ``ESC`` is ``␛``.
- Bidirectional controls (Unicode Standard Annex #9) become their name: ``‹RLO›``.
- C1 controls, noncharacters, interlinear annotation marks, deprecated format characters and tag
  characters become their code: ``‹9B›``. Tags stay in the flag of a country's part, which is what
  they are for (Unicode Technical Standard #51, annex C).
- Lone surrogates become U+FFFD, the replacement character.
- The zero width joiner stays where it joins emoji or letters of scripts that need it; elsewhere
  it hides width and becomes ``‹ZWJ›``. The non-joiner and variation selectors stay.
- The zero width space, the byte order mark and its successor, the word joiner, go: they are seen
  nowhere, and two names that look alike must not differ by them.

The result is in Normalization Form C. Runs of more than thirty combining marks are parted by
U+034F as in the Stream-Safe Text Process (Unicode Standard Annex #15, section 13), since
normalising one run takes time that grows with its square.
"""

from __future__ import annotations

import re
from unicodedata import combining, is_normalized, normalize

from agent_tui.errors import BadInput

_BIDI = {
    0x061C: "ALM",
    0x200E: "LRM",
    0x200F: "RLM",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
}
_JOINER = "\u200d"
_NAMES = {**_BIDI, ord(_JOINER): "ZWJ"}

_JOINED_AFTER = "\u2190-\u2328\u232b-\u2ad0\u2b00-\u2bff\U0001f000-\U0001faff"
_JOINED_BEFORE = "\u0600-\u109f\u1780-\u18af"
_HIGHEST_OF_PLANES = "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
_ACTING = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|[\x00-\x09\x0b-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\u2028\u2029"
    "\ufff9-\ufffb\ud800-\udfff"
    f"\ufdd0-\ufdef{_HIGHEST_OF_PLANES}\U000e0000-\U000e007f]"
    f"|(?<![{_JOINED_BEFORE}]){_JOINER}(?![{_JOINED_AFTER}])"
)
_UNSEEN = re.compile("[\u200b\u2060\ufeff]+")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")
_BIDI_SIGNS = re.compile(f"‹(?:{'|'.join(_BIDI.values())})›|[{''.join(map(chr, _BIDI))}]")

_LONGEST_RUN = 30
_MARKS_PARTED_BY = "\u034f"
# Marks are no word characters; eight of them may, decomposed, be more than thirty.
_PERHAPS_A_RUN = re.compile("[^\\w\x00-\u02ff]{8}")


def clean_line(text: str, limit: int = 1_000) -> str:
    """Return `text` as one inert line: a name, a company, a city, an agenda, a contact value.

    Line ends and tabs in a row become one space; white space at both ends goes. `limit` counts
    the characters of the result. Raises BadInput when there are more.
    """
    if text.isascii() and text.isprintable():
        return _within(text.strip(), limit)
    return _within(_ACTING.sub(_sign, _BREAKS.sub(" ", _composed(text))).strip(), limit)


def clean_text(text: str, limit: int = 1_000_000) -> str:
    """Return `text` inert, its lines kept: a message, a note.

    Every kind of line end (CRLF, CR, NEL, U+2028, U+2029) becomes one newline, a tab four spaces
    (its true width would depend on where the line is shown); white space at the end of the whole
    goes. `limit` counts the characters of the result. Raises BadInput when there are more.
    """
    if text.isascii() and text.isprintable():
        return _within(text.rstrip(), limit)
    lines = _LINE_ENDS.sub("\n", _composed(text)).replace("\t", "    ")
    return _within(_ACTING.sub(_sign, lines).rstrip(), limit)


def is_clean(text: str) -> bool:
    """Tell whether `text` may be shown as it is; newlines may stand in it."""
    return text.isprintable() or not (
        _UNSEEN.search(text) or any(not found["flag"] for found in _ACTING.finditer(text))
    )


def without_unseen(text: str) -> str:
    """Return `text` without the characters that are seen nowhere and that cleaning drops."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def without_bidi(text: str) -> str:
    """Return `text` without bidirectional controls, raw or made visible.

    For comparing only: telephones wrap the numbers they copy into such controls, and a number is
    the same with and without.
    """
    return text if text.isascii() else _BIDI_SIGNS.sub("", text)


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadInput(f"too long: {len(text):,} characters, at most {limit:,}")
    return text


def _sign(found: re.Match[str]) -> str:
    """Return the visible form of one acting character; a whole flag stays."""
    if found["flag"]:
        return found[0]
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"‹{_NAMES.get(code) or format(code, '02X')}›"


def _composed(text: str) -> str:
    """Return `text` without what is seen nowhere, in Normalization Form C, in time linear in its
    length."""
    text = without_unseen(text)
    if not text.isascii() and _PERHAPS_A_RUN.search(text):
        text = _stream_safe(text)
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def _stream_safe(text: str) -> str:
    """Part runs of marks so that none is longer than thirty when decomposed."""
    parts = []
    run = 0
    for character in text:
        marks = [combining(piece) != 0 for piece in normalize("NFD", character)]
        leading = marks.index(False) if False in marks else len(marks)
        if run + leading > _LONGEST_RUN:
            parts.append(_MARKS_PARTED_BY)
            run = 0
        run = run + leading if leading == len(marks) else marks[::-1].index(False)
        parts.append(character)
    return "".join(parts)
