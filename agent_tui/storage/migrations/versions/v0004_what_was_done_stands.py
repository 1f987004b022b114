"""What was done stands: script runs, their steps and granted receipts cannot be deleted or bent.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

from agent_tui.storage.migrations.standing import let_stand

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Add the table of exemptions and the triggers; what is there stays as it is."""
    op.create_table(
        "exemptions",
        sa.Column("id", BIG, primary_key=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("customer_id", BIG, nullable=True),
        sa.Column("agent_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
    )
    unended = sa.text("ended_at IS NULL")
    op.create_index(
        "exemptions_open",
        "exemptions",
        ["kind"],
        sqlite_where=unended,
        postgresql_where=unended,
    )
    let_stand()
