"""Indexes for what Recent walked through everything for: channels, outcomes, promises, repeats.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_OURS = sa.text("side = 'ours' AND interaction_id IS NOT NULL")


def upgrade() -> None:
    """Add the indexes; one that another does the work of goes, and leaves its room to them."""
    op.drop_index("interaction_topics_topic", "interaction_topics")
    op.create_index(
        "interaction_topics_again",
        "interaction_topics",
        ["customer_id", "topic", "opened_at", "interaction_id"],
    )
    op.create_index("interactions_channel", "interactions", ["channel", "place"])
    op.create_index("interactions_met", "interactions", ["met", "place"])
    op.create_index(
        "promises_state",
        "promises",
        ["state", "interaction_id"],
        sqlite_where=_OURS,
        postgresql_where=_OURS,
    )
