"""Whom the desk is about: looked at, opened, or a caller on hand whom nobody knows yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import OpenedCustomer
    from agent_tui.domain.values.people import Interaction


class Whom:
    """The one place that knows whose answers are still wanted.

    Somebody is *looked at* while the cursor of a list is on them; the context shows their records.
    Whoever is *opened* has the conversation and the note line. A call is *on hand* while nobody
    has been put to it; then nobody is opened. `attaching` is the call for which the agent has
    just said who it is: its customer is opened when that is on disk, unless the agent has turned
    to somebody else meanwhile. `call_id` is the interaction for which somebody was opened, where
    it is not the one that is going on.
    """

    def __init__(self) -> None:
        self.looked_at: int | None = None
        self.opened: int | None = None
        self.on_hand: Interaction | None = None
        self.attaching: int | None = None
        self.call_id: int | None = None
        self.records: OpenedCustomer | None = None

    @property
    def someone(self) -> bool:
        """Whether a conversation is on the screen, and not Today."""
        return self.opened is not None or self.on_hand is not None

    @property
    def is_opened_shown(self) -> bool:
        """Whether the context is about whoever is opened."""
        return self.opened is not None and self.looked_at == self.opened

    @property
    def name(self) -> str:
        """The name of whoever is opened, as far as it has arrived."""
        records = self.records
        if records is None or records.dossier.customer.id != self.opened:
            return "…"
        return records.dossier.customer.name

    def look_at(self, customer_id: int | None) -> None:
        """The context turns to a customer, or to nobody."""
        self.looked_at = customer_id
        if customer_id is None:
            self.records = None

    def open(self, customer_id: int, call_id: int | None = None) -> bool:
        """A customer is opened; false where they were already."""
        self.on_hand, self.attaching, self.call_id = None, None, call_id
        before, self.opened = self.opened, customer_id
        return before != customer_id

    def take(self, call: Interaction) -> None:
        """A call of somebody unknown is on hand."""
        self.on_hand, self.attaching, self.opened = call, None, None

    def leave(self) -> None:
        """Nobody is opened, and no call is on hand."""
        self.on_hand, self.attaching, self.opened = None, None, None

    def take_records(self, records: OpenedCustomer) -> bool:
        """Take the records that arrived; false where nobody wants them any more."""
        if records.dossier.customer.id != self.looked_at:
            return False
        self.records = records
        return True

    def is_about(self, call: Interaction) -> bool:
        """Whether a call is the one on hand, or with whoever is opened."""
        if self.on_hand is not None and self.on_hand.id == call.id:
            return True
        return call.customer_id is not None and call.customer_id == self.opened

    def refresh(self, live: tuple[Interaction, ...]) -> None:
        """The call on hand as it stands now; one that has ended stays on hand."""
        for call in live:
            if self.on_hand is not None and self.on_hand.id == call.id:
                self.on_hand = call

    def call(self, agent_id: int) -> Interaction | None:
        """The call that the screen is about, if any."""
        if self.on_hand is not None:
            return self.on_hand
        if self.records is None or not self.is_opened_shown:
            return None
        return self.records.dossier.current_call(agent_id, self.call_id)
