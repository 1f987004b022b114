"""The feed: what a channel and we tell each other as JSON lines, one event a line, as the contract
spells it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, cast, get_args

from agent_tui.clock import Clock
from agent_tui.domain.values.kinds import ChannelName, Speaker
from agent_tui.domain.values.outbox import OutMessage
from agent_tui.domain.values.signals import (
    CallChange,
    CallSignal,
    DeliverySignal,
    MessageSignal,
    Signal,
)
from agent_tui.errors import BadInput

LONGEST_LINE = 2 * 1024 * 1024
LONGEST_ID = 200
NAMED_AT_MOST = 100
"""So many unknown fields of a feed are named: a system that makes up names fills no memory."""

_CHANGES: tuple[str, ...] = get_args(CallChange)
_SPEAKERS: tuple[str, ...] = get_args(Speaker)
_TYPES = (*_CHANGES, "message", "delivered", "failed")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a feed that was skipped: its number, counted from 1, and why in a sentence."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class UnknownField:
    """A field that the contract does not know, of an event that is taken all the same: the number
    of the first line that has it, and its name."""

    line: int
    name: str


def read_feed(
    lines: Iterable[bytes], *, channel: ChannelName, clock: Clock, zone: tzinfo
) -> Iterator[Signal | BadLine | UnknownField]:
    """A signal or a `BadLine` for every line, as it arrives. Blank lines are nothing. Behind a
    signal every field that nobody reads is named, each name once."""
    named: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > LONGEST_LINE:
            yield BadLine(number, "the line is longer than 2 MB")
        elif line.strip():
            try:
                event = decode(line)
                signal = to_signal(event, channel=channel, now=clock(), zone=zone)
            except BadInput as error:
                yield BadLine(number, error.message)
                continue
            yield signal
            for name in unknown_fields(event):
                if name not in named and len(named) < NAMED_AT_MOST:
                    named.add(name)
                    yield UnknownField(number, name)


def decode(line: bytes | str) -> object:
    """The event in one line of a feed. Raises `BadInput` where it is no JSON.

    The standard library's reading, which takes half a surrogate pair as cut-off emoji leave.
    """
    try:
        return json.loads(line.decode("utf-8") if isinstance(line, bytes) else line)
    except UnicodeDecodeError as error:
        raise BadInput(f"byte {error.start + 1} of the line is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise BadInput(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except (ValueError, RecursionError):
        raise BadInput("not usable JSON: a number is too long or it is nested too deeply") from None


def to_signal(event: object, *, channel: ChannelName, now: datetime, zone: tzinfo) -> Signal:
    """The signal in one decoded event.

    Where it carries no time it happened `now`; a time without a zone is in `zone`. Fields beyond
    the contract are passed over, so that a telephone system may say more than we read: `read_feed`
    names them, as most are slips. Raises `BadInput` naming the field and what was expected.
    """
    if not isinstance(event, dict):
        raise BadInput("an event must be an object in braces")
    kind = event.get("type")
    make = _MAKERS.get(kind) if isinstance(kind, str) else None
    if make is None:
        raise BadInput(f"`type` must be one of {', '.join(_TYPES)}")
    return make(event, channel, _at(event, now, zone))


def unknown_fields(event: object) -> list[str]:
    """The names of the fields of an event that its type does not know, in their order."""
    if not isinstance(event, dict):
        return []
    known = _FIELDS.get(str(event.get("type")), frozenset())
    return [str(name) for name in event if name not in known]


def to_event(message: OutMessage) -> dict[str, str]:
    """The event that tells a channel to send a message."""
    return {"type": "send", "call": message.call, "id": message.id, "text": message.text}


def _change(event: dict[str, Any], channel: ChannelName, at: datetime) -> CallSignal:
    return CallSignal(
        channel=channel,
        call=_id(event, "call"),
        change=cast(CallChange, event["type"]),
        sender=_text(event, "from"),
        receiver=_text(event, "to"),
        name=_text(event, "name"),
        at=at,
        reason=_text(event, "reason"),
    )


def _message(event: dict[str, Any], channel: ChannelName, at: datetime) -> MessageSignal:
    text = _text(event, "text")
    if text is None:
        raise BadInput("`text` is missing")
    speaker = event.get("speaker")
    if speaker not in _SPEAKERS:
        raise BadInput(f"`speaker` must be one of {', '.join(_SPEAKERS)}")
    final = event.get("final")
    if final is not None and not isinstance(final, bool):
        raise BadInput("`final` must be true or false")
    return MessageSignal(
        channel=channel,
        call=_id(event, "call"),
        id=_id(event, "id"),
        speaker=speaker,
        text=text,
        final=final is not False,
        at=at,
    )


def _delivery(event: dict[str, Any], channel: ChannelName, _: datetime) -> DeliverySignal:
    return DeliverySignal(
        channel=channel,
        call=_id(event, "call"),
        id=_id(event, "id"),
        delivered=event["type"] == "delivered",
        reason=_text(event, "reason"),
    )


_Maker = Callable[[dict[str, Any], ChannelName, datetime], Signal]
_MAKERS: dict[str, _Maker] = {
    **dict.fromkeys(_CHANGES, cast(_Maker, _change)),
    "message": _message,
    "delivered": _delivery,
    "failed": _delivery,
}


_FIELDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_CHANGES, frozenset({"type", "call", "from", "to", "name", "at", "reason"})),
    "message": frozenset({"type", "call", "id", "speaker", "text", "final", "at"}),
    **dict.fromkeys(("delivered", "failed"), frozenset({"type", "call", "id", "reason", "at"})),
}
"""What is read of an event, by its type; `at` of every one."""


def _text(event: dict[str, Any], field: str) -> str | None:
    value = event.get(field)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"`{field}` must be text")
    return value


def _id(event: dict[str, Any], field: str) -> str:
    value = _text(event, field)
    if value is None:
        raise BadInput(f"`{field}` is missing")
    if not value.strip():
        raise BadInput(f"`{field}` is empty")
    if len(value) > LONGEST_ID:
        raise BadInput(f"`{field}` is longer than {LONGEST_ID} characters")
    return value


def _at(event: dict[str, Any], now: datetime, zone: tzinfo) -> datetime:
    text = _text(event, "at")
    if text is None:
        return now
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput("`at` must be a time such as 2026-03-31T14:05:00+02:00") from None
