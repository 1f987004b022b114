"""What is said in the lowest rows: it covers no text of anybody, and stands while it is true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.notifications import Notification, SeverityLevel
from textual.widgets._toast import Toast

from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.text.cells import wrap
from agent_tui.tui.toasts import ROWS, giving_way, shortened
from tests.text.nasty import NASTY
from tests.tui.conftest import Open, Stage

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
LONG = "a sentence that says why it was not done, and goes on " * 12


def said(words: str, severity: SeverityLevel = "information", at: float = 0) -> Notification:
    return Notification(words, severity=severity, raised_at=at, timeout=1e9)


def toasts(stage: Stage) -> list[Toast]:
    """Those on the screen, from top to bottom."""
    return sorted(stage.app.screen.query(Toast), key=lambda one: one.region.y)


def said_now(stage: Stage) -> list[Notification]:
    """What is said, the oldest first."""
    return sorted(stage.app._notifications, key=lambda one: one.raised_at)


@given(
    st.lists(st.tuples(st.text(max_size=300), st.booleans()), min_size=1, max_size=6),
    st.integers(20, 200),
)
def test_what_stands_there_never_takes_more_than_its_rows(
    given_texts: list[tuple[str, bool]], cells: int
) -> None:
    standing = [
        said(shortened(words, cells), "error" if failed else "information", at)
        for at, (words, failed) in enumerate(given_texts)
    ]
    gone = giving_way(standing, cells)
    left = [one for one in standing if one not in gone]
    assert left[-1] is standing[-1]
    assert sum(max(1, len(wrap(one.message, cells - 3))) for one in left) <= ROWS


def test_what_went_wrong_stays_before_what_is_told() -> None:
    failed, told, newest = said("not kept", "error", 1), said("told", at=2), said("a\nb", at=3)
    assert giving_way([failed, told, newest], 80, 3) == [told]
    assert giving_way([failed, told, said("c", at=3)], 80, 3) == []
    assert giving_way([told, said("other", at=2.5), newest], 80, 3) == [told]


@pytest.mark.parametrize("hostile", NASTY)
def test_no_text_acts_or_takes_more_rows_than_there_are(hostile: str) -> None:
    shown = shortened(f"{hostile} {'x' * 3_000}", 80)
    assert len(wrap(shown, 77)) <= ROWS
    assert not any(ord(letter) < 32 and letter != "\n" for letter in shown)


@SIZES
async def test_neither_the_brief_nor_what_is_typed_is_covered(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        screen = stage.app._desk_screen
        await stage.type("katherine smith")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter", "f4")
        await stage.until("about Katherine Smith")
        await stage.type("words that go on and on " * 3)
        await stage.until("draft kept", "words that go on and on")
        box = screen.note_line.box
        typed = box.region.bottom
        stage.app.notify("told", timeout=60)
        stage.app.notify(LONG, title="Not done", severity="error", timeout=60)
        keys = screen.footer.region.y
        await stage.sees(lambda: [one.region.bottom for one in toasts(stage)][-1:] == [keys])
        await stage.until("Not done · a sentence", "F1 today")
        top = toasts(stage)[0].region.y
        assert top >= typed
        assert top >= keys - ROWS
        assert top > screen.sidebar.brief.region.y + 10
        assert "words that go on and on" in stage.shown


async def test_what_is_said_again_stands_there_once(open_app: Open) -> None:
    async with open_app() as stage:
        for words in ("told", "told", "other", "told"):
            stage.app.notify(words, timeout=60)
        await stage.sees(lambda: [one.message for one in said_now(stage)] == ["other", "told"])


async def test_what_is_gone_leaves_no_row_behind(open_app: Open) -> None:
    async with open_app() as stage:
        keys = stage.app._desk_screen.footer.region.y
        stage.app.notify("other", timeout=60)
        for _time in range(3):
            stage.app.notify("told", timeout=60)
            await stage.until("▌ other", "▌ told")
            await stage.pilot.pause(0.05)
        await stage.sees(lambda: [one.region.y for one in toasts(stage)] == [keys - 2, keys - 1])


async def test_only_what_can_still_be_undone_names_the_key(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(80, 24)) as stage:
        await stage.until("Liam Smith")
        await stage.press("down", "down")
        await stage.until("▸Liam Smith")
        await stage.press("space")
        await stage.until("k  kept")
        await stage.press("k")
        await stage.until("kept: send the plan for the three payments · undo: Space u")
        await stage.until("▸ 李志强", gone="Liam Smith")
        await stage.press("space")
        await stage.until("▸ k  kept", "u  undo: kept: send the plan", "due Sun 22 Nov 17:00")
        await stage.press("k")
        await stage.until("put the three bills in the post · undo: Space u", gone="kept: send")
        assert stage.shown.count("undo: Space u") == 1
        await stage.press("space")
        await stage.until("u  undo: kept: put the three")
        await stage.press("u")
        await stage.until("undone: kept: put the three", gone="undo: Space u")


async def test_a_frame_that_says_something_urgent_is_not_covered(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_texts: object, **_names: object) -> None:
        raise Unavailable("the disk is full")

    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        stage.app.notify(LONG, timeout=1e9)
        await stage.until("▌ a sentence")
        monkeypatch.setattr(stage.desk.drafting, "journal", refuse)
        await stage.press("f4", "a")
        await stage.until("NOT KEPT: the disk is full", "▌ a sentence")
        stage.app.notify(LONG.upper(), timeout=1e9)
        await stage.until("NOT KEPT: the disk is full", "▌ A SENTENCE")
        await stage.until("F1 today", "copies the text")
