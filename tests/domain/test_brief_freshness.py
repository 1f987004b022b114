"""How long facts hold, by kind, by date, and since they were confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.freshness import HOLDS, holds_until, is_stale, last_said
from tests.domain.dossiers import NOW, at, fact, near

KINDS = st.sampled_from(sorted(HOLDS))


@pytest.mark.parametrize(
    ("kind", "source", "days"),
    [
        ("circumstance", "stated", 90),
        ("prefers", "stated", 365),
        ("expects", "record", 365),
        ("knows", "stated", 365),
        ("values", "stated", 730),
        ("values", "impression", 30),
        ("agreed", "impression", 30),
        ("agreed", "stated", None),
        ("notice", "impression", None),
    ],
)
def test_each_kind_holds_its_own_time(kind: Any, source: Any, days: int | None) -> None:
    said = fact(1, kind, source=source, stated_at=NOW)
    assert holds_until(said) == (None if days is None else at(days))


def test_a_date_to_confirm_it_by_goes_before_the_kinds_own_time() -> None:
    for by in (at(-1), at(700)):
        assert holds_until(fact(1, "prefers", confirm_by=by)) == by
    assert holds_until(fact(1, "agreed", confirm_by=at(3))) == at(3)
    assert holds_until(fact(1, "notice", confirm_by=at(-3))) is None


def test_confirmed_is_as_good_as_stated_again() -> None:
    old = fact(1, "prefers", stated_at=at(-500))
    assert is_stale(old, NOW)
    confirmed = replace(old, confirmed_at=at(-1))
    assert (last_said(confirmed), is_stale(confirmed, NOW)) == (at(-1), False)
    assert holds_until(confirmed) == at(364)
    behind = replace(confirmed, confirm_by=at(-2))
    assert holds_until(behind) == at(364), "the date has done what it was for"
    assert holds_until(replace(confirmed, confirm_by=at(2))) == at(2)


@given(KINDS, near, st.none() | near, st.none() | near, st.floats(0, 900))
def test_what_is_stale_stays_so_until_somebody_says_it_again(
    kind: Any, stated: datetime, by: datetime | None, confirmed: datetime | None, days: float
) -> None:
    one = fact(1, kind, stated_at=stated, confirm_by=by, confirmed_at=confirmed)
    later = NOW + timedelta(days=days)
    assert is_stale(one, later) or not is_stale(one, NOW)
    if kind != "notice":
        again = replace(one, confirmed_at=later, stated_at=min(stated, later), confirm_by=None)
        assert not is_stale(again, later)


def test_the_end_of_the_calendar_is_never_reached() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert holds_until(fact(1, "prefers", stated_at=last)) is None
