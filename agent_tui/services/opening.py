"""Open somebody: the records and the brief, the conversation, who is calling; or Today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules.brief import beside, make_brief
from agent_tui.domain.rules.contacts import forms_of_peer
from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.briefing import OpenedCustomer
from agent_tui.domain.values.conversation import (
    Conversation,
    FoundEntry,
    Fresh,
    Place,
    Whose,
)
from agent_tui.domain.values.kinds import DraftKind
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.today import DraftText, RecentCustomer, Today
from agent_tui.domain.values.touched import Touched
from agent_tui.errors import NotFound
from agent_tui.storage.queries import (
    agents,
    callers,
    conversations,
    dossiers,
    drafts,
    interactions,
    knowing,
    spoken,
    todays,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from agent_tui.domain.values.filters import Words
    from agent_tui.services.desk import Desk

FRESH_LIMIT = 200
"""New entries read at once; where more came the newest window is read instead."""
WORDS_LIMIT = 8
"""Words of a search within a conversation that count."""
DRAFTS_READ = 1_000
"""The newest drafts of an agent, among which one is looked for."""


class Opening:
    """Reads what the desk shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def customer(self, customer_id: int, interaction_id: int | None = None) -> OpenedCustomer:
        """The records of a customer, the brief made of them for this agent, and the people around
        them. Raises NotFound.

        `interaction_id` is the interaction that the agent is in, where that is not their own live
        one: what they read in it does not fold away yet, and it is not the last contact.
        """
        desk, reader = self._desk, self._desk.store.reader()
        now, me = desk.clock(), desk.agent.id
        dossier = dossiers.dossier(
            reader,
            customer_id=customer_id,
            now=now,
            agent_id=me,
            interaction_id=interaction_id,
        )
        if dossier is None:
            raise NotFound("this customer is no longer there")
        brief = make_brief(dossier, now, desk.zone, agent_id=me, interaction_id=interaction_id)
        circle = knowing.circle(
            reader, customer_id=customer_id, now=now, limit=knowing.PEOPLE_SHOWN
        )
        return OpenedCustomer(dossier, brief, circle)

    def beside(self, opened: OpenedCustomer, standing: Collection[str]) -> OpenedCustomer:
        """Somebody with the lines for which there is room beside those of kinds that `standing`
        names, which the agent has before them already. Reads nothing."""
        return replace(opened, brief=beside(opened.brief, standing)) if standing else opened

    def at_the_desk(self, customer_id: int, opened: OpenedCustomer | None = None) -> OpenedCustomer:
        """As `customer`, for the interaction in which the desk would show them to this agent: their
        own or nobody's that goes on, or their own that they have not wrapped up.

        So is every brief read for a script that runs in none. `opened` is what `customer` says of
        no interaction, where that was asked already.
        """
        opened = opened or self.customer(customer_id)
        me = self._desk.agent.id
        call = opened.dossier.current_call(me)
        if call is None or call.agent_id not in (None, me):
            return opened
        return self.customer(customer_id, call.id)

    def conversation(self, customer_id: int) -> Conversation:
        """The newest window on all that was said with a customer."""
        return self.newest(Whose(customer_id))

    def call(self, interaction_id: int) -> Conversation:
        """The newest window on an interaction alone, for a caller whom nobody knows yet."""
        return self.newest(Whose(interaction_id=interaction_id))

    def newest(self, whose: Whose) -> Conversation:
        """The end of a conversation."""
        return conversations.before(self._desk.store.reader(), whose)

    def first(self, whose: Whose) -> Conversation:
        """The true beginning of a conversation."""
        return self._with_end(whose, conversations.after(self._desk.store.reader(), whose))

    def earlier(self, whose: Whose, before: Place) -> Conversation:
        """What was said before a place."""
        return conversations.before(self._desk.store.reader(), whose, place=before)

    def later(self, whose: Whose, after: Place) -> Conversation:
        """What was said after a place."""
        return conversations.after(self._desk.store.reader(), whose, place=after)

    def around(self, whose: Whose, place: Place) -> Conversation:
        """What was said before and after a place, which is in it."""
        reader = self._desk.store.reader()
        return self._with_end(whose, conversations.around(reader, whose, place=place))

    def _with_end(self, whose: Whose, page: Conversation) -> Conversation:
        """The window with the end of it all: what comes behind that is new, what lies between is
        only not read yet."""
        if page.later is None:
            return page
        return replace(
            page, end=conversations.before(self._desk.store.reader(), whose, limit=1).last
        )

    def place(
        self,
        whose: Whose,
        *,
        interaction_id: int | None = None,
        message_id: int | None = None,
        note_id: int | None = None,
    ) -> Place:
        """Where an interaction, a message or a note stands in a conversation. Raises NotFound."""
        place = conversations.place_of(
            self._desk.store.reader(),
            whose,
            interaction_id=interaction_id,
            message_id=message_id,
            note_id=note_id,
        )
        if place is None:
            raise NotFound("this is no longer in the conversation")
        return place

    def fresh(self, whose: Whose, after: Place | None, touched: Touched) -> Fresh:
        """What is new after a place, and how what was touched reads now."""
        return conversations.fresh(
            self._desk.store.reader(), whose, place=after, touched=touched, limit=FRESH_LIMIT
        )

    def search(
        self, whose: Whose, words: str, *, before: Place | None = None, limit: int = 50
    ) -> tuple[FoundEntry, ...]:
        """The newest messages and notes before a place that hold all these words, newest first.

        Words are parted by white space and found within others, whatever their case.
        """
        return spoken.search(
            self._desk.store.reader(),
            whose=whose,
            words=list(dict.fromkeys(words.split()))[:WORDS_LIMIT],
            before=before,
            limit=limit,
        )

    def first_said(self, interaction_id: int, sought: Sequence[Words]) -> Place | None:
        """Where one of these is said or noted first in an interaction, as a filter finds words;
        None where that is nowhere, or only in what was written of it."""
        # Not needed before the first paint.
        from agent_tui.storage.queries.said_first import first_said
        from agent_tui.text.matches import phrase

        phrases = [phrase(one.words, is_beginning=one.is_beginning) for one in sought]
        return first_said(self._desk.store.reader(), interaction_id, phrases)

    def live(self) -> tuple[Interaction, ...]:
        """What is going on now: this agent's first, then nobody's, then colleagues'; of each the
        oldest first."""
        return tuple(interactions.live(self._desk.store.reader(), agent_id=self._desk.agent.id))

    def with_colleagues(self) -> int:
        """How many interactions go on with colleagues."""
        agent_id = self._desk.agent.id
        return interactions.live_with_others(self._desk.store.reader(), agent_id=agent_id)

    def live_with_callers(
        self,
    ) -> tuple[tuple[Interaction, ...], dict[int, tuple[RecentCustomer, ...]]]:
        """What is going on now, and by interaction who may be behind a number put to nobody yet."""
        live = self.live()
        forms = {
            call.id: forms_of_peer(call.peer, self._desk.region)
            for call in live
            if call.customer_id is None and call.peer
        }
        return live, callers.behind(self._desk.store.reader(), forms=forms) if forms else {}

    def me(self) -> Agent:
        """This agent as of now: another process may have changed the state or the role."""
        found = agents.by_id(self._desk.store.reader(), agent_id=self._desk.agent.id)
        if found is None:
            raise NotFound("this agent is no longer there")
        return found

    def today(self, *, limit: int | None = None) -> Today:
        """What stands open for this agent; of each section the first lines, or at most `limit`."""
        now = self._desk.clock()
        midnight = now.astimezone(self._desk.zone).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        return todays.today(
            self._desk.store.reader(),
            agent=self._desk.agent,
            end_of_day=midnight + timedelta(days=1),
            now=now,
            limit=limit or todays.SHOWN,
        )

    def draft(
        self, about: str, customer_id: int | None = None, *, kind: DraftKind = "note"
    ) -> DraftText | None:
        """The text not yet saved on one subject; or else the newest on any call of a customer."""
        kept = drafts.of_agent(
            self._desk.store.reader(), agent_id=self._desk.agent.id, limit=DRAFTS_READ
        )
        own = [draft for draft in kept if draft.kind == kind]
        exactly = [draft for draft in own if draft.about == about]
        theirs = [draft for draft in own if customer_id and draft.customer_id == customer_id]
        return next(iter([*exactly, *theirs]), None)
