"""The desk's promises between colleagues: offered, accepted, declined; and the number to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.screens.asks import TypeWords, yes_or_no
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.prompts import ChooseOne
from agent_tui.tui.widgets.ink import Span, line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agent_tui.domain.values.promises import Promise
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk

_SAID = 40


class HandingDeeds:
    """Offers what can be done with a promise besides closing it."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def offered_deeds(self, promise: Promise) -> Sequence[Deed]:
        """What can be answered to a promise that was offered to this agent."""
        if not promise.is_offered_to(self._me):
            return ()
        return (
            Deed("a", "accept: it is yours from then on", lambda: self._accept(promise)),
            Deed("d", "decline", lambda: self._decline(promise)),
        )

    def handing_deeds(self, promise: Promise) -> Sequence[Deed]:
        """Handing a promise over, and the number to call back."""
        if promise.state != "open":
            return ()
        deeds = []
        if promise.side == "ours":
            deeds.append(Deed("h", "hand it over", lambda: self.hand_over(promise)))
        if promise.offered_by_id is not None and promise.offered_by_id == self._me:
            words = "ask nobody any more" if promise.offered_to_id else "seen: it came back"
            deeds.append(Deed("x", words, lambda: self._take_back(promise)))
        deeds.append(Deed("c", "the number to call back", lambda: self._set_contact(promise)))
        if promise.contact and promise.read_back_at is None:
            words = f"{promise.contact} was read back, and is right"
            deeds.append(Deed("r", words, lambda: self._read_back(promise)))
        return deeds

    @property
    def _me(self) -> int:
        return self._screen.desk.agent.id if self._screen.desk else 0

    def _accept(self, promise: Promise) -> None:
        self._screen.do(
            Act(
                f"yours now: {short(promise)}",
                lambda desk: desk.promising.accept(promise.id, version=promise.version),
            )
        )

    def _decline(self, promise: Promise) -> None:
        def write(sure: bool) -> None:
            if sure:
                self._screen.do(
                    Act(
                        f"declined: {short(promise)}",
                        lambda desk: desk.promising.decline(promise.id, version=promise.version),
                    )
                )

        yes_or_no(
            self._screen.app, f"Decline it? {promise.offered_by or 'Who asked'} sees that", write
        )

    def hand_over(self, promise: Promise) -> None:
        """Ask which colleague is to take it over."""
        if self._screen.asking is not None:
            self._screen.app.typed_ahead.expect()
            self._screen.asking.colleagues(lambda known: self._choose_colleague(promise, known))

    def _choose_colleague(self, promise: Promise, colleagues: Mapping[str, str]) -> None:
        me = self._screen.desk.agent.handle if self._screen.desk else ""
        rows = [
            line(Span(f"  {name}"), Span(f"   @{handle}", "dim"), key=handle)
            for handle, name in sorted(colleagues.items(), key=lambda one: one[1])
            if handle != me and name != promise.owner
        ]
        if not rows:
            self._screen.app.notify("There is nobody else to hand it to.", markup=False)
            self._screen.app.typed_ahead.go_on()
            return

        def chosen(handle: Any) -> None:
            if handle is not None:
                self._screen.do(
                    Act(
                        f"{colleagues[handle]} is asked: {short(promise)}",
                        lambda desk: desk.promising.hand_over(
                            promise.id, handle, version=promise.version
                        ),
                        lambda desk: desk.promising.take_back(promise.id),
                        offered=lambda: ids.show(ids.PROMISE, promise.id),
                    )
                )

        prompt = ChooseOne(f"Hand “{short(promise)}” over to whom?", rows)
        self._screen.app.push_screen(prompt, chosen)

    def _take_back(self, promise: Promise) -> None:
        self._screen.do(
            Act(
                f"nobody is asked any more: {short(promise)}",
                lambda desk: desk.promising.take_back(promise.id, version=promise.version),
            )
        )

    def _set_contact(self, promise: Promise, words: str | None = None, refused: str = "") -> None:
        before = promise.contact
        asked = Asked(ids.show(ids.PROMISE, promise.id), "number")

        def typed(number: str | None) -> None:
            if number is not None:
                self._screen.do(
                    Act(
                        f"to call back: {number or 'no number'}",
                        lambda desk: desk.promising.set_contact(promise.id, number),
                        lambda desk: desk.promising.set_contact(promise.id, before),
                        typed=number,
                        again=lambda why: self._set_contact(promise, number, why),
                        asked=asked,
                    )
                )

        value = before or "" if words is None else words
        key = self._screen.key_for("act")
        hint = f"Enter keeps it; read it back, then {key} r. Empty: no number."
        question = "Which number is to be called back?"
        prompt = TypeWords(question, value=value, hint=hint, refused=refused, asked=asked)
        self._screen.app.push_screen(prompt, typed)

    def _read_back(self, promise: Promise) -> None:
        self._screen.do(
            Act(
                f"read back: {promise.contact}",
                lambda desk: desk.promising.read_back(promise.id, version=promise.version),
                lambda desk: desk.promising.set_contact(promise.id, promise.contact),
            )
        )


def short(promise: Promise) -> str:
    """A promise as a toast names it."""
    return cut(" ".join(promise.text.split()), _SAID)
