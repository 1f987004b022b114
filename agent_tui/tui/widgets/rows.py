"""What the rows of lists stand for, so that what can be done with one is known wherever it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

RowKind = Literal[
    "customer",
    "call",
    "interaction",
    "promise",
    "follow_up",
    "question",
    "case",
    "wrap_up",
    "draft",
    "script",
    "fact",
    "refusal",
    "entry",
    "tie",
    "point",
    "record",
    "section",
    "more",
    "folded",
    "prompt",
    "herd",
    "hand_over",
    "undelivered",
    "review",
]
"""A customer or a caller to turn to, an interaction in a timeline, one of the records (an `entry`
is one of the ledger, a `point` a way to reach somebody), a wrap-up or a script that was left open,
a draft, a message that did not arrive, a review to read; titles of sections, and what is left out
of one; in a brief what is known already, what to ask, who else has the same matter."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row stands for, and where it leads.

    `record` is the value that the row was painted from, the newest that is known, and `note_id`
    the note in which it was written down; two rows are the same row where they stand for the same
    thing, whatever has become of it meanwhile.
    """

    kind: RowKind
    id: int
    section: str = ""
    customer_id: int | None = None
    interaction_id: int | None = None
    record: Any = field(default=None, compare=False)
    note_id: int | None = field(default=None, compare=False)


KNOWN = Row("folded", 0, "brief")
"""The row of a brief that stands for what its reader knows already."""
