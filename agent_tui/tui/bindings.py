"""The action table in Textual's terms."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from agent_tui.tui.action import Action, Scope
from agent_tui.tui.actions import ACTIONS, BY_ID, is_letter

UNBOUND = "unbound"
"""A key that no terminal sends, for an action without keys of one kind."""


EVERYWHERE = ("everywhere", "desk", "away", "recent", "relationship", "caller")


def bindings_of(*scopes: Scope, without: tuple[str, ...] = ()) -> list[BindingType]:
    """Two bindings an action: its function and control keys act everywhere, before the box that
    has the focus; its letters only where no text has it. Their ids are those of the keymap.

    What is done in one part of the screen waits for that part to have the focus. `without` names
    actions of these scopes that this part does not know.
    """
    found: list[BindingType] = []
    for action in ACTIONS:
        if action.scope in scopes and action.id not in without:
            found.extend(_bindings(action, first=action.scope in EVERYWHERE))
    return found


def bindings_for(*action_ids: str) -> list[BindingType]:
    """The bindings of single actions, on a screen that knows no others of their scopes."""
    return [one for name in action_ids for one in _bindings(BY_ID[name], first=True)]


def bindings_over_text(action_id: str) -> list[BindingType]:
    """The binding of one action for what lies over the desk: the keys that type no letter."""
    return _bindings(BY_ID[action_id], first=True)[:1]


def _bindings(action: Action, *, first: bool) -> list[BindingType]:
    everywhere = ",".join(key for key in action.keys if not is_letter(key)) or UNBOUND
    letters = ",".join(key for key in action.keys if is_letter(key)) or UNBOUND
    return [
        Binding(everywhere, action.id, action.title, show=False, priority=first, id=action.id),
        Binding(letters, action.id, action.title, show=False, id=f"{action.id}.letter"),
    ]
