"""How a promise is closed and opened again: by what a person does, and by nothing else."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Literal

from agent_tui.domain.rules import ages
from agent_tui.domain.values.kinds import PromiseState
from agent_tui.domain.values.marks import DueTime
from agent_tui.errors import BadInput, Refused

Action = Literal[
    "keep",
    "renegotiate",
    "withdraw",
    "break_off",
    "reopen",
    "tell",
    "untell",
    "hand_over",
    "take_back",
    "accept",
    "decline",
    "set_contact",
    "read_back",
]
"""Everything that a person can do about a promise."""

CLOSES: dict[Action, PromiseState] = {
    "keep": "kept",
    "renegotiate": "renegotiated",
    "withdraw": "withdrawn",
    "break_off": "broken",
}
"""The four actions that close a promise, and what it is then."""


def after(state: PromiseState, action: Action) -> PromiseState:
    """The state of a promise behind an action. Raises Refused where it cannot be taken."""
    if action == "reopen":
        if state == "open":
            raise Refused("this promise is open: there is nothing to reopen")
        return "open"
    if state != "open":
        raise Refused(f"this promise is closed ({state}): reopen it, or make a new one")
    return CLOSES.get(action, "open")


def in_time(told_at: datetime | None, due_at: datetime | None) -> bool | None:
    """Whether the customer heard before the promise was due; None where it has no due time.

    Not having been told at all is not in time.
    """
    if due_at is None:
        return None
    return told_at is not None and told_at < due_at


def check_due(due_at: datetime | None, now: datetime) -> None:
    """Raise Refused for a due time that has passed."""
    if due_at is not None and due_at < now:
        raise Refused("that time has passed: give a time to come")


def due_said(words: str, due: DueTime | None, now: datetime, zone: tzinfo) -> datetime:
    """The moment that `words` name, all of them being the due time `due`.

    Raises BadInput, saying what is wrong, for what is no time, not plain, or not to come.
    """
    if due is None or words[: due.start].strip():
        raise BadInput(f"“{words}” is no time that is understood: write fri 10am, +3d or 27 nov")
    if due.problem == "past":
        raise BadInput(f"“{words}” has passed: give a time to come")
    if due.at is None and due.meant:
        readings = " or ".join(_moment(at, now, zone) for at in due.meant)
        raise BadInput(f"“{words}” may mean {readings}: write the month as a word")
    if due.at is None or due.problem == "impossible":
        raise BadInput(f"“{words}” does not exist: give another time")
    return due.at


def due_doubt(due: DueTime, now: datetime, zone: tzinfo) -> str | None:
    """What is not certain about a due time that was taken, in a sentence; None where all is."""
    if due.at is None or due.problem not in ("ambiguous", "impossible"):
        return None
    taken = _moment(due.at, now, zone)
    if due.problem == "impossible":
        return f"clocks leave “{due.words}” out: {taken} was taken"
    shown = (_moment(at, now, zone) for at in due.meant)
    others = " or ".join(dict.fromkeys(one for one in shown if one != taken))
    if not others:
        return f"clocks show “{due.words}” twice: the first one was taken, {taken}"
    return f"“{due.words}” may be {others} too: {taken} was taken"


def _moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    return f"{ages.weekday(at, now, zone)} {ages.clock_time(at, zone)}"
