"""Whatever a filter says is answered: every field, every value, and any hostile text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from agent_tui.domain.rules.filter_fields import TABLE
from agent_tui.domain.values.filters import Filter
from agent_tui.services.desk import Desk
from tests.domain.filtered import texts
from tests.services.test_exporting import talks
from tests.tui.naughty import NAUGHTY

EXAMPLES = [
    *(field.example for field in TABLE if field.takes != "team"),
    *(f"{field.name}:{code.name}" for field in TABLE for code in field.codes),
    *(f"{field.name}:boiler" for field in TABLE if field.takes in ("words", "customer", "topic")),
    *(
        "on:2026-03-10",
        "after:9am",
        "length:2m..5m",
        "repeat:30d",
        "boiler",
        '"the boiler"',
        "boi*",
    ),
    *("customer:katherine", "customer:c_0SA5ETVBXRKF0", "met:no,partly", 'mood:"a ""b"""'),
]


@pytest.fixture
def filled(mira: Desk) -> Desk:
    """A desk on which something happened."""
    talks(mira, ["the boiler", *NAUGHTY])
    return mira


def found(desk: Desk, text: str) -> int:
    understood = desk.browsing.understand(text)
    assert understood.mistakes == ()
    wanted = understood.filter
    count = desk.browsing.count(wanted)
    rows = desk.browsing.page(wanted, limit=200).rows
    assert count.is_exact
    assert len(rows) == count.count
    return len(rows)


def test_every_field_and_every_value_is_answered(filled: Desk) -> None:
    total = found(filled, "")
    assert total == len(NAUGHTY) + 1
    for text in EXAMPLES:
        if text.startswith("script:") and text.split(":")[1] not in ("any", "none", "override"):
            continue
        these, others = found(filled, text), found(filled, f"-{text}")
        assert these + others == total, text


def test_what_is_written_in_a_talk_is_found_in_it(filled: Desk) -> None:
    assert found(filled, 'agenda:"the boiler"') == 1
    assert found(filled, '"the boiler" met:no customer:katherine') == 1
    assert found(filled, "topic:boiler") == len(NAUGHTY) + 1
    assert found(filled, "agent:mira") + found(filled, "agent:nobody") == len(NAUGHTY) + 1


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts)
def test_no_text_breaks_a_query(filled: Desk, text: str) -> None:
    wanted = filled.browsing.understand(text).filter
    rows = filled.browsing.page(wanted, limit=200).rows
    assert len(rows) == filled.browsing.count(wanted).count
    everything = {row.interaction.id for row in filled.browsing.page(Filter(), limit=200).rows}
    assert {row.interaction.id for row in rows} <= everything
