"""Slugs are the words of a text, and stay what they are."""

from __future__ import annotations

import pytest
from hypothesis import given

from agent_tui.text.nearest import nearest
from agent_tui.text.slugs import LONGEST, free_slug, slug
from tests.text.strategies import anything


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Book the visit", "book-the-visit"),
        ("  What, now?! ", "what-now"),
        ("a_b -- C#", "a-b-c"),
        ("Straße № 5", "strasse-no-5"),
        ("Перший крок", "перший-крок"),
        ("हिन्दी में", "हिन्दी-में"),
        ("***", ""),
        ("", ""),
        ("x" * 100, "x" * LONGEST),
    ],
)
def test_a_slug_is_the_words(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(anything)
def test_a_slug_is_its_own_slug_and_within_bounds(text: str) -> None:
    made = slug(text)
    assert slug(made) == made
    assert len(made) <= LONGEST
    assert not made.startswith("-")
    assert made == "".join(made.split())


def test_a_slug_that_is_taken_gets_a_number() -> None:
    assert free_slug("visit", {}) == "visit"
    assert free_slug("visit", {"visit", "visit-2"}) == "visit-3"


def test_the_nearest_word_is_the_one_that_was_meant() -> None:
    assert nearest("tittle", ["kind", "title"]) == "title"
    assert nearest("weather", ["kind", "title"]) is None
    assert nearest("t" * 1_000_000, ["title"]) is None
