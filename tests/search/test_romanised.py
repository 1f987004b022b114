"""Family names that are written in Latin letters in more ways than one."""

from __future__ import annotations

import pytest

from agent_tui.search.romanised import romanised
from agent_tui.text.names import fold
from tests.processes import run_python

LOADED = """
import sys
from agent_tui.search.romanised import romanised
romanised("sato")
print("anyascii" in sys.modules)
"""


@pytest.mark.parametrize(
    ("typed", "written"),
    [("sato", "佐藤"), ("suzuki", "鈴木"), ("saito", "斎藤"), ("wong", "Huang"), ("lee", "Li")],
)
def test_one_is_found_by_the_other(typed: str, written: str) -> None:
    assert fold(written) in romanised(typed)
    assert typed in romanised(fold(written))


def test_a_name_that_is_written_in_one_way_has_no_other() -> None:
    assert romanised("katherine") == frozenset()


def test_looking_one_up_loads_no_tables_of_scripts() -> None:
    assert run_python(LOADED) == "False"
