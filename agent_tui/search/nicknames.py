"""Nicknames both ways, in English: Kate for Katherine, Katherine for Kate.

The names are those of the package `nicknames` (Carlton Northern and others).
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nicknames import NickNamer

_lock = threading.Lock()
_namer: NickNamer | None = None


def nicknames(word: str) -> set[str]:
    """Return the short forms of a folded given name and the names that it is short for.

    The table of names is read at the first call; two threads may make it at once.
    """
    namer = _names()
    short: set[str] = namer.nicknames_of(word)
    full: set[str] = namer.canonicals_of(word)
    return (short | full) - {word}


def _names() -> NickNamer:
    global _namer
    with _lock:
        if _namer is None:
            from nicknames import NickNamer

            _namer = NickNamer()
        return _namer
