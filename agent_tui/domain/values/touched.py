"""Which lines of a conversation a run of changes touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from agent_tui.domain.values import ids
from agent_tui.domain.values.changes import Change

_RESHAPING = {
    "customer.imported",
    "customer.updated",
    "interaction.attached",
    "interaction.moved",
    "message.taken_back",
}
"""Kinds of changes that move or take away what stands in a window, so that it is read anew."""


class Touched(NamedTuple):
    """Ids of what is to be read again; `reshaped` where the whole window is."""

    messages: frozenset[int] = frozenset()
    notes: frozenset[int] = frozenset()
    interactions: frozenset[int] = frozenset()
    reshaped: bool = False

    def __bool__(self) -> bool:
        return bool(self.messages or self.notes or self.interactions or self.reshaped)

    def __or__(self, other: Touched) -> Touched:
        return Touched(
            self.messages | other.messages,
            self.notes | other.notes,
            self.interactions | other.interactions,
            self.reshaped or other.reshaped,
        )


def touched_by(changes: Iterable[Change]) -> Touched:
    """What these changes touched in a conversation; other records are none of its lines."""
    found: dict[str, set[int]] = {ids.MESSAGE: set(), ids.NOTE: set(), ids.INTERACTION: set()}
    reshaped = False
    for change in changes:
        reshaped = reshaped or change.kind in _RESHAPING
        prefix = (change.subject or "").partition("_")[0]
        if prefix in found and (number := ids.parse(prefix, change.subject or "")) is not None:
            found[prefix].add(number)
        if change.kind == "hand_over.accepted" and change.interaction_id is not None:
            found[ids.INTERACTION].add(change.interaction_id)
    return Touched(
        frozenset(found[ids.MESSAGE]),
        frozenset(found[ids.NOTE]),
        frozenset(found[ids.INTERACTION]),
        reshaped,
    )
