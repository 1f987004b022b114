"""Something is added to what is known of a person, in one line: a fact, a refusal, a gift."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.tui.screens.deeds import Act
from agent_tui.tui.screens.fact_deeds import call_with_shown, short
from agent_tui.tui.screens.known_lines import (
    TypeKnown,
    given_in_words,
    read_fact,
    read_given,
    read_refusal,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.people import Customer
    from agent_tui.services.desk import Desk
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked for: how it reads, how it is kept, and how that is taken back.

    `keep` makes the record of what was typed and returns its id, which `undo` is handed; `code` is
    the question's among all that are asked.
    """

    words: str
    hint: str
    read: Callable[[str], str]
    keep: Callable[[Desk, str], int]
    undo: Callable[[Desk, int], None]
    code: str


class Adding:
    """Asks for one line about a customer and keeps it."""

    def __init__(self, screen: DeedsOfDesk, desk: Desk, customer: Customer) -> None:
        self._screen = screen
        self._desk = desk
        self._customer = customer
        self._call_id = call_with_shown(screen)

    def fact(self) -> None:
        """Something worth knowing."""

        def keep(desk: Desk, typed: str) -> int:
            said = read_fact(desk, typed)
            return desk.knowing.learn(
                self._customer.id, said.kind, said.text, said.source, interaction_id=self._call_id
            )

        self._ask(
            _Question(
                f"What is worth knowing about {self._customer.name}?",
                "prefers mornings · expects one engineer · impression: in a hurry",
                lambda typed: str(read_fact(self._desk, typed)),
                keep,
                lambda desk, made: desk.knowing.forget(made, "taken back at once"),
                "fact",
            )
        )

    def refusal(self) -> None:
        """Something that they do not want."""

        def keep(desk: Desk, typed: str) -> int:
            said = read_refusal(desk, typed)
            return desk.knowing.refuse(
                self._customer.id, said.what, said.until, interaction_id=self._call_id
            )

        self._ask(
            _Question(
                f"What does {self._customer.name} say no to?",
                "offers · calls at work until 1 march",
                lambda typed: read_refusal(self._desk, typed).in_words(self._screen.here),
                keep,
                lambda desk, made: desk.knowing.lift(made),
                "refusal",
            )
        )

    def entry(self) -> None:
        """Something that one side gave."""

        def keep(desk: Desk, typed: str) -> int:
            mark = read_given(desk, typed)
            return desk.knowing.give(
                self._customer.id,
                mark.side or "ours",
                mark.body,
                mark.amount,
                mark.currency,
                mark.reason,
                interaction_id=self._call_id,
            )

        self._ask(
            _Question(
                "What was given?",
                "gave waived fee £20 for the late visit · got patience",
                lambda typed: given_in_words(read_given(self._desk, typed)),
                keep,
                lambda desk, made: desk.knowing.take_back(made),
                "given",
            )
        )

    def _ask(self, question: _Question, value: str = "", refused: str = "") -> None:
        asked = Asked(ids.show(ids.CUSTOMER, self._customer.id), question.code)

        def typed(words: str | None) -> None:
            if words is None:
                return
            made: list[int] = []
            self._screen.do(
                Act(
                    short(question.read(words)),
                    lambda desk: made.append(question.keep(desk, words)),
                    lambda desk: question.undo(desk, made[0]),
                    typed=words,
                    again=lambda why: self._ask(question, words, why),
                    asked=asked,
                )
            )

        prompt = TypeKnown(
            question.words,
            question.read,
            hint=question.hint,
            value=value,
            refused=refused,
            asked=asked,
        )
        self._screen.app.push_screen(prompt, typed)
