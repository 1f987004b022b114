"""The ways through a script, and what is wrong with them.

A way goes from step to step by answers and by order, and ends at the end or in another script.
Where steps are advice, any may be taken, so that none is out of reach. The time is linear in the
number of steps and answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from agent_tui.domain.values.scripts import END, OTHER_SCRIPT, Problem, Script, Step

LONGEST_LEAVING = 3
"""How many steps a customer who leaves may be taken through."""


def way_problems(script: Script) -> Iterator[Problem]:
    """Steps that are empty, out of reach or without a way out, and ways out that are too long."""
    if not script.steps:
        yield Problem(0, "error", "the script has no steps", "begin one with a line `## Its name`")
        return
    steps = {step.id: step for step in script.steps}
    onward = {id: _onward(step, steps) for id, step in steps.items()}
    yield from _empty(script)
    if script.order == "fixed":
        reached = _reached(script.steps[0].id, onward)
        yield from _out_of_reach(script, reached)
        yield from _without_exit(script, reached, onward)
    if script.kind == "leaving":
        yield from _too_long(script, onward)


def _onward(step: Step, steps: Collection[str]) -> tuple[str, ...]:
    """Where a step may lead. What is not there counts as the end: it has a problem of its own."""
    if not step.branches:
        return (step.next or END,)
    targets = (branch.target for branch in step.branches)
    return tuple(
        END if target.startswith(OTHER_SCRIPT) or target not in steps else target
        for target in targets
    )


def _empty(script: Script) -> Iterator[Problem]:
    """Steps without words; a heading over deeper ones needs none."""
    below = [*(step.level for step in script.steps[1:]), 0]
    for step, level in zip(script.steps, below, strict=True):
        if not step.parts and not step.branches and level <= step.level:
            yield Problem(step.line, "error", f"the step “{step.title}” is empty")


def _reached(start: str, onward: Mapping[str, Collection[str]]) -> set[str]:
    """The steps, and the end, that some way from `start` comes through."""
    reached, waiting = {start}, [start]
    while waiting:
        for target in onward.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def _out_of_reach(script: Script, reached: Collection[str]) -> Iterator[Problem]:
    for step in script.steps:
        if step.id not in reached:
            message = f"no way leads to the step “{step.title}”"
            yield Problem(step.line, "error", message, "end an answer with `-> ` and its heading")


def _without_exit(
    script: Script, reached: Collection[str], onward: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """The first of the steps from which there is no way to the end, naming the others."""
    backward: dict[str, list[str]] = {}
    for id, targets in onward.items():
        for target in targets:
            backward.setdefault(target, []).append(id)
    ending = _reached(END, backward)
    caught = [step for step in script.steps if step.id in reached and step.id not in ending]
    if caught:
        titles = ", ".join(f"“{step.title}”" for step in caught[:5])
        message = f"a loop without a way out: {titles}"
        yield Problem(caught[0].line, "error", message, "give one of them an answer `-> end`")


def _too_long(script: Script, onward: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """The first step that some way reaches behind three others; of advice, the fourth."""
    wanted = f"whoever leaves is kept at most {LONGEST_LEAVING} steps"
    if script.order == "advice":
        for step in script.steps[LONGEST_LEAVING : LONGEST_LEAVING + 1]:
            yield Problem(step.line, "error", f"“{step.title}” is step 4: {wanted}")
        return
    ways: dict[str, tuple[str, ...]] = {script.steps[0].id: ()}
    for _ in range(LONGEST_LEAVING):
        ways = {
            target: (*way, id) for id, way in ways.items() for target in onward[id] if target != END
        }
    titles = {step.id: step.title for step in script.steps}
    for step in script.steps:
        if step.id in ways:
            way = " > ".join(titles[id] for id in (*ways[step.id], step.id))
            yield Problem(step.line, "error", f"the way {way} is too long: {wanted}")
            return
