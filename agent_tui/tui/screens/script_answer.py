"""The answer to a step of a script, with what it will be noted as below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules.mark_signs import escaped
from agent_tui.tui.screens.asks import TypeWords
from agent_tui.tui.widgets.ink import Line
from agent_tui.tui.widgets.note_preview import Reader, rows_of
from agent_tui.tui.widgets.script_lines import ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.marks import ReadNote
    from agent_tui.domain.values.scripts import ShownStep

_ROWS = 3


def captures_of(step: ShownStep) -> tuple[str, ...]:
    """What a step notes, its answer left open."""
    return tuple(one.text for one in step.lines if one.kind == "capture")


def wants_words(step: ShownStep) -> bool:
    """Whether an answer to a step is words: where they are noted, or asked for without keys."""
    asked = any(one.kind == "ask" for one in step.lines)
    return any(ANSWER in text for text in captures_of(step)) or (asked and not step.branches)


def question_of(step: ShownStep) -> str:
    """What the answer is an answer to: the last question of a step, or its title."""
    asked = [one.text for one in step.lines if one.kind == "ask"]
    return asked[-1] if asked else step.title


def noted(captures: Sequence[str], answer: str) -> str:
    """The note that an answer becomes: an answer never makes marks of its own."""
    words = escaped(answer.strip())
    kept = (one for one in captures if words or ANSWER not in one)
    return "\n".join(one.replace(ANSWER, words) for one in kept)


class TypeAnswer(TypeWords):
    """The words of an answer; what will be made of them stands below at every key.

    `read` and `reader` read a note as it is being written. `does` are letters that do something
    instead of being an answer, where they are all that is typed, with what they do.
    """

    TELLS_WHEN_LEFT = True

    def __init__(
        self,
        question: str,
        captures: Sequence[str],
        read: Callable[[str], ReadNote],
        reader: Reader,
        *,
        value: str = "",
        refused: str = "",
        asked: Asked | None = None,
        hint: str = "The answer is written down. Enter without words goes on.",
        does: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(question, value=value, hint=hint, refused=refused, asked=asked)
        self._captures = captures
        self.does = does or {}
        self._read = read
        self._reader = reader

    def below(self, value: str) -> list[Line]:
        """What the answer becomes, or what to do."""
        if value.strip() in self.does:
            return self.rows(f"Enter: {self.does[value.strip()]}", "strong")
        text = noted(self._captures, value)
        if not text.strip():
            return super().below(value)
        cells = (self.size.width or 80) - 8
        return list(rows_of(self._read(text), self._reader, cells=min(66, cells), at_most=_ROWS))
