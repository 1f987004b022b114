"""One customer as files bring them in: the JSON lines of the contract, the CSV row, the demo.

Every part but the customer's name may be missing. Times are aware. Texts are as the file had
them: `services.importing` cleans them on the way in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from agent_tui.domain.values.kinds import (
    CaseKind,
    ChannelName,
    Consent,
    ContactKind,
    Direction,
    FactKind,
    FactSource,
    Met,
    PromiseState,
    Side,
    Speaker,
)

Deadline = Annotated[datetime, "deadline"]
"""By when, as against when something happened: a file's day alone means its end."""


@dataclass(frozen=True, slots=True)
class ContactPointRecord:
    """A phone number, address or handle, in any writing."""

    kind: ContactKind
    value: str
    preferred: bool = False
    consent: Consent = "unknown"


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """Who it is. A field that is None leaves what is already known alone."""

    name: str
    external_id: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    company: str | None = None
    city: str | None = None
    language: str | None = None
    pronouns: str | None = None
    contact_points: tuple[ContactPointRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One utterance."""

    text: str
    speaker: Speaker
    external_id: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """What an agent wrote down."""

    text: str
    at: datetime | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class InteractionRecord:
    """One contact with the customer on one channel."""

    channel: ChannelName = "other"
    direction: Direction = "in"
    external_id: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    agent: str | None = None
    agenda: str | None = None
    outcome: str | None = None
    met: Met = "not_asked"
    topics: tuple[str, ...] = ()
    messages: tuple[MessageRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRecord:
    """Something worth knowing about a person."""

    text: str
    kind: FactKind = "knows"
    source: FactSource = "record"
    stated_at: datetime | None = None
    confirm_by: Deadline | None = None


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """A commitment of ours or theirs; `closed_at` is when it was kept, moved or given up. Here and
    below `interaction` is the external id of the interaction of this customer in which it was made.
    """

    text: str
    side: Side = "ours"
    due: Deadline | None = None
    state: PromiseState = "open"
    owner: str | None = None
    closed_at: datetime | None = None
    interaction: str | None = None


@dataclass(frozen=True, slots=True)
class ConcessionRecord:
    """An entry in the ledger of give and take."""

    side: Side
    kind: str
    amount: Decimal | None = None
    currency: str | None = None
    reason: str | None = None
    at: datetime | None = None
    interaction: str | None = None


@dataclass(frozen=True, slots=True)
class RefusalRecord:
    """What the customer said no to."""

    what: str
    at: datetime | None = None
    ask_again_after: Deadline | None = None
    interaction: str | None = None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """An enquiry, order, complaint or request that outlives one interaction."""

    kind: CaseKind
    title: str = ""
    external_id: str | None = None
    opened_at: datetime | None = None
    state: str = "open"
    answer_due: Deadline | None = None
    remedy: str | None = None
    interaction: str | None = None


@dataclass(frozen=True, slots=True)
class TieRecord:
    """A tie to another customer of the same source."""

    to: str
    kind: str


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """A survey that was sent, answered or not."""

    asked_at: datetime | None = None
    answered_at: datetime | None = None
    score: float | None = None
    text: str | None = None
    interaction: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One line of the JSON lines import: a customer and all that is known about them."""

    customer: CustomerRecord
    interactions: tuple[InteractionRecord, ...] = ()
    facts: tuple[FactRecord, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    concessions: tuple[ConcessionRecord, ...] = ()
    refusals: tuple[RefusalRecord, ...] = ()
    cases: tuple[CaseRecord, ...] = ()
    ties: tuple[TieRecord, ...] = ()
    feedback: tuple[FeedbackRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A record and where it stood: the line it began on and its own text, for the reject file."""

    line: int
    raw: str
    record: PersonRecord


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be taken: the line it began on, why in a sentence, its own text."""

    line: int
    reason: str
    raw: str
