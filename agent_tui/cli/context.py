"""What every command is handed: the settings that hold, and the desk, opened when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_tui.config import Settings
    from agent_tui.services.desk import Desk


class Context:
    """The options that stand before or behind any command; None where they were not given."""

    def __init__(
        self, *, db: str | None = None, agent: str | None = None, region: str | None = None
    ) -> None:
        self.db = db
        self.agent = agent
        self.region = region

    @cached_property
    def settings(self) -> Settings:
        """The settings that hold, these options being the last word. Raises SettingsError."""
        from agent_tui import config

        return config.load(db=self.db, agent=self.agent, region=self.region)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk that the settings name; its connections are given back behind the block."""
        from agent_tui.bootstrap import build_desk

        desk = build_desk(self.settings)
        try:
            yield desk
        finally:
            desk.close()
