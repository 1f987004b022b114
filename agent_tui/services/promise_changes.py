"""What every change of a promise has in common: taking the row, its event, clean words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain import tables
from agent_tui.domain.rules.contacts import kind_of_peer
from agent_tui.domain.rules.promises import CLOSES, Action, after, in_time
from agent_tui.errors import BadInput, NotFound
from agent_tui.services.bookkeeping import check_version, record
from agent_tui.services.entrance import take_line, take_text
from agent_tui.services.staffing import clean_handle
from agent_tui.storage.queries import agents

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent
    from agent_tui.storage.unit import UnitOfWork

TEXT_LIMIT = 2_000
REASON_LIMIT = 10_000
CONTACT_LIMIT = 100

EVENTS: dict[Action, str] = {
    "keep": "promise.kept",
    "renegotiate": "promise.renegotiated",
    "withdraw": "promise.withdrawn",
    "break_off": "promise.broken",
    "reopen": "promise.reopened",
    "tell": "promise.told",
    "untell": "promise.untold",
    "hand_over": "promise.offered",
    "take_back": "promise.taken_back",
    "accept": "promise.accepted",
    "decline": "promise.declined",
    "set_contact": "promise.contact_set",
    "read_back": "promise.read_back",
}


def take(unit: UnitOfWork, promise_id: int, action: Action, version: int | None) -> tables.Promise:
    """The promise to change. Raises Conflict, NotFound, or Refused where it cannot be."""
    row = unit.get(tables.Promise, promise_id)
    check_version(row, version)
    after(row.state, action)  # type: ignore[arg-type]
    return row


def save(
    unit: UnitOfWork, row: tables.Promise, action: Action, *, detail: str | None = None
) -> None:
    """Write a changed promise, with its event. `detail` is a code."""
    unit.save(row)
    record(unit, EVENTS[action], row, detail=detail)


def close(
    unit: UnitOfWork,
    row: tables.Promise,
    action: Action,
    *,
    told: bool | None = None,
    reason: str | None = None,
) -> None:
    """Close a promise. `told` says whether the customer knows that it is not kept as promised;
    what they were told first counts. Raises BadInput where a reason is missing.
    """
    row.state = CLOSES[action]
    row.closed_at, row.closed_by_id = unit.now, unit.agent_id
    if told is None:
        return
    row.reason = _reason(unit, reason, needed=action != "renegotiate")
    if told and row.told_at is None:
        row.told_at = unit.now
    row.told_before_due = in_time(row.told_at, row.due_at)


def promised(unit: UnitOfWork, text: str) -> str:
    """What is promised, clean. Raises BadInput for nothing."""
    words = take_line(unit.reader, text, TEXT_LIMIT)
    if not words:
        raise BadInput("a promise needs words: say what was promised")
    return words


def callback(unit: UnitOfWork, number: str) -> str:
    """A number to call back, as it was written. Raises BadInput for what is none, or a card's."""
    cleaned = take_line(unit.reader, number, CONTACT_LIMIT)
    if kind_of_peer(cleaned) != "phone":
        raise BadInput(f"“{cleaned}” is no telephone number")
    return cleaned


def colleague(unit: UnitOfWork, handle: str) -> Agent:
    """The agent with that handle. Raises NotFound."""
    handle = clean_handle(handle)
    found = agents.by_handle(unit.reader, handle=handle)
    if found is None:
        raise NotFound(f"there is no agent {handle}")
    return found


def _reason(unit: UnitOfWork, reason: str | None, *, needed: bool) -> str | None:
    words = take_text(unit.reader, reason or "", REASON_LIMIT).strip()
    if needed and not words:
        raise BadInput("say why: a reason is kept with the promise")
    return words or None
