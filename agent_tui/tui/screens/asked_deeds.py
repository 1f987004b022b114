"""What the desk's agents ask of one another, and what is yet to be found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.clipboard import copy_text
from agent_tui.tui.screens.asks import TypeWords
from agent_tui.tui.screens.deeds import Act, Deed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.follow_ups import FollowUp, Question
    from agent_tui.domain.values.today import DraftText
    from agent_tui.services.desk import Desk
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

        asked = Asked(ids.show(ids.QUESTION, one.id), "answer")

        def typed(answer: str | None) -> None:
            if answer is not None:
                self._screen.do(
                    Act(
                        f"answered: {_short(one.text)}",
                        lambda desk: desk.following_up.answer(
                            one.id, answer, interaction_id=call_id
                        ),
                        lambda desk: desk.following_up.reopen_question(one.id),
                        typed=answer,
                        again=lambda why: self._answer(one, answer, why),
                        asked=asked,
                    )
                )

        hint = "It becomes something known about them. Empty: answered, nothing to keep."
        prompt = TypeWords(one.text, value=words, hint=hint, refused=refused, asked=asked)
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
        """What can be done with a text that was left; what it was for may be over."""
        away = Deed("x", "throw it away", lambda: self._throw_away(draft))
        copy = Deed("c", "copy it", lambda: self._copy(draft))
        if draft.kind != "line" and draft.over is None:
            return (copy, away)
        makes_note = Deed("n", "make it a note about them", lambda: self._make_note(draft))
        return (copy, *((makes_note,) if draft.customer_id is not None else ()), away)

    def _copy(self, draft: DraftText) -> None:
        from agent_tui.text.redaction import mask_cards

        copy_text(self._screen.app, mask_cards(draft.text).text)

    def _make_note(self, draft: DraftText) -> None:
        """A note of the same words is begun, as a draft; the line is done with."""
        about = ids.show(ids.CUSTOMER, draft.customer_id or 0)
        note_id = new_id()

        def work(desk: Desk) -> None:
            desk.drafting.journal(about, draft.text, draft_id=note_id)
            desk.drafting.journal(draft.about, "", draft_id=draft.id, kind=draft.kind)

        def back(desk: Desk) -> None:
            desk.drafting.journal(draft.about, draft.text, draft_id=draft.id, kind=draft.kind)
            desk.drafting.journal(about, "", draft_id=note_id)

        self._screen.do(
            Act(
                f"the draft of a note now: {_short(draft.text)}",
                work,
                back,
                then=lambda: self._gone(draft),
                undone=lambda: self._back(draft),
            )
        )

    def _gone(self, draft: DraftText) -> None:
        self._screen.lines.forget(draft)
        self._screen.ask_today()

    def _back(self, draft: DraftText) -> None:
        if draft.kind == "line":
            self._screen.lines.remember(draft)

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
                then=lambda: self._gone(draft),
                undone=lambda: self._back(draft),
            )
        )


def _short(text: str) -> str:
    return cut(" ".join(text.split()), _SAID)
