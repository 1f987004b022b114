"""The first letters of names are indexed, and both parts of a name that is written in one.

Revision ID: 0011
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session

from agent_tui.storage.index_build import rebuild, unheard
from agent_tui.storage.unit import UnitOfWork

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Build the index of who is there anew."""
    if not op.get_bind().scalar(sa.text("SELECT count(*) FROM customers")):
        return
    session = Session(op.get_bind(), autoflush=False)
    unit = UnitOfWork(session, now=datetime.now(UTC), agent_id=None)

    @contextmanager
    def this_unit() -> Iterator[UnitOfWork]:
        yield unit

    rebuild(this_unit, unit.reader, unheard)
