"""A Textual app with the same kinds of widgets as the desk and nothing behind them.

What any Textual program of this size costs: the desk is measured against it in the same run.
"""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static


class Rows(ScrollView):
    """Some rows on the line API."""

    DEFAULT_CSS = "Rows { height: 1fr; }"

    def on_mount(self) -> None:
        self.virtual_size = Size(40, 100)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - Textual calls it with the row
        return Strip.blank(self.size.width, self.rich_style)


class BareDesk(App[None]):
    """Two boxes, four bars, five lists in four frames."""

    CSS = """
    Static { height: 1; }
    Input, Input:focus { height: 1; border: none; padding: 0; }
    #find { height: auto; }
    #row { height: 1; }
    #label { width: 5; }
    #box { width: 1fr; }
    #answer { width: 30; }
    #results { height: 0; }
    #left { width: 54%; }
    .panel { border: round $primary; height: 1fr; }
    .note { border: round $primary; height: 4; }
    """
    AUTO_FOCUS = "#box"

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        yield Static("opening", id="header")
        yield Static("", id="strip")
        with Vertical(id="find"):
            with Horizontal(id="row"):
                yield Static("Find", id="label")
                box = Input(id="box")
                box.cursor_blink = False
                yield box
                yield Static("", id="answer")
            yield Rows(id="results")
        with Horizontal():
            with Vertical(id="left"):
                with Vertical(classes="panel"):
                    yield Rows()
                with Vertical(classes="note"):
                    yield Input()
                    yield Static("")
            with Vertical(classes="panel"):
                yield Rows()
                yield Rows()
        yield Static("/ find  ? help", id="footer")

    def on_mount(self) -> None:
        self.call_after_refresh(self.query_one("#header", Static).update, "Mira is here")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one("#answer", Static).update(f"answer to {event.value}")


if __name__ == "__main__":
    BareDesk().run()
