"""Promises and prompts in the order of time, so that a week of them is measured without the rest.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_OURS = sa.text("side = 'ours'")


def upgrade() -> None:
    """Add the indexes; what is there stays as it is."""
    op.create_index(
        "promises_due", "promises", ["due_at"], sqlite_where=_OURS, postgresql_where=_OURS
    )
    op.create_index("prompts_at", "prompts", ["at"])
