"""The brief: the few lines that matter now, and what each of them is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.knowing import Circle
    from agent_tui.domain.values.people import Customer, Dossier

LineKind = Literal[
    "notice", "we_owe", "complaint", "last_contact", "treat", "refused", "balance", "ask_again"
]
MarkHow = Literal["wrong", "used"]

KINDS: tuple[LineKind, ...] = get_args(LineKind)
"""The kinds of lines, in the order in which a brief tells them."""
STALE = " · ask again"
"""What stands behind the words of a record that is past its time."""


@dataclass(frozen=True, slots=True)
class BriefPart:
    """One record behind a line, in words.

    `record` is its shown id; `source` and `age` are words; `interaction_id` and `note_id` are where
    it was said and written down, `mark` its exact words there. `remarks` are what agents said of
    it: `Mira: wrong`, `used 3 times`.
    """

    record: str
    words: str
    source: str
    age: str
    interaction_id: int | None = None
    note_id: int | None = None
    mark: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line: what kind, what, how many, where it comes from, how old, which records.

    `label` and `age` are words for the screen. `urgent` lines need acting on now. `records` are
    shown ids, `parts` the same records in words. `interaction_id` is where the line comes from, if
    anywhere. `key` is a digest over the ids and states of its records, never over ages: while it is
    the same, nothing has changed. `new`: this agent never saw it so, nor wrote it. `seen`: this
    agent saw it so within seven days; what they wrote themselves meanwhile is no change to them.
    `said_at` is when the newest of its records was written by anybody else. `by_time`: no
    record of it changed since this agent last read; time alone brought it, or what it holds.
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
    parts: tuple[BriefPart, ...] = ()
    seen: bool = False
    said_at: datetime | None = None
    by_time: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """How often each side gave something in the last twelve months."""

    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Brief:
    """At most five lines for one agent; in `folded` those that this agent knows already, in `cut`
    those for which there was no room.

    `known` is how many are folded. `digest` is over the ids and states of all that a line may stand
    on, also where none does today: a day that passes changes it by promises that fall due alone.
    `verification` is how the caller of the live interaction was verified, or `not verified`; None
    where nobody is on the line. `last_spoke_at` is when this agent last spoke with them,
    `read_at` when they last had any line of their brief in front of them.
    """

    customer: Customer
    lines: tuple[BriefLine, ...]
    balance: Balance
    known: int = 0
    digest: str = ""
    folded: tuple[BriefLine, ...] = ()
    verification: str | None = None
    last_spoke_at: datetime | None = None
    cut: tuple[BriefLine, ...] = ()
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordMark:
    """What an agent said of a record, by its shown id: that it is wrong, or that it was used."""

    id: int
    subject: str
    how: MarkHow
    agent_id: int
    agent: str
    at: datetime
    reason: str | None = None
    interaction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A line of the brief that this agent had in front of them, by its key."""

    key: str
    at: datetime
    interaction_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenedCustomer:
    """What the desk shows when a customer is opened: the records, and the brief made of them.

    `circle` are the people around them with what matters to both, None where nobody asked.
    """

    dossier: Dossier
    brief: Brief
    circle: Circle | None = None
