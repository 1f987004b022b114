"""The lines of the brief about what was: the last contact, what they refused, give and take."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules.brief_keys import Ground, moment
from agent_tui.domain.rules.brief_lines import Made, Scene, made, part, told
from agent_tui.domain.rules.brief_words import since
from agent_tui.domain.rules.ledger import BALANCE_WINDOW, in_words, is_lopsided
from agent_tui.domain.values import ids

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefPart
    from agent_tui.domain.values.people import Concession, Interaction, Mood, Refusal

REPEAT_WINDOW = timedelta(days=14)

_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_ENDED = {"no": "not resolved", "partly": "partly resolved", "yes": "resolved"}
_LIVE = {"ringing": "ringing", "talking": "now", "on_hold": "on hold"}


def last_contact(scene: Scene) -> Made | None:
    """The last contact before this one, and whether another agent has them on the line now.

    How it ended, whether it repeats, and their mood in their own words, where somebody noted that.
    """
    at_hand = scene.at_hand
    past = sorted(
        (
            one
            for one in scene.dossier.interactions
            if not one.is_live and (at_hand is None or one.id != at_hand.id)
        ),
        key=lambda one: (one.opened_at, one.id),
    )
    elsewhere = _elsewhere(scene)
    if not past and not elsewhere:
        return None
    now_words = "; ".join(_live_words(one) for one in elsewhere)
    live_parts = [_contact_part(one, _live_words(one), scene) for one in elsewhere]
    live_grounds = [Ground((one.id, "live")) for one in elsewhere]
    if not past:
        return made(
            scene,
            "last_contact",
            "Last",
            now_words,
            parts=live_parts,
            grounds=live_grounds,
            source=_by_whom(elsewhere[0]),
            at=elsewhere[0].opened_at,
        )
    last = past[-1]
    same = _about_the_same(past, last)
    mood = _mood(scene, last)
    words = _told(last, len(same), mood)
    return made(
        scene,
        "last_contact",
        "Last",
        f"{now_words}; before that: {words}" if now_words else words,
        parts=[
            _contact_part(last, words, scene, mood),
            *(_contact_part(one, _told(one, 1, None), scene) for one in reversed(same[:-1])),
            *live_parts,
        ],
        grounds=[_ground(last, len(same), mood), *live_grounds],
        source=_by_whom(last),
        at=last.opened_at,
        count=len(same),
    )


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


def refused(scene: Scene) -> Made | None:
    """What they said no to, and may not be asked again yet; the newest first."""
    standing = sorted(
        (refusal for refusal in scene.dossier.refusals if _stands(refusal, scene)),
        key=lambda refusal: (refusal.at, refusal.id),
        reverse=True,
    )
    if not standing:
        return None
    first = standing[0]
    return made(
        scene,
        "refused",
        "No to",
        told(refusal.what for refusal in standing),
        parts=(
            part(
                scene,
                ids.REFUSAL,
                one.id,
                one.what,
                source=since("said", one.at, scene.now, scene.zone),
                at=one.at,
                interaction_id=one.interaction_id,
                note_id=one.note_id,
                mark=one.mark,
            )
            for one in standing
        ),
        grounds=refusal_grounds(scene),
        source=since("said", first.at, scene.now, scene.zone),
        at=first.at,
    )


def refusal_grounds(scene: Scene) -> list[Ground]:
    """All that they said no to, also what may be asked again by now."""
    return [
        Ground(
            (one.id, one.what, moment(one.ask_again_after)),
            by=one.author_id,
            at=one.at,
            interaction_id=one.interaction_id,
            told=_stands(one, scene),
        )
        for one in scene.dossier.refusals
    ]


def _stands(refusal: Refusal, scene: Scene) -> bool:
    return refusal.ask_again_after is None or refusal.ask_again_after > scene.now


def balance(scene: Scene) -> Made | None:
    """The balance of give and take over twelve months, where it is lopsided."""
    dossier, now = scene.dossier, scene.now
    if not is_lopsided(scene.book):
        return None
    entries = sorted(
        (entry for entry in dossier.concessions if entry.at >= now - BALANCE_WINDOW),
        key=lambda entry: (entry.at, entry.id),
        reverse=True,
    )
    return made(
        scene,
        "balance",
        "Balance",
        in_words(scene.book),
        parts=(_entry_part(entry, scene) for entry in entries),
        grounds=entry_grounds(scene),
        source="ledger of twelve months",
        at=entries[0].at if entries else now - BALANCE_WINDOW,
        age="12 mo",
        count=scene.book.ours.times + scene.book.theirs.times,
    )


def _entry_part(entry: Concession, scene: Scene) -> BriefPart:
    sum_of = f" {entry.amount} {entry.currency or ''}".rstrip() if entry.amount else ""
    why = f": {entry.reason}" if entry.reason else ""
    return part(
        scene,
        ids.CONCESSION,
        entry.id,
        f"{'we' if entry.side == 'ours' else 'they'} gave {entry.kind}{sum_of}{why}",
        source="ledger",
        at=entry.at,
        interaction_id=entry.interaction_id,
        note_id=entry.note_id,
        mark=entry.mark,
    )


def entry_grounds(scene: Scene) -> list[Ground]:
    """All entries of the ledger, whatever their age; those that were counted, alike ones in one."""
    entries = [
        Ground(
            (entry.id, entry.side, entry.kind, entry.amount, entry.currency),
            by=entry.author_id,
            at=entry.at,
            interaction_id=entry.interaction_id,
        )
        for entry in scene.dossier.concessions
    ]
    alike: dict[tuple[str, str | None, str | None], int] = defaultdict(int)
    for tally in scene.dossier.more_given:
        alike[tally.side, tally.amount, tally.currency] += tally.times
    return [*entries, *(Ground((*one, times)) for one, times in alike.items())]
