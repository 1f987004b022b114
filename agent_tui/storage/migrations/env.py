"""Alembic's entrance: runs the steps on the connection that `storage.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

from agent_tui.domain import tables

tables.load()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
)
context.run_migrations()
