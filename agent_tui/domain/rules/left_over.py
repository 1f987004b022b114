"""Texts that were left, and whether what they were typed for can still be done with them."""

from __future__ import annotations

from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES, DraftKind
from agent_tui.domain.values.lines import Asked

_CLOSED: dict[str, tuple[frozenset[str], str]] = {
    ids.PROMISE: (frozenset({"open"}), "that promise is closed"),
    ids.QUESTION: (frozenset({"open"}), "that question is closed"),
    ids.RUN: (frozenset({"open"}), "that script is over"),
    ids.FACT: (frozenset({"current"}), "that is not held true any more"),
    ids.REFUSAL: (frozenset({"current"}), "that refusal does not stand any more"),
    ids.PROMPT: (frozenset({""}), "that was asked already"),
}
"""By the prefix of a record's id, the states in which it is still asked about it, and what is said
in any other."""


_SAID_OF_WHAT_WAS = frozenset({"review", "judged", "criterion", "heard"})
"""Questions that are asked of a conversation however long ago it was wrapped up."""


def why_over(kind: DraftKind, asked: Asked, state: str | None, *, is_known: bool) -> str | None:
    """Why the question of a text is over, in words; None where it is still asked, or none was.

    `state` is that of the record that it is about, None where that is not there; `is_known` tells
    whether anybody is known to it. A note can be saved whatever became of its call.
    """
    prefix = asked.subject.partition("_")[0]
    if kind == "note" or not asked.subject:
        return None
    if prefix == ids.INTERACTION:
        return _conversation_over(asked, state, is_known=is_known)
    if prefix == ids.CASE and state in CLOSED_CASE_STATES:
        return "that complaint is closed"
    if prefix in _CLOSED:
        states, words = _CLOSED[prefix]
        return None if state in states else words
    return None


def _conversation_over(asked: Asked, state: str | None, *, is_known: bool) -> str | None:
    if asked.question.partition(".")[0] in _SAID_OF_WHAT_WAS:
        return None
    if state == "wrapped_up":
        return "that conversation is wrapped up"
    if asked.question == "name" and is_known:
        return "they are known by now"
    if asked.question == "hold" and state == "ended":
        return "that call is over"
    return None
