"""The page of keys is what the action table says today."""

from __future__ import annotations

from agent_tui.tui.actions import ACTIONS, key_name
from tools.make_key_page import PAGE, page


def test_the_page_is_the_one_that_would_be_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make keys`"


def test_every_action_stands_on_it_with_all_its_keys() -> None:
    rows = {line.rpartition(" | ")[2]: line for line in page().splitlines() if "|" in line}
    for action in ACTIONS:
        row = rows[f"`{action.id}` |"]
        assert action.help.replace("|", "\\|") in row
        assert all(f"`{key_name(key)}`" in row for key in action.keys)
