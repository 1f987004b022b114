"""What is looked for in a conversation, as rows: each criterion while it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain.rules.review_draft import one_row
from agent_tui.domain.values.reviews import (
    CRITERION_KINDS,
    VERDICTS,
    Criterion,
    CriterionKind,
    Verdict,
)
from agent_tui.text.cells import wrap_lines
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, plain, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GLYPHS: dict[Verdict | None, tuple[str, Ink]] = {
    None: (" ", "dim"),
    "met": ("✓", "text"),
    "missed": ("✗", "act"),
    "not_applicable": ("–", "dim"),
}
"""The sign of each verdict."""
_COMMENT_ROWS = 2
_MARGIN = "      "
_NOT_TAKEN = "typed, not in it yet: c · "
"""Before a comment that was left before Enter."""
_GOES_ON = "        "
"""Before the rows of a name below its first one."""
_LEAST_OF_A_NAME = 12


@dataclass(slots=True)
class Judging:
    """One criterion while it is judged. `typed` is what was begun as a comment and left."""

    name: str
    kind: CriterionKind
    verdict: Verdict | None = None
    comment: str = ""
    typed: str = ""

    @property
    def judged(self) -> Criterion | None:
        """As it goes into the review; None where nothing was said of it."""
        if self.verdict is None:
            return None
        return Criterion(self.name, self.kind, self.verdict, self.comment.strip() or None)


def judgings(
    criteria: Mapping[str, CriterionKind], judged: Sequence[Criterion] = ()
) -> list[Judging]:
    """What is looked for on a desk, as far as it was judged before; behind it what was judged and
    is not looked for any more."""
    before = {one_row(one.name): one for one in judged}
    found = [Judging(name, kind) for name, kind in criteria.items()]
    for each in found:
        one = before.pop(one_row(each.name), None)
        if one is not None:
            each.verdict, each.comment = one.verdict, one.comment or ""
    found += [
        Judging(one.name, one.kind, one.verdict, one.comment or "") for one in before.values()
    ]
    return found


def criterion_lines(one: Judging, place: int, cells: int) -> list[Line]:
    """A criterion in rows of `cells` cells: its whole name, what was said of it, and the beginning
    of the comment. `place` counts from 0 on, and is the key of the first row."""
    glyph, ink = GLYPHS[one.verdict]
    digit = str(place + 1) if place < 9 else " "
    said = VERDICTS[one.verdict] if one.verdict else CRITERION_KINDS[one.kind]
    room = max(_LEAST_OF_A_NAME, cells - len(_MARGIN) - len(said) - 1)
    first, *others = wrap_lines(plain(one.name), room)
    rows = [
        line(
            Span("  "),
            Span(f"{digit} ", "mark"),
            Span(f"{glyph} ", ink),
            Span(first),
            right=(Span(said, ink if one.verdict else "dim"),),
            key=place,
        ),
        *(line(Span(_GOES_ON), Span(row)) for row in others),
    ]
    if one.comment.strip():
        text = wrapped(
            one.comment.strip(), max(_LEAST_OF_A_NAME, cells - len(_MARGIN)), at_most=_COMMENT_ROWS
        )
        rows += [line(Span(_MARGIN), Span(row, "dim")) for row in text]
    if one.typed.strip():
        left = wrapped(
            f"{_NOT_TAKEN}{one.typed.strip()}",
            max(_LEAST_OF_A_NAME, cells - len(_MARGIN)),
            at_most=_COMMENT_ROWS,
        )
        rows += [line(Span(_MARGIN), Span(row, "act")) for row in left]
    return rows
