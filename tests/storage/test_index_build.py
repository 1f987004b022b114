"""The customer index built anew: beside the one in use, while desks write, and after a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.tables import ContactPoint, Customer
from agent_tui.domain.values.index import ContactEntry, IndexEntry
from agent_tui.errors import Conflict
from agent_tui.storage.index_build import catch_up, rebuild, unheard
from agent_tui.storage.index_check import compare
from agent_tui.storage.index_upkeep import index_contacts, index_customers, leave_for_later
from agent_tui.storage.location import locate
from agent_tui.storage.reader import Reader
from agent_tui.storage.schema import bring_up
from agent_tui.storage.store import Store
from agent_tui.storage.unit import UnitOfWork
from tests.processes import run_python
from tests.storage.indexes import index_of, of_the_customers

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
KILLED = """
import os, sys
from datetime import UTC, datetime
from agent_tui.storage.index_build import rebuild
from agent_tui.storage.location import locate
from agent_tui.storage.store import Store
import agent_tui.storage.unit
store = Store(locate(sys.argv[1]))
writing = lambda: store.writing(now=datetime.now(UTC), agent_id=None)
def die_after(done, people):
    if done > people // 2:
        print("half", flush=True)
        os._exit(0)
rebuild(writing, store.reader(), die_after)
"""

Write = Callable[[], AbstractContextManager[UnitOfWork]]


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    with closing(Store(locate(migrated_url))) as store:
        yield store


@pytest.fixture
def write(store: Store) -> Write:
    return lambda: store.writing(now=NOW, agent_id=None)


@pytest.fixture
def reader(store: Store) -> Reader:
    return store.reader()


def add(unit: UnitOfWork, name: str, *normals: str, indexed: bool = True) -> Customer:
    number = unit.take_numbers("customers", 1)
    customer = Customer(number=number, name=name, created_at=NOW, updated_at=NOW)
    unit.add(customer)
    for normal in normals:
        reach(unit, customer, normal, indexed=indexed)
    if indexed:
        index_customers(unit, [IndexEntry(number, name)])
    return customer


def reach(unit: UnitOfWork, customer: Customer, normal: str, *, indexed: bool = True) -> None:
    kind = "email" if "@" in normal else "phone"
    unit.add(
        ContactPoint(
            customer_id=customer.id,
            kind=kind,
            value=normal,
            normal=normal,
            reversed=normal[::-1],
            created_at=NOW,
        )
    )
    if indexed:
        index_contacts(unit, [ContactEntry(customer.number, kind, normal)])


def leave(unit: UnitOfWork, customer: Customer, normal: str) -> None:
    kind = "email" if "@" in normal else "phone"
    unit.execute(
        "DELETE FROM contact_points WHERE customer_id = :id AND normal = :normal",
        id=customer.id,
        normal=normal,
    )
    index_contacts(unit, [], [ContactEntry(customer.number, kind, normal)])


def rename(unit: UnitOfWork, number: int, before: str, name: str) -> None:
    unit.execute(
        "UPDATE customers SET name = :name WHERE number = :number", name=name, number=number
    )
    index_customers(unit, [IndexEntry(number, name)], before=[IndexEntry(number, before)])


def erase(unit: UnitOfWork, customer: Customer) -> None:
    rows = unit.reader.rows(
        "SELECT kind, normal FROM contact_points WHERE customer_id = :id", id=customer.id
    )
    unit.execute("DELETE FROM contact_points WHERE customer_id = :id", id=customer.id)
    (name,) = unit.reader.row("SELECT name FROM customers WHERE id = :id", id=customer.id) or ("",)
    unit.execute("DELETE FROM customers WHERE id = :id", id=customer.id)
    number = customer.number
    index_customers(unit, [IndexEntry(number, "")], before=[IndexEntry(number, name)])
    index_contacts(unit, [], [ContactEntry(number, *row) for row in rows])


_words = st.lists(st.sampled_from(("anna", "smith", "smyth", "Łoś", "van")), min_size=1, max_size=3)
_names = _words.map(" ".join) | st.sampled_from(("하승현", "하 승현", "陆丹", "Li Li"))
_normals = st.sampled_from(("+442079460018", "+442079460999", "a.smith@x.org", "smith@x.org"))
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 3), _names),
        st.tuples(st.just("rename"), st.integers(0, 3), _names),
        st.tuples(st.just("reach"), st.integers(0, 3), _normals),
        st.tuples(st.just("leave"), st.integers(0, 3), _normals),
        st.tuples(st.just("erase"), st.integers(0, 3), st.just("")),
        st.tuples(st.just("undone"), st.integers(0, 3), _names),
    ),
    max_size=12,
)


class Undone(Exception):
    pass


@given(_steps)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_steps_leave_the_index_as_one_built_anew(
    write: Write, reader: Reader, steps: list[tuple[str, int, str]]
) -> None:
    people: dict[int, tuple[Customer, str]] = {}
    points: set[tuple[int, str]] = set()
    for what, who, text in steps:
        known = people.get(who)
        try:
            with write() as unit:
                if what == "add" and not known:
                    people[who] = add(unit, text), text
                elif what == "undone" and known:
                    rename(unit, known[0].number, known[1], text)
                    raise Undone
                elif what == "rename" and known:
                    rename(unit, known[0].number, known[1], text)
                    people[who] = known[0], text
                elif what == "reach" and known and (who, text) not in points:
                    reach(unit, known[0], text)
                    points.add((who, text))
                elif what == "leave" and (who, text) in points and known:
                    leave(unit, known[0], text)
                    points.discard((who, text))
                elif what == "erase" and known:
                    erase(unit, known[0])
                    people.pop(who)
                    points = {point for point in points if point[0] != who}
        except Undone:
            continue
    kept = index_of(reader)
    assert kept == of_the_customers(reader)
    rebuild(write, reader, unheard)
    assert index_of(reader) == kept
    assert compare(reader, unheard).ok
    with write() as unit:
        for customer, _ in people.values():
            erase(unit, customer)
    assert index_of(reader) == ({}, {})


def test_what_changes_while_it_is_built_is_in_the_new_one(write: Write, reader: Reader) -> None:
    with write() as unit:
        kate = add(unit, "Katherine Smith", "+442079460018")
        ava = add(unit, "Ava Nguyen", "ava@x.org")
    told = []

    def change(done: int, people: int) -> None:
        told.append((done, people))
        if len(told) == 1:
            with write() as unit:
                rename(unit, kate.number, "Katherine Smith", "Katherine Jones")
                leave(unit, kate, "+442079460018")
                add(unit, "Zoe Zorn", "+12125550100")
        elif len(told) == 2:
            with write() as unit:
                rename(unit, kate.number, "Katherine Jones", "Katherine Smith")
                erase(unit, ava)

    rebuild(write, reader, change)
    assert told[-1] == (2, 2)
    assert index_of(reader) == of_the_customers(reader)
    assert reader.rows("SELECT * FROM index_changes") == []
    assert compare(reader, unheard).ok


def test_one_that_breaks_off_leaves_the_old_one_in_use(write: Write, reader: Reader) -> None:
    with write() as unit:
        add(unit, "Katherine Smith", "+442079460018")
    before = index_of(reader)

    def break_off(_done: int, _people: int) -> None:
        raise Undone

    with pytest.raises(Undone):
        rebuild(write, reader, break_off)
    assert index_of(reader) == before
    health = compare(reader, unheard)
    assert (health.building, health.different, health.ok) == (True, 0, False)
    with write() as unit:
        add(unit, "Ava Nguyen")
    rebuild(write, reader, unheard)
    assert index_of(reader) == of_the_customers(reader)
    assert compare(reader, unheard).ok


def test_one_that_is_killed_is_completed_by_the_next(
    migrated_url: str, write: Write, reader: Reader
) -> None:
    with write() as unit:
        for number in range(50):
            add(unit, f"Anna Smith{'abcdefghij'[number % 10]}", f"+4420794600{number:02}")
    before = index_of(reader)
    assert run_python(KILLED, migrated_url).strip() == "half"
    assert index_of(reader) == before
    rebuild(write, reader, unheard)
    assert index_of(reader) == before
    assert compare(reader, unheard).ok


def test_of_two_at_once_the_later_one_goes_on(write: Write, reader: Reader) -> None:
    with write() as unit:
        add(unit, "Katherine Smith")
    begun: list[bool] = []

    def begin_another(_done: int, _people: int) -> None:
        if not begun:
            begun.append(True)
            rebuild(write, reader, unheard)

    with pytest.raises(Conflict):
        rebuild(write, reader, begin_another)
    assert index_of(reader) == of_the_customers(reader)


@pytest.mark.parametrize("known", [0, 3])
def test_who_was_left_for_later_is_taken_in(
    write: Write, reader: Reader, monkeypatch: pytest.MonkeyPatch, known: int
) -> None:
    monkeypatch.setattr("agent_tui.storage.index_build._PEOPLE", 2)
    with write() as unit:
        for number in range(known):
            add(unit, f"Known {number}", f"+4420794600{number:02}")
        late = [add(unit, f"Late {n}", f"{n}.late@x.org", indexed=False) for n in range(5)]
        leave_for_later(unit, late[0].number)
        leave_for_later(unit, late[3].number)
    assert index_of(reader) != of_the_customers(reader)
    assert compare(reader, unheard).behind == 5
    catch_up(write, reader, unheard)
    assert index_of(reader) == of_the_customers(reader)
    assert compare(reader, unheard).ok
    catch_up(write, reader, unheard)


def test_many_blocks_pages_and_words_make_one_index(
    write: Write, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_tui.storage.index_people._WORDS", 2)
    monkeypatch.setattr("agent_tui.storage.index_people.PAGE", 1 << 13)
    with write() as unit:
        for first in (1, 8_190, 65_533, 65_535 + 65_536):
            unit.execute("DELETE FROM counters WHERE name = 'customers'")
            unit.take_numbers("customers", first - 1)
            for name in ("Anna Smith", "Anna Anna Smyth", "Łoś van Smith", "Zoe Zorn"):
                add(unit, name, "+442079460018", "+442079460999", "a.smith@x.org", indexed=False)
    told: list[tuple[int, int]] = []
    rebuild(write, reader, lambda done, people: told.append((done, people)))
    assert told == sorted(told)
    assert told[-1] == (16, 16)
    assert index_of(reader) == of_the_customers(reader)
    assert len(index_of(reader)[0]["anna", 1]) == 8
    assert compare(reader, unheard).ok


def test_few_who_were_left_for_later_are_added(write: Write, reader: Reader) -> None:
    with write() as unit:
        add(unit, "Known Person", "+442079460018")
        late = add(unit, "Late Comer", "late@x.org", indexed=False)
        leave_for_later(unit, late.number)
    told: list[tuple[int, int]] = []
    catch_up(write, reader, lambda done, people: told.append((done, people)))
    assert told == [(1, 1)]
    assert index_of(reader) == of_the_customers(reader)


def test_the_comparison_names_what_differs(write: Write, reader: Reader) -> None:
    with write() as unit:
        add(unit, "Katherine Smith", "+442079460018", "kate@x.org")
        add(unit, "Ava Smith")
    assert compare(reader, unheard).ok
    with write() as unit:
        unit.execute("UPDATE customers SET name = 'Ava Jones' WHERE name = 'Ava Smith'")
        unit.execute("DELETE FROM index_postings WHERE word IN ('katherine', '0018')")
        unit.execute("DELETE FROM index_postings WHERE word = 'x.org'")
    health = compare(reader, unheard)
    assert not health.ok
    assert health.people == 2
    assert set(health.faults) >= {
        "“jones” in names: 1 customer missing",
        "“katherine” in names: 1 customer missing",
        "“smith” in names: 1 customer too many",
    }
    assert health.different > len(health.faults)
    rebuild(write, reader, unheard)
    assert compare(reader, unheard).ok


def test_an_older_desk_gets_its_index_with_its_tables(database_url: str) -> None:
    from alembic import command
    from alembic.config import Config

    from agent_tui.storage import schema
    from agent_tui.storage.engines import create_file, writing_engine

    location = locate(database_url)
    create_file(location)
    config = Config()
    config.set_main_option("script_location", str(schema.STEPS))
    engine = writing_engine(location)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        if location.path is not None:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        at = "now()" if location.is_postgres else "0"
        connection.exec_driver_sql(
            "INSERT INTO customers (version, id, number, name, city, created_at, updated_at) "
            f"VALUES (1, 7, 1, 'Katherine Smith', 'York', {at}, {at})"
        )
        connection.exec_driver_sql(
            "INSERT INTO contact_points (version, id, customer_id, kind, value, normal, reversed, "
            f"preferred, consent, created_at) VALUES (1, 8, 7, 'phone', '020 7946 0018', "
            f"'+442079460018', '810064970244+', {'false' if location.is_postgres else 0}, "
            f"'unknown', {at})"
        )
    engine.dispose()
    bring_up(location)
    with closing(Store(location)) as store:
        reader = store.reader()
        assert index_of(reader) == of_the_customers(reader)
        assert index_of(reader)[0]["smith", 1] == {1}
        assert compare(reader, unheard).ok
