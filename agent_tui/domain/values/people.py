"""A customer and what is known about them, as services hand it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain.values.kinds import CLOSED_CASE_STATES

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.briefing import RecordMark, Sighting
    from agent_tui.domain.values.complaints import Complaint
    from agent_tui.domain.values.follow_ups import FollowUp, Question
    from agent_tui.domain.values.kinds import (
        CallState,
        CaseKind,
        ChannelName,
        Consent,
        ContactKind,
        Direction,
        FactKind,
        FactSource,
        Met,
        Side,
    )
    from agent_tui.domain.values.promises import Promise


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a customer, as it was written."""

    kind: ContactKind
    value: str
    preferred: bool = False
    consent: Consent = "unknown"
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Who it is, with the ways to reach them; preferred ones come first."""

    id: int
    name: str
    external_id: str | None = None
    source: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    company: str | None = None
    city: str | None = None
    language: str | None = None
    pronouns: str | None = None
    since: datetime | None = None
    contact_points: tuple[ContactPoint, ...] = ()


def with_place(name: str, city: str | None, company: str | None) -> str:
    """A name with what tells two people of that name apart, where it is known."""
    place = city or company
    return f"{name}, {place}" if place else name


@dataclass(frozen=True, slots=True)
class Case:
    """An enquiry, order, complaint or request.

    `complaint` are the steps of a complaint; None where a file brought it and nobody took one.
    `mark` are the words that it came from.
    """

    id: int
    kind: CaseKind
    title: str
    external_id: str | None
    state: str
    opened_at: datetime
    answer_due_at: datetime | None
    interaction_id: int | None = None
    remedy: str | None = None
    mark: str | None = None
    customer_id: int | None = None
    customer: str | None = None
    complaint: Complaint | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do."""
        return self.state not in CLOSED_CASE_STATES

    @property
    def called(self) -> str | None:
        """What people call it: the speakable id, or the one that it came with."""
        return self.complaint.speakable if self.complaint else self.external_id


@dataclass(frozen=True, slots=True)
class Fact:
    """Something worth knowing; `confirmed_at` is when it was last said to be still true.

    `mark` are the words of the note `note_id` that it came from, `author_id` who wrote that.
    """

    id: int
    kind: FactKind
    text: str
    source: FactSource
    stated_at: datetime
    confirm_by: datetime | None
    interaction_id: int | None = None
    confirmed_at: datetime | None = None
    note_id: int | None = None
    mark: str | None = None
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the customer said no to; `mark`, `note_id` and `author_id` as of a fact."""

    id: int
    what: str
    at: datetime
    ask_again_after: datetime | None
    interaction_id: int | None = None
    note_id: int | None = None
    mark: str | None = None
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class Concession:
    """An entry in the ledger of give and take; `amount` is an exact decimal as text."""

    id: int
    side: Side
    kind: str
    amount: str | None
    currency: str | None
    reason: str | None
    at: datetime
    interaction_id: int | None = None
    note_id: int | None = None
    mark: str | None = None
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Entries of the ledger that are alike, counted instead of read one by one.

    `lately`: within the twelve months of the balance.
    """

    side: Side
    amount: str | None
    currency: str | None
    lately: bool
    times: int


@dataclass(frozen=True, slots=True)
class Mood:
    """How somebody felt, in their own words; `mark` are the words of the note `note_id`."""

    id: int
    text: str
    at: datetime
    interaction_id: int | None = None
    note_id: int | None = None
    mark: str | None = None
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to another customer; `kind` as this one would say it: `cares for` them."""

    customer_id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """One contact, as a line of the timeline or of Recent.

    `told_by` is the colleague, if any, who had the last word on what the reading agent's own
    contact was about and how it ended; it is known of their last ones, where a brief is made.
    `is_empty`: it is over, and nothing was said, noted or done in it; that is known there too.
    """

    id: int
    customer_id: int | None
    customer: str | None
    channel: ChannelName
    direction: Direction
    state: CallState
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    agent_id: int | None
    agent: str | None
    agenda: str | None
    met: Met
    outcome: str | None
    topics: tuple[str, ...]
    peer: str | None = None
    peer_name: str | None = None
    verified_how: str | None = None
    agent_handle: str | None = None
    held_at: datetime | None = None
    hold_reason: str | None = None
    parked_at: datetime | None = None
    summary: str | None = None
    told_by: int | None = None
    is_empty: bool = False

    @property
    def is_live(self) -> bool:
        """Whether it is still going on."""
        return self.state in ("ringing", "talking", "on_hold")

    @property
    def length_s(self) -> int | None:
        """From the answer (or the opening) to the end, in whole seconds."""
        if self.closed_at is None:
            return None
        begun = self.answered_at or self.opened_at
        return max(0, int((self.closed_at - begun).total_seconds()))


@dataclass(frozen=True, slots=True)
class Dossier:
    """All records that the brief and the sidebar are made of, at one moment.

    `interactions` are the newest, and those that are live. `more_given` are entries of the ledger
    behind the newest ones, counted. `marks` are what agents said of these records; `seen` is what
    the reading agent had in front of them, `last_spoke_at` when they last spoke with the customer
    before the interaction that they are in.
    """

    customer: Customer
    promises: tuple[Promise, ...] = ()
    cases: tuple[Case, ...] = ()
    facts: tuple[Fact, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    concessions: tuple[Concession, ...] = ()
    ties: tuple[Tie, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    questions: tuple[Question, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    moods: tuple[Mood, ...] = ()
    more_given: tuple[Tally, ...] = ()
    marks: tuple[RecordMark, ...] = ()
    seen: tuple[Sighting, ...] = ()
    last_spoke_at: datetime | None = None

    def current_call(self, agent_id: int, call_id: int | None = None) -> Interaction | None:
        """The customer's call that is going on, or the one that this agent has not wrapped up.

        The one with `call_id` goes before them until it is wrapped up; what was parked waits for
        that.
        """
        calls = [call for call in self.interactions if call.state != "wrapped_up"]
        meant = [call for call in calls if call.id == call_id]
        live = [call for call in calls if call.is_live]
        left_open = [call for call in calls if call.agent_id == agent_id and call.parked_at is None]
        return next(iter([*meant, *live, *left_open]), None)
