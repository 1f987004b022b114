"""JSON lines: what the contract allows comes through, all else is a reject in plain words."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_tui.domain.values.records import PersonRecord, RejectedRow, SourceRow
from agent_tui.exchange import jsonl
from agent_tui.exchange.jsonl import read_jsonl

BERLIN = ZoneInfo("Europe/Berlin")


def read(data: bytes) -> list[SourceRow | RejectedRow]:
    return list(read_jsonl(io.BytesIO(data), zone=BERLIN))


def person(**parts: Any) -> PersonRecord:
    line = json.dumps({"customer": {"name": "Ann"}} | parts)
    (row,) = read(line.encode())
    assert isinstance(row, SourceRow), row
    return row.record


def reason(line: bytes | dict[str, Any]) -> str:
    (row,) = read(line if isinstance(line, bytes) else json.dumps(line).encode())
    assert isinstance(row, RejectedRow)
    return row.reason


def reason_for(**parts: Any) -> str:
    return reason({"customer": {"name": "Ann"}} | parts)


def test_a_full_line() -> None:
    point = {"kind": "phone", "value": "0113", "preferred": True, "consent": "given"}
    message = {"external_id": "m1", "at": "2026-01-05T10:00:03Z", "speaker": "action", "text": "x"}
    found = person(
        customer={"external_id": "7", "name": "Ann", "pronouns": "she", "contact_points": [point]},
        interactions=[
            {
                "channel": "chat",
                "opened_at": "2026-01-05T10:00:00+01:00",
                "met": "partly",
                "topics": ["boiler"],
                "messages": [message],
                "notes": [{"at": "2026-01-05", "author": "mira", "text": "n"}],
            }
        ],
        concessions=[{"side": "ours", "kind": "refund", "amount": 12.5, "currency": "GBP"}],
        feedback=[{"score": 4}],
    )
    assert found.customer.contact_points[0].preferred
    (interaction,) = found.interactions
    assert interaction.opened_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert interaction.messages[0].speaker == "action"
    assert interaction.notes[0].at == datetime(2026, 1, 4, 23, tzinfo=UTC)
    assert found.concessions[0].amount == Decimal("12.5")
    assert found.feedback[0].score == 4.0


def test_a_time_without_a_zone_is_the_agents_in_summer_and_in_winter() -> None:
    found = person(promises=[{"text": "a", "due": "2026-07-01T10:00"}])
    assert found.promises[0].due == datetime(2026, 7, 1, 8, tzinfo=UTC)
    found = person(promises=[{"text": "a", "due": "2026-12-01 10:00:00"}])
    assert found.promises[0].due == datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_a_day_by_which_something_is_due_means_the_end_of_its_working_day() -> None:
    day = "2026-07-01"
    found = person(
        facts=[{"text": "a", "stated_at": day, "confirm_by": day}],
        promises=[{"text": "a", "due": " 20260701 ", "state": "kept", "closed_at": day}],
        refusals=[{"what": "a", "at": day, "ask_again_after": day}],
        cases=[{"kind": "complaint", "opened_at": day, "answer_due": day}],
    )
    ends, begins = datetime(2026, 7, 1, 15, tzinfo=UTC), datetime(2026, 6, 30, 22, tzinfo=UTC)
    (fact,), (promise,), (refusal,), (case,) = (
        found.facts,
        found.promises,
        found.refusals,
        found.cases,
    )
    due = (fact.confirm_by, promise.due, refusal.ask_again_after, case.answer_due)
    happened = (fact.stated_at, promise.closed_at, refusal.at, case.opened_at)
    assert set(due) == {ends}
    assert set(happened) == {begins}


def test_midnight_that_is_written_stays_midnight() -> None:
    found = person(promises=[{"text": "a", "due": "2026-07-01T00:00"}])
    assert found.promises[0].due == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_null_is_the_same_as_missing() -> None:
    found = person(customer={"name": "Ann", "city": None, "contact_points": None}, facts=None)
    assert found == PersonRecord(customer=found.customer)
    assert reason({"customer": {"name": None}}) == "customer.name is missing"


def test_marks_blank_lines_and_line_numbers() -> None:
    rows = read(b'\xef\xbb\xbf{"customer":{"name":"Ann"}}\r\n\n  \n{}\n{"customer":{"name":"Bo"}}')
    assert [(row.line, type(row)) for row in rows] == [
        (1, SourceRow),
        (4, RejectedRow),
        (5, SourceRow),
    ]
    assert rows[0].raw == '{"customer":{"name":"Ann"}}'


def test_half_a_surrogate_pair_does_not_cost_the_customer() -> None:
    (row,) = read(b'{"customer":{"name":"Ann \\ud83d"},"feedback":[{"score":1.5}]}')
    assert isinstance(row, SourceRow)
    assert row.record.customer.name == "Ann \ud83d"
    row.raw.encode("utf-8")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"{}", "customer is missing"),
        (b'{"customer":{}}', "customer.name is missing"),
        (b'{"customer":{"name":" "}}', "customer.name is empty"),
        (b'{"customer":{"name":5}}', "customer.name must be text, not a number"),
        (b'{"customer":"Ann"}', "customer must be an object, not text"),
        (b"[]", "a line must be an object, not a list"),
        (b'{"customer":{"name":"A"}', "not JSON: Expecting ',' delimiter at character 25"),
        (b'{"customer":{"name":NaN}}', "not usable JSON: NaN is not a number in JSON"),
        (b'{"customer":{"name":"A\xff"}}', "byte 23 of the line is not UTF-8 text"),
        (b'{"customer":' + b"[" * 100_000, "not usable JSON: it is nested too deeply"),
    ],
)
def test_reasons_of_broken_lines(line: bytes, expected: str) -> None:
    assert reason(line) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"cases": [{"kind": "order", "tittle": "x"}]},
            "unknown field `tittle` in cases[0]: did you mean `title`?",
        ),
        ({"custmer": {}}, "unknown field `custmer`: did you mean `customer`?"),
        (
            {"interactions": [{"channel": "fax"}]},
            "interactions[0].channel cannot be `fax`, "
            "only phone, chat, email, sms, visit, web, other",
        ),
        (
            {"interactions": [{}, {"messages": [{"speaker": "agent", "text": 1}]}]},
            "interactions[1].messages[0].text must be text, not a number",
        ),
        (
            {"promises": [{"text": "x", "due": "soon"}]},
            "promises[0].due: `soon` is not a time such as 2026-03-31T14:05:00+02:00",
        ),
        (
            {"promises": [{"text": "x", "due": 5}]},
            "promises[0].due must be a time as text, not a number",
        ),
        (
            {"promises": [{"text": "x", "due": "0001-01-01T00:00+14:00"}]},
            "promises[0].due: `0001-01-01T00:00+14:00` is not a time such as "
            "2026-03-31T14:05:00+02:00",
        ),
        ({"concessions": [{"side": "ours"}]}, "concessions[0].kind is missing"),
        (
            {"concessions": [{"side": "ours", "kind": "x", "amount": "NaN"}]},
            "concessions[0].amount is beyond any amount of money",
        ),
        (
            {"concessions": [{"side": "ours", "kind": "x", "amount": "ten"}]},
            "concessions[0].amount must be a number, not `ten`",
        ),
        ({"facts": {"text": "x"}}, "facts must be a list, not an object"),
    ],
)
def test_reasons_of_wrong_fields(parts: dict[str, Any], expected: str) -> None:
    assert reason_for(**parts) == expected


@pytest.mark.parametrize("field", [b"name", b"city"])
def test_a_number_of_thousands_of_digits_is_a_reject(field: bytes) -> None:
    found = reason(b'{"customer":{"name":"A","' + field + b'":' + b"9" * 6000 + b"}}")
    assert "must be text" in found or "not usable JSON" in found


def test_an_amount_of_thousands_of_digits_is_a_reject() -> None:
    line = b'{"customer":{"name":"A"},"concessions":[{"side":"ours","kind":"x","amount":%s}]}'
    found = reason(line % (b"9" * 6000))
    assert "amount" in found or "not usable JSON" in found


def test_bytes_that_are_not_text_stand_in_the_raw_row() -> None:
    (row,) = read(b'{"customer":{"name":"A\xff"}}\n')
    assert row.raw == '{"customer":{"name":"A\\xff"}}'


def test_a_line_that_is_too_long_is_cut_in_the_reject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 2000)
    long = b'{"customer":{"name":"' + b"a" * 9000 + b'"}}\n'
    rows = read(long + b'{"customer":{"name":"Bo"}}\n')
    assert isinstance(rows[0], RejectedRow)
    assert (rows[0].reason, len(rows[0].raw)) == ("the line is longer than 64 MB", 1000)
    assert (rows[1].line, type(rows[1])) == (2, SourceRow)


def test_a_line_of_many_megabytes() -> None:
    (row,) = read(b'{"customer":{"name":"' + b"a" * 20_000_000 + b'"}}\n')
    assert isinstance(row, SourceRow)
    assert len(row.record.customer.name) == 20_000_000


@given(st.binary(max_size=200))
@settings(max_examples=500, deadline=None)
def test_any_bytes_give_rows_and_never_an_error(data: bytes) -> None:
    for row in read(data):
        row.raw.encode("utf-8")


KEYS = st.sampled_from(
    ["customer", "name", "interactions", "facts", "opened_at", "amount", "kind", "side", "x"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, JSON, max_size=4))
@settings(max_examples=500, deadline=None)
def test_any_json_gives_a_row_and_never_an_error(value: dict[str, Any]) -> None:
    read(json.dumps({"customer": {"name": "Ann"}} | value).encode())
