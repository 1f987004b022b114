"""The lines of the brief about what we owe: promises and complaints.

What matters comes first in each, so that a narrow screen cuts what matters least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.brief_keys import Ground, moment
from agent_tui.domain.rules.brief_lines import Made, Scene, made, part
from agent_tui.domain.rules.brief_words import counted, since, times
from agent_tui.domain.rules.complaints import by_urgency, due_words, next_step
from agent_tui.domain.values import ids

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefPart
    from agent_tui.domain.values.complaints import NextStep
    from agent_tui.domain.values.people import Case
    from agent_tui.domain.values.promises import Promise

_NAMED = 3
"""So many complaints are named where more are open."""


def we_owe(scene: Scene) -> Made | None:
    """Our open promises that are late or due today, the oldest in words.

    Due or late is one state: the same duty a day later is no change.
    """
    now, zone = scene.now, scene.zone
    owed = sorted(
        (
            promise
            for promise in scene.dossier.promises
            if promise.side == "ours"
            and promise.state == "open"
            and promise.due_at is not None
            and (ages.is_late(promise.due_at, now) or ages.is_due_today(promise.due_at, now, zone))
        ),
        key=lambda promise: (promise.due_at or now, promise.id),
    )
    if not owed:
        return None
    known = {one.id: one for one in scene.dossier.promises}
    chains = [[*_moves(promise, known), promise] for promise in owed]
    first, begun = owed[0], chains[0][0].created_at
    return made(
        scene,
        "we_owe",
        "We owe",
        counted(_promise_words(chains[0], scene), len(owed), "oldest"),
        parts=[_promise_part(chain, scene) for chain in chains],
        grounds=[_promise_ground(chain) for chain in chains],
        source=since("promised", begun, now, zone),
        at=begun,
        age=ages.due(first.due_at, now, zone),
    )


def _promise_part(chain: list[Promise], scene: Scene) -> BriefPart:
    promise = chain[-1]
    due = ages.due(promise.due_at, scene.now, scene.zone)
    return part(
        scene,
        ids.PROMISE,
        promise.id,
        f"{_promise_words(chain, scene)} · {due}",
        source=since("promised", chain[0].created_at, scene.now, scene.zone),
        at=chain[0].created_at,
        interaction_id=promise.interaction_id,
        note_id=promise.note_id,
        mark=promise.mark,
    )


def _promise_ground(chain: list[Promise]) -> Ground:
    """Whoever owes it made it, or took it over; one that was moved may be anybody's doing."""
    promise = chain[-1]
    return Ground(
        (
            promise.id,
            promise.text,
            moment(promise.due_at),
            promise.owner_id,
            len(chain),
            _whether_told(chain),
        ),
        by=promise.owner_id if len(chain) == 1 else None,
        at=promise.created_at,
    )


def _promise_words(chain: list[Promise], scene: Scene) -> str:
    """Date and owner first, so that a narrow screen cuts the words of the promise alone."""
    *moves, promise = chain
    now, zone = scene.now, scene.zone
    is_today = promise.due_at is None or ages.days_between(promise.due_at, now, zone) == 0
    when = None if is_today else ages.weekday(promise.due_at or now, now, zone)
    about = ", ".join(one for one in (when, promise.owner) if one)
    remarks = [f"moved {times(len(moves))}" if moves else "", _whether_told(chain)]
    told = ", ".join(remark for remark in remarks if remark)
    words = f"{promise.text} ({told})" if told else promise.text
    return f"{about}: {words}" if about else words


def _moves(promise: Promise, known: dict[int, Promise]) -> list[Promise]:
    """The promises that this one took the place of, the first one first."""
    moves: list[Promise] = []
    before = known.get(promise.replaces_id) if promise.replaces_id is not None else None
    while before is not None and before not in moves:
        moves.insert(0, before)
        before = known.get(before.replaces_id) if before.replaces_id is not None else None
    return moves


def _whether_told(chain: list[Promise]) -> str:
    """Whether the customer has heard of the newest change; nothing where nothing changed."""
    *moves, standing = chain
    if standing.told_at is not None:
        return "told"
    return "" if not moves else "told" if moves[-1].told_at is not None else "not told"


def complaints(scene: Scene) -> Made | None:
    """The complaints that are not closed, the most pressing with what is next about it."""
    now, zone = scene.now, scene.zone
    open_ones = [
        (case, step)
        for case in sorted(scene.dossier.cases, key=by_urgency)
        if (step := next_step(case)) is not None
    ]
    if not open_ones:
        return None
    first, step = open_ones[0]
    due = f"due {ages.weekday(step.due_at, now, zone)}, " if step.due_at else ""
    return made(
        scene,
        "complaint",
        "Complaint",
        _complaint_words(first, step) if len(open_ones) == 1 else _several(open_ones),
        parts=[_complaint_part(case, step, scene) for case, step in open_ones],
        grounds=[
            Ground((case.id, case.title, case.called, step.step, moment(step.due_at)))
            for case, step in open_ones
        ],
        source=f"{due}{since('opened', first.opened_at, now, zone)}",
        at=first.opened_at,
        age=due_words(first, now, zone),
    )


def _several(open_ones: list[tuple[Case, NextStep]]) -> str:
    """How many complaints, and what is next about the most pressing: each by its id, since the
    words of one would hide the next."""
    named = (
        f"{case.called} {step.words}" if case.called else _complaint_words(case, step)
        for case, step in open_ones[:_NAMED]
    )
    return f"{len(open_ones)}: {', '.join(named)}"


def _complaint_words(case: Case, step: NextStep) -> str:
    what = f"{case.called} {step.words}" if case.called else step.words
    return ": ".join(one for one in (what, case.title) if one)


def _complaint_part(case: Case, step: NextStep, scene: Scene) -> BriefPart:
    due = due_words(case, scene.now, scene.zone)
    return part(
        scene,
        ids.CASE,
        case.id,
        " · ".join(one for one in (_complaint_words(case, step), due) if one),
        source=since("opened", case.opened_at, scene.now, scene.zone),
        at=case.opened_at,
        interaction_id=case.interaction_id,
        mark=case.mark,
    )
