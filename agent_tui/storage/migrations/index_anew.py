"""Builds the customer index within a migration, in its transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session

from agent_tui.storage.index_build import rebuild, unheard
from agent_tui.storage.unit import UnitOfWork


def build_index_anew() -> None:
    """Build the index of who is there, if anybody is."""
    if not op.get_bind().scalar(sa.text("SELECT count(*) FROM customers")):
        return
    session = Session(op.get_bind(), autoflush=False)
    unit = UnitOfWork(session, now=datetime.now(UTC), agent_id=None)

    @contextmanager
    def this_unit() -> Iterator[UnitOfWork]:
        yield unit

    rebuild(this_unit, unit.reader, unheard)
