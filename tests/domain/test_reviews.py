"""Who may say something of an interaction: for every role, team and kind."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from agent_tui.domain.rules.reviews import (
    MOST_CRITERIA,
    STANDING,
    why_not_criteria,
    why_not_write,
)
from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.reviews import CRITERION_KINDS, Criterion, ReviewKind

agents = some.builds(
    Agent,
    id=some.integers(1, 3),
    handle=some.just("x"),
    name=some.just("X"),
    role=some.sampled_from(["agent", "lead", "admin"]),
    team=some.sampled_from(["Day", "Evening"]),
    state=some.just("ready"),
    state_since=some.none(),
)
kinds = some.sampled_from(["review", "praise"])


@given(agents, some.none() | agents, kinds)
def test_who_may_write(me: Agent, theirs: Agent | None, kind: ReviewKind) -> None:
    may = why_not_write(me, theirs, kind) is None
    if theirs is None or theirs.id == me.id:
        assert not may
    elif kind == "praise" or me.role == "admin":
        assert may
    else:
        assert may == (me.role == "lead" and me.team == theirs.team)


def test_the_standing_list_can_be_taken_as_it_is() -> None:
    assert set(STANDING.values()) == set(CRITERION_KINDS)
    assert len(STANDING) <= MOST_CRITERIA
    listed = [Criterion(name, kind, "met") for name, kind in STANDING.items()]
    assert why_not_criteria("review", listed) is None
    assert why_not_criteria("praise", []) is None
    assert why_not_criteria("praise", listed) is not None
