"""The real program in a pseudo terminal, killed with SIGKILL while notes are typed and saved.

    python benchmarks/kills.py --kills 1000 --keep FOLDER

Typing begins as soon as somebody was opened, `--reading-s` later where that is given: what the
first note waits for is still being loaded then, and the first keys are kept all the same. After
each kill the database is looked at: every note of which the screen said that it is saved is there
once, with its records; of the text that was being typed at most the last 250 ms are lost; the file
is whole. What was found is appended to FOLDER/kills.jsonl: started again with the same folder it
goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.kill_check import ALLOWED_LOSS_MS, Session, judge, note_of
from benchmarks.pty_driver import ENTER, F4, Terminal, environment

PEOPLE = ("Anselm", "Benedikta", "Crispin", "Dorothea", "Eusebius")
LONGEST_S = 2.0
"""A kill at any moment comes within so many seconds after the first key: three notes or so."""
SAVING_S = 0.04
"""A kill that is aimed at the saving comes within so many seconds after Enter."""
GAPS_S = (0.004, 0.045)
"""Between two keys, from a paste to a quick typist."""


def make_register(folder: Path, env: dict[str, str]) -> None:
    """A few people, once."""
    file = folder / "people.jsonl"
    rows = [{"customer": {"name": f"{name} Quill", "external_id": name}} for name in PEOPLE]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    argv = [*program(folder), "import", str(file), "--source", "kills"]
    subprocess.run(argv, env=env, check=True, capture_output=True)


def program(folder: Path) -> list[str]:
    return [sys.executable, "-m", "agent_tui", "--db", f"sqlite:///{folder}/desk.sqlite"]


@contextmanager
def typing(folder: Path, env: dict[str, str], person: str, reading_s: float) -> Iterator[Terminal]:
    """The program with somebody open and the cursor in an empty note."""
    with Terminal([*program(folder), "--as", "mira", "desk"], env=env) as terminal:
        terminal.type(person)
        terminal.until("1 of 5", "Before you speak")
        terminal.type(ENTER)
        terminal.until(f"about {person} Quill")
        terminal.type(F4)
        terminal.until("▸ Note")
        terminal.rest(reading_s)
        yield terminal


@dataclass
class Fate:
    """When the program is killed: at a moment of its own, or so soon after the Enter of a note."""

    ends_at: float
    note: int | None
    after_enter_s: float

    @classmethod
    def cast(cls, rng: random.Random) -> Fate:
        """Every other kill is aimed at the moments between Enter and the word that it is saved."""
        aimed = rng.random() < 0.5
        note = rng.randrange(3) if aimed else None
        lives = 60.0 if aimed else rng.uniform(0, LONGEST_S)
        return cls(time.monotonic() + lives, note, rng.uniform(0, SAVING_S))

    @property
    def has_come(self) -> bool:
        """Whether it is time."""
        return time.monotonic() >= self.ends_at


def kill_once(
    folder: Path, env: dict[str, str], number: int, rng: random.Random, reading_s: float
) -> Session:
    """One life of the program, typed in until it is killed."""
    session = Session()
    with typing(folder, env, PEOPLE[number % len(PEOPLE)], reading_s) as terminal:
        fate = Fate.cast(rng)
        count = 0
        while not fate.has_come:
            write_note(terminal, session, f"k{number}x{count}", fate, rng, fate.note == count)
            count += 1
        terminal.send(signal.SIGKILL)
        session.killed_at = time.monotonic()
        terminal.gone()
    return session


def write_note(
    terminal: Terminal,
    session: Session,
    name: str,
    fate: Fate,
    rng: random.Random,
    is_last: bool,
) -> None:
    """Type a note, and wait until the screen says that it is saved; or until it is time."""
    for letter in note_of(name):
        if fate.has_come:
            return
        session.key(terminal.type(letter), letter)
        terminal.read(rng.uniform(*GAPS_S))
    while "draft kept" not in note_edge(terminal):
        if fate.has_come:
            return
        terminal.read(0.005)
    session.enter()
    terminal.type(ENTER)
    if is_last:
        fate.ends_at = time.monotonic() + fate.after_enter_s
    while "saved" not in note_edge(terminal):
        if fate.has_come:
            return
        terminal.read(0.001)
    session.acknowledge()


def note_edge(terminal: Terminal) -> str:
    """The lower edge of the note line, where it says how the text fares."""
    words = ("saved", "draft", "saving", "NOT ")
    edges = (terminal.row(y) for y in range(terminal.rows))
    return next((edge for edge in edges if "─╯" in edge and any(w in edge for w in words)), "")


def run(folder: Path, kills: int, seed: int, reading_s: float) -> list[dict[str, Any]]:
    """As many kills as are missing in the folder."""
    env = environment(AGENT_TUI_HOME=str(folder / "home"))
    state = folder / "kills.jsonl"
    if not state.exists():
        make_register(folder, env)
        state.touch()
    done = [json.loads(line) for line in state.read_text().splitlines()]
    for number in range(len(done), kills):
        session = kill_once(folder, env, number, random.Random(f"{seed} {number}"), reading_s)
        verdict = judge(folder / "desk.sqlite", session)
        with closing(sqlite3.connect(folder / "desk.sqlite")) as connection, connection:
            connection.execute("DELETE FROM drafts")
        done.append(
            {
                "acknowledged": len(session.acknowledged),
                "entered": len(session.entered),
                "lost_ms": round(verdict.lost_ms, 1),
                "problems": verdict.problems,
            }
        )
        with state.open("a") as file:
            file.write(json.dumps(done[-1]) + "\n")
        for problem in verdict.problems:
            print(f"kill {number}: {problem}")
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reading-s", type=float, default=0.0)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        done = run(folder, args.kills, args.seed, args.reading_s)
    lost = sorted(one["lost_ms"] for one in done)
    cuts = statistics.quantiles(lost * (1 + (len(lost) == 1)), n=100, method="inclusive")
    inside = sum(one["entered"] > one["acknowledged"] for one in done)
    print(f"{len(done)} kills, {sum(one['acknowledged'] for one in done)} notes acknowledged")
    print(f"{inside} kills between Enter and saved")
    print(
        f"typing lost: p50 {cuts[49]:.0f}  p95 {cuts[94]:.0f}  p99 {cuts[98]:.0f}  "
        f"max {lost[-1]:.0f} ms  (allowed {ALLOWED_LOSS_MS:.0f})"
    )
    problems = sum(len(one["problems"]) for one in done)
    print(f"breaches: {problems}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
