"""What the rows of the brief stand for: its records, so that what can be done with one is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent_tui.domain.values import ids
from agent_tui.tui.widgets.rows import Row, RowKind

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefLine, BriefPart
    from agent_tui.domain.values.people import Dossier

_KINDS: dict[str, tuple[RowKind, str]] = {
    ids.PROMISE: ("promise", "promises"),
    ids.CASE: ("case", "cases"),
    ids.FACT: ("fact", "facts"),
    ids.QUESTION: ("question", "questions"),
    ids.REFUSAL: ("refusal", "refusals"),
    ids.CONCESSION: ("entry", "concessions"),
    ids.INTERACTION: ("interaction", "interactions"),
}
"""What a record of the brief is as a row, and where a dossier has it."""


def row_of_line(one: BriefLine, dossier: Dossier) -> Row:
    """What a line stands for: the first of its records, where anything can be done with it."""
    kind, number, record = _record(next(iter(one.records), ""), dossier)
    is_clear = record is not None and (one.urgent or len(one.records) == 1)
    section = f"brief {one.kind}"
    if is_clear:
        return Row(kind, number, section, None, one.interaction_id, record)
    return Row("record", 0, section, None, one.interaction_id)


def row_of_part(one: BriefLine, part: BriefPart, dossier: Dossier) -> Row:
    """What a part stands for: its record."""
    kind, number, record = _record(part.record, dossier)
    return Row(kind, number, f"part {one.kind}", None, part.interaction_id, record, part.note_id)


def _record(shown: str, dossier: Dossier) -> tuple[RowKind, int, Any]:
    prefix = shown.partition("_")[0]
    number = ids.parse(prefix, shown) or 0
    kind, name = _KINDS.get(prefix, ("record", ""))
    records = getattr(dossier, name) if name else ()
    return kind, number, next((one for one in records if one.id == number), None)
