"""The desk's questions: each panel asks in a lane of its own and hears the newest answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.domain.values import ids
from agent_tui.tui.lanes import Crew, ReadLane, tell
from agent_tui.tui.messages import (
    BehindHerdArrived,
    ColleaguesArrived,
    ConversationArrived,
    CustomerArrived,
    DraftArrived,
    FoundArrived,
    FreshArrived,
    HerdArrived,
    HitsArrived,
    LiveArrived,
    LookedUp,
    NumberCleared,
    OthersArrived,
    PeopleArrived,
    ReadFailed,
    TimelineArrived,
    TodayArrived,
    VocabularyArrived,
    WrapUpArrived,
)
from agent_tui.tui.script_messages import RunArrived, RunFailed, ScriptsArrived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from agent_tui.domain.values.briefing import OpenedCustomer
    from agent_tui.domain.values.conversation import Conversation, Place, Whose
    from agent_tui.domain.values.filters import Words
    from agent_tui.domain.values.kinds import DraftKind
    from agent_tui.domain.values.knowing import Herd
    from agent_tui.domain.values.touched import Touched
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.messages import TimelineRequested, WhichPage

Found = TypeVar("Found")

RESULTS = 30
WHOLE_TODAY = 500
"""Lines of a section of Today, where all are wanted."""


class Asking:
    """Reads in the background and answers to `target` with messages.

    Which service answers is looked up there too: the first look loads it, and whoever else looks
    waits for that.
    """

    def __init__(self, desk: Desk, target: MessagePump, crew: Crew) -> None:
        self._desk = desk
        self._target = target
        self._crew = crew
        self._lanes: dict[str, ReadLane] = {}

    def warm_up(self) -> None:
        """Load what the first query would have to wait for; a query asked meanwhile goes first."""
        self._ask("find", lambda: self._desk.finding.warm_up())

    def find(self, query: str, behind: int = 0) -> None:
        """Who answers to this query? With `behind`, who comes after so many of them?"""

        def work() -> Message:
            return FoundArrived(
                self._desk.finding.find(query, limit=RESULTS, offset=behind), behind
            )

        self._ask("find", work)

    def customer(
        self,
        customer_id: int,
        interaction_id: int | None,
        read_in: Callable[[OpenedCustomer], int | None],
        is_opened: Callable[[], bool],
        standing: frozenset[str],
    ) -> None:
        """What matters about this customer, for who is in that interaction? Where `read_in` says
        of the records that it is another one, they are read once more; where it is none, and they
        are opened and not only looked at, as `Opening.at_the_desk` does. Lines of `standing` kinds
        are before the agent already."""

        def work() -> Message:
            opening = self._desk.opening
            opened = opening.customer(customer_id, interaction_id)
            found = read_in(opened)
            if found is None and is_opened():
                # The brief that its receipt is about.
                known = opened if interaction_id is None else None
                opened = opening.at_the_desk(customer_id, known)
            elif found != interaction_id:
                opened = opening.customer(customer_id, found)
            return CustomerArrived(opening.beside(opened, standing))

        self._ask("brief", work)

    def herds(self, customer_id: int, interaction_id: int | None) -> None:
        """Who else has the same matter this week?"""

        def work() -> Message:
            return HerdArrived(customer_id, self._desk.knowing.herd(customer_id, interaction_id))

        # A brief goes without it.
        self._ask("herd", work, lambda _error: HerdArrived(customer_id, ()))

    def behind_herd(self, customer_id: int, herd: Herd) -> None:
        """Which interactions of others are behind a herd?"""

        def work() -> Message:
            return BehindHerdArrived(herd, self._desk.knowing.herd_behind(customer_id, herd.topic))

        self._ask("herd", work)

    def conversation(
        self, whose: Whose, which: WhichPage = "newest", place: Place | None = None
    ) -> None:
        """What was said: at an end of a conversation, before, after or around a place?"""

        def read() -> Conversation:
            opening = self._desk.opening
            if which == "first":
                return opening.first(whose)
            if which == "newest" or place is None:
                return opening.newest(whose)
            if which == "earlier":
                return opening.earlier(whose, place)
            return opening.later(whose, place) if which == "later" else opening.around(whose, place)

        self._ask("conversation", lambda: ConversationArrived(read(), whose, which, place))

    def conversation_from(self, interaction_id: int, sought: Sequence[Words]) -> None:
        """What was said in an interaction around the first of the words that are sought; where
        they were not said, at its beginning?"""
        from agent_tui.domain.values.conversation import Whose

        opening, whose = self._desk.opening, Whose(interaction_id=interaction_id)

        def work() -> Message:
            place = opening.first_said(interaction_id, sought)
            if place is not None:
                return ConversationArrived(opening.around(whose, place), whose, "around", place)
            return ConversationArrived(opening.first(whose), whose, "first")

        self._ask("conversation", work)

    def passage(self, whose: Whose, interaction_id: int | None, note_id: int | None = None) -> None:
        """What was said around the beginning of an interaction, or around a note?"""

        def work() -> Message:
            if note_id is not None:
                place = self._desk.opening.place(whose, note_id=note_id)
            else:
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
            opening = self._desk.opening
            return LiveArrived(*opening.live_with_callers(), opening.with_colleagues())

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

    def search(self, whose: Whose, words: str) -> None:
        """What was said or noted with all these words in it, newest first?"""

        def work() -> Message:
            return HitsArrived(words, self._desk.opening.search(whose, words))

        self._ask("search", work, lambda error: HitsArrived(words, (), error))

    def timeline(self, asked: TimelineRequested) -> None:
        """What happened with somebody: at an end of it all, or before or after a place?"""

        def work() -> Message:
            looking = self._desk.looking_back
            read = looking.later if asked.which in ("first", "later") else looking.earlier
            return TimelineArrived(asked, read(asked.customer_id, asked.place, asked.shown))

        self._ask("timeline", work, lambda error: TimelineArrived(asked, None, error))

    def people(self, query: str) -> None:
        """Who answers to this, where somebody is to be chosen? In the lane of the find box, which
        rests meanwhile: what was read of the register for it need not be read again."""
        self._ask(
            "find",
            lambda: PeopleArrived(self._desk.finding.find(query, limit=RESULTS)),
            lambda error: PeopleArrived(None, error),
        )

    def scripts(self, customer_id: int, interaction_id: int | None) -> None:
        """Which scripts are there for somebody, and which were left open in this interaction?"""

        def work() -> Message:
            scripting = self._desk.scripting
            fitting = scripting.fitting(customer_id, interaction_id)
            if interaction_id is not None:
                runs = scripting.open_runs(interaction_id)
            else:
                every = scripting.runs_of(customer_id)
                runs = tuple(
                    run for run in every if run.state == "open" and run.interaction_id is None
                )
            return ScriptsArrived(customer_id, interaction_id, fitting, runs)

        def failed(error: AgentTuiError) -> Message:
            return ScriptsArrived(customer_id, interaction_id, error=error)

        self._ask("scripts", work, failed)

    def run(self, run_id: int) -> None:
        """How does a run of a script stand?"""
        self._ask(
            "run",
            lambda: RunArrived(self._desk.scripting.run(run_id)),
            lambda error: RunFailed(run_id, error),
        )

    def look_up(
        self,
        what: str,
        read: Callable[[Desk], Found],
        then: Callable[[Found], None],
        failed: Callable[[AgentTuiError], None],
    ) -> None:
        """Read something for one purpose; of those with one name the newest is answered."""

        def work() -> Message:
            found = read(self._desk)
            return LookedUp(lambda: then(found))

        self._ask(what, work, lambda error: LookedUp(lambda: failed(error)))

    def stream(
        self,
        what: str,
        read: Callable[[Desk], Iterator[Found]],
        each: Callable[[Found], None],
        done: Callable[[], None],
        failed: Callable[[AgentTuiError], None],
        goes_on: Callable[[], bool],
    ) -> None:
        """Read something that comes in parts: `each` is told one after the other, `done` after the
        last. It ends where it no longer `goes_on`, which is asked in the lane; a part that was
        under way by then may still come."""

        def work() -> Message | None:
            for found in read(self._desk):
                if not goes_on():
                    return None
                tell(self._target, LookedUp(partial(each, found)))
            return LookedUp(done)

        self._ask(what, work, lambda error: LookedUp(lambda: failed(error)))

    def stop(self, what: str) -> None:
        """Interrupt what is read under a name, and answer nothing."""
        if what in self._lanes:
            self._ask(what, lambda: None)

    def again(self, panel: str) -> None:
        """Ask the newest question of a panel once more, if it failed."""
        if panel in self._lanes:
            self._lanes[panel].ask_again()

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
            lane = ReadLane(self._crew, self._target, self._desk.store.interrupt)
            self._lanes[panel] = lane

        lane.ask(work, failed or (lambda error: ReadFailed(panel, error)))
