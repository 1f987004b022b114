"""Who has a name that is written in one is indexed by its family and its given part too.

Revision ID: 0011
"""

from datetime import UTC, datetime

from alembic import op
from sqlmodel import Session

from agent_tui.domain.rules.indexing import words_inside
from agent_tui.domain.values.index import IndexEntry
from agent_tui.storage.index_upkeep import index_customers
from agent_tui.storage.unit import UnitOfWork

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the words; those that are there already stay so."""
    session = Session(op.get_bind(), autoflush=False)
    unit = UnitOfWork(session, now=datetime.now(UTC), agent_id=None)
    rows = unit.reader.rows(
        "SELECT number, name, company, city FROM customers "
        "WHERE length(name) BETWEEN 2 AND 4 AND name NOT LIKE '% %'"
    )
    entries = [IndexEntry(*row) for row in rows]
    index_customers(unit, [entry for entry in entries if words_inside(entry.name)])
