"""A step, filled in for the customer who is on the line."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from agent_tui.domain.rules.fields import ANSWER, REACH
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
    asked for. Until the caller is verified, lines that tell how the customer is reached are kept
    back in every step; of a step that reveals history, all lines that say anything of them.
    Answers, and what is noted, show the names of these fields. A field that is unknown shows as
    itself.
    """
    is_masked = step.reveals and not verified
    reach = frozenset() if verified else _known(fields, REACH)
    said = {name: fields.get(name) for name in _ABOUT_US} if is_masked else _without(fields, reach)
    unknown: dict[str, None] = {}

    def filled(template: str) -> str:
        result = _filled(template, said)
        unknown.update(dict.fromkeys(result.unknown))
        return result.text

    lines = tuple(
        _masked(part)
        if (is_masked and _tells(part)) or (_is_said(part) and not reach.isdisjoint(_named(part)))
        else _line(part, filled(part.text), fresh)
        for part in step.parts
    )
    branches = tuple(replace(one, label=filled(one.label)) for one in step.branches)
    for name in (ANSWER, *reach):
        unknown.pop(name, None)
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


def _is_said(part: Part) -> bool:
    return not isinstance(part, Capture)


def _named(part: Part) -> frozenset[str]:
    """The fields that a part names; one that cannot be read fills in none."""
    try:
        return frozenset(fields_in(part.text))
    except BadTemplate:
        return frozenset()


def _known(fields: Fields, names: Iterable[str]) -> frozenset[str]:
    """Those of some fields in which anything stands."""
    return frozenset(name for name in names if (_value(fields, name) or "").strip())


def _value(fields: Fields, name: str) -> str | None:
    group, _, key = name.partition(".")
    values = fields.get(group)
    return values.get(key) if isinstance(values, Mapping) else values


def _without(fields: Fields, names: Iterable[str]) -> Fields:
    """All fields but some."""
    left = dict(fields)
    for name in names:
        group, _, key = name.partition(".")
        values = left.get(group)
        if isinstance(values, Mapping):
            left[group] = {one: value for one, value in values.items() if one != key}
    return left


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
