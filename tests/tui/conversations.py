"""Made-up conversations, for tests of the pane and of the plain classes behind it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from agent_tui.domain.values.conversation import (
    NOTE_RANK,
    Conversation,
    Entry,
    Passage,
    Place,
)
from agent_tui.domain.values.people import Interaction

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def place(call: int, sequence: int = 0, note: int = 0) -> Place:
    """Where something stands: calls are opened an hour after each other, the 100th one now."""
    opened = NOW + timedelta(hours=call - 100)
    if note:
        return Place(opened, call, sequence, NOTE_RANK, note)
    return Place(opened, call, sequence, 0, 1000 * call + sequence if sequence else 0)


def said(call: int, sequence: int, text: str | None = None, **more: Any) -> Entry:
    """A message of a call, a minute after the one before."""
    where = place(call, sequence)
    values: dict[str, Any] = {
        "kind": "message",
        "id": where.entry_id,
        "place": where,
        "interaction_id": call,
        "at": where.opened_at + timedelta(minutes=sequence),
        "offset_s": 60 * sequence,
        "speaker": "customer",
        "author": None,
        "text": text if text is not None else f"{call}.{sequence}",
    }
    return Entry(**values | more)


def noted(call: int, after: int, number: int, text: str, **more: Any) -> Entry:
    """A note of a call, behind a message."""
    values: dict[str, Any] = {
        "kind": "note",
        "id": number,
        "place": place(call, after, number),
        "speaker": "agent",
        "author": "Mira",
    }
    return said(call, after, text, **values | more)


def call_of(call: int, **more: Any) -> Interaction:
    """An interaction."""
    values: dict[str, Any] = {
        "id": call,
        "customer_id": 1,
        "customer": "Ada Hart",
        "channel": "chat",
        "direction": "in",
        "state": "wrapped_up",
        "opened_at": place(call).opened_at,
        "answered_at": None,
        "closed_at": None,
        "agent_id": 1,
        "agent": "Mira",
        "agenda": None,
        "met": "yes",
        "outcome": None,
        "topics": (),
    }
    return Interaction(**values | more)


def passage(call: int, *entries: Entry, begins: bool = True, **more: Any) -> Passage:
    """A call, or a piece of one, with these entries."""
    return Passage(place(call), call_of(call, **more), entries, begins)


def talk(call: int, first: int, last: int) -> Passage:
    """A call, or a piece of one, with the messages from one sequence to another."""
    entries = (said(call, sequence) for sequence in range(first, last + 1))
    return passage(call, *entries, begins=first == 1)


def talks(calls: int, messages: int) -> Conversation:
    """So many calls up to the 100th one, each with so many messages; all there is."""
    return Conversation(tuple(talk(one, 1, messages) for one in range(101 - calls, 101)))
