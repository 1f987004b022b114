"""Recent over a million interactions: pages, both ends, filters, words, counts.

    python benchmarks/recent.py --keep ~/bench
    python benchmarks/recent.py --keep ~/bench --times 10

A desk of so many made-up interactions is generated once and kept in the folder `--keep`; without
one it goes away again. With `--times` it is made so many times as large by copies of all of it
(`benchmarks/many_times.py`), which is a tenth of the work. Each line is measured through the
services, as the screen asks: the first page of a filter, with times against the budgets; for
counts, the first number that is told and the exact one. What is asked first in a run finds a cold
cache.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.domain.values.filters import Filter
from agent_tui.domain.values.recent import RecentCount
from agent_tui.services.browsing import Browsing
from agent_tui.services.desk import Desk
from benchmarks.many_times import multiply

AGENT = "lena"
ASKED: tuple[tuple[str, str, float, float], ...] = (
    ("dense: met:no", "met:no", 100, 250),
    ("dense: agent", "agent:{agent}", 100, 250),
    ("dense: topic", "topic:delivery", 100, 250),
    ("sparse: complaint:open", "complaint:open", 100, 250),
    ("sparse: promise:late", "promise:late", 100, 250),
    ("combined: topic, agent, met", "topic:sofa agent:{agent} met:no", 100, 250),
    ("combined: came again", "topic:sofa repeat:14d", 100, 250),
    ("dense: a first name", "customer:maria", 100, 250),
    ("sparse: a whole name", 'customer:"{name}"', 100, 250),
    ("dense: came again", "repeat:14d", 100, 250),
    ("empty: script:override", "script:override", 100, 250),
    ("empty: channel:other", "channel:other", 100, 250),
    ("words: common", "the", 150, 400),
    ("words: rare", "xylophone", 150, 400),
    ("words: two", "refund delivery", 150, 400),
    ("words: phrase", '"out of my hands"', 150, 400),
    ("words: beginning", "ref*", 150, 400),
    ("words, topic and met", "the topic:sofa met:no", 150, 400),
)
"""What is asked: its name, the filter, and the budgets of its first page at p50 and p99, in ms."""


def main() -> None:
    """Generate what is missing, measure, print."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--interactions", type=int, default=1_000_000)
    ask.add_argument("--customers", type=int, default=100_000)
    ask.add_argument("--runs", type=int, default=25)
    ask.add_argument("--keep", type=Path, help="the folder in which the desk stays")
    ask.add_argument("--times", type=int, default=1, help="make the generated desk so much larger")
    ask.add_argument("--desk", help="a desk that is there already, instead of a generated one")
    given = ask.parse_args()
    with _folder(given.keep) as folder:
        path = folder / f"recent-{given.interactions * given.times}.sqlite"
        url = given.desk or f"sqlite:///{path}"
        if not given.desk and not path.exists():
            _generate(url, given.customers, given.interactions)
            multiply(url, given.times)
        with closing(build_desk(Settings(db=url, agent=AGENT, region="GB"))) as desk:
            _lead_everybody(desk)
            total = desk.browsing.count(Filter())
            size = "" if given.desk else f", {path.stat().st_size / 1e6:,.0f} MB"
            print(f"{total.count:,} interactions{size}; {given.runs} runs, milliseconds")
            print(f"{'':32}{'p50':>8}{'p95':>8}{'p99':>8}   budgets")
            _measure(desk, given.runs)
            print(f"memory: {_private_mb():.0f} MB private")


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="recent-") as name:
        yield Path(name)


def _generate(url: str, people: int, talks: int) -> None:
    from agent_tui.storage.schema import upgrade

    begun = time.monotonic()
    upgrade(url)
    with closing(build_desk(Settings(db=url, agent=AGENT, region="GB"))) as desk:
        desk.generating.people(people, seed=7)
        desk.generating.talks(talks, seed=7)
    print(f"generated in {time.monotonic() - begun:,.0f} s")


def _lead_everybody(desk: Desk) -> None:
    """See every team's interactions."""
    with desk.writing() as unit:
        unit.execute("UPDATE agents SET role = 'admin' WHERE id = :id", id=desk.agent.id)


def _measure(desk: Desk, runs: int) -> None:
    browsing = desk.browsing
    everything = Filter()
    first = browsing.page(everything)
    _line("open", runs, lambda: browsing.page(everything), 100, 100)
    _line("page", runs, lambda: browsing.page(everything, behind=first.behind), 25, 80)
    _line("end", runs, lambda: browsing.oldest(everything), 40, 40)
    _line("count of all", min(runs, 5), lambda: browsing.count(everything), None, None)
    busiest = desk.store.reader().row(
        "SELECT a.handle FROM interactions i JOIN agents a ON a.id = i.agent_id "
        "GROUP BY a.handle ORDER BY count(*) DESC LIMIT 1"
    )
    somebody = desk.store.reader().row(
        "SELECT c.name FROM interactions i JOIN customers c ON c.id = i.customer_id "
        "ORDER BY i.place LIMIT 1"
    )
    names = {"agent": busiest[0] if busiest else AGENT, "name": somebody[0] if somebody else ""}
    for name, text, p50, p99 in ASKED:
        wanted = browsing.understand(text.format(**names)).filter
        page = browsing.page(wanted)
        _line(name, runs, lambda wanted=wanted: browsing.page(wanted), p50, p99)  # type: ignore[misc]
        if page.behind is not None and page.has_older:
            _line(
                "  its next page",
                runs,
                lambda wanted=wanted, page=page: browsing.page(wanted, behind=page.behind),  # type: ignore[misc]
                p50,
                p99,
            )
        _line("  so many at least", min(runs, 5), lambda w=wanted: _soon(browsing, w), None, None)  # type: ignore[misc]
        _line("  its count", min(runs, 3), lambda w=wanted: browsing.count(w), None, None)  # type: ignore[misc]


def _soon(browsing: Browsing, wanted: Filter) -> RecentCount:
    """The first number that is told of a count."""
    with closing(browsing.counting(wanted)) as counting:
        return next(counting)


def _private_mb() -> float:
    """What this process has for itself, without pages of files."""
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    kept = next(line for line in rollup if line.startswith("Private_Dirty:"))
    return int(kept.split()[1]) / 1_000


def _line(
    name: str, runs: int, ask: Callable[[], object], p50: float | None, p99: float | None
) -> None:
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1_000)
    times.sort()
    middle, most, worst = statistics.median(times), *(_at(times, share) for share in (0.95, 0.99))
    budget, verdict = "", ""
    if p50 is not None and p99 is not None:
        budget = f"{p50:g}/{p99:g}"
        verdict = "" if middle <= p50 and worst <= p99 else "  over"
    print(f"{name:32}{middle:8.1f}{most:8.1f}{worst:8.1f}   {budget}{verdict}", flush=True)


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))]


if __name__ == "__main__":
    main()
