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


def test_the_title_of_somebody_not_verified_names_the_key_where_there_is_room() -> None:
    call = replace(ON_HOLD, state="talking", verified_how=None)
    assert call_title(call, HERE, 43, "shift+F9 v") == "phone · 03:00 · not verified (shift+F9 v)"
    assert call_title(call, HERE, 30, "shift+F9 v") == "phone · 03:00 · not verified"
    assert "shift+F9" not in call_title(ON_HOLD, HERE, 90, "shift+F9 v")


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


def test_who_is_talked_to_comes_first_then_who_is_on_hold_then_what_rings() -> None:
    calls = Calls()
    talked_to, chat = _call(6, MINE), _call(3, MINE, channel="chat")
    held = [_call(4, MINE, state="on_hold", held_at=NOW), _call(5, MINE, state="on_hold")]
    rings, nobodys = _call(9, None, state="ringing"), _call(2, None, channel="chat")
    theirs = [_call(1, COLLEAGUE), _call(8, COLLEAGUE)]
    calls.take((*theirs, nobodys, chat, *held, talked_to, rings), {}, 2)
    whom = Whom()
    assert [call.id for call in calls.elsewhere(whom, MINE)] == [6, 4, 5, 9, 3, 2]
    whom.open(6)
    assert [call.id for call in calls.elsewhere(whom, MINE)] == [4, 5, 9, 3, 2]
    assert [call.id for call in calls.colleagues(MINE)] == [8, 1]


STATES = st.sampled_from(["talking", "on_hold", "ringing"])
CHANNELS = st.sampled_from(["phone", "chat"])


@given(st.dictionaries(st.integers(1, 20), st.tuples(STATES, CHANNELS), min_size=2))
def test_the_next_call_again_and_again_leads_through_all(
    numbers: dict[int, tuple[str, str]],
) -> None:
    calls = Calls()
    made = [
        _call(number, MINE, state=state, channel=channel)
        for number, (state, channel) in numbers.items()
    ]
    calls.take(tuple(made), {})
    whom = Whom()
    for _round in range(3):
        seen = set()
        for _step in numbers:
            following = calls.elsewhere(whom, MINE)[0]
            calls.turn_to(following, whom)
            whom.open(following.customer_id or 0)
            seen.add(following.id)
        assert len(seen) == len(numbers)


def _next(calls: Calls, whom: Whom) -> int:
    """Turn to the next one."""
    following = calls.elsewhere(whom, MINE)[0]
    calls.turn_to(following, whom)
    whom.open(following.customer_id or 0)
    return following.id


def test_from_the_call_that_is_open_they_come_in_the_order_of_the_strip_round_and_round() -> None:
    calls, whom = Calls(), Whom()
    chats = [_call(number, MINE, channel="chat") for number in (1, 2, 3, 4)]
    calls.take(tuple(chats), {})
    whom.open(3)
    assert [call.id for call in calls.elsewhere(whom, MINE)] == [4, 1, 2]
    assert [_next(calls, whom) for _ in range(5)] == [4, 1, 2, 3, 4]
    whom.open(2)
    assert [_next(calls, whom) for _ in range(4)] == [3, 4, 1, 2]


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_answering_one_of_them_changes_nothing_in_the_order(answered: list[bool]) -> None:
    calls, whom = Calls(), Whom()
    made = [_call(number, MINE, channel="chat") for number in (1, 2, 3)]
    came = []
    for is_answered in answered:
        calls.take(tuple(made), {})
        came.append(_next(calls, whom))
        if is_answered:
            made = [replace(one, state="talking") if one.id == came[-1] else one for one in made]
    assert came == [at % 3 + 1 for at in range(len(answered))]


def test_those_that_wait_for_anybody_are_all_gone_through_beside_a_call() -> None:
    calls, whom = Calls(), Whom()
    waiting = [_call(number, None, channel="chat") for number in (2, 3)]
    calls.take((_call(1, MINE), *waiting), {})
    whom.open(1)
    assert [_next(calls, whom) for _ in range(6)] == [2, 3, 1, 2, 3, 1]


def test_what_presses_comes_first_until_it_was_turned_to_once() -> None:
    calls, whom = Calls(), Whom()
    chats = tuple(_call(number, MINE, channel="chat") for number in (1, 2, 3))
    calls.take(chats, {})
    whom.open(1)
    rings = _call(9, None, state="ringing")
    calls.take((*chats, rings), {})
    assert [call.id for call in calls.elsewhere(whom, MINE)] == [9, 2, 3]
    assert [_next(calls, whom) for _ in range(6)] == [9, 1, 2, 3, 9, 1]
    held = replace(rings, state="on_hold", agent_id=MINE)
    calls.take((*chats, held), {})
    assert [_next(calls, whom) for _ in range(4)] == [9, 1, 2, 3]
