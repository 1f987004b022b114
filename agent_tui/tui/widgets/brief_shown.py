"""What of a brief stands on the screen: nothing folds, or goes unseen, under its reader's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.values.briefing import KINDS
from agent_tui.tui.widgets.brief_lines import Page, Shown, Spot, brief_page
from agent_tui.tui.widgets.rows import KNOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from agent_tui.domain.values.briefing import Brief, BriefLine, OpenedCustomer
    from agent_tui.domain.values.knowing import Herd, PromptOutcome, PromptShown
    from agent_tui.domain.values.people import Dossier, Mood
    from agent_tui.tui.widgets.here import Here
    from agent_tui.tui.widgets.rows import Row

OwnMarks = frozenset[tuple[str, str]]
"""What this agent said of records: shown id, and `wrong` or `used`."""


class BriefShown:
    """The brief of one customer, from when they appear until somebody else does. It paints nothing:
    a pane shows its `page`.

    What is read again while they stand there takes the place of what stood: a line that has become
    known to the agent meanwhile stays where it is, and new ones appear at once.
    """

    def __init__(self) -> None:
        self.opened: OpenedCustomer | None = None
        self.here: Here | None = None
        self.lines: tuple[BriefLine, ...] = ()
        self.prompt: PromptShown | None = None
        self.outcome: PromptOutcome | None = None
        self.herds: tuple[Herd, ...] = ()
        self.unread: frozenset[str] = frozenset()
        """The keys of the lines that a script waits for."""
        self._folded: tuple[BriefLine, ...] = ()
        self._forget()

    def _forget(self) -> None:
        self._mine: OwnMarks = frozenset()
        self._stood: dict[str, Spot] = {}
        self._kinds: set[str] = set()
        self._fresh: set[str] = set()
        self._whole: set[str] = set()
        self._unfolded: set[str] = set()
        self._is_known_open = False
        self.prompt, self.outcome = None, None
        self.herds, self.unread = (), frozenset()
        self._page = Page()

    def show(self, opened: OpenedCustomer, here: Here, mine: OwnMarks = frozenset()) -> None:
        """Show somebody's brief; `mine` is what this agent said of its records."""
        if self.opened is None or self.opened.brief.customer.id != opened.brief.customer.id:
            self._forget()
        elif self.opened.brief.last_spoke_at != opened.brief.last_spoke_at:
            # A talk is over: what is new now is new since that.
            self._fresh.clear()
        self.opened, self.here, self._mine = opened, here, mine
        self.lines, self._folded = standing(opened.brief, self._kinds)
        self._kinds.update(line.kind for line in self.lines)
        self._fresh.update(line.key for line in self.lines if line.new)
        self._whole.update(line.key for line in self.lines if not line.seen)
        for line in self.lines:
            for part in line.parts:
                self._stood[part.record] = Spot(line, part, is_struck=True)

    def kinds_for(self, customer_id: int) -> frozenset[str]:
        """The kinds of lines that stand here already of somebody."""
        is_theirs = self.opened is not None and self.opened.brief.customer.id == customer_id
        return frozenset(self._kinds) if is_theirs else frozenset()

    def leave(self) -> None:
        """Show nobody."""
        self.opened, self.lines, self._folded = None, (), ()
        self._forget()

    def page(self, cells: int, keys: Mapping[str, str]) -> Page:
        """The rows of the brief; `keys` are those that act on it, by action."""
        if self.opened is None or self.here is None:
            return Page()
        spoke = self.opened.brief.last_spoke_at
        mood = newest_mood(self.opened.dossier)
        shown = Shown(
            lines=self.lines,
            folded=self._folded,
            struck=self._struck,
            opened=frozenset(self._unfolded),
            is_known_open=self._is_known_open,
            fresh=frozenset(self._fresh),
            whole=frozenset(self._whole),
            unread=self.unread,
            used=frozenset(subject for subject, how in self._mine if how == "used"),
            last_spoke="" if spoke is None else ages.day(spoke, self.here.now, self.here.zone),
            prompt=self.prompt,
            outcome=self.outcome,
            herds=self.herds,
            mood=mood,
            mood_age="" if mood is None else ages.ago(mood.at, self.here.now, self.here.zone),
            undo=f"{keys.get('wrong', 'x')} undoes",
        )
        self._page = brief_page(shown, cells, self.opened.dossier)
        return self._page

    @property
    def _struck(self) -> tuple[Spot, ...]:
        """What this agent called wrong since the customer appeared, and has left the brief."""
        there = {part.record for line in (*self.lines, *self._folded) for part in line.parts}
        return tuple(
            spot
            for record, spot in self._stood.items()
            if (record, "wrong") in self._mine and record not in there
        )

    def spot(self, row: object) -> Spot | None:
        """What a row stands for, where it is one of the brief's."""
        return self._page.spots.get(row) if row is not None else None  # type: ignore[call-overload]

    def row_of(self, spot: Spot) -> Row | None:
        """Where the records of a row that has gone stand now: the row of one of them that was
        struck out, of one part, or of a line with one of them."""
        records = {spot.part.record} if spot.part is not None else set(spot.line.records)
        parts = {key: one for key, one in self._page.spots.items() if one.part is not None}
        struck = (key for key, one in parts.items() if one.is_struck and _holds(one, records))
        others = (key for key, one in parts.items() if _holds(one, records))
        lines = (
            key for key, one in self._page.spots.items() if records.intersection(one.line.records)
        )
        return next(struck, None) or next(others, None) or next(lines, None)

    def place(self, line: BriefLine) -> tuple[int, int] | None:
        """The first row of a line on the page, and the row behind its last one."""
        return self._page.places.get(line.key)

    def unfold(self, row: Row) -> bool:
        """Unfold what a row stands for; false where it is unfolded, or cannot be."""
        spot = self.spot(row)
        if row == KNOWN:
            self._is_known_open = not self._is_known_open
            return True
        if spot is None or spot.part is not None or spot.line.kind in self._unfolded:
            return False
        self._unfolded.add(spot.line.kind)
        return bool(spot.line.parts)

    def fold(self, row: Row | None) -> Row | None:
        """Fold what is unfolded around a row; the row that stays, or None where nothing was."""
        spot = self.spot(row)
        if spot is None or spot.line.kind not in self._unfolded:
            if self._is_known_open and (row == KNOWN or (spot and spot.line in self._folded)):
                self._is_known_open = False
                return KNOWN
            return None
        self._unfolded.discard(spot.line.kind)
        heads = (
            key
            for key, one in self._page.spots.items()
            if one.part is None and one.line.kind == spot.line.kind
        )
        return next(heads, None)


def _holds(spot: Spot, records: Collection[str]) -> bool:
    return spot.part is not None and spot.part.record in records


def newest_mood(dossier: Dossier) -> Mood | None:
    """How they felt in this interaction or in the one before, or since then outside of any; None
    where nobody noted it."""
    contacts = {one.id for one in dossier.interactions[:2]}
    last = next((one.opened_at for one in dossier.interactions), None)

    def is_of_now(mood: Mood) -> bool:
        if mood.interaction_id is None:
            return last is None or mood.at >= last
        return mood.interaction_id in contacts

    return next(filter(is_of_now, dossier.moods), None)


def standing(
    brief: Brief, kinds: Collection[str]
) -> tuple[tuple[BriefLine, ...], tuple[BriefLine, ...]]:
    """The lines of a brief and its folded ones, where lines of some kinds stand already: these
    neither fold away nor make room."""
    stay = [line for line in (*brief.folded, *brief.cut) if line.kind in kinds]
    lines = sorted((*brief.lines, *stay), key=lambda line: KINDS.index(line.kind))
    return tuple(lines), tuple(line for line in brief.folded if line.kind not in kinds)
