"""The steps of a complaint, the next one first; the service says which cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.complaints import next_step
from agent_tui.domain.values import ids
from agent_tui.domain.values.complaints import Step
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.screens.asks import BACK, TypeDue, TypeWords
from agent_tui.tui.screens.deeds import Act, Deed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent_tui.domain.values.people import Case
    from agent_tui.services.desk import Desk
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk

_SAID = 40

_DONE: dict[Step, str] = {
    "assess": "assessed",
    "answer": "answered",
    "decide": "decided",
    "react": "they take it further",
}
"""What is said once a step was taken with words."""


class ComplaintDeeds:
    """Offers the steps of a complaint."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def complaint_deeds(self, case: Case) -> Sequence[Deed]:
        """What can be done with a complaint, the next step first."""
        if case.kind != "complaint":
            return ()
        if not case.is_open:
            return (Deed("o", "open it again", lambda: self._open_again(case)),)
        steps = [
            (one, Deed(one_key, words, begin)) for one, one_key, words, begin in self._steps(case)
        ]
        ahead_of = next_step(case)
        first = ahead_of.step if ahead_of else None
        ahead = [
            Deed(deed.key, f"next: {deed.words}", deed.begin)
            for step, deed in steps
            if step == first
        ]
        others = [deed for step, deed in steps if step != first]
        return [
            *ahead,
            *others,
            Deed("b", "by when they have an answer", lambda: self._answer_by(case)),
            Deed("r", "what they want done about it", lambda: self._remedy(case)),
        ]

    def _steps(self, case: Case) -> list[tuple[Step, str, str, Callable[[], None]]]:
        return [
            ("acknowledge", "a", "they know that we have it", lambda: self._acknowledge(case)),
            ("assess", "s", "assess: how severe it is", lambda: self._assess(case)),
            ("answer", "f", "answer: what was found out", lambda: self._answer(case)),
            ("decide", "d", "decide, with the reason", lambda: self._decide(case)),
            ("tell", "t", "the decision was told to them", lambda: self._tell(case)),
            ("react", "y", "they accept it", lambda: self._accepted(case)),
            ("react", "e", "they take it further", lambda: self._escalated(case)),
            ("close", "c", "close", lambda: self._close(case)),
        ]

    def _acknowledge(self, case: Case) -> None:
        self._step(
            case,
            "acknowledge",
            "acknowledged",
            lambda desk: desk.complaining.acknowledge(case.id, version=_version(case)),
        )

    def _tell(self, case: Case) -> None:
        self._step(
            case,
            "tell",
            "the decision was told",
            lambda desk: desk.complaining.tell(case.id, version=_version(case)),
        )

    def _accepted(self, case: Case) -> None:
        self._step(
            case,
            "react",
            "they accept it",
            lambda desk: desk.complaining.react(case.id, "accepted", version=_version(case)),
        )

    def _close(self, case: Case) -> None:
        self._step(
            case,
            "close",
            "closed",
            lambda desk: desk.complaining.close(case.id, version=_version(case)),
        )

    def _assess(self, case: Case) -> None:
        self._ask(
            case,
            "assess",
            Asked(_shown(case), "assess"),
            "How severe is it, and what does it touch?",
            lambda desk, words: desk.complaining.assess(case.id, words),
        )

    def _answer(self, case: Case) -> None:
        self._ask(
            case,
            "answer",
            Asked(_shown(case), "found"),
            "What was found out?",
            lambda desk, words: desk.complaining.answer(case.id, words),
        )

    def _escalated(self, case: Case) -> None:
        self._ask(
            case,
            "react",
            Asked(_shown(case), "react"),
            "Where does it go?",
            lambda desk, words: desk.complaining.react(case.id, "escalated", to=words),
            hint="a lead, an ombudsman, a court",
        )

    def _decide(self, case: Case, words: str = "", reason: str = "") -> None:
        """What will be done, and then why; Esc there comes back here."""
        asked = Asked(_shown(case), "decision")

        def decided(decision: str | None) -> None:
            if decision is None:
                return
            self._ask(
                case,
                "decide",
                Asked(_shown(case), "decide"),
                "Why was it decided so? They will hear that too",
                lambda desk, reason: desk.complaining.decide(case.id, decision, reason),
                words=reason,
                back=lambda reason: self._decide(case, decision, reason),
                then=lambda: self._screen.lines.end(asked),
            )

        question = "What will be done about it?"
        prompt = TypeWords(question, value=words, hint=_about(case), asked=asked)
        self._screen.app.push_screen(prompt, decided)

    def _answer_by(self, case: Case, words: str = "", refused: str = "") -> None:
        desk, before = self._screen.desk, case.answer_due_at
        if desk is None:
            return
        asked = Asked(_shown(case), "due")

        def typed(due: str | None) -> None:
            if due is None:
                return
            at = desk.capturing.due(due)
            here = self._screen.here
            when = f"{ages.weekday(at, here.now, here.zone)} {ages.clock_time(at, here.zone)}"
            self._screen.do(
                Act(
                    f"an answer by {when}: {_about(case)}",
                    lambda desk: desk.complaining.set_answer_due(case.id, at),
                    lambda desk: desk.complaining.set_answer_due(case.id, before),
                    typed=due,
                    again=lambda why: self._answer_by(case, due, why),
                    asked=asked,
                )
            )

        prompt = TypeDue(
            f"By when will they have an answer? {_about(case)}",
            desk.capturing.due_and_doubt,
            lambda: self._screen.here,
            value=words,
            refused=refused,
            asked=asked,
        )
        self._screen.app.push_screen(prompt, typed)

    def _remedy(self, case: Case) -> None:
        before = case.remedy
        asked = Asked(_shown(case), "remedy")

        def typed(remedy: str | None) -> None:
            if remedy is not None:
                self._screen.do(
                    Act(
                        f"{case.called}: they want {remedy or 'nothing named'}",
                        lambda desk: desk.complaining.set_remedy(case.id, remedy),
                        lambda desk: desk.complaining.set_remedy(case.id, before),
                        typed=remedy,
                        asked=asked,
                    )
                )

        question = "What do they want done about it?"
        prompt = TypeWords(question, value=before or "", hint=_about(case), asked=asked)
        self._screen.app.push_screen(prompt, typed)

    def _open_again(self, case: Case) -> None:
        self._screen.do(
            Act(
                f"open again: {_about(case)}",
                lambda desk: desk.complaining.take_back(case.id, "close"),
            )
        )

    def _step(
        self, case: Case, step: Step, said: str, work: Callable[[Desk], object], typed: str = ""
    ) -> None:
        self._screen.do(
            Act(
                f"{said}: {_about(case)}",
                work,
                lambda desk: desk.complaining.take_back(case.id, step),
                typed=typed,
            )
        )

    def _ask(
        self,
        case: Case,
        step: Step,
        asked: Asked,
        question: str,
        work: Callable[[Desk, str], object],
        *,
        hint: str = "",
        words: str = "",
        refused: str = "",
        back: Callable[[str], None] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Ask for words, and take the step with them, and `then` go on; Esc goes `back` with what
        was typed, where there was a question before."""

        def ask_again(given: str, why: str) -> None:
            self._ask(
                case,
                step,
                asked,
                question,
                work,
                hint=hint,
                words=given,
                refused=why,
                back=back,
                then=then,
            )

        def typed(given: str | None) -> None:
            if given is not None:
                self._screen.do(
                    Act(
                        f"{_DONE[step]}: {_about(case)}",
                        lambda desk: work(desk, given),
                        lambda desk: desk.complaining.take_back(case.id, step),
                        typed=given,
                        again=lambda why: ask_again(given, why),
                        then=then,
                        asked=asked,
                    )
                )
            elif back is not None:
                back(prompt.words)

        prompt = TypeWords(
            question,
            value=words,
            hint=hint or _about(case),
            refused=refused,
            leaves="not now" if back is None else BACK,
            asked=asked,
        )
        self._screen.app.push_screen(prompt, typed)


def _shown(case: Case) -> str:
    return ids.show(ids.CASE, case.id)


def _version(case: Case) -> int | None:
    return case.complaint.version if case.complaint else None


def _about(case: Case) -> str:
    return cut(" ".join(f"{case.called or ''} {case.title}".split()), _SAID)
