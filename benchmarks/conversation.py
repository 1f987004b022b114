"""Conversations of 100, 10,000 and 100,000 messages: what is read, and what is painted.

    python benchmarks/conversation.py --runs 25

The same messages stand in calls of fifty and all in one call. First the services alone, then the
real program in a pseudo terminal of 120x40: opening, paging, both ends, a line that another
process commits, and a key typed while fifty lines a second arrive. The sizes are worked with in
turn, so that a busy machine slows all alike.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.domain.values.conversation import Whose
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.touched import Touched
from benchmarks.pty_driver import DOWN, END, ENTER, ESCAPE, F1, Terminal
from benchmarks.terminal import (
    AGENT,
    CALLER,
    Figures,
    Key,
    feeder,
    home,
    measure_under_feed,
    program,
)

HOME, PAGE_UP, PAGE_DOWN, UP = "\x1b[H", "\x1b[5~", "\x1b[6~", "\x1b[A"
NAME = "Anselm Zwickelbart"
SIZES = ((100, 50), (10_000, 50), (100_000, 50), (100_000, 100_000))
"""Messages in all, and in one call."""


# -- conversations -------------------------------------------------------------------------------


def make(url: str, messages: int, in_a_call: int) -> None:
    """A desk with one customer who said so much."""
    from agent_tui.domain.tables import Interaction, Message
    from agent_tui.services.registering import add_customer, link_peer
    from agent_tui.storage import schema

    schema.upgrade(url)
    with closing(build_desk(Settings(db=url, agent=AGENT.lower(), region="GB"))) as desk:
        calls: list[dict[str, Any]] = []
        said: list[dict[str, Any]] = []
        now = datetime.now(UTC)
        with desk.writing() as unit:
            who = add_customer(unit, name=NAME).id
            link_peer(unit, customer_id=who, peer=CALLER, region="GB")
            for number in range(messages):
                place = number % in_a_call
                if place == 0:
                    at = now - timedelta(hours=(messages - number) // in_a_call + 1)
                    calls.append(call(who, at))
                moment = at + timedelta(minutes=50 * place / in_a_call)
                said.append(message(calls[-1]["id"], place + 1, moment, number + 1))
            unit.insert_many(Interaction, calls)
            unit.insert_many(Message, said)


def call(customer_id: int, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "version": 1,
        "customer_id": customer_id,
        "channel": "phone",
        "direction": "in",
        "state": "wrapped_up",
        "met": "yes",
        "opened_at": at,
    }


def message(call_id: int, sequence: int, at: datetime, number: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "interaction_id": call_id,
        "sequence": sequence,
        "at": at,
        "speaker": ("customer", "agent")[number % 2],
        "text": f"sentence {number} of all that was said about a boiler that loses its pressure",
        "final": True,
        "delivery": "none",
    }


# -- reading -------------------------------------------------------------------------------------


def measure_reading(url: str, name: str, runs: int, figures: Figures) -> None:
    """Each page, and a search, through the services."""
    with closing(build_desk(Settings(db=url, agent=AGENT.lower(), region="GB"))) as desk:
        opening, who = desk.opening, desk.finding.choose(NAME)
        whose = Whose(who)
        newest, first = opening.newest(whose), opening.first(whose)
        middle = newest.earlier or newest.passages[0].place
        entry = newest.passages[-1].entries[-1]
        touched = Touched(messages=frozenset({entry.id}))
        reads: dict[str, tuple[Callable[[], object], str]] = {
            "newest": (lambda: opening.newest(whose), ""),
            "first": (lambda: opening.first(whose), ""),
            "earlier": (lambda: opening.earlier(whose, middle), ""),
            "later": (lambda: opening.later(whose, first.later or middle), ""),
            "around": (lambda: opening.around(whose, middle), ""),
            "what is fresh": (lambda: opening.fresh(whose, newest.last, touched), ""),
            "search, nothing found": (lambda: opening.search(whose, "boiler nowhere"), "150"),
            "search, much found": (lambda: opening.search(whose, "BOILER press"), "150"),
        }
        for what, (read, budget) in reads.items():
            for run in range(runs if not budget else max(3, runs // 5)):
                began = time.perf_counter()
                read()
                if run:
                    spent = 1000 * (time.perf_counter() - began)
                    figures.add(f"read {name}: {what}", spent, budget=budget)


# -- the program ---------------------------------------------------------------------------------


def conversation(terminal: Terminal) -> list[str]:
    """The rows of the conversation."""
    rows = [terminal.row(y) for y in range(terminal.rows)]
    start = next(y for y, row in enumerate(rows) if "Conversation" in row)
    end = next(y for y, row in enumerate(rows) if y > start and row.startswith("╰"))
    return [row[: row.find("││")] for row in rows[start + 1 : end]]


def press(terminal: Terminal, key: str) -> float:
    """From a key to the last change of the conversation that it made, in milliseconds."""
    before = conversation(terminal)
    pressed = Key(terminal, key)
    terminal.wait_for(lambda: conversation(terminal) != before, "a change")
    pressed.watch(said=lambda: conversation(terminal))
    return pressed.ms("said")


def measure_program(url: str, name: str, messages: int, runs: int, figures: Figures) -> None:
    budget = "30 / p99 80"
    last, first = f"sentence {messages} of all", "sentence 1 of all"
    with Terminal([*program(url), "desk"], env=home()) as terminal:
        terminal.until(AGENT)
        for _ in range(max(5, runs // 3)):
            terminal.type("zwickelbart")
            terminal.until(f"▸ {NAME}", "Before you speak")
            terminal.rest()
            key = Key(terminal, ENTER)
            at = terminal.until(last, f"about {NAME}")
            figures.add(f"{name}: open", 1000 * (at - key.at), budget="60 / p99 150")
            terminal.rest()
            terminal.type(F1)
            terminal.rest()
            while NAME in conversation_title(terminal):
                terminal.type(ESCAPE)
                terminal.rest(0.3)
        terminal.type("zwickelbart")
        terminal.until(f"▸ {NAME}", "Before you speak")
        terminal.type(ENTER)
        terminal.until(last, f"about {NAME}")
        terminal.rest()
        for _ in range(runs):
            key = Key(terminal, HOME)
            at = terminal.until(first)
            figures.add(f"{name}: home", 1000 * (at - key.at), budget=budget)
            terminal.rest()
            key = Key(terminal, END)
            at = terminal.until(last)
            figures.add(f"{name}: end", 1000 * (at - key.at), budget=budget)
            terminal.rest()
        for _ in range(min(runs, messages // 40)):
            figures.add(f"{name}: page up", press(terminal, PAGE_UP), budget=budget)
        for _ in range(min(runs, messages // 40)):
            figures.add(f"{name}: page down", press(terminal, PAGE_DOWN), budget=budget)
        for _ in range(min(runs, messages // 4)):
            figures.add(f"{name}: cursor up", press(terminal, UP), budget="10 / p99 30")
        for _ in range(min(runs, messages // 4)):
            figures.add(f"{name}: cursor down", press(terminal, DOWN), budget="10 / p99 30")
        measure_live(terminal, url, name, runs, figures)


def conversation_title(terminal: Terminal) -> str:
    return next((terminal.row(y) for y in range(terminal.rows) if "about " in terminal.row(y)), "")


def measure_live(terminal: Terminal, url: str, name: str, runs: int, figures: Figures) -> None:
    """Lines that another process commits, and keys typed meanwhile."""
    own = Figures()
    call_id = f"call-{time.monotonic_ns()}"
    with feeder(url) as tell:
        tell(f"{call_id} answered {CALLER}")()
        terminal.rest(1.0)
        terminal.type(END)
        terminal.rest()
        for run in range(runs):
            committed = tell(f"{call_id} message spoken word number {run:04}.")
            shown = terminal.until(f"number {run:04}.")
            figures.add(f"{name}: append", 1000 * (shown - committed()), budget="p99 100")
        measure_under_feed(terminal, tell, call_id, own)
    for value in own.samples["note: key to echo at 50 lines a second"]:
        figures.add(f"{name}: key to echo at 50 lines/s", value, budget="10 / p99 30")


# -- all of it -----------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--messages", type=int, nargs="*", help="only these sizes")
    options = parser.parse_args()
    figures, load = Figures(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for messages, in_a_call in SIZES:
            if options.messages and messages not in options.messages:
                continue
            name = f"{messages:,}" + ("" if in_a_call < messages else " in one call")
            url = f"sqlite:///{Path(folder)}/{messages}-{in_a_call}.sqlite"
            make(url, messages, in_a_call)
            made.append((url, name, messages))
        for url, name, _messages in made:
            measure_reading(url, name, options.runs, figures)
        for url, name, messages in made:
            measure_program(url, name, messages, options.runs, figures)
    figures.show()
    print(f"load before: {load:.2f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
