"""The rows at the foot of the context: which script waits, is open, or fits best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.script_lines import place_words

if TYPE_CHECKING:
    from agent_tui.domain.values.script_runs import FittingScript, RunListed, RunShown

_SCRIPT = Span("Script  ", "dim")


def held_rows(title: str, override_key: str, cells: int) -> list[Line]:
    """A script that waits until the brief was read, and what else can be done with it."""
    waits = (
        f"opens by itself once the brief is read · {override_key} opens it now · Esc gives up",
        f"opens when read · {override_key} opens it now · Esc gives up",
        f"once read · {override_key} now · Esc gives up",
    )
    words = next((one for one in waits if len(one) <= cells), waits[-1])
    return [line(_SCRIPT, Span(title, "strong")), line(Span(words, "accent"))]


def open_row(run: RunShown, key: str) -> Line:
    """A script that is open, and the key that goes to it."""
    right = Span(f"{place_words(run)} · {key}", "dim")
    return line(_SCRIPT, run.run.script.title, right=(right,))


def best_rows(
    fitting: Sequence[FittingScript],
    theirs: Sequence[RunListed],
    key: str,
    *,
    is_read: bool,
) -> list[Line]:
    """The script that a colleague goes through in this conversation, or the one that fits it
    best; `is_read` is whether that opens at once."""
    if theirs:
        first_name = theirs[0].agent.split(" ", 1)[0]
        right = Span(f"{first_name} is in it · {key}", "dim")
        return [line(_SCRIPT, theirs[0].script.title, right=(right,))]
    best = next((one for one in fitting if one.matches and one.why_not is None), None)
    if best is None:
        return []
    right = Span(key if is_read else f"after the brief · {key}", "dim")
    return [line(_SCRIPT, best.script.title, right=(right,))]
