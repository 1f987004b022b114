"""What can be done with a fact: still true, said anew, wrong, or where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.messages import PassageRequested
from agent_tui.tui.screens.asks import TypeWords
from agent_tui.tui.screens.deeds import Act, Deed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.people import Fact
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk

_SAID = 40


class FactDeeds:
    """Offers what can be done with something that is known."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def fact_deeds(self, fact: Fact) -> Sequence[Deed]:
        """It holds, it holds no longer, it never did."""
        return (
            Deed("y", "still true", lambda: self._confirm(fact)),
            Deed("n", "say it anew", lambda: self._replace(fact)),
            Deed("x", "wrong, with a reason", lambda: self._forget(fact)),
            *where_from(self._screen, fact.interaction_id),
        )

    def _confirm(self, fact: Fact) -> None:
        self._screen.do(
            Act(
                f"still true: {short(fact.text)}",
                lambda desk: desk.knowing.confirm(fact.id),
                lambda desk: desk.knowing.unconfirm(fact.id, fact.confirmed_at),
            )
        )

    def _replace(self, fact: Fact, words: str | None = None, refused: str = "") -> None:
        call_id = call_with_shown(self._screen)

        asked = Asked(ids.show(ids.FACT, fact.id), "anew")

        def typed(text: str | None) -> None:
            if text is None:
                return
            if text.strip() == fact.text:
                self._confirm(fact)
                return
            self._screen.do(
                Act(
                    f"now: {short(text)}",
                    lambda desk: desk.knowing.replace(fact.id, text, interaction_id=call_id),
                    lambda desk: desk.knowing.restore(fact.id),
                    typed=text,
                    again=lambda why: self._replace(fact, text, why),
                    asked=asked,
                )
            )

        hint = "What is true now. The old words are kept, as replaced."
        value = fact.text if words is None else words
        question = f"{fact.kind}: {fact.text}"
        prompt = TypeWords(question, value=value, hint=hint, refused=refused, asked=asked)
        self._screen.app.push_screen(prompt, typed)

    def _forget(self, fact: Fact, words: str = "", refused: str = "") -> None:
        asked = Asked(ids.show(ids.FACT, fact.id), "wrong")

        def typed(reason: str | None) -> None:
            if reason is not None:
                self._screen.do(
                    Act(
                        f"wrong: {short(fact.text)}",
                        lambda desk: desk.knowing.forget(fact.id, reason),
                        lambda desk: desk.knowing.restore(fact.id),
                        typed=reason,
                        again=lambda why: self._forget(fact, reason, why),
                        asked=asked,
                    )
                )

        hint = "It leaves the brief; the reason is kept with it."
        prompt = TypeWords("Wrong, because?", value=words, hint=hint, refused=refused, asked=asked)
        self._screen.app.push_screen(prompt, typed)


def where_from(screen: DeedsOfDesk, interaction_id: int | None) -> Sequence[Deed]:
    """Going to the conversation that a record comes from, where there is one."""
    if interaction_id is None:
        return ()
    request = PassageRequested(interaction_id)
    return (Deed("o", "where it comes from", lambda: _post(screen, request)),)


def _post(screen: DeedsOfDesk, request: PassageRequested) -> None:
    screen.post_message(request)


def call_with_shown(screen: DeedsOfDesk) -> int | None:
    """The interaction that goes on with whoever is shown, if any: what is said is said in it."""
    call = screen.call
    is_theirs = call is not None and call.customer_id == screen.whom.looked_at
    return call.id if call is not None and call.is_live and is_theirs else None


def short(text: str) -> str:
    """Words as a toast names them."""
    return cut(" ".join(text.split()), _SAID)
