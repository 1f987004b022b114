"""The team lead's room: reviews, saved views, the listening log.

Revision ID: 0006
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Add the tables; what is there stays as it is."""
    _reviews()
    _views()
    op.create_table(
        "listenings",
        *_versioned(),
        _to("agent_id", "agents"),
        _to("interaction_id", "interactions"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seed", BIG, nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
    )
    op.create_index("listenings_agent", "listenings", ["agent_id", "at"])
    op.create_index("ix_listenings_interaction_id", "listenings", ["interaction_id"])


def _versioned() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, primary_key=True, nullable=False),
    )


def _to(name: str, table: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, BIG, sa.ForeignKey(f"{table}.id"), nullable=null)


def _reviews() -> None:
    op.create_table(
        "reviews",
        *_versioned(),
        _to("interaction_id", "interactions"),
        _to("agent_id", "agents"),
        _to("author_id", "agents"),
        sa.Column("kind", sa.String(length=32), nullable=False),
        _to("message_id", "messages", null=True),
        _to("note_id", "notes", null=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
    )
    op.create_index("reviews_interaction", "reviews", ["interaction_id"])
    op.create_index("reviews_agent", "reviews", ["agent_id", "at"])
    op.create_index("reviews_author", "reviews", ["author_id", "at"])
    op.create_table(
        "review_criteria",
        sa.Column("review_id", BIG, sa.ForeignKey("reviews.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("review_id", "position"),
    )


def _views() -> None:
    op.create_table(
        "views",
        *_versioned(),
        _to("owner_id", "agents"),
        _to("team_id", "teams"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("owner_id", "name", name="views_named"),
    )
    op.create_index("views_shared", "views", ["team_id", "is_shared"])
    op.create_table(
        "default_views",
        sa.Column("agent_id", BIG, sa.ForeignKey("agents.id"), primary_key=True, nullable=False),
        sa.Column("view_id", BIG, sa.ForeignKey("views.id"), nullable=False),
    )
    op.create_index("ix_default_views_view_id", "default_views", ["view_id"])
