"""What may for once be done to rows that otherwise stand as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from agent_tui.domain.tables import Exemption
from agent_tui.storage.queries.gates import exemptions_left_open
from agent_tui.storage.unit import UnitOfWork

ExemptionKind = Literal["erasure", "redaction", "moved_days"]


def end_left_open(unit: UnitOfWork) -> None:
    """End what was left open: no transaction of ours commits an exemption that has not ended."""
    for one in exemptions_left_open(unit.reader):
        stray = unit.get(Exemption, one)
        stray.ended_at = unit.now
        unit.save(stray)


@contextmanager
def exempted(
    unit: UnitOfWork, kind: ExemptionKind, *, customer_id: int | None = None
) -> Iterator[None]:
    """Let the triggers pass this until the block ends; the exemption stays on record.

    An erasure names the customer who is erased: their steps, runs, lines and receipts go, in this
    order, and nobody else's. One that was left open ends before.
    """
    end_left_open(unit)
    row = Exemption(kind=kind, customer_id=customer_id, agent_id=unit.agent_id, at=unit.now)
    unit.add(row)
    yield
    row.ended_at = unit.now
    unit.save(row)
