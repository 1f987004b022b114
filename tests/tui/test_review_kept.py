"""What is said and judged in a review is on disk from key to key, and is gone on with."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from agent_tui.services.desk import Desk
from agent_tui.tui.widgets.rows import Row
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage
from tests.tui.test_recent_lead import go, make_lead, recent
from tests.tui.test_typed_lines import killed_at_this_moment


async def test_what_is_typed_of_a_review_is_kept_from_key_to_key(
    open_app: Open, desk: Desk
) -> None:
    make_lead(desk)
    async with open_app() as stage:
        await go(stage, "asha")
        await stage.press("w")
        await stage.until("A review for Asha Raman")
        await stage.type("half a thou")
        await stage.sees(lambda: [one.text for one in desk.drafting.lines()] == ["half a thou"])
        await stage.press("enter")
        await stage.until("What was looked for")
        assert [one.text for one in desk.drafting.lines()] == ["half a thou"]
        await stage.press("escape")
        await stage.until("half a thou")
        await stage.press("escape")
        await stage.until("kept: half a thou")
    async with open_app() as stage:
        await go(stage, "asha")
        await stage.press("w")
        await stage.until("half a thou", "typed before")


async def judge(stage: Stage) -> None:
    """To the criteria of Asha's newest conversation; two are judged, one of them with a comment."""
    await stage.press("w")
    await stage.until("A review for Asha Raman")
    await stage.type("half a thought")
    await stage.press("enter")
    await stage.until("What was looked for")
    await stage.press("1", "2", "2", "c")
    await stage.until("missed: ")
    await stage.type("Friday, not Monday")
    await stage.press("enter")
    await stage.until("Friday, not Monday", gone="missed: ")


async def test_what_is_judged_is_back_after_another_place(open_app: Open, desk: Desk) -> None:
    make_lead(desk)
    async with open_app(size=(120, 60)) as stage:
        await go(stage, "asha")
        await judge(stage)
        await stage.press("5", "c")
        await stage.until("met: ")
        await stage.type("begun")
        await stage.press("f1")
        await stage.until("kept: your review")
        await stage.until("judged in a review: 2 met, 1 mi", "half a thought · a review")
        await stage.until("begun · a comment on what was l")
        await go(stage, "asha")
        await stage.press("w")
        await stage.until("half a thought", "what you judged is kept")
        await stage.press("enter")
        await stage.until("judged before, ctrl+u clears it", "typed, not in it yet: c · begun")
        assert stage.shown.count("✓") == 2
        await stage.until("✗", "Friday, not Monday")
        await stage.press("j", "j", "j", "j", "c")
        await stage.until("met: ", "typed before")
        await stage.press("enter")
        await stage.until("begun", gone="not in it yet")
        await stage.press("enter")
        await stage.until("told Asha Raman")
        [made] = desk.reviewing.by_me()
        assert [(one.verdict, one.comment) for one in made.criteria] == [
            ("met", None),
            ("missed", "Friday, not Monday"),
            ("met", "begun"),
        ]
        await stage.sees(lambda: desk.drafting.lines() == ())


async def test_what_was_begun_is_gone_on_with_from_today(open_app: Open, desk: Desk) -> None:
    make_lead(desk)
    async with open_app(size=(120, 60)) as stage:
        await go(stage, "asha")
        await stage.press("enter")
        screen = recent(stage)
        await stage.sees(lambda: screen.reading.pane.current)
        line = screen.reading.pane.current
        assert line is not None
        await judge(stage)
        await stage.press("f1")
        await stage.until("judged in a review: 1 met, 1 mi")
        pane = stage.app.desk_screen.today_pane
        while not isinstance(pane.key, Row) or pane.key.kind != "draft":
            pane.move(1)
        await stage.press("enter")
        await stage.until("A review for Asha Raman", "half a thought", "what you judged is kept")
        await stage.press("enter")
        await stage.until("judged before", "Friday, not Monday")
        await stage.press("enter")
        await stage.until("told Asha Raman")
        [made] = desk.reviewing.by_me()
        assert (made.message_id or made.note_id, len(made.criteria)) == (line.id, 2)
        await stage.sees(lambda: desk.drafting.lines() == ())


async def test_what_is_judged_survives_a_kill(
    open_app: Open, desk: Desk, desk_url: str, tmp_path: Path
) -> None:
    make_lead(desk)
    async with open_app() as stage:
        await go(stage, "asha")
        await judge(stage)
        await stage.sees(
            lambda: any("Friday, not Monday" in one.text for one in desk.drafting.lines())
        )
        left = killed_at_this_moment(desk_url, tmp_path / "left.sqlite")
    async with open_app(url=left, size=(120, 60)) as stage:
        await stage.until("judged in a review: 1 met, 1 mi", "half a thought · a review")
        await go(stage, "asha")
        await stage.press("w")
        await stage.until("half a thought", "what you judged is kept")
        await stage.press("enter")
        await stage.until("✓", "✗", "Friday, not Monday")
        await stage.press("ctrl+u")
        await stage.until("digits judge", gone="Friday, not Monday")
        assert "✓" not in stage.shown
        await stage.press("escape")
        await stage.until("half a thought", gone="what you judged is kept")
        await stage.press("ctrl+u", "escape")
        await stage.until("newest first", gone="A review for")
        with closing(make_desk(left, now=NOW, zone=ZONE)) as later:
            await stage.sees(lambda: later.drafting.lines() == ())


async def test_praise_loses_nothing_that_was_judged(open_app: Open, desk: Desk) -> None:
    make_lead(desk)
    async with open_app() as stage:
        await go(stage, "asha")
        await judge(stage)
        await stage.press("p")
        await stage.until("Praise goes without what was judged")
        await stage.press("2", "2")
        await stage.until("Its comment keeps it judged", "met")
        await stage.press("ctrl+u", "p")
        await stage.until("told Asha Raman: half a thought")
        [made] = desk.reviewing.by_me()
        assert (made.kind, made.criteria) == ("praise", ())
