"""What has changed around a run since it was opened, in sentences behind a glyph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.widgets.script_pane import LEAVE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.script_runs import FittingScript, RunShown


def notices_of(
    run: RunShown,
    fitting: Iterable[FittingScript],
    calls: Iterable[Interaction],
    *,
    is_mine: bool,
) -> list[str]:
    """A newer version of the script, and why nothing can be done in the run any more. `calls` are
    the interactions of whoever is open."""
    script, found = run.run.script, []
    newest = next((one.script for one in fitting if one.script.slug == script.slug), None)
    if newest is not None and newest.number > script.number:
        found.append(f"· version {newest.number} is out; this run keeps version {script.number}")
    if run.step is not None and not run.choices.skip_to:
        found.append(f"! {_why_still(run, calls, is_mine)}")
    return found


def _why_still(run: RunShown, calls: Iterable[Interaction], is_mine: bool) -> str:
    """Why nothing can be done in a run."""
    if not is_mine:
        return f"this run is {run.run.agent}'s: open the script yourself"
    own = (call for call in calls if call.id == run.run.interaction_id)
    if any(call.state == "wrapped_up" for call in own):
        return f"this is wrapped up: reopen it first, or leave the script with {LEAVE}"
    return f"this conversation is with somebody else now: leave the script with {LEAVE}"
