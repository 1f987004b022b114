"""The brief: the few lines that matter now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agent_tui.domain.values.people import Customer, Dossier

LineKind = Literal[
    "notice", "we_owe", "complaint", "last_contact", "treat", "refused", "balance", "ask_again"
]


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line: what kind, what, how many, where it comes from, how old, which records.

    `label` and `age` are words for the screen. `urgent` lines need acting on now. `records` are
    shown ids. `interaction_id` is where the line comes from, if anywhere. `key` is a digest over the
    ids and states of its records, never over ages: while it is the same, nothing has changed.
    """

    kind: LineKind
    label: str
    text: str
    age: str
    urgent: bool
    count: int
    source: str
    age_days: int | None
    records: tuple[str, ...]
    interaction_id: int | None = None
    new: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """How often each side gave something in the last twelve months."""

    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Brief:
    """At most five lines; `known` is how many are folded because this agent knows them.

    `digest` is over the keys of all lines, folded ones too.
    """

    customer: Customer
    lines: tuple[BriefLine, ...]
    balance: Balance
    known: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class OpenedCustomer:
    """What the desk shows when a customer is opened: the records, and the brief made of them."""

    dossier: Dossier
    brief: Brief
