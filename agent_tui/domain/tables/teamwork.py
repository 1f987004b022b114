"""What agents pass on to one another and to their leads."""

from datetime import datetime

from sqlalchemy import Index

from agent_tui.domain.tables.columns import (
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

_OPEN = "state = 'open'"
_KNOWN = "customer_id IS NOT NULL"
_DECLINED = "state = 'declined' AND dismissed_at IS NULL"


class HandOver(Versioned, table=True):
    """A conversation that one agent passes to another, who accepts or declines it.

    `tried` is what was done so far, in the agent's words; everything else that the colleague reads
    is made of the records at the time of reading. `state` is `open` (of one conversation at most
    one is), `accepted`, `declined` with or without a `reason`, `taken_back`, or `lapsed` where the
    conversation was wrapped up first. A declined one is its giver's turn until `dismissed_at`.
    `customer_id` is the interaction's own, so that a timeline is read from one index.
    """

    __tablename__ = "hand_overs"
    __table_args__ = (
        Index("hand_overs_interaction", "interaction_id"),
        part("hand_overs_customer", "customer_id", "at", "id", where=_KNOWN),
        part("hand_overs_to", "to_id", "at", where=_OPEN),
        part("hand_overs_from", "from_id", "at", where=_OPEN),
        part("hand_overs_declined", "from_id", "at", where=_DECLINED),
        part("hand_overs_open", "interaction_id", unique=True, where=_OPEN),
    )

    id: int = identity()
    interaction_id: int = points_to("interactions")
    customer_id: int | None = points_to("customers", null=True)
    from_id: int = points_to("agents")
    to_id: int = points_to("agents")
    tried: str | None = words(null=True)
    state: str = code(default="open")
    reason: str | None = words(null=True)
    at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    dismissed_at: datetime | None = moment(null=True)


class Friction(Record, table=True):
    """A rule or a tool that stood in an agent's way: which (`rule`), and a few words."""

    __tablename__ = "frictions"
    __table_args__ = (
        Index("frictions_rule", "rule", "at"),
        Index("frictions_agent", "agent_id"),
        among("frictions_interaction", "interaction_id"),
    )

    id: int = identity()
    agent_id: int = points_to("agents")
    customer_id: int | None = points_to("customers", null=True)
    interaction_id: int | None = points_to("interactions", null=True)
    rule: str = code(64)
    text: str = words()
    at: datetime = moment()


class Prompt(Record, table=True):
    """Something unknown about a customer that an agent was prompted to ask.

    `what` names it: `field:language`, `fact:prefers`, `question:q_...`. `outcome` is `answered`,
    `declined` (by the customer), `not_now`, or NULL where nobody said.
    """

    __tablename__ = "prompts"
    __table_args__ = (
        Index("prompts_customer", "customer_id", "at"),
        Index("prompts_interaction", "interaction_id"),
        Index("prompts_at", "at"),
    )

    id: int = identity()
    agent_id: int = points_to("agents")
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    what: str = code(64)
    at: datetime = moment()
    outcome: str | None = code(null=True)
