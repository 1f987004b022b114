"""What of a brief its reader knows already: what they saw of late, or wrote themselves.

What was seen within seven days and did not change folds away, but not under the reader's eyes:
what they saw during the interaction that they are in, or within the last hour where it was in
none, stays for now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules.brief_keys import Ground, key, keys_apart_from, own_grounds
from agent_tui.domain.rules.brief_lines import DUTIES, Made, Scene
from agent_tui.domain.values.briefing import Sighting

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefLine

KNOWN_FOR = timedelta(days=7)
STILL_READING = timedelta(hours=1)


def told(made: Made, scene: Scene) -> tuple[BriefLine, bool]:
    """A line with its key and what it is to this agent, new or seen of late; and whether it folds
    away for them, which duties never do."""
    made = Made(made.line, (*made.grounds, *_called_wrong(made.line, scene)))
    line, sightings = made.line, _sightings(made, scene)
    recent = [one for one in sightings if one.at >= scene.now - KNOWN_FOR]
    line = replace(
        line,
        key=key(line.kind, made.grounds),
        new=not sightings,
        seen=bool(recent),
        said_at=max(
            (one.at for one in made.grounds if one.at and (not one.by or one.by != scene.agent_id)),
            default=None,
        ),
    )
    is_folded = line.kind not in DUTIES and any(_is_settled(one, scene) for one in recent)
    return line, is_folded


def _called_wrong(line: BriefLine, scene: Scene) -> list[Ground]:
    """That colleagues call a record of the line wrong, which is news to whoever has read it."""
    subjects = set(line.records)
    return [
        Ground((mark.subject, "wrong", mark.agent_id), at=mark.at)
        for mark in scene.dossier.marks
        if mark.how == "wrong" and mark.subject in subjects and mark.agent_id != scene.agent_id
    ]


def _sightings(made: Made, scene: Scene) -> list[Sighting]:
    """When this agent had a line in front of them, apart from what they wrote since.

    They know what they wrote: a line that stands on nothing else was seen when they wrote it. This
    does not hold for duties, which come up by themselves when they fall due.
    """
    kind, grounds = made.line.kind, made.grounds
    own = [] if kind in DUTIES else own_grounds(grounds, scene.agent_id, scene.now - KNOWN_FOR)
    keys = keys_apart_from(kind, grounds, own)
    found = [one for one in scene.dossier.seen if one.key in keys]
    if own and len(own) == len(grounds):
        newest = own[0]
        found.append(Sighting(keys[0], newest.at or scene.now, newest.interaction_id))
    return found


def _is_settled(sighting: Sighting, scene: Scene) -> bool:
    """Whether the reader is no longer at it."""
    if scene.at_hand is not None and sighting.interaction_id is not None:
        return sighting.interaction_id != scene.at_hand.id
    return sighting.at <= scene.now - STILL_READING
