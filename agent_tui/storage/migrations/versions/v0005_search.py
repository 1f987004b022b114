"""The customer index packed: words, roads to them, pieces of contact points; filled at once.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

from agent_tui.storage.index_tables import IN_USE, make
from agent_tui.storage.migrations.index_anew import build_index_anew

revision = "0005"
down_revision = "0004"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the new tables in the place of the old ones, and build the index of who is there."""
    op.drop_table("index_postings")
    op.drop_table("index_words")
    op.execute("DELETE FROM counters WHERE name = 'index_words'")
    on_postgres = op.get_bind().dialect.name == "postgresql"
    make(op.execute, IN_USE, on_postgres=on_postgres)
    op.create_table(
        "index_changes",
        sa.Column("version", BIG, nullable=False),
        sa.Column("field", sa.Integer(), nullable=False),
        sa.Column("word", BYTEWISE, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("version", "field", "word", "number"),
        sqlite_with_rowid=False,
    )
    # The latest customers are read off this index alone, hundreds at a key.
    op.drop_index("customers_last_contact", "customers")
    op.create_index("customers_last_contact", "customers", ["last_contact_at", "id", "number"])
    build_index_anew()
