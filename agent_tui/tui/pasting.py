"""Text that is pasted where nothing is typed: it goes to the find box, or a line says where to go.

It never acts as keys, and is never lost without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Paste

if TYPE_CHECKING:
    from textual.widget import Widget

    from agent_tui.tui.app import DeskApp

LEADS_TO_TEXT = ("note", "reply", "find", "filter")
"""The actions that go to a text, in the order in which they are named."""
_NOWHERE = "Nothing here takes it: go to a line in which you can type."


def takes_text(widget: Widget | None) -> bool:
    """Whether something is typed here."""
    return bool(getattr(widget, "TAKES_LETTERS", False))


def paste_elsewhere(app: DeskApp, text: str) -> None:
    """Beside Today a paste is what somebody is looked for by: it goes to the find box, in the place
    of what was asked there. Elsewhere a line says which keys lead to a text."""
    desk = app.desk_screen
    if app.screen is desk and not desk.someone:
        desk.finder.start()
        desk.finder.box.post_message(Paste(text))
        return
    if text:
        app.notify(_words(app), title="Not pasted", severity="warning", markup=False)


def _words(app: DeskApp) -> str:
    screen = app.places.here or app.desk_screen
    if app.screen is not screen:
        return _NOWHERE
    keys = [
        f"{screen.key_for(action)} {action}"
        for action in LEADS_TO_TEXT
        if hasattr(screen, f"action_{action}") and screen.is_offered(action)
    ]
    return f"Go to a text first: {', '.join(keys)}." if keys else _NOWHERE
