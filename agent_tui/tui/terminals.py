"""Which keys do not reach the desk, by what takes them: terminals, multiplexers, keyboards.

By their default settings, as their manuals and menus name them. No action may depend on any one of
them: each has another key that arrives. Where a terminal tells in the environment what it is, a
key that it takes is not the one that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 13))
_SCROLLING = frozenset({"shift+pageup", "shift+pagedown", "shift+home", "shift+end"})
_SHIFTED = frozenset(f"shift+{arrow}" for arrow in ("up", "down", "left", "right"))
_CONTROLLED = frozenset(f"ctrl+{arrow}" for arrow in ("up", "down", "left", "right"))
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Taker(NamedTuple):
    """What takes keys for itself, and which. `tells` are the variables of the environment by which
    it can be known, each with how its value begins; empty where nothing tells."""

    name: str
    keys: frozenset[str]
    tells: tuple[tuple[str, str], ...] = ()


TAKERS: tuple[Taker, ...] = (
    Taker(
        "GNOME Terminal and others that are built on VTE: help, menu, whole screen, tabs",
        _SCROLLING | {"f1", "f10", "f11", "shift+f10", "ctrl+pageup", "ctrl+pagedown"},
        (("VTE_VERSION", ""),),
    ),
    Taker(
        "Konsole: handbook, whole screen, tabs, scrolling",
        _SCROLLING | _SHIFTED | {"f1", "f11", "shift+insert", "ctrl+insert"},
        (("KONSOLE_VERSION", ""),),
    ),
    Taker(
        "Terminal on macOS: scrolling, spaces, the desktop, input sources, shift+F9",
        _SCROLLING
        | _CONTROLLED
        | _SHIFTED
        | {"home", "end", "pageup", "pagedown", "insert", "f11", "ctrl+space", "ctrl+insert"}
        | {"shift+f9", "f21"},
        (("TERM_PROGRAM", "Apple_Terminal"),),
    ),
    Taker(
        "iTerm2: spaces, the desktop, input sources",
        _SCROLLING | _CONTROLLED | {"insert", "f11", "ctrl+space", "ctrl+insert"},
        (("TERM_PROGRAM", "iTerm.app"),),
    ),
    Taker(
        "Windows Terminal: whole screen, copying, tabs",
        _SCROLLING | {"f11", "ctrl+v", "ctrl+insert", "shift+insert", "ctrl+tab"},
        (("WT_SESSION", ""),),
    ),
    Taker(
        "the terminal of VS Code: palette, search, debugging",
        _SCROLLING | {"f1", "f5", "f6", "f10", "f11", "ctrl+p", "ctrl+e", "ctrl+f", "ctrl+k"},
        (("TERM_PROGRAM", "vscode"),),
    ),
    Taker(
        "PuTTY: scrolling, copying, and no shift with arrows or function keys",
        _SCROLLING
        | _SHIFTED
        | {"shift+f2", "f14", "shift+f3", "f15", "shift+f9", "f21"}
        | {"ctrl+insert", "shift+insert"},
    ),
    Taker(
        "the Linux console: no ctrl or shift with arrows and the keys above them, no shift+F9",
        _SCROLLING
        | _SHIFTED
        | _CONTROLLED
        | {"ctrl+home", "ctrl+end", "ctrl+insert", "ctrl+pageup", "ctrl+pagedown"}
        | {"shift+f9", "f21"},
        (("TERM", "linux"),),
    ),
    Taker("a terminal that drops down at a key: Guake, Yakuake, Tilda", frozenset({"f1", "f12"})),
    Taker("tmux", frozenset({"ctrl+b"}), (("TMUX", ""),)),
    Taker("screen", frozenset({"ctrl+a"}), (("STY", ""),)),
    Taker("flow control (stty ixon)", frozenset({"ctrl+s", "ctrl+q"})),
    Taker("a keyboard whose F keys change volume and light", FUNCTION_KEYS),
    Taker(
        "a small keyboard: no keys beside the letters but the arrows",
        frozenset({"insert", "delete", "home", "end", "pageup", "pagedown"})
        | {"ctrl+insert", "ctrl+home", "ctrl+end", "ctrl+delete"},
    ),
    Taker(
        "a German, French or Nordic layout: signs behind AltGr and dead keys",
        frozenset(
            {"ctrl+right_square_bracket", "ctrl+backslash", "ctrl+circumflex_accent", "ctrl+@"}
        ),
    ),
    Taker("a layout of other letters: Cyrillic, Greek, Hebrew, Arabic", _LETTERS),
    Taker(
        "an input method that changes at a key", frozenset({"ctrl+space", "ctrl+@", "shift+space"})
    ),
)


def taken_here(environment: Mapping[str, str]) -> frozenset[str]:
    """The keys that do not arrive in the terminal to which this environment belongs."""
    return frozenset().union(
        *(
            taker.keys
            for taker in TAKERS
            for variable, begins in taker.tells
            if environment.get(variable, "").startswith(begins) and environment.get(variable)
        )
    )
