"""The desk's knowledge of a person: what can be done with it, and how more is added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.desk_notes import NotesOfDesk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.knowing import TieShown
    from agent_tui.domain.values.people import Concession, ContactPoint, Fact, Refusal
    from agent_tui.tui import messages
    from agent_tui.tui.screens.deeds import Deed

MARKS = {"Promises": "!", "Cases": "complaint: ", "To ask": "ask: ", "Asked": "@"}
"""How a note begins what is added to these sections."""


class KnowingOfDesk(NotesOfDesk):
    """Brings the deeds of facts, refusals, entries, ties and ways to reach somebody to the desk,
    and asks for new ones in one line; each is loaded when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds.add("fact", self._deeds_of_fact)
        self.deeds.add("refusal", self._deeds_of_refusal)
        self.deeds.add("entry", self._deeds_of_given)
        self.deeds.add("tie", self._deeds_of_tie)
        self.deeds.add("point", self._deeds_of_point)

    def _deeds_of_fact(self, fact: Fact) -> Sequence[Deed]:
        from agent_tui.tui.screens.fact_deeds import FactDeeds

        return FactDeeds(self).fact_deeds(fact)

    def _deeds_of_refusal(self, one: Refusal) -> Sequence[Deed]:
        from agent_tui.tui.screens.refusal_deeds import RefusalDeeds

        return RefusalDeeds(self).refusal_deeds(one)

    def _deeds_of_given(self, one: Concession) -> Sequence[Deed]:
        from agent_tui.tui.screens.ledger_deeds import LedgerDeeds

        return LedgerDeeds(self).entry_deeds(one)

    def _deeds_of_tie(self, tie: TieShown) -> Sequence[Deed]:
        from agent_tui.tui.screens.tie_deeds import TieDeeds

        return TieDeeds(self).tie_deeds(tie)

    def _deeds_of_point(self, point: ContactPoint) -> Sequence[Deed]:
        from agent_tui.tui.screens.reach_deeds import ReachDeeds

        return ReachDeeds(self).point_deeds(point)

    def on_add_requested(self, event: messages.AddRequested) -> None:
        """Ask for one line, as the section has it; what only a note makes is begun in the note."""
        records, desk, section = self.whom.records, self.desk, event.section
        if desk is None or records is None:
            return
        if section in MARKS:
            self._begin_mark(MARKS[section])
            return
        if section == "Reach":
            self.app.notify("A call that is put to them brings its number.", markup=False)
            return
        customer = records.dossier.customer
        if section == "People":
            from agent_tui.tui.screens.tie_deeds import TieDeeds

            TieDeeds(self).tie(customer)
            return
        from agent_tui.tui.screens.adding import Adding

        adding = Adding(self, desk, customer)
        {"Knows": adding.fact, "No to": adding.refusal, "Ledger": adding.entry}[section]()

    def _begin_mark(self, mark: str) -> None:
        """Begin a mark in the note about whoever is open."""
        if not self.whom.is_opened_shown:
            self.app.notify("Open them first: a note makes this.", markup=False)
            return
        self.action_note()
        if self.keeper.sheet is not None:
            box, text = self.note_line.box, self.note_line.text
            gap = " " if text and not text[-1].isspace() else ""
            box.replace_part(gap + mark, len(text), len(text))

    def on_people_arrived(self, event: messages.PeopleArrived) -> None:
        """Show who answers, where somebody is to be chosen."""
        from agent_tui.tui.screens.choose_person import ChoosePerson

        if isinstance(self.app.screen, ChoosePerson):
            self.app.screen.show(event.found, event.error, self.here)
