"""The words of a conversation's state, without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.kinds import Doing
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.presence import Presence
from agent_tui.text.cells import width
from agent_tui.tui.screens.calls import Calls
from agent_tui.tui.screens.whom import Whom
from agent_tui.tui.widgets.composer import marked
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.wording import call_title, hold_words, is_timed, others_words, state_of
from tests.tui.conftest import NOW, ZONE
from tests.tui.conversations import call_of

HERE = Here(NOW, ZONE)
MINE, COLLEAGUE = 1, 2
ON_HOLD = call_of(
    1,
    channel="phone",
    state="on_hold",
    opened_at=NOW - timedelta(minutes=5),
    answered_at=NOW - timedelta(minutes=3),
    held_at=NOW - timedelta(seconds=70),
    hold_reason="asks the engineer",
    verified_how="known voice",
)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (100, "phone · they called · on hold 01:10 of 03:00 · verified: known voice"),
        (60, "phone · on hold 01:10 of 03:00 · verified: known voice"),
        (42, "phone · on hold 01:10 of 03:00 · verified"),
        (32, "phone · on hold 01:10 · verified"),
        (22, "phone · on hold 01:10"),
        (13, "on hold 01:10"),
    ],
)
def test_the_title_says_as_much_as_there_is_room_for(cells: int, words: str) -> None:
    assert call_title(ON_HOLD, HERE, cells) == words


@given(st.integers(min_value=13, max_value=120))
def test_a_title_is_never_cut(cells: int) -> None:
    assert width(call_title(ON_HOLD, HERE, cells)) <= cells


def test_only_what_is_spoken_has_a_timer() -> None:
    chat = replace(ON_HOLD, channel="chat", state="talking")
    assert is_timed(ON_HOLD)
    assert not is_timed(chat)
    assert not is_timed(replace(ON_HOLD, state="ended"))
    assert "open since 13:59" in call_title(chat, HERE, 80)


def test_a_wrap_up_that_was_put_off_is_parked() -> None:
    assert state_of(replace(ON_HOLD, state="ended")) == "to wrap up"
    assert state_of(replace(ON_HOLD, state="ended", parked_at=NOW)) == "parked"


def test_the_reason_of_a_hold_is_said_while_it_lasts() -> None:
    assert hold_words(ON_HOLD) == "on hold: asks the engineer"
    assert hold_words(replace(ON_HOLD, hold_reason=None)) == ""
    assert hold_words(replace(ON_HOLD, state="talking")) == ""
    assert hold_words(None) == ""


def _here(who: str, doing: Doing = "here") -> Presence:
    return Presence(who, 7, doing, 1, None, NOW)


def test_who_else_is_here_is_named() -> None:
    assert others_words(()) == ""
    assert others_words((_here("Asha", "typing"),)) == "Asha is here, typing"
    both = (_here("Asha"), _here("you, at another desk"), _here("Ben"))
    assert others_words(both) == "Asha is here · you, at another desk · 1 more"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I stayed home", ("customer", "I stayed home")),
        ("we: sorry", ("agent", "sorry")),
        ("WE:sorry", ("agent", "sorry")),
        ("they: we: sorry", ("customer", "we: sorry")),
        ("we went home", ("customer", "we went home")),
        ("we:", ("agent", "")),
    ],
)
def test_who_said_a_marked_line(text: str, said: tuple[str, str]) -> None:
    assert marked(text) == said


def _call(number: int, agent_id: int | None, **more: object) -> Interaction:
    began = NOW + timedelta(minutes=number)
    return replace(
        call_of(number, channel="phone", state="talking"),
        customer_id=number,
        agent_id=agent_id,
        opened_at=began,
        **more,  # type: ignore[arg-type]
    )


def test_what_rings_comes_first_then_ones_own_in_a_circle_colleagues_last() -> None:
    calls = Calls()
    rings = _call(9, None, state="ringing")
    others = [_call(1, COLLEAGUE), _call(2, None, channel="chat"), _call(8, COLLEAGUE)]
    others[2] = replace(others[2], state="ringing")
    own = [_call(number, MINE) for number in (3, 4, 5)]
    calls.take((*others, *own, rings), {})
    whom = Whom()
    whom.open(4)
    found = [call.id for call in calls.elsewhere(whom, MINE)]
    assert found == [9, 5, 3, 2, 8, 1]


@given(st.sets(st.integers(min_value=1, max_value=20), min_size=2))
def test_the_next_call_again_and_again_leads_through_all(numbers: set[int]) -> None:
    calls = Calls()
    calls.take(tuple(_call(number, MINE) for number in numbers), {})
    whom = Whom()
    seen = set()
    for _step in numbers:
        following = calls.elsewhere(whom, MINE)[0]
        whom.open(following.customer_id or 0)
        seen.add(following.id)
    assert seen == numbers
