"""What can be done with a row: chosen with a key, written, said, and taken back again."""

from __future__ import annotations

from contextlib import closing

import pytest
from textual.events import Key

from agent_tui.services.desk import Desk
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

LATE = "send the plan for the three payments"


async def to_late_promise(stage: Stage) -> None:
    """The cursor of Today goes to the promise that is late, and its menu opens."""
    await stage.until("! Liam Smith")
    await stage.press("down", "down")
    await stage.until("!▸Liam Smith")


def mine(desk: Desk) -> dict[str, str]:
    """The open promises of this agent, with the customers."""
    return {one.text: one.customer for one in desk.promising.still_open(mine=True)}


async def test_a_promise_is_kept_with_two_keys_and_opened_again_with_two(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", "k")
        await stage.until("kept: send the plan", "Space u", gone="! Liam Smith")
        assert LATE not in mine(desk)
        await stage.press("space", "u")
        await stage.until("undone: kept", "! Liam Smith")
        assert LATE in mine(desk)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")
async def test_the_menu_says_what_is_known_of_a_promise(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await to_late_promise(stage)
        await stage.press("space")
        await stage.until("k  kept", "Liam Smith · Mira Okafor · due Sun 15 Nov")
        await stage.looks_like(f"act-promise-{size[0]}x{size[1]}")
        await stage.press("escape")
        await stage.until("!▸Liam Smith", gone="k  kept")


async def test_a_promise_is_moved_to_a_time_that_is_echoed_as_it_is_typed(
    open_app: Open, desk: Desk
) -> None:
    async with open_app(size=(80, 24)) as stage:
        await to_late_promise(stage)
        await stage.press("space", "m")
        await stage.until("Until when?", "fri 10am · +3d")
        await stage.type("mon 16 nov")
        await stage.until("has passed: give a time to come")
        await stage.press("enter")
        await stage.until("Until when?")
        await stage.press(*["backspace"] * 10)
        await stage.type("fri 10am")
        await stage.until("→ Fri 27 Nov 10:00")
        await stage.looks_like("act-move-80x24")
        await stage.press("enter")
        await stage.until("Has the customer been told?")
        await stage.press("y")
        await stage.until("moved to Fri 27 Nov 10:00", gone="! Liam Smith")
    [moved] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
    before, after = desk.promising.history(moved.id)
    assert (before.state, before.told_before_due, after.state) == ("renegotiated", False, "open")


async def test_what_is_not_certain_about_another_time_is_said_at_every_key(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", "m")
        await stage.until("Until when?")
        await stage.type("fri at 7")
        await stage.until("→ Fri 27 Nov 07:00", "“fri at 7” may be Fri 27 Nov 19:00 too")
        await stage.type("pm")
        await stage.until("→ Fri 27 Nov 19:00", gone="may be")


async def test_a_complaint_is_given_a_date_and_that_is_undone(open_app: Open, desk: Desk) -> None:
    case = desk.complaining.one(desk.complaining.choose("C7K2"))
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("! Complaint")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await stage.press("b", "down", "space")
        await stage.until("b  by when they have an answer")
        await stage.press("b")
        await stage.until("By when will they have an answer? C7K2")
        await stage.type("fri 10")
        await stage.until("→ Fri 27 Nov 10:00")
        await stage.press("enter")
        await stage.until("an answer by Fri 27 Nov 10:00: C7K2")
        assert desk.complaining.one(case.id).answer_due_at == NOW.replace(
            day=27, hour=10, minute=0, second=0
        )
        await stage.press("space", "u")
        await stage.until("undone: an answer by")
        assert desk.complaining.one(case.id).answer_due_at == case.answer_due_at


@pytest.mark.parametrize(("key", "state"), [("w", "withdrawn"), ("b", "broken")])
async def test_a_reason_is_asked_for_and_asked_again_as_it_was_typed(
    open_app: Open, desk: Desk, key: str, state: str
) -> None:
    [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", key)
        await stage.until("because?")
        await stage.press("enter")
        await stage.until("Has the customer been told?")
        await stage.press("n")
        await stage.until("say why: a reason is kept with the promise")
        await stage.type("they moved")
        await stage.press("enter", "y")
        await stage.until(LATE, gone="! Liam Smith")
        closed = desk.promising.one(late.id)
        assert (closed.state, closed.reason, closed.told_before_due) == (state, "they moved", False)


async def test_escape_at_the_second_question_goes_back_to_the_first_as_it_was_typed(
    open_app: Open, desk: Desk
) -> None:
    [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
    async with open_app(size=(80, 24)) as stage:
        await to_late_promise(stage)
        await stage.press("space", "m")
        await stage.until("Until when?")
        await stage.type("fri 10am")
        await stage.press("enter")
        await stage.until("Has the customer been told?", "Esc: back")
        await stage.press("escape")
        await stage.until("Until when?", "fri 10am", "→ Fri 27 Nov 10:00", "Esc: not now")
        await stage.press("escape")
        await stage.until("kept: fri 10am", gone="Until when?")
        assert desk.promising.one(late.id).state == "open"
        await stage.press("space", "w")
        await stage.until("Withdraw, because?")
        await stage.type("they moved")
        await stage.press("enter")
        await stage.until("Has the customer been told?")
        await stage.press("escape")
        await stage.until("Withdraw, because?", "they moved")
        await stage.press("enter", "y")
        await stage.until("withdrawn: send the plan")
    assert desk.promising.one(late.id).reason == "they moved"


async def test_a_decision_and_its_reason_are_kept_on_the_way_back(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("! Complaint")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await stage.press("b", "down", "space", "d")
        await stage.until("What will be done about it?")
        await stage.type("an engineer")
        await stage.press("enter")
        await stage.until("Why was it decided so?", "Esc: back")
        await stage.type("they waited")
        await stage.press("escape")
        await stage.until("What will be done about it?", "an engineer")
        await stage.type(" with a name")
        await stage.press("enter")
        await stage.until("Why was it decided so?", "they waited")
        await stage.press("escape")
        await stage.until("What will be done about it?")
        await stage.press("escape")
        await stage.until("kept: an engineer with a name", gone="What will be done")
        await stage.press("space", "d")
        await stage.until("What will be done about it?")
        await stage.press("escape")
        await stage.until("about Katherine Smith", gone="What will be done")
    case = desk.complaining.one(desk.complaining.choose("C7K2"))
    assert case.complaint is not None
    assert case.complaint.decision is None


async def test_what_was_typed_and_left_is_named_and_kept(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", "c")
        await stage.until("Which number is to be called back?", "then Space r")
        await stage.type("020")
        await stage.press("escape")
        await stage.until("kept: 020", gone="Which number")
        await stage.press("space", "c")
        await stage.until("typed before", "020")


async def test_offers_in_words_name_a_key_that_works_where_the_focus_is(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        assert "Space act" in stage.shown
        assert "/ find" not in stage.shown
        assert "F4 note" not in stage.shown
        await stage.press("space", "k")
        await stage.until("kept: send the plan", "Space u")
        await stage.type("kath smi")
        await stage.until("! Complaint", "ctrl+_ help", gone="/ find")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "/ find", "F4 note", "Space act", "? help")
        await stage.press("b", "space", "t")
        await stage.until("told: call back")
        await stage.press("f4")
        await stage.until("▸ Note", "ctrl+f find", "ctrl+Space act", "ctrl+_ help")
        await stage.press("ctrl+@", "u")
        await stage.until("undone: told", "▸ Note")
        await stage.press("ctrl+@")
        await stage.until("a key does it")
        await stage.press("c")
        await stage.type("oops")
    assert desk.promising.one(_katherines(desk)).told_at is None


def _katherines(desk: Desk) -> int:
    found = desk.promising.still_open()
    return next(one.id for one in found if one.customer == "Katherine Smith" and one.side == "ours")


async def test_what_is_done_from_the_note_is_undone_with_a_key_that_no_text_takes(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("! Complaint")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await stage.press("f4", "shift+f2", "a")
        await stage.until("you are away", "ctrl+Space u")
        await stage.press("ctrl+@", "u")
        await stage.until("undone: you are away", "Mira Okafor · ready")


async def test_that_they_were_told_is_undone_too(open_app: Open, desk: Desk) -> None:
    [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", "t")
        await stage.until("told: send the plan")
        assert desk.promising.one(late.id).told_at == NOW
        await stage.press("space", "u")
        await stage.until("undone: told")
        assert desk.promising.one(late.id).told_at is None


async def test_a_promise_is_handed_to_a_colleague_who_accepts(
    open_app: Open, desk: Desk, desk_url: str
) -> None:
    [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("f7")
        await stage.until("over to whom?", "Asha Raman", "@asha")
        await stage.press("enter")
        await stage.until("Asha Raman is asked: send the plan", "Asha Raman is asked: se")
        assert desk.promising.one(late.id).offered_to == "Asha Raman"
        assert desk.promising.one(late.id).owner == "Mira Okafor"
    asha = make_desk(desk_url, handle="asha", now=NOW, zone=ZONE)
    asha.promising.decline(late.id)
    asha.close()
    async with open_app(size=(120, 50)) as stage:
        await stage.until("Came back to you 1")


async def test_who_offered_a_promise_hears_that_it_was_taken_and_has_nothing_to_undo(
    open_app: Open, desk: Desk, desk_url: str
) -> None:
    [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
    with closing(make_desk(desk_url, handle="asha", now=NOW, zone=ZONE)) as asha:
        async with open_app() as stage:
            await to_late_promise(stage)
            await stage.press("f7")
            await stage.until("over to whom?", "Asha Raman")
            await stage.press("enter")
            await stage.until("Asha Raman is asked: send the plan")
            await stage.press("space")
            await stage.until("u  undo: Asha Raman is asked")
            await stage.press("escape")
            asha.promising.accept(late.id)
            await stage.until("Asha Raman took over: send the plan", gone="Asha Raman is asked")
            await stage.press("space")
            await stage.until("the number to call back", gone="u  undo")


async def test_what_was_offered_is_accepted(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.until("Offered to you 1", "Noor: call back")
        for _ in range(8):
            await stage.press("down")
        await stage.press("space")
        await stage.until("a  accept: it is yours from then on", "d  decline")
        await stage.press("a")
        await stage.until("yours now", "Promised by me 7", gone="Offered to you")
        assert "Katherine Smith" in mine(desk).values()


async def test_who_opens_somebody_from_what_is_offered_sees_it_and_how_it_is_answered(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.until("Offered to you 1", "Noor: call back")
        for _ in range(8):
            await stage.press("down")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "Space on its line: accept or decline.")
        await stage.until("ours      Noor offers you: call back")
        await stage.press("ctrl+o")
        await stage.until("!▸We owe")
        await stage.press("space")
        await stage.until("a  accept: it is yours from then on", "d  decline")


async def test_hand_over_needs_a_promise_or_a_conversation(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type("olena")
        await stage.until("▸ Олена")
        await stage.press("f7")
        await stage.until("Choose a promise of ours, or open a conversation")


async def test_the_number_to_call_back_is_read_back(open_app: Open, desk: Desk) -> None:
    [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space", "c")
        await stage.until("Which number is to be called back?")
        await stage.type("soon")
        await stage.press("enter")
        await stage.until("“soon” is no telephone number")
        await stage.press(*["backspace"] * 4)
        await stage.type("020 7946 0018")
        await stage.press("enter")
        await stage.until("to call back: 020 7946 0018")
        today = stage.app._desk_screen.today_pane
        await stage.sees(lambda: today.key.record.contact)
        await stage.press("space")
        await stage.until("call 020 7946 0018, not read back", "r  020 7946 0018 was read back")
        await stage.press("r")
        await stage.until("read back: 020 7946 0018")
        assert desk.promising.one(late.id).read_back_at == NOW


async def test_a_complaint_offers_its_next_step_and_refuses_in_words(
    open_app: Open, desk: Desk
) -> None:
    async with open_app(size=(80, 24)) as stage:
        await stage.type("kath smi")
        await stage.until("! Complaint")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await stage.press("b", "down", "space")
        await stage.until("next: decide, with the reason", "c  close")
        await stage.press("c")
        await stage.until("Not done", "not closed: nothing is")
        await stage.looks_like("complaint-refused-80x24")
        await stage.press("space", "d")
        await stage.until("What will be done about it?")
        await stage.type("a named engineer")
        await stage.press("enter")
        await stage.until("Why was it decided so?")
        await stage.type("they waited twice")
        await stage.press("enter")
        await stage.until("decided: C7K2", "the decision: Boiler")
        await stage.press("space", "t")
        await stage.until("the decision was told: C7K2", "C7K2 ask if they")
        await stage.press("space", "y")
        await stage.until("they accept it: C7K2")
        await stage.press("space", "c")
        await stage.until("closed: C7K2", gone="! Complaint")
        case = desk.complaining.one(desk.complaining.choose("C7K2"))
        assert (case.is_open, case.complaint and case.complaint.decision) == (
            False,
            "a named engineer",
        )
        await stage.press("space", "u")
        await stage.until("! Complaint")


async def test_a_question_is_answered_and_becomes_known(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("! Complaint")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await stage.press("b", "l", "l")
        await stage.until("which engineer can come more than")
        await stage.press(*["down"] * 6, "space")
        await stage.until("a  answered", "d  need not be answered")
        await stage.press("a")
        await stage.until("It becomes something known about them")
        await stage.type("Priya")
        await stage.press("enter")
        await stage.until("answered: which engineer", "Knows 7")


async def test_a_follow_up_is_done_or_declined(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.until("Asked of you 1")
        for _ in range(9):
            await stage.press("down")
        await stage.press("space")
        await stage.until("d  done", "n  decline: who asked sees that", "asked by Tom Hartley")
        await stage.press("d")
        await stage.until("done: please look", gone="Asked of you 1")
        assert desk.opening.today().follow_ups == ()


async def test_somebody_elses_change_is_told_and_nothing_is_overwritten(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    [late] = [one for one in desk.promising.still_open(mine=True) if one.text == LATE]
    async with open_app() as stage:
        await to_late_promise(stage)
        monkeypatch.setattr(stage.desk.opening, "today", desk.opening.today)
        stage.app.query_one("#today-lines").show_today = lambda *_: None  # type: ignore[attr-defined]
        desk.promising.tell(late.id)
        await stage.press("space", "k")
        await stage.until("Not done", "somebody else changed this")
        assert desk.promising.one(late.id).state == "open"


async def test_a_line_with_nothing_to_do_says_so(open_app: Open) -> None:
    async with open_app(size=(120, 60)) as stage:
        await stage.until("In contact lately")
        for _ in range(20):
            await stage.press("down")
        await stage.press("space")
        await stage.until("There is nothing to be done with this line.")


async def test_a_key_held_too_long_answers_once(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_late_promise(stage)
        await stage.press("space")
        await stage.until("k  kept")
        for _ in range(4):
            stage.app.post_message(Key("k", "k"))
        await stage.until("kept: send the plan", gone="! Liam Smith")
        assert stage.app.is_running
        assert len(stage.app.screen_stack) == 1
        assert len(mine(desk)) == 5


async def test_a_letter_that_no_deed_has_does_nothing(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.type("kath smi")
        await stage.until("! Complaint")
        await stage.press("enter")
        await stage.until("about Katherine Smith")
        await stage.press("b", "space")
        await stage.until("k  kept")
        await stage.press("o", "x")
        await stage.until("k  kept")
        await stage.press("h")
        await stage.until("Noor Haddad", "Tom Hartley")
        await stage.type("to")
        await stage.until("Tom Hartley")
        await stage.press("escape")
    promises = desk.promising.still_open()
    assert all(one.offered_to != "Asha Raman" for one in promises)
