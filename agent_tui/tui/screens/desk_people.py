"""The desk's people: found, looked at, opened; and Today while nobody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui import messages
from agent_tui.tui.screens.desk_brief import BriefOfDesk
from agent_tui.tui.screens.sheets import Subject
from agent_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from agent_tui.tui.widgets.inputs import FindInput, PlainInput
    from agent_tui.tui.widgets.lines import ListLines

_WHO = ("customer.", "contact.")
_WHAT_IS_OPEN = ("call.", "complaint.", "interaction.", "promise.")
"""The kinds of changes after which other people may be found; and, of those who are, after which
they stand there otherwise."""


class PeopleOfDesk(BriefOfDesk):
    """Carries between the find box, Today, the context and the conversation."""

    def on_query_changed(self, event: messages.QueryChanged) -> None:
        """Every key is a new question."""
        if not event.query.strip():
            self.today_pane.liven(True)
            self.look_at(self.resting_on)
        elif self.asking is not None:
            self.asking.find(event.query)
        self.show_edges()

    def on_further_requested(self, event: messages.FurtherRequested) -> None:
        """More of those who answer to the same question."""
        if self.asking is not None:
            self.asking.find(event.query, event.behind)

    def on_found_arrived(self, event: messages.FoundArrived) -> None:
        """Show who answers."""
        self.finder.show_found(event.found, self.here, behind=event.behind)
        self.today_pane.liven(not self.finder.is_answered)
        self.show_edges()

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """Whoever is found may be called otherwise by now, or somebody else be found."""
        finder, asking = self.finder, self.asking
        if asking is None or not finder.is_answered:
            return
        shown = finder.people
        if any(
            one.kind.startswith(_WHO)
            or (one.customer_id in shown and one.kind.startswith(_WHAT_IS_OPEN))
            for one in event.changes
        ):
            asking.find(finder.query_text)

    def on_customer_highlighted(self, event: messages.CustomerHighlighted) -> None:
        """The brief of whoever is highlighted appears before they are opened."""
        self.look_at(event.customer_id if event.customer_id is not None else self.resting_on)

    def on_find_input_stepped(self, event: FindInput.Stepped) -> None:
        """With nothing asked, the arrows of the find box move in Today."""
        self.today_pane.move(event.step)

    def on_input_submitted(self, _event: PlainInput.Submitted) -> None:
        """With nothing asked, Enter opens what Today highlights."""
        if not self.someone:
            self.today_pane.action_open()

    def on_list_lines_highlighted(self, _event: ListLines.Highlighted) -> None:
        """The cursor of Today came to rest, before or after nobody was found."""
        if not self.someone and not self.finder.people:
            self.look_at(self.resting_on)

    @property
    def resting_on(self) -> int | None:
        """Who is shown while nothing is asked: whoever is open, or highlighted in Today."""
        if self.someone:
            return self.whom.opened
        row = self.today_pane.key
        return row.customer_id if isinstance(row, Row) else None

    def look_at(self, customer_id: int | None) -> None:
        """Turn the context to a customer, or to nobody."""
        self.whom.look_at(customer_id)
        if customer_id is None:
            self.sidebar.show_nobody()
        elif customer_id == self.whom.opened:
            self.ask_records(customer_id)
        else:
            # What led to them is painted first: reading beside it would make it late.
            self.call_after_refresh(self._ask_looked_at, customer_id)
        self.show_edges()

    def _ask_looked_at(self, customer_id: int) -> None:
        if customer_id == self.whom.looked_at:
            self.ask_records(customer_id)

    def on_customer_chosen(self, event: messages.CustomerChosen) -> None:
        """Somebody is to be opened."""
        self.open(event.customer_id)

    def open(self, customer_id: int, *, call_id: int | None = None, focus: bool = True) -> None:
        """Open a customer: the conversation and the note line are about them from now on."""
        from agent_tui.domain.values.conversation import Whose

        if self.asking is None:
            return
        if self.whom.open(customer_id, call_id):
            # Whatever is typed from now on is about them, even before their brief is here.
            self.keeper.turn_to(Subject(customer_id, call_id, self.whom.name))
        self.show_someone(True)
        if focus:
            if customer_id not in self.finder.people:
                # Somebody else was turned to than was looked for: by a call, a promise, a tie.
                self.finder.clear()
            # In the same frame: the list yields as soon as the keys go to the conversation.
            self.finder.fit_rows(typing=False)
        self.look_at(customer_id)
        self.read_conversation(Whose(customer_id))
        self.show_calls()
        if focus:
            self.conversation.pane.focus()
        self.app.typed_ahead.somebody_known()

    def on_customer_arrived(self, event: messages.CustomerArrived) -> None:
        """Show the brief and the timeline, if they are still wanted."""
        if not self.whom.take_records(event.opened):
            return
        customer = event.opened.dossier.customer
        is_open = self.whom.is_opened_shown
        mine = self.own_marks
        self.sidebar.show_customer(event.opened, self.here, is_open=is_open, mine=mine)
        if is_open:
            self.show_call()
            call = self.call
            self.keeper.turn_to(Subject(customer.id, call.id if call else None, customer.name))
        self.show_edges()

    def on_passage_requested(self, event: messages.PassageRequested) -> None:
        """Go to an interaction in the conversation; open its customer first if need be."""
        if self.whom.looked_at is not None and not self.whom.is_opened_shown:
            self.open(self.whom.looked_at)
        self.go_to_passage(event.interaction_id, event.note_id)

    def is_offered(self, action_id: str) -> bool:
        """Whether an action stands in the footer; in the find box there is no way to it."""
        if action_id == "find" and self.focused is self.finder.box:
            return False
        return super().is_offered(action_id)

    def action_find(self) -> None:
        """Go to the find box, its text chosen so that typing replaces it."""
        self.finder.start()

    def action_brief(self) -> None:
        """Go to the brief."""
        self.sidebar.read()

    def action_today(self) -> None:
        """Close the customer; what was typed is kept as a draft."""
        self.keeper.turn_to(None)
        self.whom.leave()
        self.read_conversation(None)
        self.show_someone(False)
        self.finder.clear()
        self.look_at(self.resting_on)
        self.show_calls()
        self.show_call()
        self.ask_today()
        self.finder.start()
