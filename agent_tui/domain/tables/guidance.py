"""Call scripts, their runs, and the receipts without which there is no run; and what was done for
once to these."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from agent_tui.domain.tables.columns import (
    BigId,
    Record,
    Versioned,
    code,
    identity,
    moment,
    part,
    points_to,
    words,
)

_STANDS = "retired_at IS NULL"
_TIMED = "seen_ms IS NOT NULL"
_UNENDED = "ended_at IS NULL"


class Script(Record, table=True):
    """One version of a call script, as it was written; rows never change but to be retired.

    `slug` names the script for ever, `number` counts its versions from 1, `digest` is the SHA-256
    of `body` in hexadecimal. `topics` are parted by commas. A run points to the version it used.
    """

    __tablename__ = "scripts"
    __table_args__ = (
        UniqueConstraint("slug", "number", name="scripts_versions"),
        part("scripts_standing", "slug", unique=True, where=_STANDS),
    )

    id: int = identity()
    slug: str = Field(max_length=200)
    number: int = Field(nullable=False)
    title: str = words()
    kind: str = code()
    topics: str = words(default="")
    fits: str | None = words(null=True)
    body: str = words()
    digest: str = Field(max_length=64)
    author_id: int | None = points_to("agents", null=True)
    created_at: datetime = moment()
    retired_at: datetime | None = moment(null=True)


class Receipt(Record, table=True):
    """The proof that an agent had a customer's brief in front of them.

    `digest` is the brief's, over ids and states of records, never over ages. It is being read
    until `granted_at`; `how` is then `seen`, `known` (nothing was new: `repeats_id` is the receipt
    that says so) or `override`, which needs a code in `override` and may have a `reason` in words.
    `focus` is `focused`, or `unknown` where the terminal does not tell. It is begun, gets its lines
    and is then granted; from then on nothing of it changes, and nothing of its lines but that they
    lose their time: triggers of the database refuse it, whatever has no `Exemption`.
    """

    __tablename__ = "receipts"
    __table_args__ = (
        CheckConstraint("(granted_at IS NULL) = (how IS NULL)", name="receipts_granted"),
        CheckConstraint(
            "how IS NULL OR how <> 'override' OR override IS NOT NULL", name="receipts_overridden"
        ),
        Index("receipts_agent", "agent_id", "customer_id", "begun_at"),
        Index("receipts_customer", "customer_id", "begun_at"),
        Index("receipts_interaction", "interaction_id"),
    )

    id: int = identity()
    agent_id: int = points_to("agents")
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    digest: str = Field(max_length=64)
    focus: str = code(default="unknown")
    begun_at: datetime = moment()
    granted_at: datetime | None = moment(null=True)
    how: str | None = code(null=True)
    override: str | None = code(null=True)
    reason: str | None = words(null=True)
    repeats_id: int | None = points_to("receipts", null=True)


class ReceiptLine(Record, table=True):
    """A line of the brief on a receipt. `key` is a digest over its records' ids and states.

    `how` is how it was seen: `viewed`, `opened`, `used`, `corrected`, or `known` where it was
    folded or unchanged; NULL while it was not. `seen_ms` is how long it stood in front of the
    agent, in milliseconds; it is dropped after thirty days.
    """

    # Without a row id of its own, by which `INSERT OR REPLACE` could take a line away on SQLite.
    __tablename__ = "receipt_lines"
    __table_args__ = (
        Index("receipt_lines_key", "key", "receipt_id"),
        part("receipt_lines_timed", "receipt_id", where=_TIMED),
        {"sqlite_with_rowid": False},
    )

    receipt_id: int = Field(primary_key=True, sa_type=BigId, foreign_key="receipts.id")
    position: int = Field(primary_key=True)
    kind: str = code()
    key: str = Field(max_length=64)
    records: str = words()
    is_new: bool = Field(default=True)
    how: str | None = code(null=True)
    seen_ms: int | None = Field(default=None)


class RecordMark(Record, table=True):
    """What an agent said of a record in the brief: that it is wrong, or that it was used.

    `subject` is the shown id of the record. Taken back, the row stays with `undone_at`.
    """

    __tablename__ = "record_marks"
    __table_args__ = (
        Index("record_marks_customer", "customer_id", "how", "at", "id"),
        Index("record_marks_subject", "subject"),
    )

    id: int = identity()
    agent_id: int = points_to("agents")
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    subject: str = Field(max_length=40)
    how: str = code()
    reason: str | None = words(null=True)
    at: datetime = moment()
    undone_at: datetime | None = moment(null=True)


class ScriptRun(Versioned, table=True):
    """One use of a script. It cannot exist without a granted receipt of the same agent, customer
    and interaction: triggers of the database refuse it, foreign keys or not.

    `state` is `open`, `ended` or `left` before its end. `steps_taken` counts what was done in it:
    it grows with every row of `script_steps`, and the version with it. Neither a run nor a step is
    ever deleted but with its customer.
    """

    __tablename__ = "script_runs"
    __table_args__ = (
        Index("script_runs_customer", "customer_id", "started_at", "id"),
        Index("script_runs_interaction", "interaction_id"),
        Index("script_runs_receipt", "receipt_id"),
        Index("script_runs_agent", "agent_id", "started_at"),
    )

    id: int = identity()
    script_id: int = points_to("scripts", index=True)
    receipt_id: int = points_to("receipts")
    agent_id: int = points_to("agents")
    customer_id: int = points_to("customers")
    interaction_id: int | None = points_to("interactions", null=True)
    state: str = code(default="open")
    steps_taken: int = Field(default=0, nullable=False)
    started_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)


class ScriptStep(Record, table=True):
    """One thing done in a run, in the order of `sequence`, which counts from 1.

    `step` is the step's id in its script; `did` what was done there: `chose`, `went_on`,
    `skipped`, `jumped`, `went_back`, `confirmed`, `replaced`, `ended`, `left`. `key` is that of the
    branch that was chosen, `target` the step that was skipped or jumped to, or the field that was
    confirmed. `answer` is what was logged, `note_id` the note that a capture became.
    """

    __tablename__ = "script_steps"
    __table_args__ = (UniqueConstraint("run_id", "sequence", name="script_steps_order"),)

    id: int = identity()
    run_id: int = points_to("script_runs")
    sequence: int = Field(nullable=False)
    step: str = Field(max_length=200)
    did: str = code()
    key: str | None = code(1, null=True)
    target: str | None = code(200, null=True)
    answer: str | None = words(null=True)
    note_id: int | None = points_to("notes", null=True)
    at: datetime = moment()


class Exemption(Record, table=True):
    """What was done for once to rows that otherwise stand as they were written: who, when.

    `kind` is `erasure` of the customer `customer_id`, who is then gone; `redaction`, which masked
    numbers in words; or `moved_days`, which moved all moments of a demo desk. It is begun and ended
    in the transaction that does it: triggers of the database pass this meanwhile, and nothing else.
    """

    __tablename__ = "exemptions"
    __table_args__ = (part("exemptions_open", "kind", where=_UNENDED),)

    id: int = identity()
    kind: str = code()
    customer_id: int | None = Field(default=None, sa_type=BigId)
    agent_id: int | None = Field(default=None, sa_type=BigId)
    at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
