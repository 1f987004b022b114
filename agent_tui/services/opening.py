"""Open somebody: the records and the brief, the conversation, who is calling; or Today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules.brief import make_brief
from agent_tui.domain.rules.contacts import forms_of_peer
from agent_tui.domain.values.briefing import OpenedCustomer
from agent_tui.domain.values.conversation import Conversation, Mark
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.today import DraftText, RecentCustomer, Today
from agent_tui.errors import NotFound
from agent_tui.storage.queries import conversations, customers, dossiers, interactions, todays

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk


class Opening:
    """Reads what the desk shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def customer(self, customer_id: int) -> OpenedCustomer:
        """The records and the brief of a customer. Raises NotFound."""
        dossier = dossiers.dossier(self._desk.store.reader(), customer_id=customer_id)
        if dossier is None:
            raise NotFound("this customer is no longer there")
        return OpenedCustomer(dossier, make_brief(dossier, self._desk.clock(), self._desk.zone))

    def conversation(self, customer_id: int, *, before: Mark | None = None) -> Conversation:
        """The newest window on all that was said with a customer, or the one before a mark."""
        return conversations.of_customer(
            self._desk.store.reader(), customer_id=customer_id, before=before
        )

    def call(self, interaction_id: int) -> Conversation:
        """The conversation of an interaction alone, for a caller whom nobody knows yet."""
        return conversations.of_interaction(
            self._desk.store.reader(), interaction_id=interaction_id
        )

    def live(self) -> tuple[Interaction, ...]:
        """What is going on now, oldest first."""
        return tuple(interactions.live(self._desk.store.reader()))

    def who_calls(self, peer: str) -> tuple[RecentCustomer, ...]:
        """The customers who are reached under this number or address."""
        reader = self._desk.store.reader()
        found = customers.behind_contact(reader, normals=forms_of_peer(peer, self._desk.region))
        return tuple(todays.customers_shown(reader, customer_ids=found))

    def today(self) -> Today:
        """What stands open for this agent."""
        now = self._desk.clock()
        midnight = now.astimezone(self._desk.zone).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        return todays.today(
            self._desk.store.reader(),
            agent=self._desk.agent,
            end_of_day=midnight + timedelta(days=1),
            now=now,
        )

    def draft(self, about: str, customer_id: int | None = None) -> DraftText | None:
        """The text not yet saved on one subject; or else the newest on any call of a customer."""
        drafts = todays.drafts(self._desk.store.reader(), agent_id=self._desk.agent.id)
        exactly = [draft for draft in drafts if draft.about == about]
        theirs = [draft for draft in drafts if customer_id and draft.customer_id == customer_id]
        return next(iter([*exactly, *theirs]), None)
