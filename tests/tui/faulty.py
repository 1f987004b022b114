"""Run by `test_survival`: the program, in which help fails with the note's text in its hands.

Under ctrl+z and in a worker it fails as well, by the name of what fails: `python -m
tests.tui.faulty screen|worker ARGUMENTS`.
"""

from __future__ import annotations

import sys

from agent_tui.cli import entry
from agent_tui.tui.screens.desk import DeskScreen


def main() -> int:
    """The program with a fault in it."""
    where, *words = sys.argv[1:]

    def fails(screen: DeskScreen) -> None:
        typed = screen.note_line.text

        async def work() -> None:
            raise ValueError(f"no room for {typed}")

        if where == "worker":
            screen.app.run_worker(work())
        else:
            raise ValueError(f"no room for {typed}")

    DeskScreen.action_help = fails  # type: ignore[assignment, method-assign]
    return entry.run(words)


if __name__ == "__main__":
    sys.exit(main())
