"""Single fields of an import: cleaned, held to their limits, and the digests that name records."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from unicodedata import category

import msgspec

from agent_tui.domain.values.records import PersonRecord
from agent_tui.errors import BadInput, UsageError
from agent_tui.services.staffing import new_handle
from agent_tui.text.hygiene import clean_line, clean_text

LINE_LIMIT = 1_000
TEXT_LIMIT = 100_000
MESSAGE_LIMIT = 1_000_000

_EXTERNAL_BYTES = 1_800
"""A database page has room for so much in an index entry."""

_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_INVISIBLE = frozenset({"Cc", "Cf", "Me", "Mn", "Zl", "Zp", "Zs"})


def line(value: str | None, where: str, limit: int = LINE_LIMIT) -> str | None:
    """One clean line, or None where there is nothing. Raises BadInput naming the field."""
    if not value:
        return None
    try:
        return clean_line(value, limit) or None
    except BadInput as error:
        raise BadInput(f"{where}: {error.message}") from None


def text(value: str | None, where: str, limit: int = TEXT_LIMIT) -> str | None:
    """Clean text with its lines, or None where there is nothing. Raises BadInput."""
    if not value:
        return None
    try:
        cleaned = clean_text(value, limit)
    except BadInput as error:
        raise BadInput(f"{where}: {error.message}") from None
    return cleaned if cleaned.strip() else None


def needed(value: str | None, where: str) -> str:
    """What must be there. Raises BadInput for nothing."""
    if value is None:
        raise BadInput(f"{where} is empty")
    return value


def visible(value: str | None, where: str) -> str:
    """What must be there and leave a mark on a screen. Raises BadInput."""
    name = needed(value, where)
    if name.isascii():
        return name
    if all(sign in _BLANK_LETTERS or category(sign) in _INVISIBLE for sign in name):
        raise BadInput(f"{where} has no visible character")
    return name


def external(value: str | None, where: str) -> str | None:
    """A file's own name of a row. Raises BadInput."""
    name = line(value, where)
    if name is not None and len(name.encode()) > _EXTERNAL_BYTES:
        raise BadInput(f"{where}: too long: at most {_EXTERNAL_BYTES:,} bytes")
    return name


def handle(value: str | None, where: str) -> str | None:
    """An agent's handle. Raises BadInput where it cannot be one."""
    if not value or not value.strip():
        return None
    try:
        return new_handle(value)
    except (BadInput, UsageError) as error:
        raise BadInput(f"{where}: {error.message}") from None


def key(*parts: Any) -> str:
    """A digest of cleaned values by which the same record is known again: 32 hexadecimal digits.

    Moments count as moments, whatever zone they are written in.
    """
    return blake2b(_SAID.encode(parts).encode(), digest_size=16).hexdigest()


def digest(record: PersonRecord) -> str:
    """A digest of everything that a row said, as it said it: 16 hexadecimal digits."""
    try:
        said = msgspec.json.encode(record)
    except UnicodeEncodeError:
        # Half a character, as cut-off emoji leave behind: no JSON, but a row like any other.
        said = repr(record).encode("utf-8", "surrogatepass")
    return blake2b(said, digest_size=8).hexdigest()


def _instant(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)


_SAID = json.JSONEncoder(default=_instant, separators=(",", ":"))
