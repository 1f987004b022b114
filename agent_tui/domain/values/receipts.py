"""Receipts: what of a brief an agent had in front of them, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Focus = Literal["focused", "unknown"]
"""Whether the terminal had the focus; unknown where it does not tell, which counts as focused."""
SeenHow = Literal["viewed", "opened", "used", "corrected", "known"]
Granted = Literal["seen", "known", "override"]
Override = Literal["emergency", "in_a_hurry", "know_person", "system_wrong"]

OVERRIDES: dict[Override, str] = {
    "emergency": "emergency",
    "in_a_hurry": "in a hurry",
    "know_person": "I know this person",
    "system_wrong": "the system is wrong",
}
"""The reasons for opening a script before the brief was seen, in words."""


@dataclass(frozen=True, slots=True)
class LineSeen:
    """How a line of the brief was seen, by its key; `ms` is how long it stood there."""

    key: str
    how: SeenHow | None
    ms: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A line of the brief on a receipt; `how` is None where it was not seen.

    `ms` is None once the time was dropped, or for who may not see it.
    """

    kind: str
    key: str
    records: tuple[str, ...]
    is_new: bool
    how: SeenHow | None
    ms: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that an agent had a customer's brief in front of them; not granted while `how`
    is None. `digest` is that of the brief which was read. `agent` is their name.
    """

    id: int
    agent_id: int
    customer_id: int
    interaction_id: int | None
    digest: str
    focus: Focus
    begun_at: datetime
    granted_at: datetime | None
    how: Granted | None
    override: Override | None = None
    reason: str | None = None
    agent: str = ""
    lines: tuple[ReceiptLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a script may open now for a customer and interaction.

    `unseen` are the keys of the brief's lines that still have to be seen. Open: either a receipt
    is granted (`receipt_id`), or nothing is new and one is written when the script starts.
    """

    is_open: bool
    unseen: tuple[str, ...] = ()
    receipt_id: int | None = None


@dataclass(frozen=True, slots=True)
class StandingReceipt:
    """A granted receipt that may open another script: what is asked of it again.

    `keys` are those of all its lines.
    """

    id: int
    how: Granted
    digest: str
    granted_at: datetime
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """How a team's script runs were opened in `weeks` whole weeks, the first from `since` on and
    the last before `until`.

    In every one of these weeks five agents and more ran scripts: whoever subtracts the figures of
    one time from those of another is left with whole weeks of five agents. `left_out` are the weeks
    between in which fewer did, of which nothing is counted.

    Each of the `runs` was opened by one receipt: with something new in the brief, which was `seen`;
    with nothing new, `known`; or by an override, counted by code in `overrides`. `unknown_focus`
    are those of the `seen` for which the terminal did not tell whether it had the focus. `agents`
    is how many people are behind the runs, never fewer than five. `missing` are the team's
    interactions of those weeks without any run, of which these figures say nothing.
    """

    team: str
    since: datetime
    until: datetime
    agents: int
    runs: int
    seen: int
    known: int
    overrides: dict[Override, int]
    unknown_focus: int
    missing: int
    weeks: int
    left_out: int
