"""What agents were prompted to ask."""

from __future__ import annotations

from datetime import datetime

from agent_tui.domain.values.knowing import PromptPast
from agent_tui.storage.reader import Reader, build


def of_interaction(
    reader: Reader, *, customer_id: int, interaction_id: int
) -> tuple[int, PromptPast] | None:
    """The prompt of an interaction about that customer, by its id; None where there was none."""
    row = reader.row(
        "SELECT id, what, at, outcome FROM prompts "
        "WHERE interaction_id = :call AND customer_id = :customer ORDER BY id",
        call=interaction_id,
        customer=customer_id,
    )
    return (int(row[0]), build(PromptPast, row[1:], 1)) if row else None


def spent(reader: Reader, *, customer_id: int, since: datetime) -> list[PromptPast]:
    """What was prompted about a customer behind that moment, and whatever they ever declined.

    What was prompted while the interaction was put to the wrong person does not count.
    """
    rows = reader.rows(
        "SELECT p.what, p.at, p.outcome FROM prompts p "
        "LEFT JOIN interactions i ON i.id = p.interaction_id "
        "WHERE p.customer_id = :id AND (p.at > :since OR p.outcome = 'declined') "
        "AND (i.customer_id = p.customer_id OR p.outcome IS NOT NULL) ORDER BY p.id",
        id=customer_id,
        since=since,
    )
    return [build(PromptPast, row, 1) for row in rows]
