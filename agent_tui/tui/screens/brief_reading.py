"""One agent's reading of one customer's brief at the desk, and what of it is still to be written.

Plain bookkeeping, without a screen and without a database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules.seeing import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.rules.seeing import Deed
    from agent_tui.domain.values.briefing import Brief, BriefLine
    from agent_tui.domain.values.receipts import LineSeen


class BriefReading:
    """From when somebody's brief appears until somebody else's does.

    `interaction_id` is the interaction in which it is read; `is_opened` tells whether they were
    opened: what was read of somebody who is only looked at counts from then on.
    """

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.interaction_id: int | None = None
        self.is_opened = False
        self.reading = Reading()
        self._written: dict[str, str] = {}
        self._wanted: set[str] = set()

    @property
    def customer_id(self) -> int:
        """Whose brief it is."""
        return self.brief.customer.id

    def take(self, brief: Brief) -> None:
        """The same customer's brief as it reads now."""
        self.brief = brief

    def look(self, at_ms: int, in_view: Sequence[BriefLine], focused: bool | None) -> None:
        """These lines are in view from now on."""
        self._wanted.update(line.key for line in self.brief.lines if not line.seen)
        self.reading = self.reading.look(at_ms, in_view, focused)

    def act(self, line: BriefLine, deed: Deed) -> None:
        """A line was opened, used or corrected."""
        self.reading = self.reading.act(line, deed)

    @property
    def unread(self) -> tuple[BriefLine, ...]:
        """The lines that are still to be read."""
        seen = {one.key for one in self.reading.seen() if one.how is not None}
        return tuple(line for line in self.brief.lines if not line.seen and line.key not in seen)

    @property
    def is_read(self) -> bool:
        """Whether nothing is left to be read, and that is news which nobody has written yet."""
        news = {one.key for one in self._to_write() if one.key in self._wanted}
        return not self.unread and any(line.key in news for line in self.brief.lines)

    def take_to_write(self) -> tuple[LineSeen, ...]:
        """What of this reading is to be written now; nothing where all of it is."""
        found = self._to_write()
        self._written.update({one.key: str(one.how) for one in found})
        return found

    def not_written(self) -> None:
        """What was taken to be written was not."""
        self._written.clear()

    def _to_write(self) -> tuple[LineSeen, ...]:
        return tuple(
            one
            for one in self.reading.seen()
            if one.how is not None
            and self._written.get(one.key) != one.how
            and (one.how != "viewed" or one.key in self._wanted)
        )
