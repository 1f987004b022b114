"""How a team's script runs were opened, counted by whole weeks, of nobody alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from agent_tui.domain.rules.weeks import WEEK
from agent_tui.domain.values.receipts import Override, TeamFigures
from agent_tui.storage.queries import receipts

if TYPE_CHECKING:
    from agent_tui.storage.queries.receipts import OpenedRun
    from agent_tui.storage.reader import Reader

TEAM_AT_LEAST = 5
"""People behind the figures of a team, so that none of them is told of one person."""


def team_figures(
    reader: Reader, team: str, since: datetime, until: datetime
) -> tuple[TeamFigures | None, int]:
    """The figures of the weeks in which enough agents ran scripts, None where there is no such
    week; and how many agents did in the week that had the most.

    Both moments are the beginnings of weeks.
    """
    by_week: dict[datetime, list[OpenedRun]] = defaultdict(list)
    with reader.snapshot():
        for run in receipts.opened_runs(reader, team=team, since=since, until=until):
            by_week[run.week].append(run)
        agents = {week: len({run.agent_id for run in runs}) for week, runs in by_week.items()}
        shown = [week for week, count in agents.items() if count >= TEAM_AT_LEAST]
        missing = sum(
            receipts.without_run(reader, team=team, since=week, until=week + WEEK) for week in shown
        )
    most = max(agents.values(), default=0)
    if not shown:
        return None, most
    runs = [run for week in shown for run in by_week[week]]
    overrides: dict[Override, int] = defaultdict(int)
    for run in runs:
        if run.how == "override":
            overrides[run.override] += 1
    seen = [run for run in runs if run.how == "seen"]
    return TeamFigures(
        team=team,
        since=since,
        until=until,
        agents=len({run.agent_id for run in runs}),
        runs=len(runs),
        seen=len(seen),
        known=sum(run.how == "known" for run in runs),
        overrides=dict(overrides),
        unknown_focus=sum(run.focus == "unknown" for run in seen),
        missing=missing,
        weeks=len(shown),
        left_out=len(by_week) - len(shown),
    ), most
