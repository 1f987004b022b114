"""The note has the rows that its text and its preview need, also on another screen."""

from __future__ import annotations

from agent_tui.domain.values import ids
from agent_tui.services.desk import Desk
from tests.tui.conftest import Open, Stage

TWICE = "cust says twice !refund it +2d =prefers calls"
FRAME = 2


async def open_katherine(stage: Stage, says: str = "about Katherine Smith") -> None:
    await stage.type("katherine smith")
    await stage.until("▸ Katherine Smith", "late 6 d")
    await stage.press("enter")
    await stage.until(says)


def rows(stage: Stage) -> tuple[int, int, int]:
    """Those of the text, of the preview, and of both in their frame."""
    note = stage.app.desk_screen.note_line
    return note.box.size.height, note._bar.size.height, note.outer_size.height


async def test_a_draft_that_comes_back_is_seen_from_its_first_word(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    about = ids.show(ids.CUSTOMER, katherine)
    desk.drafting.journal(about, TWICE, draft_id=ids.new_id())
    async with open_app(size=(80, 24)) as stage:
        await open_katherine(stage, "draft from before")
        await stage.until("cust says twice", "=prefers calls")
        await stage.sees(lambda: rows(stage) == (2, 1, FRAME + 3))


async def test_another_screen_gives_it_the_rows_of_that_screen(open_app: Open) -> None:
    async with open_app(size=(80, 24)) as stage:
        await open_katherine(stage)
        await stage.press("f4")
        await stage.type(TWICE)
        await stage.sees(lambda: rows(stage) == (2, 1, FRAME + 3))
        await stage.pilot.resize_terminal(120, 36)
        await stage.sees(lambda: rows(stage) == (1, 2, FRAME + 3))
        await stage.pilot.resize_terminal(80, 24)
        await stage.sees(lambda: rows(stage) == (2, 1, FRAME + 3))


async def test_the_next_note_does_not_inherit_the_rows_of_the_last(open_app: Open) -> None:
    async with open_app(size=(120, 36)) as stage:
        await open_katherine(stage)
        await stage.press("f4")
        await stage.type(TWICE)
        await stage.sees(lambda: rows(stage) == (1, 2, FRAME + 3))
        await stage.until("draft kept")
        await stage.press("f1")
        await stage.until("Promised by me")
        await stage.sees(lambda: rows(stage) == (1, 1, FRAME + 2))
