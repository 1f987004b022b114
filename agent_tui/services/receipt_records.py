"""Receipts as they are written, and what one that stands is good for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.seeing import reading_ms
from agent_tui.domain.values import ids
from agent_tui.domain.values.receipts import (
    Focus,
    Granted,
    LineSeen,
    Override,
    SeenHow,
    StandingReceipt,
)
from agent_tui.services.bookkeeping import check_with
from agent_tui.storage.queries import receipts

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import Brief, BriefLine
    from agent_tui.storage.unit import UnitOfWork

OVERRIDE_HOLDS = timedelta(hours=1)


def opens(receipt: StandingReceipt, brief: Brief, *, is_known: bool, now: datetime) -> bool:
    """Whether a receipt that was granted before opens a script once more.

    `is_known`: no line of the brief is left unseen. An override opens only what it was given for.
    """
    if receipt.how == "override":
        return receipt.digest == brief.digest and receipt.granted_at > now - OVERRIDE_HOLDS
    return is_known and receipt.keys.issuperset(line.key for line in (*brief.lines, *brief.folded))


def seen_how(line: BriefLine, said: LineSeen | None) -> SeenHow | None:
    """How a line was seen in a reading; a look that was too short to read it was none."""
    if said is None or said.how == "known":
        return None
    return None if said.how == "viewed" and said.ms < reading_ms(line) else said.how


def known(line: BriefLine) -> SeenHow | None:
    """How a line stands on a receipt of which it is not the reading."""
    return "known" if line.seen else None


def write_known(unit: UnitOfWork, brief: Brief, interaction_id: int | None) -> int:
    """Write the receipt of a brief of which nothing has to be read; returns its id. It holds the
    lines that are known."""
    kept = replace(brief, lines=tuple(line for line in brief.lines if line.seen))
    hows = {line.key: known(line) for line in kept.lines}
    return write(unit, kept, interaction_id, hows, how="known")


def write(
    unit: UnitOfWork,
    brief: Brief,
    interaction_id: int | None,
    hows: Mapping[str, SeenHow | None],
    *,
    how: Granted | None,
    times: Mapping[str, int] | None = None,
    focus: Focus = "unknown",
    override: Override | None = None,
    reason: str | None = None,
) -> int:
    """Write a receipt: begun, then its lines, then granted, as the database wants it.

    `hows` and `times` (in milliseconds) are by key. Its moment is that of the writing, so that it
    does not tell how long the reading took. Returns its id.
    """
    check_with(unit, brief.customer.id, interaction_id)
    assert unit.agent_id is not None, "a receipt is somebody's"
    row = tables.Receipt(
        agent_id=unit.agent_id,
        customer_id=brief.customer.id,
        interaction_id=interaction_id,
        digest=brief.digest,
        focus=focus,
        begun_at=unit.now,
    )
    unit.add(row)
    unit.insert_many(tables.ReceiptLine, _lines(row.id, brief, hows, times or {}))
    if how is not None:
        row.granted_at, row.how = unit.now, how
        row.override, row.reason = override, reason
        if how == "known":
            row.repeats_id = receipts.last_read(
                unit.reader, agent_id=row.agent_id, customer_id=row.customer_id
            )
        unit.save(row)
    unit.record(
        _event(how),
        subject=ids.show(ids.RECEIPT, row.id),
        customer_id=row.customer_id,
        interaction_id=row.interaction_id,
        detail=override or how,
    )
    return row.id


def _lines(
    receipt_id: int, brief: Brief, hows: Mapping[str, SeenHow | None], times: Mapping[str, int]
) -> list[dict[str, object]]:
    shown: list[tuple[BriefLine, SeenHow | None]] = [(line, hows[line.key]) for line in brief.lines]
    shown += [(line, "known") for line in brief.folded]
    return [
        {
            "receipt_id": receipt_id,
            "position": position,
            "kind": line.kind,
            "key": line.key,
            "records": " ".join(line.records),
            "is_new": line.new,
            "how": how,
            "seen_ms": times.get(line.key),
        }
        for position, (line, how) in enumerate(shown, start=1)
    ]


def _event(how: Granted | None) -> str:
    if how == "override":
        return "script.overridden"
    return "receipt.granted" if how else "receipt.begun"
