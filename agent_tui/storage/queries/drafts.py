"""Texts that were not saved yet, with whom they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.rules.left_over import why_over
from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import asked_in
from agent_tui.domain.values.today import DraftText
from agent_tui.storage.queries import customers
from agent_tui.storage.reader import Reader, moment, one_of

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import DraftKind
    from agent_tui.storage.plain_unit import PlainUnit

_SAVED_AS: dict[DraftKind, str] = {"note": "notes", "message": "messages"}
"""Where a text is kept once it is saved, under the id of its draft."""

_RECORDS = {
    ids.PROMISE: ("promises", "state"),
    ids.FACT: ("facts", "state"),
    ids.REFUSAL: ("refusals", "state"),
    ids.QUESTION: ("questions", "state"),
    ids.CASE: ("cases", "state"),
    ids.PROMPT: ("prompts", "coalesce(outcome, '')"),
    ids.RUN: ("script_runs", "state"),
    ids.NOTE: ("notes", "''"),
    ids.MESSAGE: (
        "(SELECT m.id, i.customer_id FROM messages m "
        "JOIN interactions i ON i.id = m.interaction_id) AS said",
        "''",
    ),
}
"""By the prefix of its id, the table of a record that a line may be about, and how far it is: what
was said and noted stays as it is."""


class _Caller(NamedTuple):
    """Of an interaction the customer's id, their name or the number at the other end, its state."""

    customer_id: int | None
    name: str | None
    state: str


def of_agent(reader: Reader, *, agent_id: int, limit: int) -> tuple[DraftText, ...]:
    """An agent's drafts, newest first; whom they are about is read for all of them at once."""
    rows = reader.rows(
        "SELECT id, kind, about, text, updated_at, corrects_id FROM drafts "
        "WHERE agent_id = :agent ORDER BY updated_at DESC, id DESC LIMIT :limit",
        agent=agent_id,
        limit=limit,
    )
    subjects = [asked_in(row[2]).subject for row in rows]
    calls = _callers(reader, [ids.parse(ids.INTERACTION, one) for one in subjects])
    theirs = _customers_of(reader, subjects)
    people = [ids.parse(ids.CUSTOMER, one) or theirs.get(one, (None,))[0] for one in subjects]
    names = customers.names(reader, customer_ids=[one for one in people if one is not None])
    found = []
    for row, written_on, person in zip(rows, subjects, people, strict=True):
        draft_id, kind, about, text, updated_at, corrects_id = row
        interaction_id = ids.parse(ids.INTERACTION, written_on)
        call = calls.get(interaction_id)
        if interaction_id is None:
            customer_id = person
            subject = names.get(person) if person is not None else None
            state = theirs[written_on][1] if written_on in theirs else None
        else:
            customer_id, subject, state = call or (None, None, None)
        found.append(
            DraftText(
                draft_id,
                kind,
                about,
                text,
                moment(updated_at),
                corrects_id,
                subject,
                customer_id,
                interaction_id,
                why_over(kind, asked_in(about), state, is_known=customer_id is not None),
            )
        )
    return tuple(found)


def _callers(reader: Reader, interaction_ids: list[int | None]) -> dict[int | None, _Caller]:
    """Who each interaction was with, and how far it is."""
    known = [one for one in interaction_ids if one is not None]
    if not known:
        return {}
    condition, values = one_of("i.id", known)
    rows = reader.rows(
        "SELECT i.id, i.customer_id, coalesce(c.name, i.peer), i.state FROM interactions i "
        f"LEFT JOIN customers c ON c.id = i.customer_id WHERE {condition}",
        **values,
    )
    return {row[0]: _Caller(*row[1:]) for row in rows}


def _customers_of(reader: Reader, shown: list[str]) -> dict[str, tuple[int, str]]:
    """Of each record that a line is about, by its shown id, whose it is and how far it is."""
    found: dict[str, tuple[int, str]] = {}
    for prefix, (table, state) in _RECORDS.items():
        known = [number for one in shown if (number := ids.parse(prefix, one)) is not None]
        if known:
            condition, values = one_of("id", known)
            rows = reader.rows(
                f"SELECT id, customer_id, {state} FROM {table} "
                f"WHERE {condition} AND customer_id IS NOT NULL",
                **values,
            )
            found |= {ids.show(prefix, row[0]): (row[1], row[2]) for row in rows}
    return found


def text_to_change(reader: Reader, *, draft_id: int) -> str | None:
    """The text of a draft, None where there is none; on a server whoever saves it at the same
    moment is waited for, or waits."""
    lock = " FOR NO KEY UPDATE" if reader.is_postgres else ""
    row = reader.row(f"SELECT text FROM drafts WHERE id = :id{lock}", id=draft_id)
    return None if row is None else str(row[0])


def is_saved(reader: Reader, *, draft_id: int, kind: DraftKind) -> bool:
    """Whether the text is saved already. What a wrap-up leaves has ids of its own."""
    table = _SAVED_AS.get(kind)
    if table is None:
        return False
    return reader.row(f"SELECT 1 FROM {table} WHERE id = :id", id=draft_id) is not None


def write(
    unit: PlainUnit,
    *,
    draft_id: int,
    kind: DraftKind,
    about: str,
    text: str,
    corrects_id: int | None,
) -> None:
    """Keep a text; what it corrects is said when it is first kept."""
    unit.execute(
        "INSERT INTO drafts (id, agent_id, kind, about, corrects_id, text, updated_at) "
        "VALUES (:id, :agent, :kind, :about, :corrects, :text, :now) "
        "ON CONFLICT (id) DO UPDATE SET about = excluded.about, text = excluded.text, "
        "updated_at = excluded.updated_at",
        id=draft_id,
        agent=unit.agent_id,
        kind=kind,
        about=about,
        corrects=corrects_id,
        text=text,
        now=unit.now,
    )


def remove(unit: PlainUnit, *, draft_id: int) -> None:
    """End a draft, if there is one."""
    unit.execute("DELETE FROM drafts WHERE id = :id", id=draft_id)
