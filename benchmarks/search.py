"""How fast, how well and at what cost people are found, at growing sizes of the desk.

    python benchmarks/search.py                              10 and 100 thousand people
    python benchmarks/search.py --sizes 1000000              more; desks are kept for the next time
    python benchmarks/search.py --databases postgres --postgres postgresql://...
    AGENT_TUI_REAL_DATA=... python benchmarks/search.py      with FEBRL and numbers of 245 regions

The people are those of `agent-tui generate`. For every class of damage so many queries are asked
whole, and some of them typed key by key; recall is the share of queries whose person, or one of the
very same name, stands among ten. Each desk is asked by a process of its own, which also says what
it weighs. Others who find names get the same queries: rapidfuzz over everybody, PostgreSQL's
pg_trgm, tantivy where it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import statistics
import textwrap
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from agent_tui.crowd.people import MadePerson, person
from agent_tui.storage.location import locate
from agent_tui.storage.reader import open_reader
from benchmarks import search_peers, search_truth
from benchmarks.search_damage import CLASSES, REGION, Damage, Query, queries
from benchmarks.search_desks import (
    SEED,
    Built,
    default_folder,
    index_megabytes,
    on_postgres,
    on_sqlite,
)
from benchmarks.search_peers import Peer
from benchmarks.search_probe import ask

PEER_QUERIES = 15
"""Of each class of names: comparing everybody takes long."""


@dataclass(frozen=True)
class Result:
    """What was measured on one desk, for the table of growth."""

    database: str
    size: int
    figures: dict[str, float]


def main() -> None:
    """Measure what the options name, and print it."""
    options = _options()
    results = []
    for database in options.databases:
        for size in options.sizes:
            built = _desk(database, size, options)
            if built is not None:
                results.append(measure(database, built, options))
    if len(options.sizes) > 1:
        _show_growth(results)
    real = os.environ.get("AGENT_TUI_REAL_DATA")
    if real and (Path(real) / "febrl").is_dir():
        print("\nnobody here wrote these")
        search_truth.show(Path(real))
    else:
        print(
            "\nSKIPPED: FEBRL and the numbers of 245 regions; AGENT_TUI_REAL_DATA names no folder"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument(
        "--databases", nargs="*", choices=["sqlite", "postgres"], default=["sqlite", "postgres"]
    )
    parser.add_argument(
        "--postgres", metavar="URL", help="a server; by default one of its own, which is not kept"
    )
    parser.add_argument("--queries", type=int, default=60, help="of each class")
    parser.add_argument("--typed", type=int, default=8, help="of them, key by key")
    parser.add_argument(
        "--folder", type=Path, default=default_folder(), help="where desks are kept"
    )
    parser.add_argument("--no-peers", action="store_true", help="leave the others out")
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    return parser.parse_args()


def _desk(database: str, size: int, options: argparse.Namespace) -> Built | None:
    if database == "sqlite":
        return on_sqlite(options.folder, size)
    server = options.postgres
    if server is None:
        from tests.postgres import NoPostgres, new_database
        from tests.postgres import server as started

        try:
            started()
        except NoPostgres as reason:
            print(f"\nSKIPPED: PostgreSQL, {reason}")
            return None
        return on_postgres(new_database(), None, size)
    return on_postgres(server, options.folder, size)


def measure(database: str, built: Built, options: argparse.Namespace) -> Result:
    """Ask one desk everything, and print it."""
    rng = random.Random(11)
    sought = {damage.name: _queries(damage, built.size, options.queries) for damage in CLASSES}
    asked = [
        (query.text, place < options.typed)
        for several in sought.values()
        for place, query in enumerate(several)
    ]
    rng.shuffle(asked)  # a class warms nothing up for itself
    print(f"\n{database}, {built.size:,} people" + (" (kept from before)" if built.is_old else ""))
    answers = ask(built.url, asked, region=REGION)
    found = dict(zip((text for text, _ in asked), answers.found, strict=True))
    whole = dict(zip((text for text, _ in asked), answers.whole_ms, strict=True))
    figures = {
        "made with talks s": built.seconds,
        "index built s": built.index_s,
        "index MB": index_megabytes(built.url) or 0.0,
        "opened ms": answers.opened_ms,
        "private MB": answers.private_mb,
        "of it search MB": answers.grown_mb,
    }
    print("  " + "  ".join(f"{name} {value:,.1f}" for name, value in figures.items()))
    print(f"  {'':22} {'recall@10':>9} {'top-1':>6} {'n':>5}   whole query")
    for name, several in sought.items():
        if not several:
            print(f"  {name:22} {'nobody has what it takes':>20}")
            continue
        ten, first = _recall([(query, found[query.text]) for query in several], options.misses)
        times = [whole[query.text] for query in several]
        figures[name] = ten
        print(f"  {name:22} {ten:9.3f} {first:6.3f} {len(several):5}   {_spread(times)}")
    for name, spent in (
        ("every whole query", answers.whole_ms),
        ("every key as typed", answers.key_ms),
        ("  of that, CPU here", answers.key_cpu_ms),
    ):
        print(f"  {name:22} {'':22}   {_spread(spent)}  n {len(spent)}")
    cuts = statistics.quantiles(answers.key_ms, n=100)
    for name, place in (("key p50 ms", 49), ("key p95 ms", 94), ("key p99 ms", 98)):
        figures[name] = cuts[place]
    if not options.no_peers:
        _show_peers(database, built, sought)
    return Result(database, built.size, figures)


def _queries(damage: Damage, size: int, count: int) -> list[Query]:
    """Queries of a class about people of the desk, the same ones every time."""
    rng = random.Random(f"{damage.name} {size}")
    numbers = rng.sample(range(size), min(size, 100 * count))
    return queries(damage, map(_person, numbers), count, rng)


@lru_cache(maxsize=20_000)
def _person(number: int) -> MadePerson:
    return person(SEED, number)


def _behind(external_id: str) -> MadePerson:
    """The person that an id of the desk stands for."""
    return _person(int(external_id.partition("-")[2]))


def _recall(
    asked: Sequence[tuple[Query, Sequence[str]]], show_misses: bool = False
) -> tuple[float, float]:
    """The share of queries with somebody right among ten, and at the top."""
    ten = first = 0
    for query, ids in asked:
        right = [query.means(_behind(one)) for one in ids]
        ten += any(right)
        first += right[:1] == [True]
        if show_misses and not any(right):
            print(f"    {query.text!r} gave {[_behind(one).name for one in ids[:3]]}")
    return ten / len(asked), first / len(asked)


def _spread(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else list(times) * 100
    return f"p50 {cuts[49]:7.2f}  p95 {cuts[94]:7.2f}  p99 {cuts[98]:7.2f} ms"


def _show_growth(results: Sequence[Result]) -> None:
    for database in dict.fromkeys(result.database for result in results):
        of_it = [result for result in results if result.database == database]
        title = f"{database}, as it grows"
        print(f"\n{title:24}" + "".join(f"{one.size:14,}" for one in of_it))
        for name in of_it[0].figures:
            row = "".join(f"{one.figures.get(name, float('nan')):14,.3f}" for one in of_it)
            print(f"  {name:22}{row}")


# -- others ----------------------------------------------------------------------------------------


def _show_peers(database: str, built: Built, sought: dict[str, list[Query]]) -> None:
    with closing(open_reader(locate(built.url))) as reader:
        rows = reader.rows(
            "SELECT name, external_id FROM customers WHERE source = 'generated' ORDER BY number"
        )
    names, ids = [row[0] for row in rows], [row[1] for row in rows]
    for label, opened in _peers(database, built, names):
        began = time.perf_counter()
        with opened as peer:
            print(f"  {label}: ready after {time.perf_counter() - began:.1f} s")
            _show_peer(peer, ids, sought)


def _peers(
    database: str, built: Built, names: Sequence[str]
) -> Iterator[tuple[str, AbstractContextManager[Peer]]]:
    if database == "postgres":
        yield "pg_trgm", search_peers.trigram_peer(names, built.url)
        return
    yield "rapidfuzz over everybody", search_peers.rapidfuzz_peer(names)
    if importlib.util.find_spec("tantivy"):
        yield "tantivy", search_peers.tantivy_peer(names)
    else:
        print("  SKIPPED: tantivy, which is not installed (pip install tantivy)")


def _show_peer(peer: Peer, ids: Sequence[str], sought: dict[str, list[Query]]) -> None:
    times: list[float] = []
    said = []
    for damage in CLASSES:
        several = sought[damage.name][:PEER_QUERIES]
        if not damage.names_only or not several:
            continue
        asked = []
        for query in several:
            began = time.perf_counter()
            found = peer(query.text)
            times.append(1_000 * (time.perf_counter() - began))
            asked.append((query, [ids[place] for place in found]))
        said.append(f"{damage.name} {_recall(asked)[0]:.2f}")
    print(f"    {_spread(times)}  n {len(times)}")
    said_so = "recall@10: " + ", ".join(said)
    print(textwrap.fill(said_so, 100, initial_indent=" " * 4, subsequent_indent=" " * 4))


if __name__ == "__main__":
    main()
