"""What can be done on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from agent_tui.tui.actions import is_letter

if TYPE_CHECKING:
    from agent_tui.tui.app import DeskApp


class Everywhere(Screen[None]):
    """A place of the app: help, palette, theme, and the way out."""

    app: DeskApp

    def action_help(self) -> None:
        """Every key that works, those of the panel with the focus first."""
        from agent_tui.tui.screens.help import HelpScreen, acting_now

        self.app.push_screen(HelpScreen(acting_now(self), self.app.keys.problems))

    def acts_here(self, key: str) -> bool:
        """Whether a key acts where the focus is; in a text, a letter is typed."""
        return not is_letter(key) or not getattr(self.focused, "TAKES_LETTERS", False)

    def action_quit(self) -> None:
        """Leave the desk."""
        self.app.leave()

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.app.action_theme()

    def action_palette(self) -> None:
        """Choose any action by its name."""
        self.app.action_palette()
