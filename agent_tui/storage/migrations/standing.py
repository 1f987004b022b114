"""What was done stands: runs, their steps and granted receipts stay as they were, as triggers.

They hold as those of the gate do, and take the place of those that let more pass. Three things are
done to what otherwise stands, each in one transaction that opens an exemption, does it, and ends
the exemption again:

- `erasure`: the customer whom it names is erased, with their steps, runs, lines and receipts, in
  this order;
- `redaction`: card numbers are masked in the words of a reason or an answer;
- `moved_days`: all moments of a demo desk move on by whole days.

Nobody else ever sees an exemption that is not ended, since none is committed. The row stays, and
says who did what, when. That the times of lines are dropped after thirty days needs none.
"""

from __future__ import annotations

from agent_tui.storage.migrations.gate import (
    Rule,
    changed,
    drop_trigger,
    make_trigger,
    on_postgres,
    refuse_truncate,
    same,
)

_RUN = "a script run stays as it was taken"
_STEP = "a step of a script run stays as it was taken"
_RECEIPT = "a granted receipt never changes"
_LINE = "a line of a granted receipt changes only by losing its time"
_EXEMPTION = "an exemption stays, and ends once"

_OPEN = "EXISTS (SELECT 1 FROM exemptions x WHERE x.ended_at IS NULL AND x.kind = '{}'{})"
_ERASED = " AND x.customer_id = {}"


def let_stand() -> None:
    """Make the triggers. A later step that makes one of the tables anew must make them again."""
    for name, table in (
        ("script_runs_keep", "script_runs"),
        ("receipts_stand", "receipts"),
        ("receipts_stay", "receipts"),
        ("receipt_lines_stay", "receipt_lines"),
    ):
        drop_trigger(name, table)
    for rule in (*_about_runs(), *_about_steps(), *_about_receipts(), *_about_exemptions()):
        make_trigger(rule)
    if on_postgres():
        refuse_truncate("script_runs", _RUN)
        refuse_truncate("script_steps", _STEP)
        refuse_truncate("exemptions", _EXEMPTION)


def _exempt(kind: str, customer: str | None = None) -> str:
    return _OPEN.format(kind, "" if customer is None else _ERASED.format(customer))


def _unless(change: str, kind: str) -> str:
    return f"(({change}) AND NOT {_exempt(kind)})"


def _about_runs() -> tuple[Rule, ...]:
    kept = changed("id", "script_id", "receipt_id", "agent_id", "customer_id", "interaction_id")
    moved = _unless(changed("started_at"), "moved_days")
    bent = f"{kept} OR {moved} OR NEW.steps_taken < OLD.steps_taken"
    words = "a script run keeps its receipt, agent, customer and interaction"
    gone = f"NOT {_exempt('erasure', 'OLD.customer_id')}"
    return (
        Rule("script_runs_keep", "UPDATE", "script_runs", bent, words),
        Rule("script_runs_stay", "DELETE", "script_runs", gone, _RUN),
    )


def _about_steps() -> tuple[Rule, ...]:
    there = (
        "EXISTS (SELECT 1 FROM script_steps t WHERE t.id = NEW.id "
        "OR (t.run_id = NEW.run_id AND t.sequence = NEW.sequence))"
    )
    bent = " OR ".join(
        (
            changed("id", "run_id", "sequence", "step", "did", "key", "target", "note_id"),
            _unless(changed("answer"), "redaction"),
            _unless(changed("at"), "moved_days"),
        )
    )
    of_erased = (
        "EXISTS (SELECT 1 FROM script_runs w WHERE w.id = OLD.run_id "
        f"AND {_exempt('erasure', 'w.customer_id')})"
    )
    return (
        Rule("script_steps_once", "INSERT", "script_steps", there, _STEP),
        Rule("script_steps_stand", "UPDATE", "script_steps", bent, _STEP),
        Rule("script_steps_stay", "DELETE", "script_steps", f"NOT {of_erased}", _STEP),
    )


def _about_receipts() -> tuple[Rule, ...]:
    other = " OR ".join(
        (
            changed(
                "agent_id",
                "customer_id",
                "interaction_id",
                "digest",
                "focus",
                "how",
                "override",
                "repeats_id",
            ),
            f"NOT {same('NEW.granted_at - NEW.begun_at', 'OLD.granted_at - OLD.begun_at')}",
            _unless(changed("begun_at"), "moved_days"),
            _unless(changed("reason"), "redaction"),
        )
    )
    bent = f"{changed('id')} OR (OLD.granted_at IS NOT NULL AND ({other}))"
    gone = f"OLD.granted_at IS NOT NULL AND NOT {_exempt('erasure', 'OLD.customer_id')}"
    line_gone = (
        "EXISTS (SELECT 1 FROM receipts r WHERE r.id = OLD.receipt_id "
        f"AND r.granted_at IS NOT NULL AND NOT {_exempt('erasure', 'r.customer_id')})"
    )
    return (
        Rule("receipts_stand", "UPDATE", "receipts", bent, _RECEIPT),
        Rule("receipts_stay", "DELETE", "receipts", gone, _RECEIPT),
        Rule("receipt_lines_stay", "DELETE", "receipt_lines", line_gone, _LINE, "OLD"),
    )


def _about_exemptions() -> tuple[Rule, ...]:
    there = "EXISTS (SELECT 1 FROM exemptions x WHERE x.id = NEW.id)"
    bent = (
        f"{changed('id', 'kind', 'customer_id', 'agent_id')} "
        "OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL)"
    )
    return (
        Rule("exemptions_once", "INSERT", "exemptions", there, _EXEMPTION),
        Rule("exemptions_stand", "UPDATE", "exemptions", bent, _EXEMPTION),
        Rule("exemptions_stay", "DELETE", "exemptions", "OLD.id IS NOT NULL", _EXEMPTION),
    )
