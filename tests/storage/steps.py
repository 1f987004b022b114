"""A desk as an earlier version of this program left it."""

from __future__ import annotations

from agent_tui.storage import schema
from agent_tui.storage.engines import create_file, writing_engine
from agent_tui.storage.location import locate


def bring_to(url: str, step: str) -> None:
    """Bring an empty database to an earlier step of the schema."""
    from alembic import command
    from alembic.config import Config

    location = locate(url)
    create_file(location)
    config = Config()
    config.set_main_option("script_location", str(schema.STEPS).replace("%", "%%"))
    engine = writing_engine(location)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)
        if not location.is_postgres:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    engine.dispose()
