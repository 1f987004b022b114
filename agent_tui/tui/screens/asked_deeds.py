"""What the desk's agents ask of one another, and what is yet to be found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.text.cells import cut
from agent_tui.tui.screens.asks import TypeWords
from agent_tui.tui.screens.deeds import Act, Deed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.follow_ups import FollowUp, Question
    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui.screens.desk_deeds import DeedsOfDesk

_SAID = 40


class AskedDeeds:
    """Offers what can be done with a follow-up, with an open question and with a draft."""

    def __init__(self, screen: DeedsOfDesk) -> None:
        self._screen = screen

    def follow_up_deeds(self, one: FollowUp) -> Sequence[Deed]:
        """What can be done with what one asks of another."""
        if one.state == "done":
            return (Deed("o", "open it again", lambda: self._reopen(one)),)
        done = Deed("d", "done", lambda: self._done(one))
        if one.state == "declined":
            return (done, Deed("o", "ask again", lambda: self._reopen(one)))
        is_mine = self._screen.desk is not None and one.owner == self._screen.desk.agent.name
        if not is_mine:
            return (done,)
        return (done, Deed("n", "decline: who asked sees that", lambda: self._decline(one)))

    def _done(self, one: FollowUp) -> None:
        self._screen.do(
            Act(
                f"done: {_short(one.text)}",
                lambda desk: desk.following_up.done(one.id, version=one.version),
                lambda desk: desk.following_up.reopen(one.id),
            )
        )

    def _decline(self, one: FollowUp) -> None:
        self._screen.do(
            Act(
                f"declined: {_short(one.text)}",
                lambda desk: desk.following_up.decline(one.id, version=one.version),
                lambda desk: desk.following_up.reopen(one.id),
            )
        )

    def _reopen(self, one: FollowUp) -> None:
        self._screen.do(
            Act(
                f"asked again: {_short(one.text)}",
                lambda desk: desk.following_up.reopen(one.id, version=one.version),
            )
        )

    def question_deeds(self, one: Question) -> Sequence[Deed]:
        """What can be done with what is yet to be found out."""
        if one.state != "open":
            return (Deed("o", "ask it again", lambda: self._ask_again(one)),)
        return (
            Deed("a", "answered", lambda: self._answer(one)),
            Deed("d", "need not be answered", lambda: self._drop(one)),
        )

    def _answer(self, one: Question, words: str = "", refused: str = "") -> None:
        call_id = (
            self._screen.call.id
            if self._screen.call and self._screen.call.customer_id == one.customer_id
            else None
        )

        def typed(answer: str | None) -> None:
            if answer is None:
                self._screen.say_left(f"still to be answered: {_short(one.text)}", prompt.words)
            else:
                self._screen.do(
                    Act(
                        f"answered: {_short(one.text)}",
                        lambda desk: desk.following_up.answer(
                            one.id, answer, interaction_id=call_id
                        ),
                        lambda desk: desk.following_up.reopen_question(one.id),
                        typed=answer,
                        again=lambda why: self._answer(one, answer, why),
                    )
                )

        hint = "It becomes something known about them. Empty: answered, nothing to keep."
        prompt = TypeWords(one.text, value=words, hint=hint, refused=refused)
        self._screen.app.push_screen(prompt, typed)

    def _drop(self, one: Question) -> None:
        self._screen.do(
            Act(
                f"not asked any more: {_short(one.text)}",
                lambda desk: desk.following_up.drop(one.id, version=one.version),
                lambda desk: desk.following_up.reopen_question(one.id),
            )
        )

    def _ask_again(self, one: Question) -> None:
        self._screen.do(
            Act(
                f"asked again: {_short(one.text)}",
                lambda desk: desk.following_up.reopen_question(one.id, version=one.version),
            )
        )

    def draft_deeds(self, draft: DraftText) -> Sequence[Deed]:
        """What can be done with a text that was left."""
        return (Deed("x", "throw it away", lambda: self._throw_away(draft)),)

    def _throw_away(self, draft: DraftText) -> None:
        self._screen.do(
            Act(
                f"thrown away: {_short(draft.text)}",
                lambda desk: desk.drafting.journal(
                    draft.about, "", draft_id=draft.id, kind=draft.kind
                ),
                lambda desk: desk.drafting.journal(
                    draft.about,
                    draft.text,
                    draft_id=draft.id,
                    kind=draft.kind,
                    corrects_id=draft.corrects_id,
                ),
                then=self._screen.ask_today,
            )
        )


def _short(text: str) -> str:
    return cut(" ".join(text.split()), _SAID)
