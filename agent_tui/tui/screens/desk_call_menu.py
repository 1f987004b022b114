"""What can be said about the conversation on the screen: verified, why on hold, wrong person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.domain.values.verification import VERIFICATIONS
from agent_tui.text.cells import cut
from agent_tui.tui.actions import key_name
from agent_tui.tui.clipboard import copy_text
from agent_tui.tui.screens.connected import COLLEAGUES_KEY, MOVE_KEY, NEW_KEY, VERIFY_KEY
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_calls import CallsOfDesk
from agent_tui.tui.screens.desk_copying import CopyingOfDesk
from agent_tui.tui.screens.desk_met import MetOfDesk
from agent_tui.tui.screens.desk_sent import SentOfDesk
from agent_tui.tui.screens.desk_strip import StripOfDesk
from agent_tui.tui.screens.desk_talk import is_written
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent_tui.domain.values.people import Interaction
    from agent_tui.services.desk import Desk

OTHERWISE = "in another way…"
NOT_VERIFIED = "not verified after all"
_SHOWN = 40


class CallMenuOfDesk(StripOfDesk, SentOfDesk, CopyingOfDesk, MetOfDesk, CallsOfDesk):
    """Offers what can be done with the conversation on hand."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds.add("interaction", self._deeds_of_call)

    def action_call_menu(self) -> None:
        """Offer what can be done with the conversation on hand."""
        call = self.call if self.call is not None else next(iter(self.answerable), None)
        count = self.calls_with_colleagues
        theirs = Deed(
            COLLEAGUES_KEY, f"{count} with colleagues: open one", self.choose_with_colleagues
        )
        if call is None:
            offered = [*self._deeds_of_calling(), *self.deeds_of_strip()]
            offered += [theirs] if count else []
            if offered:
                self.offer("No conversation is on hand", offered)
            else:
                self.app.notify("Open somebody first, or take a call.", markup=False)
            return
        deeds = list(self._deeds_of_call(call))
        keys = {deed.key for deed in deeds}
        deeds += [deed for deed in self.deeds.of("interaction", call) if deed.key not in keys]
        if not self.message_keeper.is_empty:
            deeds.append(Deed("t", "copy the text that is being written", self._copy_typed))
        if self.whom.opened is not None:
            deeds.append(Deed("s", "search all that was said", self.action_search_here))
        deeds += self.deeds_of_strip()
        if count:
            deeds.append(theirs)
        self.offer(f"{call.channel}, {caller(call)}", deeds)

    def _deeds_of_calling(self) -> Sequence[Deed]:
        """Whoever is open can be called: what is said, and how they are verified, is kept there."""
        customer_id, name = self.whom.opened, self.whom.name
        if customer_id is None:
            return ()

        def call_out(then: Callable[[Interaction], None], *, asks: bool = False) -> None:
            made: list[Interaction] = []

            def work(desk: Desk) -> None:
                made.append(desk.browsing.one(desk.conversing.call_out(customer_id)))

            def go_on() -> None:
                if self.whom.opened == customer_id:
                    self.open(customer_id, call_id=made[0].id, focus=False)
                if self.asking is not None:
                    self.asking.live()
                then(made[0])

            self.do(Act(f"a call to {name} is open", work, then=go_on, asks=asks))

        return (
            Deed("p", "I call them: a conversation begins", lambda: call_out(lambda _call: None)),
            Deed(
                VERIFY_KEY,
                "I call them, and they are verified: how?",
                lambda: call_out(self._verify, asks=True),
            ),
        )

    def _deeds_of_call(self, call: Interaction) -> Sequence[Deed]:
        deeds = []
        if call.agent_id is None and call.state != "wrapped_up":
            deeds.append(Deed("m", "make it mine", lambda: self._take_over(call)))
        if call.state != "wrapped_up":
            now = f": {call.verified_how}" if call.verified_how else ""
            deeds.append(Deed(VERIFY_KEY, f"verified, and how{now}", lambda: self._verify(call)))
        if call.state == "on_hold":
            now = f": {call.hold_reason}" if call.hold_reason else ""
            deeds.append(Deed("h", f"why they are on hold{now}", lambda: self._say_why(call)))
        deeds.extend(self.deeds_of_met(call))
        if call.customer_id is not None:
            deeds.append(Deed(MOVE_KEY, self._words_of_move(call), lambda: self._move(call)))
            words = "wrong person: nobody we know, a new one…"
            deeds.append(Deed(NEW_KEY, words, lambda: self._move_to_new(call)))
        if call.id in [one.id for one in self.answerable] and not is_written(call):
            deeds.append(Deed("l", "mark a line of what is said", self.action_reply))
        if call.peer:
            deeds.append(Deed("c", f"copy {call.peer}", lambda: self._copy_number(call)))
        return deeds

    def _take_over(self, call: Interaction) -> None:
        self.do(Act("it is yours now", lambda desk: desk.conversing.take_over(call.id)))

    # -- verified

    def _verify(self, call: Interaction, otherwise: str = "") -> None:
        """Ask how; `otherwise` was typed before. Esc behind the list comes back to it."""
        from agent_tui.tui.screens.prompts import ChooseOne

        choices = [*VERIFICATIONS, OTHERWISE, *([NOT_VERIFIED] if call.verified_how else [])]
        rows = [line(Span(f"  {words}"), key=words) for words in choices]

        def chosen(how: str | None) -> None:
            if how == OTHERWISE:
                self._verify_otherwise(call, otherwise)
            elif how is not None:
                self._verified(call, None if how == NOT_VERIFIED else how)

        prompt = ChooseOne(f"How was {caller(call)} verified?", rows)
        prompt.in_the_way = "verification"
        self.app.push_screen(prompt, chosen)

    def _verify_otherwise(self, call: Interaction, words: str = "", refused: str = "") -> None:
        from agent_tui.tui.screens.asks import BACK, TypeWords

        def typed(how: str | None) -> None:
            if how is None:
                self._verify(call, prompt.words)
            elif how.strip():
                self._verified(call, how)

        hint = "The method, never what they answered."
        question = f"How was {caller(call)} verified?"
        asked = Asked(ids.show(ids.INTERACTION, call.id), "verified")
        prompt = TypeWords(
            question, value=words, hint=hint, refused=refused, leaves=BACK, asked=asked
        )
        prompt.in_the_way = "verification"
        self.app.push_screen(prompt, typed)

    def _verified(self, call: Interaction, how: str | None) -> None:
        before = call.verified_how
        again = None if how is None else lambda why: self._verify_otherwise(call, how or "", why)
        self.do(
            Act(
                f"verified: {cut(how, _SHOWN)}" if how else "not verified",
                lambda desk: desk.conversing.verify(call.id, how),
                lambda desk: desk.conversing.verify(call.id, before),
                typed=how or "",
                again=again,
                asked=Asked(ids.show(ids.INTERACTION, call.id), "verified"),
            )
        )

    # -- on hold

    def _say_why(self, call: Interaction, words: str | None = None, refused: str = "") -> None:
        from agent_tui.tui.screens.asks import TypeWords

        before = call.hold_reason or ""
        asked = Asked(ids.show(ids.INTERACTION, call.id), "hold")

        def typed(reason: str | None) -> None:
            if reason is None:
                return
            self.do(
                Act(
                    f"on hold: {cut(reason, _SHOWN)}" if reason.strip() else "no reason given",
                    lambda desk: desk.conversing.say_hold_reason(call.id, reason),
                    lambda desk: desk.conversing.say_hold_reason(call.id, before),
                    typed=reason,
                    again=lambda why: self._say_why(call, reason, why),
                    asked=asked,
                    stands=lambda: self._is_on_hold(call.id),
                )
            )

        value = before if words is None else words
        hint = "What they wait for, so that whoever looks can tell them."
        question = f"Why is {caller(call)} on hold?"
        prompt = TypeWords(question, value=value, hint=hint, refused=refused, asked=asked)
        self.app.push_screen(prompt, typed)

    def _is_on_hold(self, call_id: int) -> bool:
        return any(one.id == call_id and one.state == "on_hold" for one in self.calls.live)

    # -- the wrong person

    def _shown_instead(self, call: Interaction) -> tuple[int, str] | None:
        """Somebody whom the context shows and who is not the one the call is with: their id, and
        their name with what tells them from others of that name."""
        records = self.whom.records
        if records is None or self.whom.looked_at in (None, call.customer_id):
            return None
        customer = records.dossier.customer
        if customer.id != self.whom.looked_at:
            return None
        from agent_tui.domain.values.people import with_place

        return customer.id, with_place(customer.name, customer.city, customer.company)

    def _words_of_move(self, call: Interaction) -> str:
        shown = self._shown_instead(call)
        if shown is None:
            return "wrong person: find the right one"
        return f"wrong person: this is {cut(shown[1], _SHOWN)}"

    def _move(self, call: Interaction) -> None:
        """Move the call to whoever is shown instead; or find them first."""
        shown, wrong = self._shown_instead(call), call.customer_id
        if wrong is None:
            return
        key = key_name(self.app.keys.keys["call_menu"][0])
        title = f"Not {caller(call)}?"
        words = f"Find the right person; then {key} {MOVE_KEY} moves the conversation to them."
        if shown is None:
            self.app.notify(words, title=title, timeout=10, markup=False)
            self.finder.start()
            return
        self.app.unsay(f"{title} · {words}")
        right, name = shown
        self.do(
            Act(
                f"moved from {call.customer or 'nobody'} to {name}",
                lambda desk: desk.conversing.move(call.id, right),
                lambda desk: desk.conversing.move(call.id, wrong),
                then=lambda: self._open_moved(call, right),
                undone=lambda: self._open_moved_back(call, right, wrong),
            )
        )

    def _move_to_new(self, call: Interaction, typed_before: str = "", refused: str = "") -> None:
        """Move the call to a new person, whose name is asked for; undone, the new one stays."""
        from agent_tui.tui.screens.questions import what_name

        wrong = call.customer_id
        if wrong is None:
            return
        asked = Asked(ids.show(ids.INTERACTION, call.id), "name")
        made: list[int] = []

        def typed(name: str) -> None:
            def work(desk: Desk) -> None:
                made.append(desk.conversing.move_to_new(call.id, name))

            self.do(
                Act(
                    f"moved from {call.customer or 'nobody'} to a new person",
                    work,
                    lambda desk: desk.conversing.move(call.id, wrong),
                    typed=name,
                    again=lambda why: self._move_to_new(call, name, why),
                    asked=asked,
                    then=lambda: self._open_moved(call, made[-1]),
                    undone=lambda: self._open_moved_back(call, made[-1], wrong),
                )
            )

        what_name(self.app, call, asked, typed, value=typed_before, refused=refused)

    def _open_moved(self, call: Interaction, customer_id: int) -> None:
        self.finder.clear()
        self.open(customer_id, call_id=call.id)

    def _open_moved_back(self, call: Interaction, right: int, wrong: int) -> None:
        """Who was there before is open again, unless the agent has turned to somebody else; where
        they are writing, they write on."""
        if self.whom.opened == right:
            self.open(wrong, call_id=call.id, focus=False)

    def _copy_typed(self) -> None:
        from agent_tui.text.redaction import mask_cards

        copy_text(self.app, mask_cards(self.composer.text).text)

    def _copy_number(self, call: Interaction) -> None:
        copy_text(self.app, call.peer or "", "the number")
