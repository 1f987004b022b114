"""Sums of money in any usual writing are exact decimals; anything else is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.money import CURRENCIES, exact, no_sum, read_money
from tests.text.strategies import anything


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("waived fee £20", "20", "GBP"),
        ("20 EUR", "20", "EUR"),
        ("EUR 20", "20", "EUR"),
        ("20 eur", "20", "EUR"),
        ("1.234,50 €", "1234.50", "EUR"),
        ("€1,234.50 back", "1234.50", "EUR"),
        ("CHF 1'234.50", "1234.50", "CHF"),
        ("1 234,50 zł", "1234.50", "PLN"),
        ("1\u202f234,5 €", "1234.5", "EUR"),
        ("₹1,23,456.00", "123456.00", "INR"),
        ("£1.234", "1234", "GBP"),
        ("KWD 1.234", "1.234", "KWD"),
        ("20,- €", "20", "EUR"),
        ("£0.50", "0.50", "GBP"),
        ("(£20)", "20", "GBP"),
        ("20 euros", "20", "EUR"),
        ("£20, then £30", "20", "GBP"),
        ("US$5", "5", "USD"),
        ("20 TRY", "20", "TRY"),
        ("for 20 EUR", "20", "EUR"),
        ("all 20 EUR", "20", "EUR"),
    ],
)
def test_a_sum(text: str, amount: str, currency: str) -> None:
    money = read_money(text)
    assert money is not None
    assert (money.amount, money.currency) == (amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "refund 20",
            "£20k",
            "£20%",
            "-£20",
            "27.11.2026 €",
            "0.125 €",
            "20 min",
            "20 try",
            "20 all",
        ),
        *(
            "£1.2.3",
            "£1,2,3",
            "x£20",
            "ABC 20",
            "£",
            "€ uro",
            "£" + "9" * 30,
            "20-30 €5x",
        ),
        "£0,123.50",
    ],
)
def test_what_is_no_sum(text: str) -> None:
    assert read_money(text) is None


@pytest.mark.parametrize(
    ("region", "currency"),
    [(None, "USD"), ("US", "USD"), ("CA", "CAD"), ("AU", "AUD"), ("GB", "USD")],
)
def test_a_dollar_is_that_of_the_country(region: str | None, currency: str) -> None:
    for text in ("$5", "5 dollars"):
        money = read_money(text, region)
        assert money is not None
        assert money.currency == currency


def test_a_crown_is_nobodys_outside_its_countries() -> None:
    told = {region: read_money("20 kr", region) for region in ("SE", "DK", "NO", "IS", "GB")}
    currencies = {region: money and money.currency for region, money in told.items()}
    assert currencies == {"SE": "SEK", "DK": "DKK", "NO": "NOK", "IS": "ISK", "GB": None}


amounts = st.decimals(
    min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False
)


@given(
    amounts,
    st.sampled_from(["EUR", "GBP", "JPY", "CHF"]),
    st.sampled_from([(",", "."), (".", ",")]),
)
def test_what_is_written_is_what_is_read(
    amount: Decimal, code: str, style: tuple[str, str]
) -> None:
    grouping, decimal = style
    written = f"{amount:,.2f}".translate({ord(","): grouping, ord("."): decimal})
    for text in (f"{code} {written}", f"for {written} {code}, as agreed"):
        money = read_money(text)
        assert money is not None
        assert Decimal(money.amount) == amount
        assert money.currency == code
        assert written in text[money.start : money.end]


@given(anything)
def test_any_text_may_stand_there(text: str) -> None:
    for said in (text, f"£{text}", f"{text} EUR"):
        money = read_money(said, "GB")
        if money is not None:
            assert Decimal(money.amount) >= 0
            assert len(money.amount) <= 16


def test_currencies_are_codes() -> None:
    assert {"EUR", "USD", "ZAR", "AED"} <= CURRENCIES
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)
    assert exact("1.5") == "1.5"
    assert exact("1.2345") is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("refund £t", "£t"),
        ("(€,) back", "€"),
        ("a voucher", None),
        ("20", None),
        ("20$x for it", "20$x"),
    ],
)
def test_what_only_looks_like_a_sum_is_told(text: str, word: str | None) -> None:
    assert read_money(text) is None
    assert no_sum(text) == word
