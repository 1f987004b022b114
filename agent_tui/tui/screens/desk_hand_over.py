"""The desk's hand-overs: what a colleague offers, read, accepted or declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_offers import OffersOfDesk
from agent_tui.tui.screens.desk_records import TOLD_S
from agent_tui.tui.widgets.wording import caller, first_name, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.hand_overs import HandOver, HandOverBrief
    from agent_tui.domain.values.people import Interaction
    from agent_tui.tui import messages
    from agent_tui.tui.screens.hand_over_brief import HandOverSheet
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.rows import Row

_ANSWERS = ("hand_over.accepted", "hand_over.declined")


class HandOversOfDesk(OffersOfDesk):
    """Shows what colleagues offer, and what they answered; nothing opens by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: HandOverSheet | None = None
        self._let_pass: set[int] = set()
        """Offers that were read here and left open: each lets one caller of the strip go before."""
        self.deeds.add("hand_over", self.deeds_of_hand_over)

    # -- offered to this agent

    @property
    def handed_first(self) -> HandOver | None:
        """What stands in the strip: the first offer that is not answered, unless one rings. An
        offer that was read and left lets a caller go before it, once."""
        if any(state_of(call) == "ringing" for call in self.calls_elsewhere):
            return None
        handed = () if self.today_now is None else self.today_now.handed
        if not self.calls_in_strip:
            return next(iter(handed), None)
        return next((one for one in handed if one.id not in self._let_pass), None)

    def show_strip(self) -> None:
        """An offer stands before the calls that do not ring."""
        handed = self.handed_first
        if handed is None:
            super().show_strip()
        else:
            calls = len(self.calls_elsewhere)
            self.strip.show_hand_over(handed, calls, self.key_for("take"))
            self.app.places.show_edges()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "take" and self.handed_first is not None:
            return True
        return super().check_action(action, parameters)

    def is_offered(self, action_id: str) -> bool:
        """Whether an action stands in the footer; the strip itself names the key of an offer."""
        if action_id == "take" and self.handed_first is not None:
            return False
        return super().is_offered(action_id)

    def action_take(self) -> None:
        """Open what stands in the strip."""
        handed = self.handed_first
        if handed is None:
            self._let_pass.clear()
            super().action_take()
        else:
            self.read_hand_over(handed.id)

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """A hand-over in Today is read."""
        row: Row = event.key
        if row.kind == "hand_over":
            self.read_hand_over(row.id)

    def on_today_arrived(self, _event: messages.TodayArrived) -> None:
        """What is offered may be something else now."""
        self.show_strip()

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """Tell what a colleague answered; what is read of an offer follows it."""
        told = [one for one in event.changes if one.kind.startswith("hand_over.") and one.subject]
        if not told or self.desk is None:
            return
        me = self.desk.agent.id
        answered = [one for one in told if one.kind in _ANSWERS and one.agent_id != me]
        parsed = [ids.parse(ids.HAND_OVER, one.subject or "") for one in answered]
        answers = [hand_over_id for hand_over_id in parsed if hand_over_id is not None]
        if answers and self.asking is not None:
            self.asking.look_up(
                "answers of colleagues",
                lambda desk: [desk.handing_over.one(hand_over_id) for hand_over_id in answers],
                self._tell_answers,
                lambda error: self.warn("A colleague answered", error),
            )
        if self._sheet is not None:
            self._look_again(self._sheet)

    def _tell_answers(self, answered: Sequence[HandOver]) -> None:
        for one in answered:
            if self.desk is None or one.giver_id != self.desk.agent.id:
                continue
            if one.state == "accepted":
                words = f"{one.taker} took {caller(one.call)} over"
            else:
                why = f": {one.reason}" if one.reason else ""
                words = f"{one.taker} declined {caller(one.call)}{why}"
            self.app.notify(words, timeout=TOLD_S, markup=False)

    # -- read, and answered

    def read_hand_over(self, hand_over_id: int) -> None:
        """Show what matters of a conversation that is handed over."""
        if self.asking is not None:
            self.app.typed_ahead.expect()
            self.asking.look_up(
                "hand-over",
                lambda desk: desk.handing_over.brief(hand_over_id),
                self._show_hand_over,
                lambda error: self.warn("The hand-over", error),
            )

    def _show_hand_over(self, brief: HandOverBrief) -> None:
        from agent_tui.tui.screens import hand_over_brief as screens

        if self.desk is None or self.app.screen is not self:
            return
        sheet = screens.HandOverSheet(brief, self.here, self.desk.agent.id)

        def answered(key: str | None) -> None:
            self._sheet = None
            one = sheet.brief.hand_over
            if key == screens.ACCEPT:
                self._accept_it(one)
            elif key == screens.DECLINE:
                self._decline_it(one)
            elif key == screens.TAKE_BACK:
                self._take_back_it(one)
            elif key == screens.OPEN:
                self._turn_to(one.call)
            else:
                self._let_pass.add(one.id)
                self.show_calls()

        self._sheet = sheet
        self.app.push_screen(sheet, answered)

    def _look_again(self, sheet: HandOverSheet) -> None:
        def show(brief: HandOverBrief) -> None:
            if self._sheet is sheet:
                sheet.show(brief)

        hand_over_id = sheet.brief.hand_over.id
        if self.asking is not None:
            self.asking.look_up(
                "hand-over",
                lambda desk: desk.handing_over.brief(hand_over_id),
                show,
                lambda error: self.warn("The hand-over", error),
            )

    def deeds_of_hand_over(self, one: HandOver) -> Sequence[Deed]:
        """What can be done with an offer, by whoever it is about."""
        read = Deed("r", "read what there is to know", lambda: self.read_hand_over(one.id))
        if self.desk is None or one.taker_id != self.desk.agent.id or one.state != "open":
            return (read, *super().deeds_of_hand_over(one))
        return (
            read,
            Deed("a", "accept: it is yours from then on", lambda: self._accept_it(one)),
            Deed("d", "decline, and why", lambda: self._decline_it(one)),
        )

    def _accept_it(self, one: HandOver) -> None:
        self.do(
            Act(
                f"yours now: {caller(one.call)}",
                lambda desk: desk.handing_over.accept(one.id, version=one.version),
                then=lambda: self._turn_to(one.call),
            )
        )

    def _turn_to(self, call: Interaction) -> None:
        """Open the conversation, with whoever it is."""
        self.finder.clear()
        if call.customer_id is not None:
            self.open(call.customer_id, call_id=call.id)
        else:
            self.take_on_hand(call.id)

    def _decline_it(self, one: HandOver, words: str = "", refused: str = "") -> None:
        from agent_tui.tui.screens.asks import TypeWords

        asked = Asked(ids.show(ids.INTERACTION, one.call.id), "decline")

        def typed(reason: str | None) -> None:
            if reason is not None:
                self.do(
                    Act(
                        f"declined: {caller(one.call)}",
                        lambda desk: desk.handing_over.decline(one.id, reason, version=one.version),
                        typed=reason,
                        again=lambda why: self._decline_it(one, reason, why),
                        asked=asked,
                    )
                )

        hint = f"{first_name(one.giver)} reads it; empty is fine. Esc: it waits."
        question = f"Decline {caller(one.call)}, because?"
        prompt = TypeWords(question, value=words, hint=hint, refused=refused, asked=asked)
        self.app.push_screen(prompt, typed)
