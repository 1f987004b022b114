"""docs/json-lines.md: its example is taken and has every field, and every closed list is named."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from agent_tui.domain.values.records import PersonRecord
from agent_tui.exchange.jsonl import iso_time
from agent_tui.exchange.shape import to_person

PAGE = (Path(__file__).parents[2] / "docs" / "json-lines.md").read_text(encoding="utf-8")
EXAMPLE = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.S)[0])


def _parts(hint: Any) -> list[Any]:
    """What a field is made of: the members of a tuple or of a choice."""
    if get_origin(hint) in (tuple, UnionType):
        return [part for inner in get_args(hint) for part in _parts(inner)]
    return [hint]


def _records(record: Any, example: Any) -> list[tuple[Any, Any]]:
    """Each kind of record with its place in the example."""
    found = [(record, example)]
    for name, hint in get_type_hints(record).items():
        for part in _parts(hint):
            if is_dataclass(part):
                inner = example[name]
                found += _records(part, inner[0] if isinstance(inner, list) else inner)
    return found


def test_the_example_is_taken() -> None:
    person = to_person(json.loads(json.dumps(EXAMPLE)), lambda text: iso_time(text, zone=UTC))
    assert person.interactions[0].opened_at == datetime(2026, 11, 9, 9, 20, tzinfo=UTC)
    assert person.ties[0].to == "c-1002"


def test_the_example_has_every_field() -> None:
    for record, example in _records(PersonRecord, EXAMPLE):
        assert set(example) == {field.name for field in fields(record)}, record.__name__


def test_every_closed_list_is_named() -> None:
    seen = 0
    for record, _example in _records(PersonRecord, EXAMPLE):
        for hint in get_type_hints(record).values():
            for part in _parts(hint):
                if get_origin(part) is Literal:
                    seen += 1
                    for value in get_args(part):
                        assert f"`{value}`" in PAGE, value
    assert seen > 8
