"""A conversation that one agent passes to another, and what the colleague reads of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.briefing import BriefLine
    from agent_tui.domain.values.conversation import Entry
    from agent_tui.domain.values.follow_ups import Question
    from agent_tui.domain.values.knowing import PromptPast
    from agent_tui.domain.values.people import Customer, Interaction
    from agent_tui.domain.values.promises import Promise
    from agent_tui.domain.values.wrap_up import Left, MoodQuote

HandOverState = Literal["open", "accepted", "declined", "taken_back", "lapsed"]
TriedKind = Literal["giver", "note", "line"]
AskedKind = Literal["refused", "declined", "answered", "confirmed"]


@dataclass(frozen=True, slots=True)
class HandOver:
    """A conversation that was offered to a colleague; `giver` and `taker` are names of agents.

    `call` is the conversation as it is now, whose agent has it. `tried` is what was done so far, in
    the giver's words, `reason` why it was declined. It has `lapsed` where the conversation was
    wrapped up first. A declined one is the giver's turn until `dismissed_at`.
    """

    id: int
    call: Interaction
    giver_id: int
    giver: str
    taker_id: int
    taker: str
    tried: str | None
    state: HandOverState
    reason: str | None
    at: datetime
    closed_at: datetime | None
    dismissed_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A hand-over that was just made, and sentences about it that its giver should know."""

    id: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandOversWaiting:
    """What was offered to an agent, and what they offered: open, or declined and their turn."""

    to_me: tuple[HandOver, ...] = ()
    by_me: tuple[HandOver, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """What one interaction holds: the records made in it, its newest notes, the newest lines that
    agents and their scripts wrote down, what its agent was prompted to ask, and the hand-overs by
    which it came to whoever has it, as far as their givers said what was tried."""

    left: Left
    entries: tuple[Entry, ...] = ()
    prompt: PromptPast | None = None
    passed_on: tuple[HandOver, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """Something that was done or written down: a giver's own words, a note, or a marked line.

    `who` is who said it; `record` the shown id of the hand-over, the note or the message.
    """

    kind: TriedKind
    who: str
    text: str
    at: datetime | None
    record: str


@dataclass(frozen=True, slots=True)
class AskedAlready:
    """Something not to ask again.

    They said no to it (`refused`, until `ask_again_after` if that is set), would rather not say
    (`declined`), have `answered` it here, or said it or `confirmed` it since this began or today.
    `record` is the shown id of what it rests on.
    """

    kind: AskedKind
    words: str
    record: str | None = None
    ask_again_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandOverBrief:
    """What a colleague reads before they take a conversation over, made at the time of reading.

    `wants` is the agenda, in the customer's words, `held_for` why they are on hold, if they are.
    `tried` begins with the words of all who handed it on, the first one first; of what follows the
    newest comes first. `promised` was promised in this conversation, `mood` said in it. `to_ask`
    is what was noted as not known, and still is.
    `verification` is how the caller was verified, or `not verified`. `duties` are the lines of the
    brief that must be acted on. Nothing is known of the customer where `customer` is None.
    """

    hand_over: HandOver
    customer: Customer | None
    wants: str | None
    held_for: str | None
    tried: tuple[Tried, ...]
    promised: tuple[Promise, ...]
    mood: MoodQuote | None
    verification: str
    to_ask: tuple[Question, ...]
    do_not_ask: tuple[AskedAlready, ...]
    duties: tuple[BriefLine, ...]
