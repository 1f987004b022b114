"""The demo desk's people: the JSON lines of the contract, with times kept as offsets from now.

The writings are those of `data/demo/README.md`. `-6d 10:00`, `0d 17:00`, `-5mo 09:15`, `-2y 11:30`:
that many days (a month is 30 of them, a year 365) from today, at that hour of the desk's zone.
`-25m`, `-3h`: that long before now. `+41s`, `+45m`, `+1m10s`: that long after the opening of the
interaction it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import partial
from typing import Any

from agent_tui.domain.values.records import InteractionRecord, PersonRecord
from agent_tui.errors import BadInput
from agent_tui.exchange.jsonl import decode
from agent_tui.exchange.shape import prepare, to_person
from agent_tui.exchange.suggest import shown

_DAY = re.compile(r"([+-]\d{1,5}|0)(d|mo|y) ([01]\d|2[0-3]):([0-5]\d)")
_AGO = re.compile(r"-(\d{1,6})([hm])")
_AFTER = re.compile(r"\+(?=\d)(?:(\d{1,6})m)?(?:(\d{1,6})s)?")
_DAYS = {"d": 1, "mo": 30, "y": 365}


def read_demo(stream: Iterable[bytes], *, now: datetime, zone: tzinfo) -> Iterator[PersonRecord]:
    """The people of a demo file, with times in UTC. `BadInput` names the line that is wrong."""
    for number, line in enumerate(stream, start=1):
        if line.strip():
            try:
                yield _person(decode(line), now, zone)
            except BadInput as error:
                raise BadInput(f"line {number}: {error.message}") from None


def moment(text: str, *, now: datetime, zone: tzinfo, base: datetime | None = None) -> datetime:
    """The time that an offset stands for, in UTC. `base` is what a length with `+` counts from.

    An hour that the zone's clock skips is read as if it had not. Raises `BadInput`.
    """
    if day := _DAY.fullmatch(text):
        count, unit, hour, minute = day.groups()
        try:
            date = now.astimezone(zone).date() + timedelta(days=int(count) * _DAYS[unit])
            return datetime.combine(date, time(int(hour), int(minute)), zone).astimezone(UTC)
        except OverflowError:
            raise BadInput(f"{shown(text)} is beyond the calendar") from None
    if ago := _AGO.fullmatch(text):
        seconds = int(ago[1]) * (3600 if ago[2] == "h" else 60)
        return now.astimezone(UTC) - timedelta(seconds=seconds)
    if after := _AFTER.fullmatch(text):
        if base is None:
            raise BadInput(
                f"{shown(text)} counts from the opening of an interaction: there is none"
            )
        span = timedelta(minutes=int(after[1] or 0), seconds=int(after[2] or 0))
        return base.astimezone(UTC) + span
    raise BadInput(f"{shown(text)} is not an offset such as `-6d 10:00`, `-25m` or `+1m10s`")


def _person(raw: Any, now: datetime, zone: tzinfo) -> PersonRecord:
    """Interactions first, each with its opening as the base; then whatever is left."""
    interactions = raw.get("interactions") if isinstance(raw, dict) else None
    for place, interaction in enumerate(interactions or ()):
        opening = interaction.get("opened_at")
        base = moment(opening, now=now, zone=zone) if opening else None
        read_time = partial(moment, now=now, zone=zone, base=base)
        prepare(interaction, InteractionRecord, read_time, f"interactions[{place}]")
    return to_person(raw, partial(moment, now=now, zone=zone))
