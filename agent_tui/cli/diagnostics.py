"""The one writer of stderr: what went wrong, in a sentence, and the exit code that goes with it.

An error that nobody foresaw goes to the log (`cli.log`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from agent_tui.cli import output
from agent_tui.errors import AgentTuiError, Ambiguous, UsageError

DONE = 0
FAILED = 1
WRONG_USAGE = 2
DONE_IN_PART = 3
INTERRUPTED = 130

HINTS = {
    "complaint.decide": "complaint decide {} TEXT --reason WORDS",
    "complaint.tell": "complaint tell {}",
    "complaint.escalate": "complaint escalate {} TO",
    "customers.import": "import FILE",
    "demo.fresh": "demo --fresh",
    "scripts.list": "scripts list --all",
}
"""What helps, as a command, by the code of the error's hint."""
_NO_LIMIT = sys.maxsize


def say(sentence: str) -> None:
    """Print a line to stderr, inert and without card numbers: a sentence may repeat what was typed.

    Where stderr is gone, nobody is there to be told.
    """
    from agent_tui.text.hygiene import clean_line
    from agent_tui.text.redaction import mask_cards

    _write(f"{mask_cards(clean_line(sentence, _NO_LIMIT)).text}\n")


def paint(line: str) -> None:
    """Paint a clean line over the present one of the terminal; an empty one takes it away."""
    _write(f"\r{line}\x1b[K")


def guard(command: Callable[[], int]) -> int:
    """Run a command and answer for whatever it raises."""
    code = _answered(command)
    try:
        output.flush()
    except output.OutputClosed:
        pass
    except AgentTuiError as error:
        return refuse(error)
    return code


def _answered(command: Callable[[], int]) -> int:
    try:
        return command()
    except output.OutputClosed:
        return DONE
    except AgentTuiError as error:
        return refuse(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else DONE
    except Exception as error:
        return unforeseen(error)


def refuse(error: AgentTuiError) -> int:
    """Print what was refused and why, and the command that helps. Returns the exit code."""
    say(f"agent-tui: {error.title}: {error.message}")
    if error.hint is not None:
        code, about = error.hint
        say(f"  agent-tui {HINTS[code].format(about)}")
    if isinstance(error, Ambiguous):
        for candidate in error.candidates:
            say(f"  {candidate}")
    return WRONG_USAGE if isinstance(error, UsageError) else FAILED


def unforeseen(error: BaseException) -> int:
    """Log an error that nobody foresaw, and say where. Returns the exit code."""
    from agent_tui.cli import log

    place = log.fault(error)
    where = f"; where in the program is written in {place}" if place else ""
    say(f"agent-tui: this should not have happened ({type(error).__name__}){where}")
    return FAILED


def _write(characters: str) -> None:
    try:
        sys.stderr.buffer.write(characters.encode("utf-8", "replace"))
        sys.stderr.buffer.flush()
    except (OSError, ValueError):
        pass
