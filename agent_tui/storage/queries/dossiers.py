"""All records that the brief and the sidebar are made of."""

from __future__ import annotations

from typing import Any

from agent_tui.domain.values.people import (
    Case,
    Concession,
    Dossier,
    Fact,
    Promise,
    Refusal,
    Tie,
)
from agent_tui.storage.queries import customers, interactions
from agent_tui.storage.reader import Reader, Row, build

INTERACTIONS_SHOWN = 100
RECORDS_SHOWN = 500

PROMISE_COLUMNS = (
    "p.id, p.customer_id, c.name, p.side, p.text, p.due_at, p.state, a.name, p.interaction_id, "
    "p.created_at FROM promises p JOIN customers c ON c.id = p.customer_id "
    "LEFT JOIN agents a ON a.id = p.owner_id "
)


def promise(row: Row) -> Promise:
    """A promise from a row of `PROMISE_COLUMNS`."""
    return build(Promise, row, 5, 9)


def dossier(reader: Reader, *, customer_id: int) -> Dossier | None:
    """Everything about one customer at one moment; None where there is no such customer."""
    with reader.snapshot():
        who = customers.customer(reader, customer_id=customer_id)
        if who is None:
            return None
        return Dossier(
            customer=who,
            promises=_promises(reader, customer_id),
            cases=_cases(reader, customer_id),
            facts=_facts(reader, customer_id),
            refusals=_refusals(reader, customer_id),
            concessions=_concessions(reader, customer_id),
            ties=_ties(reader, customer_id),
            interactions=tuple(
                interactions.of_customer(reader, customer_id=customer_id, limit=INTERACTIONS_SHOWN)
            ),
        )


def _of(reader: Reader, sql: str, customer_id: int) -> list[Row]:
    parameters: dict[str, Any] = {"id": customer_id, "limit": RECORDS_SHOWN}
    return reader.rows(f"SELECT {sql} LIMIT :limit", **parameters)


def _promises(reader: Reader, customer_id: int) -> tuple[Promise, ...]:
    order = "WHERE p.customer_id = :id ORDER BY p.state <> 'open', p.due_at IS NULL, p.due_at, p.id"
    return tuple(promise(row) for row in _of(reader, PROMISE_COLUMNS + order, customer_id))


def _cases(reader: Reader, customer_id: int) -> tuple[Case, ...]:
    rows = _of(
        reader,
        "id, kind, title, external_id, state, opened_at, answer_due_at, interaction_id "
        "FROM cases WHERE customer_id = :id ORDER BY opened_at DESC, id DESC",
        customer_id,
    )
    return tuple(build(Case, row, 5, 6) for row in rows)


def _facts(reader: Reader, customer_id: int) -> tuple[Fact, ...]:
    rows = _of(
        reader,
        "id, kind, text, source, stated_at, confirm_by, interaction_id FROM facts "
        "WHERE customer_id = :id AND state = 'current' ORDER BY stated_at DESC, id DESC",
        customer_id,
    )
    return tuple(build(Fact, row, 4, 5) for row in rows)


def _refusals(reader: Reader, customer_id: int) -> tuple[Refusal, ...]:
    rows = _of(
        reader,
        "id, what, at, ask_again_after, interaction_id FROM refusals "
        "WHERE customer_id = :id ORDER BY at DESC, id DESC",
        customer_id,
    )
    return tuple(build(Refusal, row, 2, 3) for row in rows)


def _concessions(reader: Reader, customer_id: int) -> tuple[Concession, ...]:
    rows = _of(
        reader,
        "id, side, kind, amount, currency, reason, at FROM concessions "
        "WHERE customer_id = :id ORDER BY at DESC, id DESC",
        customer_id,
    )
    return tuple(build(Concession, row, 6) for row in rows)


def _ties(reader: Reader, customer_id: int) -> tuple[Tie, ...]:
    rows = _of(
        reader,
        "o.id, o.name, t.kind FROM ties t JOIN customers o ON o.id = "
        "CASE WHEN t.customer_id = :id THEN t.other_id ELSE t.customer_id END "
        "WHERE t.customer_id = :id OR t.other_id = :id ORDER BY t.id",
        customer_id,
    )
    unique = {(row[0], row[2]): Tie(*row) for row in rows}
    return tuple(unique.values())
