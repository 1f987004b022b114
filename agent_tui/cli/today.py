"""Print what stands open for you: who waits, what you promised, what you left open."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.follow_ups import FollowUp
    from agent_tui.domain.values.hand_overs import HandOver
    from agent_tui.domain.values.people import Case, Interaction
    from agent_tui.domain.values.promises import Promise
    from agent_tui.domain.values.reviews import Review
    from agent_tui.domain.values.today import DraftText, Today
    from agent_tui.services.desk import Desk

Entry = dict[str, Any]

_TITLES = {
    "waiting": "Waiting",
    "promises": "Promised by you",
    "offered": "Offered to you: accept or decline",
    "came_back": "Declined by a colleague, yours to hand over again",
    "follow_ups": "Asked of you",
    "declined": "Asked by you and declined",
    "handed": "Conversations offered to you: accept or decline",
    "handed_back": "Conversations that a colleague declined",
    "wrap_ups": "To wrap up",
    "parked": "Wrap-ups parked",
    "complaints": "Complaints",
    "drafts": "Drafts",
    "reviews": "Reviews to read",
}
_STATES = {"ready": "ready", "after_call": "after a call", "away": "away"}
_WAITS = {
    "held": "on hold",
    "ringing": "rings",
    "first_answer": "waits for a first answer",
    "unanswered": "waits for an answer",
    "missed": "missed",
    "unclaimed": "ended, and is nobody's",
    "undelivered": "your message did not arrive",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the form."""
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """Read Today and print it."""
    with context.desk() as desk:
        as_of = desk.clock().replace(microsecond=0)
        today = desk.opening.today()
        sections = _sections(today)
        if args.json:
            output.json_line(_object(today, sections, as_of))
        else:
            _print(today, sections, as_of, desk)
    return diagnostics.DONE


def _sections(today: Today) -> dict[str, list[Entry]]:
    """Each section as plain entries, in the order of `_TITLES`; moments are still moments."""
    return {
        "waiting": list(_waiting(today)),
        "promises": [_promise(one) for one in today.promises],
        "offered": [_promise(one) for one in today.offered],
        "came_back": [_promise(one) for one in today.came_back],
        "follow_ups": [_follow_up(one) for one in today.follow_ups],
        "declined": [_follow_up(one) for one in today.declined],
        "handed": [_handed(one) for one in today.handed],
        "handed_back": [_handed(one) for one in today.handed_back],
        "wrap_ups": [_call(one) for one in today.wrap_ups],
        "parked": [_call(one) for one in today.parked],
        "complaints": [_complaint(one) for one in today.complaints],
        "drafts": [_draft(one) for one in today.drafts],
        "reviews": [_review(one) for one in today.reviews],
    }


def _waiting(today: Today) -> Iterator[Entry]:
    for wait in today.in_line:
        yield _wait(wait.call, wait.kind, wait.since)
    for missed in today.missed:
        yield _wait(missed.call, "missed", missed.call.opened_at, missed.times)
    for one in today.undelivered:
        yield _wait(one.call, "undelivered", one.at)
    for call in today.unclaimed:
        yield _wait(call, "unclaimed", call.opened_at)


def _wait(call: Interaction, kind: str, since: datetime, times: int = 1) -> Entry:
    return {**_who(call), "kind": kind, "channel": call.channel, "since": since, "times": times}


def _call(call: Interaction) -> Entry:
    return {**_who(call), "channel": call.channel, "opened_at": call.opened_at}


def _who(call: Interaction) -> Entry:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.INTERACTION, call.id),
        "customer_id": call.customer_id and ids.show(ids.CUSTOMER, call.customer_id),
        "customer": call.customer,
        "peer": call.peer_name or call.peer,
        "agenda": call.agenda,
    }


def _promise(one: Promise) -> Entry:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.PROMISE, one.id),
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "text": one.text,
        "due_at": one.due_at,
        "owner": one.owner,
        "offered_to": one.offered_to,
        "offered_by": one.offered_by,
    }


def _follow_up(one: FollowUp) -> Entry:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.FOLLOW_UP, one.id),
        "customer_id": ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "text": one.text,
        "asked_by": one.asked_by,
        "owner": one.owner,
        "at": one.at,
    }


def _handed(one: HandOver) -> Entry:
    from agent_tui.domain.values import ids

    return {
        **_who(one.call),
        "id": ids.show(ids.HAND_OVER, one.id),
        "interaction_id": ids.show(ids.INTERACTION, one.call.id),
        "channel": one.call.channel,
        "offered_by": one.giver,
        "offered_to": one.taker,
        "reason": one.reason,
        "at": one.at,
    }


def _complaint(one: Case) -> Entry:
    from agent_tui.domain.rules.complaints import next_step
    from agent_tui.domain.values import ids

    following = next_step(one)
    return {
        "id": ids.show(ids.CASE, one.id),
        "customer_id": one.customer_id and ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "called": one.called,
        "title": one.title,
        "opened_at": one.opened_at,
        "answer_due_at": one.answer_due_at,
        "next": following and following.step,
        "next_due_at": following and following.due_at,
    }


def _draft(one: DraftText) -> Entry:
    return {
        "kind": one.kind,
        "about": one.about,
        "subject": one.subject,
        "text": one.text,
        "updated_at": one.updated_at,
        "over": one.over,
    }


def _review(one: Review) -> Entry:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.REVIEW, one.id),
        "kind": one.kind,
        "author": one.author,
        "customer_id": one.customer_id and ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "interaction_id": ids.show(ids.INTERACTION, one.interaction_id),
        "text": one.text,
        "at": one.at,
    }


def _object(today: Today, sections: dict[str, list[Entry]], as_of: datetime) -> Entry:
    return {
        "agent": {
            "handle": today.agent.handle,
            "name": today.agent.name,
            "state": today.agent.state,
            "state_since": output.moment(today.agent.state_since),
        },
        "as_of": output.moment(as_of),
        "counts": asdict(today.counts),
        **{name: [_written(entry) for entry in entries] for name, entries in sections.items()},
        "totals": asdict(today.totals),
    }


def _written(entry: Entry) -> Entry:
    return {
        key: output.moment(value) if isinstance(value, datetime) else value
        for key, value in entry.items()
    }


def _print(today: Today, sections: dict[str, list[Entry]], as_of: datetime, desk: Desk) -> None:
    """One matter a line and no drawing, so that a screen reader reads it as it stands."""
    from agent_tui.domain.rules import ages

    since = today.agent.state_since
    age = f" since {ages.clock_time(since, desk.zone)}" if since else ""
    output.line(f"{today.agent.name}, {_STATES[today.agent.state]}{age}.")
    totals = asdict(today.totals)
    totals["waiting"] = today.counts.waiting
    for name, title in _TITLES.items():
        if totals[name]:
            output.line()
            output.line(f"{title} ({totals[name]}):")
            for entry in sections[name]:
                output.line(_sentence(name, entry, as_of, desk))
            if totals[name] > len(sections[name]):
                output.line(f"- and {totals[name] - len(sections[name])} more")
    if not any(totals.values()):
        output.line("Nobody waits and nothing is owed.")


def _sentence(section: str, entry: Entry, now: datetime, desk: Desk) -> str:
    """`! Katherine Smith: call back, late 6 d. p_...`; the mark is for what needs acting on now."""
    from agent_tui.domain.rules import ages
    from agent_tui.domain.rules.complaints import NO_DATE, STEP_WORDS
    from agent_tui.domain.values.lines import asked_in

    def ago(when: datetime) -> str:
        age = ages.ago(when, now, desk.zone)
        return age if age == "now" else f"{age} ago"

    who = entry.get("customer") or entry.get("peer") or entry.get("subject") or "somebody unknown"
    urgent = section in ("waiting", "offered", "handed")
    if section == "waiting":
        times = f" {entry['times']} times" if entry["times"] > 1 else ""
        what = [f"{entry['channel']}, {_WAITS[entry['kind']]}{times}", ago(entry["since"])]
    elif section in ("promises", "offered", "came_back"):
        urgent = urgent or ages.is_late(entry["due_at"], now)
        offered = f"asked by {entry['offered_by']}" if section == "offered" else ""
        what = [entry["text"], ages.due(entry["due_at"], now, desk.zone), offered]
    elif section == "follow_ups":
        what = [entry["text"], f"asked by {entry['asked_by'] or 'a colleague'}", ago(entry["at"])]
    elif section == "declined":
        what = [entry["text"], f"declined by {entry['owner']}"]
    elif section == "handed":
        about = entry["agenda"] or entry["channel"]
        what = [about, f"offered by {entry['offered_by']}", ago(entry["at"])]
    elif section == "handed_back":
        why = f": {entry['reason']}" if entry["reason"] else ""
        what = [entry["agenda"] or entry["channel"], f"declined by {entry['offered_to']}{why}"]
    elif section == "complaints":
        due = entry["next_due_at"]
        urgent = ages.is_late(due, now)
        by = ages.due(due, now, desk.zone) if due else NO_DATE
        step = STEP_WORDS.get(entry["next"], "")
        what = [f"{entry['called'] or ''} {entry['title']}".strip(), step, by]
    elif section == "reviews":
        what = [f"{entry['kind']} by {entry['author']}", entry["text"], ago(entry["at"])]
    elif section == "drafts":
        asked = f"{asked_in(entry['about']).words}: " if entry["kind"] == "line" else ""
        what = [asked + entry["text"], entry["over"] or "", ago(entry["updated_at"])]
    else:
        what = [entry["agenda"] or entry["channel"], ago(entry["opened_at"])]
    said = ", ".join(part for part in what if part)
    return f"{'!' if urgent else '-'} {who}: {said}. {entry.get('id') or entry['about']}"
