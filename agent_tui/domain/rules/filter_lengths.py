"""How long something took, and within how many days they came again, as a filter writes it."""

from __future__ import annotations

import re

from agent_tui.domain.rules.filter_days import Unclear
from agent_tui.domain.values.filters import Length, Repeat

MOST_DAYS = 3_660
"""Ten years."""

_UNITS = {"": 0, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hr": 3600}
_ONE = r"(?:\d{1,6}[a-z]{1,3}){1,3}|\d{1,4}:[0-5]\d(?::[0-5]\d)?|\d{1,6}"
_PART = re.compile(r"(\d{1,6})([a-z]*)")
_COMPARED = re.compile(rf"(<=|>=|<|>|=)?({_ONE})")
_BETWEEN = re.compile(rf"({_ONE})(?:\.\.|-|–)({_ONE})")
_DAYS = re.compile(r"(\d{1,5})(d|days?|w|wks?|weeks?)?")


def read_length(words: str) -> Length | Unclear:
    """`>10m`, `<90s`, `>=1h30m`, `2m..5m` (both included), `<2:30` (minutes and seconds)."""
    said = "".join(words.casefold().split())
    if between := _BETWEEN.fullmatch(said):
        least, most = _seconds(between[1]), _seconds(between[2])
        if least is None or most is None:
            return _unknown_length(words)
        if most < least:
            return Unclear(f"“{words}” ends before it begins", f"{between[2]}..{between[1]}")
        return Length(least, most + 1)
    compared = _COMPARED.fullmatch(said)
    seconds = _seconds(compared[2]) if compared else None
    if compared is None or seconds is None:
        return _unknown_length(words)
    match compared[1]:
        case ">":
            return Length(at_least_s=seconds + 1)
        case ">=":
            return Length(at_least_s=seconds)
        case "<":
            return Length(less_than_s=seconds)
        case "<=":
            return Length(less_than_s=seconds + 1)
    return Unclear(
        f"longer or shorter than {compared[2]}? write >{compared[2]} or <{compared[2]}",
        f">{compared[2]}",
    )


def read_repeat(words: str) -> Repeat | Unclear:
    """`14d`, `2w`; a number alone is days."""
    found = _DAYS.fullmatch("".join(words.casefold().split()))
    if found is None:
        return Unclear(f"“{words}” is no number of days or weeks, such as 14d or 2w", "14d")
    days = int(found[1]) * (7 if found[2] and found[2].startswith("w") else 1)
    if not 1 <= days <= MOST_DAYS:
        return Unclear(f"between 1 and {MOST_DAYS:,} days", "14d")
    return Repeat(days)


def written_length(length: Length) -> str:
    """A length as `read_length` takes it. One of the two sides must be there."""
    least, less = length.at_least_s, length.less_than_s
    if least is not None and less is not None:
        return f"{_spelt(least)}..{_spelt(less - 1)}"
    if least is not None:
        is_above = least > 1 and not (least - 1) % 60
        return f">{_spelt(least - 1)}" if is_above else f">={_spelt(least)}"
    if less is None:
        raise ValueError("a length without an end is no filter")
    is_up_to = less > 1 and not (less - 1) % 60
    return f"<={_spelt(less - 1)}" if is_up_to else f"<{_spelt(less)}"


def _seconds(said: str) -> int | None:
    """None where a number has no unit, or no such one."""
    if ":" in said:
        total = 0
        for part in said.split(":"):
            total = total * 60 + int(part)
        return total
    parts = _PART.findall(said)
    if not all(_UNITS.get(unit) for _, unit in parts):
        return None
    return sum(int(number) * _UNITS[unit] for number, unit in parts)


def _spelt(seconds: int) -> str:
    if seconds and not seconds % 3600:
        return f"{seconds // 3600}h"
    if seconds and not seconds % 60:
        return f"{seconds // 60}m"
    return f"{seconds}s"


def _unknown_length(words: str) -> Unclear:
    bare = re.fullmatch(r"([<>]=?)?(\d{1,6})", words)
    near = f"{bare[1] or '>'}{bare[2]}m" if bare else None
    return Unclear(f"“{words}” is no length: such as >10m, <90s, 2m..5m (s, m or h)", near)
