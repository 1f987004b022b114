"""Where interactions stand in time, and the words that were said in them; filled at once.

Revision ID: 0007
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from agent_tui.storage.migrations import documents_postgres, documents_sqlite
from agent_tui.storage.migrations.gate import on_postgres

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_OF_INTERACTIONS = (
    "promises",
    "cases",
    "concessions",
    "refusals",
    "moods",
    "feedback",
    "frictions",
)


def upgrade() -> None:
    """Add places and documents, give them to what is there, and find records by interaction."""
    op.add_column("interactions", sa.Column("place", BIG, nullable=True))
    op.add_column("notes", sa.Column("number", sa.Integer(), nullable=True))
    op.create_index("interactions_place", "interactions", ["place"])
    documents = documents_postgres if on_postgres() else documents_sqlite
    _execute(documents.filling())
    op.create_index("interactions_agent", "interactions", ["agent_id", "place"])
    has = sa.text("interaction_id IS NOT NULL")
    for table in _OF_INTERACTIONS:
        op.create_index(
            f"{table}_interaction",
            table,
            ["interaction_id"],
            sqlite_where=has,
            postgresql_where=has,
        )
    if on_postgres():
        collation = documents_postgres.collation(op.get_bind())
        _execute(documents_postgres.statements(documents_postgres.schema(op.get_bind()), collation))
        _execute(documents_postgres.filling_words(collation))
    else:
        _execute(documents_sqlite.statements())
        _execute(documents_sqlite.filling_words())


def _execute(statements: Iterable[str]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
