"""Decoded JSON against the records: every key known, every time and amount usable.

msgspec turns the object into the frozen records and says which type is wrong. What it lets pass
is checked first, from the fields of the records themselves: keys that no record has (a typing
slip must not lose data), values outside of a closed list, times, amounts of money. A null is
the same as a missing key. By when something is due, a day alone means the end of the working day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from agent_tui.domain.rules.due_times import DAY_ENDS
from agent_tui.domain.values.records import Deadline, PersonRecord
from agent_tui.errors import BadInput
from agent_tui.exchange.suggest import did_you_mean, shown

ReadTime = Callable[[str], datetime]
"""Makes an aware time of its text, or raises `BadInput`."""

_Kind = Any
"""A record, a closed list, a time, a deadline, an amount, or None: nothing to check."""

_MESSAGE = re.compile(r"(?s)(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?")
_MISSING = re.compile(r"Object missing required field `(\w+)`")
_TYPES = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_WORDS = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
_LARGEST_AMOUNT = Decimal(10) ** 12


def to_person(raw: object, read_time: ReadTime) -> PersonRecord:
    """The record in a decoded JSON value, which is changed on the way.

    Raises `BadInput` with a sentence that names the field by its path, counted from 0, such as
    `interactions[0].messages[2].text must be text, not a number`.
    """
    prepare(raw, PersonRecord, read_time)
    try:
        person = msgspec.convert(raw, PersonRecord)
    except msgspec.ValidationError as error:
        raise BadInput(_in_words(str(error))) from None
    if not person.customer.name.strip():
        raise BadInput("customer.name is empty")
    return person


def prepare(raw: object, record: type, read_time: ReadTime, where: str = "") -> None:
    """Drop nulls and turn the texts of times and amounts of one object into values, in place.

    Raises `BadInput` for an unknown key, a value outside of its closed list, a time or an amount
    that cannot be read. Other wrong types are left for msgspec to name.
    """
    if not isinstance(raw, dict):
        return
    kinds = _kinds(record)
    for key in list(raw):
        value = raw[key]
        if key not in kinds:
            place = f" in {where}" if where else ""
            raise BadInput(f"unknown field {shown(key)}{place}{did_you_mean(key, kinds)}")
        kind = kinds[key]
        if value is None:
            del raw[key]
        elif kind is not None:
            raw[key] = _prepared(value, kind, read_time, f"{where}.{key}" if where else key)


def _prepared(value: Any, kind: _Kind, read_time: ReadTime, path: str) -> Any:
    if isinstance(kind, tuple):
        if value not in kind:
            hint = did_you_mean(value, kind) if isinstance(value, str) else ""
            raise BadInput(f"{path} cannot be {shown(value)}, only {', '.join(kind)}{hint}")
    elif kind is datetime:
        return _time(value, read_time, path)
    elif kind is Deadline:
        return _time(_end_of_day(value), read_time, path)
    elif kind is Decimal:
        return _amount(value, path)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            prepare(part, kind, read_time, f"{path}[{index}]")
    else:
        prepare(value, kind, read_time, path)
    return value


@cache
def _kinds(record: type) -> dict[str, _Kind]:
    """What to check of each field."""
    hints = get_type_hints(record, include_extras=True)
    return {field.name: _kind(hints[field.name]) for field in fields(record)}


def _kind(hint: Any) -> _Kind:
    inner = get_args(hint)
    if get_origin(hint) is Literal:
        return inner
    for part in inner or (hint,):
        if part is not NoneType and (part in (datetime, Deadline, Decimal) or is_dataclass(part)):
            return part
    return None


def _time(value: object, read_time: ReadTime, path: str) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise BadInput(f"{path} must be a time as text, not {shown(value)}")
    try:
        return read_time(value)
    except BadInput as error:
        raise BadInput(f"{path}: {error.message}") from None


def _end_of_day(value: object) -> object:
    """When the working day ends of a day alone; whatever else it is, as it is."""
    if not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        return value
    return datetime.combine(day, DAY_ENDS).isoformat()


def _amount(value: object, path: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadInput(f"{path} must be a number, not {shown(value)}")
    try:
        amount = Decimal(str(value))
    except (InvalidOperation, ValueError):
        raise BadInput(f"{path} must be a number, not {shown(value)}") from None
    if not amount.is_finite() or abs(amount) >= _LARGEST_AMOUNT:
        raise BadInput(f"{path} is beyond any amount of money")
    return amount


def _in_words(message: str) -> str:
    """msgspec's sentence, in the words of somebody who keeps a customer list."""
    parts = _MESSAGE.fullmatch(message)
    what, path = (parts["what"], parts["path"] or "") if parts else (message, "")
    if missing := _MISSING.fullmatch(what):
        return f"{path}.{missing[1]} is missing".lstrip(".")
    if types := _TYPES.fullmatch(what):
        wanted = types[1].removesuffix(" | null")
        return (
            f"{path or 'a line'} must be {_WORDS.get(wanted, wanted)}, "
            f"not {_WORDS.get(types[2], types[2])}"
        )
    return f"{path}: {what}" if path else what
