"""What the customer index is made of and gives out, between storage and search."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple, TypeVar

from agent_tui.domain.values.finding import OpenMatter

Value = TypeVar("Value")
Answer = Callable[[], Value]
"""Something that was asked for, perhaps of a server that is about it now: called, once, it is
waited for."""

LONGEST_WORD = 60
"""How many letters of a word are indexed and asked for; what follows does not tell people apart."""


class WordField(IntEnum):
    """Where a customer has a word: shown as a name, as a piece of how they are reached, or as the
    first letters of a word of their name."""

    NAME = 1
    COMPANY = 2
    CITY = 3
    PIECE = 4
    DOMAIN = 5
    BEGINNING = 6


class IndexEntry(NamedTuple):
    """What is indexed of the customer with that dense number, as shown."""

    number: int
    name: str
    company: str | None = None
    city: str | None = None


class ContactEntry(NamedTuple):
    """A contact point of the customer with that dense number, in normal form."""

    number: int
    kind: str
    normal: str


class Posting(NamedTuple):
    """Who has a word in a field: dense numbers, ascending."""

    word: str
    field: int
    numbers: Sequence[int]


class Reference(NamedTuple):
    """A contact point or a case by which a customer can be found.

    `kind` is the contact point's, or `case:` and the case's. `value` is as shown, `normal` the
    form by which it is found.
    """

    number: int
    kind: str
    value: str
    normal: str


class Outline(NamedTuple):
    """What tells whether a customer is the one who is meant: the shown texts that are indexed, and
    the latest contact."""

    number: int
    name: str
    company: str | None
    city: str | None
    last_contact_at: datetime | None


class Standing(NamedTuple):
    """How a customer stands with us: when they were in contact last, and what is open with them,
    most pressing first."""

    last_contact_at: datetime | None
    matters: tuple[OpenMatter, ...]


class Listing(NamedTuple):
    """What a list shows of a customer, but for how they stand with us. `contact` is their contact
    point: preferred, else phone, else e-mail."""

    number: int
    customer_id: int
    source: str | None
    external_id: str | None
    name: str
    company: str | None
    city: str | None
    contact: str | None


class Listings(NamedTuple):
    """Listings by number, and the version of the index at the same moment
    (`IndexStore.version`)."""

    version: Hashable
    of: Mapping[int, Listing]
