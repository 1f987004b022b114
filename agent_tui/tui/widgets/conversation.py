"""All that was said with somebody, in one scroll across channels and years."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message

from agent_tui.domain.rules import ages
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.messages import EarlierRequested
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, wrapped
from agent_tui.tui.widgets.lines import PlainLines
from agent_tui.tui.widgets.wording import MET, who_said

if TYPE_CHECKING:
    from agent_tui.domain.values.conversation import Conversation, Entry, Mark, Passage
    from agent_tui.tui.widgets.here import Here

_OFFSET = 7
_WHO = 5
_SPOKEN = ("phone", "visit")
ROWS_OF_A_MESSAGE = 40
"""Rows that one message may take; a longer one says how much there is."""

Place = tuple[datetime, int]


class ConversationPane(PlainLines, can_focus=True):
    """The window on a conversation.

    New lines appear below without moving somebody who reads above; the window before is asked for
    when the reader pages up past the first line.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list", "conversation", without=("open",))

    class ReadOn(Message):
        """The reader reached the newest line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._passages: dict[Place, Passage] = {}
        self._rows_of: dict[Place, int] = {}
        self._cache: dict[Place, tuple[Passage, int, bool, list[Line]]] = {}
        self._earlier: Mark | None = None
        self._here: Here | None = None
        self._said = ""
        self._follow = True
        self.unseen = 0

    def say(self, words: str) -> None:
        """Show a state in words instead of a conversation: empty, loading, failed."""
        self._passages, self._earlier, self._said = {}, None, words
        self._follow, self.unseen = True, 0
        self._lay_out()

    def show_window(
        self, conversation: Conversation, here: Here, *, before: Mark | None = None
    ) -> None:
        """Take a window: the newest one, or the one before a mark."""
        self._here, self._said = here, ""
        arrived = {_place(passage): passage for passage in conversation.passages}
        follow = self._follow and before is None
        entries = self._count_entries()
        if before is not None or not self._passages:
            self._earlier = conversation.earlier
        if before is None and self._passages and arrived:
            first = min(arrived)
            kept = {place: one for place, one in self._passages.items() if place < first}
            if not kept:
                self._earlier = conversation.earlier
            self._passages = kept
        self._passages |= arrived
        if before is None and not follow:
            self.unseen += max(0, self._count_entries() - entries)
        self._lay_out(above=before is not None)

    def open_at(self, interaction_id: int) -> bool:
        """Scroll to an interaction; false where it is not in the window."""
        for (_opened, one_id), row in self._rows_of.items():
            if one_id == interaction_id:
                self._follow = False
                self.scroll_to(y=row, animate=False, immediate=True)
                return True
        return False

    @property
    def earlier(self) -> Mark | None:
        """Where the window above begins, if there is one."""
        return self._earlier

    def action_down(self) -> None:
        """One line down."""
        self.action_scroll_down()

    def action_up(self) -> None:
        """One line up."""
        self.action_scroll_up()

    def action_earlier(self) -> None:
        """Page up, and past the first line into the window before."""
        if self.scroll_offset.y == 0 and self._earlier is not None:
            self.post_message(EarlierRequested(self._earlier))
        self.scroll_to(y=self.scroll_offset.y - self.size.height + 2, animate=False, immediate=True)

    def action_later(self) -> None:
        """Page down."""
        self.scroll_to(y=self.scroll_offset.y + self.size.height - 2, animate=False, immediate=True)

    def action_first(self) -> None:
        """To the first line loaded; again for the window before."""
        if self.scroll_offset.y == 0:
            self.action_earlier()
        self.scroll_to(y=0, animate=False, immediate=True)

    def action_newest(self) -> None:
        """To the newest line."""
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The newest line on the screen is seen."""
        super().watch_scroll_y(old_value, new_value)
        self._follow = new_value >= self.max_scroll_y - 1
        if self.unseen and self._follow:
            self.unseen = 0
            self.post_message(self.ReadOn())

    def on_resize(self, _event: Resize) -> None:
        """Break the lines anew."""
        self._lay_out()

    def _count_entries(self) -> int:
        return sum(len(passage.entries) for passage in self._passages.values())

    def _lay_out(self, *, above: bool = False) -> None:
        cells = self.size.width
        if not cells:
            return
        follow, height, offset = self._follow, len(self.lines), self.scroll_offset.y
        self.show(self._all_lines(cells))
        if above:
            offset += len(self.lines) - height
            self.scroll_to(y=offset, animate=False, immediate=True)
        elif follow:
            self._follow = True
            self.scroll_end(animate=False, x_axis=False)

    def _all_lines(self, cells: int) -> list[Line]:
        if self._here is None or not self._passages:
            return [line(Span(self._said, "dim"))] if self._said else []
        lines: list[Line] = []
        if self._earlier is not None:
            lines.append(line(Span("PgUp for what was before", "dim")))
        self._rows_of = {}
        newest = max(self._passages)
        cache = {}
        for place, passage in sorted(self._passages.items()):
            bright = (
                place == newest
                or ages.day(passage.opened_at, self._here.now, self._here.zone) == "today"
            )
            cached = self._cache.get(place)
            if cached is None or cached[1:3] != (cells, bright) or cached[0] != passage:
                shown = passage_lines(passage, self._here, cells, bright=bright)
                cached = (passage, cells, bright, shown)
            cache[place] = cached
            if lines:
                lines.append(Line())
            self._rows_of[place] = len(lines)
            lines.extend(cached[3])
        self._cache = cache
        return lines


def passage_lines(passage: Passage, here: Here, cells: int, *, bright: bool) -> list[Line]:
    """One interaction: what it was, then what was said, each with a hanging indent."""
    lines = [_separator(passage, here, bright)]
    for entry in passage.entries:
        lines.extend(_entry_lines(entry, passage, here, cells, bright))
    return lines


def _separator(passage: Passage, here: Here, bright: bool) -> Line:
    day = ages.weekday(passage.opened_at, here.now, here.zone)
    if ages.day(passage.opened_at, here.now, here.zone) == "today":
        day = "today"
    call = passage.interaction
    if call is None:
        parts = ["note"]
    else:
        parts = [call.agent or "", call.channel, MET[call.met] or call.outcome or ""]
    behind = "".join(f" · {part}" for part in parts if part)
    return line(
        Span("──  ", "dim"), Span(day, "strong" if bright else "dim"), Span(f"{behind}  ──", "dim")
    )


def _entry_lines(
    entry: Entry, passage: Passage, here: Here, cells: int, bright: bool
) -> list[Line]:
    said = who_said(entry)
    ink: Ink = "text" if bright and entry.speaker in ("customer", "agent") else "dim"
    who: Ink = "dim"
    if bright:
        who = "strong" if entry.speaker == "customer" else "accent"
    text = entry.text if entry.final else f"{entry.text} …".strip()
    first, *others = wrapped(
        text, cells - _OFFSET - _WHO, at_most=ROWS_OF_A_MESSAGE, say_length=True
    )
    behind = tuple(Span(word, "act") for word in [_delivery(entry)] if word)
    lines = [
        line(
            Span(_when_said(entry, passage, here).ljust(_OFFSET), "dim"),
            Span(said.ljust(_WHO), who),
            Span(first, ink if entry.final else "dim"),
            right=behind,
        )
    ]
    indent = " " * (_OFFSET + _WHO)
    lines.extend(line(Span(indent), Span(row, ink)) for row in others)
    return lines


def _when_said(entry: Entry, passage: Passage, here: Here) -> str:
    """The place in a spoken conversation; the time of day, or the day, where it was written."""
    call = passage.interaction
    if call is not None and call.channel in _SPOKEN and entry.offset_s is not None:
        return ages.offset(entry.offset_s)
    if entry.at is None:
        return ""
    if ages.days_between(passage.opened_at, entry.at, here.zone) == 0:
        return ages.clock_time(entry.at, here.zone)
    return ages.day_and_month(entry.at, here.zone)


def _delivery(entry: Entry) -> str:
    return {"failed": "not delivered", "waiting": "waiting"}.get(entry.delivery, "")


def _place(passage: Passage) -> Place:
    call = passage.interaction
    return passage.opened_at, passage.entries[0].id if call is None else call.id
