"""When an offer may be made, and which scripts fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.offers import matches, why_not
from agent_tui.domain.values.kinds import Met
from agent_tui.domain.values.people import Interaction, Refusal
from agent_tui.domain.values.scripts import ScriptKind
from tests.builders import NOON

KINDS = st.sampled_from(get_args(ScriptKind))
DAYS = st.integers(-400, 400).map(lambda days: NOON + timedelta(days=days))
REFUSALS = st.lists(
    st.builds(
        Refusal,
        id=st.integers(1, 9),
        what=st.sampled_from(["the service plan", "calls"]),
        at=DAYS,
        ask_again_after=st.none() | DAYS,
    ),
    max_size=4,
)


def call(agenda: str | None = "a new boiler", met: Met = "yes", *topics: str) -> Interaction:
    return Interaction(
        id=1,
        customer_id=1,
        customer="Ada",
        channel="phone",
        direction="in",
        state="talking",
        opened_at=NOON,
        answered_at=None,
        closed_at=None,
        agent_id=None,
        agent=None,
        agenda=agenda,
        met=met,
        outcome=None,
        topics=topics,
    )


CALLS = st.none() | st.builds(
    call, st.none() | st.sampled_from(["", " ", "a boiler"]), st.sampled_from(get_args(Met))
)


def said(kind: ScriptKind, one: Interaction | None, refusals: list[Refusal]) -> str | None:
    return why_not(kind, one, refusals, NOON, UTC)


@given(KINDS, CALLS, REFUSALS)
def test_only_offers_ever_wait(
    kind: ScriptKind, one: Interaction | None, refusals: list[Refusal]
) -> None:
    if kind != "offer":
        assert said(kind, one, refusals) is None


@given(CALLS, REFUSALS)
def test_an_offer_comes_after_a_met_agenda_and_against_no_refusal(
    one: Interaction | None, refusals: list[Refusal]
) -> None:
    stands = [each for each in refusals if (each.ask_again_after or NOON + timedelta(1)) > NOON]
    may = one is not None and bool((one.agenda or "").strip()) and one.met == "yes" and not stands
    assert (said("offer", one, refusals) is None) == may


@given(CALLS, REFUSALS)
def test_the_order_of_refusals_does_not_matter(
    one: Interaction | None, refusals: list[Refusal]
) -> None:
    distinct = list({each.id: each for each in refusals}.values())
    assert said("offer", one, distinct) == said("offer", one, distinct[::-1])


def test_it_says_what_has_to_happen_first() -> None:
    no = Refusal(1, "the service plan", NOON, NOON + timedelta(days=30))
    assert "from one" in (said("offer", None, []) or "")
    assert "wants:" in (said("offer", call(None), []) or "")
    assert "what they came for" in (said("offer", call(met="partly"), []) or "")
    reason = said("offer", call(), [no]) or ""
    assert "the service plan" in reason
    assert "9 Apr" in reason
    assert said("offer", call(), [replace(no, ask_again_after=NOON)]) is None


def test_a_refusal_is_told_by_the_day_of_whoever_reads() -> None:
    from zoneinfo import ZoneInfo

    late = datetime(2026, 3, 20, 23, 30, tzinfo=UTC)
    no = Refusal(1, "calls", NOON, late)
    assert "20 Mar" in (why_not("offer", call(), [no], NOON, UTC) or "")
    assert "21 Mar" in (why_not("offer", call(), [no], NOON, ZoneInfo("Asia/Tokyo")) or "")


@pytest.mark.parametrize(
    ("topics", "fits", "found"),
    [
        (("boiler",), (), ("boiler",)),
        (("gas",), ("new boiler",), ("new boiler",)),
        (("visit",), ("never came",), ()),
        (("boil",), ("ew boil",), ()),
        (("lift",), ("a, new: boiler!",), ("lift", "a, new: boiler!")),
    ],
)
def test_a_script_fits_by_topics_and_by_words_of_the_agenda(
    topics: tuple[str, ...], fits: tuple[str, ...], found: tuple[str, ...]
) -> None:
    one = call("They want a NEW boiler", "yes", "lift", "boiler")
    assert matches(topics, fits, one) == found
    assert matches(topics, fits, None) == ()


@given(st.text(max_size=30), st.text(max_size=30))
def test_words_of_any_script_are_compared(agenda: str, words: str) -> None:
    found = matches((), (words,), call(f"x {agenda} {words} y"))
    assert found in ((words,), ())
    assert found == matches((), (words,), call(f"X {agenda} {words.casefold()} Y"))
