"""The desk's strip of calls: what waits there can be left alone for now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from agent_tui.tui.screens.connected import ConnectedDesk
from agent_tui.tui.screens.deeds import Deed
from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.people import Interaction

BACK_KEY = "z"
"""Which key of the menu brings back what was put aside."""


class StripOfDesk(ConnectedDesk):
    """Puts calls aside and brings them back, for this agent alone and until they change."""

    def deeds_of_strip(self) -> Sequence[Deed]:
        """What waits in the strip can be left alone for now; Today lists it all the same."""
        deeds = [
            Deed("x", f"not now: {caller(one)} out of the strip", partial(self._put_aside, one))
            for one in self.calls_in_strip[:1]
        ]
        if self.calls.aside:
            names = ", ".join(map(caller, self.calls.aside))
            deeds.append(Deed(BACK_KEY, f"back into the strip: {names}", self._bring_back))
        return deeds

    def _put_aside(self, call: Interaction) -> None:
        self.calls.put_aside(call)
        self.show_calls()
        key = f"{self.key_for('call_menu')} {BACK_KEY}"
        self.app.notify(f"{caller(call)} waits on. {key} brings the call back.", markup=False)

    def _bring_back(self) -> None:
        self.calls.bring_back()
        self.show_calls()
