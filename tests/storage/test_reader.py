"""Reading: one SQL for both databases, moments in UTC, questions that can be given up."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from agent_tui.errors import ForeignDatabase, Interrupted, Unavailable, UsageError
from agent_tui.storage.location import Location, locate
from agent_tui.storage.reader import (
    PostgresReader,
    SqliteReader,
    moment,
    moment_or_none,
    one_of,
    open_reader,
)
from agent_tui.storage.store import Store
from tests.builders import NOON

COUNT_FOR_EVER = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i > 0) "
    "SELECT count(*) FROM n"
)


@pytest.fixture
def reader(migrated_url: str) -> Iterator[SqliteReader | PostgresReader]:
    with closing(open_reader(locate(migrated_url))) as opened:
        yield opened


@pytest.fixture
def store(migrated_url: str) -> Iterator[Store]:
    with closing(Store(locate(migrated_url))) as opened:
        yield opened


AnyReader = SqliteReader | PostgresReader


@contextmanager
def interrupted_all_the_time(reader: AnyReader) -> Iterator[None]:
    """Another thread interrupts the reader as often as it can."""
    stop = threading.Event()

    def hammer() -> None:
        while not stop.is_set():
            reader.interrupt()

    thread = threading.Thread(target=hammer)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_one_text_serves_both_databases(reader: AnyReader) -> None:
    sql = "SELECT :word, CAST(:number AS bigint) + 1, 'it is :word', '10:30 :a', :word || '%'"
    sql += " FROM teams WHERE name LIKE 'De%' AND name <> '%s :word''s'"
    assert reader.rows(sql, word="a", number=1) == [("a", 2, "it is :word", "10:30 :a", "a%")]
    assert reader.row("SELECT 1 FROM teams WHERE id = :id", id=404) is None
    assert reader.rows("SELECT '100 %'") == [("100 %",)]


def test_what_is_planned_once_says_the_same(reader: AnyReader) -> None:
    sql = "SELECT 'a :b', CAST(:number AS bigint) + 1, CAST(:word AS text)"
    for number in (1, 2, -(2**40)):
        once = reader.rows_planned_once(sql, number=number, word="ö%")
        assert once == reader.rows(sql, number=number, word="ö%") == [("a :b", number + 1, "ö%")]


def test_only_what_says_so_is_planned_once(migrated_postgres_url: str) -> None:
    said = "SELECT current_setting('plan_cache_mode')"
    with closing(open_reader(locate(migrated_postgres_url))) as reader:

        def asked_in_turn() -> None:
            for _ in range(2):
                assert reader.rows_planned_once(said) == [("force_generic_plan",)]
                assert reader.rows(said) == [("auto",)]

        def taken_back() -> None:
            with reader.snapshot():
                asked_in_turn()
                reader.rows_planned_once(said)
                raise LookupError

        asked_in_turn()
        with pytest.raises(LookupError):
            taken_back()
        asked_in_turn()


def test_a_cast_with_colons_is_no_parameter(migrated_postgres_url: str) -> None:
    with closing(open_reader(locate(migrated_postgres_url))) as reader:
        assert reader.row("SELECT :n::text, '5'::int", n=7) == ("7", 5)


def test_none_of_no_values(reader: AnyReader) -> None:
    for values, found in (([], []), ([1, 2], [(1,)]), (["404"], [])):
        condition, named = one_of("CAST(id AS text)" if "404" in values else "id", values)
        assert reader.rows(f"SELECT id FROM teams WHERE {condition}", **named) == found


def test_moments_come_back_in_utc_to_the_microsecond(store: Store) -> None:
    written = datetime(2026, 3, 29, 3, 30, 0, 123_457, tzinfo=timezone(timedelta(hours=5.5)))
    ends = [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]
    for at in (written, NOON, *ends, datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)):
        with store.writing(now=NOON, agent_id=None) as unit:
            unit.execute("UPDATE teams SET created_at = :at", at=at)
        row = store.reader().row("SELECT created_at FROM teams WHERE created_at = :at", at=at)
        assert row is not None
        assert moment(row[0]) == at
        assert moment(row[0]).tzinfo is UTC
    assert moment_or_none(None) is None


def test_the_last_moment_of_all_is_read_from_a_server_in_any_zone(
    migrated_postgres_url: str,
) -> None:
    name = urlsplit(migrated_postgres_url).path.removeprefix("/")
    with psycopg.connect(migrated_postgres_url, autocommit=True) as server:
        server.execute(f"ALTER DATABASE {name} SET timezone TO 'Pacific/Kiritimati'".encode())
    store = Store(locate(migrated_postgres_url))
    last = datetime.max.replace(tzinfo=UTC)
    with store.writing(now=NOON, agent_id=None) as unit:
        unit.execute("UPDATE teams SET created_at = :at", at=last)
        row = unit.reader.row("SELECT created_at FROM teams")
        assert row is not None
        assert moment(row[0]) == last
    row = store.reader().row("SELECT created_at FROM teams")
    assert row is not None
    assert moment(row[0]) == last
    store.close()


def test_questions_under_way_are_answered_whatever_else_is_asked(reader: AnyReader) -> None:
    sql = "SELECT CAST(:number AS bigint) + 1"
    for _ in range(2):
        one, two, nobody_waits = (reader.rows_under_way(sql, number=n) for n in (1, 2, 3))
        assert two() == [(3,)]
        assert reader.rows("SELECT 7") == [(7,)]
        assert one() == [(2,)]
        nobody_waits = reader.rows_under_way(sql, number=3)
        with reader.snapshot():
            inside = reader.rows_under_way(sql, number=4)
            assert reader.rows_planned_once(sql, number=5) == [(6,)]
            assert reader.row("SELECT 8") == (8,)
            assert inside() == [(5,)]
            reader.rows_under_way(sql, number=6)
        assert nobody_waits() == [(4,)]
        reader.rows_under_way(sql, number=7)
        assert reader.is_usable()


def test_interrupts_at_any_moment_leave_no_answer_to_the_wrong_question(
    reader: AnyReader,
) -> None:
    sql = "SELECT CAST(:number AS bigint)"
    told = 0
    with interrupted_all_the_time(reader):
        for place in range(60):
            with suppress(Interrupted):
                answers = [reader.rows_under_way(sql, number=3 * place + at) for at in range(3)]
                for at in (0, 2):
                    assert answers[at]() == [(3 * place + at,)]
                    told += 1
    assert reader.rows_planned_once(sql, number=-1) == [(-1,)]
    assert told


def test_who_waits_for_a_reader_that_was_closed_is_told(reader: AnyReader) -> None:
    answer = reader.rows_under_way("SELECT CAST(:number AS bigint)", number=1)
    reader.close()
    with pytest.raises(Unavailable):
        answer()


def test_a_question_is_given_up_from_another_thread(reader: AnyReader) -> None:
    done, answers = threading.Event(), []

    def ask() -> None:
        try:
            reader.rows(COUNT_FOR_EVER)
        except Interrupted as error:
            answers.append(error)
        done.set()

    thread = threading.Thread(target=ask)
    thread.start()
    while not done.wait(0.01):
        reader.interrupt()
    thread.join()
    assert len(answers) == 1
    assert reader.row("SELECT 1") == (1,)


def test_interrupts_at_any_moment_leave_the_reader_usable(reader: AnyReader) -> None:
    rounds = 30 if reader.is_postgres else 100
    with interrupted_all_the_time(reader):
        for _ in range(rounds):
            with suppress(Interrupted), reader.snapshot():
                reader.rows("SELECT count(*) FROM teams")
    with reader.snapshot():
        assert reader.row("SELECT count(*) FROM teams") == (1,)


def test_a_reader_whose_rollback_was_interrupted_answers_the_next_question(
    migrated_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def never_rolled_back(connection: psycopg.Connection) -> Iterator[None]:
        connection.execute("BEGIN")
        yield

    with closing(open_reader(locate(migrated_postgres_url))) as reader:
        # The driver lets an error of its own ROLLBACK pass, so the transaction stays as it was.
        monkeypatch.setattr(psycopg.Connection, "transaction", never_rolled_back)
        with pytest.raises(Unavailable), reader.snapshot():
            reader.rows("SELECT nothing FROM nowhere")
        monkeypatch.undo()
        with reader.snapshot():
            assert reader.row("SELECT 1") == (1,)


def test_a_snapshot_sees_one_moment(store: Store) -> None:
    reader = store.reader()
    with reader.snapshot():
        before = reader.row("SELECT name FROM teams")
        with store.writing(now=NOON, agent_id=None) as unit:
            unit.execute("UPDATE teams SET name = 'Night'")
        assert reader.row("SELECT name FROM teams") == before == ("Desk",)
    assert reader.row("SELECT name FROM teams") == ("Night",)


def test_a_snapshot_ends_with_the_error_inside_it(reader: AnyReader) -> None:
    with pytest.raises(Unavailable), reader.snapshot():
        reader.rows("SELECT nothing FROM nowhere")
    with reader.snapshot():
        assert reader.row("SELECT 1") == (1,)


def test_nothing_is_written_through_a_reader(migrated_sqlite_url: str) -> None:
    with closing(open_reader(locate(migrated_sqlite_url))) as reader:
        with pytest.raises(Unavailable, match="readonly"):
            reader.rows("UPDATE teams SET name = 'Night'")
        assert reader.row("SELECT name FROM teams") == ("Desk",)


def test_bytes_that_are_no_text_are_said_not_crashed_on(migrated_sqlite_url: str) -> None:
    reader = open_reader(locate(migrated_sqlite_url))
    with closing(reader), pytest.raises(Unavailable, match="UTF-8"):
        reader.rows("SELECT CAST(x'ff' AS TEXT)")


def test_a_damaged_file_is_named_so(migrated_sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    reader = open_reader(locate(migrated_sqlite_url))
    with closing(reader), pytest.raises(ForeignDatabase, match="cannot be read as a desk"):
        reader.rows("SELECT * FROM customers")


def test_a_closed_reader_says_so(migrated_url: str) -> None:
    reader = open_reader(locate(migrated_url))
    reader.close()
    reader.close()
    reader.interrupt()
    assert reader.is_lost
    with pytest.raises(Unavailable, match="closed"):
        reader.rows("SELECT 1")
    with pytest.raises(Unavailable), reader.snapshot():
        pytest.fail("there was a snapshot of nothing")


def test_a_server_that_is_not_there_is_said_without_a_password() -> None:
    with pytest.raises(Unavailable) as refused:
        open_reader(locate("postgresql://mira:secret@127.0.0.1:1/desk"))
    assert refused.value.message == (
        "Connection refused: is the server at postgresql://127.0.0.1:1/desk running?"
    )
    assert "secret" not in refused.value.message


def test_a_server_that_says_no_is_quoted(migrated_postgres_url: str) -> None:
    there = migrated_postgres_url.rpartition("/")[0]
    with pytest.raises(Unavailable, match='says: database "nowhere" does not exist'):
        open_reader(locate(f"{there}/nowhere"))


def test_an_address_that_means_nothing_is_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        open_reader(locate("postgresql://mira:secret@host/desk?nonsense=1"))
    assert "secret" not in refused.value.message


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_reader(Location(path=tmp_path / "desk.sqlite"))
    assert list(tmp_path.iterdir()) == []


def test_the_reader_of_a_thread_that_ended_serves_the_next_and_others_are_given_back(
    migrated_url: str,
) -> None:
    store = Store(locate(migrated_url))
    made: list[AnyReader] = []
    together = threading.Barrier(3)

    def read() -> None:
        reader = store.reader()
        assert isinstance(reader, AnyReader)
        made.append(reader)
        together.wait()

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 3
    reader = store.reader()
    assert reader is store.reader()
    assert reader in made
    assert [one for one in made if not one.is_lost] == [reader]
    assert reader.row("SELECT 1") == (1,)
    store.close()
    assert store.reader().row("SELECT 1") == (1,)
    store.close()


def test_the_reader_of_a_thread_that_runs_is_its_own(migrated_url: str) -> None:
    store = Store(locate(migrated_url))
    own = store.reader()
    other: list[object] = []
    thread = threading.Thread(target=lambda: other.append(store.reader()))
    thread.start()
    thread.join()
    assert other != [own]
    assert store.reader() is own
    store.close()


def test_a_thread_is_interrupted_by_its_number(migrated_url: str) -> None:
    store = Store(locate(migrated_url))
    answers: list[str] = []
    done = threading.Event()

    def ask() -> None:
        try:
            store.reader().rows(COUNT_FOR_EVER)
        except Interrupted:
            answers.append("given up")
        done.set()

    thread = threading.Thread(target=ask)
    thread.start()
    assert thread.ident is not None
    while not done.wait(0.01):
        store.interrupt(thread.ident)
    thread.join()
    store.interrupt(thread.ident)
    assert answers == ["given up"]
    store.close()


def test_closing_a_store_gives_up_what_is_under_way(migrated_url: str) -> None:
    store = Store(locate(migrated_url))
    begun, answers = threading.Event(), []

    def ask() -> None:
        reader = store.reader()
        begun.set()
        try:
            reader.rows(COUNT_FOR_EVER)
        except (Interrupted, Unavailable) as error:
            answers.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    begun.wait()
    store.close()
    thread.join()
    assert len(answers) == 1


def test_waiting_readers_see_writers_come_and_go(migrated_sqlite_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE teams SET name = 'Night'")
        with closing(open_reader(locate(migrated_sqlite_url))) as reader:
            assert reader.row("SELECT name FROM teams") == ("Desk",)
        writer.execute("ROLLBACK")
