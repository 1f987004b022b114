"""Interactions, what was said in them, and what agents wrote down."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from agent_tui.domain.tables.columns import (
    BigId,
    Imported,
    Record,
    Versioned,
    among,
    code,
    identity,
    moment,
    part,
    points_to,
    words,
)


class Interaction(Versioned, Imported, table=True):
    """One contact with a customer (or with nobody known yet) on one channel.

    `source` and `external_id` are the file's own name of it, or the channel and its call id.
    `peer` is the number or address at the other end as the channel gave it. `held_at` and
    `hold_reason` stand while it is on hold, `parked_at` while its wrap-up waits. `summary` is what
    the wrap-up says of it, `read_back` whether the customer agreed to that. `place` is where it
    stands in time (`storage/words.py`): the database gives it.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        UniqueConstraint("source", "external_id", name="interactions_external"),
        UniqueConstraint("customer_id", "import_key", name="interactions_imported"),
        Index("interactions_customer", "customer_id", "opened_at", "id"),
        Index("interactions_opened", "opened_at", "id"),
        Index("interactions_place", "place"),
        Index("interactions_agent", "agent_id", "place"),
        Index("interactions_channel", "channel", "place"),
        Index("interactions_met", "met", "place"),
        Index("interactions_state", "state"),
        part("interactions_ended", "agent_id", "opened_at", where="state = 'ended'"),
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
    held_at: datetime | None = moment(null=True)
    hold_reason: str | None = words(null=True)
    parked_at: datetime | None = moment(null=True)
    wrapped_up_at: datetime | None = moment(null=True)
    summary: str | None = words(null=True)
    read_back: str | None = code(null=True)
    place: int | None = Field(default=None, sa_type=BigId)


class InteractionTopic(Record, table=True):
    """A topic of an interaction, from a `#topic` mark or from the file.

    `note_id` is the note that brought it first; `opened_at` and `customer_id` are the interaction's
    own, so that the people who came with a topic are counted over time from one index.
    """

    __tablename__ = "interaction_topics"
    __table_args__ = (
        Index("interaction_topics_lately", "topic", "opened_at", "customer_id"),
        Index("interaction_topics_again", "customer_id", "topic", "opened_at", "interaction_id"),
    )

    interaction_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="interactions.id")
    topic: str = Field(primary_key=True, max_length=200)
    note_id: int | None = points_to("notes", null=True)
    opened_at: datetime | None = moment(null=True)
    customer_id: int | None = points_to("customers", null=True)


class Message(Record, table=True):
    """One utterance. `sequence` counts from 1 within its interaction.

    `external_id` is unique within its interaction; the first final text under it stays. What an
    agent sends waits here as an outbox (`delivery` is `waiting`) until its channel has taken it;
    `claimed_at` is when a channel last took it in hand, `failure` why it did not arrive,
    `dismissed_at` when its author let that be.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("interaction_id", "sequence", name="messages_sequence"),
        UniqueConstraint("interaction_id", "external_id", name="messages_external"),
        part("messages_waiting", "id", where="delivery = 'waiting'"),
        part(
            "messages_marked",
            "interaction_id",
            "sequence",
            where="author_id IS NOT NULL AND delivery = 'none'",
        ),
        part(
            "messages_undelivered",
            "author_id",
            "id",
            where="delivery = 'failed' AND dismissed_at IS NULL",
        ),
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
    author_id: int | None = points_to("agents", null=True)
    failure: str | None = words(null=True)
    claimed_at: datetime | None = moment(null=True)
    dismissed_at: datetime | None = moment(null=True)


class Note(Versioned, Imported, table=True):
    """What an agent wrote down. A correction points to the note that it replaces.

    `after_sequence` is the last message of its interaction that was there before it, so that
    messages and notes have one order. A note taken back keeps its row, with `undone_at`.
    `agenda_before` is what the interaction's agenda was before a `wants:` of this note set it.
    `due_times` are the moments that its promises are due, one for each in their order: a due time
    is read once, where and when it was written. `number` counts the notes of an interaction from 1:
    on SQLite the database gives it, for its index of words.
    """

    __tablename__ = "notes"
    __table_args__ = (
        Index("notes_customer", "customer_id", "at"),
        among("notes_interaction", "interaction_id", "after_sequence", "id"),
        among("notes_corrects", "corrects_id"),
        Index("notes_author", "author_id", "id"),
        part(
            "notes_alone",
            "customer_id",
            "at",
            "id",
            where="interaction_id IS NULL AND corrects_id IS NULL",
        ),
        UniqueConstraint("customer_id", "import_key", name="notes_imported"),
    )

    id: int = identity()
    customer_id: int | None = points_to("customers", null=True)
    interaction_id: int | None = points_to("interactions", null=True)
    author_id: int | None = points_to("agents", null=True)
    corrects_id: int | None = points_to("notes", null=True)
    text: str = words()
    at: datetime = moment()
    after_sequence: int = Field(default=0, nullable=False)
    undone_at: datetime | None = moment(null=True)
    agenda_before: str | None = words(null=True)
    due_times: str | None = words(null=True)
    number: int | None = Field(default=None)


class Draft(Record, table=True):
    """The journal of a text not yet saved, under the id that it will be saved under.

    `kind` is `note`, `message`, `wrap_up` or `line`; `about` is the shown id of what it is written
    on, behind which a line has its question; `corrects_id` the note that it will replace.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("drafts_agent", "agent_id", "updated_at"),)

    id: int = identity()
    agent_id: int = points_to("agents")
    kind: str = code(default="note")
    about: str = Field(max_length=40)
    corrects_id: int | None = points_to("notes", null=True)
    text: str = words()
    updated_at: datetime = moment()


class Mood(Record, table=True):
    """How somebody felt, in their own words, from a `mood:` mark."""

    __tablename__ = "moods"
    __table_args__ = (
        Index("moods_customer", "customer_id", "at"),
        Index("moods_note", "note_id"),
        among("moods_interaction", "interaction_id"),
    )

    id: int = identity()
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    note_id: int | None = points_to("notes", null=True)
    text: str = words()
    at: datetime = moment()
    mark: str | None = words(null=True)
