"""Makes a record, as a file had it, ready for the desk: cleaned, checked, with columns and keys.

Nothing here reads the database. What is wrong with a record is a BadInput that names the field.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from agent_tui.domain.rules.contacts import normal_form
from agent_tui.domain.values.records import ContactPointRecord, PersonRecord
from agent_tui.services import import_children as children
from agent_tui.services import import_fields as fields
from agent_tui.services.import_parts import Person, Values
from agent_tui.services.import_talks import contacts
from agent_tui.text.names import split_name

_ABOUT = {
    column: f"customer.{column}"
    for column in ("given_name", "family_name", "company", "city", "language", "pronouns")
}
_NORMAL_LIMIT = 500
"""Characters by which a contact point is found; a database page has room for them."""


class Cleaner:
    """Makes a Person of a record. `now` is the moment of the run.

    `region` is the country of phone numbers that do not name one. With `live`, interactions of
    the last day may still be going on.
    """

    def __init__(self, *, now: datetime, region: str | None, live: bool) -> None:
        self._now = now
        self._region = region
        self._live = live

    def person(self, record: PersonRecord) -> Person:
        """The row, cleaned. Raises BadInput."""
        who = record.customer
        name = fields.visible(fields.line(who.name, "customer.name"), "customer.name")
        given = {"name": name}
        for column, where in _ABOUT.items():
            value = fields.line(getattr(who, column), where)
            if value is not None:
                given[column] = value
        first, last = split_name(name)
        points = self._points(who.contact_points)
        external_id = fields.external(who.external_id, "customer.external_id")
        person = Person(
            digest=fields.digest(record),
            key=fields.key(name, sorted({(point["kind"], point["normal"]) for point in points})),
            external_id=external_id,
            given=given,
            derived={"given_name": first or None, "family_name": last or None},
            points=points,
        )
        if record.interactions:
            person.contacts = contacts(record.interactions, now=self._now, live=self._live)
        if children.any_in(record):
            person.children = children.without_names(record, now=self._now)
            person.cases = children.named_cases(record.cases, now=self._now)
            person.ties = children.ties(record.ties, own_id=external_id)
        return person

    def _points(self, records: Sequence[ContactPointRecord]) -> list[Values]:
        points = []
        for position, record in enumerate(records):
            value = fields.line(record.value, _where(position))
            if value is not None:
                found = normal_form(record.kind, value, self._region) or value.casefold()
                normal = found[:_NORMAL_LIMIT]
                points.append(
                    {
                        "kind": record.kind,
                        "value": value,
                        "normal": normal,
                        "reversed": normal[::-1],
                        "preferred": record.preferred,
                        "consent": record.consent,
                    }
                )
        return points


@lru_cache(maxsize=100)
def _where(position: int) -> str:
    """What a contact point is called that cannot be taken."""
    return f"customer.contact_points[{position}].value"
