"""What the finder asks of whoever keeps the index."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from agent_tui.domain.values.index import (
    Answer,
    Listings,
    Outline,
    Posting,
    Reference,
    Standing,
)


class IndexStore(Protocol):
    """The customer index of one desk. Prefixes and words are folded, references in normal form.

    Every answer is as fresh as the last committed change. Methods, and the answers that they
    return, may raise the errors of storage; `Interrupted` among them, when a newer question took
    this one's place. Where an `Answer` is returned, several may be asked for before any is waited
    for, and need not all be: a server then works at them while this side does.
    """

    is_aside: bool
    """Whether what was asked for is worked at by somebody else until it is waited for."""

    def size(self) -> int:
        """How many customers there are."""

    def version(self) -> Hashable:
        """Something that is another one after every change to the index, or whenever a customer
        was added."""

    def words_on(self, roads: Collection[int]) -> Answer[Mapping[int, Sequence[str]]]:
        """The words that lie on these roads (`domain.rules.indexing`)."""

    def counts(self, words: Collection[str]) -> Mapping[str, int]:
        """How many customers have each of these words; a word that nobody has is left out."""

    def starting(self, prefix: str, limit: int) -> Answer[tuple[Mapping[str, int], bool]]:
        """The words that begin with `prefix`, with how many customers have them, and whether
        there are more; `limit` rows of the index are read of each field."""

    def postings(self, words: Collection[str]) -> list[Posting]:
        """Who has any of these words in name, company or city."""

    def begun(self, beginnings: Collection[str]) -> list[int]:
        """The customers, ascending, in whose name words begin with each of these: one letter or
        two, and `AGAIN` behind them where several words must (`domain.rules.indexing`)."""

    def begun_among(self, beginning: str, numbers: Sequence[int]) -> list[int]:
        """Those of some customers, ascending, in whose name words begin so, as in `begun`."""

    def recent(self, limit: int) -> list[int]:
        """Customers, latest contact first, then those without any, newest first."""

    def in_contact(self, limit: int) -> list[int]:
        """Customers who were in any contact, the latest first."""

    def waiting(self, limit: int) -> list[int]:
        """Customers who are on a call, or whose call rings."""

    def pressing(self, limit: int) -> list[int]:
        """Customers with whom something is open: of promises those due first, of complaints the
        oldest; up to `limit` of each."""

    def references_holding(self, part: str, limit: int) -> list[Reference]:
        """Contact points with `part` anywhere in their normal form, of three characters at least
        (four digits in a telephone number)."""

    def holding(self, part: str) -> Sequence[int]:
        """The customers, ascending, who may have a contact point with `part` in its normal form."""

    def references_among(self, numbers: Sequence[int], part: str) -> list[Reference]:
        """The contact points of these customers with `part` anywhere in their normal form."""

    def identified(self, written: str, customer_id: int | None) -> Answer[list[int]]:
        """The customers of that external id, or of that id."""

    def pointed(
        self, *, cases: Sequence[str], starts: Sequence[str], ends: Sequence[str], limit: int
    ) -> Answer[list[Reference]]:
        """Cases whose normal form begins with any of `cases`, contact points that begin or end
        with any of these; up to `limit` of each beginning and ending."""

    def addresses_starting(self, prefixes: Sequence[str], limit: int) -> list[Reference]:
        """Postal addresses whose folded words begin with any of these."""

    def outlines(self, numbers: Sequence[int]) -> Answer[list[Outline]]:
        """The customers of these numbers, in no order. Who is gone is left out."""

    def standings(self, numbers: Sequence[int], now: datetime) -> Answer[Mapping[int, Standing]]:
        """How these customers, whose promises may be late by now, stand with us. Who is gone is
        left out."""

    def listings(self, numbers: Sequence[int]) -> Answer[Listings]:
        """What a list shows of these customers. Who is gone is left out."""
