"""The real program in a real pseudo terminal of 120x40, against the budgets of speed and scale.

    python benchmarks/terminal.py --customers 1000 100000 --runs 20 --keep FOLDER

Registers are made by `agent-tui import`; with `--keep` they are made once. The largest register
is the one that is worked with; start-up is measured on all of them and on a bare Textual app with
the same kinds of widgets, in turn, so that a busy machine slows all alike.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from agent_tui.crowd.people import person
from benchmarks.pty_driver import (
    CTRL_D,
    DOWN,
    ENTER,
    ESCAPE,
    F1,
    F4,
    Terminal,
    environment,
)

PROGRAMS = Path(__file__).parent / "programs"
AGENT = "Mira"
SEED = 5
TYPED_AHEAD = "smi"
ENTRIES = 10_000
SETTLES_S = 3.0
TALKERS = ("Anselm", "Benedikta", "Crispin", "Dorothea", "Eusebius")
CALLER = "+442079460018"
IDLE_S = 10.0
TICKS = os.sysconf("SC_CLK_TCK")


# -- figures -------------------------------------------------------------------------------------


@dataclass
class Figures:
    """What was measured, by name, each with its unit and its budget in words."""

    samples: dict[str, list[float]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    budgets: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, value: float, *, unit: str = "ms", budget: str = "") -> None:
        self.samples.setdefault(name, []).append(value)
        self.units[name], self.budgets[name] = unit, budget

    def middle(self, name: str) -> float:
        return statistics.median(self.samples[name])

    def rows(self) -> Iterator[dict[str, Any]]:
        for name, values in self.samples.items():
            cuts = statistics.quantiles(
                values * (1 + (len(values) == 1)), n=100, method="inclusive"
            )
            row = {"what": name, "unit": self.units[name], "n": len(values)}
            yield row | {
                "p50": cuts[49],
                "p95": cuts[94],
                "p99": cuts[98],
                "budget": self.budgets[name],
            }

    def show(self) -> None:
        print(f"{'what':61} {'n':>4} {'p50':>9} {'p95':>9} {'p99':>9}  {'':5} budget")
        for row in self.rows():
            places = 2 if row["unit"] == "times" else 1
            numbers = " ".join(f"{row[cut]:9,.{places}f}" for cut in ("p50", "p95", "p99"))
            print(f"{row['what']:61} {row['n']:4} {numbers}  {row['unit']:5} {row['budget']}")


# -- registers -----------------------------------------------------------------------------------


def register(folder: Path, size: int, work: Path) -> str:
    """The URL of a copy in `work` of a desk of so many people, made where it is not there yet."""
    path = folder / f"people-{size}.sqlite"
    if not path.exists():
        lines = folder / f"people-{size}.jsonl"
        with lines.open("w") as file:
            for record in records(size):
                file.write(json.dumps(record) + "\n")
        began = time.monotonic()
        subprocess.run(
            [*program(f"sqlite:///{path}"), "import", str(lines)], check=True, env=home()
        )
        print(f"{size:,} people imported in {time.monotonic() - began:.1f} s")
        lines.unlink()
    return f"sqlite:///{shutil.copy(path, work)}"


def records(size: int) -> Iterator[dict[str, object]]:
    """People, then those who talked a lot, then the one who calls."""
    for number in range(size - len(TALKERS) - 1):
        made = person(SEED, number)
        phone = next((one.value for one in made.points if one.kind == "phone"), f"+4478{number:08}")
        yield customer(f"p{number}", made.name, phone, company=made.company, city=made.city)
    for number, name in enumerate(TALKERS):
        talks = [talk(f"{name}-{day}", day) for day in range(ENTRIES // 50)]
        yield customer(f"t{number}", f"{name} Zwickelbart", f"+4479460{number:05}") | {
            "interactions": talks
        }
    yield customer("caller", "Quentin Zwickelmann", CALLER)


def customer(external_id: str, name: str, phone: str, **more: object) -> dict[str, object]:
    points = [{"kind": "phone", "value": phone}]
    known = {"external_id": external_id, "name": name, "contact_points": points} | more
    return {"customer": {name: value for name, value in known.items() if value is not None}}


def talk(external_id: str, number: int) -> dict[str, object]:
    day = f"20{10 + number // 28 // 12:02}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
    return {
        "external_id": external_id,
        "channel": "phone",
        "direction": "in",
        "opened_at": f"{day}T09:00:00Z",
        "closed_at": f"{day}T09:30:00Z",
        "agenda": f"the matter of day {number}",
        "messages": [
            {
                "external_id": str(said),
                "at": f"{day}T09:{said // 2:02}:{said % 2 * 30:02}Z",
                "speaker": ("customer", "agent")[said % 2],
                "text": f"sentence {number * 50 + said + 1} of all that was ever said",
            }
            for said in range(50)
        ],
    }


def program(url: str) -> list[str]:
    return [sys.executable, "-m", "agent_tui", "--db", url, "--as", AGENT.lower()]


def home() -> dict[str, str]:
    return environment(AGENT_TUI_HOME=tempfile.gettempdir() + "/agent-tui-benchmark")


# -- starting and leaving ------------------------------------------------------------------------


def start(terminal: Terminal, name: str, figures: Figures, answer: str) -> None:
    """Keys are typed at once; when is the screen live, and when is there an answer to them?"""
    terminal.type(TYPED_AHEAD)
    live = terminal.wait_for(lambda: AGENT in terminal.row(0), "the agent's name")
    figures.add(f"start, {name}: live", 1000 * (live - terminal.started_at))
    try:
        at = terminal.until(answer)
        figures.add(
            f"start, {name}: answer to keys typed at once", 1000 * (at - terminal.started_at)
        )
    except AssertionError:
        if TYPED_AHEAD in terminal.shown:
            raise
    lost = TYPED_AHEAD not in terminal.shown
    figures.add(f"start, {name}: keys typed at once were lost", lost, unit="share", budget="0")
    terminal.rest(0.4)


def measure_starts(urls: dict[int, str], runs: int, figures: Figures) -> None:
    for _ in range(runs):
        bare = [sys.executable, str(PROGRAMS / "bare_desk.py")]
        with Terminal(bare, env=home() | {"TEXTUAL_FPS": "120"}) as terminal:
            start(terminal, "bare Textual", figures, f"answer to {TYPED_AHEAD}")
        for size, url in urls.items():
            with Terminal([*program(url), "desk"], env=home()) as terminal:
                start(terminal, f"{size:,}", figures, f" of {size:,}")
                left = terminal.type(CTRL_D)
                gone = 1000 * (terminal.gone() - left)
                figures.add("quit", gone, budget="250 (aim 150)")
    compare_starts(list(urls), figures)


PEERS = {
    "harlequin": ("harlequin", "--no-download-tzdata"),
    "toolong": ("tl", __file__),
    "fzf": ("sh", "-c", "seq 100000 | fzf"),
}
"""Other programs of the terminal and how each is started: measured where they are installed."""


def measure_peers(runs: int, figures: Figures) -> None:
    """When other programs have painted something, beside our own starts."""
    for name, argv in PEERS.items():
        if shutil.which({"toolong": "tl"}.get(name, name)) is None:
            print(f"{name}: not installed here")
            continue
        for _ in range(runs):
            with Terminal(argv, env=home()) as terminal:
                painted = terminal.wait_for(partial(has_words, terminal), "a first picture")
                figures.add(f"start, {name}: painted", 1000 * (painted - terminal.started_at))


def has_words(terminal: Terminal) -> bool:
    return bool(terminal.shown.strip())


def compare_starts(sizes: Sequence[int], figures: Figures) -> None:
    bare = figures.middle("start, bare Textual: live")
    for size in sizes:
        for what in ("live", "answer to keys typed at once"):
            ratio = figures.middle(f"start, {size:,}: {what}") / bare
            name = f"start, {size:,}: {what}, against bare"
            figures.add(name, ratio, unit="times", budget="1.25")
    if len(sizes) > 1:
        least, most = (figures.middle(f"start, {size:,}: live") for size in (sizes[0], sizes[-1]))
        figures.add("start: what the larger register adds", most - least, budget="40")


# -- working -------------------------------------------------------------------------------------


@contextmanager
def desk(url: str, size: int) -> Iterator[Terminal]:
    """A desk that has found somebody once, so that everything is loaded."""
    with Terminal([*program(url), "desk"], env=home()) as terminal:
        terminal.until(AGENT, "In contact lately")
        terminal.type("smi")
        terminal.until(f" of {size:,}")
        clear(terminal)
        yield terminal


def clear(terminal: Terminal) -> None:
    terminal.type(F1)
    terminal.rest()
    while "name, company, number" not in terminal.shown:
        terminal.type(ESCAPE)
        terminal.rest(0.3)


def find_row(terminal: Terminal) -> int:
    return next(y for y in range(terminal.rows) if terminal.row(y).startswith(" Find"))


def changed(terminal: Terminal, y: int, text: str) -> float:
    """Wait until a row shows something else than a text: a key has its echo."""
    return terminal.wait_for(lambda: terminal.row(y) != text, "the echo")


def results(terminal: Terminal) -> list[str]:
    """The rows of the find box and of the people below it."""
    rows = []
    for y in range(find_row(terminal), terminal.rows):
        row = terminal.row(y)
        if row.startswith("╭"):
            break
        rows.append(row)
    return rows


class Key:
    """One key, from its typing until the screen is at rest again."""

    def __init__(self, terminal: Terminal, key: str) -> None:
        self._terminal = terminal
        self._before = len(terminal.written)
        self._changes: dict[str, tuple[Any, float]] = {}
        self.at = terminal.type(key)

    def watch(self, **parts: Callable[[], Any]) -> None:
        """Note when each part of the screen changed last, until nothing is written any more."""

        def look() -> None:
            for name, part in parts.items():
                shown = part()
                if shown != self._changes.get(name, (None,))[0]:
                    self._changes[name] = shown, self._terminal.wrote_at

        look()
        self._terminal.rest(each=look)

    def ms(self, part: str) -> float:
        """From the key to the last change of a part."""
        return 1000 * (self._changes[part][1] - self.at)

    @property
    def settled_ms(self) -> float:
        return 1000 * (self._terminal.wrote_at - self.at)

    @property
    def kilobytes(self) -> float:
        return (len(self._terminal.written) - self._before) / 1000


def measure_finding(terminal: Terminal, names: Sequence[str], figures: Figures) -> None:
    """Names typed key by key, one letter wrong in each; then down the list."""
    for name in names:
        y = find_row(terminal)
        for letter in name:
            before, text = results(terminal)[1:], terminal.row(y)
            key = Key(terminal, letter)
            if letter != " ":
                echoed = changed(terminal, y, text)
                figures.add("find: key to echo", 1000 * (echoed - key.at), budget="10 / p99 30")
            key.watch(found=lambda: results(terminal)[1:])
            if results(terminal)[1:] != before:
                shown = key.ms("found")
                figures.add("find: key to fresh results", shown, budget="30 / p99 80")
            figures.add("find: key to rest, brief included", key.settled_ms)
            figures.add("find: written per key", key.kilobytes, unit="KB", budget="6")
        for _ in range(min(4, len(results(terminal)) - 3)):
            step = Key(terminal, DOWN)
            step.watch(cursor=lambda: [row.startswith("▸") for row in results(terminal)])
            figures.add("results: cursor down", step.ms("cursor"), budget="10 / p99 30")
            figures.add("results: cursor down, brief included", step.settled_ms)
            figures.add("results: written per step", step.kilobytes, unit="KB", budget="1.5")
        clear(terminal)


def with_slip(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


def measure_opening(terminal: Terminal, runs: int, figures: Figures) -> None:
    """People with ten thousand entries, each in turn."""
    last = f"sentence {ENTRIES} of all"
    for run in range(runs):
        name = f"{TALKERS[run % len(TALKERS)]} Zwickelbart"
        terminal.type(name)
        terminal.until(f"▸ {name}")
        terminal.rest()
        key = Key(terminal, ENTER)
        at = terminal.until(last, "Before you speak", f"about {name}")
        figures.add(
            f"choose one with {ENTRIES:,} entries", 1000 * (at - key.at), budget="60 / p99 150"
        )
        terminal.rest()
        clear(terminal)


def measure_noting(terminal: Terminal, notes: int, figures: Figures, kind: str = "note") -> None:
    """Notes on whoever is open, typed and saved."""
    terminal.type(F4)
    terminal.until("▸ Note")
    terminal.rest()
    for _ in range(notes):
        for letter in "stayed home #boiler":
            note = note_row(terminal)
            text = terminal.row(note)
            at = terminal.type(letter)
            if letter != " ":
                echoed = changed(terminal, note, text)
                figures.add(f"{kind}: key to echo", 1000 * (echoed - at), budget="10 / p99 30")
            if kind == "note":
                terminal.rest(0.02)
        terminal.until("draft kept")
        at = terminal.type(ENTER)
        saved = terminal.until("saved ")
        figures.add(f"{kind}: Enter to saved", 1000 * (saved - at))
        terminal.rest(0.05)
    terminal.type(ESCAPE)
    terminal.rest()


def note_row(terminal: Terminal) -> int:
    return next(y for y in range(terminal.rows) if "Note ─" in terminal.row(y)) + 1


@contextmanager
def feeder(url: str) -> Iterator[Callable[[str], Callable[[], float]]]:
    """Another process: give it a line, then ask when that was committed."""
    process = subprocess.Popen(
        [sys.executable, str(PROGRAMS / "feeder.py"), url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=home(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    give, take = process.stdin, process.stdout

    def told(line: str) -> Callable[[], float]:
        give.write(f"{line}\n")
        give.flush()
        return lambda: int(take.readline()) / 1e9

    try:
        yield told
    finally:
        give.close()
        process.wait()


def measure_feed(terminal: Terminal, url: str, runs: int, figures: Figures) -> None:
    """A call comes in; what the caller says is committed by another process."""
    call = f"call-{time.monotonic_ns()}"
    with feeder(url) as tell:
        committed = tell(f"{call} ringing {CALLER}")
        shown = terminal.until("─ Quentin Zwickelmann")
        figures.add("ring to screen pop", 1000 * (shown - committed()), budget="p99 100")
        tell(f"{call} answered {CALLER}")()
        terminal.until("Conversation")
        terminal.rest(1.0)
        for run in range(runs):
            committed = tell(f"{call} message spoken word number {run:04}.")
            shown = terminal.until(f"number {run:04}.")
            figures.add(
                "feed line: commit to painted", 1000 * (shown - committed()), budget="p99 100"
            )
        measure_under_feed(terminal, tell, call, figures)
        tell(f"{call} ended")()
        terminal.rest(1.2)


def measure_under_feed(
    terminal: Terminal,
    tell: Callable[[str], Callable[[], float]],
    call: str,
    figures: Figures,
) -> None:
    """Fifty lines a second arrive while the agent types."""
    terminal.type(F4)
    terminal.until("▸ Note")
    due = time.monotonic()
    for press in range(200):
        tell(f"{call} message line {press} of a fast talker")
        if press % 5 == 0:
            y = note_row(terminal)
            text = terminal.row(y)
            at = terminal.type(chr(ord("a") + press % 26))
            echoed = changed(terminal, y, text)
            figures.add(
                "note: key to echo at 50 lines a second", 1000 * (echoed - at), budget="10 / p99 30"
            )
        due += 0.02
        while time.monotonic() < due:
            terminal.read(max(0.0, due - time.monotonic()))
    terminal.rest()


# -- at rest -------------------------------------------------------------------------------------


def measure_rest(terminal: Terminal, figures: Figures) -> None:
    """Memory, and what is done while nothing happens (outside the turn of a minute)."""
    while not 2 < time.time() % 60 < 58 - IDLE_S - SETTLES_S:
        terminal.read(0.5)
    # What was put off until nobody types is no part of a rest.
    terminal.read(SETTLES_S)
    pid = terminal.process.pid
    spent, written, began = cpu_seconds(pid), len(terminal.written), time.monotonic()
    while (left := began + IDLE_S - time.monotonic()) > 0:
        terminal.read(left)
    share = 100 * (cpu_seconds(pid) - spent) / IDLE_S
    figures.add("idle: processor", share, unit="%", budget="0.5")
    figures.add("idle: written in 10 s", len(terminal.written) - written, unit="bytes", budget="0")
    private, mapped = private_megabytes(pid)
    figures.add("memory, private", private, unit="MB", budget="110")
    figures.add("memory, private, written by it", written_megabytes(pid), unit="MB")
    figures.add("memory, pages of the desk's own file", mapped, unit="MB")


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def private_megabytes(pid: int) -> tuple[float, float]:
    """What is the process's own, and the pages of the database that it has mapped: those are the
    system's cache, which it takes back when it needs them."""
    own = mapped = 0
    is_database = False
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        name, *rest = line.split()
        if not name.endswith(":"):
            is_database = line.endswith(".sqlite")
        elif name.startswith("Private_"):
            if is_database:
                mapped += int(rest[0])
            else:
                own += int(rest[0])
    return own / 1000, mapped / 1000


def written_megabytes(pid: int) -> float:
    """What of it the process wrote itself: without the pages of libraries that nobody else has
    loaded, which are the system's cache too."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1000


# -- all of it -----------------------------------------------------------------------------------


def measure(folder: Path, sizes: Sequence[int], runs: int, work: Path) -> Figures:
    figures = Figures()
    urls = {size: register(folder, size, work) for size in sorted(sizes)}
    measure_starts(urls, runs, figures)
    measure_peers(runs, figures)
    size, url = list(urls.items())[-1]
    rng = random.Random(5)
    # Names of a few letters that every keyboard has: with a slip, others would be another word.
    made = (person(SEED, rng.randrange(size - len(TALKERS) - 1)).name for _ in range(50 * runs))
    plain = [name.lower() for name in made if name.isascii() and 8 <= len(name) <= 20]
    names = [with_slip(name, rng) for name in plain[: max(3, runs // 2)]]
    with desk(url, size) as terminal:
        measure_finding(terminal, names, figures)
        measure_opening(terminal, runs, figures)
        measure_feed(terminal, url, 5 * runs, figures)
        measure_noting(terminal, max(2, runs // 4), figures)
        measure_rest(terminal, figures)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--customers", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--runs", type=int, default=20, help="starts, and a measure of the rest")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the registers between runs")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        work = Path(place) / "work"
        work.mkdir()
        folder = options.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        load = os.getloadavg()[0]
        figures = measure(folder, options.customers, options.runs, work)
    if options.json:
        print(json.dumps({"load": load, "figures": list(figures.rows())}, indent=1))
    else:
        figures.show()
        print(f"load before: {load:.2f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
