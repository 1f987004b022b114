"""The desk's promises: kept, moved, told, withdrawn, broken, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.tui.screens.asks import TypeDue, TypeWords, yes_or_no
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.handing_deeds import short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from agent_tui.domain.values.promises import Promise
    from agent_tui.services.desk import Desk
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk

    End = Callable[[Desk, str, bool, int | None], None]
    """Ends a promise: with the reason, whether they were told, and the version on the screen."""


class PromiseDeeds:
    """Offers what can be done with a promise, ours or theirs."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def closing_deeds(self, promise: Promise) -> Sequence[Deed]:
        """How it may end, and that they were told; an ended one can be opened again."""
        if promise.state != "open":
            return [Deed("o", "open it again", lambda: self._reopen(promise))]
        deeds = [
            Deed("k", "kept", lambda: self._keep(promise)),
            Deed("m", "move it to another time", lambda: self._move(promise)),
            Deed("w", "withdraw it, with a reason", lambda: self._withdraw(promise)),
            Deed("b", "not kept, with a reason", lambda: self._break(promise)),
        ]
        if promise.told_at is None and promise.side == "ours":
            deeds.append(Deed("t", "told them that it will be late", lambda: self._tell(promise)))
        return deeds

    def _keep(self, promise: Promise) -> None:
        self._screen.do(
            Act(
                f"kept: {short(promise)}",
                lambda desk: desk.promising.keep(promise.id, version=promise.version),
                _reopened(promise),
            )
        )

    def _move(self, promise: Promise, words: str = "", refused: str = "") -> None:
        """Ask for another time, then whether they know; Esc there comes back here."""
        desk = self._screen.desk
        if desk is None:
            return
        version = None if refused else promise.version
        asked = Asked(ids.show(ids.PROMISE, promise.id), "move")

        def typed(due: str | None) -> None:
            if due is None:
                return

            def write(told: bool) -> None:
                self._screen.do(
                    Act(
                        f"moved to {self._when(desk.capturing.due(due))}: {short(promise)}",
                        lambda desk: desk.promising.renegotiate(
                            promise.id, desk.capturing.due(due), told=told, version=version
                        ),
                        _reopened(promise),
                        typed=due,
                        again=lambda why: self._move(promise, due, why),
                        asked=asked,
                    )
                )

            self._ask_told(promise, write, lambda: self._move(promise, due))

        question = f"Until when? {promise.text}"
        prompt = TypeDue(
            question,
            desk.capturing.due_and_doubt,
            lambda: self._screen.here,
            value=words,
            refused=refused,
            asked=asked,
        )
        self._screen.app.push_screen(prompt, typed)

    def _when(self, due: datetime) -> str:
        here = self._screen.here
        return f"{ages.weekday(due, here.now, here.zone)} {ages.clock_time(due, here.zone)}"

    def _tell(self, promise: Promise) -> None:
        self._screen.do(
            Act(
                f"told: {short(promise)}",
                lambda desk: desk.promising.tell(promise.id, version=promise.version),
                lambda desk: desk.promising.untell(promise.id),
            )
        )

    def _withdraw(self, promise: Promise) -> None:
        def withdraw(desk: Desk, reason: str, told: bool, version: int | None) -> None:
            desk.promising.withdraw(promise.id, reason, told=told, version=version)

        asked = Asked(ids.show(ids.PROMISE, promise.id), "withdraw")
        self._end(promise, asked, "withdrawn", "Withdraw, because?", withdraw)

    def _break(self, promise: Promise) -> None:
        def break_off(desk: Desk, reason: str, told: bool, version: int | None) -> None:
            desk.promising.break_off(promise.id, reason, told=told, version=version)

        asked = Asked(ids.show(ids.PROMISE, promise.id), "break")
        self._end(promise, asked, "not kept", "Not kept, because?", break_off)

    def _end(
        self,
        promise: Promise,
        asked: Asked,
        done: str,
        question: str,
        end: End,
        words: str = "",
        why: str = "",
    ) -> None:
        """Ask for a reason, and end it so; after a refusal, `why`, with what was typed."""
        version = None if why else promise.version

        def write(reason: str, told: bool) -> None:
            self._screen.do(
                Act(
                    f"{done}: {short(promise)}",
                    lambda desk: end(desk, reason, told, version),
                    _reopened(promise),
                    typed=reason,
                    again=lambda why: self._end(promise, asked, done, question, end, reason, why),
                    asked=asked,
                )
            )

        def typed(reason: str | None) -> None:
            if reason is None:
                return
            self._ask_told(
                promise,
                lambda told: write(reason, told),
                lambda: self._end(promise, asked, done, question, end, reason),
            )

        hint = "The reason is kept with the promise."
        prompt = TypeWords(question, value=words, hint=hint, refused=why, asked=asked)
        self._screen.app.push_screen(prompt, typed)

    def _reopen(self, promise: Promise) -> None:
        self._screen.do(
            Act(
                f"open again: {short(promise)}",
                lambda desk: desk.promising.reopen(promise.id, version=promise.version),
            )
        )

    def _ask_told(
        self, promise: Promise, answered: Callable[[bool], None], back: Callable[[], None]
    ) -> None:
        """Whether the customer knows; not asked where they do for sure."""
        if promise.told_at is not None or promise.side == "theirs":
            answered(True)
        else:
            yes_or_no(self._screen.app, "Has the customer been told?", answered, back)


def _reopened(promise: Promise) -> Any:
    def undo(desk: Desk) -> None:
        desk.promising.reopen(promise.id)

    return undo
