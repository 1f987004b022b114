"""CSV in: one customer a logical row, columns understood by their names."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO, cast

from agent_tui.domain.values.kinds import ContactKind
from agent_tui.domain.values.records import (
    ContactPointRecord,
    CustomerRecord,
    PersonRecord,
    RejectedRow,
    SourceRow,
)
from agent_tui.exchange.csv_plan import CsvPlan, open_text, plan_csv
from agent_tui.exchange.encodings import is_damaged, show_damage
from agent_tui.exchange.logical_rows import Broken, logical_rows

_POINT_KINDS = ("phone", "email", "handle", "account", "order", "address")


def read_csv(
    stream: BinaryIO,
    *,
    mapping: Mapping[str, str],
    id_column: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> Iterator[SourceRow | RejectedRow]:
    """The records of a seekable stream of CSV. What it is understood to be, `plan_csv` tells.

    Raises as `plan_csv` does, before the first row. A row that cannot be taken is a
    `RejectedRow`; bytes that are not in the file's encoding stand in its text as `\\xNN`.
    """
    plan = plan_csv(
        stream, mapping=mapping, id_column=id_column, delimiter=delimiter, encoding=encoding
    )
    return _rows(stream, plan)


def _rows(stream: BinaryIO, plan: CsvPlan) -> Iterator[SourceRow | RejectedRow]:
    text = open_text(stream, plan.encoding)
    try:
        yield from _read(text, plan)
    finally:
        # The caller may have closed the stream before this generator is done away with.
        with suppress(ValueError):
            text.detach()


def _read(text: io.TextIOWrapper, plan: CsvPlan) -> Iterator[SourceRow | RejectedRow]:
    to_customer = _customer_maker(plan.fields)
    width = len(plan.header)
    rows = logical_rows(text, plan.dialect)
    for _ in range(plan.header_row):
        next(rows)
    for row in rows:
        if isinstance(row, Broken) and plan.dialect.delimiter == "\t":
            # In such files a quote is mostly text, and the line as it stands is the row.
            row = row.line, row.raw, row.raw.split("\t")
        if isinstance(row, Broken):
            reason = "a quote is left open, or one inside a quoted field is not doubled"
            yield RejectedRow(line=row.line, reason=reason, raw=show_damage(row.raw))
            continue
        line, raw, cells = row
        if is_damaged(raw):
            reason = f"it holds bytes that are not {plan.encoding} text"
            yield RejectedRow(line=line, reason=reason, raw=show_damage(raw))
        elif "\0" in raw:
            yield RejectedRow(line=line, reason="it holds a zero byte", raw=raw)
        elif len(cells) != width and (len(cells) < width or any(cells[width:])):
            reason = f"it has {len(cells)} cells, the header has {width}"
            yield RejectedRow(line=line, reason=reason, raw=raw)
        elif (customer := to_customer(cells)) is None:
            yield RejectedRow(line=line, reason="no name", raw=raw)
        else:
            yield SourceRow(line=line, raw=raw, record=PersonRecord(customer))


def _customer_maker(fields: tuple[str, ...]) -> Callable[[list[str]], CustomerRecord | None]:
    """A function from the cells of a row to its customer, or None where nothing names one."""

    def places(field: str) -> list[int]:
        return [place for place, name in enumerate(fields) if name == field]

    def first_of(field: str) -> Callable[[list[str]], str | None]:
        where = places(field)

        def first(cells: list[str]) -> str | None:
            for place in where:
                value = cells[place]
                if value and not value.isspace():
                    return value
            return None

        return first

    name, given, middle, family, company, city, language, pronouns, external_id = map(
        first_of,
        (
            "name",
            "given_name",
            "middle_name",
            "family_name",
            "company",
            "city",
            "language",
            "pronouns",
            "external_id",
        ),
    )
    points = [
        (cast(ContactKind, kind), place)
        for place, kind in enumerate(fields)
        if kind in _POINT_KINDS
    ]
    address_lines = places("address_line")

    def to_customer(cells: list[str]) -> CustomerRecord | None:
        given_name, family_name, works_for = given(cells), family(cells), company(cells)
        parts = (given_name, middle(cells), family_name)
        full = name(cells) or " ".join(part.strip() for part in parts if part) or works_for
        if full is None:
            return None
        found = [
            ContactPointRecord(kind, value)
            for kind, place in points
            if cells[place]
            for value in _values(kind, cells[place])
        ]
        if address := " ".join(cells[place].strip() for place in address_lines).strip():
            found.append(ContactPointRecord("address", " ".join(address.split())))
        return CustomerRecord(
            name=full,
            external_id=external_id(cells),
            given_name=given_name,
            family_name=family_name,
            company=works_for,
            city=city(cells),
            language=language(cells),
            pronouns=pronouns(cells),
            contact_points=tuple(found),
        )

    return to_customer


def _values(kind: ContactKind, cell: str) -> list[str]:
    """The values in one cell: Google sets several apart by `:::`, HubSpot addresses by `;`."""
    if kind == "email":
        cell = cell.replace(";", ":::")
    if ":::" not in cell:
        value = cell.strip()
        return [value] if value else []
    return [value.strip() for value in cell.split(":::") if value and not value.isspace()]
