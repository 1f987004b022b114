"""The words of the screen for states, channels and matters, said the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.values.kinds import MESSAGE_CHANNELS
from agent_tui.text.cells import cut, width
from agent_tui.tui.widgets.ink import Ink, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from agent_tui.domain.values.conversation import Entry
    from agent_tui.domain.values.finding import Hit, OpenMatter
    from agent_tui.domain.values.hand_overs import HandOver
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.presence import Presence
    from agent_tui.tui.widgets.here import Here

WHO = {"customer": "they", "agent": "we", "action": "did", "system": "desk"}
GLYPHS = {"customer": "‹", "agent": "›", "action": "•", "system": "·"}
MATTERS: dict[OpenMatter, str] = {
    "waiting": "on the line",
    "complaint": "complaint open",
    "promise_late": "promise late",
    "promise": "promise open",
}
STATES = {
    "ringing": "ringing",
    "talking": "talking",
    "on_hold": "on hold",
    "ended": "to wrap up",
    "wrapped_up": "",
}
MET = {"yes": "resolved", "partly": "partly resolved", "no": "not resolved", "not_asked": ""}
_OTHERS_NAMED = 2
_NAME = 40
"""Cells that a name may take within a sentence."""
KINDS_OF_MATCH = {"sound": "sounds alike", "nickname": "nickname"}


def state_of(call: Interaction) -> str:
    """The state of an interaction in a word: only what can be heard rings, and is talked in."""
    if call.state == "ringing" and call.channel != "phone":
        return "waiting"
    if call.state == "talking" and call.channel in MESSAGE_CHANNELS:
        return "open"
    if call.state == "ended" and call.parked_at is not None:
        return "parked"
    return STATES[call.state]


def is_timed(call: Interaction) -> bool:
    """Whether its timer runs: that of what is spoken, while it goes on."""
    return call.is_live and call.channel not in MESSAGE_CHANNELS


def who_said(entry: Entry) -> str:
    """Who said it, in a word."""
    return "note" if entry.kind == "note" else WHO[entry.speaker]


def glyph_of(entry: Entry) -> str:
    """Who said it, in a sign of one cell, so that neither word nor colour is needed."""
    return "¶" if entry.kind == "note" else GLYPHS[entry.speaker]


def who_started(call: Interaction) -> str:
    """Which side made contact."""
    verbs = {"phone": "called", "visit": "came"}
    verb = verbs.get(call.channel, "wrote")
    return f"they {verb}" if call.direction == "in" else f"we {verb}"


def happened(call: Interaction) -> str:
    """An interaction in one phrase: what they wanted and how it ended."""
    wanted = call.agenda or ", ".join(call.topics) or who_started(call)
    ended = MET[call.met] or (call.outcome or "")
    return f"{wanted}, {ended}" if ended else wanted


def caller(call: Interaction) -> str:
    """Whoever is at the other end, as well as it is known, so short that a question with it is
    read to its end."""
    known = (call.customer, call.peer_name, call.peer)
    return cut(next((name for name in known if name), "somebody without a number"), _NAME)


def first_name(name: str) -> str:
    """What colleagues call one another."""
    return name.split(" ", 1)[0]


def matter_of(call: Interaction) -> str:
    """What a conversation is about: what they want, or else its topics or its channel."""
    return call.agenda or ", ".join(call.topics) or call.channel


def hands_you(one: HandOver) -> str:
    """Who hands whom to this agent, and why: `Asha hands you Katherine Smith: boiler`."""
    return f"{first_name(one.giver)} hands you {caller(one.call)}: {matter_of(one.call)}"


def last_contact(hit: Hit, here: Here) -> tuple[Span, ...]:
    """When somebody was in contact last, and what is open with them."""
    if hit.last_contact_at is None:
        when = "never"
    else:
        age = ages.ago(hit.last_contact_at, here.now, here.zone)
        when = age if age == "now" else f"{age} ago"
    matters = [matter for matter in hit.matters if matter != "promise"]
    if not matters:
        return (Span(when, "dim"),)
    return (Span(when), Span(" · ", "dim"), Span(MATTERS[matters[0]], "act"))


def marked(text: str, places: Sequence[tuple[int, int]], ink: Ink) -> tuple[Span, ...]:
    """The text with the characters at these places in the ink of a match."""
    spans: list[Span] = []
    done = 0
    for start, end in sorted(places):
        start, end = max(done, start), min(len(text), end)
        if start >= end:
            continue
        spans.append(Span(text[done:start], ink))
        spans.append(Span(text[start:end], "match"))
        done = end
    spans.append(Span(text[done:], ink))
    return tuple(span for span in spans if span.text)


def call_title(call: Interaction, here: Here, cells: int, verify_key: str = "") -> str:
    """The state of a call in words, as many as fit: channel, who began, state and timer, verified
    and how, or the `verify_key` that says so."""
    state, brief = (_state_and_time(call, here, short=short) for short in (False, True))
    verified = "verified" if call.verified_how else "not verified"
    key = f" ({verify_key})" if verify_key else ""
    how = f"verified: {call.verified_how}" if call.verified_how else f"{verified}{key}"
    fuller = (
        (call.channel, who_started(call), state, how),
        (call.channel, state, how),
        (call.channel, state, verified),
        (call.channel, brief, verified),
        (call.channel, brief),
        (brief,),
    )
    shown = [" · ".join(part for part in parts if part) for parts in fuller]
    return next((words for words in shown if width(words) <= cells), shown[-1])


def _state_and_time(call: Interaction, here: Here, *, short: bool) -> str:
    """What goes on, and for how long, or since when; a running timer says that they are talking."""
    state, begun = state_of(call), call.answered_at or call.opened_at
    if not call.is_live:
        return state
    if not is_timed(call):
        return state if short else f"{state} since {ages.clock_time(begun, here.zone)}"
    timer = _timer(begun, here)
    if call.state == "talking":
        return timer
    if call.state == "on_hold" and call.held_at is not None:
        held = f"{state} {_timer(call.held_at, here)}"
        return held if short else f"{held} of {timer}"
    return f"{state} {timer}"


def _timer(since: datetime, here: Here) -> str:
    return ages.offset(int((here.now - since).total_seconds()))


def hold_words(call: Interaction | None) -> str:
    """Why somebody waits on hold, where it was said."""
    on_hold = call is not None and call.state == "on_hold"
    return f"on hold: {call.hold_reason}" if call and on_hold and call.hold_reason else ""


def others_words(others: Sequence[Presence]) -> str:
    """Who else is here: `Asha is here, typing · Ben is here`."""
    words = []
    for one in others[:_OTHERS_NAMED]:
        doing = ", typing" if one.doing == "typing" else ""
        you = one.who.startswith("you, ")
        words.append(f"{one.who}{doing}" if you else f"{one.who} is here{doing}")
    more = len(others) - _OTHERS_NAMED
    return " · ".join([*words, *([f"{more} more"] if more > 0 else [])])
