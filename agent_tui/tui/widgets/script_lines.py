"""A run of a script as lines: the open step filled in, its answers by key, what was done so far.

What a line would say to somebody who is not verified stays hidden, fields that nobody knows stand
there as they were written, and each answer has its key before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent_tui.text.cells import width
from agent_tui.text.counts import counted
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agent_tui.domain.values.briefing import BriefLine
    from agent_tui.domain.values.script_runs import RunShown, StepDone
    from agent_tui.domain.values.scripts import ShownLine, ShownStep

GO_ON = "0"
ANSWER = "{answer}"
"""Where the answer stands in what a step notes."""
MARGIN = 2
_MOST_ROWS = 40
"""Rows that one line of a script takes at most; the whole of it stands in its file."""
_UNKNOWN = re.compile(r"\{[a-z_]+(?:\.[a-z_]+)*\}")
_ANSWERED = frozenset({"confirmed", "replaced"})


def to_confirm(run: RunShown) -> ShownLine | None:
    """The first line of the open step that asks to confirm, and was not answered yet."""
    if run.step is None:
        return None
    answered = _confirmed(run)
    return next(
        (one for one in run.step.lines if one.kind == "confirm" and one.about not in answered),
        None,
    )


def _confirmed(run: RunShown) -> dict[str, str]:
    """What was said of each thing to confirm in the open step: `yes`, or what holds now."""
    here = run.step.id if run.step else None
    done = (one for one in run.log if one.step == here and one.did in _ANSWERED)
    return {one.target or "": one.answer or "" for one in done}


def place_words(run: RunShown) -> str:
    """How far it has come: `step 2 of 6`, or `over`."""
    if run.step is None:
        return "over"
    ids = [step.id for step in run.steps]
    return f"step {ids.index(run.step.id) + 1} of {len(ids)}" if run.step.id in ids else ""


def run_lines(run: RunShown, cells: int, *, verify_key: str, notices: Sequence[str]) -> list[Line]:
    """All that the pane shows; the key of a line is the key that acts.

    `notices` are sentences that come before the step, each behind a glyph and a space;
    `verify_key` is the key that says how a caller was verified.
    """
    lines = [row for words in notices for row in _hung(words[:2], words[2:], cells, "strong")]
    if run.step is None:
        lines += _over(run, cells)
    else:
        lines += _step(run, run.step, cells, verify_key)
    done = [words for one in reversed(run.log) if (words := _done(one))]
    if done:
        lines += [Line(), line(Span("So far", "dim"))]
        lines += [row for words in done for row in _hung("  ", words, cells, "dim", hang=2)]
    return lines


def _step(run: RunShown, step: ShownStep, cells: int, verify_key: str) -> list[Line]:
    title = wrapped(step.title, cells - 1, at_most=3)
    lines = [line(Span(row, "strong")) for row in title]
    answered, pending, hidden = _confirmed(run), to_confirm(run), 0
    for shown in step.lines:
        if shown.kind == "masked":
            hidden += 1
            continue
        lines += _hidden(hidden, cells, verify_key)
        hidden = 0
        if shown.kind == "confirm":
            lines += _confirm(shown, cells, answered.get(shown.about), is_next=shown is pending)
        else:
            lines += _line(shown, cells)
    lines += _hidden(hidden, cells, verify_key)
    if step.unknown:
        names = ", ".join(step.unknown)
        lines += _hung("· ", f"nobody knows {names}: ask, or leave it out", cells, "dim")
    return [*lines, Line(), *_answers(run, step, cells)]


def _line(shown: ShownLine, cells: int) -> list[Line]:
    if shown.kind == "ask":
        return _hung("? ", shown.text, cells, "text", "accent")
    if shown.kind == "capture":
        return _hung("¶ ", f"notes  {shown.text.replace(ANSWER, '…')}", cells, "dim", hang=9)
    before = " " * MARGIN * shown.depth if shown.marker else ""
    if not shown.marker:
        return _hung("", shown.text, cells, "text")
    return _hung(f"{before}{shown.marker} ", shown.text, cells, "text", "dim")


def _confirm(shown: ShownLine, cells: int, said: str | None, *, is_next: bool) -> list[Line]:
    if said is not None:
        words = "still true" if said == "yes" else f"now: {said}"
        return _hung("✓ ", f"{shown.text} · {words}", cells, "dim")
    rows = _hung("? ", shown.text, cells, "text", "accent")
    if is_next:
        keys = (Span("  y Enter", "mark"), Span(" still true   ", "dim"))
        other = (Span("n Enter", "mark"), Span(" no longer", "dim"))
        rows.append(Line((*keys, *other), key="y"))
    return rows


def _hidden(count: int, cells: int, verify_key: str) -> list[Line]:
    if not count:
        return []
    words = f"{counted(count, 'line')} hidden until verified: {verify_key} says how they were"
    return _hung("▒ ", words, cells, "dim")


def _answers(run: RunShown, step: ShownStep, cells: int) -> list[Line]:
    choices = run.choices
    if not choices.keys and not choices.can_go_on:
        return []
    if choices.can_go_on:
        return [line(Span(f"{GO_ON}  ", "mark"), Span("go on"), key=GO_ON)]
    lines = []
    for branch in step.branches:
        if branch.key in choices.keys:
            rows = _hung(f"{branch.key}  ", branch.label, cells, "text", "mark")
            lines += [Line(row.left, row.right, branch.key) for row in rows]
    return lines


def _over(run: RunShown, cells: int) -> list[Line]:
    if run.continues:
        words = f"This script goes on in another one: {run.continues}."
        return [
            *_hung("", words, cells, "text"),
            Line(),
            line(Span(f"{GO_ON}  ", "mark"), Span("open it"), key=GO_ON),
        ]
    return [
        *_hung("", "The script is over." if run.run.state == "ended" else "Left.", cells, "text"),
        Line(),
        line(Span(f"{GO_ON}  ", "mark"), Span("close it"), key=GO_ON),
    ]


def _done(one: StepDone) -> str:
    """One thing that was done, in a line; nothing for what left no trace."""
    said = {
        "chose": one.answer or "answered",
        "went_on": one.answer or "",
        "skipped": "skipped",
        "jumped": "skipped",
        "went_back": "went back",
        "confirmed": "still true",
        "replaced": f"now: {one.answer}",
        "ended": "ended here",
        "left": "left",
    }[one.did]
    noted = " ¶" if one.note_id is not None else ""
    return f"{one.title or 'end'}: {said}{noted}" if said else f"{one.title}{noted}"


def urgent_lines(lines: Iterable[BriefLine]) -> list[Line]:
    """What needs acting on now, one row each, for where the brief itself has no room."""
    return [
        line(
            Span("! ", "act"),
            Span(f"{one.label} ", "act"),
            Span(one.text),
            right=(Span(one.age, "act"),),
        )
        for one in lines
        if one.urgent
    ]


def _hung(
    before: str, text: str, cells: int, ink: Ink, glyph: Ink = "dim", *, hang: int | None = None
) -> list[Line]:
    """A text behind a glyph, its further rows hanging below its first word."""
    indent = width(before) if hang is None else hang
    room = max(8, cells - indent)
    first, *others = wrapped(text, max(8, cells - width(before)), at_most=_MOST_ROWS)
    if hang is not None and others:
        others = wrapped(text[len(first) :].strip(), room, at_most=_MOST_ROWS)
    rows = [Line((Span(before, glyph), *_marked(first, ink)))]
    return rows + [Line((Span(" " * indent), *_marked(row, ink))) for row in others]


def _marked(text: str, ink: Ink) -> tuple[Span, ...]:
    """The text, with the fields that show as themselves in the ink of what is to be acted on."""
    spans, done = [], 0
    if ink == "text":
        for found in _UNKNOWN.finditer(text):
            spans += [Span(text[done : found.start()], ink), Span(found[0], "act")]
            done = found.end()
    return (*(span for span in spans if span.text), Span(text[done:], ink))
