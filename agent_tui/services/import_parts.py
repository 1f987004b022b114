"""What a cleaned row is made of: columns and the keys by which each part is known again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Values = dict[str, Any]
"""Columns of one row."""

Table = type[Any]
"""One of `domain.tables`."""


@dataclass(slots=True)
class Child:
    """A note, fact, promise, concession, refusal, case or survey without a name of its own.

    `key` is a digest of all that the file said of it. `agent` is the handle of its author or
    owner, whose id belongs into the column `agent_column`; `made_in` the file's id of the
    interaction in which it was made.
    """

    table: Table
    key: str
    values: Values
    agent: str | None = None
    agent_column: str | None = None
    made_in: str | None = None


@dataclass(slots=True)
class Contact:
    """An interaction with what was said in it.

    `values` are its columns where it is new, `news` those that a row may bring of a known one.
    `key` stands in where the file has no id for it.
    """

    external_id: str | None
    key: str | None
    values: Values
    news: Values
    agent: str | None = None
    topics: list[str] = field(default_factory=list)
    messages: list[Values] = field(default_factory=list)
    notes: list[Child] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """One row, ready to be compared with what the desk knows.

    `given` are the customer's columns that the row has something for; `derived` the parts of the
    name, for a customer who is new or has a new name.
    """

    digest: str
    key: str
    external_id: str | None
    given: Values
    derived: Values
    points: list[Values]
    contacts: list[Contact] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    cases: list[Child] = field(default_factory=list)
    ties: list[tuple[str, str]] = field(default_factory=list)

    @property
    def identity(self) -> str:
        """Who it is about, within one source: the file's id, else name and contact points."""
        return f"id {self.external_id}" if self.external_id else f"key {self.key}"

    @property
    def has_records(self) -> bool:
        """Whether the row says more than who it is and how to reach them."""
        return bool(self.contacts or self.children or self.cases)

    @property
    def named_interactions(self) -> set[str]:
        """The file's ids of the interactions in which something was made."""
        return {one.made_in for one in (*self.children, *self.cases) if one.made_in}

    @property
    def handles(self) -> Iterator[str]:
        """The agents whom the row names."""
        for contact in self.contacts:
            if contact.agent:
                yield contact.agent
            yield from (note.agent for note in contact.notes if note.agent)
        yield from (child.agent for child in self.children if child.agent)
