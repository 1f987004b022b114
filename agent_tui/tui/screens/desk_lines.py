"""The desk's lines: what was typed for a short question and not done is asked again from Today,
or, where that is over, kept as a note or thrown away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import asked_in
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.desk_calls import CallsOfDesk
from agent_tui.tui.screens.desk_friction import FrictionOfDesk
from agent_tui.tui.screens.desk_knowing import KnowingOfDesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.people import Dossier
    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui import messages

_RECORDS: dict[str, tuple[str, str]] = {
    ids.PROMISE: ("promise", "promises"),
    ids.FACT: ("fact", "facts"),
    ids.REFUSAL: ("refusal", "refusals"),
    ids.QUESTION: ("question", "questions"),
    ids.CASE: ("case", "cases"),
    ids.INTERACTION: ("interaction", "interactions"),
}
"""What a record is as a row, and where a dossier has it."""

_DEEDS: dict[str, str] = {
    "move": "m",
    "withdraw": "w",
    "break": "b",
    "number": "c",
    "anew": "n",
    "wrong": "x",
    "day": "d",
    "answer": "a",
    "assess": "s",
    "found": "f",
    "decision": "d",
    "decide": "d",
    "react": "e",
    "due": "b",
    "remedy": "r",
    "hold": "h",
}
"""The key of the deed that asks each question about a record."""


_OF_REVIEWS = frozenset({"review", "judged", "criterion"})
"""Questions of a review, which is gone on with."""


class LinesOfDesk(FrictionOfDesk, KnowingOfDesk, CallsOfDesk):
    """Keeps what is typed for short questions, and asks them again."""

    def __init__(self) -> None:
        super().__init__()
        self._to_ask: DraftText | None = None
        """A line whose question waits for the records of whom it is about."""

    def on_desk_opened(self, _event: messages.DeskOpened) -> None:
        """Lines can be kept."""
        if self.writing is not None:
            self.lines.connect(self.writing)

    def ask_lines(self) -> None:
        """Ask for the lines of earlier sittings."""
        if self.asking is not None:
            self.asking.look_up(
                "lines",
                lambda desk: desk.drafting.lines(),
                self.lines.take,
                lambda error: self.warn("What was typed before", error),
            )

    def on_draft_kept(self, event: messages.DraftKept) -> None:
        """A line is on disk."""
        self.lines.kept(event.text_id, self._time)

    def on_draft_not_kept(self, event: messages.DraftNotKept) -> None:
        """Say so at once; the journal is tried again."""
        if event.typed.kind == "line":
            self.lines.not_kept(event.text_id, event.typed, event.error.message)

    def on_act_done(self, event: messages.ActDone) -> None:
        """The line that was typed for it has left Today."""
        if event.act.asked is not None and not self.someone:
            self.ask_today()

    # -- asked again from Today

    def ask_line(self, draft: DraftText) -> None:
        """Ask again what a line answers, with the line; where that cannot be asked from here, say
        what it was for."""
        from agent_tui.domain.values.friction import RULES

        asked = asked_in(draft.about)
        rule = next((one for one in RULES if asked.question == f"friction.{one}"), None)
        self._to_ask = None
        if rule is not None:
            self.say_friction(rule)
        elif asked.question.partition(".")[0] in _OF_REVIEWS:
            from agent_tui.tui.screens.reviewing import Reviewing

            Reviewing(self.app).go_on(asked.subject)
        elif draft.customer_id is None or asked.question == "name":
            self._ask_name(draft, asked)
        else:
            self._to_ask = draft
            self._ask_waiting()

    def offer_left_over(self, draft: DraftText) -> None:
        """What a text was typed for is not asked any more: its words are kept elsewhere, or go."""
        title = f"{draft.over or ''}".capitalize()
        asked = f" · {asked_in(draft.about).words}" if draft.kind == "line" else ""
        self.offer(title, self.deeds.of("draft", draft), (f"{draft.text}{asked}",))

    def on_customer_arrived(self, _event: messages.CustomerArrived) -> None:
        """What waited for these records can be asked."""
        self.call_after_refresh(self._ask_waiting)

    def _ask_waiting(self) -> None:
        draft, records = self._to_ask, self.whom.records
        if draft is None or records is None or self.whom.opened != draft.customer_id:
            return
        if not self.whom.is_opened_shown or self.app.screen is not self:
            return
        self._to_ask = None
        begin = self._question_of(asked_in(draft.about), records.dossier)
        if begin is None:
            self._say_what_for(draft)
        else:
            begin()

    def _question_of(self, asked: Asked, dossier: Dossier) -> Callable[[], None] | None:
        """What asks a question about a record of the dossier; None where that is not asked now."""
        if asked.question in ("fact", "refusal", "given") and self.desk is not None:
            from agent_tui.tui.screens.adding import Adding

            adding = Adding(self, self.desk, dossier.customer)
            adds = {"fact": adding.fact, "refusal": adding.refusal, "given": adding.entry}
            return adds[asked.question]
        run_id = ids.parse(ids.RUN, asked.subject)
        if run_id is not None and self.asking is not None:
            return partial(self._go_back_to_script, run_id)
        prefix = asked.subject.partition("_")[0]
        kind, name = _RECORDS.get(prefix, ("", ""))
        record = _by_id(getattr(dossier, name), ids.parse(prefix, asked.subject)) if name else None
        deeds = self.deeds.of(kind, record) if record is not None else ()
        key = _DEEDS.get(asked.question)
        return next((deed.begin for deed in deeds if deed.key == key), None)

    def _go_back_to_script(self, run_id: int) -> None:
        if self.asking is not None:
            self.asking.run(run_id)
        key = key_name(self.app.keys.keys["script"][0])
        words = f"What you typed is back with its answer: {key} goes to the script."
        self.app.notify(words, markup=False)

    def _ask_name(self, draft: DraftText, asked: Asked) -> None:
        on_hand = self.whom.on_hand
        is_here = on_hand is not None and ids.show(ids.INTERACTION, on_hand.id) == asked.subject
        if asked.question == "name" and is_here:
            self.action_new_person()
        else:
            self._say_what_for(draft)

    def _say_what_for(self, draft: DraftText) -> None:
        words = asked_in(draft.about).words
        self.app.notify(
            f"Typed for: {words}. It is back when you are asked that; in Today, "
            f"{key_name(self.app.keys.keys['act'][0])} copies it or makes it a note.",
            markup=False,
        )


def _by_id(records: Any, number: int | None) -> Any:
    return next((one for one in records if one.id == number), None)
