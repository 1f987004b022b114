"""`find`, `brief`, `recent`: the contract's shapes to the letter, and words for people."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

HIT = ["id", "external_id", "source", "name", "company", "city", "score", "why"]
INTERACTION = [
    "id",
    "opened_at",
    "channel",
    "direction",
    "agent",
    "customer_id",
    "customer",
    "agenda",
    "met",
    "outcome",
    "topics",
    "length_s",
]
CUSTOMER_ID = re.compile(r"c_[0-9A-HJKMNP-TV-Z]{13}")


def id_of(run: Run, query: str) -> str:
    return str(run("find", query, "--json").json[0]["id"])


def test_a_hit_has_the_shape_of_the_contract(run: Run, desk: Path) -> None:
    [hit] = run("find", "katherine", "smith", "--json").json
    assert list(hit) == HIT
    assert CUSTOMER_ID.fullmatch(hit["id"])
    assert (hit["external_id"], hit["source"]) == ("k1", "shop")
    assert (hit["name"], hit["company"], hit["city"]) == (
        "Katherine Smith",
        "Northwind Ltd",
        "Leeds",
    )
    assert 0 < hit["score"] <= 1
    [first, *_] = hit["why"]
    assert list(first) == ["field", "kind", "positions"]
    assert first["field"] == "name"
    assert [0, 9] in first["positions"]


def test_what_is_not_known_is_null(run: Run, desk: Path) -> None:
    hits = run("find", "ava nguyen austin", "--json").json
    assert hits[0]["company"] is None


def test_the_limit_holds_and_options_may_stand_between_words(run: Run, desk: Path) -> None:
    assert len(run("find", "ava", "--limit", "1", "nguyen", "--json").json) == 1
    assert len(run("find", "ava", "nguyen", "--json").json) == 2


@pytest.mark.parametrize("words", [[], ["--batch", "-", "ava"], ["ava", "--limit", "0"]])
def test_what_cannot_be_asked_is_wrong_usage(run: Run, words: list[str]) -> None:
    assert run("find", *words).code == 2


@pytest.mark.parametrize("query", ["zzzzzzz", "", "  "])
def test_nobody_found_is_no_failure(run: Run, desk: Path, query: str) -> None:
    ended = run("find", query, "--json")
    assert (ended.code, ended.out) == (0, "[]\n")
    assert run("find", query).code == 0


def test_people_read_columns(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    header, line = run("find", "katherine smith").out.splitlines()
    assert " ".join(header.split()) == "name company city contact last contact found by id"
    for word in ("Katherine Smith", "Northwind Ltd", "Leeds", "+44 20 7946 0018", "name exact"):
        assert word in line
    assert line.index("Northwind") == header.index("company")


def test_a_pipe_reads_one_line_a_customer_with_the_name_of_each_fact(run: Run, desk: Path) -> None:
    [line] = run("find", "katherine smith").out.splitlines()
    assert line.startswith("Katherine Smith; company: Northwind Ltd; city: Leeds; contact: +44 20 ")
    assert "; found by: name exact; id: c_" in line
    assert "  " not in line


def test_a_batch_answers_every_line_whatever_it_holds(process: Run, desk: Path) -> None:
    lines = [b"katherine", b"", b"\xff\xfe kath\x00erine", b"x" * 10_000, b"smith\r"]
    ended = process("find", "--batch", "-", "--json", stdin=b"\n".join(lines))
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert (ended.code, len(answers)) == (0, len(lines))
    for answer in answers:
        assert list(answer) == ["query", "ms", "hits"]
        assert isinstance(answer["ms"], float)
    assert [answer["query"] for answer in answers[:3]] == [
        "katherine",
        "",
        "\ufffd\ufffd kath\x00erine",
    ]
    assert answers[3]["query"] == "x" * 10_000
    assert answers[4]["query"] == "smith"
    assert [hit["name"] for hit in answers[0]["hits"]] == ["Katherine Smith"]
    assert list(answers[0]["hits"][0]) == HIT
    assert answers[1]["hits"] == []


def test_a_batch_may_be_a_file_and_a_missing_one_is_refused(
    run: Run, desk: Path, tmp_path: Path
) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text("katherine\nnguyen\n")
    answers = run("find", "--batch", str(queries)).out.splitlines()
    assert [json.loads(answer)["query"] for answer in answers] == ["katherine", "nguyen"]
    assert run("find", "--batch", str(tmp_path / "none")).code == 1


def test_a_brief_has_the_shape_of_the_contract(run: Run, desk: Path) -> None:
    brief = run("brief", "k1", "--json").json
    assert list(brief)[:5] == ["customer", "as_of", "lines", "balance", "known"]
    assert list(brief)[5:] == ["folded", "last_spoke_at", "verified", "digest"]
    assert list(brief["customer"]) == ["id", "name"]
    assert brief["customer"]["name"] == "Katherine Smith"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", brief["as_of"])
    assert list(brief["balance"]) == ["ours", "theirs"]
    assert isinstance(brief["known"], int)
    assert [line["kind"] for line in brief["lines"]] == ["we_owe", "last_contact"]
    first = brief["lines"][0]
    assert list(first)[:7] == ["kind", "text", "count", "source", "age_days", "records", "new"]
    assert list(first)[7:] == ["label", "parts"]
    assert [part["record"] for part in first["parts"]] == first["records"]
    assert first["text"].endswith(": a call")
    assert first["count"] == 1
    assert first["new"] is True
    assert first["records"][0].startswith("p_")


def test_a_brief_reads_aloud(run: Run, desk: Path) -> None:
    lines = run("brief", "k1").out.splitlines()
    assert lines[0].startswith("Katherine Smith, she/her, Northwind Ltd, Leeds, customer since ")
    assert "phone: +44 20 7946 0018, preferred" in lines
    assert any(line.startswith("! We owe: ") and ": a call, late" in line for line in lines)
    assert any("partly resolved" in line and " ago. Phone, " in line for line in lines)


def test_a_whole_brief_tells_what_each_line_is_made_of(run: Run, desk: Path) -> None:
    run("note", "k1", "=prefers mornings")
    short, whole = run("brief", "k1").out, run("brief", "k1", "--whole").out
    [promise, *_] = run("brief", "k1", "--json").json["lines"][0]["records"]
    assert f"\n+ {promise}: " in whole
    assert "Noted as “=prefers mornings”." in whole
    assert promise not in short
    assert "Noted as" not in short


def test_a_customer_is_named_in_four_ways(run: Run, desk: Path) -> None:
    shown = id_of(run, "katherine smith")
    for argument in (shown, shown.lower(), "shop:k1", "k1", "katherine northwind"):
        assert run("brief", argument, "--json").json["customer"]["id"] == shown


def test_more_than_one_answer_names_the_candidates(run: Run, desk: Path) -> None:
    ended = run("brief", "ava nguyen")
    assert (ended.code, ended.out) == (1, "")
    assert len(CUSTOMER_ID.findall(ended.err)) == 2
    assert "Austin" in ended.err
    assert "Boston" in ended.err


@pytest.mark.parametrize("argument", ["c_0000000000000", "zzzzzzz", "", b"\xff"])
def test_nobody_by_that_name_is_refused(process: Run, desk: Path, argument: Any) -> None:
    assert process("brief", argument).code == 1


def test_recent_has_the_columns_of_the_contract(run: Run, desk: Path) -> None:
    [one] = run("recent", "--json").json
    assert list(one) == INTERACTION
    assert one == {
        "id": one["id"],
        "opened_at": "2026-03-01T10:00:00Z",
        "channel": "phone",
        "direction": "in",
        "agent": "asha",
        "customer_id": id_of(run, "katherine smith"),
        "customer": "Katherine Smith",
        "agenda": "the boiler visit that never came",
        "met": "partly",
        "outcome": "visit booked",
        "topics": ["boiler"],
        "length_s": 270,
    }
    assert one["id"].startswith("i_")


def test_recent_in_a_pipe(run: Run, desk: Path) -> None:
    [line] = run("recent").out.splitlines()
    assert "; channel: phone in; customer: Katherine Smith; " in line
    assert "; length: 04:30; " in line
