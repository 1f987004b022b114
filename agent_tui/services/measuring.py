"""Measures of what is done with people, over time, each opening into what is behind it.

Agents read their own figures, and those of their team where five people and more are behind
them; leads those of their team and of everybody in it, one by one and never as a list that is
ordered by a figure; admins all. A customer's figures are theirs who serve them: everybody's.

Whatever the records do not tell is `missing` and never nought. Figures are of one moment each;
long questions can be interrupted (`store.interrupt`), and periods come one by one, newest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, get_args

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.rules.herd import WEEK, herd, week_starts
from agent_tui.domain.values.kinds import Met
from agent_tui.domain.values.measures import (
    AGEING,
    CAUSE_STATES,
    COUNTED,
    MEASURES,
    MISSING,
    OTHERS,
    SURVEY_PARTS,
    Ageing,
    AgeingBand,
    BehindPage,
    BehindPlace,
    Cause,
    CauseState,
    Figure,
    Measure,
    Part,
    Period,
    Rising,
    Series,
    Surveyed,
    SurveyPart,
    Surveys,
    Whose,
)
from agent_tui.errors import UsageError
from agent_tui.services.measure_scopes import Seen, choices_of, opened_by, seen_by
from agent_tui.storage.queries import measures, open_matters
from agent_tui.storage.queries.measure_sources import SOURCES
from agent_tui.storage.queries.measures import Scope
from agent_tui.storage.queries.open_matters import AGEING as AGEING_ROWS
from agent_tui.storage.queries.open_matters import CAUSES, RISEN, SURVEYS

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import Side
    from agent_tui.services.desk import Desk
    from agent_tui.storage.queries.measure_sources import Rows
    from agent_tui.storage.reader import Reader

PAGE = 50
"""Lines behind a figure that are read at once."""
AGENTS_AT_LEAST = 5
"""Agents behind a team's figures, for those who do not lead it: fewer would be told one by one."""
_TOO_FEW = f"fewer than {AGENTS_AT_LEAST} agents of the team had contacts"


class Measuring:
    """Reads measures."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def choices(self) -> tuple[Whose, ...]:
        """Whose figures I may ask for, the first being where to begin: for an agent themself and
        their team; for a lead their team, then its agents by handle; for an admin everybody, then
        the teams by name, then the agents by handle. Customers are not listed: they are asked for
        by id.
        """
        return choices_of(self._desk)

    def points(
        self, whose: Whose, periods: Sequence[Period], measures: Sequence[Measure] = MEASURES
    ) -> Iterator[tuple[Figure, ...]]:
        """The figures of each period, in the order of `measures`: the newest period first, each
        as soon as it is known. `periods` come from `domain.rules.periods`.

        Refused at once (not at the first period) for whose I may not see; NotFound.
        """
        seen = seen_by(self._desk, whose)
        newest_first = sorted(periods, reverse=True)
        return (self._figures(measures, seen, period) for period in newest_first)

    def series(self, measure: Measure, whose: Whose, periods: Sequence[Period]) -> Series:
        """One measure over time, from the oldest period on. Raises as `points` does."""
        found = [figure for (figure,) in self.points(whose, periods, (measure,))]
        return Series(measure, whose, tuple(reversed(found)))

    def figure(self, measure: Measure, whose: Whose, period: Period) -> Figure:
        """One measure in one period, of any length. Raises as `points` does.

        Of counts the whole is also `domain.rules.periods.total` of its parts; of spreads (with
        bands) it is not, since one person is in touch in many weeks.
        """
        return self._figures((measure,), seen_by(self._desk, whose), period)[0]

    def behind(
        self,
        measure: Measure,
        part: Part,
        whose: Whose,
        period: Period,
        *,
        before: BehindPlace | None = None,
        limit: int = PAGE,
    ) -> BehindPage:
        """What a figure counts: `part` is `counted`, `others`, `missing`, or a band's code.

        There are as many as the figure says. An agent reads what is behind their own figures and
        a customer's, not behind their team's. Raises Refused, NotFound, UsageError for another
        part.
        """
        verdict = _verdict(measure, part)
        return self._lines(
            SOURCES.get(measure, ()), verdict, opened_by(self._desk, whose), period, before, limit
        )

    def ageing(self, whose: Whose) -> Ageing:
        """Open promises by how late they are, as of now."""
        seen = opened_by(self._desk, whose)
        bounds = self._bounds()
        reader, now = self._desk.store.reader(), self._desk.clock()
        counts: dict[Side, tuple[int, ...]] = {}
        with reader.snapshot():
            for side, source in AGEING_ROWS.items():
                found = measures.count(reader, (source,), seen.scope, None, now, **bounds)
                counts[side] = tuple(found.get(place, 0) for place in range(len(AGEING)))
        return Ageing(**counts)

    def behind_ageing(
        self,
        side: Side,
        band: AgeingBand,
        whose: Whose,
        *,
        before: BehindPlace | None = None,
        limit: int = PAGE,
    ) -> BehindPage:
        """The open promises of a band, those due last first."""
        if side not in AGEING_ROWS or band not in AGEING:
            raise UsageError(f"“{side}”, “{band}” are no promises: {', '.join(AGEING)}")
        verdict = list(AGEING).index(band)
        source = (AGEING_ROWS[side],)
        return self._lines(
            source, verdict, opened_by(self._desk, whose), None, before, limit, **self._bounds()
        )

    def causes(self, whose: Whose, period: Period) -> tuple[Cause, ...]:
        """Complaints opened in a period by the topics that they came with, the most first; those
        without a topic last."""
        seen = opened_by(self._desk, whose)
        states: dict[str | None, list[int]] = {}
        found = open_matters.grouped(
            self._desk.store.reader(), CAUSES, "t.topic", seen.scope, period, self._desk.clock()
        )
        for topic, verdict, times in found:
            states.setdefault(topic, [0] * len(CAUSE_STATES))[verdict] = times
        causes = (Cause(topic, *counts) for topic, counts in states.items())
        return tuple(
            sorted(causes, key=lambda one: (one.topic is None, -one.total, one.topic or ""))
        )

    def behind_cause(
        self,
        topic: str | None,
        state: CauseState,
        whose: Whose,
        period: Period,
        *,
        before: BehindPlace | None = None,
        limit: int = PAGE,
    ) -> BehindPage:
        """The complaints of a cause in a state, newest first."""
        verdict = _place(state, CAUSE_STATES)
        which = "t.topic IS NULL" if topic is None else "t.topic = :topic"
        source = CAUSES._replace(where=f"{CAUSES.where} AND {which}")
        return self._lines(
            (source,), verdict, opened_by(self._desk, whose), period, before, limit, topic=topic
        )

    def rising(self) -> tuple[Rising, ...]:
        """Topics with which more people than usual came in the last seven days, of everybody's
        customers: those with the most people first. It is about topics, so everybody sees it."""
        now = self._desk.clock()
        weeks = open_matters.people_by_topic(
            self._desk.store.reader(), now=now, starts=week_starts(now)
        )
        risen = (herd(topic, counts) for topic, counts in weeks.items())
        found = (Rising(one.topic, one.others, one.usual, one.is_new) for one in risen if one)
        return tuple(sorted(found, key=lambda one: (-one.people, one.topic)))

    def behind_rising(
        self, topic: str, *, before: BehindPlace | None = None, limit: int = PAGE
    ) -> BehindPage:
        """The contacts with a topic in the last seven days, newest first."""
        now = self._desk.clock()
        # The week of a herd begins behind its start and ends with now.
        week = Period(now - WEEK + datetime.resolution, now + datetime.resolution)
        return self._lines((RISEN,), 1, Seen(Scope()), week, before, limit, topic=topic)

    def surveys(self, whose: Whose, period: Period) -> Surveys:
        """Who was asked what they think, who answered and who did not, by how it ended."""
        seen = opened_by(self._desk, whose)
        reader, now = self._desk.store.reader(), self._desk.clock()
        counts: dict[str, list[int]] = {met: [0] * len(SURVEY_PARTS) for met in get_args(Met)}
        with reader.snapshot():
            for met, verdict, times in open_matters.grouped(
                reader, SURVEYS, "i.met", seen.scope, period, now
            ):
                counts[met][verdict] = times
            unplaced = open_matters.unplaced_surveys(reader, seen.scope, period, now)
        return Surveys(tuple(Surveyed(met, *parts) for met, parts in counts.items()), unplaced)

    def behind_surveys(
        self,
        met: Met,
        part: SurveyPart,
        whose: Whose,
        period: Period,
        *,
        before: BehindPlace | None = None,
        limit: int = PAGE,
    ) -> BehindPage:
        """The contacts behind a number of `surveys`, newest first."""
        verdict = _place(part, SURVEY_PARTS)
        source = SURVEYS._replace(where=f"{SURVEYS.where} AND i.met = :met")
        return self._lines(
            (source,), verdict, opened_by(self._desk, whose), period, before, limit, met=met
        )

    def _figures(self, wanted: Sequence[Measure], seen: Seen, period: Period) -> tuple[Figure, ...]:
        reader, now = self._desk.store.reader(), self._desk.clock()
        with reader.snapshot():
            if seen.is_of_many:
                people = measures.agents_behind(reader, seen.scope, period)
                if people < AGENTS_AT_LEAST:
                    return tuple(Figure(one, period, None, None, why=_TOO_FEW) for one in wanted)
            return tuple(_figure(reader, one, seen.scope, period, now) for one in wanted)

    def _lines(
        self,
        sources: Sequence[Rows],
        verdict: int | None,
        seen: Seen,
        period: Period | None,
        before: BehindPlace | None,
        limit: int,
        **more: Any,
    ) -> BehindPage:
        if not sources:
            return BehindPage(())
        return measures.lines(
            self._desk.store.reader(),
            sources,
            verdict,
            seen.scope,
            period,
            self._desk.clock(),
            before=before,
            limit=limit,
            **more,
        )

    def _bounds(self) -> dict[str, datetime]:
        """The beginnings of days in the desk's zone that part the bands of promises."""
        day = self._desk.clock().astimezone(self._desk.zone).date()

        def begin(days: int) -> datetime:
            return datetime.combine(day + timedelta(days=days), time(), self._desk.zone)

        return {
            "tomorrow": begin(1),
            "today": begin(0),
            "days_3": begin(-3),
            "days_7": begin(-7),
        }


def _figure(
    reader: Reader, measure: Measure, scope: Scope, period: Period, now: datetime
) -> Figure:
    definition = DEFINITIONS[measure]
    if measure not in SOURCES:
        return Figure(measure, period, None, None, why=definition.not_counted)
    found = measures.count(reader, SOURCES[measure], scope, period, now)
    missing = found.get(None, 0)
    if definition.bands:
        bands = tuple(found.get(place, 0) for place in range(len(definition.bands)))
        return Figure(measure, period, None, sum(bands), missing, bands=bands)
    counted = found.get(1, 0)
    return Figure(measure, period, counted, counted + found.get(0, 0), missing)


def _verdict(measure: Measure, part: Part) -> int | None:
    """How the rows of a part were judged. Raises UsageError."""
    if measure not in DEFINITIONS:
        raise UsageError(f"“{measure}” is no measure: {', '.join(DEFINITIONS)}")
    if part == MISSING:
        return None
    bands = [code for code, _ in DEFINITIONS[measure].bands]
    return _place(part, bands or (OTHERS, COUNTED))


def _place(part: str, parts: Sequence[str]) -> int:
    if part not in parts:
        raise UsageError(f"“{part}” is no part of it: {', '.join(parts)}")
    return list(parts).index(part)
