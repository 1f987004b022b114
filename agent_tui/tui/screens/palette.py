"""The palette: any action by its name."""

from __future__ import annotations

from textual.command import CommandPalette

from agent_tui.tui.screens.window import Window


class Palette(CommandPalette, Window[None]):
    """Textual's palette as a window of ours: the keys of the places lead there."""

    def leave_for_place(self) -> bool:
        """Leave it as Esc does, whatever is being looked for."""
        self._action_escape()
        return True
