"""Plain-text pictures of the screen, kept beside the tests.

`AGENT_TUI_NEW_PICTURES=1` takes them anew; look at the difference before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from textual._context import visible_screen_stack
from textual.app import App

_FOUND = re.compile(r" +(?:[0-9]+\+?|nobody) of [0-9,]+ +[0-9]+ ms$", re.MULTILINE)
"""How many were found and how long that took: the time differs, and so does the place of both."""
_ID = re.compile(r"\b([a-z])_[0-9A-HJKMNP-TV-Z]{13}\b")
"""The id of a record, which is another one on every desk."""
FOLDER = Path(__file__).parent / "pictures"


def picture(app: App[int]) -> str:
    """What the screen shows, without trailing blanks, how long a query took, and ids."""
    # A window lets the screens below it shine through only while these are known; and what it
    # once painted without them it would keep.
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    return _ID.sub(r"\1_0000000000000", _FOUND.sub("", "\n".join(lines))) + "\n"


def kept_picture(name: str) -> str | None:
    """The picture of that name, None where it is to be taken."""
    kept = FOLDER / f"{name}.txt"
    if os.environ.get("AGENT_TUI_NEW_PICTURES"):
        return None
    assert kept.exists(), f"there is no picture {name} yet"
    return kept.read_text(encoding="utf-8")


def keep(name: str, taken: str) -> None:
    """Keep a picture."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.txt").write_text(taken, encoding="utf-8")
