"""Before the script: scripts and their runs, receipts of read briefs, and the gate between them.

Revision ID: 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from agent_tui.storage.migrations.gate import close_gate

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger().with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Add tables, columns and triggers; what is there stays as it is."""
    _scripts()
    _receipts()
    _runs()
    _teamwork()
    _knowledge()
    _pen()
    _timeline()
    close_gate()


def _id() -> sa.Column[Any]:
    return sa.Column("id", BIG, primary_key=True, nullable=False)


def _to(name: str, table: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, BIG, sa.ForeignKey(f"{table}.id"), nullable=null)


def _words(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _code(name: str, length: int = 32, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=length), nullable=null)


def _at(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=null)


def _where(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    rows = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=rows, postgresql_where=rows)


def _scripts() -> None:
    op.create_table(
        "scripts",
        _id(),
        _code("slug", 200),
        sa.Column("number", sa.Integer(), nullable=False),
        _words("title"),
        _code("kind"),
        _words("topics"),
        _words("fits", null=True),
        _words("body"),
        _code("digest", 64),
        _to("author_id", "agents", null=True),
        _at("created_at"),
        _at("retired_at", null=True),
        sa.UniqueConstraint("slug", "number", name="scripts_versions"),
    )
    _where("scripts_standing", "scripts", ["slug"], "retired_at IS NULL", unique=True)


def _receipts() -> None:
    op.create_table(
        "receipts",
        _id(),
        _to("agent_id", "agents"),
        _to("customer_id", "customers"),
        _to("interaction_id", "interactions", null=True),
        _code("digest", 64),
        _code("focus"),
        _at("begun_at"),
        _at("granted_at", null=True),
        _code("how", null=True),
        _code("override", null=True),
        _words("reason", null=True),
        _to("repeats_id", "receipts", null=True),
        sa.CheckConstraint("(granted_at IS NULL) = (how IS NULL)", name="receipts_granted"),
        sa.CheckConstraint(
            "how IS NULL OR how <> 'override' OR override IS NOT NULL", name="receipts_overridden"
        ),
    )
    op.create_index("receipts_agent", "receipts", ["agent_id", "customer_id", "begun_at"])
    op.create_index("receipts_customer", "receipts", ["customer_id", "begun_at"])
    op.create_index("receipts_interaction", "receipts", ["interaction_id"])
    op.create_table(
        "receipt_lines",
        _to("receipt_id", "receipts"),
        sa.Column("position", sa.Integer(), nullable=False),
        _code("kind"),
        _code("key", 64),
        _words("records"),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        _code("how", null=True),
        sa.Column("seen_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("receipt_id", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("receipt_lines_key", "receipt_lines", ["key", "receipt_id"])
    _where("receipt_lines_timed", "receipt_lines", ["receipt_id"], "seen_ms IS NOT NULL")
    op.create_table(
        "record_marks",
        _id(),
        _to("agent_id", "agents"),
        _to("customer_id", "customers"),
        _to("interaction_id", "interactions", null=True),
        _code("subject", 40),
        _code("how"),
        _words("reason", null=True),
        _at("at"),
        _at("undone_at", null=True),
    )
    op.create_index("record_marks_customer", "record_marks", ["customer_id", "how", "at", "id"])
    op.create_index("record_marks_subject", "record_marks", ["subject"])


def _runs() -> None:
    op.create_table(
        "script_runs",
        sa.Column("version", sa.Integer(), nullable=False),
        _id(),
        _to("script_id", "scripts"),
        _to("receipt_id", "receipts"),
        _to("agent_id", "agents"),
        _to("customer_id", "customers"),
        _to("interaction_id", "interactions", null=True),
        _code("state"),
        sa.Column("steps_taken", sa.Integer(), server_default="0", nullable=False),
        _at("started_at"),
        _at("ended_at", null=True),
    )
    op.create_index("ix_script_runs_script_id", "script_runs", ["script_id"])
    op.create_index("script_runs_customer", "script_runs", ["customer_id", "started_at", "id"])
    op.create_index("script_runs_interaction", "script_runs", ["interaction_id"])
    op.create_index("script_runs_receipt", "script_runs", ["receipt_id"])
    op.create_index("script_runs_agent", "script_runs", ["agent_id", "started_at"])
    op.create_table(
        "script_steps",
        _id(),
        _to("run_id", "script_runs"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        _code("step", 200),
        _code("did"),
        _code("key", 1, null=True),
        _code("target", 200, null=True),
        _words("answer", null=True),
        _to("note_id", "notes", null=True),
        _at("at"),
        sa.UniqueConstraint("run_id", "sequence", name="script_steps_order"),
    )


def _teamwork() -> None:
    op.create_table(
        "hand_overs",
        sa.Column("version", sa.Integer(), nullable=False),
        _id(),
        _to("interaction_id", "interactions"),
        _to("customer_id", "customers", null=True),
        _to("from_id", "agents"),
        _to("to_id", "agents"),
        _words("tried", null=True),
        _code("state"),
        _words("reason", null=True),
        _at("at"),
        _at("closed_at", null=True),
        _at("dismissed_at", null=True),
    )
    op.create_index("hand_overs_interaction", "hand_overs", ["interaction_id"])
    known = "customer_id IS NOT NULL"
    _where("hand_overs_customer", "hand_overs", ["customer_id", "at", "id"], known)
    for name in ("to", "from"):
        _where(f"hand_overs_{name}", "hand_overs", [f"{name}_id", "at"], "state = 'open'")
    declined = "state = 'declined' AND dismissed_at IS NULL"
    _where("hand_overs_declined", "hand_overs", ["from_id", "at"], declined)
    _where("hand_overs_open", "hand_overs", ["interaction_id"], "state = 'open'", unique=True)
    op.create_table(
        "frictions",
        _id(),
        _to("agent_id", "agents"),
        _to("customer_id", "customers", null=True),
        _to("interaction_id", "interactions", null=True),
        _code("rule", 64),
        _words("text"),
        _at("at"),
    )
    op.create_index("frictions_rule", "frictions", ["rule", "at"])
    op.create_index("frictions_agent", "frictions", ["agent_id"])
    op.create_table(
        "prompts",
        _id(),
        _to("agent_id", "agents"),
        _to("customer_id", "customers"),
        _to("interaction_id", "interactions", null=True),
        _code("what", 64),
        _at("at"),
        _code("outcome", null=True),
    )
    op.create_index("prompts_customer", "prompts", ["customer_id", "at"])
    op.create_index("prompts_interaction", "prompts", ["interaction_id"])


def _knowledge() -> None:
    """When facts were confirmed or replaced, entries taken back, and when a topic came up."""
    dialect = op.get_bind().dialect
    moment = MOMENT.compile(dialect=dialect)
    op.execute(f"ALTER TABLE facts ADD COLUMN confirmed_at {moment}")
    number = BIG.compile(dialect=dialect)
    customer = "REFERENCES customers (id)"
    op.execute(f"ALTER TABLE facts ADD COLUMN replaces_id {number} REFERENCES facts (id)")
    _where("facts_replaces", "facts", ["replaces_id"], "replaces_id IS NOT NULL")
    for table in ("refusals", "concessions"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN state VARCHAR(32) DEFAULT 'current' NOT NULL")
    op.execute(f"ALTER TABLE interaction_topics ADD COLUMN opened_at {moment}")
    op.execute(f"ALTER TABLE interaction_topics ADD COLUMN customer_id {number} {customer}")
    op.execute(
        "UPDATE interaction_topics SET opened_at = (SELECT i.opened_at FROM interactions i "
        "WHERE i.id = interaction_topics.interaction_id), "
        "customer_id = (SELECT i.customer_id FROM interactions i "
        "WHERE i.id = interaction_topics.interaction_id)"
    )
    op.create_index(
        "interaction_topics_lately", "interaction_topics", ["topic", "opened_at", "customer_id"]
    )


def _pen() -> None:
    """When what a note promises is due, as it was read once; complaints that were taken back;
    lines that agents marked; messages that did not arrive and nobody has seen to."""
    op.execute("ALTER TABLE notes ADD COLUMN due_times TEXT")
    _where("events_retired", "events", ["detail"], "kind = 'complaint.retired'")
    moment = MOMENT.compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE messages ADD COLUMN dismissed_at {moment}")
    marked = "author_id IS NOT NULL AND delivery = 'none'"
    _where("messages_marked", "messages", ["interaction_id", "sequence"], marked)
    undelivered = "delivery = 'failed' AND dismissed_at IS NULL"
    _where("messages_undelivered", "messages", ["author_id", "id"], undelivered)


def _timeline() -> None:
    """What happened with a customer in the order of time, kind by kind."""
    op.create_index("cases_opened", "cases", ["customer_id", "opened_at", "id"])
    op.create_index("follow_ups_asked", "follow_ups", ["customer_id", "at", "id"])
    for name, table, at, where in (
        ("promises_made", "promises", "created_at", "replaces_id IS NULL"),
        ("promises_closed", "promises", "closed_at", "closed_at IS NOT NULL"),
        ("facts_confirmed", "facts", "confirmed_at", "confirmed_at IS NOT NULL"),
    ):
        _where(name, table, ["customer_id", at, "id"], where)
