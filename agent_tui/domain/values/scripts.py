"""A call script: its steps, what may be wrong with it, how far a run has come, what is shown.

`docs/scripts.md` is the format that scripts are written in. Texts of parts and labels of branches
are templates (`domain.rules.templates`); titles are plain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ScriptKind = Literal["help", "offer", "leaving"]
StepOrder = Literal["fixed", "advice"]
Severity = Literal["error", "warning"]
RunEnd = Literal["done", "stopped"]
ShownKind = Literal["say", "ask", "confirm", "capture", "masked"]

END = "end"
"""The target that ends a run; no step has it for an id."""
OTHER_SCRIPT = "script:"
"""What a target begins with that is the slug of another script."""


@dataclass(frozen=True, slots=True)
class Say:
    """A paragraph or a list item. With line breaks in it, its lines are kept as they are.

    `marker` is `-`, `>` or a number with its full stop, empty for a paragraph; `depth` is how
    deep in lists it stands, 0 for none.
    """

    text: str
    marker: str = ""
    depth: int = 0
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the customer, in one line."""

    text: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Confirm:
    """A question that is asked to confirm `about`, a field such as `fact.prefers`, where that is
    known and fresh; otherwise it is asked as any other."""

    about: str
    text: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Capture:
    """A line of a note that is saved when the step is answered; `{{ answer }}` is the answer."""

    text: str
    line: int = field(default=0, compare=False)


Part = Say | Ask | Confirm | Capture


@dataclass(frozen=True, slots=True)
class Branch:
    """An answer that decides how it goes on. `key` is `1` to `9`.

    `target` is the id of a step, `END`, or `OTHER_SCRIPT` with a slug.
    """

    key: str
    label: str
    target: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `id` is the slug of its title, unique in its script; `level` is that of its
    heading, 1 to 6.

    `next` follows where there are no branches; None where the run ends here. `reveals` says that
    it tells what is for the verified caller only.
    """

    id: str
    title: str
    level: int
    parts: tuple[Part, ...] = ()
    branches: tuple[Branch, ...] = ()
    next: str | None = None
    reveals: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a script. `line` counts from 1, in its source; 0 is the whole file.

    `suggestion` is what was probably meant, or what to write.
    """

    line: int
    severity: Severity
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A script. `order` *advice*: its steps may be taken in any order.

    `topics` and `fits` (words of an agenda) say when it is offered first. `source` is the text
    that it was read from, `noticed` what reading it found wrong; scripts that say the same are
    equal, however they were written.
    """

    slug: str
    title: str
    kind: ScriptKind = "help"
    topics: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    order: StepOrder = "fixed"
    steps: tuple[Step, ...] = ()
    source: str = field(default="", compare=False, repr=False)
    noticed: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    def step(self, id: str) -> Step | None:
        """The step with an id, if there is one."""
        return next((step for step in self.steps if step.id == id), None)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that a run has left: answered with `key` (or None, where it has no branches) and
    `answer`, or skipped. `target` is where it went, as in `Branch`."""

    step: str
    target: str
    key: str | None = None
    answer: str = ""
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class RunState:
    """How far a run has come: the steps taken, in order, and the one that is open.

    `step` is None once the run has ended: *done* by reaching the end of the script (or another
    script, then `continues` is its slug), *stopped* by whoever ran it.
    """

    script: str
    step: str | None
    path: tuple[StepTaken, ...] = ()
    ended: RunEnd | None = None
    continues: str | None = None


@dataclass(frozen=True, slots=True)
class RunChoices:
    """What can be done now. `keys` are those of the branches; `can_go_on` means that the step is
    answered without a key; `skip_to` are the ids of steps, or `END`, the first one by default."""

    keys: tuple[str, ...] = ()
    can_go_on: bool = False
    can_go_back: bool = False
    skip_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a step, filled in. `about` is the field of a *confirm*, else empty.

    A *capture* is what will be noted; *masked* stands for a line that is kept back.
    """

    kind: ShownKind
    text: str
    marker: str = ""
    depth: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step, filled in for a customer. The labels of its branches are, too.

    `unknown` are the fields that show as themselves, each once, in order.
    """

    id: str
    title: str
    lines: tuple[ShownLine, ...]
    branches: tuple[Branch, ...] = ()
    unknown: tuple[str, ...] = ()
