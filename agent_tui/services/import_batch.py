"""One batch of an import: rows merged one after the other in memory, then written together.

What the desk knows of the people of a batch is read first, in a number of queries that does not
depend on how many they are. A later row therefore sees what an earlier one of the batch brought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from agent_tui.domain.tables import ContactPoint, Customer, Event
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.index import ContactEntry, IndexEntry
from agent_tui.services.import_parts import Person, Values
from agent_tui.services.import_records import Records
from agent_tui.services.import_seen import SeenRows
from agent_tui.services.import_sheets import Sheet
from agent_tui.services.registering import CUSTOMER_NUMBERS
from agent_tui.storage.index_upkeep import index_contacts, index_customers, leave_for_later
from agent_tui.storage.queries import imports
from agent_tui.storage.unit import UnitOfWork

LEFT_FROM = 1_000
"""So many new people of one unit of work are found only when the import ends."""

Outcome = Literal["created", "updated", "unchanged"]

_NAME_PARTS = ("name", "given_name", "family_name")
_DETAILS = ("company", "city", "language", "pronouns")
_BOOKS = ("last_contact_at", "import_digests", "updated_at")


@dataclass(slots=True)
class Taken:
    """What a row brought, to which customer; `who` is the identity by which it named them."""

    outcome: Outcome
    customer_id: int
    who: str


class Batch:
    """The people of one unit of work.

    `seen` are the rows that this run met before, of customers it did not change.
    """

    def __init__(
        self, unit: UnitOfWork, people: Sequence[Person], *, source: str, seen: SeenRows
    ) -> None:
        self._unit = unit
        self._source = source
        self._seen = seen
        self._customers = Sheet(Customer, (*_NAME_PARTS, *_DETAILS, *_BOOKS))
        self._points = Sheet(ContactPoint, ("preferred", "consent", "interaction_id"))
        self._updated: set[int] = set()
        self._renamed: dict[int, Values] = {}
        self._were: dict[int, IndexEntry] = {}
        self._reached: list[tuple[Values, Values]] = []
        self._read_customers(people)
        fresh = [person for person in people if not self._is_known_already(person)]
        stored = {row["id"] for person in fresh if (row := self._find(person))}
        # Beside news of the same customer, a row that is known may bring something back.
        concerned = [
            person
            for person in people
            if (row := self._find(person)) is None or row["id"] in stored
        ]
        self._read_points(sorted(stored))
        self._records = Records(unit, concerned, sorted(stored), source=source)

    def merge(self, person: Person) -> Taken:
        """Merge one row. Raises BadInput, having changed nothing."""
        row = self._find(person)
        if row is not None and self._is_known_already(person):
            self._seen.add(person.digest)
            return Taken("unchanged", row["id"], person.identity)
        self._records.check(person, None if row is None else row["id"])
        outcome: Outcome = "unchanged"
        if row is None:
            row, outcome = self._create(person), "created"
        elif self._update(row, person):
            outcome = "updated"
        self._keep_digest(row, person, outcome)
        return Taken(outcome, row["id"], person.identity)

    def note_update(self, customer_id: int) -> None:
        """Something of a customer changed that is not in this batch's hands."""
        self._updated.add(customer_id)

    def write_people(self) -> None:
        """Write everything but ties and events. Raises Conflict."""
        new = self._customers.new
        if new:
            first = self._unit.take_numbers(CUSTOMER_NUMBERS, len(new))
            for number, row in enumerate(new, start=first):
                row["number"] = number
        self._customers.write(self._unit)
        self._points.write(self._unit)
        self._records.write()
        renamed = list(self._renamed.values())
        index_people(self._unit, new, renamed, list(self._were.values()), self._reached)

    def write_events(self) -> None:
        """One event a customer; the first of them also wakes those who listen."""
        created = [row["id"] for row in self._customers.new]
        kinds = dict.fromkeys(sorted(self._updated), "customer.updated")
        kinds |= dict.fromkeys(created, "customer.imported")
        events: list[Values] = [
            {
                "at": self._unit.now,
                "agent_id": self._unit.agent_id,
                "kind": kind,
                "subject": ids.show(ids.CUSTOMER, customer_id),
                "customer_id": customer_id,
                "interaction_id": None,
                "detail": None,
            }
            for customer_id, kind in kinds.items()
        ]
        if events:
            first = events.pop(0)
            self._unit.record(
                first["kind"], subject=first["subject"], customer_id=first["customer_id"]
            )
            self._unit.insert_many(Event, events)

    def _read_customers(self, people: Sequence[Person]) -> None:
        reader = self._unit.reader
        names = {person.external_id for person in people if person.external_id}
        keys = {person.key for person in people if not person.external_id}
        named = imports.customers_by_external_id(
            reader, source=self._source, external_ids=sorted(names)
        )
        rows = {row["id"]: row for row in imports.customers_by_key(reader, keys=sorted(keys))}
        rows = {row["id"]: row for row in named} | rows
        for row in named:
            self._customers.know(f"id {row['external_id']}", rows[row["id"]])
        for row in sorted(rows.values(), key=lambda row: row["id"]):
            self._customers.know(f"key {row['import_key']}", row)

    def _read_points(self, customers: Sequence[int]) -> None:
        for row in imports.contact_points(self._unit.reader, customers=customers):
            self._points.know((row["customer_id"], row["kind"], row["normal"]), row)

    def _find(self, person: Person) -> Values | None:
        return self._customers.find(person.identity)

    def _is_known_already(self, person: Person) -> bool:
        """Whether this very row was taken by an earlier run and nothing of this one came after."""
        row = self._find(person)
        return (
            row is not None
            and row["updated_at"] != self._unit.now
            and person.digest in (row["import_digests"] or "").split()
        )

    def _create(self, person: Person) -> Values:
        row: Values = {
            "id": new_id(),
            "version": 1,
            "source": self._source,
            "external_id": person.external_id,
            "import_key": person.key,
            "import_digests": "",
            **dict.fromkeys(_DETAILS),
            **person.derived,
            **person.given,
            "last_contact_at": None,
            "created_at": self._unit.now,
            "updated_at": self._unit.now,
        }
        self._customers.add(row)
        if person.external_id:
            self._customers.know(f"id {person.external_id}", row)
        self._customers.know(f"key {person.key}", row)
        self._add_parts(row, person)
        return row

    def _update(self, row: Values, person: Person) -> bool:
        given = person.given
        if given["name"] != row["name"]:
            given = person.derived | given
        before = _entry(row) if "was" in row else None
        changed = self._customers.change(row, given)
        if before is not None and before != _entry(row):
            self._renamed[row["id"]] = row
            self._were.setdefault(row["id"], before)
        changed |= self._add_parts(row, person)
        if changed:
            self._updated.add(row["id"])
        return changed

    def _add_parts(self, row: Values, person: Person) -> bool:
        changed = [self._add_point(row, point) for point in person.points]
        if not person.has_records:
            return any(changed)
        changed.append(self._records.add(row["id"], person))
        latest = self._records.latest(row["id"])
        if latest and (row["last_contact_at"] is None or row["last_contact_at"] < latest):
            self._customers.mark(row, {"last_contact_at": latest})
        return any(changed)

    def _add_point(self, customer: Values, point: Values) -> bool:
        key = (customer["id"], point["kind"], point["normal"])
        known = self._points.find(key)
        if known is None:
            row = {
                "id": new_id(),
                "version": 1,
                "customer_id": customer["id"],
                "created_at": self._unit.now,
                **point,
            }
            self._points.add(row)
            self._reached.append((customer, row))
            self._points.know(key, row)
            return True
        if known.get("interaction_id") is not None:
            self._points.mark(known, {"interaction_id": None})
        news = {}
        if point["preferred"]:
            news["preferred"] = True
        # Consent that was withdrawn is the customer's own to give again, not a file's.
        if point["consent"] != "unknown" and known["consent"] != "withdrawn":
            news["consent"] = point["consent"]
        return self._points.change(known, news)

    def _keep_digest(self, row: Values, person: Person, outcome: Outcome) -> None:
        """Remember the row beside those of the same customer that this run has met.

        Rows of earlier runs are forgotten, so that taking an older file again takes it back.
        """
        this_run = row["updated_at"] == self._unit.now
        kept = [
            digest
            for digest in (row["import_digests"] or "").split()
            if this_run or digest in self._seen
        ]
        if person.digest not in kept:
            kept.append(person.digest)
        if not this_run:
            self._seen.add(person.digest)
        news: Values = {"import_digests": " ".join(kept)}
        if outcome == "updated":
            news["updated_at"] = self._unit.now
        self._customers.mark(row, news)


def index_people(
    unit: UnitOfWork,
    new: Sequence[Values],
    renamed: Sequence[Values],
    were: Sequence[IndexEntry],
    reached: Sequence[tuple[Values, Values]],
) -> None:
    """Make customers who are new or have other words findable by them, and by what they are
    reached under: `were` is how those not new were found, `reached` are customers with their
    new contact points. Where many are new, they are left for the end of the import, when all of
    them together are taken in for a small part of the price.
    """
    if len(new) >= LEFT_FROM:
        leave_for_later(unit, new[0]["number"])
        reached = [(row, point) for row, point in reached if "was" in row]
        new = ()
    index_customers(unit, [_entry(row) for row in (*new, *renamed)], before=were)
    index_contacts(
        unit,
        [ContactEntry(row["number"], point["kind"], point["normal"]) for row, point in reached],
    )


def _entry(row: Values) -> IndexEntry:
    return IndexEntry(row["number"], row["name"], row["company"], row["city"])
