"""What reports make of a message, in whatever order they come."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.deliveries import after_report, goes_again
from agent_tui.domain.values.kinds import Delivery

REPORTS = st.lists(st.booleans(), max_size=8)
SENT = st.sampled_from(("sent", "failed"))


@given(REPORTS, SENT)
def test_one_report_of_arrival_settles_it_whatever_else_is_said(
    reports: list[bool], state: Delivery
) -> None:
    for delivered in reports:
        state = after_report(state, delivered=delivered, in_hand=True)
    assert (state == "delivered") == any(reports)


@given(REPORTS, SENT, st.booleans())
def test_a_report_that_comes_twice_changes_nothing_more(
    reports: list[bool], state: Delivery, in_hand: bool
) -> None:
    for delivered in reports:
        state = after_report(state, delivered=delivered, in_hand=in_hand)
        assert after_report(state, delivered=delivered, in_hand=in_hand) == state


@pytest.mark.parametrize(
    ("in_hand", "delivered", "state"),
    [
        (True, False, "failed"),
        (True, True, "delivered"),
        (False, False, "waiting"),
        (False, True, "delivered"),
    ],
)
def test_what_waits_fails_only_in_somebodys_hand(
    in_hand: bool, delivered: bool, state: Delivery
) -> None:
    assert after_report("waiting", delivered=delivered, in_hand=in_hand) == state


@pytest.mark.parametrize("delivery", get_args(Delivery))
def test_only_what_failed_and_is_ours_goes_again(delivery: Delivery) -> None:
    assert goes_again(delivery, is_ours=True) == (delivery == "failed")
    assert not goes_again(delivery, is_ours=False)
