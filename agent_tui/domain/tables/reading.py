"""What leads read and say of it: reviews, saved views, the listening log."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from agent_tui.domain.tables.columns import (
    BigId,
    Record,
    Versioned,
    code,
    identity,
    moment,
    points_to,
    words,
)


class Review(Versioned, table=True):
    """What somebody says of an interaction to its agent, pinned to a message or a note or to none.

    `kind` is `review` or `praise`. `read_at` is when the agent opened it, `answer` what they say
    to it. Withdrawn by its author it stays, with `withdrawn_at`.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        Index("reviews_interaction", "interaction_id"),
        Index("reviews_agent", "agent_id", "at"),
        Index("reviews_author", "author_id", "at"),
    )

    id: int = identity()
    interaction_id: int = points_to("interactions")
    agent_id: int = points_to("agents")
    author_id: int = points_to("agents")
    kind: str = code(default="review")
    message_id: int | None = points_to("messages", null=True)
    note_id: int | None = points_to("notes", null=True)
    text: str = words()
    at: datetime = moment()
    read_at: datetime | None = moment(null=True)
    answer: str | None = words(null=True)
    answered_at: datetime | None = moment(null=True)
    withdrawn_at: datetime | None = moment(null=True)


class ReviewCriterion(Record, table=True):
    """One criterion of a review: `kind` says for whom it is critical (`customer`, `business`,
    `compliance`), `verdict` is `met`, `missed` or `not_applicable`."""

    __tablename__ = "review_criteria"

    review_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="reviews.id")
    position: int = Field(primary_key=True)
    name: str = words()
    kind: str = code()
    verdict: str = code()
    comment: str | None = words(null=True)


class View(Versioned, table=True):
    """A filter of Recent with a name; a shared one is seen by the team of its owner."""

    __tablename__ = "views"
    __table_args__ = (
        UniqueConstraint("owner_id", "name", name="views_named"),
        Index("views_shared", "team_id", "is_shared"),
    )

    id: int = identity()
    owner_id: int = points_to("agents")
    team_id: int = points_to("teams")
    name: str = Field(max_length=200)
    text: str = words()
    is_shared: bool = Field(default=False, nullable=False)
    created_at: datetime = moment()


class DefaultView(Record, table=True):
    """The view with which Recent opens for an agent."""

    __tablename__ = "default_views"

    agent_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="agents.id")
    view_id: int = points_to("views", index=True)


class Listening(Versioned, table=True):
    """An entry of a lead's own listening log, which nobody else reads: what was read or heard,
    and what they make of it. `seed` is that of the sample in which it was drawn."""

    __tablename__ = "listenings"
    __table_args__ = (Index("listenings_agent", "agent_id", "at"),)

    id: int = identity()
    agent_id: int = points_to("agents")
    interaction_id: int = points_to("interactions", index=True)
    at: datetime = moment()
    seed: int | None = Field(default=None, sa_type=BigId)
    remark: str | None = words(null=True)
