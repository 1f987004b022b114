"""The help: what works where the focus is comes first, and what does not work now stands apart."""

from __future__ import annotations

import pytest

from agent_tui.domain.rules.mark_table import MARKS
from agent_tui.services.desk import Desk
from agent_tui.text.cells import width
from agent_tui.tui.action import SCOPES, Scope
from agent_tui.tui.actions import ACTIONS, BY_ID
from agent_tui.tui.screens.help import Acting, HelpLines, help_lines
from agent_tui.tui.widgets.ink import Line, spans_width
from tests.tui.conftest import Open, Stage

EVERY_KEY = {action.id: action.keys for action in ACTIONS}
NOT_NOW = "At the desk, but not now"
MARKS_ARE_TOLD = "Marks in a note make records"
OTHER_PLACES = "In other places: what follows does nothing here"


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
        others = place(found, OTHER_PLACES)
        below = (*lines[not_now:others], *lines[others + 1 :])
        assert {span.ink for one in below for span in one.left if span.text.strip()} == {"dim"}


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


async def test_what_other_places_do_stands_below_all_that_can_be_reached(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("Parked 1")
        await stage.press("ctrl+underscore")
        await stage.until("Help: find box")
        found = rows(stage)
        others = place(found, OTHER_PLACES)
        here: list[Scope] = ["brief", "timeline", "conversation", "caller", "list"]
        for scope in here:
            assert SCOPES[scope] not in found or place(found, SCOPES[scope]) < others
        there: list[Scope] = ["away", "recent", "reading", "relationship", "measure"]
        for scope in there:
            assert others < place(found, SCOPES[scope])
        assert "Everywhere" not in found
        await stage.press("escape", "f2")
        await stage.until("newest first")
        await stage.press("question_mark")
        await stage.until("Help: Recent", "Anywhere here")
        found = rows(stage)
        others = place(found, OTHER_PLACES)
        assert place(found, SCOPES["reading"]) < others < place(found, "At the desk")
        assert others < place(found, SCOPES["brief"])
        assert NOT_NOW not in found


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: size[0])
async def test_where_a_note_is_written_its_marks_are_told(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    [katherine] = desk.finding.find("katherine smith", limit=1).hits
    async with open_app(size=size) as stage:
        await stage.until("Waiting 2")
        stage.app.desk_screen.open(katherine.customer_id)
        await stage.until("about Katherine Smith", "5 to read")
        await stage.press("f4")
        await stage.until("▸ Note")
        await stage.press("ctrl+underscore")
        await stage.until("Help: note", MARKS_ARE_TOLD)
        found = rows(stage)
        told = place(found, MARKS_ARE_TOLD)
        assert told < place(found, SCOPES["desk"])
        for one in MARKS:
            assert told < place(found, f"{one.example}  ") < place(found, SCOPES["desk"])
            assert one.makes in " ".join(" ".join(found).split())
        await stage.looks_like(f"help-note-{size[0]}x{size[1]}")
        await stage.press("escape", "escape")
        await stage.until("▸ Conversation", gone="Help: note")
        await stage.press("question_mark")
        await stage.until("Help: ", gone=MARKS_ARE_TOLD)


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
