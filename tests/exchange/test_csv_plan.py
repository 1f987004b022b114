"""What a file is understood to be, and what is said when it cannot be understood."""

from __future__ import annotations

import io

import pytest

from agent_tui.errors import BadInput, UsageError
from agent_tui.exchange.csv_plan import CsvPlan, plan_csv


def plan(text: str | bytes, **more: str | None) -> CsvPlan:
    data = text.encode() if isinstance(text, str) else text
    mapping = {key[4:]: value for key, value in more.items() if key.startswith("map_") and value}
    rest = {key: value for key, value in more.items() if not key.startswith("map_")}
    return plan_csv(io.BytesIO(data), mapping=mapping, **rest)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":"])
def test_each_delimiter_is_found(delimiter: str) -> None:
    text = f"first name{delimiter}email\nAnn{delimiter}a@example.com\n"
    assert plan(text).dialect.delimiter == delimiter


def test_one_column_of_names_with_commas_stays_one_column() -> None:
    found = plan("Name\nSmith, John\nMoe, Odd\n")
    assert found.dialect.delimiter != ","
    assert found.columns == (("Name", "name"),)


def test_unknown_headers_are_told_apart_by_even_rows() -> None:
    found = plan("wer;wo\nAnn;York, Leeds, Hull\nBob;Bern\n", map_wer="name")
    assert found.dialect.delimiter == ";"


def test_the_delimiter_line_of_a_spreadsheet_is_no_header() -> None:
    found = plan("sep=;\r\nName;Email\r\nAnn;a@example.com\r\n")
    assert found.header == ("Name", "Email")
    assert found.header_row == 2


def test_utf16_without_a_mark() -> None:
    assert plan("Name,City\nAnn,York\n".encode("utf-16-le")).encoding == "utf-16-le"
    assert plan("Name,City\nAnn,York\n".encode("utf-16-be")).encoding == "utf-16-be"
    assert plan("Name,City\nAnn,York\n".encode("utf-32")).encoding == "utf-32"


def test_a_few_bad_bytes_do_not_turn_a_utf8_file_into_another_encoding() -> None:
    rows = "Name\n" + "Zoë Žižek\n" * 20
    assert plan(rows.encode() + b"broken \xff\n").encoding == "utf-8"
    assert plan(rows.encode("cp1250")).encoding == "cp1252"


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            "Kundennummer;Vorname;Nachname;Firma;Telefon;Mobil;Straße;Hausnummer;PLZ;Ort",
            "account given_name family_name company phone phone "
            "address_line address_line address_line city",
        ),
        ("KUNDENNR;NAME;VORNAME;STADT", "account family_name given_name city"),
        ("Kunden-Nr.;Name;E-Mail;Strasse", "account name email address_line"),
        ("Nachname;Name;Vorname;PLZ", "family_name name given_name ignore"),
        (
            "Prénom;Nom;Société;Téléphone portable;Courriel;Ville;Code postal;Rue",
            "given_name family_name company phone email city address_line address_line",
        ),
        ("nom;entreprise;telephone;ville", "name company phone city"),
        (
            "Nombre;Apellidos;Empresa;Teléfono;Móvil;Correo electrónico;Ciudad;Dirección",
            "given_name family_name company phone phone email city address",
        ),
        ("nombre;compania;telefono;localidad", "name company phone city"),
    ],
)
def test_headers_in_german_french_and_spanish(header: str, fields: str) -> None:
    assert list(plan(f"{header}\n").fields) == fields.split()


def test_what_the_user_says_of_a_name_stands_whatever_is_beside_it() -> None:
    assert plan("Vorname,Name\nAnn,Ann Lee\n", map_Name="name").fields == ("given_name", "name")


def test_mapping_overrides_what_the_names_say() -> None:
    found = plan(
        "Name,Contact,Ref,Email\nDeal 1,Ann,7,a@example.com\n",
        map_contact="name",
        map_Email="ignore",
        id_column="ref",
    )
    assert found.columns == (("Contact", "name"), ("Ref", "external_id"))
    assert found.ignored == ("Name", "Email")


def test_a_mapped_phone_joins_those_that_were_recognised() -> None:
    found = plan("Name,Phone,Pager\nAnn,1,2\n", map_Pager="phone")
    assert found.columns == (("Name", "name"), ("Phone", "phone"), ("Pager", "phone"))


def test_an_unknown_field_is_a_usage_error_with_a_suggestion() -> None:
    with pytest.raises(UsageError, match="`fone` is no field: did you mean `phone`"):
        plan("Name,Pager\nAnn,2\n", map_Pager="fone")


@pytest.mark.parametrize("how", ["map_Pagger", "id_column"])
def test_an_unknown_column_names_those_there_are(how: str) -> None:
    with pytest.raises(
        UsageError,
        match=r"no column `Pagger`: did you mean `Pager`\? The columns are: Name, Pager$",
    ):
        plan("Name,Pager\nAnn,2\n", **{how: "phone" if how.startswith("map") else "Pagger"})


def test_no_name_is_said_with_the_columns_and_the_way_out() -> None:
    fields = r"The fields are: name, given_name, .*phone, email, .*ignore$"
    with pytest.raises(BadInput, match=rf"are: wer, wo\. .*--map COLUMN=name\. {fields}"):
        plan("wer,wo\nAnn,York\n")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\r\n  \n"])
def test_an_empty_file(data: bytes) -> None:
    with pytest.raises(BadInput, match="the file is empty"):
        plan(data)


def test_an_encoding_or_a_delimiter_that_does_not_exist() -> None:
    for encoding in ("utf-9", "rot13"):
        with pytest.raises(UsageError, match="no encoding"):
            plan("Name\nAnn\n", encoding=encoding)
    with pytest.raises(UsageError, match="one character"):
        plan("Name\nAnn\n", delimiter="||")


def test_the_stream_is_left_at_its_beginning() -> None:
    stream = io.BytesIO(b"Name\nAnn\n")
    plan_csv(stream, mapping={})
    assert stream.read() == b"Name\nAnn\n"


def test_a_header_with_a_quote_left_open() -> None:
    with pytest.raises(BadInput, match="quote left open"):
        plan('"Name,City\nAnn,York\n')
