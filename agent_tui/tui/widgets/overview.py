"""What has been read of the measures so far: period by period, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.rules.periods import last_periods, total
from agent_tui.domain.values.measures import MEASURES, Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agent_tui.domain.values.measures import By, Figure, Measure

SPREADS: tuple[Measure, ...] = tuple(one for one in MEASURES if DEFINITIONS[one].bands)
"""The measures whose whole is not the sum of its periods: it is read by itself."""


@dataclass(frozen=True, slots=True)
class Length:
    """How far back is looked, in how long steps."""

    count: int
    by: By

    @property
    def words(self) -> str:
        """As people say it: `26 weeks`."""
        return f"{self.count} {self.by}s"


LENGTHS = (
    Length(4, "week"),
    Length(13, "week"),
    Length(26, "week"),
    Length(52, "week"),
    Length(6, "month"),
    Length(12, "month"),
    Length(24, "month"),
)
USUAL = LENGTHS[2]


def last(length: Length, now: datetime) -> tuple[Period, ...]:
    """So many whole weeks or months up to the present one, the oldest first."""
    return last_periods(now, length.by, length.count)


def whole_of(found: tuple[Period, ...]) -> Period:
    """Periods that follow one another, as one."""
    return Period(found[0].since, found[-1].until)


class Overview:
    """The figures of a stretch of time and of the one of the same length before it.

    `stretch` and `before` are their periods, the oldest first. Figures are taken as they are read.
    """

    def __init__(self, length: Length, now: datetime) -> None:
        self.length = length
        self.as_of = now
        self.stretch = last(length, now)
        self.before = last(length, self.stretch[0].since - datetime.resolution)
        self._figures: dict[Period, dict[Measure, Figure]] = {}
        self._wholes: dict[tuple[Measure, Period], Figure] = {}

    @property
    def wanted(self) -> int:
        """How many periods are read in all."""
        return len(self.stretch) + len(self.before)

    @property
    def read(self) -> int:
        """How many are read so far."""
        return len(self._figures)

    @property
    def is_whole(self) -> bool:
        """Whether all of the stretch itself is read."""
        return all(one in self._figures for one in self.stretch)

    def take(self, figures: Iterable[Figure]) -> None:
        """Take figures of one period; those of a spread may be of a whole stretch."""
        for figure in figures:
            if figure.period.by is None:
                self._wholes[figure.measure, figure.period] = figure
            else:
                self._figures.setdefault(figure.period, {})[figure.measure] = figure

    def points(self, measure: Measure) -> tuple[Figure | None, ...]:
        """The figures of a measure, the oldest first; None for what is not read yet."""
        return tuple(self._figures.get(one, {}).get(measure) for one in self.stretch)

    def now(self, measure: Measure) -> Figure | None:
        """The whole stretch, as much of it as is read; None before anything is."""
        return self._over(measure, self.stretch)

    def then(self, measure: Measure) -> Figure | None:
        """The whole stretch before, once all of it is read."""
        if any(one not in self._figures for one in self.before):
            return None
        return self._over(measure, self.before)

    def _over(self, measure: Measure, found: tuple[Period, ...]) -> Figure | None:
        if measure in SPREADS:
            return self._wholes.get((measure, whole_of(found)))
        read = [self._figures[one][measure] for one in found if one in self._figures]
        return total(read)
