"""Keys as people write them, in the names that Textual has for them."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from agent_tui.tui.actions import key_name

MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
_ALSO_CALLED = {
    "control": "ctrl",
    "option": "alt",
    "del": "delete",
    "ins": "insert",
    "page_up": "pageup",
    "page_down": "pagedown",
    "return": "enter",
}


class UnknownKeyError(ValueError):
    """There is no key of that name; `nearest` is what may have been meant."""

    def __init__(self, nearest: str | None) -> None:
        super().__init__("there is no such key")
        self.nearest = nearest


def key_of(written: str) -> str:
    """The name of a key that is written as in Textual (`full_stop`, `ctrl+n`), as this program
    shows it (`PgUp`, `F4`, `?`), or as a character. Raises UnknownKeyError for anything else."""
    *modifiers, last = _parts(written)
    held = sorted({_ALSO_CALLED.get(one.lower(), one.lower()) for one in modifiers})
    base = last if len(last) == 1 else last.lower()
    if not held or set(held) == {"shift"}:
        if len(base) == 1 and base.isalpha():
            return base.upper() if held else base
    elif base.isalpha():
        base = base.lower()
    whole = "+".join((*held, base))
    if whole in _arriving():
        return whole
    found = _names().get(base)
    if found is None or not set(held) <= set(MODIFIERS):
        near = get_close_matches(whole, _arriving(), 1)
        raise UnknownKeyError(near[0] if near else None)
    return "+".join((*held, found))


def _parts(written: str) -> list[str]:
    """What stands between the pluses; a plus in the last place is the key itself."""
    if written.endswith("+"):
        return [*filter(None, written[:-1].split("+")), "+"]
    return written.split("+")


@cache
def _names() -> dict[str, str]:
    """What a key without modifiers may be called, and its name."""
    from textual.keys import _character_to_key

    names = {one.rpartition("+")[2]: one.rpartition("+")[2] for one in _arriving()}
    names |= {character: _character_to_key(character) for character in map(chr, range(33, 127))}
    names |= {name: name for name in names.values()}
    names |= {key_name(name).lower(): name for name in names.values() if len(name) > 1}
    return names | {called: names[name] for called, name in _ALSO_CALLED.items() if name in names}


@cache
def _arriving() -> tuple[str, ...]:
    """The keys for which some terminal has a sequence."""
    from textual.keys import Keys

    return tuple(key.value for key in Keys if not key.value.startswith("<"))
