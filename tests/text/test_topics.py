from __future__ import annotations

import pytest
from hypothesis import given

from agent_tui.text.topics import topics_in
from tests.text.strategies import anything


@pytest.mark.parametrize(
    ("note", "topics"),
    [
        ("Wants #refund, again #Late-Delivery.", ["refund", "late-delivery"]),
        ("#Refund #refund #REFUND", ["refund"]),
        ("order #12345 and #W2611340 (#vip)", ["w2611340", "vip"]),
        ("C#sharp a#b http://x/#part &#x27; ##no # alone", []),
        ("#Größe #हिन्दी #می\u200cخواهم", ["grösse", "हिन्दी", "می\u200cخواهم"]),
        ("#late- #_x_ #-", ["late", "x"]),
        ("line\n#two\tlines", ["two"]),
        ("", []),
    ],
)
def test_topics_in(note: str, topics: list[str]) -> None:
    assert topics_in(note) == topics


@given(anything)
def test_any_note_has_topics_each_once(note: str) -> None:
    topics = topics_in(f"{note} #known")
    assert "known" in topics
    assert len(set(topics)) == len(topics)
    assert topics_in(" ".join(f"#{topic}" for topic in topics)) == topics
