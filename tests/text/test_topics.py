from __future__ import annotations

import pytest
from hypothesis import given

from agent_tui.text.topics import topic_of
from tests.text.strategies import anything


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("refund,", ("refund", 6)),
        ("Late-Delivery.", ("late-delivery", 13)),
        ("W2611340", ("w2611340", 8)),
        ("late-", ("late", 5)),
        ("_x_", ("x", 3)),
        ("Größe", ("grösse", 5)),
        ("हिन्दी", ("हिन्दी", 6)),
        ("می\u200cخواهم", ("می\u200cخواهم", 8)),
        ("12345", ("", 0)),
        ("-", ("", 0)),
        ("", ("", 0)),
    ],
)
def test_topic_of(word: str, topic: tuple[str, int]) -> None:
    assert topic_of(word) == topic


@given(anything)
def test_a_topic_is_a_topic_again(word: str) -> None:
    topic, length = topic_of(word)
    assert length <= len(word)
    assert not topic or topic_of(topic)[0] == topic
