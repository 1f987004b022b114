"""How a caller was verified is a method; what looks like an answer is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.verification import method_of
from agent_tui.domain.values.verification import METHOD_LIMIT, VERIFICATIONS
from agent_tui.errors import Refused


@pytest.mark.parametrize("method", VERIFICATIONS)
def test_a_method_of_the_list_is_known_whatever_its_case(method: str) -> None:
    assert method_of(method.upper()) == method


@pytest.mark.parametrize(
    "words",
    ["their old name", "mother's maiden name", "Rückruf", "call-back", "पहचान पत्र", "x" * 40],
)
def test_a_method_in_ones_own_words_is_taken(words: str) -> None:
    assert method_of(words) == words


@pytest.mark.parametrize(
    "words",
    [
        "mother's maiden name: Kowalski",
        "mother's maiden name = Kowalski",
        "born 12.3.1980",
        "PIN 4",
        "code ١٢٣٤",
        "katherine@example.com",
        "“Kowalski”",
        "x" * 41,
    ],
)
def test_what_looks_like_an_answer_is_refused(words: str) -> None:
    with pytest.raises(Refused, match="never what they answered"):
        method_of(words)


@given(st.text(min_size=1))
def test_nothing_with_a_digit_or_a_sign_is_ever_kept(words: str) -> None:
    try:
        kept = method_of(words)
    except Refused:
        return
    assert kept in VERIFICATIONS or (kept == words and len(kept) <= METHOD_LIMIT)
    assert not any(letter.isdigit() or letter in ":=@/\n" for letter in kept)
