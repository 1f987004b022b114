"""Measures of what is done with people: counts out of counts, and what of them cannot be known.

What each means is `domain.rules.definitions`; there is no score made of several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import datetime

Dimension = Literal["trust", "openness", "transparency", "appropriateness", "longevity"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

Measure = Literal[
    "promises_kept",
    "promises_late_told",
    "same_need_again",
    "started_by_customer",
    "agenda_recorded",
    "read_back_agreed",
    "slips_told",
    "decisions_told",
    "copies_given",
    "preferred_channel",
    "preferred_time",
    "offers_after_met",
    "known_asked_again",
    "preference_breaches",
    "years_since_first",
    "silence_over_usual",
    "returns_after_silence",
]
MEASURES: tuple[Measure, ...] = get_args(Measure)

By = Literal["week", "month"]
"""The length of one point of a line: whole ISO weeks or whole months, of UTC."""

Part = str
"""A part of a figure: `counted`, `others` or `missing`; of a spread, the code of a band or
`missing`."""
COUNTED, OTHERS, MISSING = "counted", "others", "missing"

WhoseKind = Literal["customer", "agent", "team", "all"]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose figures: one customer's, one agent's (`name` is the handle), a team's (its name), or
    everybody's."""

    kind: WhoseKind = "all"
    name: str | None = None
    customer_id: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `since` on and before `until`. `by` is None where it is no whole week or month."""

    since: datetime
    until: datetime
    by: By | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure in plain sentences: what it is, what is counted, out of what, what is missing
    because nobody can know it from the records, and what it does not show.

    `bands` are the codes and words of a spread, from the least on; a measure without is a count
    out of a count. `not_counted` says why, where the desk keeps nothing that could be counted.
    """

    measure: Measure
    dimension: Dimension
    title: str
    what: str
    counted: str
    out_of: str
    missing: str
    does_not_show: str
    bands: tuple[tuple[Part, str], ...] = ()
    not_counted: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """`count` out of `n` in a period; `missing` more could not be judged, and are in neither.

    Nothing is known where `n` is None, and `why` says why. Of a spread, `bands` are the counts of
    its bands, which make `n`, and there is no `count`.
    """

    measure: Measure
    period: Period
    count: int | None
    n: int | None
    missing: int = 0
    why: str | None = None
    bands: tuple[int, ...] = ()

    @property
    def share(self) -> float | None:
        """`count` of `n`, from 0 to 1; None where there is nothing to share."""
        return self.count / self.n if self.n and self.count is not None else None

    @property
    def missing_share(self) -> float | None:
        """How much of all could not be judged, from 0 to 1; None where there is nothing at all."""
        if self.n is None or not self.n + self.missing:
            return None
        return self.missing / (self.n + self.missing)


@dataclass(frozen=True, slots=True)
class Series:
    """One measure of one kind of people over time: figures from the oldest period on."""

    measure: Measure
    whose: Whose
    points: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class BehindPlace:
    """Where a line stands behind a figure: newest first."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class BehindLine:
    """What was counted. `record` is its shown id: an interaction, a promise (`p_...`), a complaint
    (`k_...`), a script run (`w_...`), a prompt (`o_...`) or a customer (`c_...`).

    `text` are its words: the promise, the title, the agenda. `interaction_id` is the one that it
    belongs to, or None; `agent` the name of whose it is.
    """

    record: str
    place: BehindPlace
    interaction_id: int | None
    customer_id: int | None
    customer: str | None
    agent: str | None
    text: str


@dataclass(frozen=True, slots=True)
class BehindPage:
    """Lines behind a figure, newest first; `behind` is where the next page goes on, if any."""

    lines: tuple[BehindLine, ...]
    behind: BehindPlace | None = None


AgeingBand = Literal["late_more", "late_4_7", "late_1_3", "today", "later", "undated"]
AGEING: dict[AgeingBand, str] = {
    "late_more": "late 8 d and more",
    "late_4_7": "late 4 to 7 d",
    "late_1_3": "late 1 to 3 d",
    "today": "due today",
    "later": "due later",
    "undated": "no date",
}
"""Open promises by when they are due, in days of the desk's zone, the latest first."""


@dataclass(frozen=True, slots=True)
class Ageing:
    """How many open promises of ours and of the customers' are due when, in the order of
    `AGEING`."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]


CauseState = Literal["open", "late", "closed"]
CAUSE_STATES: tuple[CauseState, ...] = get_args(CauseState)


@dataclass(frozen=True, slots=True)
class Cause:
    """Complaints opened in a period with a topic of the interaction that they were raised in; with
    two topics they are told under both, without one under None. `open` are within their answer
    date or have none, `late` open past it."""

    topic: str | None
    open: int
    late: int
    closed: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.late + self.closed


@dataclass(frozen=True, slots=True)
class Rising:
    """A topic with which more people than usual came in the last seven days; `usual` is how many
    did so a week in the eight before."""

    topic: str
    people: int
    usual: float
    is_new: bool


SurveyPart = Literal["answered", "unanswered", "not_asked"]
SURVEY_PARTS: tuple[SurveyPart, ...] = get_args(SurveyPart)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The contacts of a period that ended with `met` as the answer to whether they got what they
    came for: about how many a survey was answered, about how many it was not, and about how many
    the customer was never asked. Contacts that nobody took, or with nobody known, are left out."""

    met: str
    answered: int
    unanswered: int
    not_asked: int


@dataclass(frozen=True, slots=True)
class Surveys:
    """Who was asked and who answered, by outcome. A survey that names no contact belongs to the
    last one of the 30 days before it; `unplaced` are those that belong to none, of everybody or of
    one customer (whose they would be among agents is not known)."""

    outcomes: tuple[Surveyed, ...]
    unplaced: int
