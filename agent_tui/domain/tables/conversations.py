"""Interactions, what was said in them, and what agents wrote down."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from agent_tui.domain.tables.columns import (
    BigId,
    Imported,
    Versioned,
    code,
    identity,
    moment,
    points_to,
    words,
)


class Interaction(Versioned, Imported, table=True):
    """One contact with a customer (or with nobody known yet) on one channel.

    `source` and `external_id` are the file's own name of it, or the channel and its call id.
    `peer` is the number or address at the other end as the channel gave it.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        UniqueConstraint("source", "external_id", name="interactions_external"),
        UniqueConstraint("customer_id", "import_key", name="interactions_imported"),
        Index("interactions_customer", "customer_id", "opened_at", "id"),
        Index("interactions_opened", "opened_at", "id"),
        Index("interactions_state", "state"),
    )

    id: int = identity()
    customer_id: int | None = points_to("customers", null=True)
    agent_id: int | None = points_to("agents", null=True)
    source: str | None = code(200, null=True)
    external_id: str | None = code(1_000, null=True)
    channel: str = code()
    direction: str = code()
    peer: str | None = words(null=True)
    peer_name: str | None = words(null=True)
    agenda: str | None = words(null=True)
    met: str = code(default="not_asked")
    outcome: str | None = words(null=True)
    state: str = code()
    verified_how: str | None = code(100, null=True)
    opened_at: datetime = moment()
    answered_at: datetime | None = moment(null=True)
    closed_at: datetime | None = moment(null=True)


class InteractionTopic(SQLModel, table=True):
    """A topic of an interaction, from a `#topic` mark or from the file."""

    __tablename__ = "interaction_topics"
    __table_args__ = (Index("interaction_topics_topic", "topic", "interaction_id"),)

    interaction_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="interactions.id")
    topic: str = Field(primary_key=True, max_length=200)


class Message(SQLModel, table=True):
    """One utterance. `sequence` counts from 1 within its interaction.

    `external_id` is unique within its interaction; the first final text under it stays.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("interaction_id", "sequence", name="messages_sequence"),
        UniqueConstraint("interaction_id", "external_id", name="messages_external"),
    )

    id: int = identity()
    interaction_id: int = points_to("interactions")
    sequence: int = Field(nullable=False)
    external_id: str | None = code(1_000, null=True)
    at: datetime | None = moment(null=True)
    speaker: str = code()
    text: str = words()
    final: bool = Field(default=True)
    delivery: str = code(default="none")


class Note(Versioned, Imported, table=True):
    """What an agent wrote down. A corrected note points to the one that it replaces."""

    __tablename__ = "notes"
    __table_args__ = (
        Index("notes_customer", "customer_id", "at"),
        Index("notes_interaction", "interaction_id", "at"),
        UniqueConstraint("customer_id", "import_key", name="notes_imported"),
    )

    id: int = identity()
    customer_id: int | None = points_to("customers", null=True)
    interaction_id: int | None = points_to("interactions", null=True)
    author_id: int | None = points_to("agents", null=True)
    corrects_id: int | None = points_to("notes", null=True)
    text: str = words()
    at: datetime = moment()


class Draft(SQLModel, table=True):
    """The journal of a text not yet saved. `about` is the shown id of what it is written on."""

    __tablename__ = "drafts"

    agent_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="agents.id")
    about: str = Field(primary_key=True, max_length=40)
    text: str = words()
    note_id: int = Field(sa_type=BigId, nullable=False)
    updated_at: datetime = moment()
