"""The desk's questions: each panel asks in a lane of its own and hears the newest answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.tui.lanes import ReadLane
from agent_tui.tui.messages import (
    ConversationArrived,
    CustomerArrived,
    DraftArrived,
    FoundArrived,
    LiveArrived,
    ReadFailed,
    TodayArrived,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.conversation import Mark
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk

RESULTS = 30


class Asking:
    """Reads in the background and answers to `target` with messages."""

    def __init__(self, desk: Desk, target: MessagePump) -> None:
        self._desk = desk
        self._target = target
        self._lanes: dict[str, ReadLane] = {}

    def warm_up(self) -> None:
        """Load what the first query would have to wait for; a query asked meanwhile goes first."""
        self._ask("find", self._desk.finding.warm_up)

    def find(self, query: str) -> None:
        """Who answers to this query?"""
        self._ask("find", lambda: FoundArrived(self._desk.finding.find(query, limit=RESULTS)))

    def customer(self, customer_id: int) -> None:
        """What matters about this customer?"""
        self._ask("brief", lambda: CustomerArrived(self._desk.opening.customer(customer_id)))

    def conversation(self, customer_id: int) -> None:
        """What was said with this customer?"""

        def work() -> Message:
            window = self._desk.opening.conversation(customer_id)
            return ConversationArrived(window, customer_id=customer_id)

        self._ask("conversation", work)

    def earlier(self, customer_id: int, mark: Mark) -> None:
        """What was said before this mark?"""

        def work() -> Message:
            window = self._desk.opening.conversation(customer_id, before=mark)
            return ConversationArrived(window, customer_id=customer_id, before=mark)

        self._ask("earlier", work)

    def call(self, interaction_id: int) -> None:
        """What was said in this call, with nobody known yet?"""

        def work() -> Message:
            window = self._desk.opening.call(interaction_id)
            return ConversationArrived(window, interaction_id=interaction_id)

        self._ask("conversation", work)

    def today(self) -> None:
        """What stands open for me?"""
        self._ask("today", lambda: TodayArrived(self._desk.opening.today()))

    def live(self) -> None:
        """What is going on, and who may be behind the numbers that nobody has been put to?"""

        def work() -> Message:
            live = self._desk.opening.live()
            callers = {
                call.id: self._desk.opening.who_calls(call.peer)
                for call in live
                if call.customer_id is None and call.peer
            }
            return LiveArrived(live, callers)

        self._ask("live", work)

    def draft(self, about: str, customer_id: int | None) -> None:
        """What did I leave unsaved on this subject, or else on this customer?"""
        self._ask(
            "draft", lambda: DraftArrived(about, self._desk.opening.draft(about, customer_id))
        )

    def close(self) -> None:
        """Answer nothing more."""
        for lane in self._lanes.values():
            lane.close()

    def _ask(self, panel: str, work: Callable[[], Message | None]) -> None:
        lane = self._lanes.get(panel)
        if lane is None:
            lane = ReadLane(panel, self._target, self._desk.store.interrupt)
            self._lanes[panel] = lane

        def failed(error: AgentTuiError) -> Message:
            return ReadFailed(panel, error)

        lane.ask(work, failed)
