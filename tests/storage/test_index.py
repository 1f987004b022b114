"""The customer index on both databases: kept up with every change, found by every reader."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from agent_tui.domain.tables import Case, ContactPoint, Customer, Interaction, Promise
from agent_tui.domain.values.index import ContactEntry, IndexEntry
from agent_tui.search.finder import Finder
from agent_tui.search.port import IndexStore
from agent_tui.storage.engines import writing_engine
from agent_tui.storage.index_store import SqlIndexStore
from agent_tui.storage.index_upkeep import index_contacts, index_customers
from agent_tui.storage.location import locate
from agent_tui.storage.reader import Reader, Row, open_reader
from agent_tui.storage.unit import UnitOfWork, writing
from agent_tui.text import names
from tests.storage.indexes import afresh, index_of
from tests.storage.records import is_of_records
from tests.text.nasty import NASTY
from tests.text.strategies import anything, clean_lines

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
Write = Callable[[], AbstractContextManager[UnitOfWork]]


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    engine = writing_engine(locate(migrated_url))
    yield engine
    engine.dispose()


@pytest.fixture
def write(engine: Engine) -> Write:
    return lambda: writing(engine, now=NOW, agent_id=None)


@pytest.fixture
def reader(migrated_url: str) -> Iterator[Reader]:
    with closing(open_reader(locate(migrated_url))) as reader:
        yield reader


@pytest.fixture
def find(reader: Reader) -> Finder:
    return Finder(SqlIndexStore(reader), region="GB", now=lambda: NOW)


def add(unit: UnitOfWork, name: str, **more: Any) -> Customer:
    """A customer with an index entry; phone and email become contact points."""
    points = {kind: more.pop(kind) for kind in ("phone", "email") if kind in more}
    number = unit.take_numbers("customers", 1)
    customer = Customer(number=number, name=name, created_at=NOW, updated_at=NOW, **more)
    unit.add(customer)
    for kind, value in points.items():
        normal = value.replace(" ", "")
        unit.add(
            ContactPoint(
                customer_id=customer.id,
                kind=kind,
                value=value,
                normal=normal,
                reversed=normal[::-1],
                created_at=NOW,
            )
        )
        index_contacts(unit, [ContactEntry(number, kind, normal)])
    index_customers(unit, [IndexEntry(number, name, customer.company, customer.city)])
    return customer


def found(finder: Finder, query: str) -> list[str]:
    return [hit.name for hit in finder.find(query).hits]


def test_a_store_on_a_database_is_what_the_finder_needs(reader: Reader) -> None:
    store: IndexStore = SqlIndexStore(reader)
    assert store.size() == 0


def test_the_size_of_the_register_is_told_without_counting_it(
    write: Write, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    with write() as unit:
        for name in ("Katherine Smith", "Ravi Bose", "Joaquín Wiśniewska"):
            add(unit, name)
    with suppress(RuntimeError), write() as unit:
        add(unit, "Nobody")
        raise RuntimeError("taken back")
    with write() as unit:
        add(unit, "Mercy Nakamura")
    asked: list[str] = []
    rows = reader.rows_planned_once

    def watched(sql: str, **named: object) -> list[Row]:
        asked.append(sql)
        return rows(sql, **named)

    monkeypatch.setattr(reader, "rows_planned_once", watched)
    assert SqlIndexStore(reader).size() == 4
    assert not any("count(" in sql for sql in asked)


def test_an_added_changed_and_removed_person_is_found_so_by_another_reader(
    write: Write, find: Finder, reader: Reader
) -> None:
    with write() as unit:
        number = add(unit, "Katherine Smith", company="Northwind").number
    assert found(find, "kathrin smth") == ["Katherine Smith"]
    with write() as unit:
        index_customers(
            unit,
            [IndexEntry(number, "Katherine Jones", "Northwind")],
            before=[IndexEntry(number, "Katherine Smith", "Northwind")],
        )
        unit.execute("UPDATE customers SET name = 'Katherine Jones'")
    assert found(find, "smth") == []
    assert found(find, "jnes northwind") == ["Katherine Jones"]
    with write() as unit:
        index_customers(
            unit,
            [IndexEntry(number, "")],
            before=[IndexEntry(number, "Katherine Jones", "Northwind")],
        )
    assert found(find, "katherine") == []
    assert index_of(reader) == ({}, {})


def test_what_was_undone_is_not_in_the_index(write: Write, reader: Reader) -> None:
    def fail_halfway() -> None:
        with write() as unit:
            add(unit, "Katherine Smith")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert index_of(reader) == ({}, {})


def test_thousands_at_once_and_the_last_of_several_entries(write: Write, reader: Reader) -> None:
    entries = [IndexEntry(n, f"Given{n % 50} Family{n}", "Same Ltd") for n in range(1, 6_001)]
    with write() as unit:
        index_customers(unit, [IndexEntry(1, "Somebody Else"), *entries])
    assert index_of(reader) == afresh(entries)
    with write() as unit:
        index_customers(unit, entries, before=entries)
    assert index_of(reader) == afresh(entries)


Steps = list[list[tuple[int, str, str | None]]]
_few_words = st.one_of(
    st.lists(st.sampled_from(("anna", "bo", "smith", "smyth", "lee")), max_size=3).map(" ".join),
    clean_lines,
    st.sampled_from(NASTY).filter(lambda text: "\x00" not in text),
)
_steps = st.lists(
    st.lists(
        st.tuples(st.integers(1, 6), _few_words, st.none() | _few_words), min_size=1, max_size=5
    ),
    min_size=1,
    max_size=5,
)


@given(_steps)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_changes_leave_the_index_as_one_built_afresh(
    write: Write, reader: Reader, steps: Steps
) -> None:
    with write() as unit:
        unit.execute("DELETE FROM index_postings")
        unit.execute("DELETE FROM index_roads")
    state: dict[int, IndexEntry] = {}
    for step in steps:
        entries = [IndexEntry(number, name, company) for number, name, company in step]
        with write() as unit:
            index_customers(unit, entries, before=list(state.values()))
        state |= {entry.number: entry for entry in entries}
    assert index_of(reader) == afresh(list(state.values()))


def test_writers_at_the_same_time_leave_a_right_index(
    migrated_postgres_url: str,
) -> None:
    engine = writing_engine(locate(migrated_postgres_url))
    failures: list[Exception] = []

    def work(worker: int) -> None:
        try:
            for turn in range(10):
                with writing(engine, now=NOW, agent_id=None) as unit:
                    before = mine(worker, turn - 1) if turn else []
                    index_customers(unit, mine(worker, turn), before=before)
        except Exception as error:
            failures.append(error)

    def mine(worker: int, turn: int) -> list[IndexEntry]:
        return [IndexEntry(worker, f"Smith Word{turn} Own{worker}", f"Word{9 - turn} Ltd")]

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert failures == []
    with closing(open_reader(locate(migrated_postgres_url))) as reader:
        assert index_of(reader) == afresh([mine(worker, 9)[0] for worker in range(1, 5)])


def test_finds_by_contact_point_case_and_id(write: Write, find: Finder) -> None:
    with write() as unit:
        kate = add(unit, "Katherine Smith", phone="+44 20 7946 0018", email="k.smith@northwind.com")
        ava = add(unit, "Ava Nguyen", source="shop", external_id="mia_li_3668")
        unit.add(
            Case(
                customer_id=ava.id,
                kind="order",
                title="Boiler",
                external_id="#W2611340",
                normal="W2611340",
                opened_at=NOW,
            )
        )
    for query in (
        "020 7946 0018",
        "60018",
        "020 79",
        "94600",
        "k.smith@",
        "@northwind",
        "kate 0018",
    ):
        hits = find.find(query).hits
        assert [hit.customer_id for hit in hits] == [kate.id], query
        assert hits[0].contact == "+44 20 7946 0018"
    for query in ("w261", "#W2611340", "mia_li_3668"):
        assert [hit.customer_id for hit in find.find(query).hits] == [ava.id], query


def test_a_list_shows_what_is_open_and_who_waits_comes_first(
    write: Write, find: Finder, reader: Reader
) -> None:
    store = SqlIndexStore(reader)
    hour = timedelta(hours=1)
    with write() as unit:
        people = [add(unit, "Ann Lee", last_contact_at=NOW - 24 * hour) for _ in range(5)]
        _, late, promised, complaint, waiting = (person.id for person in people)
        unit.add(
            Promise(customer_id=late, side="ours", text="x", due_at=NOW - hour, created_at=NOW)
        )
        unit.add(
            Promise(customer_id=promised, side="ours", text="x", due_at=NOW + hour, created_at=NOW)
        )
        unit.add(
            Promise(
                customer_id=promised, side="theirs", text="x", due_at=NOW - hour, created_at=NOW
            )
        )
        unit.add(Case(customer_id=complaint, kind="complaint", title="x", opened_at=NOW))
        unit.add(Case(customer_id=late, kind="complaint", title="x", state="closed", opened_at=NOW))
        unit.add(
            Interaction(
                customer_id=waiting, channel="phone", direction="in", state="ringing", opened_at=NOW
            )
        )
    hits = find.find("ann lee").hits
    assert hits[0].customer_id == waiting
    assert {hit.customer_id: hit.matters for hit in hits} == {
        people[0].id: (),
        late: ("promise_late",),
        promised: ("promise",),
        complaint: ("complaint",),
        waiting: ("waiting",),
    }
    listings = store.listings([1, 2, 3, 4, 5])().of.values()
    shown = {listing.customer_id: listing.number for listing in listings}
    assert store.pressing(9) == [shown[late], shown[promised], shown[complaint]]
    assert store.pressing(1) == [shown[late], shown[complaint]]


def test_a_late_promise_hides_none_that_is_not_late(write: Write, reader: Reader) -> None:
    with write() as unit:
        ann = add(unit, "Ann Lee")
        for due_at in (NOW - timedelta(hours=1), NOW + timedelta(hours=1), None):
            unit.add(
                Promise(customer_id=ann.id, side="ours", text="x", due_at=due_at, created_at=NOW)
            )
    standings = SqlIndexStore(reader).standings([ann.number, 404], NOW)()
    assert {number: one.matters for number, one in standings.items()} == {
        ann.number: ("promise_late", "promise")
    }


def test_a_promise_without_a_due_time_is_not_late(write: Write, reader: Reader) -> None:
    with write() as unit:
        ann = add(unit, "Ann Lee")
        unit.add(Promise(customer_id=ann.id, side="ours", text="x", created_at=NOW))
    assert SqlIndexStore(reader).standings([ann.number], NOW)()[ann.number].matters == ("promise",)


def test_the_preferred_contact_point_is_shown(write: Write, find: Finder) -> None:
    with write() as unit:
        ann = add(unit, "Ann Lee", phone="+44 1", email="ann@x.org")
    assert find.find("ann").hits[0].contact == "+44 1"
    with write() as unit:
        unit.execute("UPDATE contact_points SET preferred = (kind = 'email')")
    assert find.find("ann").hits[0].contact == "ann@x.org"
    assert find.find("").hits[0].customer_id == ann.id


def test_recent_customers_come_before_those_never_in_contact(write: Write, reader: Reader) -> None:
    with write() as unit:
        numbers = [
            add(unit, "Ann Lee", last_contact_at=at).number
            for at in (None, NOW - timedelta(days=9), NOW, None)
        ]
    never, old, new, never_too = numbers
    store = SqlIndexStore(reader)
    assert store.recent(10) == [new, old, never_too, never]
    assert store.recent(1) == [new]
    assert store.in_contact(10) == [new, old]
    assert store.in_contact(1) == [new]


def test_whose_names_begin_so_is_known_of_all_and_of_some(write: Write, reader: Reader) -> None:
    with write() as unit:
        gia, gil, two, far, none = (
            add(unit, name).number for name in ("Gia Lo", "Lo-Gil", "Gi Ma Lo", "하승현", "Leo Agi")
        )
    store = SqlIndexStore(reader)
    assert store.begun(["gi"]) == store.begun(["gi", "lo"]) == [gia, gil, two]
    assert store.begun(["g", "m"]) == [two]
    assert store.begun(["se"]) == store.begun(["ha", "s"]) == [far]
    assert store.begun(["zz"]) == store.begun(["g", "zz"]) == []
    assert store.begun_among("gi", [gia, two, none]) == [gia, two]
    assert store.begun_among("l", [none, gil]) == [gil, none]
    assert store.begun_among("gi", []) == store.begun_among("zz", [gia]) == []


def test_prefixes_are_ranges_of_bytes(write: Write, reader: Reader) -> None:
    with write() as unit:
        add(unit, "Zoe Zo Zu", email="Ö_%@x.org")
        add(unit, "Zoë Zola", email="ÖÄ@x.org")
    store = SqlIndexStore(reader)
    assert store.starting("zo", 9)() == ({"zo": 1, "zoe": 2, "zola": 1}, False)
    assert store.starting("zo", 2)() == ({"zo": 1, "zoe": 2}, True)
    assert store.counts(["zoe", "zo", "nobody"]) == {"zoe": 2, "zo": 1}
    begin = store.pointed(cases=[], starts=["Ö_"], ends=[], limit=9)()
    assert [hit.value for hit in begin] == ["Ö_%@x.org"]
    assert [hit.value for hit in store.references_holding("_%@", 9)] == ["Ö_%@x.org"]
    end = store.pointed(cases=[], starts=[], ends=["@x.org"], limit=9)()
    assert {hit.value for hit in end} == {"Ö_%@x.org", "ÖÄ@x.org"}


def test_people_are_found_where_they_live(write: Write, find: Finder) -> None:
    with write() as unit:
        for name, at in (("Ivy Brook", "12 High Street, Bath"), ("Ida Groß", "Weißgasse 5, Köln")):
            normal = names.fold(at)
            customer = add(unit, name)
            unit.add(
                ContactPoint(
                    customer_id=customer.id,
                    kind="address",
                    value=at,
                    normal=normal,
                    reversed=normal[::-1],
                    created_at=NOW,
                )
            )
    for query in ("12 high street", "High Street 12, B", "weissgasse 5"):
        (hit,) = find.find(query).hits[:1]
        assert [match.field for match in hit.why] == ["address"]
    assert find.find("brook 12 h").hits[0].name == "Ivy Brook"
    assert find.find("12 bath road").hits == ()


def test_hostile_queries_are_answered_by_a_database(write: Write, find: Finder) -> None:
    with write() as unit:
        add(unit, "Katherine Smith", phone="+44 20 7946 0018", email="k_%@northwind.com")
    for query in [*NASTY, "%", "_", "%@", "\\", "'", "1e999", "9" * 200, "-1", "0" * 30]:
        assert find.find(query).query == query


@given(anything)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_is_answered_by_a_database(find: Finder, query: str) -> None:
    assert find.find(query).query == query


def test_the_tables_are_as_the_migration_makes_them(engine: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from agent_tui.domain import tables

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_of_records})
        assert compare_metadata(context, tables.with_conditions()) == []
