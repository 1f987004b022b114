"""The words of customers' names, so that a filter by name is led by them; filled at once.

Revision ID: 0009
"""

from alembic import op

from agent_tui.storage.migrations import documents_postgres, names
from agent_tui.storage.migrations.gate import on_postgres

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the index, and what keeps it."""
    connection = op.get_bind()
    if on_postgres():
        statements = names.on_postgres(
            documents_postgres.schema(connection), documents_postgres.collation(connection)
        )
    else:
        statements = names.on_sqlite()
    for statement in statements:
        connection.exec_driver_sql(statement)
