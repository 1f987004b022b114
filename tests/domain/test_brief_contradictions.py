"""Facts that cannot both hold stand side by side; others stay apart."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.contradictions import side_by_side
from agent_tui.domain.values.people import Fact
from tests.domain.dossiers import at, fact, near

SAYINGS = st.sampled_from(
    [
        "mornings",
        "evenings",
        "no mornings",
        "by phone",
        "e-mail",
        "a named engineer",
        "",
        "...",
        "no",
    ]
)
FACTS = st.lists(
    st.builds(
        fact,
        st.integers(0, 40),
        st.sampled_from(["prefers", "expects"]),
        SAYINGS,
        stated_at=near,
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


def grouped(*texts: str, kind: str = "prefers") -> list[list[str]]:
    facts = [fact(place, kind, text, stated_at=at(-place)) for place, text in enumerate(texts)]
    return [[one.text for one in group] for group in side_by_side(facts)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mornings", "evenings"),
        ("prefers mornings", "Please call in the evening"),
        ("calls on Monday", "calls on tuesdays"),
        ("weekdays", "Saturday"),
        ("by phone", "by e-mail only"),
        ("speaks German", "speaks Polish"),
        ("first name", "addressed as Mrs"),
        ("Du", "Sie"),
        ("letters", "no letters"),
        ("does not want letters", "wants letters"),
        ("a named engineer", "not a named engineer"),
        ("never before ten", "before ten"),
        ("doesn’t like calls", "likes calls"),
    ],
)
def test_these_contradict_one_another(one: str, other: str) -> None:
    assert grouped(one, other) == [[one, other]]
    assert grouped(other, one) == [[other, one]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mornings", "Mornings"),
        ("mornings", "mornings or evenings"),
        ("weekends", "Saturday"),
        ("weekdays", "Wednesday"),
        ("calls in the morning", "e-mail in the evening"),
        ("engineer in the morning", "invoice in the evening"),
        ("mornings", "by phone"),
        ("a named engineer", "no offers"),
        ("no letters", "no offers"),
        ("no mornings", "no evenings"),
        ("", ""),
        ("no", ""),
        ("♥", "not ♥"),
    ],
)
def test_these_go_together(one: str, other: str) -> None:
    assert grouped(one, other) == [[one], [other]]


def test_only_facts_of_one_kind_are_compared() -> None:
    both = [fact(1, "prefers", "mornings"), fact(2, "expects", "evenings")]
    assert len(side_by_side(both)) == 2


def test_three_ways_stand_in_one_group() -> None:
    assert grouped("mornings", "by phone", "evenings", "nights") == [
        ["mornings", "evenings", "nights"],
        ["by phone"],
    ]


@given(FACTS, st.randoms(use_true_random=False))
def test_every_fact_stands_once_whatever_the_order(facts: list[Fact], random: Random) -> None:
    groups = side_by_side(facts)
    assert sorted(one.id for group in groups for one in group) == sorted(one.id for one in facts)
    assert all(len({one.kind for one in group}) == 1 for group in groups)
    random.shuffle(facts)
    assert side_by_side(facts) == groups
