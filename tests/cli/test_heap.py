"""One heap for all threads of the desk."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

HEAPS_OF_THREADS = """
import sys, threading
if sys.argv[1] == "shared":
    from agent_tui.cli.desk import share_heap
    share_heap()
kept, begun, go_on = [], threading.Barrier(5), threading.Event()
def take():
    kept.append([bytes(2_000) for _ in range(500)])
    begun.wait()
    go_on.wait()
for _ in range(4):
    threading.Thread(target=take).start()
begun.wait()
# Each lies where 64 MB begin; that of the process itself is its [heap].
named = open("/proc/self/maps").read().splitlines()
starts = [int(line.split("-")[0], 16) for line in named if len(line.split()) == 5]
print(sum(start % 2**26 == 0 for start in starts))
go_on.set()
"""


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc",
    reason="only this C library gives each thread a heap",
)
def test_threads_share_one_heap() -> None:
    def heaps(how: str) -> int:
        command = [sys.executable, "-c", HEAPS_OF_THREADS, how]
        env = {name: value for name, value in os.environ.items() if "MALLOC" not in name}
        root = Path(__file__).parents[2]
        return int(subprocess.check_output(command, cwd=root, env=env, text=True))

    assert heaps("each its own") >= 2
    assert heaps("shared") == 0
