"""Make a generated desk many times as large, in the database itself.

    python benchmarks/many_times.py sqlite:///desk.sqlite --times 10

Generating ten million interactions takes hours; copies of a million take minutes each. Each copy
has people of its own, with the whole history of those whom it is made of: ids lie whole days lower,
as if it had been generated so many days before, and each moment seven minutes and thirteen seconds
earlier than in the copy before. So the copies lie within each other in the same three years, which
are then so many times as busy, and each day keeps its shape. Rows go through the tables' own
triggers, which give them their places and words; the index of customers is built anew at the end.

On SQLite there is no journal meanwhile: a run that is broken off leaves nothing to be used. Seven
million interactions took 11.5 GB there, a copy of a million some 75 s of one core. What people
added to a generated desk by hand is not copied.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Connection, Engine, create_engine, event, text
from sqlmodel import SQLModel

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.domain import tables
from agent_tui.domain.tables.columns import UtcDateTime
from agent_tui.domain.values.ids import COUNTER_BITS
from agent_tui.storage.location import locate

IN_TIME_ORDER = ("interactions", "notes", "messages", "interaction_topics")
"""Copied in the order of time, in which an index of words is written fastest."""
OTHERS = ("contact_points", "promises", "cases", "facts", "feedback", "refusals", "concessions")
COPIED = frozenset({"customers", *IN_TIME_ORDER, *OTHERS})

AT_ONCE = 100_000
"""Interactions, or rows of the other tables, of one transaction."""
EARLIER = timedelta(minutes=7, seconds=13)
_DAY_OF_IDS = 86_400_000 << COUNTER_BITS
_GIVEN_BY_TRIGGERS = {("interactions", "place"), ("notes", "number")}
_MICROSECOND = timedelta(microseconds=1)
_MEANWHILE = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA trusted_schema = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -3000000",
)
_WORDS_IN_MEMORY = 64 << 20
_USUAL_WORDS_IN_MEMORY = 1 << 20


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much the rows of a copy differ from those that it is made of: the parameters of its
    statements; and the ids of the originals, both in."""

    values: dict[str, Any]
    first: int
    last: int


def multiply(url: str, times: int) -> None:
    """Make the desk so many times as large."""
    engine = _engine(url)
    with engine.connect() as connection:
        first, last = _ids(connection)
        people = int(connection.execute(text("SELECT max(number) FROM customers")).scalar_one())
    days = 1 + (last - first) // _DAY_OF_IDS
    with _bulk(engine):
        for number in range(1, times):
            began = time.monotonic()
            earlier = number * EARLIER
            values = {
                "ids": number * days * _DAY_OF_IDS,
                "earlier": earlier if _is_postgres(engine) else earlier // _MICROSECOND,
                "people": number * people,
                "suffix": f"-{number}",
            }
            _copy(engine, Shift(values, first, last))
            print(f"copy {number} of {times - 1}: {time.monotonic() - began:,.0f} s", flush=True)
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE counters SET value = :count WHERE name = 'customers'"),
                {"count": people * times},
            )
    engine.dispose()
    began = time.monotonic()
    with closing(build_desk(Settings(db=url, agent="lena", region="GB"))) as desk:
        desk.reindexing.rebuild()
    print(f"index of customers: {time.monotonic() - began:,.0f} s", flush=True)


def _engine(url: str) -> Engine:
    location = locate(url)
    if location.path is None:
        return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    engine = create_engine(f"sqlite:///{location.path}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in _MEANWHILE:
            connection.execute(pragma)

    return engine


def _is_postgres(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


@contextmanager
def _bulk(engine: Engine) -> Iterator[None]:
    """Write the index of words in larger pieces meanwhile; on a server, look at the tables
    afterwards, as it does by itself sooner or later."""
    if _is_postgres(engine):
        yield
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))
        return
    keep = text("INSERT INTO words (words, rank) VALUES ('hashsize', :bytes)")
    with engine.begin() as connection:
        connection.execute(keep, {"bytes": _WORDS_IN_MEMORY})
    yield
    with engine.begin() as connection:
        connection.execute(keep, {"bytes": _USUAL_WORDS_IN_MEMORY})


def _ids(connection: Connection) -> tuple[int, int]:
    """The first and last id of all that is copied."""
    ends = " UNION ALL ".join(
        f"SELECT min(id) AS first, max(id) AS last FROM {name}"
        for name in sorted(COPIED - {"interaction_topics"})
    )
    row = connection.execute(text(f"SELECT min(first), max(last) FROM ({ends}) e")).one()
    return int(row[0]), int(row[1])


def _copy(engine: Engine, shift: Shift) -> None:
    """Make one copy of all there was."""
    _by_ids(engine, "customers", shift)
    bound = shift.values | {"first": shift.first, "last": shift.last}
    for since, until in _stretches(engine, "interactions", "place", shift):
        with engine.begin() as connection:
            for name in IN_TIME_ORDER:
                connection.execute(
                    text(_statement(engine, name)), bound | {"since": since, "until": until}
                )
    for name in OTHERS:
        _by_ids(engine, name, shift)


def _by_ids(engine: Engine, name: str, shift: Shift) -> None:
    columns, values = _columns(engine, name)
    sql = f"INSERT INTO {name} ({columns}) SELECT {values} FROM {name} o WHERE o.id >= :since "
    for since, until in _stretches(engine, name, "id", shift):
        with engine.begin() as connection:
            connection.execute(
                text(f"{sql} AND o.id < :until ORDER BY o.id"),
                shift.values | {"since": since, "until": until},
            )


def _stretches(engine: Engine, name: str, key: str, shift: Shift) -> list[tuple[int, int]]:
    """The originals in stretches of so many: from where and below where."""
    sql = (
        f"SELECT o.key FROM (SELECT {key} AS key, row_number() OVER (ORDER BY {key}) - 1 AS nth "
        f"FROM {name} WHERE id >= :first AND id <= :last) o WHERE o.nth % :many = 0 ORDER BY o.key"
    )
    with engine.connect() as connection:
        begins = connection.execute(
            text(sql), {"first": shift.first, "last": shift.last, "many": AT_ONCE}
        )
        edges = [int(row[0]) for row in begins]
    return list(zip(edges, [*edges[1:], (1 << 63) - 1], strict=True)) if edges else []


def _statement(engine: Engine, name: str) -> str:
    """What copies the interactions between two places, or what belongs to them."""
    columns, values = _columns(engine, name)
    window = "i.place >= :since AND i.place < :until AND i.id >= :first AND i.id <= :last"
    if name == "interactions":
        source, order = f"interactions i WHERE {window}", "i.place"
    else:
        source = f"interactions i CROSS JOIN {name} o WHERE o.interaction_id = i.id AND {window}"
        order = {"notes": "i.place, o.id", "messages": "i.place, o.sequence"}.get(name, "i.place")
    row = "i" if name == "interactions" else "o"
    values = values.replace("o.", f"{row}.")
    return f"INSERT INTO {name} ({columns}) SELECT {values} FROM {source} ORDER BY {order}"


def _columns(engine: Engine, name: str) -> tuple[str, str]:
    """The columns of a table, and what they become in a copy, out of a row `o`."""
    tables.load()
    made = {
        column.name: _value(name, column, on_postgres=_is_postgres(engine))
        for column in SQLModel.metadata.tables[name].columns
        if (name, column.name) not in _GIVEN_BY_TRIGGERS
    }
    return ", ".join(f'"{column}"' for column in made), ", ".join(made.values())


def _value(table: str, column: Column[Any], *, on_postgres: bool) -> str:
    name = f'o."{column.name}"'
    points_to = {key.column.table.name for key in column.foreign_keys}
    if points_to & COPIED or (column.name == "id" and column.primary_key):
        return f"{name} - CAST(:ids AS bigint)"
    if isinstance(column.type, UtcDateTime):
        return f"{name} - " + ("CAST(:earlier AS interval)" if on_postgres else ":earlier")
    if table == "customers" and column.name == "number":
        return f"{name} + CAST(:people AS bigint)"
    if table in ("customers", "interactions") and column.name == "external_id":
        return f"{name} || CAST(:suffix AS text)"
    return name


def main() -> None:
    """Do it."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    ask.add_argument("url", help="the desk, which is changed")
    ask.add_argument("--times", type=int, default=10)
    given = ask.parse_args()
    multiply(given.url, given.times)


if __name__ == "__main__":
    main()
