"""Who works here, what happened, and the small counters of the desk."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from agent_tui.domain.tables.columns import (
    BigId,
    Bytewise,
    Record,
    Versioned,
    code,
    identity,
    moment,
    part,
    points_to,
    words,
)


class Team(Versioned, table=True):
    """Agents who work together. There is always one default team."""

    __tablename__ = "teams"

    id: int = identity()
    name: str = Field(max_length=200, unique=True)
    created_at: datetime = moment()


class Agent(Versioned, table=True):
    """Somebody who works at the desk: an agent, a lead or an admin."""

    __tablename__ = "agents"

    id: int = identity()
    handle: str = Field(max_length=200, unique=True)
    name: str = words()
    role: str = code(default="agent")
    team_id: int = points_to("teams", index=True)
    state: str = code(default="ready")
    created_at: datetime = moment()
    state_since: datetime | None = moment(null=True)


class Presence(Record, table=True):
    """A desk that has somebody open now: written again every few seconds, and no event.

    `desk_id` is made anew by every desk that opens; `doing` is `here` or `typing`. A row whose
    `seen_at` is old belongs to a desk that is gone.
    """

    __tablename__ = "presences"
    __table_args__ = (Index("presences_customer", "customer_id"),)

    desk_id: int = identity()
    agent_id: int = points_to("agents")
    customer_id: int | None = points_to("customers", null=True)
    interaction_id: int | None = points_to("interactions", null=True)
    doing: str = code(default="here")
    seen_at: datetime = moment()


class NotCard(Record, table=True):
    """A number that looks like a payment card and is none, as an agent said with a reason.

    `digest` is the SHA-256 of its digits, in hexadecimal.
    """

    __tablename__ = "not_cards"

    digest: str = Field(primary_key=True, max_length=64)
    reason: str = words()
    agent_id: int | None = points_to("agents", null=True)
    at: datetime = moment()


class Event(Record, table=True):
    """One change: who, when, what, which ids. Never any customer text.

    `sequence` is the order in which rows were written. `txid` is PostgreSQL's own number of the
    writing transaction, filled in by the server (0 on SQLite, where writers follow one another):
    by it a reader never misses a row whose transaction committed late.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("events_order", "txid", "sequence"),
        Index("events_subject", "subject"),
        part("events_retired", "detail", where="kind = 'complaint.retired'"),
        {"sqlite_autoincrement": True},
    )

    sequence: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    txid: int | None = Field(default=None, sa_type=BigId, nullable=False)
    at: datetime = moment()
    agent_id: int | None = Field(default=None, sa_type=BigId)
    kind: str = code(64)
    customer_id: int | None = Field(default=None, sa_type=BigId)
    interaction_id: int | None = Field(default=None, sa_type=BigId)
    subject: str | None = code(40, null=True)
    detail: str | None = code(200, null=True)


class Counter(Record, table=True):
    """A number that only grows and is handed out in ranges, such as the customers' dense number."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True, max_length=64)
    value: int = Field(default=0, sa_type=BigId, nullable=False)


class IndexPosting(Record, table=True):
    """Who has a word in a field of the customer index: dense numbers of one block, packed.

    Fields: 1 name, 2 company, 3 city, 4 a piece of a contact point, 5 an e-mail domain.
    """

    __tablename__ = "index_postings"
    __table_args__ = ({"sqlite_with_rowid": False},)

    field: int = Field(primary_key=True)
    word: str = Field(primary_key=True, sa_type=Bytewise)
    block: int = Field(primary_key=True)
    numbers: bytes


class IndexRoad(Record, table=True):
    """The words of names, companies and cities that lie on a road, parted by spaces."""

    __tablename__ = "index_roads"

    road: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    words: str = Field(sa_type=Bytewise)


class IndexChange(Record, table=True):
    """A change to the customer index while another is built beside it, to be made there too."""

    __tablename__ = "index_changes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    version: int = Field(primary_key=True, sa_type=BigId)
    field: int = Field(primary_key=True)
    word: str = Field(primary_key=True, sa_type=Bytewise)
    number: int = Field(primary_key=True, sa_type=BigId)
    added: bool
