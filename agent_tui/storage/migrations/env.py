"""Alembic's entrance: runs the steps on the connection that `storage.schema` hands over."""

from alembic import context

from agent_tui.domain import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.with_conditions(),
    transactional_ddl=True,
)
context.run_migrations()
