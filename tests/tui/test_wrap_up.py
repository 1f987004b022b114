"""A wrap-up at the desk, key by key: few keys, nothing lost, nothing closed by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.events import AppBlur, Key

from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from tests.tui.conftest import NOW, Open, Stage

MARKS = (
    "wants: the boiler visit that never came\n!engineer calls back fri 10am\n"
    '!refund the call-out +3d\n=prefers mornings\nmood: "fed up with waiting" #boiler'
)


async def end_a_call(stage: Stage, desk: Desk, note: str = "") -> int:
    """Katherine calls and is talked to, something is noted, the call ends; returns its id."""
    desk.conversing.take(CallSignal("phone", "c1", "ringing", sender="07700 900118"))
    await stage.until("about Katherine Smith")
    desk.conversing.take(CallSignal("phone", "c1", "answered", receiver="mira"))
    [call] = [one for one in desk.opening.live() if one.channel == "phone"]
    if note:
        desk.noting.save(note, customer_id=call.customer_id, interaction_id=call.id)
    stage.clock.move(minutes=4)
    desk.conversing.take(CallSignal("phone", "c1", "ended"))
    await stage.until("F6 wrap up")
    return call.id


def state_of(desk: Desk, call_id: int) -> tuple[str, str, str | None]:
    """The state, the answer and the outcome of an interaction."""
    call = desk.wrapping_up.draft(call_id).interaction
    return call.state, call.met, call.outcome


async def test_a_plain_call_is_wrapped_up_in_at_most_six_keys(open_app: Open, desk: Desk) -> None:
    keys = ("f6", "y", "enter", "enter")
    assert len(keys) <= 6
    async with open_app() as stage:
        call = await end_a_call(stage, desk)
        await stage.press(keys[0])
        await stage.until("Did they get what they came for?", "p partly", "Outcome", "Read back")
        await stage.press(*keys[1:])
        await stage.until("wrapped up: Katherine Smith", gone="F6 wrap up")
        assert state_of(desk, call) == ("wrapped_up", "yes", None)


@pytest.mark.parametrize(
    ("key", "read_back"), [("a", "agreed"), ("d", "disputed"), ("enter", "not_done")]
)
async def test_only_a_key_of_its_own_says_that_the_customer_agrees(
    open_app: Open, desk: Desk, key: str, read_back: str
) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk, "wants: the boiler visit")
        await stage.press("f6", "y", "enter")
        await stage.until("a they agree   d they dispute it   Enter not read back")
        await stage.press(key)
        await stage.until("wrapped up: Katherine Smith", gone="F6 wrap up")
    said = "SELECT read_back FROM interactions WHERE id = :id"
    assert desk.store.reader().rows(said, id=call) == [(read_back,)]


async def test_a_call_with_promises_and_facts_takes_six_keys_too(
    open_app: Open, desk: Desk
) -> None:
    keys = ("f6", "y", "enter", "enter", "enter", "enter")
    assert len(keys) <= 6
    async with open_app() as stage:
        call = await end_a_call(stage, desk, MARKS.replace("mood: ", ""))
        await stage.press(keys[0])
        await stage.until("engineer calls back", "Fri 27 Nov 10:00", "+ prefers mornings")
        await stage.press(*keys[1:])
        await stage.until("wrapped up: Katherine Smith", gone="F6 wrap up")
        wrapped = desk.wrapping_up.draft(call)
        assert wrapped.interaction.state == "wrapped_up"
        assert wrapped.summary.startswith("They wanted: the boiler visit that never came.")
        assert {one.state for one in wrapped.left.promises} == {"open"}


async def test_that_we_get_back_asks_by_when_and_one_key_promises_nothing(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk)
        await stage.press("f6", "p", "3")
        await stage.until("We get back", "by when?", "Enter alone promises nothing")
        await stage.type("no time")
        await stage.press("ctrl+u")
        await stage.type("fri 10am")
        await stage.press("enter")
        await stage.until("We promised: we get back to them, by Fri 27 Nov 10:00.")
        await stage.press("enter")
        await stage.until("wrapped up: Katherine Smith", gone="F6 wrap up")
        [promise] = desk.wrapping_up.draft(call).left.promises
        assert (promise.text, promise.side, promise.owner) == (
            "we get back to them",
            "ours",
            "Mira Okafor",
        )
        await stage.press("space", "u")
        await stage.until("undone: wrapped up")
        await stage.press("f6")
        await stage.until("Promised     1", gone="We get back")


async def test_the_keys_of_the_places_leave_it_and_all_answers_are_kept(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Did they get what they came for?", gone="F6 wrap up")
        await stage.press("p")
        await stage.until("type how it ended")
        await stage.type("an engineer comes")
        await stage.press("f1")
        await stage.until("kept: your answers · they are back when you wrap this up again")
        await stage.until("F6 wrap up", gone="Did they get what they came for?")
        await stage.press("f6")
        await stage.until("Did they get what they came for?", "an engineer comes", "partly")
        await stage.press("f2")
        await stage.until("F1 desk", gone="Did they get what they came for?")
        await stage.press("f1")
        await stage.until("F6 wrap up")
        await stage.press("f6")
        await stage.until("Did they get what they came for?", "an engineer comes", "partly")


async def test_a_place_says_nothing_of_answers_that_were_not_given(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("f1")
        await stage.until("F6 wrap up", gone="Did they get what they came for?")
        assert "kept:" not in stage.shown


async def test_a_place_claims_nothing_of_answers_that_are_not_on_disk(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise Unavailable("the disk is full")

    async with open_app() as stage:
        await end_a_call(stage, desk)
        app_desk = stage.app.desk
        assert app_desk is not None
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        with monkeypatch.context() as patch:
            patch.setattr(app_desk.drafting, "journal", full)
            await stage.press("p")
            await stage.until("NOT KEPT: the disk is full")
            await stage.press("f1")
            await stage.until("F6 wrap up", gone="Did they get what they came for?")
            assert "kept: your answers" not in stage.shown


async def test_every_step_says_in_the_title_that_keys_go_there(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await end_a_call(stage, desk, MARKS)
        await stage.press("f6")
        await stage.until("─ ▸ Wrap up · Katherine Smith", "▸ Did they get what they came for?")
        await stage.press("y")
        await stage.until("─ ▸ Wrap up · Katherine Smith", "▸ Outcome")
        await stage.press("enter")
        await stage.until("─ ▸ Wrap up · Katherine Smith", "▸ Promised")


async def test_nothing_has_to_be_promised(open_app: Open, desk: Desk) -> None:
    keys = ("f6", "p", "3", "enter", "enter")
    assert len(keys) <= 6
    async with open_app() as stage:
        call = await end_a_call(stage, desk)
        await stage.press(*keys[:3])
        await stage.until("We get back", "by when?")
        await stage.press(*keys[3:])
        await stage.until("wrapped up: Katherine Smith", gone="F6 wrap up")
        assert desk.wrapping_up.draft(call).left.promises == ()
        assert state_of(desk, call) == ("wrapped_up", "partly", "we get back to them")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")
async def test_every_step_is_in_sight(open_app: Open, desk: Desk, size: tuple[int, int]) -> None:
    async with open_app(size=size) as stage:
        # Without the focus of the terminal nothing of the brief is read meanwhile.
        stage.app.post_message(AppBlur())
        await end_a_call(stage, desk, MARKS)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("n", "1", "x")
        await stage.until("x not promised: engineer calls back", "1 of 2", "answered")
        await stage.looks_like(f"wrap-up-{size[0]}x{size[1]}")


async def test_what_was_not_promised_or_not_heard_goes(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk, MARKS)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("y", "enter", "down", "x", "enter", "n", "x", "enter")
        await stage.until("x not promised: refund the call-out", "x not kept: prefers mornings")
        await stage.press("d")
        await stage.until("wrapped up: Katherine Smith")
        left = desk.wrapping_up.draft(call).left
        assert [one.text for one in left.promises] == ["engineer calls back"]
        assert left.facts == ()
        await stage.press("space", "u")
        await stage.until("undone: wrapped up", "phone · to wrap up")
        again = desk.wrapping_up.draft(call)
        assert again.interaction.state == "ended"
        assert len(again.left.promises) == 2
        assert len(again.left.facts) == 1


async def test_dissatisfaction_becomes_a_complaint_in_their_words(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk, MARKS)
        await stage.press("f6")
        await stage.until("A complaint? they said “fed up with waiting”")
        await stage.press("y", "enter", "enter", "y")
        await stage.type("!")
        await stage.press("enter", "enter", "enter")
        await stage.until("wrapped up: Katherine Smith")
        [complaint] = desk.wrapping_up.draft(call).left.complaints
        assert complaint.title == "fed up with waiting!"


async def test_not_met_needs_something_to_follow_and_says_so_at_the_step(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("n", "enter", "n", "enter")
        await stage.until("! they did not get all that they came for: say how it ended")
        assert state_of(desk, call)[0] == "ended"
        await stage.type("she rings on Monday")
        await stage.press("enter", "enter", "enter")
        await stage.until("wrapped up: Katherine Smith")
        assert state_of(desk, call) == ("wrapped_up", "no", "she rings on Monday")


async def test_leaving_it_changes_nothing_and_forgets_nothing(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk, MARKS)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("p")
        await stage.type("half of it")
        await stage.press("up", "escape")
        await stage.until("about Katherine Smith", gone="Did they get")
        assert state_of(desk, call)[:2] == ("ended", "not_asked")
        await stage.press("f6")
        await stage.until("Did they get what they came for?", "partly", "half of it")


async def test_two_calls_of_one_caller_are_told_apart_by_when_they_began(
    open_app: Open, desk: Desk
) -> None:
    async with open_app(size=(80, 24)) as stage:
        call = await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Wrap up · Katherine Smith · phone 14:02 · 00:00")
        await stage.press("escape")
        with desk.writing() as unit:
            earlier = NOW - timedelta(days=3, hours=1)
            unit.execute(
                "UPDATE interactions SET opened_at = :at, answered_at = :at WHERE id = :id",
                at=earlier,
                id=call,
            )
        await stage.press("f6")
        await stage.until("Wrap up · Katherine Smith · phone 19 Nov 13:02")


async def test_words_typed_in_a_wrap_up_survive_the_program(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("y")
        await stage.type("sent the form")
        await stage.press("enter", "e")
        await stage.type("All of it. ")
        await stage.until("All of it.")
        await stage.press("escape", "escape")
    kept = [one for one in desk.opening.today().drafts if one.kind == "wrap_up"]
    assert [one.interaction_id for one in kept] == [call]
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c2", "ringing", sender="07700 900118"))
        await stage.until("about Katherine Smith", "ringing")
        desk.conversing.take(CallSignal("phone", "c2", "ended"))
        await stage.until("F6 wrap up")
        await stage.press("f6")
        await stage.until("sent the form", "All of it.")
        await stage.press("y", "enter", "enter")
        await stage.until("wrapped up: Katherine Smith")
        await stage.until("wrapped up")
    assert state_of(desk, call) == ("wrapped_up", "yes", "sent the form")
    assert desk.wrapping_up.draft(call).summary == "All of it."
    assert [one for one in desk.opening.today().drafts if one.kind == "wrap_up"] == []


async def test_answers_given_with_keys_survive_the_program(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(120, 50)) as stage:
        call = await end_a_call(stage, desk, MARKS)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("n", "enter", "x", "enter", "y")
        await stage.type("!!")
        await stage.press("enter", "x")
        await stage.until("x not promised: engineer calls back", "x not kept: prefers mornings")
        await stage.press("escape")
        await stage.until(gone="Did they get")
    [kept] = [one for one in desk.opening.today().drafts if one.kind == "wrap_up"]
    assert kept.interaction_id == call
    async with open_app(size=(120, 80)) as stage:
        await stage.until("met: no · not promised: “engine…")
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "F6 wrap up")
        await stage.press("f6")
        await stage.until(
            "Did they get what they came for?",
            "x not promised: engineer calls back",
            "x not kept: prefers mornings",
            "fed up with waiting!!",
        )
        await stage.press("enter", "enter", "enter", "enter", "enter", "enter")
        await stage.until("wrapped up: Katherine Smith")
    wrapped = desk.wrapping_up.draft(call)
    assert (wrapped.interaction.state, wrapped.interaction.met) == ("wrapped_up", "no")
    assert [one.text for one in wrapped.left.promises] == ["refund the call-out"]
    assert wrapped.left.facts == ()
    assert [one.title for one in wrapped.left.complaints] == ["fed up with waiting!!"]
    assert [one for one in desk.opening.today().drafts if one.kind == "wrap_up"] == []


async def test_one_that_was_only_looked_at_leaves_no_draft(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("down", "up", "escape")
        await stage.until(gone="Did they get")
    assert [one for one in desk.opening.today().drafts if one.kind == "wrap_up"] == []


async def test_a_parked_one_waits_in_today(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(120, 50)) as stage:
        call = await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Did they get what they came for?", "z parks it")
        await stage.press("z")
        await stage.until("parked: Katherine Smith", gone="Did they get")
        assert desk.wrapping_up.draft(call).interaction.parked_at is not None
        await stage.press("f1")
        await stage.until("Parked 2")


async def test_a_failure_keeps_the_answers_on_the_screen(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_ids: object, **_names: object) -> None:
        raise Unavailable("the disk is full")

    async with open_app() as stage:
        call = await end_a_call(stage, desk)
        monkeypatch.setattr(stage.desk.wrapping_up, "finish", refuse)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("y")
        await stage.type("sent it")
        await stage.press("enter", "enter")
        await stage.until("! the disk is full", "sent it")
        monkeypatch.undo()
        await stage.press("enter")
        await stage.until("wrapped up: Katherine Smith")
        assert state_of(desk, call) == ("wrapped_up", "yes", "sent it")


async def test_a_conversation_that_no_channel_ends_is_ended_by_its_wrap_up(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("email", "e1", "ringing", sender="k.smith@example.org"))
        desk.conversing.take(MessageSignal("email", "e1", "m1", "customer", "about my bill"))
        [mail] = [one for one in desk.opening.live() if one.channel == "email"]
        desk.conversing.attach(mail.id, desk.finding.find("Katherine Smith").hits[0].customer_id)
        desk.conversing.take_over(mail.id)
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "F6 wrap up")
        await stage.press("f6")
        await stage.until("This ends the conversation.")
        await stage.press("escape")
        assert state_of(desk, mail.id)[0] == "talking"
        await stage.press("f6")
        await stage.until("This ends the conversation.")
        await stage.press("y", "enter", "enter")
        await stage.until("wrapped up: Katherine Smith")
        assert state_of(desk, mail.id)[0] == "wrapped_up"


async def test_missed_calls_of_one_caller_are_wrapped_up_together(
    open_app: Open, desk: Desk
) -> None:
    for call in ("c1", "c2"):
        desk.conversing.take(CallSignal("phone", call, "ringing", sender="+44 161 496 0999"))
        desk.conversing.take(CallSignal("phone", call, "ended"))
    async with open_app() as stage:
        await stage.until("missed 2 times")
        await stage.press("down", "down")
        await stage.until("F6 wrap up")
        await stage.press("f6")
        await stage.until("1 more missed call of theirs wrapped up alike.")
        await stage.press("s")
        await stage.until("not answered, or: type how it ended", "1 wrong number")
        await stage.press("enter", "enter")
        await stage.until("wrapped up: +44 161 496 0999", gone="missed 2 times")


async def test_a_caller_whom_nobody_knows_needs_an_outcome(open_app: Open, desk: Desk) -> None:
    desk.conversing.take(CallSignal("phone", "c1", "answered", sender="+44 161 496 0999"))
    desk.conversing.take(CallSignal("phone", "c1", "ended"))
    async with open_app() as stage:
        await stage.until("nobody's to wrap up")
        await stage.press("down", "down")
        await stage.until("F6 wrap up")
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("s", "enter")
        await stage.until("! nobody is known here: attach them, or say what it was")
        await stage.press("1", "enter")
        await stage.until("wrapped up: +44 161 496 0999", gone="nobody's to wrap up")
        [call] = desk.browsing.recent(limit=1)
        assert (call.state, call.outcome) == ("wrapped_up", "wrong number")


async def test_keys_typed_at_once_all_count(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        call = await end_a_call(stage, desk)
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        for letter in ("y", "o", "k", "enter", "enter"):
            character = letter if len(letter) == 1 else "\r"
            stage.app.post_message(Key(letter, character))
        await stage.until("wrapped up: Katherine Smith")
        assert state_of(desk, call) == ("wrapped_up", "yes", "ok")


async def test_the_whole_summary_is_there_to_be_read_back(open_app: Open, desk: Desk) -> None:
    promises = "\n".join(f"!promise number {one} of quite a few words +3d" for one in range(5))
    async with open_app(size=(80, 24)) as stage:
        await end_a_call(stage, desk, f"{MARKS}\n{promises}\nno: offers")
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("y", "enter", "enter", "n", "enter")
        await stage.until("They said no to: offers.", "remember: mornings.", "d they dispute it")


async def test_after_a_call_it_says_how_to_be_ready_again(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await end_a_call(stage, desk)
        desk.staffing.set_state("after_call")
        await stage.until("after call")
        await stage.press("f6")
        await stage.until("Did they get what they came for?")
        await stage.press("y", "enter", "enter")
        await stage.until("says that you are ready for the next call.", "after call")


async def test_a_row_of_today_offers_its_wrap_up_too(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.until("Parked 1", "Daniel Smith")
        for _ in range(11):
            await stage.press("down")
        await stage.until("▸ Daniel Smith          whether")
        await stage.press("space")
        await stage.until("f  finish: wrap it up", "o  take it up again: it is not parked")
        await stage.press("o")
        await stage.until("open again: the wrap-up of Daniel Smith", "Not wrapped up 2")
        assert desk.opening.today().parked == ()


async def test_the_key_leads_from_today_to_what_the_header_counts(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await stage.until("1 to wrap up", "Not wrapped up 1", "Parked 1", "▸ Llŷr Davies")
        await stage.press("f6")
        await stage.until("李志强 is chosen now: F6 wraps it up.", "▸ 李志强")
        await stage.press("f6")
        await stage.until("Wrap up · 李志强", "Did they get what they came for?")


async def test_with_somebody_open_the_key_says_how_many_others_wait_and_where(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await end_a_call(stage, desk)
        await stage.until("2 to wrap up")
        await stage.press("f6", "y", "enter", "enter")
        await stage.until("wrapped up: Katherine Smith", "1 to wrap up", gone="F6 wrap up")
        await stage.press("f6")
        await stage.until("Nothing with them waits for that. One of yours waits: F1 leads to Today")
        await stage.press("f1", "f6")
        await stage.until("李志强 is chosen now: F6 wraps it up.")
