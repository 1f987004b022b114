"""Reads the customer index and what a list shows, with the same SQL on both databases.

Lists of values go over as one parameter (JSON on SQLite, an array on PostgreSQL), so that a
statement is planned once whatever the number of values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from agent_tui.domain.rules.speakable import FIRST, is_speakable
from agent_tui.domain.values.finding import OpenMatter
from agent_tui.domain.values.index import Listing, Posting, Reference, Word
from agent_tui.domain.values.people import CLOSED_CASE_STATES
from agent_tui.storage.reader import Reader, moment, moment_or_none

_BEYOND = "\U0010ffff"
"""Sorts after whatever may follow a prefix, on both databases."""

_RECENT = 1_000
"""Among how many customers, latest contact first, a very common prefix is looked for."""

_LISTING = "c.number, c.id, c.source, c.external_id, c.name, c.company, c.city, c.last_contact_at"
_CONTACT = (
    "SELECT c.number, p.kind, p.value, p.normal FROM contact_points p "
    "JOIN customers c ON c.id = p.customer_id WHERE p.kind <> 'address' AND "
)
_CASE = (
    "SELECT c.number, 'case:' || k.kind, k.external_id, k.normal FROM cases k "
    "JOIN customers c ON c.id = k.customer_id WHERE k.external_id IS NOT NULL AND "
)
_COMPLAINT = (
    "SELECT c.number, 'case:complaint', s.speakable, s.speakable FROM complaints s "
    "JOIN cases k ON k.id = s.case_id JOIN customers c ON c.id = k.customer_id WHERE "
)
_RETIRED = (
    "SELECT c.number, 'case:complaint', e.subject, e.subject FROM events e "
    "JOIN customers c ON c.id = e.customer_id WHERE e.kind = 'complaint.retired' AND "
)
_MATTERS = """
SELECT c.number, 'promise', p.due_at FROM customers c
  JOIN promises p ON p.customer_id = c.id
 WHERE {among} AND p.state = 'open' AND p.side = 'ours'
UNION ALL
SELECT c.number, 'complaint', NULL FROM customers c
 WHERE {among} AND EXISTS (
  SELECT 1 FROM cases k
   WHERE k.customer_id = c.id AND k.kind = 'complaint' AND k.state NOT IN ({closed}))
UNION ALL
SELECT c.number, 'waiting', NULL FROM customers c
 WHERE {among} AND c.id IN (
  SELECT i.customer_id FROM interactions i WHERE i.state IN ('ringing', 'talking', 'on_hold'))
""".replace("{closed}", ", ".join(f"'{state}'" for state in sorted(CLOSED_CASE_STATES)))


def among(reader: Reader, column: str, kind: Literal["bigint", "text"] = "bigint") -> str:
    """The condition that a column is one of the values in the parameter `values`."""
    if reader.is_postgres:
        return f"{column} = ANY(CAST(:values AS {kind}[]))"
    return f"{column} IN (SELECT value FROM json_each(:values))"


def listed(reader: Reader, values: Sequence[Any]) -> Any:
    """Values as the parameter that `among` names."""
    return list(values) if reader.is_postgres else json.dumps(values)


class SqlIndexStore:
    """The customer index of one desk, read through one connection."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._counted: tuple[int, int] | None = None

    def size(self) -> int:
        """How many customers there are. Counted again whenever one was added."""
        newest = self._whole("SELECT max(number) FROM customers")
        if self._counted is None or self._counted[0] != newest:
            self._counted = newest, self._whole("SELECT count(*) FROM customers")
        return self._counted[1]

    def newest_word(self) -> int:
        """The highest id of a word: the dictionary grew when it did."""
        return self._whole("SELECT max(id) FROM index_words")

    def words_after(self, word_id: int) -> list[Word]:
        """All words above an id."""
        return self._words("id > :id", id=word_id)

    def words_by_text(self, texts: Sequence[str]) -> list[Word]:
        """The words that are written so."""
        reader = self._reader
        return self._words(among(reader, "text", "text"), values=listed(reader, texts))

    def words_starting(self, prefix: str, limit: int) -> list[Word]:
        """Words that begin with `prefix`, in the order of their letters."""
        return self._words(
            "text >= :prefix AND text < :beyond ORDER BY text LIMIT :limit",
            prefix=prefix,
            beyond=prefix + _BEYOND,
            limit=limit,
        )

    def words_sounding(self, sound: str, limit: int) -> list[Word]:
        """Words with this key of sound, those of most customers first."""
        return self._words(
            "sound = :sound ORDER BY people DESC, id LIMIT :limit", sound=sound, limit=limit
        )

    def postings(self, word_ids: Sequence[int], limit: int) -> list[Posting]:
        """Who has any of these words, and where."""
        reader = self._reader
        return self._reader.rows(  # type: ignore[return-value]
            "SELECT word_id, field, number FROM index_postings "
            f"WHERE {among(reader, 'word_id')} LIMIT :limit",
            values=listed(reader, word_ids),
            limit=limit,
        )

    def recent(self, limit: int) -> list[int]:
        """Customers, latest contact first, then those without any, newest first."""
        return self._latest_first("SELECT number FROM customers WHERE {} LIMIT :limit", limit)

    def recent_with(self, prefixes: Sequence[str], limit: int) -> list[int]:
        """Of the customers with the latest contact those who have a word with each prefix."""
        parameters: dict[str, Any] = {}
        conditions = ["1 = 1"]
        for place, prefix in enumerate(prefixes):
            parameters |= {f"from{place}": prefix, f"to{place}": prefix + _BEYOND}
            conditions.append(
                "EXISTS (SELECT 1 FROM index_postings p JOIN index_words w ON w.id = p.word_id "
                f"WHERE p.number = r.number AND w.text >= :from{place} AND w.text < :to{place})"
            )
        # Sorted inside only: an order outside would test all of them before the limit.
        return self._latest_first(
            f"SELECT r.number FROM (SELECT number FROM customers WHERE {{}} LIMIT {_RECENT}) r "
            f"WHERE {' AND '.join(conditions)} LIMIT :limit",
            limit,
            **parameters,
        )

    def references_starting(self, prefixes: Sequence[str], limit: int) -> list[Reference]:
        """Contact points and cases whose normal form begins with any of these.

        A complaint that came from a file under an id of its own is found by its speakable one too,
        and one that was taken back by the id that it had.
        """
        found: dict[Reference, None] = {}
        for prefix in prefixes:
            for select, column in ((_CONTACT, "p.normal"), (_CASE, "k.normal")):
                found |= self._in_range(select, column, prefix, limit)
            if prefix.startswith(FIRST) and is_speakable(prefix):
                rows = self._reader.rows(f"{_COMPLAINT} s.speakable = :id", id=prefix)
                rows = rows or self._reader.rows(f"{_RETIRED} e.subject = :id", id=prefix)
                found |= dict.fromkeys(Reference(*row) for row in rows)
        return list(found)

    def references_ending(self, endings: Sequence[str], limit: int) -> list[Reference]:
        """Contact points whose normal form ends with any of these."""
        found: dict[Reference, None] = {}
        for ending in endings:
            found |= self._in_range(_CONTACT, "p.reversed", ending[::-1], limit)
        return list(found)

    def references_holding(self, part: str, limit: int) -> list[Reference]:
        """Contact points with `part` anywhere in their normal form. Reads all of them."""
        reader = self._reader
        inside = "strpos(normal, :part)" if reader.is_postgres else "instr(normal, :part)"
        rows = reader.rows(
            f"{_CONTACT}p.id IN (SELECT id FROM contact_points WHERE {inside} > 0 LIMIT :limit)",
            part=part,
            limit=limit,
        )
        return [Reference(*row) for row in rows]

    def numbers_of(self, *, external_id: str, customer_id: int | None) -> list[int]:
        """The customers of that external id, from whatever source, or of that id."""
        return self._numbers(
            "SELECT number FROM customers WHERE external_id = :external "
            "UNION SELECT number FROM customers WHERE id = :id",
            external=external_id,
            id=-1 if customer_id is None else customer_id,
        )

    def latest_with(self, word_ids: Sequence[int], limit: int) -> list[int]:
        """Of the customers who have any of these words those with the latest contact."""
        reader = self._reader
        return self._numbers(
            "SELECT number FROM customers WHERE number IN (SELECT number FROM index_postings "
            f"WHERE {among(reader, 'word_id')}) "
            "ORDER BY last_contact_at IS NULL, last_contact_at DESC, number LIMIT :limit",
            values=listed(reader, word_ids),
            limit=limit,
        )

    def latest(self, numbers: Sequence[int], limit: int) -> list[int]:
        """Of these customers those with the latest contact."""
        reader = self._reader
        return self._numbers(
            f"SELECT number FROM customers WHERE {among(reader, 'number')} "
            "ORDER BY last_contact_at IS NULL, last_contact_at DESC, number LIMIT :limit",
            values=listed(reader, numbers),
            limit=limit,
        )

    def listings(self, numbers: Sequence[int]) -> list[Listing]:
        """The customers of these numbers, in no order. Who is gone is left out."""
        reader = self._reader
        rows = reader.rows(
            f"SELECT {_LISTING} FROM customers c WHERE {among(reader, 'c.number')}",
            values=listed(reader, numbers),
        )
        return [Listing(*(*shown, moment_or_none(contact))) for *shown, contact in rows]

    def matters(
        self, numbers: Sequence[int], now: datetime
    ) -> Mapping[int, tuple[OpenMatter, ...]]:
        """What is open with these customers, most pressing first; nothing open, no entry."""
        reader = self._reader
        rows = reader.rows(
            _MATTERS.replace("{among}", among(reader, "c.number")), values=listed(reader, numbers)
        )
        found: dict[int, set[OpenMatter]] = {}
        for number, matter, due_at in rows:
            if matter == "promise" and due_at is not None and moment(due_at) < now:
                matter = "promise_late"
            found.setdefault(number, set()).add(matter)
        order: tuple[OpenMatter, ...] = ("waiting", "complaint", "promise_late", "promise")
        return {
            number: tuple(matter for matter in order if matter in matters)
            for number, matters in found.items()
        }

    def best_contacts(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """The contact point to show of each customer: preferred, else phone, else e-mail."""
        reader = self._reader
        rows = reader.rows(
            "SELECT c.number, p.value FROM customers c "
            f"JOIN contact_points p ON p.customer_id = c.id WHERE {among(reader, 'c.number')} "
            "ORDER BY p.preferred, CASE p.kind WHEN 'phone' THEN 3 WHEN 'email' THEN 2 "
            "WHEN 'handle' THEN 1 ELSE 0 END, p.id DESC",
            values=listed(reader, numbers),
        )
        return dict(map(tuple, rows))

    def _latest_first(self, sql: str, limit: int, **parameters: Any) -> list[int]:
        """Run `sql` over those who were in contact, and if need be over the others."""
        numbers: list[int] = []
        for group in (
            "last_contact_at IS NOT NULL ORDER BY last_contact_at DESC, id DESC",
            "last_contact_at IS NULL ORDER BY id DESC",
        ):
            if len(numbers) < limit:
                left = limit - len(numbers)
                numbers += self._numbers(sql.format(group), limit=left, **parameters)
        return numbers

    def _words(self, condition: str, **parameters: Any) -> list[Word]:
        sql = f"SELECT id, text, people FROM index_words WHERE {condition}"
        return [Word(*row) for row in self._reader.rows(sql, **parameters)]

    def _in_range(self, select: str, column: str, prefix: str, limit: int) -> dict[Reference, None]:
        rows = self._reader.rows(
            f"{select}{column} >= :prefix AND {column} < :beyond ORDER BY {column} LIMIT :limit",
            prefix=prefix,
            beyond=prefix + _BEYOND,
            limit=limit,
        )
        return dict.fromkeys(Reference(*row) for row in rows)

    def _numbers(self, sql: str, **parameters: Any) -> list[int]:
        return [row[0] for row in self._reader.rows(sql, **parameters)]

    def _whole(self, sql: str) -> int:
        row = self._reader.row(sql)
        return int(row[0] or 0) if row else 0
