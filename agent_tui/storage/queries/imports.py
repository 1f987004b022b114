"""What an import asks and writes, each for a whole batch of customers in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from agent_tui.errors import Conflict
from agent_tui.storage.index_store import among, listed
from agent_tui.storage.reader import Reader, moment_or_none

Stored = dict[str, Any]
"""Columns of a stored row; `was` is the version in which it was read."""

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_CUSTOMER = (
    "id, version, number, external_id, import_key, name, given_name, family_name, company, city, "
    "language, pronouns, last_contact_at, import_digests, updated_at"
)
_POINT = "id, version, customer_id, kind, normal, preferred, consent, interaction_id"
_INTERACTION = (
    "id, version, customer_id, external_id, import_key, agent_id, agenda, met, outcome, closed_at, "
    "wrapped_up_at, opened_at"
)
_CASE = (
    "id, version, customer_id, external_id, kind, title, state, remedy, answer_due_at, "
    "(SELECT c.speakable FROM complaints c WHERE c.case_id = cases.id) AS speakable"
)

_TYPES = {
    "id": "bigint",
    "was": "integer",
    "version": "integer",
    "agent_id": "bigint",
    "interaction_id": "bigint",
    "preferred": "boolean",
    "last_contact_at": "timestamptz",
    "updated_at": "timestamptz",
    "closed_at": "timestamptz",
    "answer_due_at": "timestamptz",
}
"""Types of the columns that an import changes, on PostgreSQL; all others are text."""


def customers_by_external_id(
    reader: Reader, *, source: str, external_ids: Sequence[str]
) -> list[Stored]:
    """The customers that this source has under these ids."""
    condition = f"source = :source AND {among(reader, 'external_id', 'text')}"
    return _stored(reader, "customers", _CUSTOMER, condition, external_ids, source=source)


def customers_by_key(reader: Reader, *, keys: Sequence[str]) -> list[Stored]:
    """The customers that were imported under these keys, oldest first."""
    condition = f"{among(reader, 'import_key', 'text')} ORDER BY id"
    return _stored(reader, "customers", _CUSTOMER, condition, keys)


def customer_ids(reader: Reader, *, source: str, external_ids: Sequence[str]) -> dict[str, int]:
    """Ids by the ids that this source uses."""
    if not external_ids:
        return {}
    rows = reader.rows(
        "SELECT external_id, id FROM customers "
        f"WHERE source = :source AND {among(reader, 'external_id', 'text')}",
        source=source,
        values=listed(reader, external_ids),
    )
    return {str(name): int(customer_id) for name, customer_id in rows}


def contact_points(reader: Reader, *, customers: Sequence[int]) -> list[Stored]:
    """All ways to reach these customers."""
    condition = among(reader, "customer_id")
    return _stored(reader, "contact_points", _POINT, condition, customers)


def interactions_by_external_id(
    reader: Reader, *, source: str, external_ids: Sequence[str]
) -> list[Stored]:
    """The interactions that this source has under these ids, whoever they are with."""
    condition = f"source = :source AND {among(reader, 'external_id', 'text')}"
    return _stored(reader, "interactions", _INTERACTION, condition, external_ids, source=source)


def interactions_by_key(
    reader: Reader, *, customers: Sequence[int], keys: Sequence[str]
) -> list[Stored]:
    """The interactions with these customers that were imported under these keys."""
    wanted = set(keys)
    condition = f"{among(reader, 'customer_id')} AND import_key IS NOT NULL"
    rows = _stored(reader, "interactions", _INTERACTION, condition, customers)
    return [row for row in rows if row["import_key"] in wanted]


def said(
    reader: Reader, *, interactions: Sequence[int]
) -> list[tuple[int, int, str | None, str, str, datetime | None]]:
    """Interaction, sequence, external id, speaker, text and time of messages of interactions."""
    if not interactions:
        return []
    rows = reader.rows(
        "SELECT interaction_id, sequence, external_id, speaker, text, at FROM messages "
        f"WHERE {among(reader, 'interaction_id')} ORDER BY interaction_id, sequence",
        values=listed(reader, interactions),
    )
    return [(row[0], row[1], row[2], row[3], row[4], moment_or_none(row[5])) for row in rows]


def topics(reader: Reader, *, interactions: Sequence[int]) -> set[tuple[int, str]]:
    """Interactions with each of their topics."""
    if not interactions:
        return set()
    rows = reader.rows(
        "SELECT interaction_id, topic FROM interaction_topics "
        f"WHERE {among(reader, 'interaction_id')}",
        values=listed(reader, interactions),
    )
    return {(row[0], row[1]) for row in rows}


def keys_of(reader: Reader, table: str, *, customers: Sequence[int]) -> set[tuple[int, str]]:
    """Customers with each key under which a row of theirs was imported into a table."""
    rows = reader.rows(
        f"SELECT customer_id, import_key FROM {table} "
        f"WHERE import_key IS NOT NULL AND {among(reader, 'customer_id')}",
        values=listed(reader, customers),
    )
    return {(row[0], row[1]) for row in rows}


def cases(reader: Reader, *, source: str, customers: Sequence[int]) -> list[Stored]:
    """The cases of these customers that this source has an id for; `speakable` is the id of a
    complaint that somebody here has taken a step about."""
    condition = f"source = :source AND {among(reader, 'customer_id')}"
    return _stored(reader, "cases", _CASE, condition, customers, source=source)


def ties(reader: Reader, *, customers: Sequence[int]) -> set[tuple[int, int, str]]:
    """The ties of these customers: from whom, to whom, of which kind."""
    if not customers:
        return set()
    rows = reader.rows(
        f"SELECT customer_id, other_id, kind FROM ties WHERE {among(reader, 'customer_id')}",
        values=listed(reader, customers),
    )
    return {(row[0], row[1], row[2]) for row in rows}


def agents(reader: Reader, *, handles: Sequence[str]) -> dict[str, int]:
    """The ids of the agents with these handles."""
    if not handles:
        return {}
    rows = reader.rows(
        f"SELECT handle, id FROM agents WHERE {among(reader, 'handle', 'text')}",
        values=listed(reader, handles),
    )
    return {str(handle): int(agent_id) for handle, agent_id in rows}


def rewrite(
    reader: Reader, table: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Write these columns of changed rows, and their versions, in one statement.

    Raises Conflict where a row is no longer in the version in which it was read.
    """
    sent = ("id", "was", "version", *columns)
    chosen = [{column: row[column] for column in sent} for row in rows]
    if not chosen:
        return
    if reader.is_postgres:
        typed = ", ".join(f"{column} {_TYPES.get(column, 'text')}" for column in sent)
        source = f"jsonb_to_recordset(CAST(:rows AS jsonb)) AS d({typed})"
    else:
        picked = ", ".join(f"json_extract(value, '$.{column}') AS {column}" for column in sent)
        source = f"(SELECT {picked} FROM json_each(:rows)) AS d"
    sets = ", ".join(f"{column} = d.{column}" for column in ("version", *columns))
    written = reader.rows(
        f"UPDATE {table} SET {sets} FROM {source} "
        f"WHERE {table}.id = d.id AND {table}.version = d.was RETURNING {table}.id",
        rows=json.dumps(chosen, default=_iso if reader.is_postgres else _microseconds),
    )
    if len(written) < len(chosen):
        raise Conflict("somebody else changed this first: look again, then repeat")


def _stored(
    reader: Reader, table: str, columns: str, condition: str, values: Sequence[Any], **others: Any
) -> list[Stored]:
    if not values:
        return []
    found = reader.rows(
        f"SELECT {columns} FROM {table} WHERE {condition}",
        values=listed(reader, values),
        **others,
    )
    names = [name.rpartition(" ")[2] for name in columns.split(", ")]
    moments = [name for name in names if name.endswith("_at")]
    rows = [dict(zip(names, row, strict=True)) for row in found]
    for row in rows:
        row["was"] = row["version"]
        for name in moments:
            row[name] = moment_or_none(row[name])
    return rows


def _iso(value: datetime) -> str:
    return value.isoformat()


def _microseconds(value: datetime) -> int:
    return (value - _UNIX_EPOCH) // _MICROSECOND
