"""The exports that people bring, each in the shape that its program writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.domain.values.records import CustomerRecord, SourceRow
from agent_tui.exchange.csv_file import read_csv
from agent_tui.exchange.csv_plan import CsvPlan, plan_csv


def customers(path: Path) -> list[CustomerRecord]:
    with path.open("rb") as stream:
        rows = list(read_csv(stream, mapping={}))
    return [row.record.customer for row in rows if isinstance(row, SourceRow)]


def plan(path: Path) -> CsvPlan:
    with path.open("rb") as stream:
        return plan_csv(stream, mapping={})


def points(customer: CustomerRecord) -> list[tuple[str, str]]:
    return [(point.kind, point.value) for point in customer.contact_points]


def test_salesforce(fixtures: Path) -> None:
    first, second = customers(fixtures / "salesforce.csv")
    assert first.external_id == "003A1"
    assert (first.name, first.given_name, first.family_name) == ("Ines Vardy", "Ines", "Vardy")
    assert first.company == 'Harbour "Best" Ltd'
    assert (first.city, first.language) == ("Leeds", "en_GB")
    assert points(first) == [
        ("phone", "0113 496 0001"),
        ("phone", "07700 900001"),
        ("email", "ines@example.com"),
        ("address", "1 Quay\nSecond floor"),
    ]
    assert second.company is None
    assert points(second) == [("email", "odd@example.org")]
    assert plan(fixtures / "salesforce.csv").ignored == ("ACCOUNTID",)


def test_hubspot_with_several_addresses_in_a_cell(fixtures: Path) -> None:
    (only,) = customers(fixtures / "hubspot.csv")
    assert (only.external_id, only.name, only.company) == ("51", "Ines Vardy", "Harbour Ltd")
    assert points(only) == [
        ("email", "ines@example.com"),
        ("phone", "0113 496 0001"),
        ("email", "iv@example.org"),
        ("email", "ines.v@example.net"),
    ]


def test_zendesk_rows_are_known_by_their_own_id(fixtures: Path) -> None:
    (only,) = customers(fixtures / "zendesk.csv")
    assert (only.external_id, only.name) == ("9001", "Ines Vardy")
    assert (only.company, only.language) == ("Harbour Ltd", "en-GB")
    assert plan(fixtures / "zendesk.csv").ignored == ("external_id", "shared_phone_number")


def test_google_with_a_middle_name_and_two_phones_in_a_cell(fixtures: Path) -> None:
    (only,) = customers(fixtures / "google.csv")
    assert (only.name, only.given_name, only.city) == ("Ines Maria Vardy", "Ines", "Leeds")
    assert points(only) == [
        ("email", "ines@example.com"),
        ("phone", "0113 496 0001"),
        ("phone", "07700 900001"),
        ("address", "1 Quay\nLeeds"),
    ]


def test_older_google_with_an_empty_name(fixtures: Path) -> None:
    (only,) = customers(fixtures / "google_older.csv")
    assert (only.name, only.company) == ("Ines Vardy", "Harbour Ltd")
    assert [kind for kind, _ in points(only)] == ["email", "email", "phone"]


def test_outlook_takes_the_first_city_that_is_filled_in(fixtures: Path) -> None:
    (only,) = customers(fixtures / "outlook.csv")
    assert (only.name, only.company, only.city) == ("Ines Vardy", "Harbour Ltd", "Leeds")
    assert ("email", "iv@example.org") in points(only)
    assert ("phone", "07700 900001") in points(only)


def test_a_space_after_every_comma_belongs_to_the_comma(fixtures: Path) -> None:
    first, second = customers(fixtures / "spaced.csv")
    assert (first.external_id, first.name, first.given_name) == ("rec-1-org", "waller", None)
    assert first.city == "st james"
    assert points(first) == [("address", "6 quay street")]
    assert points(second) == [("address", "8 hill, top")]


@pytest.mark.parametrize(
    ("name", "encoding"), [("utf16_bom.csv", "utf-16"), ("utf8_bom.csv", "utf-8-sig")]
)
def test_byte_order_marks(fixtures: Path, name: str, encoding: str) -> None:
    assert plan(fixtures / name).encoding == encoding
    assert [customer.name for customer in customers(fixtures / name)] == [
        'Žofie "Best" Nováková',
        "Two\r\nlines",
    ]


def test_semicolons_in_windows_1252(fixtures: Path) -> None:
    found = plan(fixtures / "windows1252_semicolons.csv")
    assert (found.encoding, found.dialect.delimiter) == ("cp1252", ";")
    assert found.columns == (("Name", "name"), ("Telefon", "phone"), ("Phone", "phone"))
    assert [c.name for c in customers(fixtures / "windows1252_semicolons.csv")] == ["Jörg Groß"]


def test_stray_quotes_between_tabs_are_text_and_merge_no_rows(fixtures: Path) -> None:
    found = customers(fixtures / "stray_quotes.tsv")
    assert [(customer.name, customer.city) for customer in found] == [
        ('In "es', "Leeds"),
        ('"Odd Moe', "Bergen"),
        ("Ann Lee", 'York" hill'),
        ("Bob Ray", "Leeds"),
    ]


def test_real_salesforce_files(real_data: Path) -> None:
    folder = real_data / "dataloader" / "csv"
    assert len(customers(folder / "opportunityData.csv")) == 38
    assert len(customers(folder / "timeZoneFormatTesting.csv")) == 12
    for name in ("csvtext.csv", "csvtext_BOM_UTF16LE.csv", "csvtext_BOM_UTF8.csv"):
        with (folder / name).open("rb") as stream:
            rows = list(read_csv(stream, mapping={"column1": "name"}))
        names = [row.record.customer.name for row in rows if isinstance(row, SourceRow)]
        assert names == ["row1-1", "row2-1"]
    with (folder / "csvEscapedQuotes.csv").open("rb") as stream:
        rows = list(read_csv(stream, mapping={"column1": "name"}))
    names = [row.record.customer.name for row in rows if isinstance(row, SourceRow)]
    assert names == ['"The Best" Account', 'The "Best" Account']


def test_real_people_of_febrl(real_data: Path) -> None:
    found = customers(real_data / "febrl" / "dataset1.csv")
    assert len(found) == 1000
    assert len({customer.external_id for customer in found}) == 1000
    assert not [c for c in found if c.name.startswith(" ") or (c.city or "").startswith(" ")]
