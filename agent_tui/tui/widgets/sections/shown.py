"""The records behind the brief: which section a pane shows, what of it, which row is unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.knowing import Circle
from agent_tui.tui.widgets.abouts import details_of
from agent_tui.tui.widgets.ink import Line, Span, line, wrapped
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.sections import known, people, records
from agent_tui.tui.widgets.sections.laid_out import GLYPH, NARROW, Columns, Entry, details, rows_of
from agent_tui.tui.widgets.sections.titles import ADDABLE, NAMES, SECTIONS, Size, title_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agent_tui.domain.values.briefing import OpenedCustomer
    from agent_tui.domain.values.people import Dossier
    from agent_tui.tui.widgets.here import Here

ROWS_SHOWN = 6
"""Records of a section that are shown before all of them are asked for."""

_MAKERS: dict[str, Callable[[Dossier, Here], list[Entry]]] = {
    "Promises": records.promises,
    "Cases": records.cases,
    "To ask": records.questions,
    "Asked": records.asked,
    "Knows": known.facts,
    "No to": known.refusals,
    "Ledger": known.given,
    "Reach": people.ways,
}


class Sections:
    """The sections of one customer. It paints nothing: a pane shows its `lines`."""

    def __init__(self) -> None:
        self._opened: OpenedCustomer | None = None
        self._here: Here | None = None
        self._chosen = 0
        self._is_whole = False
        self._unfolded: Row | None = None
        self._entries: dict[int, list[Entry]] = {}

    @property
    def name(self) -> str:
        """The section that is shown."""
        return NAMES[self._chosen]

    def show(self, opened: OpenedCustomer, here: Here) -> None:
        """Show somebody's records; the same person's newer ones without turning the page."""
        if not self.is_about(opened):
            self._chosen = next((at for at, one in enumerate(_sizes(opened)) if one.counted), 0)
            self._is_whole, self._unfolded = False, None
        self._opened, self._here, self._entries = opened, here, {}

    def is_about(self, opened: OpenedCustomer) -> bool:
        """Whether it is their records that are shown."""
        before = self._opened
        return before is not None and before.dossier.customer.id == opened.dossier.customer.id

    def holds(self, key: object) -> bool:
        """Whether a row is one of the section that is shown, or its title."""
        return isinstance(key, Row) and (key.kind == "section" or key.section == self.name)

    def hints(self, row: Row, keys: Mapping[str, str]) -> tuple[str, ...]:
        """What the keys do with a row of a section; `keys` are what people call them."""
        if row.kind == "section":
            add = (f"{keys['add']} adds",) if self.name in ADDABLE else ()
            return (f"{keys['section_before']} {keys['next_section']} turn", *add)
        if row.kind == "more":
            return ("Enter shows them",)
        promise = row.record if row.kind == "promise" else None
        is_offered = promise is not None and promise.is_offered_to(self._me)
        act = f"{keys['act']} accepts or declines" if is_offered else f"{keys['act']} act"
        if row.kind == "tie":
            return (act, "Enter opens them")
        if row != self._unfolded:
            return (act, "Enter unfolds")
        return (act, "Enter where from" if row.interaction_id is not None else "Enter folds")

    @property
    def _me(self) -> int | None:
        return None if self._here is None else self._here.me

    def turn(self, step: int) -> None:
        """Show the next section, or the one before."""
        self._chosen = (self._chosen + step) % len(SECTIONS)
        self._is_whole, self._unfolded = False, None

    def turn_to(self, name: str) -> None:
        """Show the section of that name."""
        self.turn(NAMES.index(name) - self._chosen)

    def open(self, row: Row) -> bool:
        """Enter on a row of a section. False where it leads away: to the person of a tie, or from
        an unfolded row to the conversation that it comes from."""
        if row.kind == "section":
            self.turn(1)
        elif row.kind == "more":
            self._is_whole = True
        elif row.kind == "tie" or row.section not in NAMES:
            return False
        elif row != self._unfolded:
            self._unfolded = row
        elif row.interaction_id is not None:
            return False
        else:
            self._unfolded = None
        return True

    def fold(self) -> bool:
        """Fold what was unfolded; false where nothing was."""
        was_open = self._unfolded is not None or self._is_whole
        self._unfolded, self._is_whole = None, False
        return was_open

    def lines(self, cells: int) -> list[Line]:
        """The titles of the sections, and the rows of the one that is shown."""
        if self._opened is None or self._here is None:
            return []
        title = title_line(_sizes(self._opened), self._chosen, cells)
        return [title, *self._rows(self._opened, self._here, cells)]

    def _rows(self, opened: OpenedCustomer, here: Here, cells: int) -> list[Line]:
        section = SECTIONS[self._chosen]
        label = section.narrow_label if cells < NARROW else section.label
        columns = Columns(cells, label)
        entries = self._made(opened, here)
        if not entries:
            return details([section.empty], Columns(cells, 0))
        shown = (
            entries if self._is_whole or len(entries) <= ROWS_SHOWN + 1 else entries[:ROWS_SHOWN]
        )
        rows: list[Line] = []
        if section.name == "Ledger":
            words = known.balance(opened.dossier, here)
            rows += [line(Span(row)) for row in _hanging(words, cells)]
        for entry in shown:
            is_unfolded = entry.key == self._unfolded
            rows += rows_of(entry, columns, whole=is_unfolded)
            if is_unfolded:
                rows += details(_told(entry.key, here), columns)
        left_out = len(entries) - len(shown)
        if left_out:
            key = Row("more", 0, section.name)
            rows.append(line(Span(f"  and {left_out} more", "dim"), key=key))
        if section.name == "People" and opened.circle and opened.circle.people > len(entries):
            rows += details([f"{opened.circle.people} people in all"], columns)
        return rows

    def _made(self, opened: OpenedCustomer, here: Here) -> list[Entry]:
        found = self._entries.get(self._chosen)
        if found is None:
            name = self.name
            if name == "People":
                found = people.ties(opened.circle or Circle((), 0), here)
            else:
                found = _MAKERS[name](opened.dossier, here)
            self._entries[self._chosen] = found
        return found


def _sizes(opened: OpenedCustomer) -> tuple[Size, ...]:
    """Of promises, cases and what is asked the open ones are counted; of the others all."""
    dossier = opened.dossier
    still_open = (
        (sum(1 for one in dossier.promises if one.state == "open"), dossier.promises),
        (sum(1 for one in dossier.cases if one.is_open), dossier.cases),
        (sum(1 for one in dossier.questions if one.state == "open"), dossier.questions),
        (sum(1 for one in dossier.follow_ups if one.state != "done"), dossier.follow_ups),
    )
    whole = (
        len(dossier.facts),
        len(dossier.refusals),
        len(dossier.concessions),
        opened.circle.people if opened.circle else 0,
        len(dossier.customer.contact_points),
    )
    return (
        *(Size(count, len(records)) for count, records in still_open),
        *(Size(count, count) for count in whole),
    )


def _hanging(words: str, cells: int) -> list[str]:
    """Rows of words below the glyphs' margin, those behind the first further in."""
    first, *others = wrapped(words, cells - GLYPH - 2, at_most=5)
    return [" " * GLYPH + first, *(" " * (GLYPH + 2) + row for row in others)]


def _told(row: Row, here: Here) -> list[str]:
    """What is known of a row beside its words, and where Enter leads now."""
    leads = ["Enter: where it was said"] if row.interaction_id is not None else []
    return [*details_of(row.record, here), *leads]
