"""The desk's questions: each panel asks in a lane of its own and hears the newest answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.domain.values import ids
from agent_tui.tui.lanes import ReadLane
from agent_tui.tui.messages import (
    ColleaguesArrived,
    ConversationArrived,
    CustomerArrived,
    DraftArrived,
    FoundArrived,
    FreshArrived,
    HitsArrived,
    LiveArrived,
    NumberCleared,
    OthersArrived,
    ReadFailed,
    TodayArrived,
    VocabularyArrived,
    WrapUpArrived,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agent_tui.domain.values.conversation import Conversation, Place, Whose
    from agent_tui.domain.values.kinds import DraftKind
    from agent_tui.domain.values.touched import Touched
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.messages import WhichPage

RESULTS = 30
WHOLE_TODAY = 500
"""Lines of a section of Today, where all are wanted."""


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

    def conversation(
        self, whose: Whose, which: WhichPage = "newest", place: Place | None = None
    ) -> None:
        """What was said: at an end of a conversation, before, after or around a place?"""
        opening = self._desk.opening

        def read() -> Conversation:
            if which == "first":
                return opening.first(whose)
            if which == "newest" or place is None:
                return opening.newest(whose)
            if which == "earlier":
                return opening.earlier(whose, place)
            return opening.later(whose, place) if which == "later" else opening.around(whose, place)

        self._ask("conversation", lambda: ConversationArrived(read(), whose, which, place))

    def passage(self, whose: Whose, interaction_id: int) -> None:
        """What was said around the beginning of an interaction?"""

        def work() -> Message:
            place = self._desk.opening.place(whose, interaction_id=interaction_id)
            page = self._desk.opening.around(whose, place)
            return ConversationArrived(page, whose, "around", place)

        self._ask("conversation", work)

    def fresh(self, whose: Whose, after: Place | None, touched: Touched) -> None:
        """What is new after a place, and how does what was touched read now?"""
        self._ask(
            "fresh", lambda: FreshArrived(self._desk.opening.fresh(whose, after, touched), whose)
        )

    def today(self, *, whole: bool = False) -> None:
        """What stands open for me? The first lines of each section, or the `whole` of it."""
        limit = WHOLE_TODAY if whole else None
        self._ask("today", lambda: TodayArrived(self._desk.opening.today(limit=limit)))

    def wrap_up(self, interaction_id: int) -> None:
        """What is there to confirm before this is wrapped up?"""

        def work() -> Message:
            about = ids.show(ids.INTERACTION, interaction_id)
            return WrapUpArrived(
                self._desk.wrapping_up.draft(interaction_id),
                self._desk.opening.draft(about, kind="wrap_up"),
            )

        self._ask("wrap_up", work)

    def colleagues(self, then: Callable[[Mapping[str, str]], None]) -> None:
        """Who works here, by handle?"""
        self._ask(
            "colleagues",
            lambda: ColleaguesArrived(dict(self._desk.capturing.vocabulary().agents), then),
        )

    def live(self) -> None:
        """What is going on, and who may be behind the numbers that nobody has been put to?"""

        def work() -> Message:
            return LiveArrived(*self._desk.opening.live_with_callers())

        self._ask("live", work)

    def draft(self, about: str, customer_id: int | None, *, kind: DraftKind = "note") -> None:
        """What did I leave unsaved on this subject, or else on this customer?"""

        def work() -> Message:
            draft = self._desk.opening.draft(about, customer_id, kind=kind)
            return DraftArrived(about, draft, kind)

        self._ask(f"draft of a {kind}", work)

    def number(self, digits: str) -> None:
        """Was this number, which looks like a card's, said to be none?"""

        def work() -> Message | None:
            from agent_tui.services.entrance import is_no_card

            is_known = is_no_card(self._desk.store.reader(), digits)
            return NumberCleared(digits) if is_known else None

        self._ask("number", work)

    def vocabulary(self) -> None:
        """What can be completed, and who works here, as of now?"""

        def work() -> Message:
            self._desk.capturing.refresh()
            return VocabularyArrived()

        self._ask("vocabulary", work)

    def others(self, whose: Whose) -> None:
        """Who else has them open?"""

        def work() -> Message:
            others = self._desk.attending.others(whose.customer_id, whose.interaction_id)
            return OthersArrived(whose, others)

        self._ask("others", work, lambda _error: OthersArrived(whose, None))

    def search(self, customer_id: int, words: str) -> None:
        """What was said or noted with all these words in it, newest first?"""

        def work() -> Message:
            return HitsArrived(words, self._desk.opening.search(customer_id, words))

        self._ask("search", work, lambda error: HitsArrived(words, (), error))

    def close(self) -> None:
        """Answer nothing more."""
        for lane in self._lanes.values():
            lane.close()

    def _ask(
        self,
        panel: str,
        work: Callable[[], Message | None],
        failed: Callable[[AgentTuiError], Message] | None = None,
    ) -> None:
        lane = self._lanes.get(panel)
        if lane is None:
            lane = ReadLane(panel, self._target, self._desk.store.interrupt)
            self._lanes[panel] = lane

        lane.ask(work, failed or (lambda error: ReadFailed(panel, error)))
