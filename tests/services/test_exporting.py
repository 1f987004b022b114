"""An export holds what Recent lists, is written as it is read, and leaves an event behind."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from agent_tui.domain.values.filters import Choice, Filter
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.records import (
    CustomerRecord,
    InteractionRecord,
    PersonRecord,
    SourceRow,
)
from agent_tui.errors import Interrupted
from agent_tui.exchange.interaction_rows import COLUMNS, Write, as_object
from agent_tui.exchange.interactions_csv import Csv, as_text
from agent_tui.exchange.interactions_jsonl import JsonLines
from agent_tui.services.desk import Desk
from agent_tui.services.exporting import PAGE
from tests.builders import NOON
from tests.text.nasty import NASTY
from tests.tui.naughty import NAUGHTY

EVERYTHING = Filter()
UNMET = Filter((Choice("met", ("no",)),))


class Kept:
    """Keeps what it is given; fails at the row that it is told to fail at."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.found: list[Interaction] = []
        self._fails_at = fails_at

    def begin(self) -> None:
        assert not self.found

    def add(self, one: Interaction) -> None:
        if len(self.found) == self._fails_at:
            raise OSError("full")
        self.found.append(one)


def exported(desk: Desk) -> list[str]:
    """The counts of the events that exports left."""
    rows = desk.store.reader().rows(
        "SELECT detail FROM events WHERE kind = 'interactions.exported' ORDER BY sequence"
    )
    return [row[0] for row in rows]


def talks(desk: Desk, texts: Sequence[str]) -> None:
    """An interaction a text, which stands in each of its fields; every third is unmet."""
    person = PersonRecord(
        CustomerRecord(external_id="k1", name="=Katherine"),
        interactions=tuple(
            InteractionRecord(
                opened_at=NOON - timedelta(seconds=number),
                agenda=text,
                outcome=text,
                met="yes" if number % 3 else "no",
                topics=(text, "boiler"),
            )
            for number, text in enumerate(texts)
        ),
    )
    rows = [SourceRow(1, "", person)]
    rejected: list[Any] = []
    desk.importing.take(rows, source="crm", rejected=rejected.append)
    assert rejected == []


def test_it_holds_what_recent_lists(mira: Desk) -> None:
    talks(mira, ["boiler"] * 8)
    for wanted, count in ((EVERYTHING, 8), (UNMET, 3)):
        kept = Kept()
        assert mira.exporting.interactions(wanted, kept) == count
        page = mira.browsing.page(wanted, limit=50)
        assert kept.found == [row.interaction for row in page.rows]
        assert mira.browsing.count(wanted).count == count
    assert exported(mira) == ["8", "3"]


def test_pages_and_giving_up(mira: Desk) -> None:
    talks(mira, ["boiler"] * (PAGE + 3))
    heard: list[int] = []
    assert mira.exporting.interactions(EVERYTHING, Kept(), progress=heard.append) == PAGE + 3
    assert heard == [0, PAGE]
    kept = Kept()
    with pytest.raises(Interrupted):
        mira.exporting.interactions(EVERYTHING, kept, is_given_up=lambda: len(kept.found) == PAGE)
    assert len(kept.found) == PAGE
    assert exported(mira) == [str(PAGE + 3), str(PAGE)]


def test_what_fails_on_the_way_is_told_too(mira: Desk) -> None:
    talks(mira, ["boiler"] * 3)
    with pytest.raises(OSError, match="full"):
        mira.exporting.interactions(EVERYTHING, Kept(fails_at=2))
    assert exported(mira) == ["2"]


def test_what_comes_meanwhile_is_not_in_it(mira: Desk, asha: Desk) -> None:
    class Meanwhile(Kept):
        def add(self, one: Interaction) -> None:
            if not self.found:
                asha.registering.customer("Somebody Else")
                talks(asha, ["another"] * 9)
            super().add(one)

    talks(mira, ["boiler"] * 2)
    kept = Meanwhile()
    assert mira.exporting.interactions(EVERYTHING, kept) == 2


@pytest.mark.parametrize("format", [Csv, JsonLines])
def test_hostile_words_come_back(mira: Desk, format: Any) -> None:
    talks(mira, [*NAUGHTY, *(text for text in NASTY if len(text) < 900)])
    rows = [row.interaction for row in mira.browsing.page(EVERYTHING, limit=200).rows]
    assert len(rows) > 40
    out = io.BytesIO()
    write: Write = out.write
    assert mira.exporting.interactions(EVERYTHING, format(write)) == len(rows)
    text = out.getvalue().decode()
    if format is JsonLines:
        assert [json.loads(line) for line in text.splitlines()] == list(map(as_object, rows))
        return
    found = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [tuple(row) for row in found] == [COLUMNS] * len(rows)
    for row, one in zip(found, rows, strict=True):
        assert row["customer"] == "'=Katherine"
        assert row["agenda"] == as_text(one.agenda or "")
        assert row["outcome"] == as_text(one.outcome or "")
        assert row["topics"] == as_text("; ".join(one.topics))
