"""The agent's own state: ready, after a call, away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk
from agent_tui.tui.widgets.bars import STATE_WORDS

if TYPE_CHECKING:
    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.kinds import AgentState

STATES: tuple[tuple[str, AgentState, str], ...] = (
    ("r", "ready", "ready: a call that comes in opens by itself"),
    ("c", "after_call", "after a call: calls stand in the strip, nothing opens by itself"),
    ("a", "away", "away: calls stand in the strip, nothing opens by itself"),
)
"""The key, the state and the words of each state of an agent."""


class StateOfDesk(DeedsOfDesk):
    """Lets the agent say how they are. It stays so until they say otherwise, here or elsewhere."""

    def action_my_state(self) -> None:
        """Say whether I am ready, after a call, or away."""
        me = self.me
        if me is not None:
            deeds = [self._being(me, *one) for one in STATES if one[1] != me.state]
            since = ""
            if me.state_since is not None:
                since = f" since {ages.clock_time(me.state_since, self.here.zone)}"
            self.offer(f"You are {STATE_WORDS[me.state]}{since}", deeds)

    def _being(self, me: Agent, key: str, state: AgentState, words: str) -> Deed:
        act = Act(
            f"you are {STATE_WORDS[state]}",
            lambda desk: desk.staffing.set_state(state),
            lambda desk: desk.staffing.set_state(me.state),
        )
        return Deed(key, words, lambda: self.do(act))
