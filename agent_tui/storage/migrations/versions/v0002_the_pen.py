"""The pen: what marks in notes become, the outbox, complaints, presence, drafts by their id.

Revision ID: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Add to every table what the pen writes; what is there stays as it is."""
    _commitments()
    _people()
    _conversations()
    _drafts()
    _house()


def _add(table: str, name: str, kind: TypeEngine[Any], points_to: str = "") -> None:
    """Add a column that may be empty; in plain SQL, since Alembic's SQLite adds no references."""
    written = kind.compile(dialect=op.get_bind().dialect)
    reference = f" REFERENCES {points_to} (id)" if points_to else ""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {written}{reference}")


def _commitments() -> None:
    for name in ("closed_by_id", "offered_to_id", "offered_by_id"):
        _add("promises", name, BIG, "agents")
    _add("promises", "replaces_id", BIG, "promises")
    for name in ("told_at", "read_back_at"):
        _add("promises", name, MOMENT)
    for name in ("reason", "contact", "mark"):
        _add("promises", name, sa.Text())
    op.create_index("promises_offered", "promises", ["offered_to_id", "state"])
    offered = sa.text("offered_by_id IS NOT NULL")
    op.create_index(
        "promises_offered_by",
        "promises",
        ["offered_by_id", "state"],
        sqlite_where=offered,
        postgresql_where=offered,
    )
    standing = sa.text("state = 'open'")
    op.create_index(
        "promises_open",
        "promises",
        ["due_at"],
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("promises_note", "promises", ["note_id"])
    op.create_index("promises_replaces", "promises", ["replaces_id"])
    _add("concessions", "mark", sa.Text())
    op.create_index("concessions_note", "concessions", ["note_id"])
    _add("cases", "note_id", BIG, "notes")
    _add("cases", "mark", sa.Text())
    op.create_index("cases_note", "cases", ["note_id"])
    complaint = sa.text(
        "kind = 'complaint' AND state NOT IN ('accepted', 'canceled', 'cancelled', 'closed', "
        "'delivered', 'done', 'resolved', 'solved')"
    )
    op.create_index(
        "cases_complaints",
        "cases",
        ["opened_at", "id"],
        sqlite_where=complaint,
        postgresql_where=complaint,
    )
    op.create_table(
        "complaints",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", BIG, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("speakable", sa.String(length=16), nullable=False, unique=True),
        sa.Column("acknowledged_at", MOMENT, nullable=True),
        sa.Column("assessed_at", MOMENT, nullable=True),
        sa.Column("assessment", sa.Text(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("reaction", sa.String(length=32), nullable=True),
        sa.Column("reacted_at", MOMENT, nullable=True),
        sa.Column("escalated_to", sa.Text(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("case_id"),
    )
    open_ = sa.text("closed_at IS NULL")
    op.create_index(
        "complaints_open", "complaints", ["case_id"], sqlite_where=open_, postgresql_where=open_
    )
    op.create_table(
        "questions",
        sa.Column("version", sa.Integer(), nullable=False),
        *_origin(),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
    )
    op.create_index("questions_customer", "questions", ["customer_id", "state"])
    op.create_index("questions_note", "questions", ["note_id"])
    op.create_table(
        "follow_ups",
        sa.Column("version", sa.Integer(), nullable=False),
        *_origin(),
        sa.Column("asked_by_id", BIG, sa.ForeignKey("agents.id"), nullable=True),
        sa.Column("owner_id", BIG, sa.ForeignKey("agents.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
    )
    op.create_index("follow_ups_owner", "follow_ups", ["owner_id", "state"])
    op.create_index("follow_ups_asker", "follow_ups", ["asked_by_id", "state"])
    op.create_index("follow_ups_customer", "follow_ups", ["customer_id", "state"])
    op.create_index("follow_ups_note", "follow_ups", ["note_id"])


def _people() -> None:
    for table in ("facts", "refusals"):
        _add(table, "note_id", BIG, "notes")
        _add(table, "mark", sa.Text())
        op.create_index(f"{table}_note", table, ["note_id"])
    _add("contact_points", "interaction_id", BIG, "interactions")


def _conversations() -> None:
    for name in ("held_at", "parked_at", "wrapped_up_at"):
        _add("interactions", name, MOMENT)
    for name in ("hold_reason", "summary"):
        _add("interactions", name, sa.Text())
    _add("interactions", "read_back", sa.String(length=32))
    ended = sa.text("state = 'ended'")
    op.create_index(
        "interactions_ended",
        "interactions",
        ["agent_id", "opened_at"],
        sqlite_where=ended,
        postgresql_where=ended,
    )
    _add("messages", "author_id", BIG, "agents")
    _add("messages", "failure", sa.Text())
    _add("messages", "claimed_at", MOMENT)
    waiting = sa.text("delivery = 'waiting'")
    op.create_index(
        "messages_waiting", "messages", ["id"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.execute("ALTER TABLE notes ADD COLUMN after_sequence INTEGER NOT NULL DEFAULT 0")
    _add("notes", "undone_at", MOMENT)
    _add("notes", "agenda_before", sa.Text())
    op.execute(
        "UPDATE notes SET after_sequence = (SELECT coalesce(max(m.sequence), 0) FROM messages m "
        "WHERE m.interaction_id = notes.interaction_id AND (m.at IS NULL OR m.at <= notes.at)) "
        "WHERE interaction_id IS NOT NULL"
    )
    op.drop_index("notes_interaction", "notes")
    _notes_among("notes_interaction", "interaction_id", "after_sequence", "id")
    _notes_among("notes_corrects", "corrects_id")
    op.create_index("notes_author", "notes", ["author_id", "id"])
    _add("interaction_topics", "note_id", BIG, "notes")
    alone = sa.text("interaction_id IS NULL AND corrects_id IS NULL")
    op.create_index(
        "notes_alone",
        "notes",
        ["customer_id", "at", "id"],
        sqlite_where=alone,
        postgresql_where=alone,
    )
    op.create_table(
        "moods",
        *_origin(),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
    )
    op.create_index("moods_customer", "moods", ["customer_id", "at"])
    op.create_index("moods_note", "moods", ["note_id"])


def _notes_among(name: str, column: str, *more: str) -> None:
    has = sa.text(f"{column} IS NOT NULL")
    op.create_index(name, "notes", [column, *more], sqlite_where=has, postgresql_where=has)


def _drafts() -> None:
    """One draft a note; where a text stood under two subjects, the newest stays."""
    op.rename_table("drafts", "drafts_by_subject")
    op.create_table(
        "drafts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("agent_id", BIG, sa.ForeignKey("agents.id"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("corrects_id", BIG, sa.ForeignKey("notes.id"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="drafts_by_id"),
    )
    op.execute(
        "INSERT INTO drafts (id, agent_id, kind, about, text, updated_at) "
        "SELECT note_id, agent_id, 'note', about, text, updated_at FROM drafts_by_subject "
        "ORDER BY updated_at DESC ON CONFLICT DO NOTHING"
    )
    op.drop_table("drafts_by_subject")
    op.create_index("drafts_agent", "drafts", ["agent_id", "updated_at"])


def _house() -> None:
    _add("agents", "state_since", MOMENT)
    op.create_table(
        "presences",
        sa.Column("desk_id", BIG, nullable=False),
        sa.Column("agent_id", BIG, sa.ForeignKey("agents.id"), nullable=False),
        sa.Column("customer_id", BIG, sa.ForeignKey("customers.id"), nullable=True),
        sa.Column("interaction_id", BIG, sa.ForeignKey("interactions.id"), nullable=True),
        sa.Column("doing", sa.String(length=32), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("desk_id"),
    )
    op.create_index("presences_customer", "presences", ["customer_id"])
    op.create_table(
        "not_cards",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("agent_id", BIG, sa.ForeignKey("agents.id"), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )


def _origin() -> tuple[sa.Column[Any], ...]:
    """The id of a record, and where it comes from."""
    return (
        sa.Column("id", BIG, primary_key=True, nullable=False),
        sa.Column("customer_id", BIG, sa.ForeignKey("customers.id"), nullable=False),
        sa.Column("interaction_id", BIG, sa.ForeignKey("interactions.id"), nullable=True),
        sa.Column("note_id", BIG, sa.ForeignKey("notes.id"), nullable=True),
    )
