"""Other processes for tests: a fresh interpreter that runs a few lines of Python."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress


def run_python(program: str, *arguments: str) -> str:
    """What a program prints in a fresh interpreter; fails the test where it fails."""
    [said] = run_at_once(program, [arguments])
    return said


def run_at_once(program: str, each: Sequence[Sequence[str]]) -> list[str]:
    """Run a program once for each list of arguments, all at the same moment.

    What the program does before it reads a line of its input counts as getting ready: the lines
    are sent when every process has asked for one by printing `ready`, unless it prints something
    else first. Returns what each printed after that.
    """
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONWARNINGS": ""},
        )
        for arguments in each
    ]
    firsts = []
    for process in running:
        assert process.stdout is not None
        firsts.append(process.stdout.readline())
    said = []
    for process in running:
        assert process.stdin is not None
        if process.poll() is None:
            # It may end meanwhile, where it waits for nothing.
            with suppress(BrokenPipeError):
                process.stdin.write("go\n")
                process.stdin.flush()
    for process, first in zip(running, firsts, strict=True):
        rest, errors = process.communicate()
        assert process.returncode == 0, errors
        said.append((first.removeprefix("ready\n") + rest).strip())
    return said
