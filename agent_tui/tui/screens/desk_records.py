"""The desk's records: which deeds are offered with promises, complaints and what is asked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk
from agent_tui.tui.widgets.wording import first_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.follow_ups import FollowUp, Question
    from agent_tui.domain.values.people import Case
    from agent_tui.domain.values.promises import Promise
    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui import messages
    from agent_tui.tui.screens.asked_deeds import AskedDeeds
    from agent_tui.tui.screens.deeds import Deed
    from agent_tui.tui.screens.handing_deeds import HandingDeeds
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.rows import Row

TOLD_S = 12
"""How long a word about a colleague stays, in seconds."""
_ANSWERS = ("promise.accepted", "promise.declined")


class RecordsOfDesk(DeedsOfDesk):
    """Brings the deeds of records to the desk; each kind is loaded when it is first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds.add("promise", self._deeds_of_promise)
        self.deeds.add("case", self._deeds_of_case)
        self.deeds.add("follow_up", self._deeds_of_follow_up)
        self.deeds.add("question", self._deeds_of_question)
        self.deeds.add("draft", self._deeds_of_draft)

    @cached_property
    def _handing(self) -> HandingDeeds:
        from agent_tui.tui.screens.handing_deeds import HandingDeeds

        return HandingDeeds(self)

    @cached_property
    def _asked(self) -> AskedDeeds:
        from agent_tui.tui.screens.asked_deeds import AskedDeeds

        return AskedDeeds(self)

    def _deeds_of_promise(self, promise: Promise) -> Sequence[Deed]:
        from agent_tui.tui.screens.promise_deeds import PromiseDeeds

        handing, closing = self._handing, PromiseDeeds(self)
        return (
            *handing.offered_deeds(promise),
            *closing.closing_deeds(promise),
            *handing.handing_deeds(promise),
        )

    def _deeds_of_case(self, case: Case) -> Sequence[Deed]:
        from agent_tui.tui.screens.complaint_deeds import ComplaintDeeds

        return ComplaintDeeds(self).complaint_deeds(case)

    def _deeds_of_follow_up(self, one: FollowUp) -> Sequence[Deed]:
        return self._asked.follow_up_deeds(one)

    def _deeds_of_question(self, one: Question) -> Sequence[Deed]:
        return self._asked.question_deeds(one)

    def _deeds_of_draft(self, draft: DraftText) -> Sequence[Deed]:
        return self._asked.draft_deeds(draft)

    def action_hand_over(self) -> None:
        """Hand the chosen promise over."""
        current = self.current
        if current is None or current[0] != "promise" or current[1].side != "ours":
            self.app.notify("Choose a promise of ours first.", markup=False)
        elif current[1].state != "open":
            self.app.notify("This promise is closed: open it again first.", markup=False)
        else:
            self._handing.hand_over(current[1])

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """Tell what a colleague answered whom this agent asked to take a promise over."""
        me = self.desk.agent.id if self.desk else 0
        told = [one for one in event.changes if one.kind in _ANSWERS and one.agent_id != me]
        parsed = [ids.parse(ids.PROMISE, one.subject or "") for one in told]
        answered = [promise_id for promise_id in parsed if promise_id is not None]
        if answered and self.asking is not None:
            self.asking.look_up(
                "answers about promises",
                lambda desk: desk.promising.answered(answered),
                self._tell_taken,
                lambda error: self.warn("A colleague answered", error),
            )

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Whoever opens somebody from what is offered to them hears how it is answered."""
        row: Row = event.key
        if row.kind == "promise" and row.section == "offered":
            from agent_tui.tui.screens.handing_deeds import short

            giver = first_name(row.record.offered_by or "A colleague")
            keys = f"{self.key_for('brief')}, then {key_name(self.app.keys.keys['act'][0])}"
            offered = f"{giver} offers you: {short(row.record)}"
            words = f"{offered}. {keys} on its line: accept or decline."
            self.app.notify(words, timeout=TOLD_S, markup=False)

    def _tell_taken(self, answered: Sequence[Promise]) -> None:
        from agent_tui.tui.screens.handing_deeds import short

        for one in answered:
            taken = one.offered_by_id is None
            words = f"{one.owner} took over" if taken else "A colleague declined"
            self.app.notify(f"{words}: {short(one)}", timeout=TOLD_S, markup=False)

    def on_colleagues_arrived(self, event: messages.ColleaguesArrived) -> None:
        """Go on with whatever they were asked for."""
        event.then(event.colleagues)
