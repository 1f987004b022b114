"""Tab offers what may stand at the cursor, the most likely first, and replaces what was begun."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.completion import MOST_CANDIDATES, SIGNS, complete
from agent_tui.domain.rules.marks import kind_at
from agent_tui.domain.values.marks import Vocabulary
from tests.text.strategies import anything

VOCABULARY = Vocabulary(
    topics=("visit", "boiler", "bill", "größe"),
    agents={"asha": "Asha Rao", "tom": "Tom Bell"},
    snippets={"greet": "Hello\n{{ customer.first_name }}", "bye": "Bye"},
    due_words={"tomorrow": "Wed 25 Nov 17:00", "fri": "Fri 27 Nov 17:00", "friday": "same"},
)

FACTS = ["=expects ", "=values ", "=prefers ", "=circumstance ", "=agreed ", "=notice "]


def offered(text: str, cursor: int | None = None) -> list[str]:
    found = complete(text, len(text) if cursor is None else cursor, VOCABULARY)
    return [one.insert for one in found.candidates] if found else []


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("#", ["#visit", "#boiler", "#bill", "#größe"]),
        ("said #B", ["#boiler", "#bill"]),
        ("#GR", ["#größe"]),
        ("#boiler", []),
        ("!refund @", ["@asha", "@tom"]),
        ("@RA", ["@asha"]),
        ("@bel", ["@tom"]),
        (";", [";greet", ";bye"]),
        (";gr", [";greet"]),
        ("=p", ["=prefers "]),
        (
            "=",
            FACTS,
        ),
        ("th", ["theirs: "]),
        ("said Wa", ["wants: "]),
        ("g", ["gave: ", "got: "]),
        ("!call back f", ["fri", "friday"]),
        ("!call back ", ["tomorrow", "fri", "friday"]),
        ("@asha look t", ["tomorrow", "theirs: "]),
        ("call back f", []),
        ("=likes f", []),
        ("said ", []),
        ("xyz", []),
    ],
)
def test_what_may_stand_there(text: str, candidates: list[str]) -> None:
    assert offered(text) == candidates


def test_on_an_empty_line_all_marks_are_offered() -> None:
    assert offered("") == offered("!call fri\n") == [sign.insert for sign in SIGNS]


def test_only_what_stands_before_the_cursor_is_replaced() -> None:
    found = complete("see #bo now", 7, VOCABULARY)
    assert found is not None
    assert (found.start, found.end) == (4, 7)
    assert [(one.insert, one.description) for one in found.candidates] == [("#boiler", "topic")]


def test_a_description_is_one_line() -> None:
    found = complete(";g", 2, VOCABULARY)
    assert found is not None
    assert found.candidates[0].description == "Hello {{ customer.first_name }}"


def test_there_is_an_end_to_what_is_offered() -> None:
    many = Vocabulary(topics=tuple(f"t{number}" for number in range(500)))
    found = complete("#t", 2, many)
    assert found is not None
    assert len(found.candidates) == MOST_CANDIDATES


@given(anything, st.integers(-5, 200))
def test_any_text_and_any_cursor(text: str, cursor: int) -> None:
    found = complete(text, cursor, VOCABULARY)
    if found is not None:
        assert 0 <= found.start <= found.end <= len(text)
        assert found.candidates
        assert not any(letter.isspace() for letter in text[found.start : found.end])


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.insert)
def test_what_is_offered_begins_a_mark(sign: object) -> None:
    insert = sign.insert  # type: ignore[attr-defined]
    assert insert == "#" or kind_at(f"{insert}asha is here ", len(insert) + 12) is not None
