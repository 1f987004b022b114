"""The PostgreSQL that the tests start for themselves is a real one, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect

from tests.databases import end_unproved
from tests.postgres import NoPostgres, drop_database, new_database

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"

CHILD = """
import os, psycopg, signal
from tests.postgres import server
with psycopg.connect(server().url) as connection:
    data = connection.execute("SHOW data_directory").fetchone()[0]
print(server().url, data, os.path.isdir(data), flush=True)
os.killpg(0, signal.SIGINT)
"""
"""Starts a server, says where it is, and gets what a terminal sends to its programs on ctrl-c."""


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def test_the_server_answers_in_utf8(postgres_url: str) -> None:
    assert str(ask(postgres_url, "SELECT version()")).startswith("PostgreSQL ")
    assert ask(postgres_url, "SHOW server_encoding") == "UTF8"
    assert ask(postgres_url, "SELECT lower('ÉŁ')") == "éł"


def test_a_fresh_database_is_empty_and_nobody_elses(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE callers (name text)")
    other = new_database()
    try:
        assert ask(postgres_url, TABLES) == 1
        assert ask(other, TABLES) == 0
    finally:
        drop_database(other)


def test_a_template_gives_its_tables_and_rows(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE callers AS SELECT 'Ana' AS name")
    copy = new_database(postgres_url)
    try:
        assert ask(copy, "SELECT name FROM callers") == "Ana"
    finally:
        drop_database(copy)


def test_a_dropped_database_is_gone_though_somebody_is_connected(postgres_url: str) -> None:
    url = new_database()
    with psycopg.connect(url):
        drop_database(url)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_a_wrong_password_is_refused(postgres_url: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres_url, password="guessed")


@pytest.mark.skipif("AGENT_TUI_TEST_PG" in os.environ, reason="a server was given, none is started")
def test_ctrl_c_stops_the_server_and_removes_its_folder(postgres_url: str) -> None:
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        cwd=Path(__file__).parents[2],
        start_new_session=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == -signal.SIGINT, child.stderr
    url, data, was_there = child.stdout.split()
    assert was_there == "True"
    assert not Path(data).parent.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_migrated_database_has_our_tables(migrated_url: str) -> None:
    engine = create_engine(migrated_url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        assert "customers" in inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_an_empty_database_has_no_tables(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        assert inspect(engine).get_table_names() == []
    finally:
        engine.dispose()


def test_without_a_server_a_test_is_skipped_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="none was found"):
        end_unproved(NoPostgres("none was found"))


def test_without_a_server_a_test_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="none was found"):
        end_unproved(NoPostgres("none was found"))
