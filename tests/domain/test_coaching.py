"""The coaching list as a rule: its order tells nothing, its sentences are about the work."""

from __future__ import annotations

from random import Random
from typing import get_args

from hypothesis import given
from hypothesis import strategies as some

from agent_tui.domain.rules.coaching import AT_LEAST, KINDS, in_order, sentence
from agent_tui.domain.values.coaching import CoachingEntry, CoachingKind

entries = some.builds(
    CoachingEntry,
    agent_id=some.integers(1, 3),
    agent=some.sampled_from(["Asha", "mira", "Lena"]),
    kind=some.sampled_from(KINDS),
    about=some.sampled_from(["boiler", "visit", "in_a_hurry", "gate"]),
    times=some.integers(AT_LEAST, 1_000),
    interactions=some.just((1, 2, 3)),
    sentence=some.just(""),
)


def test_every_kind_is_listed() -> None:
    assert set(KINDS) == set(get_args(CoachingKind))


@given(some.lists(entries), some.randoms())
def test_how_often_it_happened_orders_nothing(made: list[CoachingEntry], chance: Random) -> None:
    unique = list({(one.agent_id, one.agent, one.kind, one.about): one for one in made}.values())
    listed = in_order(unique)
    chance.shuffle(unique)
    assert in_order(unique) == listed
    assert [one.agent.casefold() for one in listed] == sorted(
        one.agent.casefold() for one in unique
    )


@given(some.sampled_from(KINDS), some.text(max_size=20), some.integers(AT_LEAST, 1_000))
def test_a_sentence_says_in_how_many_conversations(
    kind: CoachingKind, about: str, times: int
) -> None:
    assert f"{times} conversations" in sentence(kind, about, times)
