"""Nicknames both ways, in English: Kate for Katherine, Katherine for Kate.

The names are those of the package `nicknames` (Carlton Northern and others). Its table is read as
the file that it is: the package itself loads mail and archive parsers to find it, for which the
first answer of a sitting would wait as long as for all else that is loaded before it.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from pathlib import Path

_TABLE = "names.csv"
_SHORTENS = "has_nickname"

_lock = threading.Lock()
_meant: dict[str, set[str]] = {}


def nicknames(word: str) -> set[str]:
    """Return the short forms of a folded given name and the names that it is short for.

    The table of names is read at the first call; two threads may make it at once.
    """
    with _lock:
        if not _meant:
            _read()
    return _meant.get(word, set()) - {word}


def _read() -> None:
    package = find_spec("nicknames")
    assert package is not None, "a package that agent-tui needs is not installed"
    assert package.origin is not None, "it lies in files"
    for line in Path(package.origin).with_name(_TABLE).read_text(encoding="utf-8").splitlines():
        name, relationship, other = line.split(",")
        if relationship == _SHORTENS:
            _meant.setdefault(name, set()).add(other)
            _meant.setdefault(other, set()).add(name)
