"""The coaching list as a rule: its order tells nothing, its sentences are about the work."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import get_args

from hypothesis import given
from hypothesis import strategies as some

from agent_tui.domain.rules.coaching import AT_LEAST, KINDS, OUT_OF, in_order, sentence
from agent_tui.domain.values.coaching import CoachingEntry, CoachingKind

entries = some.builds(
    CoachingEntry,
    agent_id=some.integers(1, 3),
    agent=some.sampled_from(["Asha", "mira", "Lena"]),
    kind=some.sampled_from(KINDS),
    about=some.sampled_from(["boiler", "visit", "in_a_hurry", "gate"]),
    times=some.integers(AT_LEAST, 1_000),
    out_of=some.integers(1_000, 9_000),
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
    assert f"{times:,} of {times + 7:,} conversations" in sentence(kind, about, times, times + 7)


def test_every_kind_says_out_of_which_conversations() -> None:
    assert set(OUT_OF) == set(KINDS)
    page = Path(__file__).parents[2] / "docs" / "reviews.md"
    for kind, words in OUT_OF.items():
        assert re.search(rf"^\| `{kind}` .* \| {words} \|$", page.read_text("utf-8"), re.M), kind
