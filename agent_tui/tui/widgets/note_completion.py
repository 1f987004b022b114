"""The list of what Tab may put in the place of the word at the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.text.cells import width
from agent_tui.tui.widgets.ink import Ink, Line, Span

if TYPE_CHECKING:
    from agent_tui.domain.values.marks import Candidate, Completion

GAP = 2
SHOWN = 24


@dataclass(slots=True)
class Choosing:
    """A completion from which one candidate stands in the text, from `start` to `end`."""

    candidates: tuple[Candidate, ...]
    start: int
    end: int
    chosen: int = 0

    @classmethod
    def begin(cls, completion: Completion, *, back: bool = False) -> Choosing:
        """The first candidate takes the place of the word, or with `back` the last."""
        chosen = len(completion.candidates) - 1 if back else 0
        return cls(completion.candidates, completion.start, completion.end, chosen)

    @property
    def insert(self) -> str:
        """What is to stand there now."""
        return self.candidates[self.chosen].insert

    def stands(self) -> None:
        """The chosen one has been put into the text."""
        self.end = self.start + len(self.insert)

    def step(self, *, back: bool) -> None:
        """Choose the next one, or the one before; round and round."""
        self.chosen = (self.chosen + (-1 if back else 1)) % len(self.candidates)

    def line(self, cells: int) -> Line:
        """The candidates in one row around the chosen one, with what that is at the right."""
        said = self.candidates[self.chosen].description
        right = (Span(said, "dim"),) if said else ()
        room = cells - (width(said) + GAP if said else 0)
        first = self.chosen
        taken = self._cells(first)
        while first > 0 and taken + self._cells(first - 1) <= room // 2:
            first -= 1
            taken += self._cells(first)
        spans = [Span("… ", "dim")] if first else []
        for number in range(first, len(self.candidates)):
            ink: Ink = "match" if number == self.chosen else "dim"
            mark = "▸" if number == self.chosen else " "
            spans.append(Span(f"{mark}{_shown(self.candidates[number])} ", ink))
        return Line(tuple(spans), right)

    def _cells(self, number: int) -> int:
        return width(_shown(self.candidates[number])) + GAP


def _shown(candidate: Candidate) -> str:
    """The first words of what a candidate would put there; of a snippet its name."""
    is_snippet = candidate.description.startswith(";")
    words = candidate.description if is_snippet else " ".join(candidate.insert.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
