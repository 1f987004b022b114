"""One line of the note grammar, read for one section: a fact, a refusal, what was given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.errors import BadInput
from agent_tui.tui.screens.asks import TypeWords
from agent_tui.tui.widgets.ink import Line, Span, line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from agent_tui.domain.values.kinds import FactKind, FactSource
    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.marks import Mark, MarkKind
    from agent_tui.services.desk import Desk
    from agent_tui.tui.widgets.here import Here

_IMPRESSION = re.compile(r"\s*impression:\s*", re.IGNORECASE)
_GIVEN = re.compile(r"\s*(gave|got)\b:?\s*", re.IGNORECASE)
_NO = re.compile(r"\s*no:\s*", re.IGNORECASE)
_UNTIL = re.compile(r"\suntil\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SaidFact:
    """A fact as it was typed."""

    kind: FactKind
    text: str
    source: FactSource

    def __str__(self) -> str:
        """As it is echoed."""
        source = "an impression of yours" if self.source == "impression" else "they said so"
        return f"{self.kind}: {self.text} · {source}"


def read_fact(desk: Desk, typed: str) -> SaidFact:
    """`prefers mornings`, `=prefers mornings`, `impression: in a hurry`. Raises BadInput."""
    impression = _IMPRESSION.match(typed)
    words = typed[impression.end() :] if impression else typed
    mark = _only(desk, f"={words.strip().lstrip('=')}", "fact", "say what is worth knowing")
    source: FactSource = "impression" if impression else "stated"
    return SaidFact(mark.fact_kind or "knows", mark.body, source)


def read_given(desk: Desk, typed: str) -> Mark:
    """`gave waived fee £20`, `got: patience`. Raises BadInput."""
    side = _GIVEN.match(typed)
    if side is None:
        raise BadInput("begin with gave for what we gave, with got for what they gave")
    mark = _only(
        desk, f"{side[1].lower()}: {typed[side.end() :]}", "concession", "say what was given"
    )
    if mark.amount is not None and mark.currency is None:
        raise BadInput("say the currency with three letters, such as 20 USD")
    return mark


def given_in_words(mark: Mark) -> str:
    """What was given, as it is echoed."""
    who = "we gave" if mark.side == "ours" else "they gave"
    money = " ".join(part for part in (mark.amount, mark.currency) if part)
    return f"{who} {', '.join(part for part in (mark.body, money, mark.reason) if part)}"


@dataclass(frozen=True, slots=True)
class SaidNo:
    """A refusal as it was typed, and from when on they may be asked again."""

    what: str
    until: datetime | None

    def in_words(self, here: Here) -> str:
        """As it is echoed."""
        if self.until is None:
            return f"no to {self.what} · not to be asked again"
        day = ages.weekday(self.until, here.now, here.zone)
        return f"no to {self.what} · not to be asked before {day}"


def read_refusal(desk: Desk, typed: str) -> SaidNo:
    """`offers`, `no: offers until 1 march`: the day behind the last `until`. Raises BadInput."""
    prefix = _NO.match(typed)
    words = " ".join((typed[prefix.end() :] if prefix else typed).split())
    parted = list(_UNTIL.finditer(words))
    until = None
    if parted:
        until = desk.capturing.due(words[parted[-1].end() :])
        words = words[: parted[-1].start()]
    if not any(letter.isalnum() for letter in words):
        raise BadInput("say what they said no to")
    return SaidNo(words, until)


def _only(desk: Desk, words: str, kind: MarkKind, missing: str) -> Mark:
    """The one mark that these words are."""
    read = desk.capturing.read(words)
    if len(read.marks) > 1 or (read.marks and read.marks[0].kind != kind):
        raise BadInput("one thing at a time here; a note takes several marks")
    if not read.marks:
        raise BadInput(missing)
    return read.marks[0]


class TypeKnown(TypeWords):
    """A line that is read at every key. `read` says in words what will be kept, or raises BadInput
    saying what is wrong; only what can be kept is taken."""

    def __init__(
        self,
        question: str,
        read: Callable[[str], str],
        *,
        hint: str,
        value: str = "",
        refused: str = "",
        asked: Asked | None = None,
    ) -> None:
        super().__init__(question, value=value, hint=hint, refused=refused, asked=asked)
        self._read = read

    def below(self, value: str) -> list[Line]:
        """What will be kept, or what is wrong with the words."""
        if not value.strip():
            return super().below(value)
        try:
            words = self._read(value)
        except BadInput as problem:
            return self.rows(problem.message, "act")
        first, *others = self.rows(words, "strong")
        return [line(Span("→ ", "dim"), *first.left), *others]

    def can_be_taken(self, value: str) -> bool:
        """Whether something would be kept."""
        try:
            self._read(value)
        except BadInput:
            return False
        return True
