"""The action table in Textual's terms."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from agent_tui.tui.actions import ACTIONS, Scope, is_letter

UNBOUND = "unbound"
"""A key that no terminal sends, for an action without keys of one kind."""


EVERYWHERE = ("desk", "caller")


def bindings_of(*scopes: Scope, without: tuple[str, ...] = ()) -> list[BindingType]:
    """Two bindings an action: its function and control keys act everywhere, before the box that
    has the focus; its letters only where no text has it. Their ids are those of the keymap.

    What is done in one part of the screen waits for that part to have the focus. `without` names
    actions of these scopes that this part does not know.
    """
    found: list[BindingType] = []
    for action in ACTIONS:
        if action.scope not in scopes or action.id in without:
            continue
        everywhere = ",".join(key for key in action.keys if not is_letter(key)) or UNBOUND
        letters = ",".join(key for key in action.keys if is_letter(key)) or UNBOUND
        first = action.scope in EVERYWHERE
        found.append(
            Binding(everywhere, action.id, action.title, show=False, priority=first, id=action.id)
        )
        found.append(
            Binding(letters, action.id, action.title, show=False, id=f"{action.id}.letter")
        )
    return found
