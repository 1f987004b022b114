"""Today: the desk with nobody open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agent_tui.domain.values.kinds import DraftKind
from agent_tui.domain.values.people import Agent, Interaction, Promise


@dataclass(frozen=True, slots=True)
class RecentCustomer:
    """Somebody who was in contact lately."""

    customer_id: int
    name: str
    company: str | None
    last_contact_at: datetime | None


@dataclass(frozen=True, slots=True)
class DraftText:
    """A text that was not saved yet, with the id that it will be saved under.

    `about` is the shown id of what it is written on, `subject` its name; `corrects_id` the note
    that it is to replace.
    """

    id: int
    kind: DraftKind
    about: str
    text: str
    updated_at: datetime
    corrects_id: int | None = None
    subject: str | None = None
    customer_id: int | None = None
    interaction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The header's numbers: who waits, promises of mine late or due today, wrap-ups I left open."""

    waiting: int
    due_today: int
    late: int
    wrap_ups: int


@dataclass(frozen=True, slots=True)
class Today:
    """What stands open for this agent."""

    agent: Agent
    counts: Counts
    waiting: tuple[Interaction, ...] = ()
    promises: tuple[Promise, ...] = ()
    wrap_ups: tuple[Interaction, ...] = ()
    drafts: tuple[DraftText, ...] = ()
    recent: tuple[RecentCustomer, ...] = ()
    register_size: int = 0
