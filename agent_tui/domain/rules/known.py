"""What of a brief its reader knows already: what they saw of late, or wrote themselves.

What was seen within seven days and did not change folds away, but not under the reader's eyes:
what they saw during the interaction that they are in, or within the last hour where it was in
none, stays for now.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules.brief_keys import Ground, key, keys_apart_from, own_grounds
from agent_tui.domain.rules.brief_lines import DUTIES, Made, Scene
from agent_tui.domain.values.briefing import Sighting

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefLine, LineKind

KNOWN_FOR = timedelta(days=7)
STILL_READING = timedelta(hours=1)
LOOKED_BACK = 2
"""How many readings are looked back at for what time alone brought, the newest ones."""
BROUGHT_BY_TIME: tuple[LineKind, ...] = ("balance", "ask_again")
"""The lines that come up by themselves though nobody wrote; duties do too, and that is meant."""


Maker = Callable[[Scene], Made | None]


def told(make: Maker, scene: Scene) -> tuple[BriefLine, bool] | None:
    """A line with its key and what it is to this agent, new or seen of late; and whether it folds
    away for them, which duties never do. None where there is no such line."""
    made = _made(make, scene)
    if made is None:
        return None
    line, sightings = made.line, _sightings(made, scene)
    recent = [one for one in sightings if one.at >= scene.now - KNOWN_FOR]
    line = replace(
        line,
        key=key(line.kind, made.grounds),
        new=not sightings and not _is_all_own(made.grounds, scene),
        seen=bool(recent),
        by_time=line.kind in BROUGHT_BY_TIME and not recent and _came_by_time(make, scene),
        said_at=max(
            (one.at for one in made.grounds if one.at and (not one.by or one.by != scene.agent_id)),
            default=None,
        ),
    )
    is_folded = line.kind not in DUTIES and any(_is_settled(one, scene) for one in recent)
    return line, is_folded


def _made(make: Maker, scene: Scene) -> Made | None:
    """A line and all that it stands on, what colleagues call wrong of it too."""
    made = make(scene)
    if made is None:
        return None
    records = set(made.line.records)
    wrong = [ground for ground in called_wrong(scene) if ground.says[0] in records]
    return Made(made.line, (*made.grounds, *wrong))


def called_wrong(scene: Scene) -> list[Ground]:
    """That colleagues call records wrong, which is news to whoever has read them."""
    return [
        Ground((mark.subject, "wrong", mark.agent_id), at=mark.at)
        for mark in scene.dossier.marks
        if mark.how == "wrong" and mark.agent_id != scene.agent_id
    ]


def _came_by_time(make: Maker, scene: Scene) -> bool:
    """Whether the records of today made no line when this agent read of late, or one that they
    saw."""
    since = scene.now - KNOWN_FOR
    moments = sorted({one.at for one in scene.dossier.seen if one.at >= since}, reverse=True)
    for at in moments[:LOOKED_BACK]:
        then = _made(make, replace(scene, now=at))
        if then is None or any(one.at >= since for one in _sightings(then, scene)):
            return True
    return False


def _sightings(made: Made, scene: Scene) -> list[Sighting]:
    """When this agent had a line in front of them, apart from what they wrote since.

    They know what they wrote: a line that stands on nothing else was seen when they wrote it. This
    does not hold for duties, which come up by themselves when they fall due.
    """
    kind, grounds = made.line.kind, made.grounds
    own = [] if kind in DUTIES else own_grounds(grounds, scene.agent_id, scene.now - KNOWN_FOR)
    keys = keys_apart_from(kind, grounds, own)
    found = [one for one in scene.dossier.seen if one.key in keys]
    own_told = [ground for ground in own if ground.told]
    if own_told and len(own_told) == sum(ground.told for ground in grounds):
        newest = own_told[0]
        found.append(Sighting(keys[0], newest.at or scene.now, newest.interaction_id))
    return found


def _is_all_own(grounds: Sequence[Ground], scene: Scene) -> bool:
    """Whether this agent wrote all that a line tells, however long ago: it is no news to them."""
    return all(ground.by == scene.agent_id is not None for ground in grounds if ground.told)


def _is_settled(sighting: Sighting, scene: Scene) -> bool:
    """Whether the reader is no longer at it."""
    if scene.at_hand is not None and sighting.interaction_id is not None:
        return sighting.interaction_id != scene.at_hand.id
    return sighting.at <= scene.now - STILL_READING
