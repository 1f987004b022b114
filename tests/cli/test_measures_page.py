"""The page of measures is what the definitions say today."""

from __future__ import annotations

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.values.measures import MEASURES
from tools.make_measures_page import PAGE, page


def test_the_page_is_the_one_that_would_be_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make measures`"


def test_every_measure_says_all_that_it_has_to() -> None:
    assert tuple(DEFINITIONS) == MEASURES
    for one in DEFINITIONS.values():
        said = (one.title, one.what, one.counted, one.out_of, one.missing, one.does_not_show)
        assert all(said)
        assert len({code for code, _ in one.bands}) == len(one.bands)
