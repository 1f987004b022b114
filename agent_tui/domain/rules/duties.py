"""The lines of the brief about what we owe: promises and complaints.

What matters comes first in each, so that a narrow screen cuts what matters least.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.brief_words import counted, shown, since
from agent_tui.domain.rules.complaints import next_step
from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import BriefLine
from agent_tui.domain.values.people import Dossier
from agent_tui.domain.values.promises import Promise

_TIMES = {1: "once", 2: "twice"}


def we_owe(dossier: Dossier, now: datetime, zone: tzinfo) -> BriefLine | None:
    """Our open promises that are late or due today, the oldest in words."""
    owed = sorted(
        (
            promise
            for promise in dossier.promises
            if promise.side == "ours"
            and promise.state == "open"
            and promise.due_at is not None
            and (ages.is_late(promise.due_at, now) or ages.is_due_today(promise.due_at, now, zone))
        ),
        key=lambda promise: (promise.due_at or now, promise.id),
    )
    if not owed:
        return None
    first = owed[0]
    moves = _moves(first, dossier)
    begun = (moves[0] if moves else first).created_at
    return BriefLine(
        kind="we_owe",
        label="We owe",
        text=counted(_promise_words(first, moves, now, zone), len(owed), "oldest"),
        age=ages.due(first.due_at, now, zone),
        urgent=True,
        count=len(owed),
        source=since("promised", begun, now, zone),
        age_days=ages.days_between(begun, now, zone),
        records=shown(ids.PROMISE, owed),
        interaction_id=first.interaction_id,
    )


def _promise_words(promise: Promise, moves: list[Promise], now: datetime, zone: tzinfo) -> str:
    """Date and owner first, so that a narrow screen cuts the words of the promise alone."""
    is_today = promise.due_at is None or ages.days_between(promise.due_at, now, zone) == 0
    when = None if is_today else ages.weekday(promise.due_at or now, now, zone)
    about = ", ".join(part for part in (when, promise.owner) if part)
    remarks = [
        f"moved {_TIMES.get(len(moves), f'{len(moves)} times')}" if moves else "",
        _whether_told([*moves, promise]),
    ]
    told = ", ".join(remark for remark in remarks if remark)
    words = f"{promise.text} ({told})" if told else promise.text
    return f"{about}: {words}" if about else words


def _moves(promise: Promise, dossier: Dossier) -> list[Promise]:
    """The promises that this one took the place of, the first one first."""
    known = {one.id: one for one in dossier.promises}
    moves: list[Promise] = []
    before = known.get(promise.replaces_id) if promise.replaces_id is not None else None
    while before is not None and before not in moves:
        moves.insert(0, before)
        before = known.get(before.replaces_id) if before.replaces_id is not None else None
    return moves


def _whether_told(promises: list[Promise]) -> str:
    """Whether the customer has heard of the newest change; nothing where nothing changed."""
    *moves, standing = promises
    if standing.told_at is not None:
        return "told"
    return "" if not moves else "told" if moves[-1].told_at is not None else "not told"


def complaints(dossier: Dossier, now: datetime, zone: tzinfo) -> BriefLine | None:
    """The complaints that are not closed, the most pressing with what is next about it."""
    far = datetime.max.replace(tzinfo=now.tzinfo)
    open_ones = sorted(
        (
            (step.due_at or far, case.id, case, step)
            for case in dossier.cases
            if (step := next_step(case)) is not None
        ),
        key=lambda one: one[:2],
    )
    if not open_ones:
        return None
    _due, _id, first, step = open_ones[0]
    opened = f"opened {ages.ago(first.opened_at, now, zone)} ago"
    what = f"{first.called} {step.words}" if first.called else step.words
    due = f"due {ages.weekday(step.due_at, now, zone)}, " if step.due_at else ""
    return BriefLine(
        kind="complaint",
        label="Complaint",
        text=counted(
            ": ".join(part for part in (what, first.title) if part), len(open_ones), "first"
        ),
        age=ages.due(step.due_at, now, zone),
        urgent=True,
        count=len(open_ones),
        source=f"{due}{opened}",
        age_days=ages.days_between(first.opened_at, now, zone),
        records=shown(ids.CASE, [case for _due, _id, case, _step in open_ones]),
        interaction_id=first.interaction_id,
    )
