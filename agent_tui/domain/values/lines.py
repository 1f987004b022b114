"""The short questions of the desk that are answered with a line, and what of a line is kept."""

from __future__ import annotations

from typing import NamedTuple

QUESTIONS: dict[str, str] = {
    "fact": "what is worth knowing",
    "refusal": "what they say no to",
    "given": "what was given",
    "anew": "what is true now",
    "wrong": "why it is wrong",
    "day": "when they may be asked again",
    "answer": "an answer",
    "move": "until when a promise moves",
    "withdraw": "why a promise is withdrawn",
    "break": "why a promise was not kept",
    "number": "the number to call back",
    "assess": "how severe a complaint is",
    "found": "what was found out",
    "decision": "what will be done about it",
    "decide": "why it was decided so",
    "react": "where a complaint goes",
    "due": "by when they have an answer",
    "remedy": "what they want done about it",
    "verified": "how they were verified",
    "hold": "why they are on hold",
    "name": "the name of a new person",
    "tried": "what was tried, to hand over",
    "decline": "why a hand-over is declined",
    "override": "what the system has wrong",
    "no-card": "why a number is no card",
    "friction": "what is in my way",
    "review": "a review",
    "judged": "what was judged in a review",
    "criterion": "a comment on what was looked for",
    "review-answer": "an answer to a review",
    "heard": "what I make of a conversation",
    "view": "the name of a view",
    "script": "an answer in a script",
    "said": "a note, in a script",
    "holds": "what holds now, in a script",
}
"""Each question by its code, in the words in which a line that was left is named."""


class Asked(NamedTuple):
    """One question about one record.

    `subject` is the shown id of what it is about, "" for nothing; `question` one of `QUESTIONS`,
    behind which a full stop and up to 14 characters may tell apart what is asked more than once
    about the same subject, as each step of a script is.
    """

    subject: str
    question: str

    @property
    def about(self) -> str:
        """What a draft of the answer is about: at most 40 characters."""
        return f"{self.subject}/{self.question}"

    @property
    def words(self) -> str:
        """What the answer is to say."""
        return QUESTIONS.get(self.question.partition(".")[0], "a line")


def asked_in(about: str) -> Asked:
    """The question that a draft answers."""
    subject, _, question = about.partition("/")
    return Asked(subject, question)
