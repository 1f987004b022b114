"""What can be done on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from agent_tui.tui.app import DeskApp


class Everywhere(Screen[None]):
    """A place of the app: help, palette, theme, and the way out."""

    app: DeskApp

    def action_help(self) -> None:
        """Every key that works."""
        from agent_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.app.keys.keys, self.app.keys.problems))

    def action_quit(self) -> None:
        """Leave the desk."""
        self.app.leave()

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.app.action_theme()

    def action_palette(self) -> None:
        """Choose any action by its name."""
        self.app.action_palette()
