"""Keeps the conversation on the screen up with what is written, here and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.touched import Touched, touched_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.conversation import Whose

MOST_AT_ONCE = 200
"""Where more lines than these were touched, the page is read anew."""
RETRY_SECONDS = 1.0
PAUSE_SECONDS = 0.04
"""Between an answer and the next question: so many lines may come a second that painting each by
itself would make the keys wait."""


class Following:
    """Asks for what changed, one question at a time: what changes meanwhile waits for the next, so
    that however fast lines come, each question is answered.

    `fresh` asks for what was touched, `again` for the whole page, `later` calls a function after
    so many seconds.
    """

    def __init__(
        self,
        fresh: Callable[[Touched], None],
        again: Callable[[], None],
        later: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._fresh = fresh
        self._again = again
        self._later = later
        self.whose: Whose | None = None
        self._waiting = Touched()
        self._asked: Touched | None = None
        self._asked_again: Touched | None = None
        self._is_read = False
        self._pauses = False

    def turn_to(self, whose: Whose | None) -> bool:
        """Follow another conversation, or none; false where it is the same and is there."""
        if whose == self.whose and self._is_read:
            return False
        self.whose, self._is_read = whose, False
        self._waiting, self._asked, self._asked_again = Touched(), None, None
        return whose is not None

    def hear(self, changes: Iterable[Change]) -> None:
        """Something was committed: ask, if it concerns this conversation."""
        whose = self.whose
        if whose is None:
            return
        self._waiting |= touched_by(
            change
            for change in changes
            if (whose.customer_id is not None and change.customer_id == whose.customer_id)
            or (whose.interaction_id is not None and change.interaction_id == whose.interaction_id)
        )
        self._go()

    def read(self, *, anew: bool) -> None:
        """A page arrived, read anew or beside what is there: what changed meanwhile is asked for.

        A page that was asked for last takes the place of one that was to be read anew.
        """
        self._is_read = True
        if self._asked_again is not None and not anew:
            self._waiting |= self._asked_again
        self._asked_again = None
        self._go()

    def answered(self) -> None:
        """What changed arrived."""
        self._asked = None
        self._pauses = True
        self._later(PAUSE_SECONDS, self._go_on)

    def _go_on(self) -> None:
        self._pauses = False
        self._go()

    def failed(self) -> None:
        """What changed could not be read: ask again soon."""
        for asked in (self._asked, self._asked_again):
            if asked is not None:
                self._waiting |= asked
        self._asked = self._asked_again = None
        self._later(RETRY_SECONDS, self._go)

    def _go(self) -> None:
        is_asked = self._asked is not None or self._asked_again is not None
        if not self._is_read or is_asked or self._pauses or not self._waiting:
            return
        touched, self._waiting = self._waiting, Touched()
        lines = len(touched.messages) + len(touched.notes) + len(touched.interactions)
        if touched.reshaped or lines > MOST_AT_ONCE:
            self._asked_again = touched
            self._again()
        else:
            self._asked = touched
            self._fresh(touched)
