"""JSON lines in: one customer an object, one object a line, as the contract spells it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any, BinaryIO, NoReturn

import msgspec

from agent_tui.domain.values.records import RejectedRow, SourceRow
from agent_tui.errors import BadInput
from agent_tui.exchange.shape import to_person
from agent_tui.exchange.suggest import shown

LONGEST_LINE = 64 * 1024 * 1024
_KEPT_OF_TOO_LONG = 1000


def read_jsonl(stream: BinaryIO, *, zone: tzinfo) -> Iterator[SourceRow | RejectedRow]:
    """The records of a stream of JSON lines in UTF-8. Times without a zone are in `zone`.

    A byte-order mark is tolerated, blank lines are nothing. A line that cannot be taken is a
    `RejectedRow`; bytes that are not UTF-8 stand in its text as `\\xNN`. Of a line longer than
    64 MiB only the first 1,000 characters are kept.
    """
    for number, line in _lines(stream):
        if len(line) > LONGEST_LINE:
            yield RejectedRow(
                line=number,
                reason="the line is longer than 64 MB",
                raw=_text(line[:_KEPT_OF_TOO_LONG]),
            )
        elif line.strip():
            raw = _text(line)
            try:
                record = to_person(decode(line), lambda text: iso_time(text, zone=zone))
            except BadInput as error:
                yield RejectedRow(line=number, reason=error.message, raw=raw)
            else:
                yield SourceRow(line=number, raw=raw, record=record)


def decode(line: bytes) -> Any:
    """One line of JSON as plain Python values, or `BadInput` saying what is wrong with it.

    msgspec reads it first, being fast. What it refuses gets a second reading by the standard
    library, which also takes half a surrogate pair in a text, as cut-off emoji leave behind.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"byte {error.start + 1} of the line is not UTF-8 text") from None
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError):
        pass
    try:
        return json.loads(text, parse_constant=_no_such_number)
    except json.JSONDecodeError as error:
        raise BadInput(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise BadInput("not usable JSON: it is nested too deeply") from None
    except ValueError as error:
        raise BadInput(f"not usable JSON: {error}") from None


def iso_time(text: str, *, zone: tzinfo) -> datetime:
    """An ISO 8601 time, or a date alone as its midnight, in UTC. Without a zone it is in `zone`."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"{shown(text)} is not a time such as 2026-03-31T14:05:00+02:00") from None


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each line with its number. Of one that is too long, the rest is passed over."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _text(line: bytes) -> str:
    return line.decode("utf-8", "backslashreplace").rstrip("\r\n")
