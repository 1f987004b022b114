"""The plain unit: small writes without SQLModel, all or nothing as the large ones."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_tui.errors import Busy, Conflict, Unavailable
from agent_tui.storage.location import locate
from agent_tui.storage.plain_unit import Lasting, PlainUnit
from agent_tui.storage.store import Store
from tests.builders import NOON
from tests.postgres import hang_up

NAMED = "UPDATE teams SET name = :name, created_at = :now"


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    with closing(Store(locate(migrated_url))) as made:
        yield made


@pytest.fixture
def sqlite(migrated_sqlite_url: str) -> Iterator[Store]:
    with closing(Store(locate(migrated_sqlite_url))) as made:
        yield made


@pytest.fixture
def postgres(migrated_postgres_url: str) -> Iterator[Store]:
    with closing(Store(locate(migrated_postgres_url))) as made:
        yield made


def write(store: Store, work: Callable[[PlainUnit], object], lasting: Lasting = "kept") -> None:
    """Do some work in one unit."""
    with store.writing_plainly(now=NOON, agent_id=7, lasting=lasting) as unit:
        work(unit)


def name(store: Store) -> str:
    """The name of the only team."""
    [row] = store.reader().rows("SELECT name FROM teams")
    return str(row[0])


def rename(to: str) -> Callable[[PlainUnit], None]:
    """The work that gives the team a name."""
    return lambda unit: unit.execute(NAMED, name=to, now=unit.now)


@pytest.mark.parametrize("lasting", ["kept", "passing"])
def test_a_unit_is_there_at_once_for_itself_and_afterwards_for_all(
    store: Store, lasting: Lasting
) -> None:
    with store.writing_plainly(now=NOON, agent_id=7, lasting=lasting) as unit:
        unit.execute(NAMED, name="Night", now=NOON)
        assert unit.reader.row("SELECT name FROM teams") == ("Night",)
        assert (name(store), unit.now, unit.agent_id) == ("Desk", NOON, 7)
    assert name(store) == "Night"
    at = store.reader().row("SELECT 1 FROM teams WHERE created_at = :at", at=NOON)
    assert at is not None


def test_an_event_of_a_plain_unit_is_heard_as_any_other(store: Store) -> None:
    with closing(store.feed()) as feed:
        assert feed.wait(0) == []
        write(store, lambda unit: unit.record("interactions.exported", detail="12"))
        [change] = feed.wait(5)
        assert (change.kind, change.agent_id) == ("interactions.exported", 7)
    rows = store.reader().rows("SELECT kind, agent_id, detail FROM events WHERE agent_id = 7")
    assert list(rows) == [("interactions.exported", 7, "12")]


def test_a_unit_that_raises_leaves_nothing_and_the_next_one_works(store: Store) -> None:
    def work(unit: PlainUnit) -> None:
        rename("Night")(unit)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(store, work)
    assert name(store) == "Desk"
    write(store, rename("Day"))
    assert name(store) == "Day"


def test_a_row_that_clashes_undoes_the_unit_and_quotes_nobody(store: Store) -> None:
    def work(unit: PlainUnit) -> None:
        rename("Night")(unit)
        for _ in range(2):
            unit.execute("INSERT INTO counters (name, value) VALUES (:name, 1)", name="secret")

    with pytest.raises(Conflict) as refused:
        write(store, work)
    assert "secret" not in refused.value.message
    assert name(store) == "Desk"


def test_a_statement_that_is_none_is_said_to_be_not_saved(store: Store) -> None:
    with pytest.raises(Unavailable, match="not saved: "):
        write(store, lambda unit: unit.execute("UPDATE nothing_there SET a = 1"))


def test_moments_without_a_zone_are_refused(store: Store) -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError):
        write(store, lambda unit: unit.execute(NAMED, name="Night", now=naive))
    assert name(store) == "Desk"


@pytest.mark.parametrize(("lasting", "level"), [("kept", 2), ("passing", 1)])
def test_what_is_kept_is_synced_and_what_passes_is_not(
    sqlite: Store, lasting: Lasting, level: int
) -> None:
    said = []

    def work(unit: PlainUnit) -> None:
        for pragma in ("synchronous", "foreign_keys", "journal_mode"):
            said.append(unit.reader.row(f"PRAGMA {pragma}"))

    write(sqlite, work, lasting)
    assert said == [(level,), (1,), ("wal",)]


def test_what_passes_does_not_wait_for_another_writer(sqlite: Store) -> None:
    with sqlite.writing_plainly(now=NOON, agent_id=7) as unit:
        unit.execute(NAMED, name="Night", now=NOON)
        with pytest.raises(Busy, match=r"not saved: .*locked"):
            write(sqlite, lambda _: pytest.fail("two units wrote at once"), "passing")
    assert name(sqlite) == "Night"


def test_what_is_kept_waits_for_the_writer_before_it(store: Store) -> None:
    entered, seen = threading.Event(), []

    def second() -> None:
        entered.set()
        with store.writing_plainly(now=NOON, agent_id=7) as unit:
            rename("Day")(unit)
            seen.append(unit.reader.row("SELECT count(*) FROM counters"))

    with store.writing(now=NOON, agent_id=None) as first:
        first.execute(NAMED, name="Night", now=NOON)
        thread = threading.Thread(target=second)
        thread.start()
        entered.wait()
        first.take_numbers("tickets", 1)
    thread.join()
    assert (seen, name(store)) == ([(1,)], "Day")


def test_a_file_that_is_gone_is_not_made_anew(migrated_sqlite_url: str) -> None:
    location = locate(migrated_sqlite_url)
    path = location.path
    assert path is not None
    path.unlink()
    with closing(Store(location)) as store, pytest.raises(Unavailable, match="not saved"):
        write(store, rename("Night"))
    assert not Path(path).exists()


def test_units_share_a_connection_which_is_given_back_at_the_end(postgres: Store) -> None:
    pids = []
    for _ in range(3):
        write(postgres, lambda unit: pids.append(unit.reader.row("SELECT pg_backend_pid()")))
    [pid] = set(pids)
    assert pid is not None
    postgres.close()
    alive = "SELECT 1 FROM pg_stat_activity WHERE pid = :pid"
    with closing(Store(postgres.location)) as other:
        while other.reader().row(alive, pid=pid[0]) is not None:
            continue


def test_a_lost_server_is_said_and_the_next_unit_finds_it_again(
    migrated_postgres_url: str, postgres: Store
) -> None:
    def work(unit: PlainUnit) -> None:
        hang_up(migrated_postgres_url)
        rename("Night")(unit)

    with pytest.raises(Unavailable, match="not saved"):
        write(postgres, work)
    write(postgres, rename("Day"))
    hang_up(migrated_postgres_url)
    write(postgres, rename("Late"))
    with closing(Store(postgres.location)) as other:
        assert name(other) == "Late"


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    location = locate("postgresql://ada:hunter2@127.0.0.1:1/none")
    with closing(Store(location)) as store, pytest.raises(Unavailable) as refused:
        write(store, rename("Night"))
    assert "hunter2" not in refused.value.message


def test_a_server_that_may_only_be_read_is_said(postgres: Store) -> None:
    def work(unit: PlainUnit) -> None:
        unit.execute("SET TRANSACTION READ ONLY")
        rename("Night")(unit)

    with pytest.raises(Unavailable, match=r"not saved: .*read-only"):
        write(postgres, work)
    assert name(postgres) == "Desk"


def test_getting_ready_for_large_units_waits_for_no_writer(store: Store) -> None:
    with store.writing_plainly(now=NOON, agent_id=7) as unit:
        rename("Night")(unit)
        store.warm_up()
    with store.writing(now=NOON, agent_id=None) as large:
        assert large.reader.row("SELECT name FROM teams") == ("Night",)


def test_getting_ready_for_what_cannot_be_written_is_no_error() -> None:
    with closing(Store(locate("postgresql://ada@127.0.0.1:1/none"))) as store:
        store.warm_up()


def test_nothing_more_is_loaded_once_it_is_wanted_no_more(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    monkeypatch.setattr("agent_tui.storage.store.import_module", steps.append)
    with closing(Store(locate(migrated_url))) as store:
        store.warm_up(lambda: len(steps) < 2)
        assert len(steps) == 2
        assert not store._engines
        steps.clear()
        store.warm_up()
        assert len(steps) == 4
        assert list(store._engines) == ["full"]
