"""Figures, and the lines behind them, counted by the database from `measure_sources`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from agent_tui.domain.rules.definitions import SAME_NEED_DAYS, YEAR_BOUNDS
from agent_tui.domain.values import ids
from agent_tui.domain.values.measures import BehindLine, BehindPage, BehindPlace, Period
from agent_tui.storage.queries.measure_sources import Rows
from agent_tui.storage.queries.wrap_ups import NOT_PROMISED
from agent_tui.storage.reader import Reader, moment

SURVEY_WINDOW = timedelta(days=30)
"""For how long after a contact a survey that names none belongs to it."""
_MICROSECOND = timedelta(microseconds=1)
_GROUPED = "{within}"


class Scope:
    """Whose rows: of a customer, of an agent, of the agents of a team, or of everybody."""

    def __init__(
        self,
        *,
        customer_id: int | None = None,
        agent_id: int | None = None,
        team_id: int | None = None,
    ) -> None:
        self.customer_id, self.agent_id, self.team_id = customer_id, agent_id, team_id

    def condition(self, agent: str, customer: str) -> str:
        """The condition on the columns that say whose a row is."""
        if self.customer_id is not None:
            return f"{customer} = :customer"
        # The sign keeps both databases from reading all that an agent ever did for a week of it.
        if self.agent_id is not None:
            return f"+{agent} = :agent"
        if self.team_id is not None:
            return f"+{agent} IN (SELECT b.id FROM agents b WHERE b.team_id = :team)"
        return "1 = 1"

    @property
    def values(self) -> dict[str, Any]:
        """What the condition asks for."""
        return {"customer": self.customer_id, "agent": self.agent_id, "team": self.team_id}


def count(
    reader: Reader,
    sources: Sequence[Rows],
    scope: Scope,
    period: Period | None,
    now: datetime,
    **more: Any,
) -> dict[int | None, int]:
    """How many rows were judged how; under None how many are missing. `more` are values of the
    sources."""
    # Materialized, since SQLite would else judge a row anew wherever the judgement is named.
    judged = " UNION ALL ".join(
        f"SELECT {one.verdict} AS verdict {_of(one, scope, period)}" for one in sources
    )
    rows = reader.rows(
        f"WITH j AS MATERIALIZED ({judged}) SELECT j.verdict, count(*) FROM j GROUP BY j.verdict",
        **more,
        **values(reader, scope, period, now),
    )
    return {verdict: int(times) for verdict, times in rows}


def lines(
    reader: Reader,
    sources: Sequence[Rows],
    verdict: int | None,
    scope: Scope,
    period: Period | None,
    now: datetime,
    *,
    before: BehindPlace | None,
    limit: int,
    **more: Any,
) -> BehindPage:
    """The rows that were judged so, newest first, in pages; `more` as in `count`."""
    judged = " UNION ALL ".join(
        f"SELECT '{one.prefix}' AS prefix, {one.id} AS id, {one.at} AS at, "
        f"{one.interaction} AS interaction_id, {one.customer} AS customer_id, "
        f"{one.agent} AS agent_id, {one.text} AS words, {one.verdict} AS verdict "
        f"{_of(one, scope, period)}"
        for one in sources
    )
    wanted = "j.verdict IS NULL" if verdict is None else "j.verdict = :verdict"
    behind = "1 = 1" if before is None else "(j.at < :at OR j.at = :at AND j.id < :id)"
    place = {} if before is None else {"at": before.at, "id": before.id}
    order = "ORDER BY l.at DESC, l.id DESC"
    rows = reader.rows(
        f"WITH j AS MATERIALIZED ({judged}) "
        "SELECT l.prefix, l.id, l.at, l.interaction_id, l.customer_id, c.name, a.name, l.words "
        f"FROM (SELECT * FROM j WHERE {wanted} AND {behind} "
        "ORDER BY j.at DESC, j.id DESC LIMIT :limit) l "
        "LEFT JOIN customers c ON c.id = l.customer_id LEFT JOIN agents a ON a.id = l.agent_id "
        + order,
        verdict=verdict,
        limit=limit + 1,
        **place,
        **more,
        **values(reader, scope, period, now),
    )
    found = tuple(
        BehindLine(
            ids.show(prefix, number),
            BehindPlace(moment(at), number),
            interaction_id,
            customer_id,
            customer,
            agent,
            words,
        )
        for prefix, number, at, interaction_id, customer_id, customer, agent, words in rows[:limit]
    )
    return BehindPage(found, found[-1].place if len(rows) > limit else None)


def agents_behind(reader: Reader, scope: Scope, period: Period) -> int:
    """How many agents of a scope had contacts in a period."""
    row = reader.row(
        "SELECT count(DISTINCT i.agent_id) FROM interactions i WHERE "
        f"{within('i.opened_at', 'i.agent_id', 'i.customer_id', scope, period)}",
        since=period.since,
        until=period.until,
        **scope.values,
    )
    return int(row[0]) if row else 0


def length(reader: Reader, span: timedelta) -> Any:
    """A length of time as the database adds it to moments."""
    return span if reader.is_postgres else span // _MICROSECOND


def values(reader: Reader, scope: Scope, period: Period | None, now: datetime) -> dict[str, Any]:
    """The values that the sources ask for."""
    when = {} if period is None else {"since": period.since, "until": period.until} | _years(period)
    return {
        "now": now,
        "fortnight": length(reader, timedelta(days=SAME_NEED_DAYS)),
        "survey_window": length(reader, SURVEY_WINDOW),
        "not_promised": NOT_PROMISED,
        **when,
        **scope.values,
    }


def _years(period: Period) -> dict[str, datetime]:
    """The moments so many years before the end of a period."""
    return {f"years_{bound}": _years_before(period.until, bound) for bound in YEAR_BOUNDS}


def _years_before(when: datetime, years: int) -> datetime:
    try:
        return when.replace(year=when.year - years)
    except ValueError:  # 29 February
        return when.replace(year=when.year - years, day=28)


def _of(one: Rows, scope: Scope, period: Period | None) -> str:
    """`FROM ... WHERE ...` of rows, within a scope and a period."""
    if _GROUPED in one.rows:
        inner = within("i.opened_at", "i.agent_id", "i.customer_id", scope, period)
        return f"FROM {one.rows.format(within=inner)} WHERE {one.where}"
    conditions = within(one.at, one.agent, one.customer, scope, period)
    return f"FROM {one.rows} WHERE {conditions} AND {one.where}"


def within(at: str, agent: str, customer: str, scope: Scope, period: Period | None) -> str:
    """The conditions on the columns that place a row in time and say whose it is."""
    whose = scope.condition(agent, customer)
    return whose if period is None else f"{at} >= :since AND {at} < :until AND {whose}"
