"""Run by `test_kills`: types notes at a desk until it is killed, again and again.

    python -m tests.tui.typist FILE CUSTOMER KILLS SEED

Each time a process of its own is forked off, with everything imported already, and killed with
SIGKILL at a random moment of its typing and saving. Prints what was typed, one JSON object a kill.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from textual.events import Key
from textual.keys import _character_to_key

from agent_tui.services import attending, capturing, conversing, noting
from agent_tui.tui.app import DeskApp
from agent_tui.tui.widgets import text_box
from benchmarks.kill_check import note_of
from tests.builders import make_desk

LOADED = (attending, capturing, conversing, noting, text_box)
"""What would else be loaded anew after every fork."""
LONGEST_S = 0.7
GAP_S = 0.004


async def type_on(file: Path, customer: int, name: str, pipe: int) -> None:
    """Write one note after the other, and tell the pipe of every key."""

    def tell(**what: object) -> None:
        os.write(pipe, (json.dumps({"at": time.monotonic()} | what) + "\n").encode())

    desk = make_desk(f"sqlite:///{file}")
    app = DeskApp(lambda: desk)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app._desk_screen
        while screen.asking is None:
            await pilot.pause(GAP_S)
        screen.open(customer)
        screen.action_note()
        while not screen.note_line.is_written_in:
            await pilot.pause(GAP_S)
        tell(ready=True)
        for number in range(1_000):
            for letter in note_of(f"{name}x{number}"):
                tell(key=letter)
                app.post_message(Key(_character_to_key(letter), letter))
                await asyncio.sleep(GAP_S)
            tell(enter=True)
            app.post_message(Key("enter", "\r"))
            while "saved" not in str(screen.note_line.border_subtitle):
                await asyncio.sleep(GAP_S / 4)
            tell(acknowledged=True)


def kill_once(file: Path, customer: int, name: str, wait_s: float) -> dict[str, object]:
    """One life of the program."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        asyncio.run(type_on(file, customer, name, theirs))
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        first = told.readline()
        time.sleep(wait_s)
        os.kill(child, signal.SIGKILL)
        killed_at = time.monotonic()
        rest = told.read().splitlines()
    os.waitpid(child, 0)
    assert b"ready" in first, first
    return {"killed_at": killed_at, "told": [json.loads(line) for line in rest]}


def main() -> None:
    file, customer, kills, seed = sys.argv[1:]
    rng = random.Random(int(seed))
    gc.collect()
    gc.freeze()
    for number in range(int(kills)):
        life = kill_once(Path(file), int(customer), f"k{number}", rng.uniform(0, LONGEST_S))
        sys.stdout.write(json.dumps(life) + "\n")
        sys.stdout.flush()
        # Whoever reads this looks at the database before the next life begins.
        sys.stdin.readline()


if __name__ == "__main__":
    main()
