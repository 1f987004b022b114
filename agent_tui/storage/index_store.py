"""Reads the customer index and what a list shows, with the same SQL on both databases.

Lists of values go over as one parameter (JSON on SQLite, an array on PostgreSQL), so that a
statement is planned once whatever the number of values.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, Literal

from agent_tui.domain.rules.indexing import ADDRESS_PIECE, PHONE_PIECE, pieces
from agent_tui.domain.rules.speakable import FIRST, is_speakable
from agent_tui.domain.values.finding import OpenMatter
from agent_tui.domain.values.index import (
    Answer,
    Listing,
    Listings,
    Outline,
    Posting,
    Reference,
    Standing,
    WordField,
)
from agent_tui.domain.values.kinds import CLOSED_CASE_STATES
from agent_tui.storage.index_tables import VERSION, WORD_FIELDS
from agent_tui.storage.packing import BYTES, all_unpacked, among_packed, block_of, in_all
from agent_tui.storage.reader import Reader, Row, moment_or_none

_BEYOND = "\U0010ffff"
"""Sorts after whatever may follow a prefix, on both databases."""

_MOST_DOMAINS = 200
"""How many rows of the index are read for an e-mail domain that is half typed."""

_PIECES = 3
"""How many pieces of a contact point, the rarest, are laid over one another."""

_CLOSED = ", ".join(f"'{state}'" for state in sorted(CLOSED_CASE_STATES))
_CONTACT = (
    "SELECT c.number, p.kind, p.value, p.normal FROM contact_points p "
    "JOIN customers c ON c.id = p.customer_id WHERE p.kind <> 'address' AND "
)
# Of a range the customer of each row is looked up: no plan may read all customers instead.
_NUMBER = "(SELECT c.number FROM customers c WHERE c.id = {}.customer_id)"
_CONTACTS = (
    f"SELECT {_NUMBER.format('p')}, p.kind, p.value, p.normal FROM contact_points p "
    "WHERE p.kind <> 'address' AND "
)
_ADDRESSES = _CONTACTS.replace("<>", "=")
_CASES = (
    f"SELECT {_NUMBER.format('k')}, 'case:' || k.kind, k.external_id, k.normal FROM cases k "
    "WHERE k.external_id IS NOT NULL AND "
)
_IDS = (
    "SELECT number FROM customers WHERE external_id = :external "
    "UNION ALL SELECT number FROM customers WHERE id = :id"
)
_COMPLAINT = (
    "SELECT c.number, 'case:complaint', s.speakable, s.speakable FROM complaints s "
    "JOIN cases k ON k.id = s.case_id JOIN customers c ON c.id = k.customer_id WHERE "
)
_RETIRED = (
    "SELECT c.number, 'case:complaint', e.subject, e.subject FROM events e "
    "JOIN customers c ON c.id = e.customer_id WHERE e.kind = 'complaint.retired' AND "
)
_STARTING = " UNION ALL ".join(
    "SELECT word, count(*), sum(size) FROM (SELECT word, length(numbers) AS size "
    f"FROM index_postings WHERE field = {int(field)} AND word >= :prefix AND word < :beyond "
    "ORDER BY word, block LIMIT :limit) AS f GROUP BY word"
    for field in (WordField.NAME, WordField.COMPANY, WordField.CITY)
)
_BEGUN = f"SELECT block, numbers FROM index_postings WHERE field = {int(WordField.BEGINNING)} AND "
_LATE, _NOT_LATE = 1, 2
"""What open promises of ours come to: of either kind some, or both."""

_STANDINGS = f"""
SELECT c.number, c.last_contact_at,
  c.id IN (
   SELECT i.customer_id FROM interactions i WHERE i.state IN ('ringing', 'talking', 'on_hold')),
  EXISTS (
   SELECT 1 FROM cases k
    WHERE k.customer_id = c.id AND k.kind = 'complaint' AND k.state NOT IN ({_CLOSED})),
  (SELECT max(CASE WHEN p.due_at < :now THEN {_LATE} ELSE 0 END)
     + max(CASE WHEN p.due_at < :now THEN 0 ELSE {_NOT_LATE} END)
     FROM promises p WHERE p.customer_id = c.id AND p.state = 'open' AND p.side = 'ours')
  FROM """

_LISTINGS = f"""
SELECT c.number, c.id, c.source, c.external_id, c.name, c.company, c.city,
  (SELECT p.value FROM contact_points p WHERE p.customer_id = c.id
    ORDER BY p.preferred DESC, CASE p.kind WHEN 'phone' THEN 0 WHEN 'email' THEN 1
          WHEN 'handle' THEN 2 ELSE 3 END, p.id
    LIMIT 1),
  (SELECT value FROM counters WHERE name = '{VERSION}'), (SELECT max(number) FROM customers)
  FROM """

_PRESSING = """
SELECT c.number FROM (
  SELECT customer_id FROM promises WHERE state = 'open' AND side = 'ours'
   ORDER BY due_at LIMIT :limit) AS p JOIN customers c ON c.id = p.customer_id
UNION ALL
SELECT c.number FROM (
  SELECT customer_id FROM cases WHERE kind = 'complaint' AND state NOT IN ({closed})
   ORDER BY opened_at, id LIMIT :limit) AS k JOIN customers c ON c.id = k.customer_id
""".replace("{closed}", _CLOSED)


def among(
    reader: Reader, column: str, kind: Literal["bigint", "integer", "text"] = "bigint"
) -> str:
    """The condition that a column is one of the values in the parameter `values`."""
    if reader.is_postgres:
        return f"{column} = ANY(CAST(:values AS {kind}[]))"
    return f"{column} IN (SELECT value FROM json_each(:values))"


def _customers(reader: Reader) -> str:
    """The customers `c` whose numbers are the values in the parameter `values`. A number
    that stands there twice may be answered twice."""
    if reader.is_postgres:
        return f"customers c WHERE {among(reader, 'c.number')}"
    # With a condition SQLite would copy the numbers into a table of its own first.
    return "json_each(:values) AS v CROSS JOIN customers c WHERE c.number = v.value"


def listed(reader: Reader, values: Sequence[Any]) -> Any:
    """Values as the parameter that `among` names: numbers or texts."""
    if not reader.is_postgres:
        return json.dumps(values)
    if values and isinstance(values[0], int):
        # As the server reads an array: made here in a third of the time that its driver takes.
        return f"{{{','.join(map(str, values))}}}"
    return list(values)


class SqlIndexStore:
    """The customer index of one desk, read through one connection."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.is_aside = reader.is_postgres
        self._rows = reader.rows_planned_once
        self._ask = reader.rows_under_way

    def size(self) -> int:
        """How many customers there are: they are numbered as they are added, without gaps. To count
        them would make the first answer of a day wait for all of them to be read."""
        rows = self._rows("SELECT max(number) FROM customers")
        return int(rows[0][0] or 0)

    def version(self) -> tuple[int, ...]:
        """Something that is another one after every change to the index, or whenever a customer
        was added."""
        rows = self._rows(
            "SELECT value, (SELECT max(number) FROM customers) FROM counters "
            f"WHERE name = '{VERSION}'"
        )
        return _version(*rows[0]) if rows else ()

    def words_on(self, roads: Collection[int]) -> Answer[dict[int, list[str]]]:
        """The words that lie on these roads; a road without any is left out."""
        reader = self._reader
        rows = self._ask(
            f"SELECT road, words FROM index_roads WHERE {among(reader, 'road', 'integer')}",
            values=listed(reader, list(roads)),
        )
        return lambda: {road: words.split() for road, words in rows()}

    def counts(self, words: Collection[str]) -> dict[str, int]:
        """How many customers have each of these words; a word that nobody has is left out."""
        reader = self._reader
        rows = self._rows(
            "SELECT word, sum(length(numbers)) FROM index_postings "
            f"WHERE field IN {WORD_FIELDS} AND {among(reader, 'word', 'text')} GROUP BY word",
            values=listed(reader, list(words)),
        )
        return {word: int(size) // BYTES for word, size in rows}

    def starting(self, prefix: str, limit: int) -> Answer[tuple[dict[str, int], bool]]:
        """The words that begin with `prefix`, with how many customers have them, and whether
        there are more; `limit` rows of the index are read of each field."""
        rows = self._ask(_STARTING, prefix=prefix, beyond=prefix + _BEYOND, limit=limit)

        def told() -> tuple[dict[str, int], bool]:
            words: dict[str, int] = {}
            read = 0
            for word, blocks, size in rows():
                words[word] = words.get(word, 0) + int(size) // BYTES
                read += blocks
            return words, read >= limit

        return told

    def postings(self, words: Collection[str]) -> list[Posting]:
        """Who has any of these words in name, company or city."""
        reader = self._reader
        rows = self._rows(
            "SELECT field, word, block, numbers FROM index_postings "
            f"WHERE field IN {WORD_FIELDS} AND {among(reader, 'word', 'text')} "
            "ORDER BY field, word, block",
            values=listed(reader, list(words)),
        )
        return _joined(rows)

    def begun(self, beginnings: Collection[str]) -> list[int]:
        """The customers, ascending, in whose name words begin with each of these: one letter or
        two, and `AGAIN` behind them where several words must (`domain.rules.indexing`)."""
        reader = self._reader
        wanted = sorted(set(beginnings))
        rows = self._rows(
            f"{_BEGUN}{among(reader, 'word', 'text')} ORDER BY word, block",
            values=listed(reader, wanted),
        )
        in_blocks: dict[int, list[bytes]] = {}
        for block, numbers in rows:
            in_blocks.setdefault(block, []).append(bytes(numbers))
        found: list[int] = []
        for block, packed in sorted(in_blocks.items()):
            if len(packed) == len(wanted):
                found += in_all(block, sorted(packed, key=len))
        return found

    def begun_among(self, beginning: str, numbers: Sequence[int]) -> list[int]:
        """Those of some customers, ascending, in whose name words begin so, as in `begun`."""
        reader = self._reader
        of_block = {block: list(some) for block, some in groupby(sorted(numbers), key=block_of)}
        rows = self._rows(
            f"{_BEGUN}word = :beginning AND {among(reader, 'block', 'integer')} ORDER BY block",
            beginning=beginning,
            values=listed(reader, list(of_block)),
        )
        found = [among_packed(bytes(packed), of_block[block]) for block, packed in rows]
        return list(chain.from_iterable(found))

    def recent(self, limit: int) -> list[int]:
        """Customers, latest contact first, then those without any, newest first."""
        numbers = self.in_contact(limit)
        if len(numbers) < limit:
            numbers += self._numbers(
                "SELECT number FROM customers WHERE last_contact_at IS NULL "
                "ORDER BY id DESC LIMIT :limit",
                limit=limit - len(numbers),
            )
        return numbers

    def in_contact(self, limit: int) -> list[int]:
        """Customers who were in any contact, the latest first."""
        return self._numbers(
            "SELECT number FROM customers WHERE last_contact_at IS NOT NULL "
            "ORDER BY last_contact_at DESC, id DESC LIMIT :limit",
            limit=limit,
        )

    def waiting(self, limit: int) -> list[int]:
        """Customers who are on a call, or whose call rings."""
        return self._numbers(
            "SELECT c.number FROM interactions i JOIN customers c ON c.id = i.customer_id "
            "WHERE i.state IN ('ringing', 'talking', 'on_hold') ORDER BY i.id LIMIT :limit",
            limit=limit,
        )

    def pressing(self, limit: int) -> list[int]:
        """Customers with whom something is open: of promises those due first, of complaints the
        oldest; up to `limit` of each."""
        return self._numbers(_PRESSING, limit=limit)

    def identified(self, written: str, customer_id: int | None) -> Answer[list[int]]:
        """The customers of that external id, or of that id."""
        rows = self._ask(_IDS, external=written, id=-1 if customer_id is None else customer_id)
        return lambda: [number for (number,) in rows()]

    def pointed(
        self, *, cases: Sequence[str], starts: Sequence[str], ends: Sequence[str], limit: int
    ) -> Answer[list[Reference]]:
        """Cases whose normal form begins with any of `cases`, contact points that begin or end
        with any of these; up to `limit` of each beginning and ending.

        A complaint that came from a file under an id of its own is found by its speakable one too,
        and one that was taken back by the id that it had.
        """
        ranges = [(_CASES, "k.normal", prefix) for prefix in cases]
        ranges += [(_CONTACTS, "p.normal", prefix) for prefix in starts]
        ranges += [(_CONTACTS, "p.reversed", ending[::-1]) for ending in ends]
        in_ranges = self._in_ranges(ranges, limit)
        spoken = [each for each in cases if each.startswith(FIRST) and is_speakable(each)]
        return lambda: list(in_ranges() | self._complaints(spoken))

    def _complaints(self, spoken: Sequence[str]) -> dict[Reference, None]:
        found: dict[Reference, None] = {}
        for speakable in spoken:
            rows = self._rows(f"{_COMPLAINT} s.speakable = :id", id=speakable)
            rows = rows or self._rows(f"{_RETIRED} e.subject = :id", id=speakable)
            found |= dict.fromkeys(Reference(*row) for row in rows)
        return found

    def addresses_starting(self, prefixes: Sequence[str], limit: int) -> list[Reference]:
        """Postal addresses whose folded words begin with any of these."""
        in_ranges = self._in_ranges([(_ADDRESSES, "p.normal", each) for each in prefixes], limit)
        return list(in_ranges())

    def references_holding(self, part: str, limit: int) -> list[Reference]:
        """Contact points with `part` anywhere in their normal form, of three characters at least
        (four digits in a telephone number), of up to `limit` customers."""
        return self.references_among(list(self.holding(part, limit)[:limit]), part)

    def holding(self, part: str, enough: int | None = None) -> Sequence[int]:
        """The customers, ascending, who may have a contact point with `part` in its normal form;
        where more than `enough` have what precedes an @, those whose domain begins so too."""
        sought = part.lower()
        local, at, domain = sought.partition("@")
        if sought.isdecimal():
            numbers = self._with_pieces(sought, PHONE_PIECE)
            numbers += self._with_pieces(sought, ADDRESS_PIECE)
        elif len(local + at) >= ADDRESS_PIECE:
            numbers = self._with_pieces(local + at, ADDRESS_PIECE)
            if domain and enough is not None and len(numbers) > enough:
                numbers = self._of_them_at_domain(numbers, domain)
            elif not at:
                numbers += self._at_domain(local)
        else:
            return self._at_domain(domain) if domain else []
        return sorted(set(numbers))

    def references_among(self, numbers: Sequence[int], part: str) -> list[Reference]:
        """The contact points of these customers with `part` anywhere in their normal form."""
        reader = self._reader
        rows = self._rows(
            f"{_CONTACT}{among(reader, 'c.number')} ORDER BY c.number, p.id",
            values=listed(reader, numbers),
        )
        return [Reference(*row) for row in rows if part.lower() in row[3].lower()]

    def outlines(self, numbers: Sequence[int]) -> Answer[list[Outline]]:
        """The customers of these numbers, in no order. Who is gone is left out."""
        reader = self._reader
        rows = self._ask(
            "SELECT c.number, c.name, c.company, c.city, c.last_contact_at "
            f"FROM {_customers(reader)}",
            values=listed(reader, numbers),
        )
        return lambda: [Outline(*(*shown, moment_or_none(contact))) for *shown, contact in rows()]

    def standings(self, numbers: Sequence[int], now: datetime) -> Answer[dict[int, Standing]]:
        """How these customers stand with us: what is open, most pressing first. Who is gone is
        left out."""
        reader = self._reader
        rows = self._ask(
            f"{_STANDINGS}{_customers(reader)}", values=listed(reader, numbers), now=now
        )
        return lambda: {
            number: Standing(
                moment_or_none(contact),
                _matters(waits, complains, promised) if waits or complains or promised else (),
            )
            for number, contact, waits, complains, promised in rows()
        }

    def listings(self, numbers: Sequence[int]) -> Answer[Listings]:
        """What a list shows of these customers, with the contact point that is preferred, else
        phone, else e-mail, and the index's version. Who is gone is left out."""
        reader = self._reader
        answer = self._ask(f"{_LISTINGS}{_customers(reader)}", values=listed(reader, numbers))

        def told() -> Listings:
            rows = answer()
            version = _version(*rows[0][-2:]) if rows else self.version()
            return Listings(version, {row[0]: Listing(*row[:-2]) for row in rows})

        return told

    def _with_pieces(self, part: str, length: int) -> list[int]:
        """The customers who may have a contact point with a part in it: the rarest of its pieces
        are enough, since who has them is looked at."""
        reader = self._reader
        sizes = self._rows(
            "SELECT word, sum(length(numbers)) FROM index_postings "
            f"WHERE field = {int(WordField.PIECE)} AND {among(reader, 'word', 'text')} "
            "GROUP BY word ORDER BY 2, 1",
            values=listed(reader, sorted(pieces(part, length))),
        )
        if len(sizes) < len(pieces(part, length)):
            return []
        rarest = [word for word, _ in sizes[:_PIECES]]
        rows = self._rows(
            "SELECT block, numbers FROM index_postings "
            f"WHERE field = {int(WordField.PIECE)} AND {among(reader, 'word', 'text')} "
            "ORDER BY block, length(numbers)",
            values=listed(reader, rarest),
        )
        found: list[int] = []
        for block, members in groupby(rows, itemgetter(0)):
            packed = [bytes(numbers) for _, numbers in members]
            if len(packed) == len(rarest):
                found += in_all(block, packed)
        return found

    def _at_domain(self, beginning: str) -> Sequence[int]:
        """The customers, ascending, with an e-mail address whose domain begins so."""
        domains = _joined(self._domain_rows(beginning))
        if len(domains) == 1:
            return domains[0].numbers
        return sorted({number for found in domains for number in found.numbers})

    def _domain_rows(self, beginning: str) -> list[Row]:
        return self._rows(
            "SELECT field, word, block, numbers FROM index_postings "
            f"WHERE field = {int(WordField.DOMAIN)} AND word >= :start AND word < :beyond "
            "ORDER BY field, word, block LIMIT :limit",
            start=beginning,
            beyond=beginning + _BEYOND,
            limit=_MOST_DOMAINS,
        )

    def _of_them_at_domain(self, numbers: Sequence[int], beginning: str) -> list[int]:
        """Those of these customers with an e-mail address whose domain begins so. Looked up one
        by one: a domain that is half typed may be that of everybody."""
        of_block = {
            block: list(some) for block, some in groupby(sorted(set(numbers)), key=block_of)
        }
        found = [
            among_packed(bytes(packed), of_block.get(block, []))
            for _, _, block, packed in self._domain_rows(beginning)
        ]
        return list(chain.from_iterable(found))

    def _in_ranges(
        self, ranges: Sequence[tuple[str, str, str]], limit: int
    ) -> Answer[dict[Reference, None]]:
        """What begins so, of each range (what to select, in which column, how it begins) up to
        `limit`, asked for in one statement."""
        if not ranges:
            return dict
        asked = [
            f"SELECT * FROM ({select}{column} >= :first{place} AND {column} < :beyond{place} "
            f"ORDER BY {column} LIMIT :limit) AS r{place}"
            for place, (select, column, _) in enumerate(ranges)
        ]
        parameters: dict[str, str] = {}
        for place, (_, _, prefix) in enumerate(ranges):
            parameters |= {f"first{place}": prefix, f"beyond{place}": prefix + _BEYOND}
        rows = self._ask(" UNION ALL ".join(asked), limit=limit, **parameters)
        return lambda: dict.fromkeys(Reference(*row) for row in rows())

    def _numbers(self, sql: str, **parameters: Any) -> list[int]:
        return [row[0] for row in self._rows(sql, **parameters)]


def _matters(waits: Any, complains: Any, promised: int | None) -> tuple[OpenMatter, ...]:
    matters: list[OpenMatter] = []
    if waits:
        matters.append("waiting")
    if complains:
        matters.append("complaint")
    if promised:
        if promised & _LATE:
            matters.append("promise_late")
        if promised & _NOT_LATE:
            matters.append("promise")
    return tuple(matters)


def _version(changes: int, newest: int | None) -> tuple[int, ...]:
    return int(changes), int(newest or 0)


def _joined(rows: Sequence[Row]) -> list[Posting]:
    """Postings from rows of the index in the order of its key."""
    numbers = all_unpacked([(block, bytes(packed)) for _, _, block, packed in rows])
    found: list[Posting] = []
    first = last = 0
    for at, (field, word, _, packed) in enumerate(rows, 1):
        last += len(packed) // BYTES
        if at == len(rows) or rows[at][1] != word or rows[at][0] != field:
            found.append(Posting(word, field, numbers[first:last]))
            first = last
    return found
