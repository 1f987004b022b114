"""The line of the brief about the last contact: what was, how it ended, what came since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.rules.brief_keys import Ground
from agent_tui.domain.rules.brief_lines import Made, Scene, made, part
from agent_tui.domain.rules.brief_words import since
from agent_tui.domain.rules.complaints import how_it_ended, last_closed
from agent_tui.domain.values import ids

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.briefing import BriefPart
    from agent_tui.domain.values.people import Interaction, Mood

REPEAT_WINDOW = timedelta(days=14)

_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_ENDED = {"no": "not resolved", "partly": "partly resolved", "yes": "resolved"}
_IN_VAIN = "rang, nobody answered"
_LIVE = {"ringing": "ringing", "talking": "now", "on_hold": "on hold"}


class _Piece(NamedTuple):
    """What the line tells besides the last contact: in words, as a record, and since when."""

    words: str
    part: BriefPart
    ground: Ground
    at: datetime


def last_contact(scene: Scene) -> Made | None:
    """The last contact before this one, and whether another agent has them on the line now.

    How it ended, whether it repeats, and their mood in their own words, where somebody noted that.
    A call in which nothing was said is no contact; that they rang since in vain is told, and how a
    complaint ended that was closed in that contact or since.
    """
    at_hand = scene.at_hand
    past = sorted(
        (
            one
            for one in scene.dossier.interactions
            if not (one.is_live or one.is_empty) and (at_hand is None or one.id != at_hand.id)
        ),
        key=lambda one: (one.opened_at, one.id),
    )
    last = past[-1] if past else None
    since_then = [_live(one, scene) for one in _elsewhere(scene)]
    since_then += [_rang(one, scene) for one in _in_vain(scene, last)]
    ended = _complaint(scene, last)
    besides = [*since_then, *ended]
    if last is None:
        return _without_contact(scene, besides) if besides else None
    same = _about_the_same(past, last)
    mood = _mood(scene, last)
    words = _told(last, len(same), mood)
    ahead = _joined(since_then)
    return made(
        scene,
        "last_contact",
        "Last",
        _joined([f"{ahead}; before that: {words}" if ahead else words, *ended]),
        parts=[
            _contact_part(last, words, scene, mood),
            *(_contact_part(one, _told(one, 1, None), scene) for one in reversed(same[:-1])),
            *(one.part for one in besides),
        ],
        grounds=[_ground(last, len(same), mood), *(one.ground for one in besides)],
        source=_by_whom(last),
        at=last.opened_at,
        count=len(same),
    )


def _without_contact(scene: Scene, besides: list[_Piece]) -> Made:
    return made(
        scene,
        "last_contact",
        "Last",
        _joined(besides),
        parts=[one.part for one in besides],
        grounds=[one.ground for one in besides],
        source=besides[0].part.source,
        at=besides[0].at,
    )


def _joined(told: Iterable[_Piece | str]) -> str:
    """In one line; what is told several times, once with how often."""
    counted = Counter(one if isinstance(one, str) else one.words for one in told)
    return "; ".join(
        words if times == 1 else f"{words} ({times} times)" for words, times in counted.items()
    )


def _live(call: Interaction, scene: Scene) -> _Piece:
    words = _live_words(call)
    shown = _contact_part(call, words, scene)
    return _Piece(words, shown, Ground((call.id, "live")), call.opened_at)


def _rang(call: Interaction, scene: Scene) -> _Piece:
    ground = Ground((call.id, "in vain"), at=call.opened_at)
    return _Piece(_IN_VAIN, _contact_part(call, _IN_VAIN, scene), ground, call.opened_at)


def _in_vain(scene: Scene, last: Interaction | None) -> list[Interaction]:
    """Calls of theirs since the last contact that nobody took, the newest first."""
    return sorted(
        (
            one
            for one in scene.dossier.interactions
            if one.is_empty
            and one is not scene.at_hand
            and (one.channel, one.direction, one.agent_id) == ("phone", "in", None)
            and one.answered_at is None
            and (last is None or one.opened_at > last.opened_at)
        ),
        key=lambda one: (one.opened_at, one.id),
        reverse=True,
    )


def _complaint(scene: Scene, last: Interaction | None) -> list[_Piece]:
    """How the complaint ended that was closed last, unless they were in contact since then."""
    case = last_closed(scene.dossier.cases)
    steps = case.complaint if case is not None else None
    if case is None or steps is None or steps.closed_at is None:
        return []
    if last is not None and steps.closed_at < last.opened_at:
        return []
    words = f"complaint {steps.speakable} closed: {how_it_ended(case)}"
    shown = part(
        scene,
        ids.CASE,
        case.id,
        " · ".join(one for one in (words, case.title) if one),
        source=since("closed", steps.closed_at, scene.now, scene.zone),
        at=steps.closed_at,
        interaction_id=case.interaction_id,
        mark=case.mark,
    )
    says = (case.id, "closed", steps.decision, steps.reaction, steps.escalated_to)
    return [
        _Piece(words, shown, Ground(says, by=steps.closed_by, at=steps.closed_at), steps.closed_at)
    ]


def _elsewhere(scene: Scene) -> list[Interaction]:
    """What the customer has going on with other agents, oldest first."""
    return sorted(
        (
            one
            for one in scene.dossier.interactions
            if one.is_live
            and one is not scene.at_hand
            and one.agent_id is not None
            and one.agent_id != scene.agent_id
        ),
        key=lambda one: (one.opened_at, one.id),
    )


def _live_words(call: Interaction) -> str:
    return f"with {call.agent or 'somebody'} by {call.channel}, {_LIVE[call.state]}"


def _by_whom(call: Interaction) -> str:
    return f"{call.channel}, {call.agent}" if call.agent else call.channel


def _about_the_same(past: list[Interaction], last: Interaction) -> list[Interaction]:
    """The contacts about a topic of the last one in the days before it, the last one last."""
    topics = set(last.topics)
    before = [
        one
        for one in past
        if one.id != last.id
        and last.opened_at - one.opened_at <= REPEAT_WINDOW
        and topics & set(one.topics)
    ]
    return [*before, last]


def _mood(scene: Scene, call: Interaction) -> Mood | None:
    moods = [one for one in scene.dossier.moods if one.interaction_id == call.id]
    return max(moods, key=lambda one: (one.at, one.id), default=None)


def _told(call: Interaction, times: int, mood: Mood | None) -> str:
    """What they wanted, how it ended, whether it repeats, how they felt."""
    said = [
        call.agenda or ", ".join(call.topics) or f"by {call.channel}",
        _ENDED.get(call.met) or call.outcome or "",
        f"{_ORDINALS.get(times, f'{times}th')} time in 14 d" if times > 1 else "",
        f"“{mood.text}”" if mood else "",
    ]
    return ", ".join(one for one in said if one)


def _contact_part(
    call: Interaction, words: str, scene: Scene, mood: Mood | None = None
) -> BriefPart:
    return part(
        scene,
        ids.INTERACTION,
        call.id,
        words,
        source=_by_whom(call),
        at=call.opened_at,
        interaction_id=call.id,
        note_id=mood.note_id if mood else None,
        mark=mood.mark if mood else None,
    )


def _ground(call: Interaction, times: int, mood: Mood | None) -> Ground:
    return Ground(
        (
            call.id,
            call.agenda,
            call.met,
            call.outcome,
            " ".join(sorted(call.topics)),
            times,
            mood.text if mood else None,
        ),
        by=None if _is_a_colleagues(call, mood) else call.agent_id,
        at=call.closed_at or call.opened_at,
        interaction_id=call.id,
    )


def _is_a_colleagues(call: Interaction, mood: Mood | None) -> bool:
    """Whether a colleague wrote some of it later, which is news to whoever had the call."""
    heard_by = call.agent_id if mood is None else mood.author_id
    return call.told_by is not None or heard_by != call.agent_id
