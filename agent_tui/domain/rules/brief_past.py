"""The lines of the brief about what was: what they refused, give and take."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from agent_tui.domain.rules.brief_keys import Ground, moment
from agent_tui.domain.rules.brief_lines import Made, Scene, made, part, told
from agent_tui.domain.rules.brief_words import since
from agent_tui.domain.rules.ledger import BALANCE_WINDOW, in_words, is_lopsided
from agent_tui.domain.values import ids

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefPart
    from agent_tui.domain.values.people import Concession, Refusal


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
