"""The note line: what is typed while talking, and what it will become."""

from __future__ import annotations

from textual.app import ComposeResult

from agent_tui.text.topics import topics_in
from agent_tui.tui.messages import NoteSubmitted, NoteTyped
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.inputs import PlainInput
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.panel import Panel


class NoteLine(Panel):
    """The capture line and its preview. It keeps the text until it is told that it is saved."""

    DEFAULT_CSS = """
    NoteLine { height: 4; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Note", id=id)
        self._about = ""

    def compose(self) -> ComposeResult:
        """The line, and the preview below it."""
        yield PlainInput(id="note-input")
        yield PlainBar(id="note-preview")

    @property
    def box(self) -> PlainInput:
        """The box to type in."""
        return self.query_one("#note-input", PlainInput)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.box.value

    def write_about(self, about: str) -> None:
        """Say in words whom the text is about; about nobody, nothing can be typed."""
        self._about = about
        self.box.disabled = not about
        self._preview()

    def put(self, text: str) -> None:
        """Replace the text without journalling it again."""
        with self.prevent(PlainInput.Changed):
            self.box.value = text
            self.box.cursor_position = len(text)
        self._preview()

    def on_mount(self) -> None:
        """Nobody is open yet."""
        super().on_mount()
        self.write_about("")

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Every key is told, so that it can be journalled."""
        event.stop()
        self._preview()
        self.post_message(NoteTyped())

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Enter saves."""
        event.stop()
        if event.value.strip():
            self.post_message(NoteSubmitted(event.value))

    def _preview(self) -> None:
        self.query_one("#note-preview", PlainBar).show(preview(self.text, self._about))


def preview(text: str, about: str) -> Line:
    """What the text will be when it is saved."""
    if not about:
        return line(Span("open somebody first: a note is about a person", "dim"))
    if not text.strip():
        return line(Span(f"about {about} · Enter saves · #topic", "dim"))
    topics = topics_in(text)
    if not topics:
        return line(Span("→ note", "dim"))
    words = ", ".join(topics)
    return line(Span(f"→ note · topic{'s' if len(topics) > 1 else ''} ", "dim"), Span(words))
