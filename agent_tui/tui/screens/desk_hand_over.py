"""The desk's hand-overs: a conversation offered to a colleague, read, accepted or declined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids
from agent_tui.text.cells import pad
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_calls import CallsOfDesk
from agent_tui.tui.screens.desk_records import RecordsOfDesk
from agent_tui.tui.widgets.bars import STATE_WORDS
from agent_tui.tui.widgets.ink import Ink, Span, line
from agent_tui.tui.widgets.wording import caller, first_name, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.hand_overs import HandOver, HandOverBrief, Offered
    from agent_tui.domain.values.people import Agent, Interaction
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui import messages
    from agent_tui.tui.screens.hand_over_brief import HandOverSheet
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.rows import Row

HAND_OVER_KEY = "o"
TOLD_S = 12
"""How long it stays that a colleague has answered, in seconds."""
_ANSWERS = ("hand_over.accepted", "hand_over.declined")


class HandOversOfDesk(RecordsOfDesk, CallsOfDesk):
    """Offers conversations to colleagues and shows what they offer; nothing opens by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: HandOverSheet | None = None
        self._left_waiting: set[int] = set()
        """Offers that were read here and left open: they wait in Today, behind the calls."""
        self.deeds.add("interaction", self._deeds_of_conversation)
        self.deeds.add("hand_over", self._deeds_of_hand_over)

    # -- offered to this agent

    @property
    def handed_first(self) -> HandOver | None:
        """What stands in the strip: the first offer that was not read here, unless one rings."""
        rings = any(state_of(call) == "ringing" for call in self.calls_elsewhere)
        handed = () if self.today_now is None else self.today_now.handed
        unread = [one for one in handed if one.id not in self._left_waiting]
        return None if rings or not unread else unread[0]

    def show_strip(self) -> None:
        """An offer stands before the calls that do not ring."""
        handed = self.handed_first
        if handed is None:
            super().show_strip()
        else:
            calls = len(self.calls_elsewhere)
            self.strip.show_hand_over(handed, calls, self.key_for("take"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "take" and self.handed_first is not None:
            return True
        return super().check_action(action, parameters)

    def action_take(self) -> None:
        """Open what stands in the strip."""
        handed = self.handed_first
        if handed is None:
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
                self._left_waiting.add(one.id)
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

    def _deeds_of_hand_over(self, one: HandOver) -> Sequence[Deed]:
        """What can be answered to an offer, by whoever it is about."""
        me = self.desk.agent.id if self.desk else 0
        read = Deed("r", "read what there is to know", lambda: self.read_hand_over(one.id))
        if one.taker_id == me and one.state == "open":
            return (
                read,
                Deed("a", "accept: it is yours from then on", lambda: self._accept_it(one)),
                Deed("d", "decline, and why", lambda: self._decline_it(one)),
            )
        if one.giver_id != me:
            return (read,)
        words = "ask nobody any more" if one.state == "open" else "seen: it came back"
        again = Deed("h", "hand it to somebody else", lambda: self._hand_over(one.call))
        return (read, Deed("x", words, lambda: self._take_back_it(one)), again)

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

        def typed(reason: str | None) -> None:
            if reason is not None:
                self.do(
                    Act(
                        f"declined: {caller(one.call)}",
                        lambda desk: desk.handing_over.decline(one.id, reason, version=one.version),
                        typed=reason,
                        again=lambda why: self._decline_it(one, reason, why),
                    )
                )

        hint = f"{first_name(one.giver)} reads it; empty is fine. Esc: it waits."
        question = f"Decline {caller(one.call)}, because?"
        self.app.push_screen(TypeWords(question, value=words, hint=hint, refused=refused), typed)

    def _take_back_it(self, one: HandOver) -> None:
        said = "nobody is asked any more" if one.state == "open" else "seen, it came back"
        self.do(
            Act(
                f"{said}: {caller(one.call)}",
                lambda desk: desk.handing_over.take_back(one.id, version=one.version),
            )
        )

    # -- offered by this agent

    def _deeds_of_conversation(self, call: Interaction) -> Sequence[Deed]:
        """To hand it to a colleague; or what became of that."""
        if call.state == "wrapped_up" or call.agent_id is None:
            return ()
        now = self.today_now
        offers = () if now is None else (*now.handing, *now.handed_back, *now.handed)
        offer = next((one for one in offers if one.call.id == call.id), None)
        if offer is None:
            words = "hand it over to a colleague"
            return (Deed(HAND_OVER_KEY, words, lambda: self._hand_over(call)),)
        return (Deed(HAND_OVER_KEY, self._words_of(offer), lambda: self._offer_again(offer)),)

    def _words_of(self, one: HandOver) -> str:
        if self.desk is not None and one.taker_id == self.desk.agent.id:
            return f"{first_name(one.giver)} hands it to you: accept or decline"
        taker = first_name(one.taker)
        is_open = one.state == "open"
        return f"{taker} is asked to take it over" if is_open else f"{taker} declined it"

    def _offer_again(self, one: HandOver) -> None:
        self.offer(self._words_of(one), self._deeds_of_hand_over(one))

    def action_hand_over(self) -> None:
        """Hand the chosen promise over; where none is chosen, the conversation."""
        current = self.current
        if current is not None and current[0] == "promise":
            super().action_hand_over()
            return
        if current is not None and current[0] == "hand_over":
            self._offer_again(current[1])
            return
        call = self.call
        if call is None:
            self.app.notify(
                "Choose a promise of ours, or open a conversation: then it can be handed over.",
                markup=False,
            )
        else:
            self._hand_over(call)

    def _hand_over(self, call: Interaction) -> None:
        """Ask which colleague is to take a conversation over."""
        typed = self.note_line.text if call == self.call else ""

        def read(desk: Desk) -> tuple[list[Agent], HandOverBrief]:
            return desk.staffing.everybody(), desk.handing_over.preview(call.id, typed)

        def failed(error: AgentTuiError) -> None:
            self.warn("Not handed over", error)

        if self.asking is not None:
            self.asking.look_up("hand-over", read, lambda found: self._choose_taker(*found), failed)

    def _choose_taker(self, agents: Sequence[Agent], brief: HandOverBrief) -> None:
        from agent_tui.tui.screens.prompts import ChooseOne

        call = brief.hand_over.call
        me = self.desk.agent.id if self.desk else 0
        others = [one for one in agents if one.id not in (me, call.agent_id)]
        others.sort(key=lambda one: (list(STATE_WORDS).index(one.state), one.name))
        if not others or self.app.screen is not self:
            if not others:
                self.app.notify("There is nobody else to hand it to.", markup=False)
            return
        names = max(len(one.name) for one in others)
        rows = [self._agent_row(one, names) for one in others]

        def chosen(to: Any) -> None:
            if to is not None:
                self._say_what_was_tried(brief, to)

        prompt = ChooseOne(f"Hand {caller(call)} over to whom?", rows)
        prompt.in_the_way = "hand_over"
        self.app.push_screen(prompt, chosen)

    def _agent_row(self, one: Agent, names: int) -> Any:
        since, here = "", self.here
        if one.state != "ready" and one.state_since is not None:
            since = f" for {ages.ago(one.state_since, here.now, here.zone)}"
        ink: Ink = "act" if one.state == "away" else "dim"
        state = Span(f"{STATE_WORDS[one.state]}{since}", ink)
        name = Span(f"  {pad(one.name, names)}  ")
        return line(name, Span(f"@{one.handle}", "dim"), right=(state,), key=one)

    def _say_what_was_tried(
        self, brief: HandOverBrief, to: Agent, words: str | None = None, refused: str = ""
    ) -> None:
        from agent_tui.tui.screens.hand_over_brief import OfferHandOver

        def typed(tried: str | None) -> None:
            if tried is not None:
                self._send(brief, to, tried)

        value = (brief.hand_over.tried or "") if words is None else words
        screen = OfferHandOver(brief, to, self.here, value=value, refused=refused)
        self.app.push_screen(screen, typed)

    def _send(self, brief: HandOverBrief, to: Agent, tried: str) -> None:
        call = brief.hand_over.call
        made: list[Offered] = []

        def say_remarks() -> None:
            for remark in made[0].remarks:
                self.app.notify(remark, timeout=TOLD_S, markup=False)

        self.do(
            Act(
                f"{to.name} is asked: {caller(call)}",
                lambda desk: made.append(desk.handing_over.offer(call.id, to.handle, tried)),
                lambda desk: desk.handing_over.take_back(made[0].id),
                typed=tried,
                again=lambda why: self._say_what_was_tried(brief, to, tried, why),
                then=say_remarks,
            )
        )
