"""The line at the foot of a conversation: what is sent, or marked as said on a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult

from agent_tui.tui.widgets.boxes import Below
from agent_tui.tui.widgets.ink import Line, Span, spans_width
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.note_completion import Choosing

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import Speaker
    from agent_tui.domain.values.marks import Completion
    from agent_tui.tui.widgets.text_box import TextBox

MOST_ROWS = 4
SHORT = 30
"""Rows of the screen below which a text takes at most half as many."""
_SIDES: tuple[tuple[str, Speaker], ...] = (("they:", "customer"), ("we:", "agent"))


def marked(text: str) -> tuple[Speaker, str]:
    """Who said a marked line, and what: they did, unless it begins with `we:`."""
    for sign, speaker in _SIDES:
        if text[: len(sign)].lower() == sign:
            return speaker, text[len(sign) :].strip()
    return "customer", text


class Served(NamedTuple):
    """Whom the composer tells while a key is handled. `key` is the name of the one that leads
    here."""

    submit: Callable[[], None]
    typed: Callable[[], None]
    complete: Callable[[str, int], Completion | None]
    key: str


class Composer(Below):
    """A text for the other end, from one row to four. It keeps the text until it is told that it
    is on its way. Hidden while there is nobody to write to.
    """

    DEFAULT_CSS = """
    Composer { display: none; height: 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._served: Served | None = None
        self._box: TextBox | None = None
        self._about = ""
        self._marks = False
        self._remark = ("", False)
        self._focused = False
        self._choosing: Choosing | None = None

    def compose(self) -> ComposeResult:
        """The head; the box comes below it when it is first needed."""
        yield PlainBar(id="composer-head")

    def served_by(self, served: Served) -> None:
        """The desk is open: texts can be kept and sent."""
        self._served = served

    @property
    def box(self) -> TextBox:
        """The box to type in, made when it is first asked for."""
        if self._box is None:
            from agent_tui.tui.widgets.text_box import TextBox

            self._box = TextBox(self, id="composer-input")
            self._box.disabled = not self._about
            self.mount(self._box)
        return self._box

    @property
    def is_written_in(self) -> bool:
        """Whether keys go here."""
        return self._box is not None and self._box.has_focus

    @property
    def text(self) -> str:
        """What is typed."""
        return "" if self._box is None else self._box.text

    def put(self, text: str) -> None:
        """Replace the text without journalling it again."""
        if text or self._box is not None:
            self.box.put(text)
        self._show_head()

    def write_about(self, about: str, title: str = "") -> None:
        """Say in words who is at the other end; to nobody, nothing can be typed."""
        del title
        self._about = about
        if about or self._box is not None:
            self.box.disabled = not about
        self._show_head()

    def marks_lines(self, marks: bool) -> None:
        """Whether what is typed was said aloud, and is not sent."""
        self._marks = marks
        self._show_head()

    def remark(self, text: str, *, urgent: bool = False) -> None:
        """Say how the text fares."""
        self._remark = (text, urgent)
        self._show_head()

    def hold(self) -> None:
        """Take nothing more: the program is about to end."""
        if self._box is not None:
            self._box.disabled = True

    # -- what the box tells while a key is handled

    def entered(self) -> None:
        """Enter sends."""
        if self._served is not None:
            self._served.submit()

    def typed(self) -> None:
        """Another text: it is journalled."""
        was_choosing, self._choosing = self._choosing is not None, None
        if self._served is not None:
            self._served.typed()
        if self._marks or was_choosing:
            self._show_head()

    def tabbed(self, *, back: bool) -> bool:
        """Complete a snippet, or say that nothing fits; from an empty line the focus moves on. From
        words it does not: those that were meant for the other end would go somewhere else."""
        if not self.text.strip() or self._served is None:
            return False
        choosing = self._choosing
        if choosing is None:
            found = None if back else self._served.complete(self.text, self.box.cursor)
            if found is None:
                self.remark("nothing to complete: Tab fills in snippets such as ;greet")
                return True
            choosing = Choosing.begin(found)
        else:
            choosing.step(back=back)
        self.box.replace_part(choosing.insert, choosing.start, choosing.end)
        choosing.stands()
        self._choosing = choosing if len(choosing.candidates) > 1 else None
        self._show_head()
        return True

    def fit(self) -> None:
        """Give the box the rows that it needs, as far as the screen has them."""
        at_most = MOST_ROWS if self.app.size.height >= SHORT else MOST_ROWS // 2
        rows = max(1, min(at_most, self.box.rows))
        self.box.styles.height = rows
        self.styles.height = 1 + rows

    def on_descendant_focus(self) -> None:
        """Say in the head that keys go here."""
        self._focused = True
        self._show_head()

    def on_descendant_blur(self) -> None:
        """Keys go elsewhere."""
        self._focused = False
        self._show_head()

    def on_resize(self) -> None:
        """There is room for other words."""
        self._show_head()

    def _show_head(self) -> None:
        if self.is_mounted:
            words, urgent = self._remark
            if self._choosing is not None and not urgent:
                words = f"Tab: another of {len(self._choosing.candidates)}"
            right = (Span(words, "act" if urgent else "dim"),) if words else ()
            name, does = self._head()
            if spans_width((name, does, *right)) >= self.size.width:
                does = Span("")
            self.query_one("#composer-head", PlainBar).show(Line((name, does), right))

    def _head(self) -> tuple[Span, Span]:
        """What Enter will do, and as whose words."""
        key = f" {self._served.key}" if self._served else ""
        if not self._marks:
            name, does = "Reply", "Enter sends"
        elif marked(self.text)[0] == "agent":
            name, does = "We said", "Enter marks it"
        else:
            name, does = "They said", "Enter marks · we: for us"
        if self._focused:
            return Span(f"▸ {name}", "mark"), Span(f"  {does}", "dim")
        return Span(f"─ {name}", "dim"), Span(key, "dim")
