"""Which encoding a file of unknown origin is in, decided from its bytes.

A byte-order mark decides; then zero bytes in every second place (UTF-16 without a mark); then
UTF-8 where that fits; else Windows-1252, in which a desktop spreadsheet saves its CSV files.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_CHUNK = 1 << 20
_HEAD = 4096
_BASE = 0xDC00
_DAMAGE = re.compile("[\udc00-\udcff]")
_ESCAPED = re.compile("[\udc80-\udcff]")


def detect(stream: BinaryIO) -> str:
    """The codec of a seekable stream, which is left at its beginning.

    A file that is mostly UTF-8 stays UTF-8 where a few bytes do not fit: those are damage, and
    their rows are rejected one by one.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    codec = _by_head(head) or _by_all_bytes(stream)
    stream.seek(0)
    return codec


def _by_head(head: bytes) -> str | None:
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    third = len(head) // 3
    if third and head[1::2].count(0) > third:
        return "utf-16-le"
    if third and head[::2].count(0) > third:
        return "utf-16-be"
    return None


def _by_all_bytes(stream: BinaryIO) -> str:
    """UTF-8 unless more bytes fail to decode than characters beyond ASCII succeed."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    balance = 0
    while chunk := stream.read(_CHUNK):
        text = decoder.decode(chunk)
        if not text.isascii():
            beyond = len(text) - len(text.encode("ascii", "ignore"))
            balance += beyond - 2 * len(_ESCAPED.findall(text))
    return "utf-8" if balance >= 0 else "cp1252"


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: each byte that does not decode becomes a low surrogate.

    No codec here yields lone surrogates otherwise, so damage stays recognisable in the text.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    damage = error.object[error.start : error.end]
    return "".join(chr(_BASE + byte) for byte in damage), error.end


KEEP_BYTES = "agent_tui.keep_bytes"
codecs.register_error(KEEP_BYTES, _keep_bytes)


def is_damaged(text: str) -> bool:
    """Whether a text decoded with `KEEP_BYTES` holds bytes that are not in its encoding."""
    return not text.isascii() and _DAMAGE.search(text) is not None


def show_damage(text: str) -> str:
    """The text with each undecodable byte as `\\xNN`."""
    return _DAMAGE.sub(lambda found: f"\\x{ord(found[0]) - _BASE:02x}", text)
