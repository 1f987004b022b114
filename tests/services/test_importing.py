from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest

from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.records import (
    ContactPointRecord,
    CustomerRecord,
    FactRecord,
    InteractionRecord,
    MessageRecord,
    PersonRecord,
    RejectedRow,
)
from agent_tui.errors import UsageError
from agent_tui.services import importing
from agent_tui.services.importing import ImportCounts
from tests.services.importing_desk import Intake, person, rows_of


@pytest.fixture
def intake(migrated_url: str) -> Iterator[Intake]:
    intake = Intake(migrated_url)
    yield intake
    intake.desk.close()


def test_new_people_are_created_and_findable(intake: Intake) -> None:
    counts = intake.take(person("Ada Hart", "1", company="Loom Ltd", city="York"))
    assert counts == ImportCounts(rows=1, created=1)
    row = intake.rows(
        "SELECT source, external_id, name, given_name, family_name, company, city, number, version "
        "FROM customers"
    )
    assert row == [("crm", "1", "Ada Hart", "Ada", "Hart", "Loom Ltd", "York", 1, 1)]
    words = intake.rows("SELECT word, field FROM index_postings WHERE field <> 6")
    assert sorted(words) == [("ada", 1), ("hart", 1), ("loom", 2), ("ltd", 2), ("york", 3)]
    beginnings = intake.rows("SELECT word FROM index_postings WHERE field = 6 ORDER BY word")
    assert beginnings == [("a",), ("ad",), ("h",), ("ha",)]


def test_phone_numbers_get_their_normal_form(intake: Intake) -> None:
    intake.take(person(phone="020 7946 0018"))
    points = intake.rows("SELECT kind, value, normal, reversed FROM contact_points")
    assert points == [("phone", "020 7946 0018", "+442079460018", "810064970244+")]


def test_a_contact_point_that_nothing_matches_is_kept(intake: Intake) -> None:
    intake.take(person(phone="ask Reception"))
    points = intake.rows("SELECT value, normal FROM contact_points")
    assert points == [("ask Reception", "ask reception")]


def test_a_point_that_the_file_has_twice_is_one(intake: Intake) -> None:
    points = (
        ContactPointRecord("phone", "020 7946 0018"),
        ContactPointRecord("phone", "+44 20 7946 0018", preferred=True, consent="given"),
    )
    intake.take(PersonRecord(CustomerRecord("Ada Hart", contact_points=points)))
    stored = intake.rows("SELECT value, preferred, consent FROM contact_points")
    assert stored == [("020 7946 0018", True, "given")]


def test_what_is_known_is_updated_and_nothing_is_taken_away(intake: Intake) -> None:
    intake.take(person("Ada Hart", "1", phone="020 7946 0018", company="Loom Ltd"))
    counts = intake.take(person("Ada Hart", "1", phone="020 7946 0019", city="York"))
    assert counts == ImportCounts(rows=1, updated=1)
    customers = intake.rows("SELECT company, city, version FROM customers")
    assert customers == [("Loom Ltd", "York", 2)]
    assert intake.one("SELECT count(*) FROM contact_points") == 2
    assert ("york",) in intake.rows("SELECT word FROM index_postings")


def test_a_new_name_brings_new_parts_of_the_name(intake: Intake) -> None:
    intake.take(person("Ada Hart"))
    intake.take(person("Ada van Dijk"))
    assert intake.rows("SELECT given_name, family_name FROM customers") == [("Ada", "van Dijk")]
    words = intake.rows("SELECT word FROM index_postings WHERE field < 4")
    assert sorted(words) == [("ada",), ("dijk",), ("van",)]


def test_preferences_and_consent_are_updated_where_the_file_has_them(intake: Intake) -> None:
    def row(**given: object) -> PersonRecord:
        point = ContactPointRecord("email", "ada@loom.example", **given)  # type: ignore[arg-type]
        return PersonRecord(CustomerRecord("Ada Hart", "1", contact_points=(point,)))

    intake.take(row(preferred=True, consent="given"))
    assert intake.take(row()).unchanged == 1
    assert intake.take(row(consent="withdrawn")).updated == 1
    assert intake.rows("SELECT preferred, consent, version FROM contact_points") == [
        (True, "withdrawn", 2)
    ]


def test_the_same_file_again_changes_nothing(intake: Intake) -> None:
    records = [
        person("Ada Hart", "1", phone="020 7946 0018", city="York"),
        person("Bo Lind", "2", facts=(FactRecord("likes mornings"),)),
        person("Ada Hart", "1", city="Leeds"),
        person("Cy Moss", None, phone="020 7946 0020"),
        person("Ada Hart", "1", phone="020 7946 0018", city="York"),
    ]
    first = intake.take(*records)
    assert first == ImportCounts(rows=5, created=3, updated=2)
    assert intake.rows("SELECT city FROM customers WHERE external_id = '1'") == [("York",)]
    before = intake.dump()
    assert intake.take(*records) == ImportCounts(rows=5, unchanged=5)
    assert intake.dump() == before


def test_an_older_file_again_takes_back_what_a_newer_one_changed(intake: Intake) -> None:
    older, newer = person(city="York"), person(city="Leeds")
    intake.take(older)
    intake.take(newer)
    assert intake.take(older).updated == 1
    assert intake.one("SELECT city FROM customers") == "York"


def test_a_repeated_id_settles_even_where_the_first_row_was_known(intake: Intake) -> None:
    one, two, three = person(city="York"), person(city="Leeds"), person(city="Bath")
    intake.take(one, two)
    intake.take(one, three)
    before = intake.dump()
    assert intake.take(one, three) == ImportCounts(rows=2, unchanged=2)
    assert intake.dump() == before


def test_rows_that_bring_nothing_new_stay_known_beside_those_that_do(intake: Intake) -> None:
    intake.take(person(city="York", company="Loom Ltd"))
    less, other = person(city="York"), person(city="Leeds")
    assert intake.take(less, other) == ImportCounts(rows=2, updated=1, unchanged=1)
    assert intake.take(less, other) == ImportCounts(rows=2, unchanged=2)
    assert intake.one("SELECT city FROM customers") == "Leeds"


def test_without_an_id_name_and_all_points_say_who_it_is(intake: Intake) -> None:
    first = person("Ada Hart", None, phone="020 7946 0018")
    assert intake.take(first, person("Ada Hart", None)).created == 2
    same = person("Ada Hart", None, phone="+44 (0)20 7946 0018", city="York")
    assert intake.take(same) == ImportCounts(rows=1, updated=1)
    assert intake.take(same, source="elsewhere") == ImportCounts(rows=1, unchanged=1)
    assert intake.one("SELECT count(*) FROM customers") == 2


def test_an_id_is_one_sources_own(intake: Intake) -> None:
    intake.take(person("Ada Hart", "1"))
    assert intake.take(person("Bo Lind", "1"), source="shop").created == 1


def test_batches_do_not_change_what_is_counted(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [person("Ada Hart", "1", city=city) for city in ("York", "Leeds", "York", "York")]
    monkeypatch.setattr(importing, "BATCH_PEOPLE", 1)
    seen: list[int] = []
    dry = intake.take(*records, dry_run=True)
    counts = intake.take(*records, progress=lambda counts: seen.append(counts.rows))
    assert dry == counts == ImportCounts(rows=4, created=1, updated=2, unchanged=1)
    assert seen == [1, 2, 3, 4]
    assert intake.take(*records) == ImportCounts(rows=4, unchanged=4)


def test_a_batch_ends_with_much_said_too(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH_PARTS", 4)
    talk = InteractionRecord(messages=(MessageRecord("hello", "customer"),))
    records = [person(f"Ada {n}", str(n), interactions=(talk,)) for n in range(5)]
    seen: list[int] = []
    intake.take(*records, progress=lambda counts: seen.append(counts.rows))
    assert seen == [2, 4, 5]


def test_a_dry_run_stores_nothing(intake: Intake) -> None:
    before = intake.dump()
    talk = InteractionRecord(channel="chat", external_id="t1", agent="newcomer")
    counts = intake.take(person(interactions=(talk,)), dry_run=True)
    assert counts == ImportCounts(rows=1, created=1)
    assert intake.dump() == before


def test_what_cannot_be_taken_is_handed_back_and_the_rest_is_taken(intake: Intake) -> None:
    rows = rows_of(
        [
            person("Ada Hart", "1"),
            person("\u200b\u2060\u3164", "2"),
            person(" \t", "3"),
            person("x" * 1_001, "4"),
            person("Bo Lind", "5", facts=(FactRecord("x" * 100_001),)),
            person("Cy Moss", "6", company="y" * 1_001),
            person("Di Nash", "7", interactions=(InteractionRecord(agent="two words"),)),
            person("Ed Orr", "é" * 901),
        ]
    )
    unread = RejectedRow(9, "not JSON", "{")
    counts = intake.take_rows([*rows, unread])
    assert counts == ImportCounts(rows=9, created=1, rejected=8)
    assert [(reject.line, reject.raw) for reject in intake.rejects] == [
        (2, "row 2"),
        (3, "row 3"),
        (4, "row 4"),
        (5, "row 5"),
        (6, "row 6"),
        (7, "row 7"),
        (8, "row 8"),
        (9, "{"),
    ]
    reasons = " | ".join(reject.reason for reject in intake.rejects)
    for said in ("no visible", "customer.name is empty", "facts[0].text", "company", "two words"):
        assert said in reasons
    assert intake.rows("SELECT name FROM customers") == [("Ada Hart",)]
    assert intake.rows("SELECT handle FROM agents") == [("mira",)]


@pytest.mark.parametrize("source", [" ", *get_args(ChannelName), " chat\n"])
def test_a_source_has_a_name_that_no_channel_has(intake: Intake, source: str) -> None:
    with pytest.raises(UsageError, match="name"):
        intake.desk.importing.take([], source=source)


def test_each_change_is_an_event(intake: Intake) -> None:
    intake.take(person("Ada Hart", "1"), person("Bo Lind", "2"))
    intake.take(person("Ada Hart", "1", city="York"), person("Bo Lind", "2"))
    events = intake.rows(
        "SELECT e.kind, c.name, e.detail FROM events e "
        "LEFT JOIN customers c ON c.id = e.customer_id "
        "WHERE e.kind <> 'agent.added' ORDER BY e.sequence"
    )
    assert events == [
        ("customer.imported", "Ada Hart", None),
        ("customer.imported", "Bo Lind", None),
        ("import.finished", None, "2+0"),
        ("customer.updated", "Ada Hart", None),
        ("import.finished", None, "0+1"),
    ]


def test_whoever_watches_hears_of_every_customer(intake: Intake) -> None:
    feed = intake.desk.store.feed()
    try:
        intake.take(person("Ada Hart", "1"), person("Bo Lind", "2"))
        kinds = [change.kind for change in feed.wait(5.0)]
    finally:
        feed.close()
    assert kinds.count("customer.imported") == 2


class _Killed(Exception):
    pass


def test_a_broken_import_leaves_whole_batches_and_is_completed(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_PEOPLE", 2)
    records = [person(f"Ada {n}", str(n), facts=(FactRecord("new"),)) for n in range(5)]
    records.append(person("Ada 0", "0", city="York"))

    def broken() -> Iterator[object]:
        yield from rows_of(records)[:3]
        raise _Killed

    with pytest.raises(_Killed):
        intake.take_rows(broken())  # type: ignore[arg-type]
    assert intake.rows("SELECT name FROM customers ORDER BY number") == [("Ada 0",), ("Ada 1",)]
    assert intake.one("SELECT count(*) FROM facts") == 2
    again = intake.take(*records)
    assert again == ImportCounts(rows=6, created=3, updated=1, unchanged=2)
    before = intake.dump()
    assert intake.take(*records) == ImportCounts(rows=6, unchanged=6)
    assert intake.dump() == before
