"""Call scripts as they are kept, and their runs, as services hand them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent_tui.domain.values.notes import SavedNote
from agent_tui.domain.values.scripts import (
    Problem,
    RunChoices,
    ScriptKind,
    ShownStep,
    StepOrder,
)

RunState = Literal["open", "ended", "left"]
Did = Literal[
    "chose",
    "went_on",
    "skipped",
    "jumped",
    "went_back",
    "confirmed",
    "replaced",
    "ended",
    "left",
]
"""What is done in a run: `chose` an answer by its key, `went_on` without one, `jumped` to a step of
one's choice; `confirmed` or `replaced` what was known."""
TakenHow = Literal["created", "new_version", "unchanged", "rejected"]


@dataclass(frozen=True, slots=True)
class ScriptListed:
    """One version of a script. `number` counts its versions from 1; `retired_at` is when it was
    retired, or a newer version took its place."""

    id: int
    slug: str
    number: int
    title: str
    kind: ScriptKind
    topics: tuple[str, ...]
    fits: tuple[str, ...]
    author: str | None
    created_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FittingScript:
    """A standing script for a customer: by which of their topics and words it fits, and why it
    cannot be opened yet, in a sentence; None where it can."""

    script: ScriptListed
    matches: tuple[str, ...] = ()
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a script that was taken in.

    `number` is the version that stands, None where it was rejected. Of a rejected script at least
    one of the `problems` is an error; of others they are warnings.
    """

    slug: str
    how: TakenHow
    number: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class StepNamed:
    """A step of a script, by id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """One thing that was done in a run, in the order of `sequence`, which counts from 1.

    `title` is that of the step where it was done. `key` is that of the branch, `answer` what was
    logged, `target` the step that was skipped or jumped to, or the field that was confirmed.
    `note_id` is the note that its captures became.
    """

    sequence: int
    step: str
    title: str
    did: Did
    at: datetime
    key: str | None = None
    target: str | None = None
    answer: str | None = None
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class RunListed:
    """One use of a script."""

    id: int
    version: int
    script: ScriptListed
    receipt_id: int
    customer_id: int
    interaction_id: int | None
    agent_id: int
    agent: str
    state: RunState
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run as its agent sees it.

    `step` is the one that is open, filled in; None once the run is over, and then `continues` may
    be the slug of the script that follows. `choices` is empty for whoever cannot go on with it.
    `saved` is the note that the last answer became, `remarks` are sentences about what was done.
    """

    run: RunListed
    order: StepOrder
    steps: tuple[StepNamed, ...]
    step: ShownStep | None
    choices: RunChoices
    log: tuple[StepDone, ...] = ()
    continues: str | None = None
    is_verified: bool = False
    saved: SavedNote | None = None
    remarks: tuple[str, ...] = ()
