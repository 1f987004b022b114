"""Interactions out: every text comes back as it was, and none is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_tui.domain.values.people import Interaction
from agent_tui.exchange.interaction_rows import COLUMNS, Rows, as_object
from agent_tui.exchange.interactions_csv import BOM, Csv, as_text
from agent_tui.exchange.interactions_jsonl import JsonLines
from agent_tui.text.hygiene import clean_text
from tests.text.nasty import NASTY
from tests.text.strategies import anything
from tests.tui.naughty import NAUGHTY

AT = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)


def talk(**fields: Any) -> Interaction:
    values: dict[str, Any] = {
        "id": 7,
        "customer_id": 8,
        "customer": "Katherine Smith",
        "channel": "phone",
        "direction": "in",
        "state": "ended",
        "opened_at": AT,
        "answered_at": None,
        "closed_at": AT.replace(minute=20),
        "agent_id": 1,
        "agent": "Mira",
        "agent_handle": "mira",
        "agenda": "the boiler",
        "met": "no",
        "outcome": "passed on",
        "topics": ("boiler", "visit"),
    }
    return Interaction(**values | fields)


def filled(text: str) -> Interaction:
    """An interaction with that text in every field that takes any."""
    return talk(customer=text, agenda=text, outcome=text, agent_handle=text, topics=(text,))


def written(format: type[Rows], *talks: Interaction, **options: bool) -> bytes:
    out = io.BytesIO()
    rows = format(out.write, **options)  # type: ignore[call-arg]
    rows.begin()
    for one in talks:
        rows.add(one)
    return out.getvalue()


def read_csv(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def without_ours(cell: str) -> str:
    """The text of a cell as `docs/command-line.md` says it is taken back."""
    return cell[1:] if cell.startswith("'") and as_text(cell[1:]) == cell else cell


def test_a_row_of_each_format() -> None:
    assert written(Csv, talk()) == (
        b'"id","opened_at","channel","direction","agent","customer_id","customer","agenda","met",'
        b'"outcome","topics","length_s"\r\n'
        b'"i_0000000000007","2026-11-20T09:12:00Z","phone","in","mira","c_0000000000008",'
        b'"Katherine Smith","the boiler","no","passed on","boiler; visit",480\r\n'
    )
    assert json.loads(written(JsonLines, talk())) == as_object(talk())


def test_what_is_not_known_is_empty() -> None:
    nobody = talk(customer_id=None, customer=None, agenda=None, closed_at=None, topics=())
    [row] = read_csv(written(Csv, nobody))
    assert [name for name, cell in row.items() if not cell] == [
        *("customer_id", "customer", "agenda", "topics", "length_s")
    ]
    [line] = written(JsonLines, nobody).splitlines()
    assert json.loads(line)["length_s"] is None


def test_the_mark_for_excel_comes_first_and_once() -> None:
    data = written(Csv, talk(), talk(), bom=True)
    assert data.startswith(BOM)
    assert data.count(BOM) == 1
    assert not written(Csv, talk()).startswith(BOM)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-20 % was offered", "'-20 % was offered"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),
        ("+44 20 7946 0018 =1", "'+44 20 7946 0018 =1"),
        ("+44-20-7946-0018", "'+44-20-7946-0018"),
        ("+44 20 7946 0018", "+44 20 7946 0018"),
        ("+442079460018", "+442079460018"),
        ("+44 (20) 7946 0018", "+44 (20) 7946 0018"),
        ("+1", "'+1"),
        ("'tis late", "'tis late"),
        ("boiler = cold", "boiler = cold"),
    ],
)
def test_a_formula_is_text_and_a_telephone_number_stays(text: str, cell: str) -> None:
    assert as_text(text) == cell
    assert without_ours(cell) == text


@given(anything)
def test_an_apostrophe_of_ours_can_be_taken_away_again(text: str) -> None:
    cell = as_text(text)
    assert without_ours(cell) == text
    assert cell[:1] not in ("=", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(st.lists(anything, min_size=1, max_size=3))
@example(['line\r\nbreak, "quoted"', "\r", "'"])
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    rows = read_csv(written(Csv, *map(filled, texts)))
    assert [without_ours(row["agenda"]) for row in rows] == [
        clean_text(text, 100_000) for text in texts
    ]
    assert all(list(row) == list(COLUMNS) and None not in row.values() for row in rows)


def test_another_reader_finds_the_same_cells(postgres_url: str) -> None:
    """PostgreSQL reads CSV by a parser of its own, which is strict about quotes and line ends."""
    import psycopg

    texts = [text for text in (*NAUGHTY, *NASTY, "a\r\nb", '"', "'") if len(text) < 500]
    data = written(Csv, *map(filled, texts))
    columns = ", ".join(f'"{name}" text' for name in COLUMNS)
    with psycopg.connect(postgres_url) as server, server.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE cells (place serial, {columns})")
        named = ", ".join(COLUMNS)
        copy = f"COPY cells ({named}) FROM STDIN (FORMAT csv, HEADER match)"
        with cursor.copy(copy) as into:
            into.write(data)
        cursor.execute(f"SELECT {named} FROM cells ORDER BY place")
        found = cursor.fetchall()
    assert found == [tuple(row.values()) for row in read_csv(data)]
    assert [without_ours(row[7]) for row in found] == [clean_text(text, 100_000) for text in texts]


@pytest.mark.parametrize("guesses", [False, True])
def test_a_spreadsheet_finds_the_same_cells(guesses: bool) -> None:
    """Also one that makes numbers and days of what looks like them, as spreadsheets do."""
    import pyexcel

    said = ["+44 20 7946 0018", "2026-11-22", "007", "=1+1", "-1", "@SUM(A1)", 'a\r\n"b"', "x,y;z"]
    texts = [*said, *(text for text in (*NAUGHTY, *NASTY) if len(text) < 500)]
    data = written(Csv, *map(filled, texts))
    looks = {f"auto_detect_{kind}": guesses for kind in ("int", "float", "datetime")}
    header, *rows = pyexcel.get_array(
        file_type="csv", file_content=data.decode("utf-8"), skip_empty_rows=False, **looks
    )
    assert header == list(COLUMNS)
    cells = [tuple(row.values()) for row in read_csv(data)]
    if not guesses:
        assert [tuple(row) for row in rows] == cells
    place = COLUMNS.index("agenda")
    for row, read in zip(rows, cells, strict=True):
        if isinstance(row[place], str):
            assert row[place] == read[place]
    kept = [row[place] for row in rows[: len(said)]]
    assert kept[0] == "+44 20 7946 0018"
    assert kept[3:] == ["'=1+1", "'-1", "'@SUM(A1)", clean_text(said[6], 100_000), "x,y;z"]


@given(st.lists(anything, min_size=1, max_size=3))
def test_any_text_comes_back_from_json_lines_byte_for_byte(texts: list[str]) -> None:
    data = written(JsonLines, *map(filled, texts))
    assert data.isascii()
    assert b"\x7f" not in data
    lines = data.decode("ascii").split("\n")
    assert [json.loads(line)["agenda"] for line in lines[:-1]] == texts


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_byte_of_csv_acts_on_a_terminal(text: str) -> None:
    data = written(Csv, filled(text)).decode("utf-8")
    assert not set(data) & set("\x1b\x9b\x07\x00\x08\x7f\x9d\x90\u202e\u2066\u2028")
