from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.values.records import (
    CaseRecord,
    ContactPointRecord,
    CustomerRecord,
    FactRecord,
    InteractionRecord,
    MessageRecord,
    NoteRecord,
    PersonRecord,
    TieRecord,
)
from agent_tui.services import importing
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON
from tests.services.importing_desk import Intake, integrity, person
from tests.text.nasty import NASTY
from tests.text.strategies import real_data

SHOWN = (
    "SELECT name FROM customers",
    "SELECT value FROM contact_points",
    "SELECT text FROM messages",
    "SELECT text FROM notes",
    "SELECT text FROM facts",
    "SELECT topic FROM interaction_topics",
)


def hostile(text: str, external_id: str) -> PersonRecord:
    """A person who has the text everywhere."""
    points = tuple(
        ContactPointRecord(kind, text)
        for kind in ("phone", "email", "handle", "account", "order", "address")
        if len(text) <= 1_000
    )
    return PersonRecord(
        CustomerRecord("A " + text[:900], external_id, contact_points=points),
        interactions=(
            InteractionRecord(
                external_id=external_id,
                agenda=text,
                topics=(text[:900],),
                messages=(MessageRecord(text, "customer"),),
                notes=(NoteRecord(text),),
            ),
        ),
        facts=(FactRecord(text),),
        cases=(CaseRecord("order", text[:900], external_id=text[:900]),),
    )


def take_hostile(intake: Intake, texts: list[str]) -> None:
    records = [hostile(text, str(number)) for number, text in enumerate(texts)]
    counts = intake.take(*records)
    assert not intake.rejects
    assert counts.created == len(texts)
    for sql in SHOWN:
        assert all(is_clean(text) for (text,) in intake.rows(sql))
    before = intake.dump()
    assert intake.take(*records).unchanged == len(texts)
    assert intake.dump() == before


def test_hostile_texts_are_taken_and_made_harmless(migrated_url: str) -> None:
    intake = Intake(migrated_url)
    take_hostile(intake, NASTY)
    intake.desk.close()


def test_hostile_texts_as_names_are_taken_or_handed_back(migrated_url: str) -> None:
    intake = Intake(migrated_url)
    counts = intake.take(*(person(text, str(n)) for n, text in enumerate(NASTY)))
    assert counts.rows == counts.created + counts.rejected
    assert counts.rejected < 6
    intake.desk.close()


def test_the_list_of_naughty_strings_is_taken(migrated_url: str) -> None:
    text = next(real_data("blns").glob("*.txt")).read_text(encoding="utf-8")
    intake = Intake(migrated_url)
    take_hostile(intake, [line for line in text.splitlines() if not line.startswith("#")])
    intake.desk.close()


moments = st.none() | st.integers(0, 3).map(lambda days: NOON - timedelta(days=9 - days))
texts = st.sampled_from(["yes", "no", "", "#late order"])
talks = st.builds(
    InteractionRecord,
    channel=st.sampled_from(["phone", "chat"]),
    external_id=st.none() | st.sampled_from(["t1", "t2"]),
    opened_at=moments,
    agent=st.none() | st.sampled_from(["mira", "noor", "not one word"]),
    outcome=st.none() | texts,
    messages=st.lists(
        st.builds(
            MessageRecord,
            text=texts,
            speaker=st.just("customer"),
            external_id=st.none() | st.sampled_from(["m1", "m2"]),
        ),
        max_size=3,
    ).map(tuple),
    notes=st.lists(st.builds(NoteRecord, text=texts, at=moments), max_size=2).map(tuple),
)
points = st.builds(
    ContactPointRecord,
    kind=st.just("phone"),
    value=st.sampled_from(["020 7946 0018", "+44 20 7946 0018", "020 7946 0019"]),
    preferred=st.booleans(),
)
customers = st.builds(
    CustomerRecord,
    name=st.sampled_from(["Ada Hart", "Bo Lind", " "]),
    external_id=st.none() | st.sampled_from(["1", "2", "3"]),
    city=st.none() | st.sampled_from(["York", "Leeds"]),
    contact_points=st.lists(points, max_size=2).map(tuple),
)
people = st.builds(
    PersonRecord,
    customer=customers,
    interactions=st.lists(talks, max_size=2).map(tuple),
    facts=st.lists(st.builds(FactRecord, text=texts), max_size=2).map(tuple),
    ties=st.lists(
        st.builds(TieRecord, to=st.sampled_from(["1", "2", "9"]), kind=st.just("colleague")),
        max_size=1,
    ).map(tuple),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=st.lists(people, max_size=6), size=st.integers(1, 6))
def test_whatever_comes_is_counted_and_settles(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, records: list[PersonRecord], size: int
) -> None:
    monkeypatch.setattr(importing, "BATCH_PEOPLE", size)
    with tempfile.TemporaryDirectory() as folder:
        path = str(shutil.copy(sqlite_template, Path(folder) / "desk.sqlite"))
        intake = Intake(f"sqlite:///{path}")
        first = intake.take(*records)
        assert first.rows == len(records)
        assert first.rows == first.created + first.updated + first.unchanged + first.rejected
        assert first.rejected == len(intake.rejects)
        before = intake.dump()
        second = intake.take(*records)
        assert (second.unchanged, second.rejected) == (
            first.rows - first.rejected,
            first.rejected,
        )
        assert intake.dump() == before
        intake.desk.close()
        assert integrity(path) == "ok"


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records=st.lists(people, max_size=6), size=st.integers(1, 6))
def test_a_dry_run_counts_what_the_real_one_does(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, records: list[PersonRecord], size: int
) -> None:
    monkeypatch.setattr(importing, "BATCH_PEOPLE", size)
    with tempfile.TemporaryDirectory() as folder:
        path = str(shutil.copy(sqlite_template, Path(folder) / "desk.sqlite"))
        intake = Intake(f"sqlite:///{path}")
        dry = intake.take(*records, dry_run=True)
        assert dry == intake.take(*records)
        intake.desk.close()
