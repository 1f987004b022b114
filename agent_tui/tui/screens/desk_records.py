"""The desk's records: which deeds are offered with promises, complaints and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.asked_deeds import AskedDeeds
from agent_tui.tui.screens.complaint_deeds import ComplaintDeeds
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk
from agent_tui.tui.screens.handing_deeds import HandingDeeds
from agent_tui.tui.screens.promise_deeds import PromiseDeeds

if TYPE_CHECKING:
    from agent_tui.tui import messages


class RecordsOfDesk(DeedsOfDesk):
    """Brings the deeds of records to the desk."""

    def __init__(self) -> None:
        super().__init__()
        self._handing = HandingDeeds(self)
        self.deeds.add("promise", self._handing.offered_deeds)
        self.deeds.add("promise", PromiseDeeds(self).closing_deeds)
        self.deeds.add("promise", self._handing.handing_deeds)
        ComplaintDeeds(self)
        AskedDeeds(self)

    def action_hand_over(self) -> None:
        """Hand the chosen promise over."""
        current = self.current
        if current is None or current[0] != "promise" or current[1].side != "ours":
            self.app.notify("Choose a promise of ours first.", markup=False)
        elif current[1].state != "open":
            self.app.notify("This promise is closed: open it again first.", markup=False)
        else:
            self._handing.hand_over(current[1])

    def on_colleagues_arrived(self, event: messages.ColleaguesArrived) -> None:
        """Go on with whatever they were asked for."""
        event.then(event.colleagues)
