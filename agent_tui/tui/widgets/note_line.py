"""The note line: what is typed while talking, and what it will become."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.events import Resize
from textual.message import Message

from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.note_completion import Choosing
from agent_tui.tui.widgets.note_preview import Reader, rows_of
from agent_tui.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from agent_tui.domain.values.marks import Completion, ReadNote
    from agent_tui.tui.widgets.text_box import TextBox

FRAME = 2
TALL = 30
"""Rows of the screen from which on there is room for a longer text and preview."""
LONG = 4_000
"""Characters from which on a text is read when the typing pauses, and not at every key."""
PAUSE_SECONDS = 0.2


class Help(NamedTuple):
    """What the line is helped with. `menu` names the key for more, `has_card` tells whether a
    number in a text will be masked."""

    read: Callable[[str], ReadNote]
    reader: Callable[[], Reader]
    complete: Callable[[str, int], Completion | None]
    has_card: Callable[[str], bool]
    submit: Callable[[], None]
    typed: Callable[[], None]
    menu: str


class NoteLine(Panel):
    """The capture line and its preview. It keeps the text until it is told that it is saved."""

    DEFAULT_CSS = """
    NoteLine {
        height: 4;
        #note-preview { dock: bottom; }
    }
    """

    class SaysUrgent(Message):
        """The frame says something that is not to be covered."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Note", id=id)
        self._about = ""
        self._help: Help | None = None
        self._box: TextBox | None = None
        self._choosing: Choosing | None = None
        self._warnings: tuple[str, ...] = ()
        self._fits_nothing = False
        self._is_urgent = False
        self._is_held = False
        self._rows = (1, 1)

    def compose(self) -> ComposeResult:
        """The preview; the box comes above it when it is first needed."""
        yield PlainBar(id="note-preview")

    def on_mount(self) -> None:
        """Nobody is open yet."""
        self._preview()

    def helped_by(self, help: Help) -> None:
        """The desk is open: marks can be read and completed."""
        self._help = help

    @property
    def box(self) -> TextBox:
        """The box to type in, made when it is first asked for."""
        if self._box is None:
            from agent_tui.tui.widgets.text_box import TextBox

            self._box = TextBox(self, id="note-input")
            self._box.disabled = not self._about
            self.mount(self._box, before=0)
        return self._box

    @property
    def is_written_in(self) -> bool:
        """Whether keys go here."""
        return self._box is not None and self._box.has_focus

    @property
    def text(self) -> str:
        """What is typed."""
        return "" if self._box is None else self._box.text

    def write_about(self, about: str, title: str = "Note") -> None:
        """Say in words whom the text is about; about nobody, nothing can be typed."""
        self._about = about
        self.entitle(title)
        if about or self._box is not None:
            self.box.disabled = not about
        self._preview()

    def put(self, text: str) -> None:
        """Replace the text without journalling it again."""
        self._choosing, self._warnings, self._fits_nothing = None, (), False
        self._rows = self._rows[0], 0
        if text or self._box is not None:
            self.box.put(text)
        self._preview()

    def remark(self, text: str, *, urgent: bool = False) -> None:
        """Say how the text fares; where that is urgent, also how to save it from here."""
        if self._is_held:
            return
        super().remark(text, urgent=urgent)
        if urgent != self._is_urgent:
            self._is_urgent = urgent
            self._preview()
            if urgent:
                self.post_message(self.SaysUrgent())

    def warn(self, warnings: tuple[str, ...]) -> None:
        """Say what to look at in what was saved, until something else is typed."""
        self._warnings = warnings
        self._preview()

    def show_again(self) -> None:
        """What is known has changed: show what the text will be."""
        self._preview()

    def close_list(self) -> bool:
        """Close the list of candidates; false where there is none."""
        was_open, self._choosing = self._choosing is not None, None
        self._fits_nothing = False
        self._preview()
        return was_open

    def hold(self) -> None:
        """Take nothing more: the program is about to end."""
        if self._box is not None:
            self._box.disabled = True
            self.remark("saving…")
        self._is_held = True

    # -- what the box tells while a key is handled

    def entered(self) -> None:
        """Enter saves."""
        self._choosing = None
        if self._help is not None:
            self._help.submit()

    def typed(self) -> None:
        """Another text: it is journalled, and shown as what it will be."""
        self._choosing, self._warnings, self._fits_nothing = None, (), False
        if self._help is not None:
            self._help.typed()
        if len(self.text) < LONG:
            self._preview()
        else:
            self.set_timer(PAUSE_SECONDS, self._preview)

    def tabbed(self, *, back: bool) -> bool:
        """Complete the word at the cursor, or say that nothing fits. The focus stays: letters
        that were meant for the note would do something elsewhere."""
        box = self.box
        if self._choosing is None:
            found = None if back else self._completion()
            if found is None:
                self._fits_nothing = True
                self._preview()
                return True
            choosing = Choosing.begin(found)
        else:
            choosing = self._choosing
            choosing.step(back=back)
        box.replace_part(choosing.insert, choosing.start, choosing.end)
        choosing.stands()
        self._choosing = choosing if len(choosing.candidates) > 1 else None
        self._preview()
        return True

    def _completion(self) -> Completion | None:
        text, cursor = self.text, self.box.cursor
        is_blank = not text[:cursor].rpartition("\n")[2].strip()
        if self._help is None or is_blank:
            return None
        return self._help.complete(text, cursor)

    def fit(self) -> None:
        """Give the box the rows that it needs, as far as the screen has them."""
        at_most = 5 if self.app.size.height >= TALL else 3
        self._lay_out(max(1, min(at_most, self.box.rows)), self._rows[1])

    def on_resize(self, _event: Resize) -> None:
        """Another width makes other rows."""
        self._preview()

    def _lay_out(self, box: int, preview: int) -> None:
        if (box, preview) != self._rows:
            self._rows = box, preview
            if self._box is not None:
                self._box.styles.height = box
            self._bar.styles.height = preview
            self.styles.height = FRAME + box + preview

    @property
    def _bar(self) -> PlainBar:
        return self.query_one("#note-preview", PlainBar)

    def _preview(self) -> None:
        if not self.is_mounted:
            return
        at_most = 3 if self.app.size.height >= TALL else 1
        rows = self._shown(at_most)
        self._bar.show(*rows)
        # It grows while a note is written and shrinks with the next, or with the screen: rows that
        # come and go at every word would let all above dance.
        least = min(self._rows[1], at_most) if self.text else 0
        self._lay_out(self._rows[0], max(len(rows), least))

    def _shown(self, at_most: int) -> tuple[Line, ...]:
        """What stands under the text now."""
        cells, help = self._bar.size.width, self._help
        if not self._about or help is None:
            return (line(Span("open somebody first: a note is about a person", "dim")),)
        if self._choosing is not None:
            return (self._choosing.line(cells),)
        if self._warnings:
            return tuple(line(Span(f"! {words}", "act")) for words in self._warnings[:at_most])
        if self._fits_nothing and not self._is_urgent:
            return (line(Span("nothing to complete · Esc leaves", "dim")),)
        text = self.text
        if not text.strip():
            hint = f"about {self._about} · Enter saves · ! promise  = fact  #topic"
            return (line(Span(hint, "dim")),)
        cursor = self.box.cursor
        right: tuple[Span, ...] = ()
        if self._is_urgent:
            right = (Span(f"{help.menu} c", "mark"), Span(" copies the text", "act"))
        has_card = help.has_card(text)
        if has_card and at_most == 1 and not right:
            right = (Span("card masked · ", "act"), Span(help.menu, "mark"))
        rows = at_most - 1 if has_card and at_most > 1 else at_most
        first, *others = rows_of(
            help.read(text), help.reader(), cells=cells, at_most=rows, cursor=cursor
        )
        if right:
            first = Line(first.left, right)
        if has_card and at_most > 1:
            card = Span("card number will be masked · ", "act")
            others.append(line(card, Span(f"{help.menu} n", "mark"), Span(" not a card", "dim")))
        return first, *others
