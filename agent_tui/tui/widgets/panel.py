"""A frame with a title, which tells where keys go as well as the colour of the frame does."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from agent_tui.tui.widgets.boxes import Below
from agent_tui.tui.widgets.ink import plain


class Panel(Below):
    """A framed part of the screen. To that of a window all keys go, whatever in it has the focus.
    The titles are plain text."""

    BLANK: ClassVar[bool] = False
    DEFAULT_CSS = """
    Panel {
        border: round $rule;
        border-title-color: $dim;
        border-subtitle-color: $dim;
        border-title-background: $background;
        padding: 0 1;
        &:focus-within {
            border: round $accent;
            border-title-color: $lit;
        }
    }
    """

    NAME_STYLE: ClassVar[dict[bool, str]] = {True: "bold", False: ""}
    """How the name is written with and without the focus."""

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._name = title
        self._detail = ""
        self._focused = self._is_window = False
        self._remark = ("", False)

    def on_mount(self) -> None:
        """Show the first title."""
        self._focused = self._is_window = self.screen.is_modal
        self._show_title()

    def entitle(self, name: str | None = None, detail: str = "") -> None:
        """Change the title and what stands behind it."""
        name = self._name if name is None else name
        if (name, detail) != (self._name, self._detail):
            self._name, self._detail = name, detail
            self._show_title()

    @property
    def is_urgent(self) -> bool:
        """Whether what stands in the lower edge is urgent."""
        return self._remark[1]

    def remark(self, text: str, *, urgent: bool = False) -> None:
        """Change what stands in the lower edge."""
        if (text, urgent) == self._remark:
            # The whole panel would be painted again.
            return
        self._remark = (text, urgent)
        style = "bold $act" if urgent else ""
        self.border_subtitle = Content.styled(plain(text), style) if text else None

    def on_descendant_focus(self) -> None:
        """Say in the title that keys go here."""
        self._focused = True
        self._show_title()

    def on_descendant_blur(self) -> None:
        """Keys go elsewhere, or to the window as a whole."""
        self._focused = self._is_window
        self._show_title()

    def _show_title(self) -> None:
        mark = "▸ " if self._focused else ""
        name = Content.styled(plain(f"{mark}{self._name}"), self.NAME_STYLE[self._focused])
        detail = Content(f"  {plain(self._detail)}" if self._detail else "")
        self.border_title = Content(" ").join([name, detail]) if self._detail else name
