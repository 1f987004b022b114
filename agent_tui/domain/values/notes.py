"""What came of a note that was saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent_tui.domain.values.kinds import Side

RecordKind = Literal[
    "promise",
    "fact",
    "concession",
    "refusal",
    "mood",
    "complaint",
    "question",
    "follow_up",
    "topic",
    "agenda",
]
"""What a mark becomes. Topics and the agenda belong to the interaction, all others to the
customer."""


@dataclass(frozen=True, slots=True)
class MadeRecord:
    """A record that stands because of a note.

    `id` is its shown id; that of the interaction for topics and the agenda. `side` is who gave or
    promised it, None where that is no question. `asked` is the name of the colleague who was asked
    to do it.
    """

    kind: RecordKind
    id: str
    words: str
    due_at: datetime | None = None
    side: Side | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class SavedNote:
    """A note that is on disk: what stands because of it, and what its writer should know.

    `masked` counts the card numbers and security codes that were left out of the text.
    """

    id: int
    customer_id: int | None
    interaction_id: int | None
    records: tuple[MadeRecord, ...] = ()
    masked: int = 0
    warnings: tuple[str, ...] = ()
