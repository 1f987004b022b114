"""Boxes that hold other widgets and never scroll.

Of Textual's own, each asks that the whole screen be laid out and painted once more whenever its
size changes, for the sake of scroll bars that it might then need: every answer would cost twice.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive


class Beside(Horizontal):
    """One beside the other."""

    virtual_size = Reactive(Size(0, 0), repaint=False)


class Below(Vertical):
    """One below the other."""

    virtual_size = Reactive(Size(0, 0), repaint=False)
