"""How fast files of people come in, the search index included, and how much memory that takes.

    python benchmarks/importing.py --sizes 20000 100000 --runs 3 [--db postgresql://...]
    python benchmarks/importing.py --sizes 1000000 --runs 1 --formats csv

The files are of made-up people with two telephone numbers and an address each, written once.
Every run is `agent-tui import` in a process of its own on an empty desk; the formats take turns,
so that a busy machine slows both alike. Then the same file comes again, which changes nothing.
What each stage takes is measured in this process with the smallest file. With --db the database
must be one that is empty: its tables are thrown away before each run.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.crowd.people import MadePerson, person
from agent_tui.exchange.csv_file import read_csv
from agent_tui.exchange.jsonl import read_jsonl
from agent_tui.services.import_cleaning import Cleaner
from agent_tui.services.import_masking import without_cards

BUDGET = "a million in 240 s (aim: 120), 400 MB"
SEED = 7
HEADER = ("Record ID", "Full Name", "Company", "City", "Phone", "Mobile", "Email")
FORMATS = ("csv", "jsonl")
REGION = "GB"


# -- files ---------------------------------------------------------------------------------------


def made(count: int) -> Iterator[tuple[MadePerson, list[tuple[str, str]]]]:
    """People with how they are reached: at most two numbers and one address."""
    for number in range(count):
        one = person(SEED, number)
        phones = [("phone", point.value) for point in one.points if point.kind == "phone"][:2]
        emails = [("email", point.value) for point in one.points if point.kind == "email"][:1]
        yield one, [*phones, *emails]


def write_files(folder: Path, count: int) -> dict[str, Path]:
    """The same people in every format."""
    paths = {name: folder / f"people-{count}.{name}" for name in FORMATS}
    with (
        paths["csv"].open("w", newline="", encoding="utf-8") as table,
        paths["jsonl"].open("w", encoding="utf-8") as lines,
    ):
        rows = csv.writer(table)
        rows.writerow(HEADER)
        for one, points in made(count):
            phones = [value for kind, value in points if kind == "phone"] + ["", ""]
            email = next((value for kind, value in points if kind == "email"), "")
            about = {"company": one.company, "city": one.city}
            rows.writerow([one.external_id, one.name, *about.values(), *phones[:2], email])
            reached = [{"kind": kind, "value": value} for kind, value in points]
            customer = {"external_id": one.external_id, "name": one.name, **about}
            record = {"customer": {**customer, "contact_points": reached}}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return paths


# -- one run -------------------------------------------------------------------------------------


def run_import(path: Path, url: str, home: Path) -> dict[str, float]:
    """Import a file in a process of its own: seconds, processor seconds, megabytes, rows."""
    command = [sys.executable, "-m", "agent_tui", "import", str(path), "--json"]
    command += ["--db", url, "--region", REGION, "--source", "bench"]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "AGENT_TUI_HOME": str(home)},
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the import ended with {process.returncode}")
    counts = json.loads(said)
    return {
        "seconds": seconds,
        "processor": used.ru_utime + used.ru_stime,
        "MB": used.ru_maxrss / 1024,
        **{name: counts[name] for name in ("in", "created", "unchanged")},
    }


def empty(url: str) -> None:
    """Throw away the tables of a database on a server."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")


def measure(size: int, paths: dict[str, Path], runs: int, db: str | None, folder: Path) -> None:
    """Import each file so often, and once more into a desk that has it."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in paths}
    again: list[float] = []
    for _ in range(runs):
        for name, path in paths.items():
            with tempfile.TemporaryDirectory(dir=folder) as home:
                url = db or f"sqlite:///{home}/desk.sqlite"
                if db:
                    empty(db)
                found[name].append(run_import(path, url, Path(home)))
                assert found[name][-1]["created"] == size
                second = run_import(path, url, Path(home))
                assert second["unchanged"] == size
                again.append(second["seconds"])
    for name, results in found.items():
        seconds = sorted(result["seconds"] for result in results)
        middle = statistics.median(seconds)
        print(
            f"{size:>9,} {name:6} {size / middle:>8,.0f} rows/s   "
            f"{middle:.1f} s ({seconds[0]:.1f} to {seconds[-1]:.1f}), "
            f"processor {statistics.median(one['processor'] for one in results):.1f} s, "
            f"at most {max(one['MB'] for one in results):.0f} MB"
        )
    print(f"{size:>9,} again  {size / statistics.median(again):>8,.0f} rows/s")


# -- where the time goes -------------------------------------------------------------------------


def stages(paths: dict[str, Path], size: int, db: str | None, folder: Path) -> None:
    """What reading, cleaning, storing and indexing take of an import, a row."""
    with paths["jsonl"].open("rb") as stream:
        jsonl = timed(lambda: sum(1 for _ in read_jsonl(stream, zone=UTC)))
    with paths["csv"].open("rb") as stream:
        reading = timed(lambda: sum(1 for _ in read_csv(stream, mapping={})))
        rows = list(read_csv(stream, mapping={}))
    cleaner = Cleaner(now=datetime.now(UTC), region=REGION, live=False)

    def clean() -> None:
        for row in rows:
            cleaner.person(without_cards(row.record, lambda _digits: False))  # type: ignore[union-attr]

    cleaning = timed(clean)
    with tempfile.TemporaryDirectory(dir=folder) as home:
        if db:
            empty(db)
        settings = Settings(db=db or f"sqlite:///{home}/desk.sqlite", region=REGION)
        with closing(build_desk(settings)) as desk:
            catch_up = desk.reindexing.catch_up
            indexing: list[float] = []

            def caught_up(progress: Any) -> None:
                indexing.append(timed(lambda: catch_up(progress)))

            desk.reindexing.catch_up = caught_up  # type: ignore[assignment, method-assign]
            whole = timed(lambda: desk.importing.take(rows, source="bench"))
    storing = whole - cleaning - sum(indexing)
    print("stages of an import from CSV, microseconds a row:")
    for name, seconds in (
        ("reading", reading),
        ("cleaning", cleaning),
        ("index", sum(indexing)),
        ("storing, and waiting for it", storing),
    ):
        share = seconds / (whole + reading)
        print(f"  {name:28} {seconds / size * 1e6:>6.0f}  {share:>5.0%}")
    print(f"  reading JSON lines instead   {jsonl / size * 1e6:>6.0f}")


def timed(work: Any) -> float:
    """How many seconds some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Write the files, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--db", metavar="URL", help="an empty database on a server")
    args = parser.parse_args()
    print(f"budget: {BUDGET}; on {'PostgreSQL' if args.db else 'SQLite'}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sorted(args.sizes):
            paths = write_files(folder, size)
            if size == min(args.sizes):
                stages(paths, size, args.db, folder)
            chosen = {name: path for name, path in paths.items() if name in args.formats}
            measure(size, chosen, args.runs, args.db, folder)


if __name__ == "__main__":
    main()
