"""Print what a colleague reads before they take a conversation over, one thing a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from agent_tui.cli import output
from agent_tui.cli.brief import line_object, print_line
from agent_tui.cli.hand_over import hand_over_object
from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.follow_ups import Question
    from agent_tui.domain.values.hand_overs import AskedAlready, HandOverBrief, Tried
    from agent_tui.domain.values.promises import Promise
    from agent_tui.services.desk import Desk

_SAID = {"giver": "says", "note": "noted", "line": "said"}
_ASKED = {
    "refused": "They said no to",
    "declined": "They would rather not say",
    "answered": "Answered",
    "confirmed": "They said lately",
}


def print_brief(brief: HandOverBrief, desk: Desk, *, as_json: bool) -> None:
    """Print it as JSON, or in words and without drawing, so that a screen reader reads it."""
    if as_json:
        output.json_line(_object(brief))
        return
    one, call = brief.hand_over, brief.hand_over.call
    who = brief.customer
    known = (who.name, who.pronouns, who.company, who.city) if who else ()
    name = ", ".join(part for part in known if part)
    output.line(name or call.peer_name or call.peer or "Nobody known yet")
    held = f": {brief.held_for}" if brief.held_for else ""
    state = f"{call.state.replace('_', ' ')}{held}"
    output.line(f"From {one.giver} to {one.taker}, {_ago(one.at, desk)}; {call.channel}, {state}.")
    output.line(f"They want: {brief.wants}" if brief.wants else "What they want is not known.")
    output.line(f"{brief.verification[:1].upper()}{brief.verification[1:]}.")
    if brief.mood:
        output.line(f"They said “{brief.mood.text}”, {_ago(brief.mood.at, desk)}.")
    _section("Tried", (_tried(one, desk) for one in brief.tried))
    _section("Promised in it", (_promised(one, desk) for one in brief.promised))
    _section("Still to ask", (_to_ask(one) for one in brief.to_ask))
    _section("Do not ask again", (_asked(one, desk) for one in brief.do_not_ask))
    if brief.duties:
        output.line()
        output.line("Before you speak:")
    for line in brief.duties:
        print_line(line)


def _section(title: str, sentences: Iterable[str]) -> None:
    lines = list(sentences)
    if lines:
        output.line()
        output.line(f"{title}:")
    for sentence in lines:
        output.line(f"- {sentence}")


def _ago(at: datetime, desk: Desk) -> str:
    age = ages.ago(at, desk.clock(), desk.zone)
    return "just now" if age == "now" else f"{age} ago"


def _tried(one: Tried, desk: Desk) -> str:
    when = f", {_ago(one.at, desk)}" if one.at else ""
    return f"{one.who} {_SAID[one.kind]}{when}: {one.text} {one.record}"


def _promised(one: Promise, desk: Desk) -> str:
    by = one.owner or "we" if one.side == "ours" else "they"
    due = ages.due(one.due_at, desk.clock(), desk.zone) if one.state == "open" else one.state
    return f"{by}: {one.text}, {due}. {ids.show(ids.PROMISE, one.id)}"


def _to_ask(one: Question) -> str:
    return f"{one.text}. {ids.show(ids.QUESTION, one.id)}"


def _asked(one: AskedAlready, desk: Desk) -> str:
    again = one.ask_again_after
    until = f", until {ages.weekday(again, desk.clock(), desk.zone)}" if again else ""
    record = f". {one.record}" if one.record else "."
    return f"{_ASKED[one.kind]}: {one.words}{until}{record}"


def _object(brief: HandOverBrief) -> dict[str, Any]:
    return {
        "hand_over": hand_over_object(brief.hand_over),
        "wants": brief.wants,
        "held_for": brief.held_for,
        "verified": brief.verification,
        "mood": brief.mood and brief.mood.text,
        "tried": [
            {
                "kind": one.kind,
                "who": one.who,
                "text": one.text,
                "at": output.moment(one.at),
                "record": one.record,
            }
            for one in brief.tried
        ],
        "promised": [
            {
                "id": ids.show(ids.PROMISE, one.id),
                "side": one.side,
                "text": one.text,
                "due": output.moment(one.due_at),
                "state": one.state,
                "owner": one.owner,
            }
            for one in brief.promised
        ],
        "to_ask": [
            {"text": one.text, "record": ids.show(ids.QUESTION, one.id)} for one in brief.to_ask
        ],
        "do_not_ask": [
            {
                "kind": one.kind,
                "text": one.words,
                "record": one.record,
                "ask_again_after": output.moment(one.ask_again_after),
            }
            for one in brief.do_not_ask
        ],
        "lines": [line_object(line) for line in brief.duties],
    }
