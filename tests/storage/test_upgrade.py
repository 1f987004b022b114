"""An older desk with rows in it is brought up to date, and every row is where it was."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from agent_tui.storage import schema
from agent_tui.storage.engines import writing_engine
from agent_tui.storage.location import locate
from agent_tui.storage.reader import open_reader
from agent_tui.storage.schema import State, check

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


def _stop_at(url: str, revision: str) -> None:
    """Make a desk of an older schema and fill it."""
    from alembic import command
    from alembic.config import Config

    location = locate(url)
    engine = writing_engine(location)
    config = Config()
    config.set_main_option("script_location", str(schema.STEPS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        if not location.is_postgres:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        for table, given in ROWS_0001:
            row = ALWAYS | given
            if table in WITHOUT_VERSION:
                row.pop("version")
            if table in WITHOUT_CREATED:
                row.pop("created_at")
            if table == "agents":
                row["state"] = "ready"
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(
                text(f"INSERT INTO {table} ({names}) VALUES ({values})"),
                {key: _stored(value, location.is_postgres) for key, value in row.items()},
            )
    engine.dispose()


def _stored(value: Any, on_postgres: bool) -> Any:
    if value not in MOMENTS:
        return value
    if not on_postgres:
        return MOMENTS[value] * 1_000_000
    from datetime import UTC, datetime

    return datetime.fromtimestamp(MOMENTS[value], UTC)
