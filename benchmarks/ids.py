"""Size and speed of the two ways to name a row: 64-bit time-sorted ids against UUIDv7.

Builds the same child table (id, parent id, one integer, an index on the parent) on SQLite
with either kind of id and prints bytes on disk, insert time and the time of a point look-up.

    python benchmarks/ids.py --rows 10000000
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROWS_PER_PARENT = 12
BATCH = 50_000


def sixty_four_bits(number: int) -> int:
    """A 64-bit id: 41 bits of milliseconds, 22 bits that count on (40 rows a millisecond)."""
    return (number // 40) << 22 | (number % 40)


def uuid7(number: int) -> bytes:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    head = (number // 40) << 80 | 0x7 << 76
    return (head | random.getrandbits(76)).to_bytes(16, "big")


def rows(make: Callable[[int], object], count: int) -> Iterator[tuple[object, object, int]]:
    parent = make(0)
    for number in range(count):
        if number % ROWS_PER_PARENT == 0:
            parent = make(number)
        yield make(number), parent, number


def measure(
    kind: str, make: Callable[[int], object], column: str, count: int, folder: Path
) -> None:
    path = folder / f"{kind}.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    tail = " WITHOUT ROWID" if column == "BLOB" else ""
    connection.execute(
        f"CREATE TABLE child (id {column} PRIMARY KEY, parent {column} NOT NULL, n INTEGER){tail}"
    )
    connection.execute("CREATE INDEX child_parent ON child (parent, id)")
    started = time.perf_counter()
    source = rows(make, count)
    sample: list[object] = []
    done = 0
    while done < count:
        batch = [row for _, row in zip(range(BATCH), source, strict=False)]
        if not batch:
            break
        sample.extend(row[0] for row in batch[:: BATCH // 20])
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO child VALUES (?, ?, ?)", batch)
        connection.execute("COMMIT")
        done += len(batch)
    seconds = time.perf_counter() - started
    size = os.path.getsize(path)
    times = []
    for key in random.sample(sample, min(2_000, len(sample))):
        begin = time.perf_counter_ns()
        connection.execute("SELECT n FROM child WHERE id = ?", (key,)).fetchone()
        times.append(time.perf_counter_ns() - begin)
    connection.close()
    print(
        f"{kind:8} {count:>11,} rows  {size / 1e6:>8,.0f} MB  {size / count:>5.1f} bytes a row"
        f"  insert {seconds:>6.1f} s  look-up p50 {statistics.median(times) / 1000:.1f} us"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    count: int = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        measure("64-bit", sixty_four_bits, "INTEGER", count, Path(folder))
        measure("uuid7", uuid7, "BLOB", count, Path(folder))


if __name__ == "__main__":
    main()
