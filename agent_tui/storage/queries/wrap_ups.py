"""What an interaction left behind, and what its wrap-up changed."""

from __future__ import annotations

from datetime import datetime

from agent_tui.domain.values.people import Concession, Fact, Refusal
from agent_tui.domain.values.wrap_up import Left, MoodQuote
from agent_tui.storage.queries import complaints
from agent_tui.storage.queries.follow_ups import (
    FOLLOW_UP_COLUMNS,
    QUESTION_COLUMNS,
    follow_up,
    question,
)
from agent_tui.storage.queries.promises import PROMISE_COLUMNS, promise
from agent_tui.storage.reader import Reader, Row, build

NOT_PROMISED = "not promised"
"""Why a promise is withdrawn that the wrap-up found to be none."""
RECORDS_READ = 200
"""Records of each kind that one interaction is taken to leave."""


def left(reader: Reader, *, interaction_id: int, customer_id: int | None) -> Left:
    """The records made in an interaction that stand, oldest first; none while nobody is known."""
    if customer_id is None:
        return Left()

    def made(columns: str, alias: str, more: str = "") -> list[Row]:
        return reader.rows(
            f"SELECT {columns} WHERE {alias}.customer_id = :customer "
            f"AND {alias}.interaction_id = :call {more} ORDER BY {alias}.id LIMIT :limit",
            customer=customer_id,
            call=interaction_id,
            limit=RECORDS_READ,
        )

    facts = made(
        "f.id, f.kind, f.text, f.source, f.stated_at, f.confirm_by, f.interaction_id FROM facts f",
        "f",
        "AND f.state = 'current'",
    )
    concessions = made(
        "g.id, g.side, g.kind, g.amount, g.currency, g.reason, g.at FROM concessions g",
        "g",
        "AND g.state = 'current'",
    )
    refusals = made(
        "r.id, r.what, r.at, r.ask_again_after, r.interaction_id FROM refusals r",
        "r",
        "AND r.state = 'current'",
    )
    return Left(
        promises=tuple(
            promise(row) for row in made(PROMISE_COLUMNS, "p", "AND p.state IN ('open', 'kept')")
        ),
        facts=tuple(build(Fact, row, 4, 5) for row in facts),
        concessions=tuple(build(Concession, row, 6) for row in concessions),
        refusals=tuple(build(Refusal, row, 2, 3) for row in refusals),
        cases=tuple(complaints.case(row) for row in made(complaints.COLUMNS, "k")),
        moods=tuple(
            build(MoodQuote, row, 2) for row in made("d.id, d.text, d.at FROM moods d", "d")
        ),
        questions=tuple(question(row) for row in made(QUESTION_COLUMNS, "q")),
        follow_ups=tuple(follow_up(row) for row in made(FOLLOW_UP_COLUMNS, "u")),
    )


def version(reader: Reader, *, interaction_id: int) -> int:
    """The version of an interaction's row; 0 where there is none."""
    row = reader.row("SELECT version FROM interactions WHERE id = :id", id=interaction_id)
    return int(row[0]) if row else 0


def dropped_promises(
    reader: Reader, *, interaction_id: int, customer_id: int, at: datetime
) -> list[int]:
    """The promises of an interaction that its wrap-up at that moment found to be none."""
    rows = reader.rows(
        "SELECT id FROM promises WHERE customer_id = :customer AND interaction_id = :call "
        "AND state = 'withdrawn' AND reason = :reason AND closed_at = :at ORDER BY id",
        customer=customer_id,
        call=interaction_id,
        reason=NOT_PROMISED,
        at=at,
    )
    return [int(row[0]) for row in rows]


def wrong_facts(reader: Reader, *, interaction_id: int, customer_id: int) -> list[int]:
    """The facts of an interaction that were marked wrong, by whomever."""
    rows = reader.rows(
        "SELECT id FROM facts WHERE customer_id = :customer AND interaction_id = :call "
        "AND state = 'wrong' ORDER BY id",
        customer=customer_id,
        call=interaction_id,
    )
    return [int(row[0]) for row in rows]


def happened(reader: Reader, *, kind: str, subject: str, at: datetime) -> bool:
    """Whether there is an event of that kind, about that subject, at that very moment."""
    row = reader.row(
        "SELECT 1 FROM events WHERE subject = :subject AND kind = :kind AND at = :at",
        subject=subject,
        kind=kind,
        at=at,
    )
    return row is not None
