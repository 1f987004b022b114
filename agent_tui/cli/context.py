"""What every command is handed: the settings that hold, and the desk, opened when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_tui.config import Settings
    from agent_tui.services.desk import Desk


DEMO = "demo"
"""The name of a database that is no address: the demo desk."""


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
        """The settings that hold, these options being the last word. Raises SettingsError.

        Where the database is called `demo` it is the demo desk, which is made ready for today.
        """
        from agent_tui import config

        settings = config.load(db=self.db, agent=self.agent, region=self.region)
        if settings.db != DEMO:
            return settings
        from agent_tui.cli import demo

        demo.prepare(demo.file())
        return demo.settings_of(settings, self)

    @contextmanager
    def desk(self, *, begins: bool = False) -> Iterator[Desk]:
        """The desk that the settings name; its connections are given back behind the block.

        A command that `begins` may make one where none is; for others a place that was named and
        holds none is a slip. Raises NotFound.
        """
        from agent_tui.bootstrap import build_desk, need_desk
        from agent_tui.cli import diagnostics

        if not begins:
            need_desk(self.settings)
        desk = build_desk(self.settings, say=diagnostics.say)
        try:
            yield desk
        finally:
            desk.close()
