from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.text.hygiene import clean_line
from agent_tui.text.phones import (
    PhoneForms,
    looks_like_phone,
    normal_phone,
    query_digits,
    region_of_locale,
)
from tests.text.strategies import anything, real_data

LONDON = "+442079460018"
WRITINGS = [
    ("GB", "020 7946 0018", LONDON),
    ("GB", "+44 20 7946 0018", LONDON),
    ("GB", "+44 (0)20 7946 0018", LONDON),
    ("GB", "0044 20 7946 0018", LONDON),
    ("GB", "(020) 7946-0018 ext. 12", LONDON),
    ("GB", "020 7946 0018x12", LONDON),
    ("GB", "tel:+44-20-7946-0018;ext=12", LONDON),
    ("GB", "\u202a+44 20 7946 0018\u202c", LONDON),
    (None, "0044 20 7946 0018", LONDON),
    (None, "+44 20 7946 0018 #12", LONDON),
    ("US", "0044 20 7946 0018", LONDON),
    ("US", "011 44 20 7946 0018", LONDON),
    ("AU", "0061 2 1234 5678", "+61212345678"),
    ("US", "(201) 555-0123", "+12015550123"),
    ("DE", "030/123456", "+4930123456"),
    ("DE", "030 123456 Durchwahl 7", "+4930123456"),
    ("IT", "02 1234 5678", "+390212345678"),
    ("EG", "٠٢ ٣٤٥٦٧٨٩٠", "+20234567890"),
    ("JP", "０３-１２３４-５６７８", "+81312345678"),
    (None, "020 7946 0018", "02079460018"),
    ("GB", "7946 0018", "79460018"),
    (None, "#4711", "4711"),
    ("GB", "999", "999"),
]


@pytest.mark.parametrize(("region", "raw", "normal"), WRITINGS)
def test_every_writing_has_one_normal_form(region: str | None, raw: str, normal: str) -> None:
    forms = PhoneForms(normal, normal.removeprefix("+"))
    assert normal_phone(raw, region) == forms
    assert normal_phone(clean_line(raw), region) == forms
    assert normal_phone(normal, region) == forms


def test_without_a_digit_there_is_no_number() -> None:
    assert normal_phone("unknown", "GB") is None
    assert normal_phone("", None) is None


@given(anything, st.sampled_from([None, "GB", "US", "xx"]))
def test_any_text_can_be_asked_about(raw: str, region: str | None) -> None:
    forms = normal_phone(raw, region)
    assert forms is None or (forms.digits.isascii() and forms.digits.isdigit())
    assert all(form.isascii() and form.isdigit() for form in query_digits(raw, region))
    looks_like_phone(raw)


@pytest.mark.parametrize("region", ["GB", "US", None])
@pytest.mark.parametrize(
    "query",
    ["020 7946 0018", "+44 20 7946 0018", "0044 20 7946 0018", "7946 0018", "020/79460018"],
)
def test_a_query_in_any_writing_is_the_end_of_what_is_stored(
    query: str, region: str | None
) -> None:
    stored = LONDON.removeprefix("+")
    assert any(stored.endswith(digits) for digits in query_digits(query, region))


def test_the_most_specific_digits_come_first() -> None:
    assert query_digits("+44 20 7946 0018", "GB") == ["442079460018", "2079460018"]
    assert query_digits("020 7946 0018", "GB") == ["442079460018", "02079460018", "2079460018"]
    assert query_digits("0018", None) == ["0018", "18"]
    assert query_digits("Ava", "GB") == []


@pytest.mark.parametrize(
    ("query", "phone"),
    [
        ("020 7946 0018", True),
        ("+44 (0)20/7946-0018", True),
        ("tel:+442079460018", True),
        ("0018 ext 3", True),
        ("123", True),
        ("12", False),
        ("+", False),
        ("#W2611340", False),
        ("4 Privet Drive", False),
        ("ava@example.com", False),
        ("", False),
    ],
)
def test_looks_like_phone(query: str, phone: bool) -> None:
    assert looks_like_phone(query) is phone


@pytest.mark.parametrize(
    ("locale", "region"),
    [
        ("en_GB.UTF-8", "GB"),
        ("de-DE", "DE"),
        ("zh_Hans_CN", "CN"),
        ("sr_RS@latin", "RS"),
        ("C", None),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("en", None),
        ("", None),
        (None, None),
    ],
)
def test_region_of_locale(locale: str | None, region: str | None) -> None:
    assert region_of_locale(locale) == region


def test_four_writings_of_the_numbers_of_245_regions() -> None:
    with (real_data("phonenumbers") / "examples.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 489
    for row in rows:
        expected = PhoneForms(row["e164"], row["e164"].removeprefix("+"))
        writings = [row[writing] for writing in ("e164", "international", "national", "rfc3966")]
        for raw in (*writings, f"00{expected.digits}"):
            assert normal_phone(raw, row["region"]) == expected
            assert query_digits(raw, row["region"])[0] == expected.digits
