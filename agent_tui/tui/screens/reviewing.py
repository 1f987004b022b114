"""From window to window: a review is written, read, answered, withdrawn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.text.redaction import mask_cards
from agent_tui.tui.messages import LookedUp
from agent_tui.tui.screens.asks import BACK, TypeWords
from agent_tui.tui.screens.deeds import Act
from agent_tui.tui.screens.review_criteria import ReviewCriteria, asked_at_all, asked_in_words
from agent_tui.tui.screens.review_windows import ChooseReview, ReviewSheet
from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agent_tui.domain.values.conversation import Entry
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.reviews import (
        Criterion,
        CriterionKind,
        Pinned,
        Review,
        ReviewKind,
    )
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.app import DeskApp
    from agent_tui.tui.screens.review_criteria import Judged

_SAID = 40
LISTED = 200


class Reviewing:
    """Asks over whatever place is in sight; what is said is written by the desk below."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._below = app.desk_screen

    # -- written

    def write(self, call: Interaction, entry: Entry | Pinned | None) -> None:
        """Say something of a conversation to its agent, of one line of it or of all."""
        me = self._below.me
        if me is None:
            return
        if call.agent_id is None:
            self._say("Nobody had this conversation: there is no agent to write to.")
        elif call.agent_id == me.id:
            self._say("This one was yours: nobody reviews an interaction of their own.")
        else:
            self._ask_words(call, entry)

    def go_on(self, subject: str) -> None:
        """Go on with what was begun of the conversation or the line with this shown id."""
        asking = self._below.asking
        if asking is None:
            return

        def then(found: tuple[Interaction, Pinned | None]) -> None:
            if isinstance(self._app.screen, ModalScreen):
                self._app.typed_ahead.go_on()
            else:
                self.write(*found)

        self._app.typed_ahead.expect()
        asking.look_up(
            "review begun", lambda desk: desk.reviewing.begun(subject), then, self._failed
        )

    @property
    def _criteria(self) -> Mapping[str, CriterionKind]:
        desk = self._below.desk
        assert desk is not None, "who writes a review reads with it"
        return desk.criteria

    def _ask_words(
        self,
        call: Interaction,
        entry: Entry | Pinned | None,
        words: str = "",
        refused: str = "",
    ) -> None:
        me = self._below.me
        is_agent = me is None or me.role == "agent"
        asked = asked_in_words(_subject(call, entry))
        what = "Praise" if is_agent else "A review"
        about = f"of “{' '.join(entry.text.split())}”" if entry else "of the whole conversation"
        if not is_agent and self._app.lines.left(asked_at_all(asked.subject)):
            about = f"what you judged is kept · {about}"

        def typed(text: str | None) -> None:
            if text is None or not text.strip():
                return
            if is_agent:
                self._keep(call, entry, text, "praise")
            else:
                self._ask_criteria(call, entry, text)

        self._app.push_screen(
            TypeWords(
                f"{what} for {call.agent} · {caller(call)}",
                value=words,
                hint=about,
                refused=refused,
                asked=asked,
            ),
            typed,
        )

    def _ask_criteria(self, call: Interaction, entry: Entry | Pinned | None, text: str) -> None:
        def judged(answer: Judged | None) -> None:
            if answer is None:
                self._ask_words(call, entry)
            else:
                self._keep(call, entry, text, *answer)

        self._app.push_screen(ReviewCriteria(self._criteria, _subject(call, entry)), judged)

    def _keep(
        self,
        call: Interaction,
        entry: Entry | Pinned | None,
        text: str,
        kind: ReviewKind,
        criteria: tuple[Criterion, ...] = (),
    ) -> None:
        written: list[int] = []

        def again(why: str) -> None:
            self._ask_words(call, entry, text, why)

        def then() -> None:
            self._app.lines.end(asked_at_all(_subject(call, entry)))

        self._below.do(
            Act(
                f"told {call.agent}: {_short(text)}",
                lambda desk: written.append(
                    desk.reviewing.write(
                        call.id,
                        text,
                        kind=kind,
                        message_id=entry.id if entry and entry.kind == "message" else None,
                        note_id=entry.id if entry and entry.kind == "note" else None,
                        criteria=criteria,
                    ).id
                ),
                lambda desk: desk.reviewing.withdraw(written[0]),
                typed=text,
                again=again,
                then=then,
                asked=asked_in_words(_subject(call, entry)),
            )
        )

    # -- read

    def offer(self) -> None:
        """All that this agent may read, newest first."""
        asking = self._below.asking
        if asking is None:
            return
        self._app.typed_ahead.expect()
        asking.look_up(
            "reviews", lambda desk: desk.reviewing.all(limit=LISTED), self._choose, self._failed
        )

    def _choose(self, found: tuple[Review, ...]) -> None:
        desk = self._below.desk
        if desk is None or isinstance(self._app.screen, ModalScreen):
            self._app.typed_ahead.go_on()
            return

        def chosen(review_id: int | None) -> None:
            if review_id is not None:
                self.open(review_id)

        self._app.push_screen(ChooseReview(found, desk.agent.id, self._below.here), chosen)

    def open(self, review_id: int) -> None:
        """Read one of them: its agent has then read it, its author the answer to it."""
        writing = self._below.writing
        if writing is None:
            return

        def read(desk: Desk) -> LookedUp:
            review = desk.reviewing.open(review_id)
            return LookedUp(lambda: self._show(review))

        self._app.typed_ahead.expect()
        writing.do(read, lambda error: LookedUp(lambda: self._failed(error)))

    def _show(self, review: Review) -> None:
        desk = self._below.desk
        if desk is None or isinstance(self._app.screen, ModalScreen):
            self._app.typed_ahead.go_on()
            return
        me = desk.agent.id
        keys = [("o", "the conversation")]
        if review.withdrawn_at is None and review.agent_id == me:
            keys.append(("a", "answer" if review.answer is None else "answer anew"))
        if review.withdrawn_at is None and review.author_id == me:
            keys.append(("x", "withdraw"))

        def pressed(key: str | None) -> None:
            if key == "a":
                self._ask_answer(review)
            elif key == "x":
                self._withdraw(review)
            elif key == "o":
                self._read_conversation(review.interaction_id)
            else:
                self.offer()

        self._app.push_screen(ReviewSheet(review, keys, self._below.here, me), pressed)
        self._below.ask_today()

    def _read_conversation(self, interaction_id: int) -> None:
        from agent_tui.tui.screens.recent_lead import read_alone

        read_alone(self._app, interaction_id)

    # -- answered, withdrawn

    def _ask_answer(self, review: Review, words: str = "", refused: str = "") -> None:
        asked = Asked(ids.show(ids.REVIEW, review.id), "review-answer")

        def typed(text: str | None) -> None:
            if text is None or not text.strip():
                self.open(review.id)
                return
            self._below.do(
                Act(
                    f"answered {review.author}: {_short(text)}",
                    lambda desk: desk.reviewing.answer(review.id, text, version=review.version),
                    typed=text,
                    again=lambda why: self._ask_answer(review, text, why),
                    asked=asked,
                )
            )

        self._app.push_screen(
            TypeWords(
                f"What do you answer {review.author}?",
                value=words or review.answer or "",
                hint=f"“{' '.join(review.text.split())}”",
                refused=refused,
                leaves=BACK,
                asked=asked,
            ),
            typed,
        )

    def _withdraw(self, review: Review) -> None:
        from agent_tui.tui.screens.asks import yes_or_no

        def answered(is_meant: bool) -> None:
            if is_meant:
                self._below.do(
                    Act(
                        f"withdrawn: {_short(review.text)}",
                        lambda desk: desk.reviewing.withdraw(review.id, version=review.version),
                    )
                )

        question = f"Withdraw this? {review.agent} goes on seeing that you did."
        yes_or_no(self._app, question, answered, partial(self.open, review.id))

    def _failed(self, error: AgentTuiError) -> None:
        self._below.warn("Reviews", error)

    def _say(self, words: str) -> None:
        self._app.notify(words, markup=False)


def _subject(call: Interaction, entry: Entry | Pinned | None) -> str:
    """What a review is about: one line, or the conversation."""
    if entry is None:
        return ids.show(ids.INTERACTION, call.id)
    return ids.show(ids.NOTE if entry.kind == "note" else ids.MESSAGE, entry.id)


def _short(text: str) -> str:
    return cut(mask_cards(" ".join(text.split())).text, _SAID)
