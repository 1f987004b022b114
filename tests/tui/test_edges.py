"""The rows at the upper and lower edge: whole words, and what is needed most stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.kinds import AgentState
from agent_tui.domain.values.today import Counts
from agent_tui.tui.actions import ACTIONS, NEEDED, key_name
from agent_tui.tui.widgets.bars import STATE_WORDS, FooterBar, HeaderBar
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.ink import fit
from tests.tui.conftest import NOW, ZONE

SIDES = 2


def words(bar: HeaderBar | FooterBar) -> tuple[str, int]:
    """What a bar says, and how many cells that takes, the sides and one cell between included."""
    [line] = bar.lines
    spans = (*line.left, *line.right)
    return "".join(span.text for span in spans).rstrip(), sum(len(span.text) for span in spans)


def header(state: AgentState, counts: Counts, cells: int) -> tuple[str, int]:
    bar = HeaderBar()
    agent = Agent(1, "mira", "Mira Okafor", "agent", "first", state)
    bar.show_state(agent=agent, counts=counts, here=Here(NOW, ZONE), cells=cells)
    return words(bar)


@given(
    st.sampled_from(["ready", "after_call", "away"]),
    st.builds(
        Counts,
        waiting=st.integers(0, 400),
        due_today=st.integers(0, 40),
        late=st.integers(1, 40),
        wrap_ups=st.integers(0, 90),
    ),
    st.integers(40, 220),
)
def test_how_i_am_and_what_is_late_is_whole_at_every_width(
    state: AgentState, counts: Counts, cells: int
) -> None:
    said, taken = header(state, counts, cells)
    assert taken + SIDES < cells
    assert STATE_WORDS[state] in said
    assert f"{counts.late} " in said
    assert "late" in said


def test_with_room_the_header_says_everything_in_full_words() -> None:
    counts = Counts(waiting=2, due_today=1, late=3, wrap_ups=2)
    said, _taken = header("ready", counts, 140)
    assert said == (
        "Desk F1  Recent F2  Relationship F32 waiting  3 promises late  1 promise due today  "
        "2 not wrapped up   Mira Okafor · ready  14:02"
    )
    said, _taken = header("ready", counts, 80)
    assert said == "Desk F1  F2  F32 waiting  3 late  1 due  2 to wrap up   Mira · ready  14:02"
    said, _taken = header("after_call", counts, 80)
    assert said == "Desk F1  F2  F32 waiting  3 late  1 due  2 to wrap up  after call  14:02"


@pytest.mark.parametrize("place", ["desk", "recent", "relationship"])
def test_the_keys_of_all_places_stand_at_80_columns_and_lead_there(place: str) -> None:
    bar = HeaderBar()
    agent = Agent(1, "mira", "Mira Okafor", "agent", "first", "ready")
    counts = Counts(waiting=2, due_today=1, late=1, wrap_ups=2)
    bar.show_state(agent=agent, counts=counts, here=Here(NOW, ZONE), cells=80, place=place)
    said, _taken = words(bar)
    assert all(f"F{number}" in said for number in (1, 2, 3))
    assert {action for _cells, action in bar._pressed} == {
        f"place_{name}" for name in ("desk", "recent", "relationship") if name != place
    }


def test_a_sample_is_offered_at_80_columns() -> None:
    scopes = ("everywhere", "away", "recent")
    offers = [(one, key_name(one.keys[0])) for one in ACTIONS if one.footer and one.scope in scopes]
    bar = FooterBar()
    bar.show_actions(offers, 80)
    assert "r sample" in words(bar)[0]


@given(st.sets(st.sampled_from(NEEDED)), st.integers(30, 220))
def test_the_footer_leaves_out_whole_actions_the_least_needed_first(
    offered: set[str], cells: int
) -> None:
    offers = [(one, key_name(one.keys[0])) for one in ACTIONS if one.id in offered]
    bar = FooterBar()
    bar.show_actions(offers, cells)
    said, _taken = words(bar)
    assert len(said) <= cells - SIDES
    shown = {one.id for one, key in offers if f"{key} {one.footer}" in said}
    assert (
        said.split("   ") == [f"{key} {one.footer}" for one, key in offers if one.id in shown]
        or not shown
    )
    left_out = [NEEDED.index(one) for one in offered - shown]
    kept = [NEEDED.index(one) for one in shown]
    assert not left_out or not kept or min(left_out) > max(kept)


def test_every_action_of_the_footer_is_ranked() -> None:
    assert sorted(NEEDED) == sorted(one.id for one in ACTIONS if one.footer)


@pytest.mark.parametrize("cells", [80, 120, 200])
def test_there_is_room_for_the_next_keys_of_a_call(cells: int) -> None:
    wanted = ("note", "wrap_up", "act", "reply", "take", "help")
    offers = [(one, key_name(one.keys[0])) for one in ACTIONS if one.footer]
    offers = [offer for offer in offers if offer[0].id in (*wanted, "find", "today")]
    bar = FooterBar()
    bar.show_actions(offers, cells)
    said, _taken = words(bar)
    assert all(one.footer and one.footer in said for one, _key in offers if one.id in wanted)


@given(st.sets(st.sampled_from(NEEDED)), st.integers(30, 220))
def test_what_the_footer_names_is_painted_whole(offered: set[str], cells: int) -> None:
    offers = [(one, key_name(one.keys[0])) for one in ACTIONS if one.id in offered]
    bar = FooterBar()
    bar.show_actions(offers, cells)
    [line] = bar.lines
    painted = "".join(span.text for span in fit(line.left, cells - SIDES))
    assert painted == words(bar)[0]
