"""Boxes that hold other widgets and never scroll.

Of Textual's own, each asks that the whole screen be laid out and painted once more whenever its
size changes, for the sake of scroll bars that it might then need: every answer would cost twice.
Nothing of a box itself is seen but its ground (`BLANK`): all its rows are one, and not each is made
and kept. One that has an edge says that it is not blank.
"""

from __future__ import annotations

from typing import ClassVar

from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive


class Beside(Horizontal):
    """One beside the other."""

    BLANK: ClassVar[bool] = True
    virtual_size = Reactive(Size(0, 0), repaint=False)


class Below(Vertical):
    """One below the other."""

    BLANK: ClassVar[bool] = True
    virtual_size = Reactive(Size(0, 0), repaint=False)
