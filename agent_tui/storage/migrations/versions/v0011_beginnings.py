"""The first letters of names are indexed, and both parts of a name that is written in one.

Revision ID: 0011
"""

from agent_tui.storage.migrations.index_anew import build_index_anew

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Build the index of who is there anew."""
    build_index_anew()
