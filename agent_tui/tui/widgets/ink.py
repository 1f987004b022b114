"""Plain text on the screen: the one way by which data becomes painted cells.

No markup is ever read. Whatever a string holds is shown as characters; control and bidi characters
are made visible once more here, should one have found another way in. Everything is measured in
terminal cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from agent_tui.text.cells import cut, width, wrap_lines
from agent_tui.text.hygiene import clean_line, is_clean

Ink = Literal["text", "dim", "act", "strong", "accent", "match", "mark"]
_LOOKS: dict[Ink, tuple[str, bool]] = {
    "text": ("foreground", False),
    "dim": ("dim", False),
    "act": ("act", True),
    "strong": ("foreground", True),
    "accent": ("lit", False),
    "match": ("lit", True),
    "mark": ("lit", True),
}
"""Each ink: the theme's variable that colours it, and whether it is bold."""
Inks = Mapping[str, Style]

REVERSED = Style(color="default", bgcolor="default", reverse=True, dim=False)
"""The chosen row in a terminal's own colours: whatever they are, these two can be told apart."""

GAP = 2


class Span(NamedTuple):
    """A piece of text in one ink."""

    text: str
    ink: Ink = "text"


class Line(NamedTuple):
    """One row: what stands left, what is aligned right, and what it stands for.

    The left side is cut with an ellipsis so that the right side is always whole. A `key` makes the
    line one that can be chosen.
    """

    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    key: Any = None


def line(*left: Span | str, right: tuple[Span, ...] = (), key: Any = None) -> Line:
    """A line of spans; bare strings are in the ink of text."""
    spans = tuple(Span(part) if isinstance(part, str) else part for part in left)
    return Line(spans, right, key)


def plain(text: str) -> str:
    """The text with nothing in it that could act on a terminal."""
    return text if is_clean(text) else clean_line(text, len(text) * 8 + 8)


def spans_width(spans: tuple[Span, ...]) -> int:
    """How many cells the spans take."""
    return sum(width(span.text) for span in spans)


def fit(spans: tuple[Span, ...], cells: int) -> list[Span]:
    """The spans cut to at most `cells` cells, with an ellipsis where something is missing."""
    fitted: list[Span] = []
    left = cells
    for position, span in enumerate(spans):
        text = plain(span.text)
        taken = width(text)
        more = any(later.text for later in spans[position + 1 :])
        if taken > left or (taken == left and more):
            text = cut(text + ("…" if taken <= left else ""), left)
            fitted.append(Span(text, span.ink))
            break
        fitted.append(Span(text, span.ink))
        left -= taken
    return fitted


def wrapped(text: str, cells: int, *, at_most: int, say_length: bool = False) -> list[str]:
    """The text broken into at most so many rows of `cells` cells.

    Where something is left out the last row ends with an ellipsis, or says how long the whole is.
    """
    rows: list[str] = []
    for row in wrap_lines(text, max(2, cells)):
        if len(rows) == at_most:
            length = f" {len(text):,} characters in all" if say_length else ""
            rows[-1] = f"{cut(rows[-1], max(1, cells - 1 - len(length)), ellipsis='')}…{length}"
            break
        rows.append(row)
    return rows or [""]


def paint(shown: Line, cells: int, inks: Inks, ground: Style | None = None) -> Strip:
    """A line as the cells of one row, `cells` wide. `ground` lies under everything."""
    right = fit(shown.right, cells)
    right_width = spans_width(tuple(right))
    room = cells - right_width - (1 if right_width else 0)
    left = fit(shown.left, max(0, room))
    space = max(0, cells - right_width - spans_width(tuple(left)))
    parts = [*left, Span(" " * space), *right]
    segments = [
        Segment(part.text, inks[part.ink] if ground is None else inks[part.ink] + ground)
        for part in parts
        if part.text
    ]
    return Strip(segments, cells)


class Inked(Widget, inherit_bindings=False):
    """A widget whose lines are painted with our inks, in the colours of the theme.

    The inks come straight from the theme's variables: component classes would be matched against
    the style sheet again for every widget and every change of its classes.
    """

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """Textual lays the whole screen out anew when it changes, for the sake of scroll bars, of which
    there are none: that takes as long as all else that an answer needs."""

    _inks: dict[str, Style] | None = None

    @property
    def inks(self) -> Inks:
        """The styles of all inks, as the theme gives them."""
        if self._inks is None:
            colours = self.app.theme_variables
            base = self.rich_style
            self._inks = {
                ink: base + Style(color=Color.parse(colours[name]).rich_color, bold=bold)
                for ink, (name, bold) in _LOOKS.items()
            }
            if self.app.current_theme.ansi:
                self._inks["dim"] += Style(dim=True)
                self._inks["chosen"] = REVERSED
            else:
                self._inks["chosen"] = Style(bgcolor=Color.parse(colours["chosen"]).rich_color)
        return self._inks

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._inks = None
        super().notify_style_update()
