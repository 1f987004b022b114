"""A hundred agents save notes at once on one SQLite file: how long each waits, what is there after.

    python benchmarks/pens.py --agents 100 --notes 5 --processes 4

Every agent has a desk of their own, in one of a few processes; all begin at the same moment, and
write the next note when the last one is on disk, journalling it first as a screen would. Each note
makes a promise and a fact.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.domain.values import ids
from agent_tui.errors import AgentTuiError
from agent_tui.services.desk import Desk
from benchmarks.kill_check import note_of

Answer = tuple[str, float, str]
"""What was done, in how many milliseconds, and why it failed, if it did."""


def open_desk(url: str, agent: str) -> Desk:
    return build_desk(Settings(db=url, agent=agent))


def write_all(
    url: str, agents: range, notes: int, customer: int, start: Barrier, done: Queue[list[Answer]]
) -> None:
    """Some of the agents, each in a thread."""
    desks = {number: open_desk(url, f"agent{number}") for number in agents}
    for desk in desks.values():
        desk.drafting.journal("", "", draft_id=ids.new_id())
    answers: list[Answer] = []
    together = threading.Barrier(len(desks) + 1)

    def work(number: int, desk: Desk) -> None:
        together.wait()
        for note in range(notes):
            name, note_id = f"a{number}n{note}", ids.new_id()
            answers.append(timed("journal", partial(keep, desk, customer, name, note_id)))
            answers.append(timed("save", partial(save, desk, customer, name, note_id)))

    threads = [threading.Thread(target=work, args=one) for one in desks.items()]
    for thread in threads:
        thread.start()
    start.wait()
    together.wait()
    for thread in threads:
        thread.join()
    done.put(answers)


def keep(desk: Desk, customer: int, name: str, note_id: int) -> None:
    desk.drafting.journal(ids.show(ids.CUSTOMER, customer), note_of(name), draft_id=note_id)


def save(desk: Desk, customer: int, name: str, note_id: int) -> None:
    desk.noting.save(note_of(name), customer_id=customer, note_id=note_id)


def timed(what: str, work: Callable[[], None]) -> Answer:
    at = time.perf_counter()
    why = ""
    try:
        work()
    except AgentTuiError as error:
        why = f"{error.title}: {error.message}"
    return what, 1000 * (time.perf_counter() - at), why


def show(answers: list[Answer], seconds: float) -> None:
    for what in ("journal", "save"):
        taken = [ms for one, ms, _why in answers if one == what]
        cuts = statistics.quantiles(taken, n=100, method="inclusive")
        print(
            f"{what:<8} n {len(taken)}  p50 {cuts[49]:.0f}  p95 {cuts[94]:.0f}  "
            f"p99 {cuts[98]:.0f}  max {max(taken):.0f} ms"
        )
    print(f"{len(answers)} writes in {seconds:.1f} s: {len(answers) / seconds:.0f} a second")
    for why in sorted({why for _what, _ms, why in answers if why}):
        print(f"failed {sum(why == one for _w, _ms, one in answers)} times: {why}")


def missing(path: Path, agents: int, notes: int) -> list[str]:
    """Every breach of: each note there once, with its two records, and no draft left."""
    wanted = {note_of(f"a{agent}n{note}") for agent in range(agents) for note in range(notes)}
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT n.text, (SELECT count(*) FROM promises p WHERE p.note_id = n.id), "
            "(SELECT count(*) FROM facts f WHERE f.note_id = n.id) FROM notes n"
        ).fetchall()
        [(drafts,)] = connection.execute("SELECT count(*) FROM drafts").fetchall()
        [(integrity,)] = connection.execute("PRAGMA integrity_check").fetchall()
    found = [text for text, _promises, _facts in rows]
    problems = [f"missing: {text}" for text in sorted(wanted - set(found))]
    problems += [f"{len(found)} notes, not {len(wanted)}"] if len(found) != len(wanted) else []
    problems += [f"records: {row}" for row in rows if row[1:] != (1, 1)]
    problems += [f"{drafts} drafts left"] if drafts else []
    return problems + ([f"integrity: {integrity}"] if integrity != "ok" else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--notes", type=int, default=5)
    parser.add_argument("--processes", type=int, default=4)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.sqlite"
        url = f"sqlite:///{path}"
        with closing(open_desk(url, "lead")) as desk:
            customer = desk.registering.customer("Ava Nguyen")
        spawn = multiprocessing.get_context("spawn")
        start, done = spawn.Barrier(args.processes + 1), spawn.Queue()
        workers = [
            spawn.Process(
                target=write_all,
                args=(
                    url,
                    range(number, args.agents, args.processes),
                    args.notes,
                    customer,
                    start,
                    done,
                ),
            )
            for number in range(args.processes)
        ]
        for worker in workers:
            worker.start()
        start.wait()
        began = time.perf_counter()
        answers = [answer for _worker in workers for answer in done.get()]
        seconds = time.perf_counter() - began
        for worker in workers:
            worker.join()
        problems = missing(path, args.agents, args.notes)
    show(answers, seconds)
    print(*(problems or ["all there, none twice"]), sep="\n")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
