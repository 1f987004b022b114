"""The command `agent-tui`, also as `python -m agent_tui`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code: 0 done, 1 refused, 2 wrong usage, 3 in part.

    `argv` are the words behind the program's name, by default those of this process.
    """
    from agent_tui.cli.entry import run

    return run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
