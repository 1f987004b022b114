"""The conversation pane's lines: one scroll over all channels of a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent_tui.domain.values.kinds import Delivery, Speaker
from agent_tui.domain.values.people import Interaction

EntryKind = Literal["message", "note"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said or noted in an interaction. `offset_s` counts from its opening or answer."""

    kind: EntryKind
    id: int
    interaction_id: int | None
    at: datetime | None
    offset_s: int | None
    speaker: Speaker
    author: str | None
    text: str
    final: bool = True
    delivery: Delivery = "none"


@dataclass(frozen=True, slots=True)
class Passage:
    """One interaction and its entries in order. Notes outside any interaction stand alone."""

    interaction: Interaction | None
    entries: tuple[Entry, ...]
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a conversation: the opening time and the id of a passage."""

    opened_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """A window on all that was said with somebody: passages, oldest first.

    `earlier` is where the window above this one ends, or None when this is the beginning.
    """

    passages: tuple[Passage, ...]
    earlier: Mark | None
