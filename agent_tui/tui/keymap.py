"""Which keys do what: the action table with the user's own keys, checked name by name."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from agent_tui.tui.actions import ACTIONS, BY_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agent_tui.tui.actions import Scope

SWALLOWED: dict[str, str] = {
    "ctrl+a": "screen's prefix",
    "ctrl+b": "tmux's prefix",
    "ctrl+c": "interrupts the program",
    "ctrl+h": "is Backspace",
    "ctrl+i": "is Tab",
    "ctrl+j": "is Enter",
    "ctrl+m": "is Enter",
    "ctrl+q": "resumes the terminal's output",
    "ctrl+s": "stops the terminal's output",
    "ctrl+z": "suspends the program",
    "ctrl+left_square_bracket": "is Esc",
    "shift+enter": "is Enter in most terminals",
    "ctrl+enter": "is Enter in most terminals",
    "ctrl+tab": "is taken by most terminals",
}
"""Keys that do not arrive as themselves in some terminal, and why."""

APART: frozenset[frozenset[Scope]] = frozenset(
    frozenset(scopes)
    for scopes in (
        ("list", "conversation"),
        ("brief", "conversation"),
        ("timeline", "conversation"),
        ("brief", "timeline"),
    )
)
"""Scopes that are never in force together."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of every action, and what was wrong with the user's own."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()


def resolve(own: Mapping[str, str] | None = None) -> Keymap:
    """The keys that hold. A remap that cannot be honoured is left out and named in `problems`."""
    keys = {action.id: action.keys for action in ACTIONS}
    problems = []
    for action_id, written in (own or {}).items():
        if action_id not in BY_ID:
            near = get_close_matches(action_id, BY_ID, 1)
            hint = f": did you mean `{near[0]}`?" if near else ""
            problems.append(f"there is no action `{action_id}`{hint}")
            continue
        wanted = tuple(key.strip() for key in written.split(",") if key.strip())
        if not wanted:
            problems.append(f"`{action_id}` would have no key")
            continue
        refused = _refusal(action_id, wanted, keys)
        if refused:
            problems.append(refused)
        else:
            keys[action_id] = wanted
    return Keymap(keys, tuple(problems))


def _refusal(
    action_id: str, wanted: tuple[str, ...], keys: Mapping[str, tuple[str, ...]]
) -> str | None:
    for key in wanted:
        if key in SWALLOWED or key.startswith("alt+"):
            why = SWALLOWED.get(key, "types a letter on some keyboards")
            return f"`{action_id}`: {key} {why}"
        for other, taken in keys.items():
            if other != action_id and key in taken and _meet(action_id, other):
                return f"`{action_id}`: {key} is the key of `{other}` already"
    return None


def _meet(first: str, second: str) -> bool:
    """Whether two actions can be had at the same time, so that they cannot share a key."""
    scopes = frozenset({BY_ID[first].scope, BY_ID[second].scope})
    return scopes not in APART
