"""A tie reads rightly from both of its ends."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.ties import KINDS, matter_in_words, other_side, seen_from, written
from agent_tui.domain.values.knowing import Matter, TieMatter
from tests.builders import NOON


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("household", "household"),
        ("colleague", "colleague"),
        ("cares for", "cared for by"),
        ("introduced by", "introduced"),
        ("child of", "parent of"),
        ("the vicar of her parish", "the vicar of her parish"),
    ],
)
def test_each_end_reads_its_own_words(said: str, heard: str) -> None:
    assert seen_from(said, is_own=True) == said
    assert seen_from(said, is_own=False) == heard
    assert other_side(heard) == said


@pytest.mark.parametrize(
    "kind", ["Cares For", " cares  for", "cares_for", "CARES-FOR", "cares\tfor"]
)
def test_known_kinds_have_one_writing(kind: str) -> None:
    assert written(kind) == "cares for"


def test_other_words_stay_as_they_are() -> None:
    assert written(" Rosa's  god-mother ") == "Rosa's god-mother"


@given(st.text(max_size=40) | st.sampled_from(KINDS))
def test_the_other_side_of_the_other_side_is_this_one(kind: str) -> None:
    assert other_side(other_side(kind)) == written(kind)
    assert written(written(kind)) == written(kind)


@pytest.mark.parametrize(
    ("kind", "count", "words"),
    [
        ("late_promise", 1, "late 6 d: call back"),
        ("late_promise", 3, "3 promises, late 6 d: call back"),
        ("complaint", 1, "complaint, opened 6 d ago: call back"),
        ("complaint", 2, "2 complaints, opened 6 d ago: call back"),
        ("live_call", 1, "in contact now: call back"),
        ("last_contact", 1, "last contact 6 d ago"),
    ],
)
def test_what_matters_is_said_in_a_few_words(kind: Matter, count: int, words: str) -> None:
    matter = TieMatter(kind, NOON - timedelta(days=6), "call back", count)
    assert matter_in_words(matter, NOON, UTC) == words
