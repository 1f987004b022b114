"""What is told about scripts: which there are, what became of one that was to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.script_runs import FittingScript, RunListed, RunShown
    from agent_tui.errors import AgentTuiError


class ScriptsArrived(Message):
    """The scripts for a customer, the best first, and the runs that were left open in their
    interaction, whoever's; or why they are not known."""

    def __init__(
        self,
        customer_id: int,
        interaction_id: int | None,
        fitting: tuple[FittingScript, ...] = (),
        open_runs: tuple[RunListed, ...] = (),
        error: AgentTuiError | None = None,
    ) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.interaction_id = interaction_id
        self.fitting = fitting
        self.open_runs = open_runs
        self.error = error


class RunArrived(Message):
    """A run as it stands now. `is_opened`: somebody asked for it just now."""

    def __init__(self, run: RunShown, *, is_opened: bool = False) -> None:
        super().__init__()
        self.run = run
        self.is_opened = is_opened


class RunFailed(Message):
    """A run could not be read."""

    def __init__(self, run_id: int, error: AgentTuiError) -> None:
        super().__init__()
        self.run_id = run_id
        self.error = error


class RunMoved(Message):
    """Something was done in a run, and is on disk."""

    def __init__(self, run: RunShown) -> None:
        super().__init__()
        self.run = run


class RunNotMoved(Message):
    """What was to be done in a run was not; `again` asks once more for what was typed."""

    def __init__(
        self, run_id: int, error: AgentTuiError, again: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        self.run_id = run_id
        self.error = error
        self.again = again


class ScriptHeld(Message):
    """A script waits until the brief was read: the lines with the keys `unseen` were not."""

    def __init__(
        self, slug: str, customer_id: int, interaction_id: int | None, unseen: tuple[str, ...]
    ) -> None:
        super().__init__()
        self.slug = slug
        self.customer_id = customer_id
        self.interaction_id = interaction_id
        self.unseen = unseen


class ScriptNotOpened(Message):
    """A script was not opened."""

    def __init__(self, slug: str, error: AgentTuiError) -> None:
        super().__init__()
        self.slug = slug
        self.error = error
