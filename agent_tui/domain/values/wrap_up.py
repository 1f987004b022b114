"""A wrap-up before it is finished: what an interaction left behind, to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent_tui.domain.values.follow_ups import FollowUp, Question
from agent_tui.domain.values.people import Case, Concession, Fact, Interaction, Refusal
from agent_tui.domain.values.promises import Promise

WrapUpPart = Literal["end", "met", "outcome", "followed_by"]
"""What a wrap-up may lack: an end of the interaction, whether they were met, an outcome in words,
or anything that follows where they were not."""


@dataclass(frozen=True, slots=True)
class MoodQuote:
    """How somebody felt, in their own words."""

    id: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that the rules require and that is not there yet, with a sentence that says so."""

    part: WrapUpPart
    sentence: str


@dataclass(frozen=True, slots=True)
class Left:
    """The records that one interaction left behind."""

    promises: tuple[Promise, ...] = ()
    facts: tuple[Fact, ...] = ()
    concessions: tuple[Concession, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    cases: tuple[Case, ...] = ()
    moods: tuple[MoodQuote, ...] = ()
    questions: tuple[Question, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def complaints(self) -> tuple[Case, ...]:
        """The complaints that were made in it."""
        return tuple(case for case in self.cases if case.kind == "complaint")


@dataclass(frozen=True, slots=True)
class WrapUp:
    """What there is to confirm. `version` is handed back on finishing, so that nothing is lost.

    `summary` is composed from the records, or what was kept of it before. `dissatisfaction` says
    what may have been a complaint, and is only a hint. `missing` is what the rules still require.
    `missed_with` are other calls of the same caller that nobody answered either.
    """

    interaction: Interaction
    version: int
    left: Left
    summary: str
    dissatisfaction: str | None = None
    missing: tuple[Missing, ...] = ()
    missed_with: tuple[int, ...] = ()

    @property
    def agenda(self) -> str | None:
        """What they wanted, in their words."""
        return self.interaction.agenda

    @property
    def topics(self) -> tuple[str, ...]:
        """What it was about."""
        return self.interaction.topics
