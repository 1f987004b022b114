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
    "fact",
    "record",
    "section",
    "more",
]
"""A customer or a caller to turn to, an interaction in a timeline, one of the records, a wrap-up
that was left open, a draft; titles of sections, and what is left out of one."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row stands for, and where it leads.

    `record` is the value that the row was painted from, the newest that is known; two rows are the
    same row where they stand for the same thing, whatever has become of it meanwhile.
    """

    kind: RowKind
    id: int
    section: str = ""
    customer_id: int | None = None
    interaction_id: int | None = None
    record: Any = field(default=None, compare=False)
