"""All records that the brief and the sidebar are made of."""

from __future__ import annotations

from typing import Any

from agent_tui.domain.values.follow_ups import FollowUp, Question
from agent_tui.domain.values.people import (
    Case,
    Concession,
    Dossier,
    Fact,
    Refusal,
    Tie,
)
from agent_tui.domain.values.promises import Promise
from agent_tui.storage.queries import complaints, customers, interactions
from agent_tui.storage.queries.follow_ups import (
    FOLLOW_UP_COLUMNS,
    QUESTION_COLUMNS,
    follow_up,
    question,
)
from agent_tui.storage.queries.promises import PROMISE_COLUMNS, promise
from agent_tui.storage.reader import Reader, Row, build

INTERACTIONS_SHOWN = 100
RECORDS_SHOWN = 500


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
            questions=_questions(reader, customer_id),
            follow_ups=_follow_ups(reader, customer_id),
        )


def _of(reader: Reader, sql: str, customer_id: int) -> list[Row]:
    parameters: dict[str, Any] = {"id": customer_id, "limit": RECORDS_SHOWN}
    return reader.rows(f"SELECT {sql} LIMIT :limit", **parameters)


def _promises(reader: Reader, customer_id: int) -> tuple[Promise, ...]:
    order = "WHERE p.customer_id = :id ORDER BY p.state <> 'open', p.due_at IS NULL, p.due_at, p.id"
    return tuple(promise(row) for row in _of(reader, PROMISE_COLUMNS + order, customer_id))


def _cases(reader: Reader, customer_id: int) -> tuple[Case, ...]:
    order = "WHERE k.customer_id = :id ORDER BY k.opened_at DESC, k.id DESC"
    return tuple(
        complaints.case(row) for row in _of(reader, complaints.COLUMNS + order, customer_id)
    )


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


def _questions(reader: Reader, customer_id: int) -> tuple[Question, ...]:
    order = "WHERE q.customer_id = :id ORDER BY q.state <> 'open', q.at DESC, q.id DESC"
    return tuple(question(row) for row in _of(reader, QUESTION_COLUMNS + order, customer_id))


def _follow_ups(reader: Reader, customer_id: int) -> tuple[FollowUp, ...]:
    order = "WHERE u.customer_id = :id ORDER BY u.state = 'done', u.at DESC, u.id DESC"
    return tuple(follow_up(row) for row in _of(reader, FOLLOW_UP_COLUMNS + order, customer_id))


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
