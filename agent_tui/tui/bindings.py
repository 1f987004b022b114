"""The action table in Textual's terms."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from agent_tui.tui.actions import ACTIONS, Scope, is_letter

UNBOUND = "unbound"
"""A key that no terminal sends, for an action without keys of one kind."""


def bindings_of(*scopes: Scope) -> list[BindingType]:
    """Two bindings an action: its function and control keys act everywhere, before the box that
    has the focus; its letters only where no text has it. Their ids are those of the keymap."""
    found: list[BindingType] = []
    for action in ACTIONS:
        if action.scope not in scopes:
            continue
        everywhere = ",".join(key for key in action.keys if not is_letter(key)) or UNBOUND
        letters = ",".join(key for key in action.keys if is_letter(key)) or UNBOUND
        found.append(
            Binding(everywhere, action.id, action.title, show=False, priority=True, id=action.id)
        )
        found.append(
            Binding(letters, action.id, action.title, show=False, id=f"{action.id}.letter")
        )
    return found
