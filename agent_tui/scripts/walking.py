"""A run through a script, step by step: a pure state machine.

Every move gives a new `Walk`; what is not allowed raises `Refused` and says what is. The path
holds the steps that led here: going back takes the last one off it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from agent_tui.domain.values.scripts import (
    END,
    OTHER_SCRIPT,
    RunChoices,
    RunState,
    Script,
    Step,
    StepTaken,
)
from agent_tui.errors import Refused


@dataclass(frozen=True, slots=True)
class Walk:
    """A script, and how far a run of it has come. The state must be one of that script."""

    script: Script
    state: RunState

    @classmethod
    def start(cls, script: Script) -> Self:
        """Begin at the first step. Raises `Refused` where there is none."""
        if not script.steps:
            raise Refused(f"The script “{script.title}” has no steps.")
        return cls(script, RunState(script.slug, script.steps[0].id))

    @property
    def step(self) -> Step | None:
        """The step that is open; None once the run has ended."""
        return None if self.state.step is None else self.script.step(self.state.step)

    @property
    def finished(self) -> bool:
        """Whether the run has ended, by its end or by being stopped."""
        return self.state.ended is not None

    @property
    def choices(self) -> RunChoices:
        """What can be done now. Of an ended run: only going back, where it was not stopped."""
        can_go_back = bool(self.state.path) and self.state.ended != "stopped"
        if (step := self.step) is None:
            return RunChoices(can_go_back=can_go_back)
        return RunChoices(
            keys=tuple(branch.key for branch in step.branches),
            can_go_on=not step.branches,
            can_go_back=can_go_back,
            skip_to=self._beyond(step),
        )

    def choose(self, key: str | None = None, answer: str = "") -> Self:
        """Answer the step with one of its keys, or without where it has none, and go on."""
        step = self._open()
        if not step.branches:
            if key is not None:
                raise Refused(f"“{step.title}” has no answers to choose from.")
            return self._to(StepTaken(step.id, step.next or END, answer=answer))
        branch = next((one for one in step.branches if one.key == key), None)
        if branch is None:
            keys = ", ".join(one.key for one in step.branches)
            raise Refused(f"“{step.title}” is answered with one of: {keys}.")
        return self._to(StepTaken(step.id, branch.target, key, answer))

    def skip(self, to: str | None = None) -> Self:
        """Leave the step without an answer.

        Goes to the first of `choices.skip_to`, or to the one that is named: in fixed order those
        are the steps it may lead to, of advice all others; the end is always among them.
        """
        step = self._open()
        targets = self._beyond(step)
        target = targets[0] if to is None else to
        if target not in targets:
            raise Refused(f"From “{step.title}” the script cannot be skipped to there.")
        return self._to(StepTaken(step.id, target, is_skipped=True))

    def back(self) -> Self:
        """Open the step before again. What it led to is forgotten, but not what was noted."""
        if not self.choices.can_go_back:
            raise Refused("There is no step to go back to.")
        *path, last = self.state.path
        return replace(self, state=RunState(self.script.slug, last.step, tuple(path)))

    def end(self) -> Self:
        """Stop here."""
        self._open()
        return replace(self, state=replace(self.state, step=None, ended="stopped"))

    def _open(self) -> Step:
        if (step := self.step) is None:
            raise Refused(f"The script “{self.script.title}” has ended.")
        return step

    def _beyond(self, step: Step) -> tuple[str, ...]:
        """Where skipping may lead: first to what comes next by order, which may be the end."""
        ids = [one.id for one in self.script.steps]
        following = ids[ids.index(step.id) + 1 :]
        if self.script.order == "advice":
            targets = [*following, END, *ids]
        else:
            answered = [one.target for one in step.branches if one.target in ids]
            targets = [*(following[:1] or [END]), *answered, END]
        return tuple(dict.fromkeys(id for id in targets if id != step.id))

    def _to(self, taken: StepTaken) -> Self:
        path = (*self.state.path, taken)
        state = RunState(self.script.slug, taken.target, path)
        if taken.target.startswith(OTHER_SCRIPT):
            other = taken.target.removeprefix(OTHER_SCRIPT)
            state = replace(state, step=None, ended="done", continues=other)
        elif self.script.step(taken.target) is None:
            state = replace(state, step=None, ended="done")
        return replace(self, state=state)
