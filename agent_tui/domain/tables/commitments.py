"""What was promised, given and taken, and what outlives one interaction."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from agent_tui.domain.tables.columns import (
    BigId,
    Imported,
    Versioned,
    among,
    code,
    identity,
    moment,
    part,
    points_to,
    sought,
    words,
)
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES

_CLOSED = ", ".join(f"'{state}'" for state in sorted(CLOSED_CASE_STATES))
_OPEN_COMPLAINT = f"kind = 'complaint' AND state NOT IN ({_CLOSED})"


class Promise(Versioned, Imported, table=True):
    """A commitment with an owner and a due time. Only a person closes it, never traffic.

    A new due time is a new promise: the old one stays, `renegotiated`, and the new one points to
    it with `replaces_id`. `told_at` is when the customer heard that it would not be kept as
    promised, `told_before_due` whether that was in time. While `offered_to_id` stands, a colleague
    has been asked to take it over; `offered_by_id` alone says that they declined. `contact` is
    the number to call back, `read_back_at` when it was read back. `mark` are the words of the note
    that it came from.
    """

    __tablename__ = "promises"
    __table_args__ = (
        Index("promises_customer", "customer_id", "state"),
        Index("promises_owner", "owner_id", "state", "due_at"),
        Index("promises_offered", "offered_to_id", "state"),
        part("promises_offered_by", "offered_by_id", "state", where="offered_by_id IS NOT NULL"),
        part("promises_open", "due_at", where="state = 'open'"),
        part(
            "promises_state",
            "state",
            "interaction_id",
            where="side = 'ours' AND interaction_id IS NOT NULL",
        ),
        part("promises_due", "due_at", where="side = 'ours'"),
        Index("promises_note", "note_id"),
        among("promises_interaction", "interaction_id"),
        Index("promises_replaces", "replaces_id"),
        part("promises_made", "customer_id", "created_at", "id", where="replaces_id IS NULL"),
        part("promises_closed", "customer_id", "closed_at", "id", where="closed_at IS NOT NULL"),
        UniqueConstraint("customer_id", "import_key", name="promises_imported"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    note_id: int | None = points_to("notes", null=True)
    side: str = code()
    text: str = words()
    due_at: datetime | None = moment(null=True)
    state: str = code(default="open")
    owner_id: int | None = points_to("agents", null=True)
    told_before_due: bool | None = Field(default=None)
    created_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    closed_by_id: int | None = points_to("agents", null=True)
    reason: str | None = words(null=True)
    told_at: datetime | None = moment(null=True)
    replaces_id: int | None = points_to("promises", null=True)
    offered_to_id: int | None = points_to("agents", null=True)
    offered_by_id: int | None = points_to("agents", null=True)
    contact: str | None = words(null=True)
    read_back_at: datetime | None = moment(null=True)
    mark: str | None = words(null=True)


class Concession(Versioned, Imported, table=True):
    """An entry in the ledger of give and take. `amount` is an exact decimal, as text."""

    __tablename__ = "concessions"
    __table_args__ = (
        Index("concessions_customer", "customer_id", "at"),
        Index("concessions_note", "note_id"),
        among("concessions_interaction", "interaction_id"),
        UniqueConstraint("customer_id", "import_key", name="concessions_imported"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    note_id: int | None = points_to("notes", null=True)
    side: str = code()
    kind: str = words()
    amount: str | None = code(40, null=True)
    currency: str | None = code(3, null=True)
    reason: str | None = words(null=True)
    at: datetime = moment()
    state: str = code(default="current")
    mark: str | None = words(null=True)


class Case(Versioned, Imported, table=True):
    """An enquiry, order, complaint or request that outlives one interaction."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_customer", "customer_id", "kind", "state"),
        Index("cases_opened", "customer_id", "opened_at", "id"),
        Index("cases_normal", "normal"),
        Index("cases_note", "note_id"),
        among("cases_interaction", "interaction_id"),
        part("cases_complaints", "opened_at", "id", where=_OPEN_COMPLAINT),
        UniqueConstraint("source", "external_id", "customer_id", name="cases_external"),
        UniqueConstraint("customer_id", "import_key", name="cases_imported"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    source: str | None = code(200, null=True)
    external_id: str | None = code(1_000, null=True)
    normal: str | None = sought(null=True)
    kind: str = code()
    title: str = words()
    state: str = code(100, default="open")
    remedy: str | None = words(null=True)
    opened_at: datetime = moment()
    answer_due_at: datetime | None = moment(null=True)
    note_id: int | None = points_to("notes", null=True)
    mark: str | None = words(null=True)


class Complaint(Versioned, table=True):
    """The way of a complaint, beside its case, in the steps of ISO 10002:2018, 8.2 to 8.8.

    `speakable` is the id that people say, with a check character. Each step is a moment; what was
    decided is `decision` with its reason, what the customer made of it `reaction` (accepted or
    escalated). Complaints from files have no such row before somebody takes their first step.
    """

    __tablename__ = "complaints"
    __table_args__ = (part("complaints_open", "case_id", where="closed_at IS NULL"),)

    case_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="cases.id")
    speakable: str = Field(max_length=16, unique=True)
    acknowledged_at: datetime | None = moment(null=True)
    assessed_at: datetime | None = moment(null=True)
    assessment: str | None = words(null=True)
    answered_at: datetime | None = moment(null=True)
    answer: str | None = words(null=True)
    decided_at: datetime | None = moment(null=True)
    decision: str | None = words(null=True)
    decision_reason: str | None = words(null=True)
    told_at: datetime | None = moment(null=True)
    reaction: str | None = code(null=True)
    reacted_at: datetime | None = moment(null=True)
    escalated_to: str | None = words(null=True)
    closed_at: datetime | None = moment(null=True)


class Question(Versioned, table=True):
    """Something that we do not know yet and want to, from an `ask:` mark with the words `mark`."""

    __tablename__ = "questions"
    __table_args__ = (
        Index("questions_customer", "customer_id", "state"),
        Index("questions_note", "note_id"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    note_id: int | None = points_to("notes", null=True)
    text: str = words()
    state: str = code(default="open")
    at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    mark: str | None = words(null=True)


class FollowUp(Versioned, table=True):
    """What one agent asks another to do about a customer, from an `@agent` mark."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        Index("follow_ups_owner", "owner_id", "state"),
        Index("follow_ups_asker", "asked_by_id", "state"),
        Index("follow_ups_customer", "customer_id", "state"),
        Index("follow_ups_asked", "customer_id", "at", "id"),
        Index("follow_ups_note", "note_id"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    note_id: int | None = points_to("notes", null=True)
    asked_by_id: int | None = points_to("agents", null=True)
    owner_id: int = points_to("agents")
    text: str = words()
    state: str = code(default="open")
    at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    mark: str | None = words(null=True)
