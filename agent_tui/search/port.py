"""What the finder asks of whoever keeps the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from agent_tui.domain.values.finding import OpenMatter
from agent_tui.domain.values.index import Listing, Posting, Reference, Word


class IndexStore(Protocol):
    """The customer index of one desk. Prefixes and words are folded, references in normal form.

    Every answer is as fresh as the last committed change. Methods may raise the errors of
    storage; `Interrupted` among them, when a newer question took this one's place.
    """

    def size(self) -> int:
        """How many customers there are."""

    def newest_word(self) -> int:
        """The highest id of a word: the dictionary grew when it did."""

    def words_after(self, word_id: int) -> list[Word]:
        """All words above an id."""

    def words_by_text(self, texts: Sequence[str]) -> list[Word]:
        """The words that are written so."""

    def words_starting(self, prefix: str, limit: int) -> list[Word]:
        """Words that begin with `prefix`, in the order of their letters."""

    def words_sounding(self, sound: str, limit: int) -> list[Word]:
        """Words with this key of sound, those of most customers first."""

    def postings(self, word_ids: Sequence[int], limit: int) -> list[Posting]:
        """Who has any of these words, and where."""

    def recent(self, limit: int) -> list[int]:
        """Customers, latest contact first, then those without any, newest first."""

    def recent_with(self, prefixes: Sequence[str], limit: int) -> list[int]:
        """Of the customers with the latest contact those who have a word with each prefix.

        Only some thousand customers are looked at: meant for prefixes that many have.
        """

    def references_starting(self, prefixes: Sequence[str], limit: int) -> list[Reference]:
        """Contact points and cases whose normal form begins with any of these."""

    def references_ending(self, endings: Sequence[str], limit: int) -> list[Reference]:
        """Contact points whose normal form ends with any of these."""

    def references_holding(self, part: str, limit: int) -> list[Reference]:
        """Contact points with `part` anywhere in their normal form."""

    def numbers_of(self, *, external_id: str, customer_id: int | None) -> list[int]:
        """The customers of that external id, from whatever source, or of that id."""

    def latest_with(self, word_ids: Sequence[int], limit: int) -> list[int]:
        """Of the customers who have any of these words those with the latest contact."""

    def latest(self, numbers: Sequence[int], limit: int) -> list[int]:
        """Of these customers those with the latest contact."""

    def listings(self, numbers: Sequence[int]) -> list[Listing]:
        """The customers of these numbers, in no order. Who is gone is left out."""

    def matters(
        self, numbers: Sequence[int], now: datetime
    ) -> Mapping[int, tuple[OpenMatter, ...]]:
        """What is open with these customers, most pressing first; nothing open, no entry."""

    def best_contacts(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """The contact point to show of each customer: preferred, else phone, else e-mail."""
