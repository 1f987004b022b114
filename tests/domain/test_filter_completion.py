"""What is offered at the cursor of a filter fits there, and is understood once it is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.filter_completion import MOST, complete
from tests.domain.filtered import KNOWN, texts, understood


def offered(text: str, cursor: int | None = None) -> list[str]:
    """What the text would be, with each that is offered."""
    found = complete(text, len(text) if cursor is None else cursor, known=KNOWN)
    return [text[: one.start] + one.text + text[one.end :] for one in found]


@pytest.mark.parametrize(
    ("text", "become"),
    [
        ("ag", ["agent:", "agenda:", "repeat:"]),
        ("-pro", ["-promise:"]),
        ("met:no le", ["met:no length:"]),
        ("sin", ["after:"]),
        ("agent:", ["agent:mira", "agent:asha", "agent:tom", 'agent:"o\'brien,jr"', "agent:me",
                    "agent:nobody"]),
        ("agent:mira,a", ["agent:mira,asha"]),
        ("by:T", ["by:tom"]),
        ("met:no", ["met:not_asked"]),
        ('met:"not a', ["met:not_asked"]),
        ('team:"nor', ["team:North", 'team:"north desk"']),
        ("team:th", ['team:"the ""other"" one"']),
        ("topic:B", ["topic:boiler", "topic:bill"]),
        ("#b", ["#boiler", "#bill"]),
        ("-@a", ["-@asha"]),
        ("script:o", ["script:override"]),
        ("after:last", ['after:"last week"', 'after:"last month"']),
        ("length:>", ["length:>10m", "length:>1h"]),
        ("repeat:1", ["repeat:14d"]),
        ("customer:kath", []),
        ('"stayed ho', []),
        ("boiler", []),
        ("colour:", []),
    ],
)  # fmt: skip
def test_what_is_offered(text: str, become: list[str]) -> None:
    assert offered(text) == become


def test_fields_come_first_the_most_asked_for_before_the_others() -> None:
    assert offered("")[:4] == ["agent:", "channel:", "topic:", "met:"]
    assert len(offered("")) == MOST
    assert offered("met:no ", 7)[0] == "met:no agent:"


def test_a_word_is_replaced_whole_from_anywhere_in_it() -> None:
    assert offered("agent:masha met:no", 7) == ["agent:mira met:no", "agent:me met:no"]
    assert offered("agenda:x", 2) == ["agent:x", "repeat:x"]


def test_each_tells_what_it_means() -> None:
    assert [one.help for one in complete("met:y", 5, known=KNOWN)] == [
        "they got what they came for"
    ]


@given(texts, st.integers(-1, 60))
def test_whatever_is_taken_makes_no_new_mistake_of_its_own(text: str, cursor: int) -> None:
    for one in complete(text, cursor, known=KNOWN):
        assert 0 <= one.start <= one.end <= len(text)
        assert one.text != text[one.start : one.end]
        assert one.help
        became = text[: one.start] + one.text + text[one.end :]
        if not one.text.endswith(":"):
            end = one.start + len(one.text)
            marked = [(bad.start, bad.end) for bad in understood(became).mistakes]
            assert (one.start, end) not in marked
