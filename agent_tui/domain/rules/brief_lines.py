"""What the makers of the brief's lines are given, and what they give back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.brief_words import disputed, listed, remarks
from agent_tui.domain.rules.contradictions import side_by_side
from agent_tui.domain.rules.ledger import ledger
from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import BriefLine, BriefPart

if TYPE_CHECKING:
    from agent_tui.domain.rules.brief_keys import Ground
    from agent_tui.domain.values.briefing import LineKind, RecordMark
    from agent_tui.domain.values.kinds import FactKind
    from agent_tui.domain.values.ledger import Ledger
    from agent_tui.domain.values.people import Dossier, Fact, Interaction

DUTIES: tuple[LineKind, ...] = ("notice", "we_owe", "complaint")
"""The kinds that are never cut nor folded while they are open."""
TREAT_KINDS: tuple[FactKind, ...] = ("prefers", "expects", "values", "agreed")
"""The kinds of facts that say how to treat somebody, in the order in which they are said."""
TOLD_AT_MOST = 50
"""How many records of a line are told that is no duty; they are all counted, and in its key."""


@dataclass(frozen=True)
class Scene:
    """The records, the moment, and who reads: their time zone, and the interaction they are in."""

    dossier: Dossier
    now: datetime
    zone: tzinfo
    agent_id: int | None = None
    interaction_id: int | None = None

    def ago(self, when: datetime) -> str:
        """How long ago, in words: `3 d`."""
        return ages.ago(when, self.now, self.zone)

    @cached_property
    def at_hand(self) -> Interaction | None:
        """The interaction that the agent is in: the one named, or else their own live one."""
        calls = self.dossier.interactions
        if self.interaction_id is not None:
            return next((one for one in calls if one.id == self.interaction_id), None)
        own = [one for one in calls if one.is_live and one.agent_id == self.agent_id is not None]
        return max(own, key=lambda one: (one.opened_at, one.id), default=None)

    @cached_property
    def wishes(self) -> tuple[tuple[Fact, ...], ...]:
        """How they want to be treated, what contradicts one another in one group."""
        return side_by_side(fact for fact in self.dossier.facts if fact.kind in TREAT_KINDS)

    @cached_property
    def book(self) -> Ledger:
        """What each side gave."""
        return ledger(self.dossier.concessions, self.now, self.dossier.more_given)

    @cached_property
    def remarks(self) -> Mapping[str, tuple[str, ...]]:
        """What agents said of records, by the shown id."""
        about: dict[str, list[RecordMark]] = {}
        for mark in self.dossier.marks:
            about.setdefault(mark.subject, []).append(mark)
        return {subject: remarks(marks) for subject, marks in about.items()}


class Made(NamedTuple):
    """A line, and what it stands on."""

    line: BriefLine
    grounds: Sequence[Ground]


def part(
    scene: Scene,
    prefix: str,
    record_id: int,
    words: str,
    *,
    source: str,
    at: datetime,
    interaction_id: int | None = None,
    note_id: int | None = None,
    mark: str | None = None,
) -> BriefPart:
    """One record of a line; `at` is the moment that its age counts from."""
    shown = ids.show(prefix, record_id)
    return BriefPart(
        record=shown,
        words=words,
        source=source,
        age=scene.ago(at),
        interaction_id=interaction_id,
        note_id=note_id,
        mark=mark,
        remarks=scene.remarks.get(shown, ()),
    )


def made(
    scene: Scene,
    kind: LineKind,
    label: str,
    text: str,
    *,
    parts: Iterable[BriefPart],
    grounds: Sequence[Ground],
    source: str,
    at: datetime,
    age: str | None = None,
    count: int | None = None,
) -> Made:
    """A line about these parts, the first of which it speaks of; `at` is what it is as old as.

    It counts the grounds that are told where no `count` is given.
    """
    shown = tuple(parts if kind in DUTIES else islice(parts, TOLD_AT_MOST))
    line = BriefLine(
        kind=kind,
        label=label,
        text=disputed(text, shown),
        age=scene.ago(at) if age is None else age,
        urgent=kind in DUTIES,
        count=sum(ground.told for ground in grounds) if count is None else count,
        source=source,
        age_days=ages.days_between(at, scene.now, scene.zone),
        records=tuple(one.record for one in shown),
        interaction_id=shown[0].interaction_id if shown else None,
        parts=shown,
    )
    return Made(line, grounds)


def told(texts: Iterable[str]) -> str:
    """The first of these texts in one line."""
    return listed(islice(texts, TOLD_AT_MOST))
