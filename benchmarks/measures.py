"""What the Relationship room asks of a desk with a hundred thousand contacts, or a million.

    python benchmarks/measures.py --keep FOLDER [--interactions 1000000]
    python benchmarks/measures.py --db sqlite:///desk.sqlite

Without --db a desk is generated, in FOLDER where it stays for the next time. Measured through the
services, for an admin (everybody) and the largest team and agent: all measures of one week, which
is how a line over time fills, the first of them (when there is something to look at), each measure
over twelve weeks, a page behind a figure, and what stands beside the measures.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.domain.rules.periods import periods
from agent_tui.domain.values.measures import (
    MEASURES,
    BehindPage,
    BehindPlace,
    Measure,
    Period,
    Whose,
)
from agent_tui.services.desk import Desk
from agent_tui.storage.queries import agents
from agent_tui.storage.reader import moment
from benchmarks.terminal import Figures

WEEKS = timedelta(weeks=12)
PEOPLE_FOR_ONE = 10
"""Contacts of a generated person, in the mean."""


def generate(url: str, interactions: int) -> None:
    """Fill a desk with so many contacts, where they are not there yet."""
    with closing(build_desk(Settings(db=url, agent="bench", region="GB"))) as desk:
        desk.generating.people(interactions // PEOPLE_FOR_ONE, seed=1)
        desk.generating.talks(interactions, seed=1)


class Room:
    """One kind of people whose figures are asked for."""

    def __init__(self, desk: Desk, whose: Whose, figures: Figures) -> None:
        self.desk, self.whose, self.figures = desk, whose, figures
        self.name = f"{whose.kind:5}"
        now = desk.clock()
        self.weeks = periods(now - WEEKS, now, "week")
        self.whole = Period(self.weeks[0].since, self.weeks[-1].until)

    def run(self) -> None:
        """Ask everything once."""
        measuring = self.desk.measuring
        points = measuring.points(self.whose, self.weeks)
        self.timed("the newest week, all measures", lambda: next(points))
        for _ in self.weeks[1:]:
            self.timed("a week before, all measures", lambda: next(points))
        for measure in MEASURES:
            self.timed(f"12 weeks: {measure}", self.asking(measure, self.weeks))
        week = self.weeks[-2]

        def behind(before: BehindPlace | None = None) -> BehindPage:
            return measuring.behind("agenda_recorded", "counted", self.whose, week, before=before)

        page = self.timed("behind a week: the first page", behind)
        self.timed("behind a week: a page further", lambda: behind(page.behind))
        self.timed("promises ageing", lambda: measuring.ageing(self.whose))
        self.timed("causes, 12 weeks", lambda: measuring.causes(self.whose, self.whole))
        self.timed("surveys, 12 weeks", lambda: measuring.surveys(self.whose, self.whole))
        self.timed("rising topics", measuring.rising)

    def asking(self, measure: Measure, weeks: Sequence[Period]) -> Callable[[], object]:
        """Ask for one measure over time."""
        return lambda: self.desk.measuring.series(measure, self.whose, weeks)

    def timed(self, what: str, do: Callable[[], Any]) -> Any:
        """Do it, and keep how long it took."""
        began = time.perf_counter()
        done = do()
        spent = 1000 * (time.perf_counter() - began)
        self.figures.add(f"{self.name} {what}", spent)
        return done


def busiest(desk: Desk) -> tuple[Whose, Whose]:
    """The team and the agent with the most contacts."""
    reader = desk.store.reader()
    row = reader.row(
        "SELECT i.agent_id FROM interactions i WHERE i.agent_id IS NOT NULL "
        "GROUP BY i.agent_id ORDER BY count(*) DESC LIMIT 1"
    )
    assert row is not None, "a desk with contacts"
    agent = agents.by_id(reader, agent_id=row[0])
    assert agent is not None
    return Whose("team", agent.team), Whose("agent", agent.handle)


def count(desk: Desk) -> int:
    """How many contacts there are."""
    row = desk.store.reader().row("SELECT count(*) FROM interactions")
    return int(row[0]) if row else 0


def make_admin(desk: Desk) -> None:
    """Let who measures see everything."""
    from agent_tui.domain.tables import Agent

    with desk.writing() as unit:
        row = unit.get(Agent, desk.agent.id)
        row.role = "admin"
        unit.save(row)


def newest(desk: Desk) -> datetime:
    """When the newest contact was, so that the twelve weeks before it are full ones."""
    row = desk.store.reader().row("SELECT max(i.opened_at) FROM interactions i")
    assert row is not None, "a desk with contacts"
    return moment(row[0])


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--interactions", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="a folder where the generated desk stays")
    parser.add_argument("--db", help="a desk that is there already; it gets an admin more")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as thrown_away:
        url: str | None = args.db
        if url is None:
            path = (args.keep or Path(thrown_away)) / f"talks-{args.interactions}.sqlite"
            url = f"sqlite:///{path}"
            generate(url, args.interactions)
        clock_at: list[datetime] = [datetime.now(UTC)]
        settings = Settings(db=url, agent="bench", region="GB")
        with closing(build_desk(settings, clock=lambda: clock_at[0])) as desk:
            make_admin(desk)
            clock_at[0] = newest(desk)
            figures = Figures()
            rooms = [Room(desk, whose, figures) for whose in (Whose("all"), *busiest(desk))]
            for _ in range(args.runs):
                for room in rooms:
                    room.run()
            print(f"{count(desk):,} contacts")
            figures.show()


if __name__ == "__main__":
    main()
