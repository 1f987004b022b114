"""Which keys do what: the action table with the user's own keys, checked name by name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.tui.actions import ACTIONS, BY_ID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from agent_tui.tui.action import Scope

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
        ("desk", "away"),
        ("desk", "recent"),
        ("desk", "reading"),
        ("brief", "recent"),
        ("brief", "reading"),
        ("brief", "away"),
        ("timeline", "reading"),
        ("conversation", "reading"),
        ("desk", "relationship"),
        ("desk", "measure"),
        ("recent", "relationship"),
        ("recent", "measure"),
        ("reading", "relationship"),
        ("reading", "measure"),
        ("brief", "relationship"),
        ("brief", "measure"),
        ("timeline", "relationship"),
        ("timeline", "measure"),
        ("conversation", "relationship"),
        ("conversation", "measure"),
        ("list", "conversation"),
        ("brief", "conversation"),
        ("timeline", "conversation"),
        ("brief", "timeline"),
    )
)
"""Scopes that are never in force together."""


class Keymap(NamedTuple):
    """The keys of every action, and what was wrong with the user's own."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()


def resolve(
    own: Mapping[str, str] | None = None,
    lines: Mapping[str, int] | None = None,
    taken: Collection[str] = (),
) -> Keymap:
    """The keys that hold. A remap that cannot be honoured is left out and named in `problems`,
    with the line of the settings file on which it stands where `lines` tells that.

    Keys that the terminal at hand has `taken` for itself stand behind those that arrive.
    """
    problems: dict[str, str] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    for action_id, written in (own or {}).items():
        try:
            wanted[action_id] = tuple(_wanted(action_id, written))
        except _Refused as refused:
            problems[action_id] = str(refused)
    while clash := _clash(wanted):
        action_id, problem = clash
        del wanted[action_id]
        problems[action_id] = problem
    keys = {
        action.id: tuple(sorted(wanted.get(action.id, action.keys), key=lambda one: one in taken))
        for action in ACTIONS
    }
    return Keymap(
        keys,
        tuple(
            _placed(problems[one], (lines or {}).get(one)) for one in own or {} if one in problems
        ),
    )


class _Refused(Exception):
    """Why a remap cannot be honoured."""


def _placed(problem: str, line: int | None) -> str:
    return problem if line is None else f"line {line}: {problem}"


def _wanted(action_id: str, written: str) -> Iterator[str]:
    """The keys that are written for an action, by their names."""
    from agent_tui.tui.key_names import UnknownKeyError, key_of

    if action_id not in BY_ID:
        near = get_close_matches(action_id, BY_ID, 1)
        hint = f": did you mean `{near[0]}`?" if near else ""
        raise _Refused(f"there is no action `{action_id}`{hint}")
    names = [name.strip() for name in written.split(",") if name.strip()]
    if not names:
        raise _Refused(f"`{action_id}` would have no key")
    for name in names:
        try:
            key = key_of(name)
        except UnknownKeyError as unknown:
            hint = f": did you mean {unknown.nearest}?" if unknown.nearest else ""
            raise _Refused(f"`{action_id}`: there is no key {name}{hint}") from None
        if key in SWALLOWED or "alt" in key.split("+"):
            why = SWALLOWED.get(key, "types a letter on some keyboards")
            raise _Refused(f"`{action_id}`: {key} {why}")
        yield key


def _clash(wanted: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """The first of the user's own remaps, the last ones first, that takes a key from an action
    which can be had at the same time; and how that is said."""
    keys = {action.id: wanted.get(action.id, action.keys) for action in ACTIONS}
    for action_id in reversed(list(wanted)):
        for key in wanted[action_id]:
            for other, taken in keys.items():
                if other != action_id and key in taken and _meet(action_id, other):
                    return action_id, f"`{action_id}`: {key} is the key of `{other}` already"
    return None


def _meet(first: str, second: str) -> bool:
    """Whether two actions can be had at the same time, so that they cannot share a key."""
    scopes = frozenset({BY_ID[first].scope, BY_ID[second].scope})
    return scopes not in APART
