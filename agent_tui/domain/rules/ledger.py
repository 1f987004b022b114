"""The ledger of give and take: its balance, in times and exact sums of money, and in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.values.ledger import Given, Ledger

if TYPE_CHECKING:
    from decimal import Decimal

    from agent_tui.domain.values.kinds import Side
    from agent_tui.domain.values.people import Concession, Tally

BALANCE_WINDOW = timedelta(days=365)
LOPSIDED_BY = 2
"""From how many times more on one side the balance is worth saying."""

_Alike = tuple["Side", bool, str | None, str | None]
"""Entries of one side, within the twelve months or before, of one amount in one currency."""


def ledger(entries: Iterable[Concession], now: datetime, more: Iterable[Tally] = ()) -> Ledger:
    """What each side gave in the last twelve months and ever; `more` are entries counted already.

    Entries that were marked wrong are not to be among them. An amount that is no finite decimal
    counts as given without one.
    """
    alike: dict[_Alike, int] = defaultdict(int)
    for entry in entries:
        lately = entry.at >= now - BALANCE_WINDOW
        alike[entry.side, lately, entry.amount, entry.currency] += 1
    for tally in more:
        alike[tally.side, tally.lately, tally.amount, tally.currency] += tally.times

    def given(side: Side, *, ever: bool) -> Given:
        return _sum({one: alike[one] for one in alike if one[0] == side and (ever or one[1])})

    return Ledger(
        ours=given("ours", ever=False),
        theirs=given("theirs", ever=False),
        ours_ever=given("ours", ever=True),
        theirs_ever=given("theirs", ever=True),
    )


def _sum(alike: dict[_Alike, int]) -> Given:
    from decimal import Decimal, InvalidOperation, localcontext

    money: dict[str, Decimal] = {}
    with localcontext() as context:
        # Far more digits than any amount that is taken in, so that no sum is ever rounded.
        context.prec = 100
        for (_side, _lately, amount, currency), times in alike.items():
            if amount is None or currency is None:
                continue
            try:
                exact = Decimal(amount)
            except InvalidOperation:
                continue
            if exact.is_finite():
                money[currency] = money.get(currency, Decimal(0)) + exact * times
    return Given(sum(alike.values()), tuple(sorted(money.items())))


def is_lopsided(book: Ledger) -> bool:
    """Whether one side gave clearly more often in the last twelve months."""
    return abs(book.ours.times - book.theirs.times) >= LOPSIDED_BY


def in_words(book: Ledger) -> str:
    """The balance: `we gave 1 (20 GBP), they gave 3; ever: 4 and 3`.

    What was given ever is said where it is more than in the last twelve months.
    """
    lately = f"we gave {_words(book.ours)}, they gave {_words(book.theirs)}"
    if (book.ours_ever, book.theirs_ever) == (book.ours, book.theirs):
        return lately
    return f"{lately}; ever: {_words(book.ours_ever)} and {_words(book.theirs_ever)}"


def _words(given: Given) -> str:
    sums = ", ".join(f"{_plain(amount)} {currency}" for currency, amount in given.money if amount)
    return f"{given.times} ({sums})" if sums else str(given.times)


def _plain(amount: Decimal) -> str:
    """An amount without an exponent, its thousands in groups: `1,234.50`."""
    return f"{amount:,f}"
