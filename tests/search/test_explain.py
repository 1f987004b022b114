"""Highlighting marks the very characters that matched, in the text as it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given

from agent_tui.domain.values.finding import MatchField, MatchKind
from agent_tui.domain.values.index import Outline
from agent_tui.search.explain import explain
from agent_tui.search.reasons import Reason
from tests.text.strategies import clean_lines


def marked(text: str, kind: MatchKind, typed: str, found: str, field: MatchField = "name") -> str:
    """`text` with brackets around what is highlighted."""
    listing = Outline(1, text, None, None, None)
    (match,) = explain([Reason(0.0, field, kind, typed, found)], listing)
    shown = match.text
    for start, end in reversed(match.positions):
        shown = f"{shown[:start]}[{shown[start:end]}]{shown[end:]}"
    return shown


@pytest.mark.parametrize(
    ("text", "kind", "typed", "found", "expected"),
    [
        ("Katherine Smith", "exact", "smith", "smith", "Katherine [Smith]"),
        ("Katherine Smith", "prefix", "kath", "katherine", "[Kath]erine Smith"),
        ("Katherine Smith", "near", "smth", "smith", "Katherine [Sm]i[th]"),
        ("Katherine Smith", "nickname", "kate", "katherine", "[Katherine] Smith"),
        ("Katherine Smith", "sound", "catrin", "katherine", "[Katherine] Smith"),
        ("José Müßig", "prefix", "jos", "jose", "[Jos]é Müßig"),
        ("José Müßig", "exact", "jose", "jose", "[José] Müßig"),
        ("José Müßig", "prefix", "mus", "mussig", "José [Müß]ig"),
        ("Jose\u0301 Ruiz", "exact", "jose", "jose", "[Jose\u0301] Ruiz"),
        ("O'Brien-Lee", "exact", "obrien", "obrien", "[O]'[Brien]-Lee"),
        ("Anne-Marie", "prefix", "mar", "marie", "Anne-[Mar]ie"),
        ("Сергей", "prefix", "serg", "sergey", "[Серг]ей"),
    ],
)
def test_words(text: str, kind: MatchKind, typed: str, found: str, expected: str) -> None:
    assert marked(text, kind, typed, found) == expected


def test_a_phone_number_is_marked_through_its_punctuation() -> None:
    shown = "+44 (20) 7946-0018"
    assert marked("", "digits", "460018", shown, "phone") == "+44 (20) 79[46]-[0018]"
    assert marked("", "exact", "442079460018", "020 7946 0018", "phone") == "0[20] [7946] [0018]"


def test_clues_in_one_field_share_one_match() -> None:
    listing = Outline(1, "Katherine Smith", None, "Smith", None)
    reasons = [
        Reason(0.0, "name", "exact", "smith", "smith"),
        Reason(0.0, "name", "exact", "katherine", "katherine"),
        Reason(0.0, "city", "prefix", "smi", "smith"),
    ]
    assert [(match.field, match.positions) for match in explain(reasons, listing)] == [
        ("name", ((0, 9), (10, 15))),
        ("city", ((0, 3),)),
    ]


@given(clean_lines, clean_lines)
def test_positions_lie_within_any_text(text: str, typed: str) -> None:
    listing = Outline(1, text, None, None, None)
    reasons = [Reason(0.0, "name", "near", typed, word) for word in text.casefold().split()[:3]] + [
        Reason(0.0, "email", "part", typed, text)
    ]
    for match in explain(reasons, listing):
        assert all(0 <= start < end <= len(match.text) for start, end in match.positions)
