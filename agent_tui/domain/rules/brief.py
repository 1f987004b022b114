"""The brief: at most five lines that matter now, made of the records and nothing else.

A pure function of (records, now, agent): neither the order of the records nor the zone in which
their moments are written matters. Of the agent it knows their time zone, which decides what is due
*today* and otherwise only how days are called, the interaction that they are in, and what they saw
before. Lines come in a fixed order, one a kind; what must be acted on (notices, promises,
complaints) is first, and is therefore never cut.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, get_args

from agent_tui.domain.rules import brief_facts, brief_last, brief_past, duties
from agent_tui.domain.rules.brief_keys import digest, key
from agent_tui.domain.rules.brief_lines import DUTIES, Scene
from agent_tui.domain.rules.known import called_wrong, told
from agent_tui.domain.values.briefing import Balance, Brief, LineKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from agent_tui.domain.rules.brief_keys import Ground
    from agent_tui.domain.values.briefing import BriefLine
    from agent_tui.domain.values.people import Dossier

LINES_AT_MOST = 5
NOT_VERIFIED = "not verified"

_MAKERS = (
    brief_facts.notices,
    duties.we_owe,
    duties.complaints,
    brief_last.last_contact,
    brief_facts.treat,
    brief_past.refused,
    brief_past.balance,
    brief_facts.ask_again,
)
_LASTING: dict[LineKind, Callable[[Scene], list[Ground]]] = {
    "treat": brief_facts.wish_grounds,
    "refused": brief_past.refusal_grounds,
    "balance": brief_past.entry_grounds,
    "ask_again": brief_facts.question_grounds,
}


def make_brief(
    dossier: Dossier,
    now: datetime,
    zone: tzinfo,
    *,
    agent_id: int | None = None,
    interaction_id: int | None = None,
) -> Brief:
    """The brief of a customer at a moment, for an agent in `zone`.

    `interaction_id` is the interaction that they are in; without it that is their own live one.
    """
    scene = Scene(dossier, now, zone, agent_id, interaction_id)
    every = [one for make in _MAKERS if (one := told(make, scene)) is not None]
    folded = tuple(line for line, is_folded in every if is_folded)
    shown = tuple(line for line, is_folded in every if not is_folded)
    return Brief(
        customer=dossier.customer,
        lines=shown[:LINES_AT_MOST],
        balance=Balance(ours=scene.book.ours.times, theirs=scene.book.theirs.times),
        known=len(folded),
        digest=_digest([line for line, _is_folded in every], scene),
        folded=folded,
        verification=_verification(scene),
        last_spoke_at=dossier.last_spoke_at,
        read_at=max((one.at for one in dossier.seen), default=None),
        cut=shown[LINES_AT_MOST:],
    )


def to_read(brief: Brief) -> tuple[BriefLine, ...]:
    """The lines that a script waits for: of the first that there are, those not seen yet.

    What was there and cut when this agent last read the brief, and stands there now because others
    folded away, is worth reading and holds nothing up: a caller who comes back within the hour
    brings nothing new. Nor does what time alone brought. What was said since then does.
    """
    order = get_args(LineKind)
    every = sorted((*brief.lines, *brief.folded), key=lambda line: order.index(line.kind))
    return tuple(
        line
        for place, line in enumerate(every)
        if line in brief.lines
        and not line.seen
        and not line.by_time
        and (place < LINES_AT_MOST or not _was_there(line, brief.read_at))
    )


def beside(brief: Brief, standing: Collection[str]) -> Brief:
    """A brief beside lines of kinds that stand on a screen already, and neither fold away nor make
    room there: no more lines in all than a brief has. Duties come all the same, and what a script
    waits for."""
    stay = {line.kind for line in (*brief.folded, *brief.cut)} & set(standing)
    needed = {line.key for line in to_read(brief)}
    left_out: list[BriefLine] = []
    for line in reversed(brief.lines):
        may_wait = line.kind not in (*standing, *DUTIES) and line.key not in needed
        if may_wait and len(brief.lines) + len(stay) - len(left_out) > LINES_AT_MOST:
            left_out.append(line)
    lines = tuple(line for line in brief.lines if line not in left_out)
    return replace(brief, lines=lines, cut=(*brief.cut, *reversed(left_out)))


def _digest(lines: list[BriefLine], scene: Scene) -> str:
    """Over what lines stand on, of those that time makes come and go all that they ever may."""
    lasting = {kind: grounds(scene) for kind, grounds in _LASTING.items()}
    return digest(
        [
            *(line.key for line in lines if line.kind not in lasting),
            *(key(kind, grounds) for kind, grounds in lasting.items()),
            key("wrong", called_wrong(scene)),
        ]
    )


def _was_there(line: BriefLine, read_at: datetime | None) -> bool:
    return read_at is not None and (line.said_at is None or line.said_at <= read_at)


def _verification(scene: Scene) -> str | None:
    """How who is on the line was verified; None where nobody is on it."""
    call = scene.at_hand
    if call is None or not call.is_live:
        return None
    return call.verified_how or NOT_VERIFIED
