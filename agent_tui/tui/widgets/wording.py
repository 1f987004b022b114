"""The words of the screen for states, channels and matters, said the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.tui.widgets.ink import Ink, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.conversation import Entry
    from agent_tui.domain.values.finding import Hit, OpenMatter
    from agent_tui.domain.values.people import Interaction
    from agent_tui.tui.widgets.here import Here

WHO = {"customer": "they", "agent": "we", "action": "did", "system": "desk"}
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
KINDS_OF_MATCH = {"sound": "sounds alike", "nickname": "nickname"}


def state_of(call: Interaction) -> str:
    """The state of an interaction in a word: only what can be heard rings."""
    if call.state == "ringing" and call.channel != "phone":
        return "waiting"
    return STATES[call.state]


def who_said(entry: Entry) -> str:
    """Who said it, in a word."""
    return "note" if entry.kind == "note" else WHO[entry.speaker]


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
    """Whoever is at the other end, as well as it is known."""
    known = (call.customer, call.peer_name, call.peer)
    return next((name for name in known if name), "somebody without a number")


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


def call_title(call: Interaction, here: Here, *, short: bool) -> str:
    """The state of a call in words: channel, who began, state and timer, verified or not."""
    timer = ""
    if call.is_live:
        begun = call.answered_at or call.opened_at
        timer = ages.offset(int((here.now - begun).total_seconds()))
    # A running timer says that they are talking.
    talking = call.state == "talking"
    state = timer if talking else f"{state_of(call)} {timer}".strip()
    verified = f"verified: {call.verified_how}" if call.verified_how else "not verified"
    parts = [call.channel, who_started(call), state, verified]
    if short:
        parts = [call.channel, timer if talking else state_of(call)]
    return " · ".join(part for part in parts if part)
