"""The gate between receipts and script runs, as triggers of the database.

They hold against plain SQL, foreign keys and CHECK constraints switched off included: those are off
in a plain SQLite connection, or can be, and would not compare the columns of two rows. They compare
whole rows instead of naming columns (`UPDATE OF`), since SQLite does not take `SET rowid` for
naming one, and they refuse a row that is there already, since `INSERT OR REPLACE` removes it
without a trigger of its own. On PostgreSQL names are looked up in the desk's own schema, never in
temporary tables, and a line waits for whoever is granting its receipt.

What they cannot know is whether a line was truly in front of somebody: whoever can write plain SQL
can make up a whole receipt. They prove that no run is without one, and that none changes later.
"""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

_NEEDS = "a script run needs a granted receipt of the same agent, customer and interaction"
_KEEPS = "a script run keeps its receipt, agent, customer and interaction"
_THERE = "there is a script run of this id"
_BEGUN = "a receipt is granted only once its lines are on it"
_GRANT = "a receipt is granted where every line was seen, or by an override with its code"
_STANDS = "a granted receipt never changes"
_LINE = "a line of a granted receipt changes only by losing its time"


class Rule(NamedTuple):
    """What is refused: a change of a table where a condition over OLD and NEW holds."""

    name: str
    event: str
    table: str
    refused: str
    words: str
    waits_for: str | None = None
    """The receipt, if any, that must not be granted meanwhile."""


def close_gate() -> None:
    """Make the triggers. A later step that makes one of the tables anew must make them again."""
    for rule in (*_about_runs(), *_about_receipts(), *_about_lines()):
        make_trigger(rule)
    if on_postgres():
        for table in ("receipts", "receipt_lines"):
            refuse_truncate(table, _STANDS)


def on_postgres() -> bool:
    """Whether the database that is brought up is on a server."""
    return op.get_bind().dialect.name == "postgresql"


def same(one: str, other: str) -> str:
    """A condition: two values are the same, both missing included."""
    return f"({one} {'IS NOT DISTINCT FROM' if on_postgres() else 'IS'} {other})"


def changed(*columns: str) -> str:
    """A condition over OLD and NEW: one of these columns changes."""
    return " OR ".join(f"NOT {same(f'NEW.{column}', f'OLD.{column}')}" for column in columns)


def _about_runs() -> tuple[Rule, ...]:
    receipt = (
        "EXISTS (SELECT 1 FROM receipts r WHERE r.id = NEW.receipt_id "
        "AND r.agent_id = NEW.agent_id AND r.customer_id = NEW.customer_id "
        f"AND {same('r.interaction_id', 'NEW.interaction_id')} AND r.granted_at IS NOT NULL)"
    )
    there = "EXISTS (SELECT 1 FROM script_runs w WHERE w.id = NEW.id)"
    kept = changed("id", "script_id", "receipt_id", "agent_id", "customer_id", "interaction_id")
    return (
        Rule("script_runs_receipt", "INSERT", "script_runs", f"NOT {receipt}", _NEEDS),
        Rule("script_runs_once", "INSERT", "script_runs", there, _THERE),
        Rule("script_runs_keep", "UPDATE", "script_runs", kept, _KEEPS),
    )


def _about_receipts() -> tuple[Rule, ...]:
    unseen = "SELECT 1 FROM receipt_lines l WHERE l.receipt_id = NEW.id AND l.how IS NULL"
    rightly = (
        f"(NEW.how IN ('seen', 'known') AND NOT EXISTS ({unseen})) "
        "OR (NEW.how = 'override' AND NEW.override IS NOT NULL)"
    )
    granting = "OLD.granted_at IS NULL AND (NEW.granted_at IS NOT NULL OR NEW.how IS NOT NULL)"
    begun = "NEW.granted_at IS NOT NULL OR NEW.how IS NOT NULL"
    there = "EXISTS (SELECT 1 FROM receipts r WHERE r.id = NEW.id)"
    other = changed(
        "agent_id",
        "customer_id",
        "interaction_id",
        "digest",
        "focus",
        "how",
        "override",
        "repeats_id",
    )
    # Both moments may move together: those of a demo desk do, every day.
    moved = f"NOT {same('NEW.granted_at - NEW.begun_at', 'OLD.granted_at - OLD.begun_at')}"
    stands = f"{changed('id')} OR (OLD.granted_at IS NOT NULL AND ({other} OR {moved}))"
    return (
        Rule("receipts_once", "INSERT", "receipts", there, _STANDS),
        Rule("receipts_begin", "INSERT", "receipts", begun, _BEGUN),
        Rule(
            "receipts_grant",
            "UPDATE",
            "receipts",
            f"{granting} AND (NEW.granted_at IS NOT NULL AND ({rightly})) IS NOT TRUE",
            _GRANT,
        ),
        Rule("receipts_stand", "UPDATE", "receipts", stands, _STANDS),
        Rule("receipts_stay", "DELETE", "receipts", "OLD.granted_at IS NOT NULL", _STANDS),
    )


def _about_lines() -> tuple[Rule, ...]:
    granted = (
        "EXISTS (SELECT 1 FROM receipts r WHERE r.id = {}.receipt_id AND r.granted_at IS NOT NULL)"
    )
    other = changed("position", "kind", "key", "records", "is_new", "how")
    time = f"NEW.seen_ms IS NOT NULL AND ({changed('seen_ms')})"
    stands = f"({changed('receipt_id')}) OR ({granted.format('OLD')} AND ({other} OR ({time})))"
    table = "receipt_lines"
    return (
        Rule("receipt_lines_once", "INSERT", table, granted.format("NEW"), _LINE, "NEW"),
        Rule("receipt_lines_stand", "UPDATE", table, stands, _LINE, "NEW"),
        Rule("receipt_lines_stay", "DELETE", table, granted.format("OLD"), _LINE, "OLD"),
    )


def make_trigger(rule: Rule) -> None:
    """Make the trigger that refuses what a rule refuses, in its words."""
    if not on_postgres():
        op.execute(
            f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {rule.table} WHEN {rule.refused} "
            f"BEGIN SELECT RAISE(ABORT, '{rule.words}'); END"
        )
        return
    waits = (
        f"PERFORM 1 FROM receipts r WHERE r.id = {rule.waits_for}.receipt_id FOR SHARE; "
        if rule.waits_for
        else ""
    )
    row = "OLD" if rule.event == "DELETE" else "NEW"
    _function(
        rule.name,
        f"{waits}IF {rule.refused} THEN {_raise(rule.words)} END IF; RETURN {row};",
    )
    op.execute(
        f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {rule.name}()"
    )


def drop_trigger(name: str, table: str) -> None:
    """Take a trigger away, for a stricter one to take its place."""
    op.execute(f"DROP TRIGGER {name}{f' ON {table}' if on_postgres() else ''}")
    if on_postgres():
        op.execute(f"DROP FUNCTION {name}()")


def refuse_truncate(table: str, words: str) -> None:
    """Refuse, on PostgreSQL, that a table is emptied past the triggers of its rows."""
    _function(f"{table}_truncated", _raise(words))
    op.execute(
        f"CREATE TRIGGER {table}_truncated BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_truncated()"
    )


def _raise(words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';"


def _function(name: str, body: str) -> None:
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, {schema}, pg_temp AS $$ BEGIN {body} END $$"
    )
