"""Offsets from now, read by the calendar and the clock of the desk's zone."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_tui.errors import BadInput
from agent_tui.exchange.demo import moment, read_demo

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 4, 1, 22, 30, tzinfo=UTC)  # 2 April, half past midnight, in Berlin
DATA = Path(__file__).parents[2] / "data" / "demo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0d 09:00", datetime(2026, 4, 2, 7, tzinfo=UTC)),
        ("+1d 17:00", datetime(2026, 4, 3, 15, tzinfo=UTC)),
        ("-6d 10:00", datetime(2026, 3, 27, 9, tzinfo=UTC)),  # before the clock went forward
        ("-1mo 10:00", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        ("-2y 11:30", datetime(2024, 4, 2, 9, 30, tzinfo=UTC)),
        ("-25m", datetime(2026, 4, 1, 22, 5, tzinfo=UTC)),
        ("-3h", datetime(2026, 4, 1, 19, 30, tzinfo=UTC)),
    ],
)
def test_offsets_from_now(text: str, expected: datetime) -> None:
    assert moment(text, now=NOW, zone=BERLIN) == expected


@pytest.mark.parametrize(("text", "seconds"), [("+41s", 41), ("+1m10s", 70), ("+75m", 4500)])
def test_lengths_after_the_opening(text: str, seconds: int) -> None:
    opened = NOW - timedelta(days=3)
    assert moment(text, now=NOW, zone=BERLIN, base=opened) == opened + timedelta(seconds=seconds)
    with pytest.raises(BadInput, match="opening"):
        moment(text, now=NOW, zone=BERLIN)


@pytest.mark.parametrize("text", ["", "+", "soon", "-6d", "6d 10:00", "-6d 24:00", "2026-01-01"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not an offset"):
        moment(text, now=NOW, zone=BERLIN)


def test_beyond_the_calendar() -> None:
    with pytest.raises(BadInput, match="beyond the calendar"):
        moment("-9999y 10:00", now=NOW, zone=BERLIN)


def people(*lines: dict[str, Any]) -> io.BytesIO:
    return io.BytesIO(b"\n".join(json.dumps(line).encode() for line in lines))


def test_lengths_count_from_the_interaction_they_stand_in() -> None:
    talk = {
        "closed_at": "+2m",
        "opened_at": "-1d 10:00",
        "messages": [
            {"at": "+5s", "speaker": "customer", "text": "a"},
            {"at": "0d 00:10", "speaker": "agent", "text": "b"},
        ],
        "notes": [{"at": "+1m10s", "text": "n"}],
    }
    line = {
        "customer": {"name": "Ann"},
        "interactions": [talk],
        "promises": [{"text": "x", "due": "+1d 17:00"}],
    }
    (person,) = read_demo(people(line), now=NOW, zone=BERLIN)
    opened = datetime(2026, 4, 1, 8, tzinfo=UTC)
    (found,) = person.interactions
    assert found.opened_at == opened
    assert found.closed_at == opened + timedelta(minutes=2)
    assert found.messages[0].at == opened + timedelta(seconds=5)
    assert found.messages[1].at == datetime(2026, 4, 1, 22, 10, tzinfo=UTC)
    assert found.notes[0].at == opened + timedelta(seconds=70)
    assert person.promises[0].due == datetime(2026, 4, 3, 15, tzinfo=UTC)


def test_a_wrong_line_is_named() -> None:
    lines = people({"customer": {"name": "Ann"}}, {"customer": {"nam": "Bo"}})
    with pytest.raises(BadInput, match="line 2: unknown field `nam` in customer"):
        list(read_demo(lines, now=NOW, zone=BERLIN))


FILES = [
    ("people.jsonl", 5),
    ("neighbours.jsonl", 9),
    ("town.jsonl", 300),
    ("district.jsonl.gz", 1_700),
]


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


@pytest.mark.parametrize(("name", "count"), FILES)
def test_the_demo_desks_own_people(name: str, count: int) -> None:
    lines = unpacked(DATA / name).splitlines()
    found = list(read_demo(lines, now=NOW, zone=BERLIN))
    assert len(found) == count
    said = [m.at for p in found for i in p.interactions for m in i.messages if m.at is not None]
    assert said
    assert max(said) < NOW


@pytest.mark.parametrize(
    ("tool", "name"),
    [("make_demo_people", "town.jsonl"), ("make_demo_district", "district.jsonl.gz")],
)
def test_the_generated_people_are_those_that_the_tools_make(
    tmp_path: Path, tool: str, name: str
) -> None:
    made = tmp_path / name
    command = [sys.executable, "-m", f"tools.{tool}", "--out", str(made)]
    subprocess.run(command, check=True, capture_output=True, cwd=DATA.parents[1])
    assert unpacked(made) == unpacked(DATA / name)


def test_nobody_has_the_case_the_account_or_the_conversation_of_another() -> None:
    people = [json.loads(line) for name, _ in FILES for line in unpacked(DATA / name).splitlines()]
    accounts = [
        point["value"]
        for person in people
        for point in person["customer"]["contact_points"]
        if point["kind"] == "account"
    ]
    cases = [case["external_id"] for person in people for case in person.get("cases", ())]
    talks = [talk["external_id"] for person in people for talk in person.get("interactions", ())]
    names = [person["customer"]["external_id"] for person in people]
    for ids in (accounts, cases, talks, names):
        assert len(ids) == len(set(ids))
    assert len(people) == 2_014


@pytest.mark.parametrize("name", ["people.jsonl", "neighbours.jsonl"])
def test_what_is_written_by_hand_names_no_day_of_the_week(name: str) -> None:
    """It would be wrong on most days."""
    said = unpacked(DATA / name).decode()
    assert not re.findall(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", said)
