"""What can be done with an entry of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.fact_deeds import short, where_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.people import Concession
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk


class LedgerDeeds:
    """Offers what can be done with what one side gave."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def entry_deeds(self, one: Concession) -> Sequence[Deed]:
        """It was not given after all."""
        return (
            Deed("x", "take it back: it was not given", lambda: self._take_back(one)),
            *where_from(self._screen, one.interaction_id),
        )

    def _take_back(self, one: Concession) -> None:
        self._screen.do(
            Act(
                f"taken back: {short(one.kind)}",
                lambda desk: desk.knowing.take_back(one.id),
                lambda desk: desk.knowing.restore_entry(one.id),
            )
        )
