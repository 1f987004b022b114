"""The ledger: what each side gave, exactly, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from typing import cast

import pytest

from agent_tui.domain.values.kinds import Side
from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, make_desk

CARD = "4111 1111 1111 1111"


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def test_what_was_given_stands_in_the_ledger_exactly(desk: Desk, ada: int) -> None:
    knowing = desk.knowing
    first = knowing.give(ada, "ours", " waived\nfee ", "20.10", "gbp", f"late visit {CARD}")
    second = knowing.give(ada, "theirs", "patience")
    third = knowing.give(ada, "ours", "refund", Decimal("1E+2"), "EUR")
    shown = {entry.id: entry for entry in knowing.ledger(ada)}
    assert set(shown) == {first, second, third}
    one = shown[first]
    assert (one.side, one.kind, one.amount, one.currency, one.at) == (
        "ours",
        "waived fee",
        "20.10",
        "GBP",
        NOON,
    )
    assert one.reason is not None
    assert CARD not in one.reason
    assert (shown[second].amount, shown[second].currency) == (None, None)
    assert (shown[third].amount, shown[third].currency) == ("100", "EUR")
    brief = desk.opening.customer(ada).brief
    assert (brief.balance.ours, brief.balance.theirs) == (2, 1)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("20", None),
        ("20", "XXX"),
        ("20,50", "EUR"),
        ("-20", "EUR"),
        ("0.00", "EUR"),
        ("NaN", "EUR"),
        ("1e5", "EUR"),
        ("٢٠", "EUR"),
        ("9" * 16, "EUR"),
        ("", "EUR"),
        (Decimal("NaN"), "EUR"),
        (Decimal("-1"), "EUR"),
        (None, "EUR"),
    ],
)
def test_a_sum_that_is_none_is_refused(
    desk: Desk, ada: int, amount: Decimal | str | None, currency: str | None
) -> None:
    with pytest.raises(BadInput):
        desk.knowing.give(ada, "ours", "refund", amount, currency)
    assert desk.knowing.ledger(ada) == []


def test_what_cannot_be_entered_is_refused(desk: Desk, ada: int) -> None:
    with pytest.raises(BadInput, match="what was given"):
        desk.knowing.give(ada, "ours", " ")
    with pytest.raises(BadInput, match="no side"):
        desk.knowing.give(ada, cast(Side, "both"), "refund")
    with pytest.raises(NotFound):
        desk.knowing.give(404, "ours", "refund")


def test_an_entry_is_taken_back_and_counts_again(desk: Desk, ada: int) -> None:
    entry = desk.knowing.give(ada, "ours", "apology")
    desk.knowing.take_back(entry, version=1)
    assert desk.knowing.ledger(ada) == []
    assert [one.state for one in desk.knowing.ledger(ada, gone=True)] == ["wrong"]
    assert desk.opening.customer(ada).brief.balance.ours == 0
    with pytest.raises(Refused, match="already"):
        desk.knowing.take_back(entry)
    with pytest.raises(Conflict):
        desk.knowing.restore_entry(entry, version=1)
    desk.knowing.restore_entry(entry)
    assert desk.opening.customer(ada).brief.balance.ours == 1
    with pytest.raises(Refused, match="already"):
        desk.knowing.restore_entry(entry)
    rows = desk.store.reader().rows("SELECT kind FROM events WHERE kind LIKE 'conc%' ORDER BY 1")
    assert [row[0] for row in rows] == [
        "concession.made",
        "concession.restored",
        "concession.taken_back",
    ]
