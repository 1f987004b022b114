"""Measures from memory: figures made by arithmetic, slow or failing on demand."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.values.kinds import Met, Side
from agent_tui.domain.values.measures import (
    MEASURES,
    MISSING,
    Ageing,
    AgeingBand,
    BehindLine,
    BehindPage,
    BehindPlace,
    Cause,
    CauseState,
    Figure,
    Measure,
    Part,
    Period,
    Rising,
    Surveyed,
    SurveyPart,
    Surveys,
    Whose,
)
from agent_tui.errors import AgentTuiError, Refused
from agent_tui.services.desk import Desk
from agent_tui.services.measuring import Measuring

_EPOCH = date(2026, 11, 16).toordinal()


class MeasuringFromMemory(Measuring):
    """A made-up team. `gate` is waited for before every period but the first `free` ones where it
    is set; `error` is raised in place of figures, `errors` in place of what stands beside.

    `is_empty` where nothing ever happened; `topics` are those that rise; `calls` the interactions
    behind every number, `customer_id` with whom.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.gate: threading.Event | None = None
        self.free = 0
        self.error: AgentTuiError | None = None
        self.errors: dict[str, AgentTuiError] = {}
        self.is_empty = False
        self.topics: tuple[str, ...] = ("boiler", "meter", "moving")
        self.calls: tuple[int, ...] = ()
        self.behind_count = 7
        self.customer_id = 1
        self.asked: list[tuple[object, ...]] = []
        self.read: list[Period] = []

    def choices(self) -> tuple[Whose, ...]:
        if self._desk.agent.role == "agent":
            return (Whose("agent", self._desk.agent.handle), Whose("team", "Desk"))
        return (Whose("team", "Desk"), Whose("agent", "asha"), Whose("agent", "mira"))

    def points(
        self, whose: Whose, periods: Sequence[Period], measures: Sequence[Measure] = MEASURES
    ) -> Iterator[tuple[Figure, ...]]:
        self.asked.append(("points", whose))
        for period in sorted(periods, reverse=True):
            if self.gate is not None and len(self.read) >= self.free:
                self.gate.wait()
            if self.error is not None:
                raise self.error
            self.read.append(period)
            yield tuple(self.figure(one, whose, period) for one in measures)

    def figure(self, measure: Measure, whose: Whose, period: Period) -> Figure:
        said, place = DEFINITIONS[measure], MEASURES.index(measure)
        if said.not_counted is not None:
            return Figure(measure, period, None, None, why=said.not_counted)
        if self.is_empty:
            return Figure(
                measure, period, None if said.bands else 0, 0, bands=self._none(said.bands)
            )
        weeks = (period.since.date().toordinal() - _EPOCH) // 7
        if said.bands:
            bands = tuple(3 + (place + 5 * band) % 7 for band in range(len(said.bands)))
            return Figure(measure, period, None, sum(bands), 2, bands=bands)
        if measure == "decisions_told" and weeks % 3:
            return Figure(measure, period, 0, 0)
        n = 4 + (place * 7 + weeks * 3) % 11
        return Figure(measure, period, n * (5 + (place + weeks) % 6) // 10, n, (place + weeks) % 3)

    @staticmethod
    def _none(bands: Sequence[object]) -> tuple[int, ...]:
        return (0,) * len(bands)

    def behind(
        self,
        measure: Measure,
        part: Part,
        whose: Whose,
        period: Period,
        *,
        before: BehindPlace | None = None,
        limit: int = 50,
    ) -> BehindPage:
        self.asked.append(("behind", measure, part, period))
        if "behind" in self.errors:
            raise self.errors["behind"]
        return self._page(before, DEFINITIONS[measure].title if part != MISSING else "unknown")

    def _page(self, before: BehindPlace | None, words: str) -> BehindPage:
        now = self._desk.clock()
        count = 0 if self.is_empty else self.behind_count
        first = 0 if before is None else before.id
        lines = []
        for number in range(first, min(count, first + 50)):
            call = self.calls[number % len(self.calls)] if self.calls and number % 5 != 4 else None
            place = BehindPlace(now - timedelta(days=number), number + 1)
            lines.append(
                BehindLine(
                    f"i_{number}",
                    place,
                    call,
                    self.customer_id,
                    f"Person {number}",
                    "Mira Okafor",
                    f"{words} {number}",
                )
            )
        more = lines[-1].place if lines and first + 50 < count else None
        return BehindPage(tuple(lines), more)

    def ageing(self, whose: Whose) -> Ageing:
        self._heed("ageing")
        none = (0, 0, 0, 0, 0, 0)
        return (
            Ageing(none, none) if self.is_empty else Ageing((1, 0, 2, 1, 9, 0), (0, 0, 1, 0, 2, 1))
        )

    def behind_ageing(
        self,
        side: Side,
        band: AgeingBand,
        whose: Whose,
        *,
        before: BehindPlace | None = None,
        limit: int = 50,
    ) -> BehindPage:
        self.asked.append(("behind_ageing", side, band))
        return self._page(before, f"{side} {band}")

    def causes(self, whose: Whose, period: Period) -> tuple[Cause, ...]:
        self._heed("causes")
        if self.is_empty:
            return ()
        return (Cause("boiler", 2, 1, 4), Cause("bill", 0, 0, 3), Cause(None, 1, 0, 0))

    def behind_cause(
        self,
        topic: str | None,
        state: CauseState,
        whose: Whose,
        period: Period,
        *,
        before: BehindPlace | None = None,
        limit: int = 50,
    ) -> BehindPage:
        self.asked.append(("behind_cause", topic, state))
        return self._page(before, f"{topic} {state}")

    def rising(self) -> tuple[Rising, ...]:
        self._heed("rising")
        if self.is_empty:
            return ()
        return tuple(
            Rising(topic, 12 - 3 * place, 2.5, place == 2)
            for place, topic in enumerate(self.topics)
        )

    def behind_rising(
        self, topic: str, *, before: BehindPlace | None = None, limit: int = 50
    ) -> BehindPage:
        self.asked.append(("behind_rising", topic))
        return self._page(before, topic)

    def surveys(self, whose: Whose, period: Period) -> Surveys:
        self._heed("surveys")
        if self.is_empty:
            return Surveys((Surveyed("yes", 0, 0, 0),), 0)
        return Surveys((Surveyed("yes", 11, 24, 110), Surveyed("no", 0, 9, 31)), 2)

    def behind_surveys(
        self,
        met: Met,
        part: SurveyPart,
        whose: Whose,
        period: Period,
        *,
        before: BehindPlace | None = None,
        limit: int = 50,
    ) -> BehindPage:
        self.asked.append(("behind_surveys", met, part))
        return self._page(before, f"{met} {part}")

    def _heed(self, section: str) -> None:
        if section in self.errors:
            raise self.errors[section]


def not_for_agents(measuring: MeasuringFromMemory) -> None:
    """What opens into single contacts is refused."""
    for section in ("ageing", "causes", "surveys", "behind"):
        measuring.errors[section] = Refused("what is behind a team's figures is its lead's to read")
