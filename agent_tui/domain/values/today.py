"""Today: the desk with nobody open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.follow_ups import FollowUp
from agent_tui.domain.values.hand_overs import HandOver
from agent_tui.domain.values.kinds import DraftKind
from agent_tui.domain.values.people import Case, Interaction
from agent_tui.domain.values.promises import Promise
from agent_tui.domain.values.reviews import Review

WaitKind = Literal["held", "ringing", "first_answer", "unanswered"]
"""For what somebody waits for us, the most pressing first."""
_RANKS: dict[WaitKind, int] = {"held": 0, "ringing": 1, "first_answer": 2, "unanswered": 2}


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

    `about` is the shown id of what it is written on, and of a line the question, too
    (`domain.values.lines`); `subject` is the name of whom it is about, `corrects_id` the note that
    it is to replace. `over` says why what it answers is not asked any more.
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
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody who wrote and has no answer yet, `since` the first of what they wrote since ours."""

    call: Interaction
    since: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody waits for us now, `since` then, for what `kind` says."""

    kind: WaitKind
    call: Interaction
    since: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """A caller whom nobody took: their newest call, how many there were, and the first of them."""

    call: Interaction
    times: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message of mine that did not arrive, sent `at`; `failure` is why, if that was told."""

    message_id: int
    call: Interaction
    text: str
    at: datetime
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class OpenScript:
    """A script that this agent opened and did not finish, in an interaction or in none."""

    run_id: int
    title: str
    customer_id: int
    customer: str
    interaction_id: int | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """The header's numbers: who waits, promises of mine late or due today, wrap-ups I left open
    (those that I parked are no part of it), promises that I am asked to take over."""

    waiting: int
    due_today: int
    late: int
    wrap_ups: int
    offered: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """How many there are of each in Today, shown or not. Of `missed`, the callers."""

    waiting: int = 0
    unanswered: int = 0
    missed: int = 0
    unclaimed: int = 0
    undelivered: int = 0
    held: int = 0
    promises: int = 0
    offered: int = 0
    came_back: int = 0
    follow_ups: int = 0
    declined: int = 0
    handed: int = 0
    handed_back: int = 0
    wrap_ups: int = 0
    parked: int = 0
    complaints: int = 0
    drafts: int = 0
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """What stands open for this agent, whose `agent.state` is that of this moment.

    `held` are on hold with this agent. `waiting` rings or waits for a first answer, `unclaimed`
    ended and is nobody's; both may be anybody's. `undelivered` stands until it is sent again or let
    be. `offered` are promises that a colleague asked this agent to take over, `came_back` those
    that a colleague declined, `declined` the same of follow-ups; `handed` are conversations that
    this agent is asked to take over, `handed_back` those that a colleague declined,
    `handing` those that this agent offered and nobody has answered. `complaints`
    are open, and were made through this agent, or nobody knows through whom. `scripts` were opened
    within a day, in what is not wrapped up yet. `reviews` were written for this agent, who has not
    opened them.
    """

    agent: Agent
    counts: Counts
    waiting: tuple[Interaction, ...] = ()
    promises: tuple[Promise, ...] = ()
    wrap_ups: tuple[Interaction, ...] = ()
    drafts: tuple[DraftText, ...] = ()
    recent: tuple[RecentCustomer, ...] = ()
    register_size: int = 0
    unanswered: tuple[Unanswered, ...] = ()
    missed: tuple[Missed, ...] = ()
    unclaimed: tuple[Interaction, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()
    offered: tuple[Promise, ...] = ()
    came_back: tuple[Promise, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    declined: tuple[FollowUp, ...] = ()
    handed: tuple[HandOver, ...] = ()
    handed_back: tuple[HandOver, ...] = ()
    handing: tuple[HandOver, ...] = ()
    parked: tuple[Interaction, ...] = ()
    complaints: tuple[Case, ...] = ()
    scripts: tuple[OpenScript, ...] = ()
    held: tuple[Interaction, ...] = ()
    reviews: tuple[Review, ...] = ()
    totals: Totals = Totals()

    @property
    def in_line(self) -> tuple[Wait, ...]:
        """Who waits for us now: who is on hold, then what rings, then who wrote and has no answer,
        be it the first one or another; of each whoever waits longest first."""
        found = (
            *(Wait("held", call, call.held_at or call.opened_at) for call in self.held),
            *(
                Wait("ringing" if call.channel == "phone" else "first_answer", call, call.opened_at)
                for call in self.waiting
            ),
            *(Wait("unanswered", one.call, one.since) for one in self.unanswered),
        )
        return tuple(sorted(found, key=_place_in_line))

    @property
    def ended(self) -> tuple[Interaction, ...]:
        """The interactions that have ended and are not wrapped up."""
        missed = tuple(one.call for one in self.missed)
        return (*self.wrap_ups, *self.parked, *self.unclaimed, *missed)


def _place_in_line(one: Wait) -> tuple[int, datetime, int]:
    return _RANKS[one.kind], one.since, one.call.id
