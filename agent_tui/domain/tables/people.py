"""Customers, the ways to reach them, and the ties between them."""

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


class Customer(Versioned, Imported, table=True):
    """A person (or household or company contact) whom we know.

    `number` is dense and for the search index only. `source` and `external_id` name the row of
    the file or system that it came from, for ever. `import_key` is a digest of the name and the
    contact points as a file gave them, `import_digests` of whole rows of the newest import.
    """

    __tablename__ = "customers"
    __table_args__ = (
        UniqueConstraint("source", "external_id", name="customers_external"),
        Index("customers_external_id", "external_id"),
        Index("customers_import_key", "import_key"),
        Index("customers_last_contact", "last_contact_at", "id", "number"),
    )

    id: int = identity()
    number: int = Field(unique=True, sa_type=BigId)
    source: str | None = code(200, null=True)
    external_id: str | None = code(1_000, null=True)
    name: str = words()
    given_name: str | None = words(null=True)
    family_name: str | None = words(null=True)
    company: str | None = words(null=True)
    city: str | None = words(null=True)
    language: str | None = words(null=True)
    pronouns: str | None = words(null=True)
    last_contact_at: datetime | None = moment(null=True)
    import_digests: str | None = words(null=True)
    created_at: datetime = moment()
    updated_at: datetime = moment()


class ContactPoint(Versioned, table=True):
    """A phone number, an address or a handle; it may belong to several customers.

    `value` is as it was written. `normal` is the form by which it is found (E.164 for phones,
    lower case for e-mail, letters and digits for numbers), `reversed` that form from its end, so
    that the last digits of a number are an index range too. `interaction_id` is the interaction
    that alone linked it to the customer, where nobody wrote it down and no file named it.
    """

    __tablename__ = "contact_points"
    __table_args__ = (
        UniqueConstraint("customer_id", "kind", "normal", name="contact_points_once"),
        Index("contact_points_normal", "normal"),
        Index("contact_points_reversed", "reversed"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    kind: str = code()
    value: str = words()
    normal: str = sought()
    reversed: str = sought()
    preferred: bool = Field(default=False)
    consent: str = code(default="unknown")
    created_at: datetime = moment()
    interaction_id: int | None = points_to("interactions", null=True)


class Tie(Imported, table=True):
    """A tie between two customers, such as household or colleague."""

    __tablename__ = "ties"
    __table_args__ = (
        UniqueConstraint("customer_id", "other_id", "kind", name="ties_once"),
        Index("ties_other", "other_id"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    other_id: int = points_to("customers")
    kind: str = words()
    created_at: datetime = moment()


class Fact(Versioned, Imported, table=True):
    """Something worth knowing about a person, with where it comes from and how old it is.

    `state` is `current`, `replaced` (a newer fact points to it with `replaces_id`) or `wrong`.
    `confirmed_at` is when somebody last said that it still holds.
    """

    __tablename__ = "facts"
    __table_args__ = (
        Index("facts_customer", "customer_id", "stated_at"),
        Index("facts_note", "note_id"),
        part("facts_replaces", "replaces_id", where="replaces_id IS NOT NULL"),
        part(
            "facts_confirmed", "customer_id", "confirmed_at", "id", where="confirmed_at IS NOT NULL"
        ),
        UniqueConstraint("customer_id", "import_key", name="facts_imported"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    kind: str = code()
    text: str = words()
    source: str = code()
    state: str = code(default="current")
    stated_at: datetime = moment()
    confirm_by: datetime | None = moment(null=True)
    confirmed_at: datetime | None = moment(null=True)
    replaces_id: int | None = points_to("facts", null=True)
    note_id: int | None = points_to("notes", null=True)
    mark: str | None = words(null=True)


class Refusal(Versioned, Imported, table=True):
    """What the customer said no to, and when it may be asked again.

    `state` is `current`, `lifted` (they may be asked again) or `wrong`.
    """

    __tablename__ = "refusals"
    __table_args__ = (
        Index("refusals_customer", "customer_id", "at"),
        Index("refusals_note", "note_id"),
        among("refusals_interaction", "interaction_id"),
        UniqueConstraint("customer_id", "import_key", name="refusals_imported"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    what: str = words()
    at: datetime = moment()
    ask_again_after: datetime | None = moment(null=True)
    state: str = code(default="current")
    note_id: int | None = points_to("notes", null=True)
    mark: str | None = words(null=True)


class Feedback(Imported, table=True):
    """A survey that was sent, answered or not."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index("feedback_customer", "customer_id", "asked_at"),
        among("feedback_interaction", "interaction_id"),
        UniqueConstraint("customer_id", "import_key", name="feedback_imported"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    asked_at: datetime = moment()
    answered_at: datetime | None = moment(null=True)
    score: float | None = Field(default=None)
    text: str | None = words(null=True)
