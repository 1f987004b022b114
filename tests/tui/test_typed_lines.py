"""What is typed for a short question is on disk from key to key, and comes back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.domain.values.today import DraftText
from agent_tui.services.desk import Desk
from agent_tui.tui.widgets.inputs import PlainInput
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage
from tests.tui.scripted import answered, opened
from tests.tui.test_knowing import to_section

LATE = "send the plan for the three payments"
KATHERINE = "Katherine Smith"
CARD = "4111 1111 1111 1111"


@pytest.fixture
def katherine(desk: Desk) -> int:
    return next(hit.customer_id for hit in desk.finding.find("katherine smith", limit=1).hits)


async def to_knows(stage: Stage) -> None:
    """The keys go to what Katherine is known for."""
    await to_section(stage, "Knows", 1)


async def to_late_promise(stage: Stage) -> None:
    """The cursor of Today goes to the promise that is late."""
    await stage.until("! Liam Smith")
    await stage.press("down", "down")
    await stage.until("!▸Liam Smith")


async def kept(stage: Stage, desk: Desk, text: str) -> DraftText:
    """Wait until a line is on disk."""
    await stage.sees(lambda: text in [one.text for one in desk.drafting.lines()])
    return next(one for one in desk.drafting.lines() if one.text == text)


def killed_at_this_moment(url: str, at: Path) -> str:
    """The desk as a program that is killed now would leave it."""
    with (
        closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as running,
        closing(sqlite3.connect(at)) as left,
    ):
        running.backup(left)
    return f"sqlite:///{at}"


async def test_what_is_added_to_what_we_know_survives_esc_and_is_done_once(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with open_app() as stage:
        await to_knows(stage)
        await stage.press("+")
        await stage.until("What is worth knowing about Katherine")
        await stage.type("prefers the side door")
        line = await kept(stage, desk, "prefers the side door")
        assert line.about == Asked(ids.show(ids.CUSTOMER, katherine), "fact").about
        await stage.press("escape")
        await stage.until("kept: prefers the side door", gone="What is worth knowing")
        await stage.press("+")
        await stage.until("typed before", gone="kept: prefers the side door")
        await stage.until("What is worth knowing", "prefers the side door")
        await stage.type(" at night")
        await kept(stage, desk, "prefers the side door at night")
        await stage.press("enter")
        await stage.until("prefers: the side door at night", gone="What is worth knowing")
        await stage.sees(lambda: desk.drafting.lines() == ())
        await stage.press("+")
        await stage.until("What is worth knowing")
        assert stage.app.screen.query_one(PlainInput).value == ""


async def test_ctrl_u_clears_what_was_typed_before_and_its_draft(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", "w")
        await stage.until("Withdraw, because?")
        await stage.type("they moved")
        await kept(stage, desk, "they moved")
        await stage.press("escape", "space", "w")
        await stage.until("typed before, ctrl+u clears it")
        await stage.press("ctrl+u")
        await stage.until("Enter · Esc: not now", gone="typed before")
        await stage.sees(lambda: desk.drafting.lines() == ())


@pytest.mark.parametrize("at", ["typing", "told"])
async def test_a_program_that_is_killed_leaves_it_in_today_where_enter_asks_it_again(
    open_app: Open, desk: Desk, desk_url: str, tmp_path: Path, at: str
) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", "w")
        await stage.until("Withdraw, because?")
        await stage.type("they moved away")
        if at == "told":
            await stage.press("enter")
            await stage.until("Has the customer been told?")
        await kept(stage, desk, "they moved away")
        left = killed_at_this_moment(desk_url, tmp_path / "left.sqlite")
    with closing(make_desk(left, now=NOW, zone=ZONE)) as later:
        [draft] = later.opening.today().drafts
        assert (draft.kind, draft.subject) == ("line", "Liam Smith")
        async with open_app(url=left, size=(120, 60)) as stage:
            await stage.until("they moved away ·")
            while "▸ Liam Smith            they moved" not in stage.shown:
                await stage.press("down")
                await stage.pilot.pause()
            await stage.press("enter")
            await stage.until("Withdraw, because?", "they moved away", "typed before")
            await stage.press("enter", "y")
            await stage.until("withdrawn: send the plan")
            await stage.sees(lambda: later.drafting.lines() == ())
        assert LATE not in [one.text for one in later.promising.still_open(mine=True)]


async def test_a_card_in_a_line_never_reaches_the_disk(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(120, 60)) as stage:
        await stage.press("shift+f3")
        await stage.until("What is in your way?", "▸ something else")
        await stage.type(f"it asks for {CARD} twice")
        await stage.sees(lambda: any("twice" in one.text for one in desk.drafting.lines()))
        [line] = desk.drafting.lines()
        assert "4111 1111 1111" not in line.text
        await stage.press("escape")
        await stage.until("what is in my way", "it asks for", gone="What is in your way?")


async def test_what_is_typed_when_the_program_ends_is_on_disk(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", "m")
        await stage.until("Until when?")
        await stage.type("fri 10am")
    assert [one.text for one in desk.drafting.lines()] == ["fri 10am"]


async def test_a_decision_ends_with_its_reason(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("! Complaint")
        await stage.press("enter")
        await stage.until(f"about {KATHERINE}")
        await stage.press("b", "down", "space", "d")
        await stage.until("What will be done about it?")
        await stage.type("an engineer")
        await stage.press("enter")
        await stage.until("Why was it decided so?")
        await stage.type("they waited")
        await kept(stage, desk, "they waited")
        await kept(stage, desk, "an engineer")
        await stage.press("enter")
        await stage.until("C7K2 tell the decision")
        await stage.sees(lambda: desk.drafting.lines() == ())


async def test_an_answer_in_a_script_comes_back_with_its_step_alone(
    open_app: Open, desk: Desk
) -> None:
    run = opened(desk).run.id
    async with open_app() as stage:
        await stage.until("step 1 of 6")
        await stage.press("f5", "0")
        await stage.until("What did the waiting cost you?")
        await stage.type("a morn")
        line = await kept(stage, desk, "a morn")
        assert line.about.startswith(f"{ids.show(ids.RUN, run)}/script.")
        await stage.press("escape")
        await stage.until("kept: a morn", gone="Enter without words")
        await stage.press("0")
        await stage.until("What did the waiting cost you?", "typed before")
        await stage.type("ing")
        await stage.press("enter")
        await stage.until("step 2 of 6")
        await stage.sees(lambda: desk.drafting.lines() == ())
        assert [one.answer for one in desk.scripting.run(run).log] == ["a morning"]


async def test_a_refused_answer_stays_a_draft_until_it_is_taken(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(120, 60)) as stage:
        await to_late_promise(stage)
        await stage.press("space", "w")
        await stage.until("Withdraw, because?")
        await stage.type("they moved")
        await kept(stage, desk, "they moved")
        [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
        desk.promising.keep(late.id)
        await stage.press("enter", "y")
        await stage.until("Withdraw, because?", "they moved")
        assert [one.text for one in desk.drafting.lines()] == ["they moved"]
        await stage.press("escape")
        await stage.until("they moved · that promise")


async def test_in_today_a_line_becomes_a_note_or_is_thrown_away(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    call = answered(desk)
    about = Asked(ids.show(ids.INTERACTION, call.id), "tried").about
    desk.drafting.journal(about, "rang twice", draft_id=7, kind="line")
    async with open_app(size=(120, 60)) as stage:
        await stage.press("f1")
        await stage.until("rang twice · what")
        while "▸ Katherine Smith       rang twice" not in stage.shown:
            await stage.press("down")
            await stage.pilot.pause()
        await stage.press("space")
        await stage.until("c  copy it", "n  make it a note", "x  throw it away")
        await stage.press("n")
        await stage.until("the draft of a note now: rang twice", gone="rang twice · what")
        assert desk.drafting.lines() == ()
        draft = desk.opening.draft(ids.show(ids.CUSTOMER, katherine), katherine)
        assert draft is not None
        assert draft.text == "rang twice"
        await stage.press("space", "u")
        await stage.until("rang twice · what")


async def test_a_line_whose_question_is_over_says_so_and_becomes_a_note(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    run = opened(desk).run.id
    about = Asked(ids.show(ids.RUN, run), "script.1").about
    desk.drafting.journal(about, "a morning off", draft_id=7, kind="line")
    desk.scripting.end(run)
    async with open_app(size=(120, 60)) as stage:
        await stage.press("f1")
        await stage.until("a morning off · that script is")
        while "▸ Katherine Smith       a morning off" not in stage.shown:
            await stage.press("down")
            await stage.pilot.pause()
        await stage.press("enter")
        await stage.until("That script is over", "an answer in a script", "x  throw it away")
        await stage.press("n")
        await stage.until("the draft of a note now: a morning off", gone="that script is")
        draft = desk.opening.draft(ids.show(ids.CUSTOMER, katherine), katherine)
        assert draft is not None
        assert (draft.text, draft.over) == ("a morning off", None)


async def test_the_answers_of_a_wrap_up_that_is_done_are_kept_or_thrown_away(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    call = answered(desk)
    desk.conversing.end(call.id)
    about = ids.show(ids.INTERACTION, call.id)
    desk.drafting.journal(about, "outcome: sent", draft_id=7, kind="wrap_up")
    desk.wrapping_up.finish(call.id, "yes")
    async with open_app(size=(120, 60)) as stage:
        await stage.press("f1")
        await stage.until("outcome: sent · that")
        while "▸ Katherine Smith       outcome" not in stage.shown:
            await stage.press("down")
            await stage.pilot.pause()
        await stage.press("enter")
        await stage.until("That conversation is wrapped up", "n  make it a note about them")
        await stage.press("x")
        await stage.until("thrown away: outcome")
        assert desk.opening.today().drafts == ()


async def test_ctrl_u_deletes_to_the_beginning_of_the_line_wherever_words_are_typed(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        await stage.type("nobody")
        await stage.press("ctrl+u")
        assert stage.app._desk_screen.finder.query_text == ""
        await stage.type("kath smi")
        await stage.until("! Complaint")
        await stage.press("enter")
        await stage.until(f"about {KATHERINE}")
        await stage.press("f4")
        await stage.until("▸ Note")
        await stage.type("half a thought")
        await stage.press("left", "left", "ctrl+u")
        await stage.sees(lambda: stage.app._desk_screen.note_line.text == "ht")
