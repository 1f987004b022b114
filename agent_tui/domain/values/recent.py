"""What Recent shows: interactions as lines to read, in pages by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.people import Interaction

RecentMark = Literal[
    "promise",
    "promise_late",
    "promise_broken",
    "complaint",
    "script",
    "override",
    "friction",
    "gave",
    "refusal",
    "review",
    "praise",
    "listened",
]
"""What came of an interaction or was said of it, as a line tells it."""


@dataclass(frozen=True, slots=True, order=True)
class RecentPlace:
    """Where an interaction stands in Recent; places sort from the oldest on."""

    rank: int
    interaction_id: int


@dataclass(frozen=True, slots=True)
class RecentRow:
    """One interaction with what a lead looks for; `mood` is the newest one, in their words."""

    interaction: Interaction
    place: RecentPlace
    mood: str | None = None
    marks: tuple[RecentMark, ...] = ()


@dataclass(frozen=True, slots=True)
class RecentPage:
    """Rows, newest first; whether there is more before the first and behind the last one.

    `searched_back_to` is set where the time for one page ran out first: all that is newer was
    looked through, and asking for what is behind `behind` goes on from there.
    """

    rows: tuple[RecentRow, ...]
    has_newer: bool
    has_older: bool
    behind: RecentPlace | None = None
    searched_back_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecentCount:
    """How many there are; more than that where it is not `is_exact`."""

    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter with a name. Shared ones are seen by their owner's team."""

    id: int
    name: str
    text: str
    owner: str
    is_mine: bool
    is_shared: bool
    is_my_default: bool
    version: int = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """A random choice out of what a filter finds: with the same seed, the same of the same rows.

    `out_of` is how many there were; `until` closes it, so that what came later does not change
    the draw.
    """

    seed: int
    until: datetime
    out_of: int
    rows: tuple[RecentRow, ...]
