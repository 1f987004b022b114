"""A question typed key by key into the real desk, as text: what the agent sees after each key.

    python benchmarks/keystrokes.py "kathrin smth" --customers 1000000

The people are those of `agent-tui generate`, made once and kept in the folder. Each key is typed
when the screen is at rest; milliseconds are from the key to the last change of the people found.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.pty_driver import Terminal
from benchmarks.search_desks import default_folder, on_sqlite
from benchmarks.terminal import Key, desk, find_row, results


def main() -> None:
    """Type what the options name, and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("query", help="what is typed")
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=4, help="of those found, so many are printed")
    parser.add_argument(
        "--folder", type=Path, default=default_folder(), help="where desks are kept"
    )
    options = parser.parse_args()
    built = on_sqlite(options.folder, options.customers)
    with desk(built.url, built.size) as terminal:
        for place, letter in enumerate(options.query, 1):
            for line in recorded(terminal, letter, options.query[:place], options.people):
                print(line)


def recorded(terminal: Terminal, letter: str, typed: str, people: int) -> list[str]:
    """Type one letter; the lines that tell what came of it."""
    before = results(terminal)[1:]
    key = Key(terminal, letter)
    key.watch(found=lambda: results(terminal)[1:])
    found = results(terminal)[1:]
    took = "as before" if found == before else f"{key.ms('found'):.0f} ms"
    return [
        f"── {typed.replace(' ', '␣')}  ({took})",
        terminal.row(find_row(terminal)).rstrip(),
        *(row.rstrip() for row in found[:people]),
        "",
    ]


if __name__ == "__main__":
    main()
