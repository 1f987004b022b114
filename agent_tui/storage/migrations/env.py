"""Alembic's entrance: runs the steps on the connection that `storage.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

import agent_tui.domain.tables  # noqa: F401 - registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
)
context.run_migrations()
