"""What is wrong with a script: with its words here, with its ways in `ways`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from itertools import islice

from agent_tui.domain.rules.fields import ANSWER, HISTORY, NAMES
from agent_tui.domain.rules.marks import Writer, read_note
from agent_tui.domain.rules.templates import BadTemplate, fields_in
from agent_tui.domain.values.marks import Mark
from agent_tui.domain.values.scripts import (
    END,
    OTHER_SCRIPT,
    Branch,
    Capture,
    Confirm,
    Part,
    Problem,
    Say,
    Script,
    Step,
)
from agent_tui.scripts.rendering import noted
from agent_tui.scripts.ways import way_problems
from agent_tui.text.nearest import nearest
from agent_tui.text.slugs import slug

MOST_PROBLEMS = 50

_KEYS = frozenset("123456789")
_ARROW = re.compile(r".*(?:->|→)\s*(.*)")
_NO = frozenset(["no", "not", "nein", "nee", "nej", "non", "não", "nie", "ne", "ні", "нет"])
_SAMPLE = "their answer"
_SAMPLE_TIME = "fri 10am"
_WRITER = Writer(datetime(2026, 1, 1, tzinfo=UTC), UTC)


def check(script: Script, others: Collection[str] | None = None) -> tuple[Problem, ...]:
    """What is wrong with a script, in the order of its lines; 50 problems at most.

    `others` are the slugs of the scripts that it may go on to; None where nobody knows.
    """
    found = [*script.noticed, *islice(_found(script, others), MOST_PROBLEMS)]
    return tuple(sorted(found, key=lambda one: (one.line, one.severity))[:MOST_PROBLEMS])


def _found(script: Script, others: Collection[str] | None) -> Iterator[Problem]:
    yield from way_problems(script)
    yield from _same_names(script)
    for step in script.steps:
        yield from _branch_problems(script, step, others)
        yield from _history_problem(step)
        yield from _lost_answer(script, step)
        for part in step.parts:
            yield from _part_problems(part)
    if script.kind == "offer" and script.steps and not _takes_a_no(script):
        yield Problem(
            0,
            "error",
            "an offer without a way to say no",
            "1. No, thank you -> a step with `capture: no: what they do not want`",
        )


def _same_names(script: Script) -> Iterator[Problem]:
    """Headings of the same name, where it matters which one is meant."""
    targets = {branch.target for step in script.steps for branch in step.branches}
    first: dict[str, Step] = {}
    for step in script.steps:
        name = slug(step.title)
        if name == END:
            message = f"“{step.title}” cannot be told from the end of the script"
            yield Problem(step.line, "error", message, "call it something else")
        elif name in first and (script.order == "fixed" or first[name].id in targets):
            message = f"the heading “{step.title}” stands in line {first[name].line}, too"
            yield Problem(step.line, "error", message, "call it something else")
        first.setdefault(name, step)


def _branch_problems(
    script: Script, step: Step, others: Collection[str] | None
) -> Iterator[Problem]:
    keys: set[str] = set()
    for branch in step.branches:
        yield from _template_problems(branch.label, branch.line)
        if branch.key not in _KEYS:
            yield Problem(branch.line, "error", f"{branch.key} is no key: keys are 1 to 9")
        elif branch.key in keys:
            message = f"the key {branch.key} stands twice"
            yield Problem(branch.line, "error", message, "number the answers 1, 2, 3 ...")
        keys.add(branch.key)
        if not branch.label:
            message = "an answer without words"
            yield Problem(branch.line, "error", message, f"{branch.key}. Yes -> {branch.target}")
        yield from _target_problems(script, branch, others)


def _target_problems(
    script: Script, branch: Branch, others: Collection[str] | None
) -> Iterator[Problem]:
    target = branch.target
    if target.startswith(OTHER_SCRIPT):
        name = target.removeprefix(OTHER_SCRIPT)
        if others is None or name in others or name == script.slug:
            return
        message, near = f"there is no script “{name}”", nearest(name, others)
        meant = near and f"{OTHER_SCRIPT} {near}"
    else:
        titles = {END: END, **{each.id: each.title for each in script.steps}}
        if target in titles:
            return
        message, near = f"there is no step “{target}”", nearest(target, titles)
        meant = near and titles[near]
    yield Problem(branch.line, "error", message, meant and f"-> {meant}")


def _part_problems(part: Part) -> Iterator[Problem]:
    if isinstance(part, Confirm) and part.about not in NAMES:
        message = f"there is no field `{part.about}` to confirm"
        yield Problem(part.line, "error", message, nearest(part.about, NAMES))
    problems = [*_template_problems(part.text, part.line, may_answer=isinstance(part, Capture))]
    yield from problems
    if isinstance(part, Capture) and not problems and not _marks(part):
        message = "this captures nothing: it has no mark of the note grammar"
        yield Problem(part.line, "error", message, "capture: =prefers {{ answer }}")
    if isinstance(part, Capture) and not problems and _loses_time(part):
        message = "a time in the answer is not read here: words stand behind it"
        yield Problem(part.line, "warning", message, "capture: !call back {{ answer }}")


def _template_problems(text: str, line: int, *, may_answer: bool = False) -> Iterator[Problem]:
    if "{" not in text:
        return
    try:
        names = fields_in(text)
    except BadTemplate as error:
        yield Problem(line, "error", f"the template is wrong: {error}")
        return
    for name in names:
        if name == ANSWER and not may_answer:
            yield Problem(line, "error", "`answer` is known to captures only")
        elif name != ANSWER and name not in NAMES:
            near = nearest(name, NAMES)
            message = f"there is no field `{name}`"
            yield Problem(line, "error", message, near and f"{{{{ {near} }}}}")


def _history_problem(step: Step) -> Iterator[Problem]:
    """A step that tells what passed between us is for the verified caller."""
    if step.reveals:
        return
    for part in step.parts:
        about = [part.about] if isinstance(part, Confirm) else []
        try:
            told = [] if isinstance(part, Capture) else [*fields_in(part.text), *about]
        except BadTemplate:
            continue
        for name in told:
            if name in NAMES and name.split(".")[0] in HISTORY:
                message = f"`{name}` is told before the caller is verified"
                yield Problem(part.line, "warning", message, "reveals: yes")
                return


def _lost_answer(script: Script, step: Step) -> Iterator[Problem]:
    """List items that look like answers and are none."""
    ids = {END, *(each.id for each in script.steps)}
    for part in step.parts:
        if not isinstance(part, Say) or not part.marker or part.marker == ">":
            continue
        arrow = _ARROW.fullmatch(part.text)
        if part.marker != "-" and part.depth == 0 and step.branches:
            message = f"the answer {part.marker[:-1]} leads nowhere"
            yield Problem(part.line, "error", message, "end it with `-> ` and a heading or `end`")
        elif arrow and slug(arrow[1]) in ids and script.order == "fixed":
            message = "an answer needs a number to be chosen by"
            yield Problem(part.line, "error", message, f"1. {part.text}")


def _takes_a_no(script: Script) -> bool:
    """Whether an answer begins with a no, or some step captures a refusal."""
    labels = [branch.label.split() for step in script.steps for branch in step.branches]
    if any(words and words[0].strip(",.!:;").casefold() in _NO for words in labels):
        return True
    parts = [part for step in script.steps for part in step.parts]
    return any(
        mark.kind == "refusal"
        for part in parts
        if isinstance(part, Capture)
        for mark in _marks(part)
    )


def _loses_time(capture: Capture) -> bool:
    """Whether a promise holds the answer where no due time is read: that is at its end alone."""
    marks = read_note(noted(capture.text, {}, _SAMPLE_TIME), _WRITER).marks
    return any(
        mark.kind in ("promise", "follow_up") and mark.due is None and _SAMPLE_TIME in mark.body
        for mark in marks
    )


def _marks(capture: Capture) -> tuple[Mark, ...]:
    """What a capture makes of some answer."""
    return read_note(noted(capture.text, {}, _SAMPLE), _WRITER).marks
