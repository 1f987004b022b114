"""The classes of damage of `benchmarks/search.py` spoil what they say, and no more."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from agent_tui.crowd.people import MadePerson, person
from agent_tui.domain.rules.contacts import normal_form
from agent_tui.text.names import fold
from benchmarks.search_damage import (
    CLASSES,
    REGION,
    ROWS,
    Query,
    added,
    doubled,
    missing,
    neighbour,
    queries,
    slip,
    transposed,
    wrong,
)

words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=14)
Spoil = Callable[[str, random.Random], str]


@cache
def crowd() -> tuple[MadePerson, ...]:
    return tuple(person(7, number) for number in range(1_500))


@cache
def of_class(name: str) -> tuple[tuple[MadePerson, Query], ...]:
    """Queries of a class with those about whom they were made."""
    [damage] = [one for one in CLASSES if one.name == name]
    rng = random.Random(5)
    made = [(one, damage.spoil(one, rng)) for one in crowd()]
    return tuple((one, query) for one, query in made if query is not None)


def slips(query: Query, one: MadePerson) -> int:
    return OSA.distance(query.text, fold(one.name))


@pytest.mark.parametrize("name", [damage.name for damage in CLASSES])
def test_a_query_means_the_person_of_whom_it_was_made(name: str) -> None:
    made = of_class(name)
    assert len(made) > 20
    for one, query in made:
        assert query.means(one)
        assert query.text.strip()
    assert sum(query.means(one) for one in crowd() for query in (made[0][1],)) < 60


@given(words, st.randoms(use_true_random=False))
@pytest.mark.parametrize("spoil", [wrong, missing, doubled, added, neighbour, slip])
def test_one_slip_is_one_slip(spoil: Spoil, word: str, rng: random.Random) -> None:
    assert OSA.distance(spoil(word, rng), word) == 1


@given(words, st.randoms(use_true_random=False))
def test_swapped_letters_are_the_same_letters(word: str, rng: random.Random) -> None:
    made = transposed(word, rng)
    assert sorted(made) == sorted(word)
    assert (made != word) == (len(set(word)) > 1)


@given(words, st.randoms(use_true_random=False))
def test_a_slipping_finger_hits_a_key_beside(word: str, rng: random.Random) -> None:
    made = neighbour(word, rng)
    [(right, hit)] = [pair for pair in zip(word, made, strict=True) if pair[0] != pair[1]]
    [row] = [row for row in ROWS if right in row]
    assert abs(row.index(right) - row.index(hit)) == 1


@pytest.mark.parametrize(
    "name", ["one typo", "letter missing", "letter doubled", "letters swapped", "key beside"]
)
def test_a_name_with_one_typo_has_one(name: str) -> None:
    assert {slips(query, one) for one, query in of_class(name)} == {1}


def test_a_name_with_two_typos_has_at_least_two() -> None:
    counts = [slips(query, one) for one, query in of_class("two typos")]
    assert min(counts) >= 1  # a slip may undo another one's place, never both
    assert sum(count >= 2 for count in counts) > 0.97 * len(counts)


def test_dropped_accents_are_gone_and_nothing_else() -> None:
    for one, query in of_class("accents dropped"):
        assert not any(map(combining, normalize("NFD", query.text)))
        assert query.text != one.name
        assert fold(query.text) == fold(one.name)


def test_other_scripts_are_written_in_ours() -> None:
    for one, query in of_class("other script, in ours"):
        assert query.text.isascii()
        assert not one.name.isascii()


def test_glued_and_split_names_have_all_their_letters() -> None:
    for name, words_more in (("glued", -1), ("split", 1)):
        for one, query in of_class(name):
            assert query.text.replace(" ", "") == fold(one.name).replace(" ", "")
            assert len(query.text.split()) == len(fold(one.name).split()) + words_more


def test_nicknames_are_another_name_of_the_same_family() -> None:
    for one, query in of_class("nickname"):
        assert fold(one.given) not in query.text.split()
        assert query.text.endswith(fold(one.family))


def test_every_writing_of_a_number_is_that_number() -> None:
    writings = set()
    for one, query in of_class("phone, any writing"):
        normal = normal_form("phone", query.text, REGION)
        assert normal in [point.normal for point in one.points]
        writings.add(query.text[:1] + query.text[1:2])
    assert {"+4", "00", "te", "07"} <= writings


def test_a_class_gives_as_many_queries_as_are_asked_for() -> None:
    [damage] = [one for one in CLASSES if one.name == "exact"]
    assert len(queries(damage, crowd(), 7, random.Random(1))) == 7
