"""Statements that a server keeps for a connection."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import permutations
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.pq import PipelineStatus

from agent_tui.errors import Interrupted, Unavailable
from agent_tui.storage import prepared
from agent_tui.storage.location import locate
from agent_tui.storage.prepared import PreparedStatements, numbered
from agent_tui.storage.reader import PostgresReader, open_reader, to_pyformat
from tests.builders import NOON

PATIENCE_S = 10.0
FOR_EVER = "SELECT pg_sleep(:seconds)"


@pytest.fixture
def connection(migrated_postgres_url: str) -> Iterator[psycopg.Connection[object]]:
    with psycopg.connect(migrated_postgres_url, autocommit=True) as opened:
        opened.execute("SET TIME ZONE 'UTC'")
        yield opened


@pytest.fixture
def kept(connection: psycopg.Connection[object]) -> PreparedStatements:
    return PreparedStatements(connection)


@pytest.fixture
def reader(migrated_postgres_url: str) -> Iterator[PostgresReader]:
    with closing(open_reader(locate(migrated_postgres_url))) as opened:
        assert isinstance(opened, PostgresReader)
        yield opened


def test_parameters_are_numbered_as_they_come_and_what_is_quoted_is_none() -> None:
    text, names = numbered("SELECT :b, ':c', x::text, :a WHERE :b > '10:30 :a' AND :_c = :b % 2")
    assert text == "SELECT $1, ':c', x::text, $2 WHERE $1 > '10:30 :a' AND $3 = $1 % 2"
    assert names == ("b", "a", "_c")


@given(st.text(alphabet=":ab_' 10%$", max_size=40))
def test_as_many_parameters_are_found_as_the_driver_is_told(sql: str) -> None:
    text, names = numbered(sql)
    told = to_pyformat(sql)
    assert all(f"%({name})s" in told and f"${place}" in text for place, name in enumerate(names, 1))
    assert sum(told.count(f"%({name})s") for name in names) == told.count("%(")


def test_values_go_over_and_come_back_as_they_are(kept: PreparedStatements) -> None:
    sql = (
        "SELECT CAST(:text AS text), CAST(:number AS bigint), CAST(:at AS timestamptz), "
        "CAST(:words AS text[]), CAST(:numbers AS bigint[]), CAST(:none AS text), :text = 'x'"
    )
    words = ["a,b", 'c"d', "{e}", "f\\g", "NULL", "", "ö 'h' $1 %s"]
    values = {
        "text": "it's :none $1 \\",
        "number": -(2**40),
        "at": NOON,
        "words": words,
        "numbers": "{1,2}",
        "none": None,
    }
    for _ in range(2):
        rows = kept.rows(sql, values)
        assert rows == [(values["text"], -(2**40), NOON, words, [1, 2], None, False)]


def test_a_question_and_an_answer_of_many_megabytes_go_over(kept: PreparedStatements) -> None:
    long = "ö" * 10_000_000
    assert kept.rows("SELECT CAST(:text AS text)", {"text": long}) == [(long,)]


def test_several_questions_may_be_under_way_and_are_waited_for_in_any_order(
    kept: PreparedStatements, connection: psycopg.Connection[object]
) -> None:
    for order in permutations(range(4)):
        waits = [kept.ask(f"SELECT {place % 3}, :one + 0", {"one": place}) for place in range(4)]
        assert [waits[place]() for place in order] == [[(at % 3, at)] for at in order]
        assert connection.pgconn.pipeline_status == PipelineStatus.OFF


def test_what_the_server_says_is_told_to_who_asked_that_question(kept: PreparedStatements) -> None:
    by = "SELECT 1 / CAST(:by AS integer)"
    kept.rows(by, {"by": 1})
    first, second, third = (kept.ask(by, {"by": number}) for number in (1, 0, 1))
    assert third() == [(1,)]
    with pytest.raises(psycopg.errors.DivisionByZero):
        second()
    assert first() == [(1,)]


def test_who_does_not_wait_keeps_nobody_from_asking_in_another_way(
    kept: PreparedStatements, connection: psycopg.Connection[object]
) -> None:
    answers = [kept.ask("SELECT :one + 0", {"one": place}) for place in range(3)]
    kept.settle()
    assert connection.execute("SELECT 7").fetchone() == (7,)
    assert [answer() for answer in answers] == [[(0,)], [(1,)], [(2,)]]


def test_what_was_under_way_when_the_line_was_lost_is_told_as_lost(
    kept: PreparedStatements, migrated_postgres_url: str, connection: psycopg.Connection[object]
) -> None:
    answers = [
        kept.ask("SELECT :one + 0 FROM pg_sleep(0.05)", {"one": place}) for place in range(3)
    ]
    assert answers[0]() == [(0,)]
    with psycopg.connect(migrated_postgres_url, autocommit=True) as other:
        pid = connection.info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s, %s)", [pid, int(PATIENCE_S * 1000)])
    kept.settle()
    for answer in answers[1:]:
        with pytest.raises(psycopg.OperationalError):
            answer()
    assert connection.closed
    with pytest.raises(psycopg.OperationalError):
        kept.rows("SELECT 1", {})


def test_no_more_are_kept_than_some(
    kept: PreparedStatements,
    connection: psycopg.Connection[object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepared, "_MOST_KEPT", 3)
    for number in [*range(6), 0, 5]:
        assert kept.rows(f"SELECT {number}, :one + 0", {"one": 1}) == [(number, 1)]
    on_server = connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
    assert on_server == (3,)


def test_what_the_server_refuses_is_told_as_by_the_driver_and_the_next_is_answered(
    kept: PreparedStatements,
) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        kept.rows("SELECT 1 FROM nowhere", {})
    for _ in range(2):
        with pytest.raises(psycopg.errors.DivisionByZero):
            kept.rows("SELECT 1 / CAST(:by AS integer)", {"by": 0})
        assert kept.rows("SELECT 1 / CAST(:by AS integer)", {"by": 1}) == [(1,)]


def test_what_the_server_forgot_is_prepared_once_more(
    kept: PreparedStatements, connection: psycopg.Connection[object]
) -> None:
    sql = "SELECT name, :one + 0 FROM forgotten"
    connection.execute("CREATE TEMPORARY TABLE forgotten AS SELECT 1 AS name")
    for change, name in (
        ("SELECT 1", 1),
        ("DEALLOCATE ALL", 1),
        ("ALTER TABLE forgotten ALTER COLUMN name TYPE text", "1"),
    ):
        connection.execute(change)
        for _ in range(2):
            several = [kept.ask(sql, {"one": number}) for number in (1, 2, 3)]
            assert [answer() for answer in several] == [[(name, 1)], [(name, 2)], [(name, 3)]]
    connection.execute("BEGIN")
    connection.execute("DEALLOCATE ALL")
    with pytest.raises(psycopg.errors.InvalidSqlStatementName):
        kept.rows(sql, {"one": 1})
    connection.execute("ROLLBACK")
    assert kept.rows(sql, {"one": 1}) == [("1", 1)]


ASKED_FOR_EVER = """
import sys
from agent_tui.storage.location import locate
from agent_tui.storage.store import Store
store = Store(locate(sys.argv[1]))
store.reader().rows_planned_once("SELECT 1")
try:
    print("asked", flush=True)
    store.reader().rows_planned_once("SELECT pg_sleep(:seconds)", seconds=60)
except KeyboardInterrupt:
    print(store.reader().rows_planned_once("SELECT 2"))
"""


def test_ctrl_c_gives_up_a_question(migrated_postgres_url: str) -> None:
    command = [sys.executable, "-c", ASKED_FOR_EVER, migrated_postgres_url]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
    ) as asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == "asked\n"
        asking.send_signal(signal.SIGINT)
        assert asking.communicate(timeout=PATIENCE_S)[0] == "[(2,)]\n"


def test_while_one_thread_waits_for_the_server_the_others_go_on_and_may_interrupt_it(
    reader: PostgresReader,
) -> None:
    told: list[object] = []

    def ask() -> None:
        try:
            reader.rows_planned_once(FOR_EVER, seconds=PATIENCE_S * 3)
        except Interrupted as error:
            told.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    for _ in range(100):
        reader.interrupt()
        thread.join(0.1)
        if not thread.is_alive():
            break
    assert not thread.is_alive()
    assert len(told) == 1
    assert reader.rows_planned_once("SELECT 1") == [(1,)]


def test_a_server_that_is_gone_is_unavailable(reader: PostgresReader) -> None:
    with pytest.raises(Unavailable, match="the server did not answer"):
        reader.rows_planned_once("SELECT pg_terminate_backend(pg_backend_pid())")
    assert reader.is_lost


@contextmanager
def silenced(url: str) -> Iterator[tuple[str, threading.Event]]:
    """A way to the server that carries nothing more, and lets nobody in, once it is told to."""
    silent, ends = threading.Event(), threading.Event()
    server = urlsplit(url)
    opened: list[socket.socket] = []

    def carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while words := source.recv(65_536):
                while silent.is_set() and not ends.is_set():
                    ends.wait(0.05)
                target.sendall(words)

    def listen() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                upstream = socket.create_connection((server.hostname or "", server.port or 0))
                opened.extend([client, upstream])
                for pair in ((client, upstream), (upstream, client)):
                    threading.Thread(target=carry, args=pair, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        port = listener.getsockname()[1]
        yield url.replace(f":{server.port}/", f":{port}/"), silent
        ends.set()
        listener.shutdown(socket.SHUT_RDWR)
        for each in opened:
            each.close()


def test_a_reader_whose_server_fell_silent_is_closed_all_the_same(
    migrated_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_tui.storage.reader._CANCEL_S", 1.0)
    told: list[object] = []
    with silenced(migrated_postgres_url) as (url, silent):
        reader = open_reader(locate(url))
        assert reader.rows_planned_once("SELECT 1") == [(1,)]
        silent.set()

        def ask() -> None:
            try:
                reader.rows_planned_once("SELECT 2")
            except Unavailable as error:
                told.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()
        reader.close()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
    assert len(told) == 1
    assert reader.is_lost
