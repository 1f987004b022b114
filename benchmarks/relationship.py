"""What stands before the script, for a customer with 100 and with 10,000 entries.

    python benchmarks/relationship.py --runs 40 [--db postgresql://...]

The entries are 8 messages and a note to every call, and among a hundred of them promises, facts,
entries of the ledger and moods. Measured through the services: the brief alone (a rule over
values), everything that opening a customer reads, the gate, the keeping of a receipt, the timeline
(newest page, pages further back), and a script (open it, answer, go back). The sizes take turns,
so that a busy machine slows both alike. With --db the desk must be an empty database of its own.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.domain.rules.brief import make_brief
from agent_tui.domain.rules.seeing import reading_ms
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.receipts import LineSeen
from agent_tui.services.desk import Desk
from benchmarks.terminal import Figures

AGENT = "mira"
SIZES = (100, 10_000)
MESSAGES_IN_A_CALL = 8
SCRIPT = """---
title: The visit
kind: help
---
## First
What happened, {{ customer.name }}?

capture: !look into it {{ answer }}

1. Nobody came -> Second
2. Nothing -> end

## Second
We are sorry.
"""


def name_of(entries: int) -> str:
    """The customer with so many entries."""
    return f"Anselm Zwickelbart {entries}"


# -- a customer ----------------------------------------------------------------------------------


def make(desk: Desk, entries: int) -> int:
    """A customer with so many entries over nine years; returns the id."""
    from agent_tui.domain.tables import Concession, Fact, Interaction, Message, Mood, Note, Promise
    from agent_tui.services.registering import add_customer

    rows: dict[type[Any], list[dict[str, Any]]] = {
        one: [] for one in (Interaction, Message, Note, Promise, Fact, Concession, Mood)
    }
    now = desk.clock()
    with desk.writing() as unit:
        who = add_customer(unit, name=name_of(entries)).id
        calls = entries // (MESSAGES_IN_A_CALL + 2)
        for number in range(calls):
            at = now - timedelta(days=3_000 * (calls - number) / calls + 1)
            call_id = new_id()
            call = {"id": call_id, "customer_id": who, "opened_at": at, "version": 1}
            talk = {"channel": "phone", "direction": "in", "state": "wrapped_up", "met": "yes"}
            rows[Interaction].append(call | talk)
            for place in range(1, MESSAGES_IN_A_CALL + 1):
                rows[Message].append(message(call_id, place, at))
            mine = {"customer_id": who, "interaction_id": call_id}
            rows[Note].append(
                {"id": new_id(), "version": 1, "text": f"note {number}", "at": at, **mine}
                | {"after_sequence": MESSAGES_IN_A_CALL}
            )
            if number % 10 == 0:
                for table, more in records(number, at).items():
                    rows[table].append({"id": new_id(), **mine, **more})
        for table, made in rows.items():
            unit.insert_many(table, made)
    return who


def message(call_id: int, place: int, at: datetime) -> dict[str, Any]:
    """One of the messages of a call."""
    return {
        "id": new_id(),
        "interaction_id": call_id,
        "sequence": place,
        "at": at + timedelta(seconds=10 * place),
        "speaker": ("customer", "agent")[place % 2],
        "text": "a sentence about a boiler that loses its pressure",
        "final": True,
        "delivery": "none",
    }


def records(number: int, at: datetime) -> dict[type[Any], dict[str, Any]]:
    """What came of every tenth call."""
    from agent_tui.domain.tables import Concession, Fact, Mood, Promise

    side = ("ours", "theirs")[number % 20 == 0]
    state = "open" if number % 100 == 0 else "kept"
    owed = {"side": side, "text": f"call back {number}", "state": state, "created_at": at}
    given = {"side": side, "kind": f"credit {number}", "at": at}
    known = {"kind": "knows", "text": f"fact {number}", "source": "stated", "stated_at": at}
    return {
        Promise: {**owed, "due_at": at + timedelta(days=3), "version": 1},
        Fact: {**known, "state": "current", "version": 1},
        Concession: {**given, "state": "current", "version": 1},
        Mood: {"text": f"I have had enough {number}", "at": at},
    }


# -- what is measured ----------------------------------------------------------------------------


class Turn:
    """One customer, and what is done with them."""

    def __init__(self, desk: Desk, entries: int, figures: Figures) -> None:
        self.desk, self.entries, self.figures = desk, entries, figures
        self.who = make(desk, entries)

    def run(self) -> None:
        """Do everything once, on a call of its own."""
        desk, who = self.desk, self.who
        opened = self.timed("open: all records and the brief", self.open, "60")
        self.timed("the brief alone", lambda: self.brief(opened.dossier), "10")
        self.timed("the gate", lambda: desk.receipting.gate(who, None))
        lines = [LineSeen(line.key, "viewed", reading_ms(line)) for line in opened.brief.lines]
        self.timed(
            "keep a receipt",
            lambda: desk.receipting.seen(who, None, opened.brief.digest, lines),
        )
        newest = self.timed("timeline: newest", lambda: desk.looking_back.newest(who), "30")
        if newest.earlier is not None:
            place = newest.earlier
            self.timed(
                "timeline: further back", lambda: desk.looking_back.earlier(who, place), "30"
            )
        first = desk.scripting.open("the-visit", who)
        again = self.timed("script: take up", lambda: desk.scripting.run(first.run.id))
        self.timed("script: answer", lambda: desk.scripting.choose(again.run.id, "1", "today"))
        self.timed("script: back", lambda: desk.scripting.back(again.run.id))
        desk.scripting.leave(again.run.id)

    def open(self) -> Any:
        """What opening the customer reads."""
        return self.desk.opening.customer(self.who)

    def brief(self, dossier: Any) -> object:
        """The rule over the records."""
        agent = self.desk.agent.id
        return make_brief(dossier, self.desk.clock(), self.desk.zone, agent_id=agent)

    def timed(self, what: str, do: Callable[[], Any], budget: str = "") -> Any:
        """Do it, and keep how long it took."""
        began = time.perf_counter()
        done = do()
        spent = 1000 * (time.perf_counter() - began)
        self.figures.add(f"{self.entries:>6} entries: {what}", spent, budget=budget)
        return done


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--db", help="an empty database; else a file that is thrown away")
    args = parser.parse_args()
    from agent_tui.storage import schema

    with tempfile.TemporaryDirectory() as folder:
        url = args.db or f"sqlite:///{Path(folder) / 'desk.sqlite'}"
        schema.upgrade(url)
        settings = Settings(db=url, agent=AGENT, region="GB")
        with closing(build_desk(settings, clock=lambda: datetime.now(UTC))) as desk:
            desk.scripting.take_in(SCRIPT, "the-visit")
            warm, figures = Figures(), Figures()
            turns = [Turn(desk, entries, warm) for entries in SIZES]
            for turn in turns:
                turn.run()
                turn.figures = figures
            for _ in range(args.runs):
                for turn in turns:
                    turn.run()
            figures.show()


if __name__ == "__main__":
    main()
