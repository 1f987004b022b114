"""The ledger: counted over twelve months and ever, money summed exactly and by currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.ledger import in_words, is_lopsided, ledger
from agent_tui.domain.values.ledger import Given
from agent_tui.domain.values.people import Concession, Tally
from tests.domain.dossiers import NOW, at, gave, sides

AMOUNTS = st.none() | st.decimals(0, 10**15, places=3, allow_nan=False).map(str)
ENTRIES = st.lists(
    st.builds(
        gave,
        st.integers(0, 2**63 - 1),
        sides,
        st.floats(-800, 0).map(lambda days: at(days)),
        amount=AMOUNTS,
        currency=st.sampled_from([None, "GBP", "EUR", "KWD"]),
    ),
    max_size=12,
)


def money(side: Any, amount: str, currency: str | None = "GBP", days: float = -1) -> Concession:
    return gave(1, side, at(days), amount=amount, currency=currency)


def test_the_balance_in_words() -> None:
    entries = [gave(1, "ours", at(-9)), *(gave(n, "theirs", at(-n)) for n in (2, 3, 4))]
    assert in_words(ledger(entries, NOW)) == "we gave 1, they gave 3"
    entries += [gave(n, "ours", at(-400)) for n in (5, 6, 7)]
    book = ledger(entries, NOW)
    assert in_words(book) == "we gave 1, they gave 3; ever: 4 and 3"
    assert is_lopsided(book)
    assert not is_lopsided(ledger(entries[:2], NOW))


def test_money_is_summed_exactly_and_never_across_currencies() -> None:
    entries = [money("ours", "0.10")] * 3 + [
        money("ours", "1234.5", "EUR"),
        money("ours", "7", None),
    ]
    book = ledger(entries, NOW)
    assert book.ours == Given(5, (("EUR", Decimal("1234.5")), ("GBP", Decimal("0.30"))))
    assert in_words(book) == "we gave 5 (1,234.5 EUR, 0.30 GBP), they gave 0"


def test_what_is_no_amount_is_counted_without_one() -> None:
    for amount in ("NaN", "Infinity", "twenty", "", "1e"):
        assert ledger([money("theirs", amount)], NOW).theirs == Given(1)


@given(ENTRIES)
def test_entries_counted_before_are_as_good_as_read_ones(entries: list[Concession]) -> None:
    tallies = [Tally(one.side, one.amount, one.currency, one.at >= at(-365), 1) for one in entries]
    for read in range(len(entries) + 1):
        assert ledger(entries[:read], NOW, tallies[read:]) == ledger(entries, NOW)


@given(ENTRIES, ENTRIES)
def test_a_sum_is_exact_whatever_the_order(one: list[Concession], other: list[Concession]) -> None:
    book = ledger([*one, *other], NOW)
    assert book == ledger([*other, *one], NOW)
    for currency, total in book.ours_ever.money:
        scaled = [
            int(Decimal(entry.amount) * 1000)
            for entry in (*one, *other)
            if entry.side == "ours" and entry.currency == currency and entry.amount is not None
        ]
        assert int(total * 1000) == sum(scaled)
