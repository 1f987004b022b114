"""An older desk with rows in it is brought up to date, and every row is where it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from agent_tui.domain.values.index import WordField
from agent_tui.storage import schema
from agent_tui.storage.engines import writing_engine
from agent_tui.storage.location import locate
from agent_tui.storage.reader import open_reader
from agent_tui.storage.schema import State, check
from tests.storage.indexes import index_of, of_the_customers

ROWS_0001: list[tuple[str, dict[str, Any]]] = [
    ("agents", {"id": 1, "handle": "mira", "name": "Mira", "role": "agent", "team_id": 1}),
    ("customers", {"id": 2, "number": 1, "name": "Ada", "updated_at": "now"}),
    (
        "interactions",
        {
            "id": 3,
            "customer_id": 2,
            "channel": "phone",
            "direction": "in",
            "met": "yes",
            "state": "wrapped_up",
            "opened_at": "now",
        },
    ),
    *(
        (
            "messages",
            {
                "id": 10 + n,
                "interaction_id": 3,
                "sequence": n,
                "at": at,
                "speaker": "customer",
                "text": f"line {n}",
                "final": True,
                "delivery": "none",
            },
        )
        for n, at in ((1, "early"), (2, "now"), (3, "late"))
    ),
    ("notes", {"id": 20, "customer_id": 2, "interaction_id": 3, "text": "in between", "at": "now"}),
    ("notes", {"id": 21, "customer_id": 2, "interaction_id": None, "text": "alone", "at": "now"}),
    (
        "promises",
        {"id": 30, "customer_id": 2, "side": "ours", "text": "call back", "state": "open"},
    ),
    ("refusals", {"id": 50, "customer_id": 2, "what": "calls at work", "at": "now"}),
    ("interaction_topics", {"interaction_id": 3, "topic": "boiler"}),
    ("drafts", {"agent_id": 1, "about": "c_1", "text": "old", "note_id": 40, "updated_at": "now"}),
    ("drafts", {"agent_id": 1, "about": "i_1", "text": "new", "note_id": 40, "updated_at": "late"}),
    ("drafts", {"agent_id": 1, "about": "c_2", "text": "own", "note_id": 41, "updated_at": "now"}),
]
"""Rows as the first schema has them; moments are named, what every table has is filled in."""

ROWS_0003: list[tuple[str, dict[str, Any]]] = [
    (
        "scripts",
        {
            "id": 60,
            "slug": "visit",
            "number": 1,
            "title": "Visit",
            "kind": "help",
            "topics": "",
            "body": "",
            "digest": "",
            "created_at": "now",
        },
    ),
    (
        "receipts",
        {
            "id": 62,
            "agent_id": 1,
            "customer_id": 2,
            "interaction_id": 3,
            "digest": "",
            "focus": "focused",
            "begun_at": "now",
        },
    ),
    (
        "receipt_lines",
        {
            "receipt_id": 62,
            "position": 1,
            "kind": "we_owe",
            "key": "",
            "records": "p_30",
            "is_new": True,
            "how": "viewed",
            "seen_ms": 900,
        },
    ),
]
RUN_0003: list[tuple[str, dict[str, Any]]] = [
    *(
        (
            "script_runs",
            {
                "id": run,
                "version": 1,
                "script_id": 60,
                "receipt_id": 62,
                "agent_id": 1,
                "customer_id": 2,
                "interaction_id": 3,
                "state": "open",
                "steps_taken": 1,
                "started_at": "now",
            },
        )
        for run in (65, 66)
    ),
    (
        "script_steps",
        {
            "id": 70,
            "run_id": 65,
            "sequence": 1,
            "step": "a",
            "did": "chose",
            "key": "1",
            "answer": "yes",
            "at": "now",
        },
    ),
]
"""A receipt as the third schema has it, and what it opened once it was granted."""

ALWAYS = {"version": 1, "created_at": "now"}
WITHOUT_VERSION = {"messages", "drafts", "interaction_topics"}
WITHOUT_CREATED = WITHOUT_VERSION | {"notes", "interactions", "refusals"}
MOMENTS = {"early": 1_767_000_000, "now": 1_767_000_060, "late": 1_767_000_120}


def test_a_desk_of_the_first_schema_keeps_all_it_has(database_url: str) -> None:
    location = locate(database_url)
    _stop_at(database_url, "0001")
    assert check(location) is State.OLDER
    schema.bring_up(location)
    assert check(location) is State.CURRENT
    reader = open_reader(location)
    try:
        assert reader.rows("SELECT id, text, after_sequence FROM notes ORDER BY id") == [
            (20, "in between", 2),
            (21, "alone", 0),
        ]
        assert reader.rows("SELECT id, kind, about, text FROM drafts ORDER BY id") == [
            (40, "note", "i_1", "new"),
            (41, "note", "c_2", "own"),
        ]
        assert reader.rows("SELECT text, state, replaces_id, mark FROM promises") == [
            ("call back", "open", None, None)
        ]
        assert reader.rows("SELECT count(*) FROM messages") == [(3,)]
        assert reader.rows("SELECT state FROM refusals") == [("current",)]
        assert reader.rows(
            "SELECT t.topic, t.opened_at = i.opened_at, t.customer_id = i.customer_id "
            "FROM interaction_topics t JOIN interactions i ON i.id = t.interaction_id"
        ) == [("boiler", True, True)]
    finally:
        reader.close()


def test_a_desk_of_the_third_schema_keeps_its_runs_and_lets_none_go(database_url: str) -> None:
    location = locate(database_url)
    _stop_at(database_url, "0001")
    _bring_to(database_url, "0003", ROWS_0003)
    receipt = "UPDATE receipts SET how = 'seen', granted_at = begun_at"
    run = "DELETE FROM script_runs WHERE id = 65"
    with _connected(database_url) as connection:
        connection.execute(text(receipt))
        _insert(connection, RUN_0003, on_postgres=location.is_postgres)
        connection.execute(text(run.replace("65", "66")))
    assert check(location) is State.OLDER
    schema.bring_up(location)
    assert check(location) is State.CURRENT
    with closing(open_reader(location)) as reader:
        assert reader.rows("SELECT id, receipt_id, steps_taken FROM script_runs") == [(65, 62, 1)]
        assert reader.rows("SELECT run_id, answer FROM script_steps") == [(65, "yes")]
        assert reader.rows("SELECT how, seen_ms FROM receipt_lines") == [("viewed", 900)]
        assert reader.rows("SELECT count(*) FROM exemptions") == [(0,)]
    for refused in (run, "DELETE FROM receipts", "UPDATE receipts SET reason = 'none'"):
        with pytest.raises(IntegrityError), _connected(database_url) as connection:
            connection.execute(text(refused))


def test_a_desk_of_the_tenth_schema_finds_people_by_parts_of_names_in_one(
    database_url: str,
) -> None:
    _stop_at(database_url, "0001")
    people = {2: "하승현", 3: "欧阳娜", 4: "Bo Ek"}
    customers = [
        ("customers", {"id": 2 + n, "number": n, "name": name, "updated_at": "now"} | ALWAYS)
        for n, name in people.items()
    ]
    _bring_to(database_url, "0004", customers)
    _bring_to(database_url, "0010", [])
    parts = ("ha", "seunghyeon", "ouyang", "na", "o", "se")
    with _connected(database_url) as connection:
        for part in parts:
            connection.execute(
                text("DELETE FROM index_postings WHERE word = :part"), {"part": part}
            )
            without = "trim(replace(' ' || words || ' ', :part, ' '))"
            connection.execute(
                text(f"UPDATE index_roads SET words = {without}"), {"part": f" {part} "}
            )
        connection.execute(text("DELETE FROM index_roads WHERE words = ''"))
    schema.bring_up(locate(database_url))
    with closing(open_reader(locate(database_url))) as reader:
        assert index_of(reader) == of_the_customers(reader)
        assert {("ha", int(WordField.NAME)), ("se", int(WordField.BEGINNING))} <= index_of(reader)[
            0
        ].keys()


def _stop_at(url: str, revision: str) -> None:
    """Make a desk of an older schema and fill it."""
    location = locate(url)
    rows = []
    for table, given in ROWS_0001:
        row = ALWAYS | given
        if table in WITHOUT_VERSION:
            row.pop("version")
        if table in WITHOUT_CREATED:
            row.pop("created_at")
        if table == "agents":
            row["state"] = "ready"
        rows.append((table, row))
    _bring_to(url, revision, rows)
    if not location.is_postgres:
        with _connected(url) as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")


def _bring_to(url: str, revision: str, rows: list[tuple[str, dict[str, Any]]]) -> None:
    """Bring a desk to an older schema and add rows to it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.STEPS).replace("%", "%%"))
    with _connected(url) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        _insert(connection, rows, on_postgres=locate(url).is_postgres)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = writing_engine(locate(url))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _insert(
    connection: Connection, rows: list[tuple[str, dict[str, Any]]], *, on_postgres: bool
) -> None:
    for table, row in rows:
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        connection.execute(
            text(f"INSERT INTO {table} ({names}) VALUES ({values})"),
            {key: _stored(value, on_postgres) for key, value in row.items()},
        )


def _stored(value: Any, on_postgres: bool) -> Any:
    if value not in MOMENTS:
        return value
    if not on_postgres:
        return MOMENTS[value] * 1_000_000
    from datetime import UTC, datetime

    return datetime.fromtimestamp(MOMENTS[value], UTC)
