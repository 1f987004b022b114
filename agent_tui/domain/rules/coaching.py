"""What belongs on a coaching list, and how it is said: a sentence about the work, never a score.

Something belongs there once it happened in three interactions. Entries stand by agent in the order
of their names, then in the order of `KINDS`: how often a thing happened orders nothing, since a
list of who did it most would be a league table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.values.friction import RULES
from agent_tui.domain.values.receipts import OVERRIDES

if TYPE_CHECKING:
    from agent_tui.domain.values.coaching import CoachingEntry, CoachingKind

AT_LEAST = 3
"""Interactions from which on something happens *again and again*."""

COMES_BACK = timedelta(days=14)
"""Within which a customer who comes with the same topic comes *back* with it."""

OPEN_FOR = timedelta(days=7)
"""For how long a question is nobody's fault: only older ones are *left* open."""

KINDS: tuple[CoachingKind, ...] = ("unmet", "repeat", "question", "prompt", "override", "friction")
"""In the order in which they are listed: what customers feel comes first."""

OUT_OF: dict[CoachingKind, str] = {
    "unmet": "those about the topic that are over and in which it was asked what they got",
    "repeat": "those about the topic that are over, with customers who are known",
    "question": "those that began before these days",
    "prompt": "those that are over and in which it was worth asking",
    "override": "those in which a script was opened",
    "friction": "all, and those of others in which something was noted",
}
"""Of each kind, which conversations of the agent it is counted among, within the same time."""

_PROMPTED = {
    "question": "an open question",
    "confirm": "whether something still holds",
    "fact:prefers": "how they like to be reached",
    "field:language": "their language",
    "field:pronouns": "how to speak of them",
}


def sentence(kind: CoachingKind, about: str, times: int, out_of: int) -> str:
    """What happened, and in how many of how many conversations, in words about the work."""
    talks = f"{times:,} of {out_of:,} conversations"
    if kind == "unmet":
        return f"in {talks} about “{about}” they did not get all that they came for"
    if kind == "repeat":
        return f"after {talks} about “{about}” they came back with it within {COMES_BACK.days} days"
    if kind == "question":
        return f"questions from {talks} are still open after {OPEN_FOR.days} days"
    if kind == "prompt":
        what = _PROMPTED.get(about, about)
        return f"in {talks} it was put off, or nothing was said of it, to ask: {what}"
    if kind == "override":
        why = next((words for code, words in OVERRIDES.items() if code == about), about)
        return f"in {talks} with a script it was opened before the brief was read: {why}"
    rule = next((words for code, words in RULES.items() if code == about), about)
    return f"in {talks} something stood in the way: {rule}"


def in_order(entries: Iterable[CoachingEntry]) -> tuple[CoachingEntry, ...]:
    """Entries as a list shows them, whatever their order and however often each happened."""
    return tuple(
        sorted(
            entries,
            key=lambda one: (
                one.agent.casefold(),
                one.agent_id,
                KINDS.index(one.kind),
                one.about,
            ),
        )
    )
