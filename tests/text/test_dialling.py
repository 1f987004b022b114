"""The short way to a number's normal form comes to what the long way comes to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    SUPPORTED_REGIONS,
    PhoneNumberFormat,
    example_number_for_type,
    format_number,
)

from agent_tui.text import phones
from agent_tui.text.dialling import UNSURE, is_plain, plain_e164

REGIONS = sorted(SUPPORTED_REGIONS)
EXAMPLES = [
    number
    for region in REGIONS
    for kind in range(4)
    if (number := example_number_for_type(region, kind)) is not None
]
FORMATS = [PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL]

regions = st.none() | st.sampled_from([*REGIONS, "GB", "US", "DE", "xx"])
written = st.builds(format_number, st.sampled_from(EXAMPLES), st.sampled_from(FORMATS))
coded = st.builds(
    lambda sign, code, rest: f"{sign}{code}{rest}",
    st.sampled_from(["+", "00", "", "("]),
    st.sampled_from(sorted(COUNTRY_CODE_TO_REGION_CODE)),
    st.text("0123456789", max_size=14),
)


@st.composite
def misdialled(draw: st.DrawFn) -> str:
    """A number with something put in, taken out or before it."""
    number = draw(written | coded)
    place = draw(st.integers(0, len(number)))
    put = draw(st.sampled_from(["", "0", "(0)", " ", "-", "1", "9", "00"]))
    taken = draw(st.integers(0, 2))
    before = draw(st.sampled_from(["", "", "00", "0", "011", "8"]))
    return before + number[:place] + put + number[place + taken :]


numbers = written | coded | misdialled() | st.text("0123456789 ().-/+", max_size=20)


def the_long_way(typed: str, region: str | None) -> str | None:
    number = phones._parsed(typed, region)
    return None if number is None else format_number(number, PhoneNumberFormat.E164)


@settings(max_examples=1_500, deadline=None)
@given(typed=numbers, region=regions)
def test_what_is_decided_is_what_the_package_says(typed: str, region: str | None) -> None:
    if is_plain(typed):
        digits = phones._digits(typed)
        decided = plain_e164(typed, digits, region)
        assert decided in (UNSURE, the_long_way(typed, region))


@pytest.mark.parametrize(
    ("typed", "region", "normal"),
    [
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 (0)20 7946-0018", None, "+442079460018"),
        ("0049 30/123456", "GB", "+4930123456"),
        ("(201) 555-0123", "US", "+12015550123"),
        ("1-201-555-0123", "US", "+12015550123"),
        ("02 1234 5678", "IT", "+390212345678"),
        ("7946 0018", "GB", None),
        ("020 7946 0018", None, None),
    ],
)
def test_the_usual_writings_are_decided(typed: str, region: str | None, normal: str | None) -> None:
    assert is_plain(typed)
    assert plain_e164(typed, phones._digits(typed), region) == normal


@pytest.mark.parametrize(
    "typed", ["020 7946 0018 ext. 1", "tel:+442079460018", "٠٢٠", "", "+", "#1"]
)
def test_other_writings_are_left_to_the_package(typed: str) -> None:
    assert not is_plain(typed)
