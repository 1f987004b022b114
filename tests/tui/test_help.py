"""The help: what works where the focus is comes first, and what does not work now stands apart."""

from __future__ import annotations

import pytest

from agent_tui.text.cells import width
from agent_tui.tui.action import SCOPES
from agent_tui.tui.actions import ACTIONS, BY_ID
from agent_tui.tui.screens.help import Acting, HelpLines, help_lines
from agent_tui.tui.widgets.ink import Line, spans_width
from tests.tui.conftest import Open, Stage

EVERY_KEY = {action.id: action.keys for action in ACTIONS}
NOT_NOW = "At the desk, but not now"


def text(line: Line) -> str:
    return "".join(span.text for span in line.left)


def rows(stage: Stage) -> list[str]:
    """All rows of the help that is open."""
    return [text(one) for one in stage.app.screen.query_one(HelpLines).lines]


def place(found: list[str], words: str) -> int:
    return next(at for at, row in enumerate(found) if words in row)


async def test_what_works_in_the_panel_comes_first_and_the_title_names_it(open_app: Open) -> None:
    async with open_app(size=(80, 24)) as stage:
        await stage.type("katherine smith")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "5 to read")
        await stage.press("b")
        await stage.until("x wrong")
        await stage.press("question_mark")
        await stage.until("▸ Help: brief", "Here: brief", "PgDn reads on · Esc closes")
        found = rows(stage)
        here, anywhere = place(found, "Here: brief"), place(found, SCOPES["desk"])
        assert here < place(found, BY_ID["wrong"].title) < anywhere
        assert here < place(found, BY_ID["next_section"].help[:20]) < anywhere
        assert anywhere < place(found, BY_ID["note"].title) < place(found, SCOPES["timeline"])
        assert place(found, SCOPES["timeline"]) < place(found, BY_ID["next_kind"].title)
        assert sum(BY_ID["next_section"].title in row for row in found) == 1
        await stage.press("pagedown")
        await stage.until("Go to the find box", gone="Here: brief")
        await stage.press("escape")
        await stage.until("x wrong", gone="Help: brief")


async def test_what_cannot_be_done_now_stands_apart_without_emphasis(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("Parked 1")
        await stage.press("ctrl+underscore")
        await stage.until("Help: find box", SCOPES["desk"])
        found = rows(stage)
        not_now = place(found, NOT_NOW)
        assert place(found, BY_ID["find"].title) < not_now
        assert not_now < place(found, BY_ID["attach"].title)
        assert not_now < place(found, BY_ID["today"].title)
        lines = stage.app.screen.query_one(HelpLines).lines
        inks = {span.ink for one in lines[not_now:] for span in one.left if span.text.strip()}
        assert inks == {"dim"}


async def test_where_text_is_typed_no_letter_is_named(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type("katherine smith")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter", "f4")
        await stage.until("▸ Note")
        await stage.press("ctrl+underscore")
        await stage.until("Help: note", SCOPES["desk"])
        found = rows(stage)
        assert found[place(found, BY_ID["find"].title)].startswith("ctrl+f  ")
        assert found[place(found, BY_ID["help"].title)].startswith("ctrl+_  ")


@pytest.mark.parametrize("cells", [60, 72, 96])
def test_keys_and_titles_stand_whole_in_their_columns(cells: int) -> None:
    acting = Acting("brief", frozenset({"wrong"}), frozenset({"note"}), EVERY_KEY)
    lines = help_lines(acting, ("a key is taken twice",), cells)
    assert text(lines[0]) == "a key is taken twice"
    assert text(lines[2]) == "Here: brief"
    for line in lines:
        assert spans_width(line.left) <= max(cells, 64)
        assert "…" not in text(line)
    named = {action.title for action in ACTIONS for line in lines if action.title in text(line)}
    assert named == {action.title for action in ACTIONS}
    assert all(width(line.left[0].text) == 16 for line in lines if len(line.left) == 3)
