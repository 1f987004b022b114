"""What was promised, given and taken, and what outlives one interaction."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from agent_tui.domain.tables.columns import (
    Imported,
    Versioned,
    code,
    identity,
    moment,
    points_to,
    sought,
    words,
)


class Promise(Versioned, Imported, table=True):
    """A commitment with an owner and a due time. Only a person closes it, never traffic."""

    __tablename__ = "promises"
    __table_args__ = (
        Index("promises_customer", "customer_id", "state"),
        Index("promises_owner", "owner_id", "state", "due_at"),
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


class Concession(Versioned, Imported, table=True):
    """An entry in the ledger of give and take. `amount` is an exact decimal, as text."""

    __tablename__ = "concessions"
    __table_args__ = (
        Index("concessions_customer", "customer_id", "at"),
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


class Case(Versioned, Imported, table=True):
    """An enquiry, order, complaint or request that outlives one interaction."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_customer", "customer_id", "kind", "state"),
        Index("cases_normal", "normal"),
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
