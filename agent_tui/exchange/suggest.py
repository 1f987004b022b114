"""How error sentences show a value from a file, and the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from agent_tui.text.nearest import nearest

_LONGEST_SHOWN = 40
_KINDS: dict[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`: did you mean `title`?` with the nearest known word, or nothing where none is near."""
    near = nearest(word, known)
    return f": did you mean `{near}`?" if near else ""


def shown(value: object) -> str:
    """A text in backquotes, cut to 40 characters; of any other value only what it is."""
    if not isinstance(value, str):
        return _KINDS.get(type(value), "nothing")
    return f"`{value}`" if len(value) <= _LONGEST_SHOWN else f"`{value[:_LONGEST_SHOWN]}…`"
