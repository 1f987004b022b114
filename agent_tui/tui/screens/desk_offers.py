"""A conversation offered to a colleague: whom, what was tried, sent; taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import pad
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_calls import CallsOfDesk
from agent_tui.tui.screens.desk_records import TOLD_S, RecordsOfDesk
from agent_tui.tui.widgets.bars import STATE_WORDS
from agent_tui.tui.widgets.ink import Ink, Span, line
from agent_tui.tui.widgets.wording import caller, first_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.agents import Agent
    from agent_tui.domain.values.hand_overs import HandOver, HandOverBrief, Offered
    from agent_tui.domain.values.people import Interaction
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk

HAND_OVER_KEY = "o"
TAKE_KEY = "m"
"""The key that makes a conversation mine in the menu of calls, too."""


class OffersOfDesk(RecordsOfDesk, CallsOfDesk):
    """Offers conversations to colleagues."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds.add("interaction", self._deeds_of_conversation)

    def _take_back_it(self, one: HandOver) -> None:
        said = "nobody is asked any more" if one.state == "open" else "seen, it came back"
        self.do(
            Act(
                f"{said}: {caller(one.call)}",
                lambda desk: desk.handing_over.take_back(one.id, version=one.version),
            )
        )

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

    def deeds_of_hand_over(self, one: HandOver) -> Sequence[Deed]:
        """What can be done with an offer, here by its giver."""
        if self.desk is None or one.giver_id != self.desk.agent.id:
            return ()
        words = "ask nobody any more" if one.state == "open" else "seen: it came back"
        return (
            Deed("x", words, lambda: self._take_back_it(one)),
            Deed("h", "hand it to somebody else", lambda: self._hand_over(one.call)),
        )

    def _words_of(self, one: HandOver) -> str:
        if self.desk is not None and one.taker_id == self.desk.agent.id:
            return f"{first_name(one.giver)} hands it to you: accept or decline"
        taker = first_name(one.taker)
        is_open = one.state == "open"
        return f"{taker} is asked to take it over" if is_open else f"{taker} declined it"

    def _offer_again(self, one: HandOver) -> None:
        self.offer(self._words_of(one), self.deeds_of_hand_over(one))

    def action_hand_over(self) -> None:
        """Hand the chosen promise or conversation over; where none is, the one on the screen."""
        current = self.current
        if current is not None and current[0] == "promise":
            super().action_hand_over()
            return
        if current is not None and current[0] == "hand_over":
            self._offer_again(current[1])
            return
        call = current[1] if current is not None and current[0] == "interaction" else self.call
        if call is None:
            self.app.notify(
                "Choose a promise of ours, or open a conversation: then it can be handed over.",
                markup=False,
            )
        elif call.agent_id is None:
            self._take_to_hand_over(call)
        else:
            self._hand_over(call)

    def _take_to_hand_over(self, call: Interaction) -> None:
        """Only who has a conversation hands it over: this one is nobody's yet."""
        from agent_tui.tui.screens.prompts import ChooseKey

        def chosen(key: str | None) -> None:
            if key is not None:
                self.do(
                    Act(
                        f"yours now: {caller(call)}",
                        lambda desk: desk.conversing.take_over(call.id),
                        then=lambda: self._hand_over(call),
                        asks=True,
                    )
                )

        answers = [(TAKE_KEY, "make it mine, then hand it over")]
        self.app.push_screen(ChooseKey("Nobody has this conversation yet", answers), chosen)

    def _hand_over(self, call: Interaction) -> None:
        """Ask which colleague is to take a conversation over."""
        typed = self.note_line.text if call == self.call else ""

        def read(desk: Desk) -> tuple[list[Agent], HandOverBrief]:
            return desk.staffing.everybody(), desk.handing_over.preview(call.id, typed)

        def failed(error: AgentTuiError) -> None:
            self.warn("Not handed over", error)

        if self.asking is not None:
            self.app.typed_ahead.expect()
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
            self.app.typed_ahead.go_on()
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
                asked=Asked(ids.show(ids.INTERACTION, call.id), "tried"),
                then=say_remarks,
                offered=lambda: ids.show(ids.HAND_OVER, made[0].id),
            )
        )
