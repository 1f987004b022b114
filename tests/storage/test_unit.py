"""The unit of work: everything or nothing, and what each engine promises the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import StatementError

from agent_tui.domain.tables import Agent, ContactPoint, Customer, Event, Team
from agent_tui.errors import Conflict, NotFound, Unavailable
from agent_tui.storage import engines
from agent_tui.storage.engines import Durability, writing_engine
from agent_tui.storage.location import locate
from agent_tui.storage.queries import agents
from agent_tui.storage.store import Store
from agent_tui.storage.unit import UnitOfWork
from tests.builders import NOON, make_desk
from tests.postgres import hang_up
from tests.processes import run_at_once, run_python

TAKE = """
import sys
from datetime import UTC, datetime
from agent_tui.storage.location import locate
from agent_tui.storage.store import Store
from agent_tui.storage import unit
store = Store(locate(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(25):
    with store.writing(now=datetime.now(UTC), agent_id=None) as work:
        print(work.take_numbers("tickets", 3))
"""

FILL = """
import resource, signal, sys
from agent_tui.errors import Unavailable
from tests.builders import make_desk
from tests.postgres import hang_up
desk = make_desk(sys.argv[1])
limit = 1_500_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
saved = 0
try:
    while saved < 1_000:
        desk.registering.customer(f"Person {saved} " + "x" * 900, company="y" * 900)
        saved += 1
except Unavailable as error:
    print(saved, error.message)
"""


@pytest.fixture
def store(migrated_url: str) -> Store:
    return Store(locate(migrated_url))


def count(store: Store, table: str) -> int:
    row = store.reader().row(f"SELECT count(*) FROM {table}")
    assert row is not None
    return int(row[0])


def write(store: Store, work: Callable[[UnitOfWork], object], now: datetime = NOON) -> None:
    """Do some work in one unit."""
    with store.writing(now=now, agent_id=None) as unit:
        work(unit)


def a_customer(number: int = 1, name: str = "Ada Hart") -> Customer:
    return Customer(number=number, name=name, created_at=NOON, updated_at=NOON)


def test_a_unit_is_there_at_once_for_itself_and_afterwards_for_all(store: Store) -> None:
    with store.writing(now=NOON, agent_id=7) as unit:
        unit.add(a_customer())
        unit.record("customer.added", subject="c_1", detail="one")
        assert unit.reader.row("SELECT name FROM customers") == ("Ada Hart",)
        assert count(store, "customers") == 0
    assert count(store, "customers") == 1
    rows = store.reader().rows("SELECT kind, subject, detail, agent_id FROM events")
    assert [tuple(row) for row in rows] == [("customer.added", "c_1", "one", 7)]


def test_a_unit_that_raises_leaves_nothing_not_even_its_events(store: Store) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.add(a_customer())
        unit.record("customer.added")
        unit.take_numbers("tickets", 5)
        unit.execute("UPDATE teams SET name = :name", name="Night")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(store, work)
    assert (count(store, "customers"), count(store, "events")) == (0, 0)
    assert store.reader().rows("SELECT name FROM teams") == [("Desk",)]
    with store.writing(now=NOON, agent_id=None) as unit:
        assert unit.take_numbers("tickets", 1) == 1


def test_a_row_that_clashes_undoes_the_whole_unit_and_quotes_nobody(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.add(a_customer(1))

    def work(unit: UnitOfWork) -> None:
        unit.add(Team(name="Night", created_at=NOON))
        unit.add(Agent(handle="ada", name="Ada", team_id=1, created_at=NOON))
        unit.add(Agent(handle="ada", name="Ada Lovelace", team_id=1, created_at=NOON))

    with pytest.raises(Conflict) as refused:
        write(store, work)
    assert "handle" in refused.value.message
    assert "ada" not in refused.value.message.lower()
    assert (count(store, "teams"), count(store, "agents")) == (1, 0)


def test_a_row_points_only_to_rows_that_are_there(store: Store) -> None:
    point = ContactPoint(
        customer_id=404, kind="phone", value="1", normal="1", reversed="1", created_at=NOON
    )
    with pytest.raises(Conflict), store.writing(now=NOON, agent_id=None) as unit:
        unit.add(point)


def test_a_change_to_a_row_that_somebody_else_changed_is_a_conflict(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.add(row := a_customer())
    with store.writing(now=NOON, agent_id=None) as unit:
        mine = unit.get(Customer, row.id)
    with store.writing(now=NOON, agent_id=None) as unit:
        theirs = unit.get(Customer, row.id)
        theirs.name = "Ada Byron"
        unit.save(theirs)
    mine.name = "Ada King"
    with (
        pytest.raises(Conflict, match="somebody else"),
        store.writing(now=NOON, agent_id=None) as unit,
    ):
        unit.save(mine)
    assert store.reader().rows("SELECT name, version FROM customers") == [("Ada Byron", 2)]


def test_two_units_that_change_one_row_follow_one_another(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.add(row := a_customer(name=""))
    start = threading.Barrier(4)
    failed: list[Exception] = []

    def append() -> None:
        start.wait()
        try:
            for _ in range(10):
                with store.writing(now=NOON, agent_id=None) as unit:
                    known = unit.get(Customer, row.id)
                    known.name += "x"
                    unit.save(known)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=append) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert store.reader().rows("SELECT name, version FROM customers") == [("x" * 40, 41)]


@pytest.mark.parametrize("by_row", [True, False])
def test_of_two_units_that_wait_for_one_another_one_is_told_so(
    migrated_postgres_url: str, by_row: bool
) -> None:
    store = Store(locate(migrated_postgres_url))
    rows = [a_customer(1), a_customer(2)]
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.add(*rows)
    first, second = (row.id for row in rows)
    have_one = threading.Barrier(2)
    refused: list[Conflict] = []

    def work(mine: int, theirs: int) -> None:
        try:
            with store.writing(now=NOON, agent_id=None) as unit:
                unit.get(Customer, mine)
                have_one.wait()
                if by_row:
                    unit.get(Customer, theirs)
                else:
                    unit.reader.rows("DELETE FROM customers WHERE id = :id RETURNING 1", id=theirs)
        except Conflict as error:
            refused.append(error)

    threads = [
        threading.Thread(target=work, args=pair) for pair in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [error] = refused
    assert error.message == "somebody else changed this at the same moment: do it once more"


def test_what_is_gone_cannot_be_changed(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.add(row := a_customer())
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.remove(unit.get(Customer, row.id))
        assert unit.find(Customer, row.id) is None
    with pytest.raises(NotFound, match="this customer is no longer there"):
        write(store, lambda unit: unit.get(Customer, row.id))


def test_moments_without_a_zone_are_refused_on_every_way_in(store: Store) -> None:
    naive = datetime(2026, 3, 10, 12)  # noqa: DTZ001 - what is refused
    row = a_customer()
    row.last_contact_at = naive
    with pytest.raises(StatementError, match="without a time zone"):
        write(store, lambda unit: unit.add(row))
    with pytest.raises(StatementError):
        write(store, lambda unit: unit.record("nothing"), now=naive)
    with pytest.raises(ValueError):
        write(store, lambda unit: unit.execute("UPDATE teams SET created_at = :at", at=naive))
    with pytest.raises(ValueError):
        store.reader().rows("SELECT 1 FROM teams WHERE created_at = :at", at=naive)


def test_a_plain_statement_keeps_moments_as_the_tables_do(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.execute("UPDATE teams SET created_at = :at", at=NOON)
    with store.writing(now=NOON, agent_id=None) as unit:
        assert unit.get(Team, 1).created_at == NOON


def test_rows_in_bulk_need_no_objects(store: Store) -> None:
    with store.writing(now=NOON, agent_id=None, durability="bulk") as unit:
        unit.insert_many(Event, [])
        unit.insert_many(Event, [{"at": NOON, "kind": f"k{n}"} for n in range(3)])
    assert count(store, "events") == 3


def test_numbers_are_taken_once_whoever_takes_them(migrated_url: str) -> None:
    said = run_at_once(TAKE, [[migrated_url]] * 2)
    firsts = sorted(int(word) for part in said for word in part.split())
    assert firsts == list(range(1, 151, 3))


def test_a_second_writer_waits_for_the_first(store: Store) -> None:
    entered, seen = threading.Event(), []

    def second() -> None:
        entered.set()
        with store.writing(now=NOON, agent_id=None) as unit:
            unit.take_numbers("tickets", 1)
            seen.append(unit.reader.row("SELECT count(*) FROM customers"))

    with store.writing(now=NOON, agent_id=None) as unit:
        unit.take_numbers("tickets", 1)
        thread = threading.Thread(target=second)
        thread.start()
        entered.wait()
        unit.add(a_customer())
    thread.join()
    assert seen == [(1,)]


@pytest.mark.parametrize(("durability", "level"), [("full", 2), ("bulk", 1)])
def test_the_engines_promise_what_they_say(
    migrated_sqlite_url: str, durability: Durability, level: int
) -> None:
    engine = writing_engine(locate(migrated_sqlite_url), durability)
    with engine.connect() as connection:
        said = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("synchronous", "foreign_keys", "journal_mode", "busy_timeout")
        }
    engine.dispose()
    assert said == {
        "synchronous": level,
        "foreign_keys": 1,
        "journal_mode": "wal",
        "busy_timeout": 10_000,
    }


def test_writing_begins_with_the_write_lock(
    migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 50)
    impatient = Store(locate(migrated_sqlite_url))
    other = Store(locate(migrated_sqlite_url))
    with other.writing(now=NOON, agent_id=None), pytest.raises(Unavailable, match="locked"):
        write(impatient, lambda _: pytest.fail("two units wrote at once"))


def test_a_full_disk_is_said_and_loses_nothing(migrated_sqlite_url: str) -> None:
    desk = make_desk(migrated_sqlite_url)
    desk.registering.customer("Ada Hart")
    desk.close()
    engine = writing_engine(locate(migrated_sqlite_url))

    @event.listens_for(engine, "connect")
    def _small(connection: object, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    store = Store(locate(migrated_sqlite_url), engine=engine)
    with pytest.raises(Unavailable, match=r"not saved: .*full"):
        write(store, lambda unit: unit.add(a_customer(2, "x" * 1_000_000)))
    assert store.reader().rows("SELECT name FROM customers") == [("Ada Hart",)]
    store.close()


def test_a_disk_that_fills_while_writing_keeps_all_that_was_saved(
    migrated_sqlite_url: str,
) -> None:
    said = run_python(FILL, migrated_sqlite_url)
    saved, _, message = said.partition(" ")
    assert message.startswith("not saved: ")
    store = Store(locate(migrated_sqlite_url))
    assert count(store, "customers") == int(saved) > 10
    assert count(store, "events WHERE kind = 'customer.added'") == int(saved)
    assert store.reader().rows("PRAGMA integrity_check") == [("ok",)]
    store.close()


def test_a_lost_server_is_said_and_the_next_unit_finds_it_again(migrated_postgres_url: str) -> None:
    store = Store(locate(migrated_postgres_url))

    def work(unit: UnitOfWork) -> None:
        hang_up(migrated_postgres_url)
        unit.add(a_customer())

    with pytest.raises(Unavailable, match="not saved"):
        write(store, work)
    assert agents.everybody(store.reader()) == []
    reader = store.reader()
    hang_up(migrated_postgres_url)
    with pytest.raises(Unavailable):
        agents.everybody(reader)
    assert agents.everybody(store.reader()) == []
    hang_up(migrated_postgres_url)
    assert agents.everybody(store.reader()) == []
    write(store, lambda unit: unit.add(a_customer()))
    assert count(Store(store.location), "customers") == 1
    store.close()
