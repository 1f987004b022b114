"""What lies over a place: the keys of the places close it and lead there; another one quits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from agent_tui.tui.bindings import bindings_over_text
from agent_tui.tui.places import PLACES

if TYPE_CHECKING:
    from agent_tui.tui.app import DeskApp

Answer = TypeVar("Answer")


class Window(ModalScreen[Answer]):
    """A window over a place; no letter leads to another one, since letters may be typed in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        one
        for action in ("quit", *(f"place_{place.name}" for place in PLACES))
        for one in bindings_over_text(action)
    ]

    app: DeskApp

    def action_quit(self) -> None:
        """Leave the desk from here; what was typed is kept."""
        self.app.leave()

    def action_place_desk(self) -> None:
        """To the desk; this is left."""
        self.go_to("desk")

    def action_place_recent(self) -> None:
        """To Recent; this is left."""
        self.go_to("recent")

    def action_place_relationship(self) -> None:
        """To Relationship; this is left."""
        self.go_to("relationship")

    def go_to(self, place: str) -> None:
        """Leave this and the windows below it, each as its kind is left, and go to a place; what
        does not let go stays."""
        if self.is_current and self.leave_for_place():
            below = self.app.screen
            if isinstance(below, Window):
                below.go_to(place)
            else:
                self.app.places.go(place)

    def leave_for_place(self) -> bool:
        """Leave this, for another place is gone to; tells whether it could be left."""
        self.dismiss()
        return True
