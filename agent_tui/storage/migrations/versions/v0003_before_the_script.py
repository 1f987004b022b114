"""Before the script: scripts and their runs, receipts of read briefs, and the gate between them.

Revision ID: 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

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
    _gate()


def _on_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


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
    )
    op.create_index("receipt_lines_key", "receipt_lines", ["key", "receipt_id"])
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
    op.create_index("record_marks_customer", "record_marks", ["customer_id", "how", "at"])
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
        _at("started_at"),
        _at("ended_at", null=True),
    )
    op.create_index("ix_script_runs_script_id", "script_runs", ["script_id"])
    op.create_index("script_runs_customer", "script_runs", ["customer_id", "started_at"])
    op.create_index("script_runs_interaction", "script_runs", ["interaction_id"])
    op.create_index("script_runs_receipt", "script_runs", ["receipt_id"])
    op.create_table(
        "script_steps",
        _id(),
        _to("run_id", "script_runs"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        _code("step", 200),
        _code("did"),
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
        _to("from_id", "agents"),
        _to("to_id", "agents"),
        _words("tried", null=True),
        _code("state"),
        _at("at"),
        _at("closed_at", null=True),
    )
    op.create_index("hand_overs_interaction", "hand_overs", ["interaction_id"])
    for name in ("to", "from"):
        _where(f"hand_overs_{name}", "hand_overs", [f"{name}_id", "at"], "state = 'open'")
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
    """When facts were last confirmed, entries taken back, and when a topic came up."""
    moment = MOMENT.compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE facts ADD COLUMN confirmed_at {moment}")
    for table in ("refusals", "concessions"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN state VARCHAR(32) DEFAULT 'current' NOT NULL")
    op.execute(f"ALTER TABLE interaction_topics ADD COLUMN opened_at {moment}")
    op.execute(
        "UPDATE interaction_topics SET opened_at = (SELECT i.opened_at FROM interactions i "
        "WHERE i.id = interaction_topics.interaction_id)"
    )
    op.create_index("interaction_topics_lately", "interaction_topics", ["topic", "opened_at"])


_RUN = "a script run needs a granted receipt of the same agent, customer and interaction"
_GRANTED = "a granted receipt never changes"
_LINE = "a line of a granted receipt changes only by losing its time"


def _gate() -> None:
    """No run without a granted receipt of the same agent, customer and interaction.

    Triggers, since foreign keys are off in a plain SQLite connection and would not compare the
    other columns. A later step that makes one of these tables anew on SQLite must make them again.
    """
    same = (
        "EXISTS (SELECT 1 FROM receipts r WHERE r.id = NEW.receipt_id "
        "AND r.agent_id = NEW.agent_id AND r.customer_id = NEW.customer_id "
        "AND r.interaction_id {same} NEW.interaction_id AND r.granted_at IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM receipt_lines l WHERE l.receipt_id = r.id "
        "AND r.how = 'seen' AND l.how IS NULL))"
    )
    changed = "id, agent_id, customer_id, interaction_id, digest, granted_at, how, override"
    granted = (
        "EXISTS (SELECT 1 FROM receipts r WHERE r.id = {row}.receipt_id AND r.how IS NOT NULL)"
    )
    lines = "receipt_id, position, kind, key, records, is_new, how"
    rules = (
        ("script_runs_receipt_on_insert", "INSERT", "script_runs", f"NOT {same}", _RUN),
        (
            "script_runs_receipt_on_update",
            "UPDATE OF receipt_id, agent_id, customer_id, interaction_id",
            "script_runs",
            f"NOT {same}",
            _RUN,
        ),
        (
            "receipts_once",
            "INSERT",
            "receipts",
            "EXISTS (SELECT 1 FROM receipts r WHERE r.id = NEW.id)",
            _GRANTED,
        ),
        (
            "receipts_stand",
            f"UPDATE OF {changed}",
            "receipts",
            "OLD.granted_at IS NOT NULL",
            _GRANTED,
        ),
        ("receipts_stay", "DELETE", "receipts", "OLD.granted_at IS NOT NULL", _GRANTED),
        (
            "receipt_lines_stand",
            f"UPDATE OF {lines}",
            "receipt_lines",
            granted.format(row="OLD"),
            _LINE,
        ),
        ("receipt_lines_stay", "DELETE", "receipt_lines", granted.format(row="OLD"), _LINE),
    )
    for name, event, table, refused, words in rules:
        same_as = "IS NOT DISTINCT FROM" if _on_postgres() else "IS"
        _trigger(name, event, table, refused.format(same=same_as), words)


def _trigger(name: str, event: str, table: str, refused: str, words: str) -> None:
    """Refuse a change of a table where a condition over OLD and NEW holds."""
    if not _on_postgres():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {refused} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
        return
    row = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {refused} THEN RAISE EXCEPTION '{words}' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {row}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
