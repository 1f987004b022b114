"""When Python looks for garbage: seldom, and never in what stays."""

from __future__ import annotations

import gc

_OBJECTS_BETWEEN = 10_000
"""Python looks after 700 new ones, which takes a search among a million people longer than some of
what it asks the database. So many more weigh one megabyte."""


def look_seldom() -> None:
    """What was loaded until now lives as long as the program: garbage is never looked for in it,
    which takes a tenth of a second, and less often in what comes."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN, *gc.get_threshold()[1:])
    gc.enable()
