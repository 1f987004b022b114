"""Whether what a text was typed for is still asked."""

from __future__ import annotations

import pytest

from agent_tui.domain.rules.left_over import why_over
from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import DraftKind
from agent_tui.domain.values.lines import QUESTIONS, Asked


@pytest.mark.parametrize(
    ("prefix", "question", "state", "over"),
    [
        (ids.PROMISE, "withdraw", "open", None),
        (ids.PROMISE, "withdraw", "kept", "that promise is closed"),
        (ids.PROMISE, "withdraw", None, "that promise is closed"),
        (ids.QUESTION, "answer", "answered", "that question is closed"),
        (ids.CASE, "decide", "open", None),
        (ids.CASE, "decide", "closed", "that complaint is closed"),
        (ids.FACT, "anew", "wrong", "that is not held true any more"),
        (ids.REFUSAL, "day", "withdrawn", "that refusal does not stand any more"),
        (ids.PROMPT, "answer", "", None),
        (ids.PROMPT, "answer", "declined", "that was asked already"),
        (ids.RUN, "script.2", "open", None),
        (ids.RUN, "script.2", "left", "that script is over"),
        (ids.INTERACTION, "hold", "talking", None),
        (ids.INTERACTION, "hold", "ended", "that call is over"),
        (ids.INTERACTION, "tried", "ended", None),
        (ids.INTERACTION, "tried", "wrapped_up", "that conversation is wrapped up"),
        (ids.INTERACTION, "name", "ended", "they are known by now"),
        (ids.CUSTOMER, "fact", None, None),
    ],
)
def test_a_line_says_why_it_is_not_asked_any_more(
    prefix: str, question: str, state: str | None, over: str | None
) -> None:
    assert question.partition(".")[0] in QUESTIONS
    asked = Asked(ids.show(prefix, 1), question)
    assert why_over("line", asked, state, is_known=True) == over


@pytest.mark.parametrize("kind", ["wrap_up", "message"])
def test_what_is_wrapped_up_asks_for_nothing(kind: DraftKind) -> None:
    asked = Asked(ids.show(ids.INTERACTION, 1), "")
    assert why_over(kind, asked, "ended", is_known=True) is None
    assert why_over(kind, asked, "wrapped_up", is_known=True) == "that conversation is wrapped up"


def test_a_note_and_what_is_about_nobody_can_always_be_saved() -> None:
    wrapped = Asked(ids.show(ids.INTERACTION, 1), "")
    assert why_over("note", wrapped, "wrapped_up", is_known=False) is None
    assert why_over("line", Asked("", "friction.other"), None, is_known=False) is None


@pytest.mark.parametrize("question", ["review", "judged", "criterion.2", "heard"])
def test_what_is_said_of_a_conversation_can_be_said_when_it_is_wrapped_up(question: str) -> None:
    asked = Asked(ids.show(ids.INTERACTION, 7), question)
    assert why_over("line", asked, "wrapped_up", is_known=True) is None
