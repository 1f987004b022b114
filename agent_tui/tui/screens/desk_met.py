"""Whether they have what they came for, said while the conversation goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.kinds import Met
    from agent_tui.domain.values.people import Interaction

_MET: dict[Met, str] = {
    "yes": "they have it",
    "partly": "in part",
    "no": "no",
    "not_asked": "not asked",
}
_KEYS: dict[str, Met] = {"y": "yes", "p": "partly", "n": "no", "x": "not_asked"}


class MetOfDesk(DeedsOfDesk):
    """Lets the agent say it; the wrap-up asks again. An offer can only be made after a yes."""

    def deeds_of_met(self, call: Interaction) -> Sequence[Deed]:
        """To say whether they got what they came for, unless that is closed."""
        if call.state == "wrapped_up" or call.customer_id is None:
            return ()
        now = f": {_MET[call.met]}" if call.met != "not_asked" else ""
        words = f"did they get what they came for{now}"
        return (Deed("g", words, lambda: self._ask_met(call)),)

    def _ask_met(self, call: Interaction) -> None:
        from agent_tui.tui.screens.prompts import ChooseKey

        def pressed(key: str | None) -> None:
            if key is not None:
                self._say_met(call, _KEYS[key])

        answers = [(key, _MET[met]) for key, met in _KEYS.items()]
        wanted = f" ({call.agenda})" if call.agenda else ""
        question = f"Did they get what they came for?{wanted}"
        self.app.push_screen(ChooseKey(question, answers), pressed)

    def _say_met(self, call: Interaction, met: Met) -> None:
        before = call.met
        self.do(
            Act(
                f"what they came for: {_MET[met]}",
                lambda desk: desk.conversing.say_met(call.id, met),
                lambda desk: desk.conversing.say_met(call.id, before),
            )
        )
