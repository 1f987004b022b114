"""A process that does nothing but search: what it answers, how long it takes, how large it gets.

Reads one JSON object on stdin, `{"url", "queries": [{"text", "typed"}]}`; a query that is typed is
asked key by key. Writes one: the answers in order with their milliseconds, the opening, the memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent_tui import garbage

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Answers:
    """What a probe found out. Milliseconds and megabytes; ids are those of the customers' source.

    `opened_ms` is the connection and everything up to the first answer, once all modules are
    loaded; `private_mb` the memory of the process that is nobody else's, `grown_mb` what of it
    came with opening and searching.
    """

    found: tuple[tuple[str, ...], ...]
    whole_ms: tuple[float, ...]
    key_ms: tuple[float, ...]
    key_cpu_ms: tuple[float, ...]
    opened_ms: float
    private_mb: float
    grown_mb: float


def ask(url: str, queries: Sequence[tuple[str, bool]], *, region: str) -> Answers:
    """Ask all queries in a process of their own; each says whether it is typed key by key."""
    asked = [{"text": text, "typed": typed} for text, typed in queries]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.search_probe"],
        input=json.dumps({"url": url, "region": region, "queries": asked}).encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
    )
    said = json.loads(done.stdout)
    return Answers(
        found=tuple(map(tuple, said["found"])),
        whole_ms=tuple(said["whole_ms"]),
        key_ms=tuple(said["key_ms"]),
        key_cpu_ms=tuple(said["key_cpu_ms"]),
        opened_ms=said["opened_ms"],
        private_mb=said["private_mb"],
        grown_mb=said["grown_mb"],
    )


def private_megabytes() -> float:
    """The memory that this process wrote and shares with nobody; 0 where nobody says.

    Pages of a file that are mapped are the system's, which takes them back when it likes.
    """
    try:
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:"))
    return kilobytes / 1000


def main() -> None:
    """Answer what stands on stdin."""
    task: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    from benchmarks.search_desks import opened

    _load_all()
    before = private_megabytes()
    began = time.perf_counter()
    with opened(task["url"], region=task["region"]) as desk:
        desk.finding.warm_up()
        desk.finding.find("a")
        opened_ms = 1_000 * (time.perf_counter() - began)
        found: list[list[str]] = []
        whole: list[float] = []
        keys: list[float] = []
        keys_cpu: list[float] = []
        for query in task["queries"]:
            text = query["text"]
            began = time.perf_counter()
            hits = desk.finding.find(text).hits
            whole.append(1_000 * (time.perf_counter() - began))
            found.append([hit.external_id or "" for hit in hits])
            for end in range(1, len(text) + 1) if query["typed"] else ():
                began, cpu = time.perf_counter(), time.process_time()
                desk.finding.find(text[:end])
                keys.append(1_000 * (time.perf_counter() - began))
                keys_cpu.append(1_000 * (time.process_time() - cpu))
        private = private_megabytes()
    answers: dict[str, Any] = {
        "found": found,
        "whole_ms": whole,
        "key_ms": keys,
        "key_cpu_ms": keys_cpu,
    }
    answers |= {"opened_ms": opened_ms}
    print(json.dumps(answers | {"private_mb": private, "grown_mb": private - before}))


def _load_all() -> None:
    """Import what a search needs, as a desk does behind its first frame."""
    import tempfile

    from agent_tui.storage import schema
    from benchmarks.search_desks import opened

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.sqlite"
        schema.upgrade(url)
        with opened(url) as desk:
            desk.registering.customer("Katherine Smith")
            desk.finding.warm_up()
            for query in ("kathrin smth", "020 7946 0018", "k.smith@example.com"):
                desk.finding.find(query)
    garbage.look_seldom()


if __name__ == "__main__":
    main()
