"""Who else is with whoever is open: said by this desk, and heard of others, while it lasts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from agent_tui.tui.screens.connected import ConnectedDesk

if TYPE_CHECKING:
    from textual.timer import Timer

    from agent_tui.domain.values.conversation import Whose
    from agent_tui.domain.values.kinds import Doing
    from agent_tui.tui import messages

LOOK_SECONDS = 4.0
"""How often is looked who is here; and how soon it is told that somebody types."""
SETTLED_SECONDS = 1.0
"""So long somebody stays open before others are told: turning the pages is no visit."""


class PresenceOfDesk(ConnectedDesk):
    """Tells others whom this desk has open, and shows who else has. Nothing is locked by it, and
    nothing happens while nobody is open."""

    presence_timer: Timer

    def __init__(self) -> None:
        super().__init__()
        self._with: Whose | None = None
        self._since = 0.0
        self._said: tuple[Whose, Doing, float] | None = None
        self._text_before = ""

    def on_mount(self) -> None:
        """Nobody is open yet."""
        self.presence_timer = self.set_interval(LOOK_SECONDS, self._look, pause=True)

    def show_calls(self) -> None:
        """Whom the desk is about may be somebody else now."""
        super().show_calls()
        whose = self._whose
        if whose == self._with or self.asking is None:
            return
        self._with, self._since = whose, time.monotonic()
        self._text_before = self._text
        self.conversation.show_others(())
        if whose is None:
            self.presence_timer.pause()
            self.leave_them()
        else:
            self.asking.others(whose)
            self.presence_timer.reset()
            self.presence_timer.resume()
            self.set_timer(SETTLED_SECONDS, self._say)

    @property
    def _whose(self) -> Whose | None:
        """Whom and which call the desk is about."""
        on_hand, opened = self.whom.on_hand, self.whom.opened
        if on_hand is None and opened is None:
            return None
        from agent_tui.domain.values.conversation import Whose

        return Whose(opened) if on_hand is None else Whose(interaction_id=on_hand.id)

    @property
    def _text(self) -> str:
        return f"{self.note_line.text}\0{self.conversation.composer.text}"

    def _look(self) -> None:
        if self.asking is not None and self._with is not None:
            self._say()
            self.asking.others(self._with)

    def _say(self) -> None:
        """Say that this desk is here, when that is new, and again before it is forgotten."""
        whose, now = self._with, time.monotonic()
        if whose is None or self.writing is None or now - self._since < SETTLED_SECONDS / 2:
            return
        typed, self._text_before = self._text != self._text_before, self._text
        said, did, at = self._said or (None, "here", now)
        # What stands there when somebody is opened was typed before.
        doing: Doing = "typing" if typed and said == whose else "here"
        if (said, did) == (whose, doing) and now - at < _beat_seconds():
            return
        self._said = whose, doing, now
        self.writing.be_here(whose, doing)

    def leave_them(self) -> None:
        """Say that nobody is open here any more, if anything was said."""
        if self._said is not None and self.writing is not None:
            self.writing.leave(self._said[0])
            self._said = None

    def on_others_arrived(self, event: messages.OthersArrived) -> None:
        """Show who else is here; where that is not known, nobody is named."""
        if event.whose == self._with:
            self.conversation.show_others(event.others or ())


def _beat_seconds() -> int:
    from agent_tui.services.attending import BEAT_SECONDS

    return BEAT_SECONDS
