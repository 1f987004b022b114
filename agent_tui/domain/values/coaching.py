"""What agent and lead might talk about: what the records show again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CoachingKind = Literal["friction", "override", "prompt", "unmet", "repeat", "question"]
"""From what an entry was gathered: a rule that stood in the way, briefs that were not read before
a script, what was not asked, what customers did not get, what they came back with, what was left
unanswered."""


@dataclass(frozen=True, slots=True)
class CoachingEntry:
    """Something that happened again and again in one agent's interactions.

    `about` is a code or a topic: which rule, which reason, what was to be asked, which topic; empty
    where the kind says it all. `times` is in how many interactions, `out_of` in how many it could
    have been (`domain.rules.coaching.OUT_OF`), `interactions` the newest of those in which it was,
    the newest first. `sentence` says it in words about the work; it is no mark.
    """

    agent_id: int
    agent: str
    kind: CoachingKind
    about: str
    times: int
    out_of: int
    interactions: tuple[int, ...]
    sentence: str
