"""Rows: each one becomes a record or a reject with its line, its reason and its own text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.domain.values.records import RejectedRow, SourceRow
from agent_tui.exchange.csv_file import read_csv


def read(data: str | bytes) -> list[SourceRow | RejectedRow]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_csv(io.BytesIO(data), mapping={}))


def names(rows: list[SourceRow | RejectedRow]) -> list[str]:
    return [row.record.customer.name for row in rows if isinstance(row, SourceRow)]


def rejects(rows: list[SourceRow | RejectedRow]) -> list[tuple[int, str, str]]:
    return [(row.line, row.reason, row.raw) for row in rows if isinstance(row, RejectedRow)]


def test_lines_are_those_on_which_a_row_begins() -> None:
    rows = read('Name,City\n\n"Ann\nLee",York\nBob,"Hull\r\n\r\nEast"\nCid,Bath\n')
    assert [row.line for row in rows] == [3, 5, 8]
    assert rows[0].raw == '"Ann\nLee",York'


def test_too_few_and_too_many_cells() -> None:
    rows = read("Name,City\nAnn\nBob,York,Hull\nCid,Bath,,\n")
    assert rejects(rows) == [
        (2, "it has 1 cells, the header has 2", "Ann"),
        (3, "it has 3 cells, the header has 2", "Bob,York,Hull"),
    ]
    assert names(rows) == ["Cid"]


def test_a_quote_left_open_costs_one_row_and_not_the_rest_of_the_file() -> None:
    text = 'Name,City\nAnn,"York\n' + "".join(f"Person {n},Leeds\n" for n in range(500))
    rows = read(text)
    assert [(line, raw) for line, _, raw in rejects(rows)] == [(2, 'Ann,"York')]
    assert len(names(rows)) == 500
    assert [row.line for row in rows] == list(range(2, 503))


def test_a_quote_left_open_before_properly_quoted_rows() -> None:
    rows = read('Name,City\nAnn,"York\n"Bob","Hull"\n"Cid","Bath"\n')
    assert [line for line, _, _ in rejects(rows)] == [2]
    assert names(rows) == ["Bob", "Cid"]


def test_a_quote_that_is_not_doubled_is_not_guessed_at() -> None:
    rows = read('Name,City\n"Ann "the" Lee",York\nBob,Hull\n')
    assert "not doubled" in rejects(rows)[0][1]
    assert names(rows) == ["Bob"]


def test_zero_bytes_and_bytes_of_another_encoding() -> None:
    rows = read(b"Name,City\nA\0nn,York\n" + "Zoë,Žižkov\n".encode() + b"B\xffb,Hull\n")
    assert rejects(rows) == [
        (2, "it holds a zero byte", "A\0nn,York"),
        (4, "it holds bytes that are not utf-8 text", "B\\xffb,Hull"),
    ]


def test_a_damaged_utf16_file_gives_rejects_and_ends() -> None:
    rows = read("Name,City\nAnn,York\n".encode("utf-16") + b"A\x00\x00\xd8,\x00B")
    assert names(rows) == ["Ann"]
    assert len(rejects(rows)) == 1


def test_who_has_no_name_is_called_by_the_company() -> None:
    rows = read("First Name,Last Name,Company,Email\n,,Harbour Ltd,\n, ,,a@example.com\n,Lee,X,\n")
    assert names(rows) == ["Harbour Ltd", "Lee"]
    assert rejects(rows) == [(3, "no name", ", ,,a@example.com")]


def test_a_row_of_delimiters_alone_is_a_row_and_a_blank_line_is_not() -> None:
    assert rejects(read("Name,City\n,\n   \n\n")) == [(2, "no name", ",")]
    assert rejects(read("Name\tCity\n\t\n\n")) == [(2, "no name", "\t")]


def test_a_cell_of_megabytes() -> None:
    (row,) = read(f'Name,City\nAnn,"{"x" * 5_000_000}"\n')
    assert isinstance(row, SourceRow)
    assert len(row.record.customer.city or "") == 5_000_000


def test_a_stream_closed_half_way_is_no_error() -> None:
    stream = io.BytesIO(b"Name\nAnn\nBob\n")
    rows = read_csv(stream, mapping={})
    next(rows)
    stream.close()
    rows.close()  # type: ignore[attr-defined]


def test_the_stream_stays_open_for_its_owner() -> None:
    stream = io.BytesIO(b"Name\nAnn\n")
    list(read_csv(stream, mapping={}))
    assert not stream.closed


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=12
)
LATIN_CELLS = st.text(st.sampled_from("aé ß,;|:\"'\t\n\rñ"), max_size=12)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[tuple[str, str, str]]]:
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]))
    cells = LATIN_CELLS if encoding == "cp1252" else CELLS
    delimiter = draw(st.sampled_from(",;\t|:"))
    if delimiter == "\t":
        cells = cells.map(lambda cell: cell.replace("\t", " "))
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    if line_end == "\n":
        # The csv writer quotes only its own line ends; a bare return then ends a row for anybody.
        cells = cells.map(lambda cell: cell.replace("\r", " "))
    rows = draw(st.lists(st.tuples(cells, cells, cells), max_size=8))
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=delimiter,
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=line_end,
    )
    writer.writerow(("Name", "Company", "City"))
    writer.writerows(rows)
    return text.getvalue().encode(encoding), rows


@given(files())
@settings(max_examples=300, deadline=None)
def test_what_a_csv_writer_wrote_is_read_back(
    file: tuple[bytes, list[tuple[str, str, str]]],
) -> None:
    data, written = file
    found = read(data)
    assert len(found) == len(written)
    for row, (name, company, city) in zip(found, written, strict=True):
        if isinstance(row, RejectedRow):
            assert row.reason == "no name"
            assert not name.strip()
            assert not company.strip()
        else:
            customer = row.record.customer
            assert customer.name == (name if name.strip() else company)
            assert customer.company == (company if company.strip() else None)
            assert customer.city == (city if city.strip() else None)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("head", [b"Name,City\n", b"Name\tCity\n", b"\xff\xfeN\0a\0m\0e\0\n\0"])
def test_any_bytes_behind_a_header_become_rows(head: bytes, tail: bytes) -> None:
    for row in read(head + tail):
        assert row.line >= 2
        row.raw.encode("utf-8")
