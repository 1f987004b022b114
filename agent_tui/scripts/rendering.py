"""A step, filled in for the customer who is on the line."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from agent_tui.domain.rules.fields import ANSWER
from agent_tui.domain.rules.mark_signs import escaped
from agent_tui.domain.rules.templates import BadTemplate, Fields, Filled, fields_in, fill
from agent_tui.domain.values.scripts import (
    Ask,
    Capture,
    Confirm,
    Part,
    Say,
    ShownLine,
    ShownStep,
    Step,
)

MASKED = "Kept back until the caller is verified."

_ABOUT_US = ("agent", "today")
"""The fields that say nothing of the customer."""


def render(step: Step, fields: Fields, fresh: Container[str] = (), *, verified: bool) -> ShownStep:
    """A step as the agent sees it.

    `fresh` are the names of fields that are known well enough to be confirmed: what is not is
    asked for. Of a step that reveals history, the lines that say anything of the customer are
    kept back until the caller is verified, and its answers show the names of fields. A field
    that is unknown shows as itself.
    """
    is_masked = step.reveals and not verified
    said = {name: fields.get(name) for name in _ABOUT_US} if is_masked else fields
    unknown: dict[str, None] = {}

    def filled(template: str) -> str:
        result = _filled(template, said)
        unknown.update(dict.fromkeys(result.unknown))
        return result.text

    lines = tuple(
        _masked(part) if is_masked and _tells(part) else _line(part, filled(part.text), fresh)
        for part in step.parts
    )
    branches = tuple(replace(one, label=filled(one.label)) for one in step.branches)
    unknown.pop(ANSWER, None)
    return ShownStep(step.id, step.title, lines, branches, tuple(unknown))


def captured(step: Step, fields: Fields, answer: str) -> tuple[str, ...]:
    """What answering a step writes down: lines of a note, in order.

    The captures of a step make marks; an answer or a field in them never does. Those that need
    an answer are left out where there is none.
    """
    captures = [part.text for part in step.parts if isinstance(part, Capture)]
    return tuple(
        noted(text, fields, answer) for text in captures if answer.strip() or not _needs(text)
    )


def noted(template: str, fields: Fields, answer: str) -> str:
    """A capture with its answer, as a line of a note."""
    filled = _filled(template, {**fields, ANSWER: answer})
    return escaped(filled.text, filled.values)


def _tells(part: Part) -> bool:
    """Whether a part names a field of the customer; one that cannot be read may."""
    if isinstance(part, Confirm):
        return True
    try:
        return any(name.split(".")[0] not in (*_ABOUT_US, ANSWER) for name in fields_in(part.text))
    except BadTemplate:
        return True


def _masked(part: Part) -> ShownLine:
    marker, depth = (part.marker, part.depth) if isinstance(part, Say) else ("", 0)
    return ShownLine("masked", MASKED, marker, depth)


def _line(part: Part, text: str, fresh: Container[str]) -> ShownLine:
    match part:
        case Say():
            return ShownLine("say", text, part.marker, part.depth)
        case Ask():
            return ShownLine("ask", text)
        case Confirm():
            return ShownLine("confirm" if part.about in fresh else "ask", text, about=part.about)
        case Capture():
            return ShownLine("capture", text)


def _filled(template: str, fields: Fields) -> Filled:
    """A template filled in; one that is wrong says so in its place."""
    if "{" not in template:
        return Filled(template)
    try:
        return fill(template, fields)
    except BadTemplate as error:
        shown = f"[this line of the script is wrong: {error}]"
        return Filled(shown, ((0, len(shown)),))


def _needs(template: str) -> bool:
    try:
        return ANSWER in fields_in(template)
    except BadTemplate:
        return False
