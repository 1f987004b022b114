"""How error sentences show a value from a file, and the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

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
    near = get_close_matches(word[:_LONGEST_SHOWN], list(known), n=1, cutoff=0.6)
    return f": did you mean `{near[0]}`?" if near else ""


def shown(value: object) -> str:
    """A text in backquotes, cut to 40 characters; of any other value only what it is."""
    if not isinstance(value, str):
        return _KINDS.get(type(value), "nothing")
    return f"`{value}`" if len(value) <= _LONGEST_SHOWN else f"`{value[:_LONGEST_SHOWN]}…`"
