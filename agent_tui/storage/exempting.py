"""What may for once be done to rows that otherwise stand as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from agent_tui.domain.tables import Exemption
from agent_tui.storage.unit import UnitOfWork

ExemptionKind = Literal["erasure", "redaction", "moved_days"]


@contextmanager
def exempted(
    unit: UnitOfWork, kind: ExemptionKind, *, customer_id: int | None = None
) -> Iterator[None]:
    """Let the triggers pass this until the block ends; the exemption stays on record.

    An erasure names the customer who is erased: their steps, runs, lines and receipts go, in this
    order, and nobody else's.
    """
    row = Exemption(kind=kind, customer_id=customer_id, agent_id=unit.agent_id, at=unit.now)
    unit.add(row)
    yield
    row.ended_at = unit.now
    unit.save(row)
