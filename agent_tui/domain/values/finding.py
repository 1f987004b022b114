"""What the find box gets back."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

MatchKind = Literal["exact", "prefix", "near", "sound", "nickname", "digits", "part"]
MatchField = Literal[
    "name",
    "company",
    "city",
    "phone",
    "email",
    "handle",
    "account",
    "order",
    "address",
    "case",
    "id",
]
OpenMatter = Literal["waiting", "complaint", "promise_late", "promise"]


class Match(NamedTuple):
    """Why a customer was found: in which field, how, and at which characters of the shown text.

    `positions` are half-open ranges of characters in `text`, the field as it is shown.
    """

    field: MatchField
    kind: MatchKind
    text: str
    positions: tuple[tuple[int, int], ...] = ()


class Hit(NamedTuple):
    """One customer found, with what tells namesakes apart.

    `score`, between 0 and 1, says how well the query is met; the order of hits also weighs what
    is open with somebody.
    """

    customer_id: int
    external_id: str | None
    source: str | None
    name: str
    company: str | None
    city: str | None
    contact: str | None
    last_contact_at: datetime | None
    matters: tuple[OpenMatter, ...]
    score: float
    why: tuple[Match, ...]


LONGEST_QUERY = 200
"""Characters of a query that are looked for; what stands behind them is not."""


class Found(NamedTuple):
    """The answer to one query: hits best first, how many customers there are, milliseconds.

    `more` says that a further page has others; `at_least` that others may answer too, whether on a
    further page or not looked at.
    """

    query: str
    hits: tuple[Hit, ...]
    register_size: int
    ms: float
    more: bool = False
    at_least: bool = False
