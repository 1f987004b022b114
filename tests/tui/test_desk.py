"""A call at the desk, step by step: what is on the screen, and what is in the database."""

from __future__ import annotations

import pytest
from textual.events import Key

from agent_tui.config import Settings
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp
from tests.builders import StandingClock, make_desk
from tests.text.nasty import NASTY
from tests.tui.conftest import NOW, ZONE, Open, Stage

KATHERINE = "Katherine Smith"


async def _open_katherine(stage: Stage) -> None:
    await stage.type("kath smi")
    await stage.until("▸ Katherine Smith", "late 6 d")
    await stage.press("enter")
    await stage.until("about Katherine Smith", "note complaint C7K2")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: f"{size[0]}")
async def test_today_lists_what_stands_open(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(size=size) as stage:
        await stage.until("Promised by me", "Not wrapped up", "Llŷr Davies")
        await stage.looks_like(f"today-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: f"{size[0]}")
async def test_the_brief_stands_beside_the_results_before_anybody_is_opened(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith", "! We owe", "late 6 d", "! Complaint")
        # How long the search took is the one thing on the screen that no clock decides.
        assert "Before you speak" in stage.shown


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: f"{size[0]}")
async def test_somebody_opened_shows_brief_conversation_and_note_line(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await _open_katherine(stage)
        await stage.press("escape", "escape", "f4")
        await stage.until("▸ Note", gone=" of 305")
        await stage.looks_like(f"katherine-{size[0]}x{size[1]}")


async def test_a_note_is_kept_while_typed_and_stays_when_saved(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.press("f4")
        await stage.type("stayed home #visit")
        await stage.until("topic visit", "draft kept 14:02:07")
        [draft] = desk.opening.today().drafts
        assert draft.text == "stayed home #visit"
        await stage.press("enter")
        await stage.until("saved 14:02:07", "note stayed home #visit")
        assert desk.opening.today().drafts == ()


async def test_a_note_that_could_not_be_saved_is_back_in_the_line(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.press("f4")
        monkeypatch.setattr(stage.desk.noting, "save", _refuse)
        monkeypatch.setattr(stage.desk.drafting, "journal", _refuse)
        await stage.type("do not lose me")
        await stage.until("NOT KEPT: the disk is full")
        await stage.press("enter")
        await stage.until("The note was not saved", "the disk is full", "do not lose me")
        monkeypatch.undo()
        await stage.until("draft kept", "do not lose me")
        await stage.press("enter")
        await stage.until("saved 14:02:07", "note do not lose me")
        assert len(desk.opening.today().drafts) == 0


def _refuse(*_texts: object, **_names: object) -> int:
    raise Unavailable("the disk is full")


async def test_a_draft_comes_back_with_its_customer(open_app: Open) -> None:
    async with open_app(size=(120, 60)) as stage:
        await _open_katherine(stage)
        await stage.press("f4")
        await stage.type("half a thought")
        await stage.until("draft kept")
        await stage.press("f1")
        await stage.until("Drafts 1", "half a thought")
        await stage.type("kathryn smyth")
        await stage.until("▸ Kathryn Smyth")
        await stage.press("enter")
        await stage.until("about Kathryn Smyth", gone="half a thought")
        await stage.press("f1")
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("half a thought", "draft from before")


async def test_escape_goes_back_from_the_note_and_keeps_the_text(open_app: Open) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.until("▸ Conversation")
        await stage.press("f4")
        await stage.type("wait")
        await stage.press("escape")
        await stage.until("▸ Conversation", "wait")


async def test_a_known_caller_pops_with_the_brief_and_the_focus_stays(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c1", "ringing", sender="07700 900118"))
        await stage.until("Katherine Smith", "ringing", "late 6 d")
        assert stage.app.focused is not None
        assert stage.app.focused.id == "find-box"
        desk.conversing.take(CallSignal("phone", "c1", "answered", receiver="mira"))
        desk.conversing.take(
            MessageSignal("phone", "c1", "m1", "customer", "It's about the boi", final=False)
        )
        await stage.until("they It's about the boi …")
        desk.conversing.take(MessageSignal("phone", "c1", "m1", "customer", "It's the boiler"))
        await stage.until("they It's the boiler", "· 00:00 ·", gone="about the boi …")


async def test_a_call_answered_at_once_pops_too(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        desk.conversing.take(
            CallSignal("phone", "c1", "answered", sender="07700 900118", receiver="mira")
        )
        await stage.until("about Katherine Smith", "· 00:00 ·")


async def test_a_desk_started_again_takes_its_call_up(open_app: Open, desk: Desk) -> None:
    desk.conversing.take(
        CallSignal("phone", "c1", "answered", sender="07700 900118", receiver="mira")
    )
    async with open_app() as stage:
        await stage.until("about Katherine Smith", "· 00:00 ·")


async def test_somebody_elses_call_does_not_pop(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        desk.conversing.take(
            CallSignal("phone", "c1", "answered", sender="07700 900118", receiver="asha")
        )
        await stage.until("1 with colleagues", "shift+F9 b opens one", "open somebody first")
        assert "talking  Katherine Smith" not in stage.shown
        await stage.press("shift+f9", "b")
        await stage.until("▸ With colleagues", "Katherine Smith   Asha Raman · phone · talking")
        await stage.press("enter")
        await stage.until("about Katherine Smith", "phone · 00:00", gone="with colleagues")


async def test_a_call_never_takes_the_screen_from_a_note(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.type("olena")
        await stage.until("▸ Олена")
        await stage.press("enter")
        await stage.until("about Олена")
        await stage.press("f4")
        await stage.type("half")
        desk.conversing.take(CallSignal("phone", "c1", "ringing", sender="07700 900118"))
        await stage.until("ringing  Katherine Smith", "F9 opens", "Добре", gone="late 6 d")
        assert "half" in stage.shown
        await stage.press("f9")
        await stage.until("late 6 d", "about Katherine Smith")


async def test_a_shared_number_is_offered_not_guessed(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c2", "ringing", sender="+44 20 7946 0018"))
        await stage.until("2 people share this number")
        await stage.press("f9")
        await stage.until("Who calls from +44 20 7946 0018?", "Daniel Smith", "somebody else")
        await stage.press("enter")
        await stage.until("about Daniel Smith")
        assert [call.customer for call in desk.opening.live() if call.peer] == ["Daniel Smith"]


async def test_who_calls_is_asked_no_more_once_a_colleague_has_the_call(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c2", "ringing", sender="+44 20 7946 0018"))
        await stage.until("2 people share this number")
        await stage.press("f9")
        await stage.until("Who calls from +44 20 7946 0018?")
        desk.conversing.take(CallSignal("phone", "c2", "answered", receiver="asha"))
        await stage.until("Asha Raman has this call now.", gone="Who calls from")
        await stage.press("enter")
        [call] = [one for one in desk.opening.live() if one.peer == "+44 20 7946 0018"]
        assert (call.agent, call.customer_id) == ("Asha Raman", None)


async def test_a_place_is_gone_to_from_a_question_which_is_left(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c2", "ringing", sender="+44 20 7946 0018"))
        await stage.until("2 people share this number")
        await stage.press("f9")
        await stage.until("Who calls from +44 20 7946 0018?")
        await stage.press("f2")
        await stage.until("newest first", gone="Who calls from")
        await stage.press("f9")
        await stage.until("Who calls from +44 20 7946 0018?", "Today")
        await stage.press("f1")
        await stage.until("Today", gone="Who calls from")


async def test_a_place_is_gone_to_from_a_question_behind_another(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c2", "ringing", sender="07700 900118"))
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("shift+f9", "v", *["j"] * 9, "enter")
        await stage.until("The method, never what they answered.")
        await stage.press("escape")
        await stage.until("known voice")
        await stage.press("f2")
        await stage.until("newest first", gone="verified?")
        await stage.press("f1", "shift+f9")
        await stage.until("verified, and how")
        await stage.press("f3")
        await stage.until("Promises kept in time", gone="verified, and how")


async def test_who_calls_is_not_taken_from_an_answer_that_comes_too_late(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c2", "ringing", sender="+44 20 7946 0018"))
        await stage.until("2 people share this number")
        await stage.press("f9")
        await stage.until("Who calls from +44 20 7946 0018?")
        await stage.press("shift+f3")
        await stage.until("in your way")
        desk.conversing.take(CallSignal("phone", "c2", "answered", receiver="asha"))
        await stage.sees(lambda: stage.app.desk_screen.calls_with_colleagues)
        await stage.press("escape")
        await stage.until("Who calls from +44 20 7946 0018?")
        await stage.press("enter")
        await stage.until("Asha Raman has this call now.", gone="Who calls from")
        assert stage.app.desk_screen.whom.attaching is None


async def test_the_call_of_a_colleague_is_theirs_to_name(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        ringing = CallSignal("phone", "c3", "answered", sender="020 7946 0777", receiver="asha")
        desk.conversing.take(ringing)
        await stage.sees(lambda: stage.app.desk_screen.calls_with_colleagues)
        await stage.press("shift+f9", "b")
        await stage.until("▸ With colleagues")
        await stage.press("enter")
        await stage.until("Asha Raman has this call, and says who it is.", gone="F12 makes")
        await stage.press("f12")
        await stage.until("about 020 7946 0777", gone="New person")


async def test_an_unknown_number_is_made_a_new_person_in_two_keys(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        call = CallSignal("phone", "c3", "ringing", sender="+44 161 496 0999", name="Bob")
        desk.conversing.take(call)
        await stage.until("Nobody known calls from here", "F12 makes a new person")
        await stage.press("f12")
        await stage.until("New person, +44 161 496 0999")
        await stage.press("enter")
        await stage.until("about Bob", "+44 161 496 0999")
        assert desk.finding.find("0161 496 0999").hits[0].name == "Bob"


async def test_who_was_looked_for_in_vain_is_the_name_of_the_new_person(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        call = CallSignal("phone", "c3", "ringing", sender="+44 161 496 0999")
        desk.conversing.take(call)
        await stage.until("Nobody known calls from here")
        await stage.press("slash")
        await stage.type("Xanthe Quirk")
        await stage.press("f12")
        await stage.until("New person, +44 161 496 0999", "Xanthe Quirk")
        await stage.press("enter")
        await stage.until("about Xanthe Quirk", "new: Xanthe Quirk")
        assert desk.finding.find("0161 496 0999").hits[0].name == "Xanthe Quirk"


async def test_an_unknown_number_is_attached_to_the_person_found(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c4", "ringing", sender="+44 161 496 0998"))
        await stage.until("Nobody known calls from here")
        await stage.press("slash")
        await stage.type("kathryn smyth")
        await stage.until("▸ Kathryn Smyth", "F8 attach")
        await stage.press("f8")
        await stage.until("about Kathryn Smyth", "attached: the call to Kathryn Smyth")
        await stage.until("wrong person: shift+F9 w")
        assert desk.finding.find("0161 496 0998").hits[0].name == "Kathryn Smyth"


async def test_reading_above_is_not_disturbed_by_a_new_line(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c5", "ringing", sender="07700 900118"))
        await stage.until("late 6 d", "ringing")
        await stage.press("tab")
        await stage.press("slash", "escape")
        await stage.press("home")
        await stage.until("2016 ·")
        desk.conversing.take(MessageSignal("phone", "c5", "m1", "customer", "are you there?"))
        await stage.until("1 new below · End", "2016 ·")
        await stage.press("end")
        await stage.until("are you there?", gone="new below")


async def test_paging_up_reads_into_earlier_years(open_app: Open) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        assert "2016" not in stage.shown.split("Timeline")[0]
        for _ in range(12):
            await stage.press("pageup")
        await stage.until("the keys to Aviary Rise", "2016 ·")


async def test_a_line_of_the_timeline_opens_in_the_conversation(open_app: Open) -> None:
    async with open_app(size=(200, 60)) as stage:
        await _open_katherine(stage)
        await stage.press("t", "right")
        await stage.until("Timeline · contacts")
        await stage.press("j", "j", "enter")
        await stage.until("▸ Conversation", "could I please have the visit in writing")


async def test_words_typed_into_the_conversation_do_nothing(open_app: Open) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.type("quick")
        await stage.until("about Katherine Smith")
        assert stage.app.is_running


async def test_a_note_about_nobody_is_refused_in_words(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.press("f4")
        await stage.until("Open somebody first: a note is about a person.")


async def test_the_strips_key_opens_the_call_that_the_strip_names(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        desk.conversing.take(
            CallSignal("phone", "c7", "answered", sender="07700 900118", receiver="mira")
        )
        await stage.until("about Katherine Smith")
        await stage.press("f1")
        await stage.until("talking  Katherine Smith", "F9 opens", "Waiting 2")
        await stage.press("f9")
        await stage.until("about Katherine Smith")


async def test_letters_type_in_the_find_box_and_act_elsewhere(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type("q?b")
        assert stage.app.is_running
        await stage.until("Find q?b")


async def test_help_lists_every_action(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("Parked 1", "Sheffield")
        await stage.press("ctrl+underscore")
        await stage.until("Anywhere at the desk", "Go to the find box", "Esc closes")
        await stage.looks_like("help-120x36")


async def test_the_empty_desk_says_what_to_do(open_app: Open, tmp_path: object) -> None:
    from agent_tui.storage import schema

    url = f"sqlite:///{tmp_path}/empty.sqlite"
    schema.upgrade(url)
    async with open_app(size=(80, 24), url=url) as stage:
        await stage.until("Nobody is in this desk yet.", "agent-tui import FILE")
        await stage.looks_like("empty-80x24")


async def test_resizing_keeps_everything_in_place(open_app: Open) -> None:
    async with open_app(size=(200, 60)) as stage:
        await _open_katherine(stage)
        await stage.press("escape", "escape", "f4")
        await stage.until("▸ Note", gone=" of 305")
        await stage.pilot.resize_terminal(80, 24)
        await stage.until("note complaint C7K2")
        await stage.looks_like("katherine-80x24")


async def test_hostile_text_is_shown_and_does_nothing(open_app: Open, desk: Desk) -> None:
    for position, text in enumerate(NASTY):
        customer = desk.registering.customer(f"Zebedee {text}"[:900])
        if text.strip():
            desk.noting.save(f"note {position} {text}", customer_id=customer)
    async with open_app() as stage:
        await stage.type("zebedee")
        await stage.until("Zebedee")
        for _ in range(len(NASTY)):
            await stage.press("down")
        await stage.press("enter")
        await stage.until("▸ Conversation")
        assert not any(ord(letter) < 32 for letter in stage.shown.replace("\n", ""))
        assert stage.app.is_running


async def test_what_is_typed_before_the_first_frame_is_asked(desk_url: str) -> None:
    desk = make_desk(desk_url, now=NOW, zone=ZONE)
    app = DeskApp(lambda: desk, settings=Settings())
    for letter in "kath":
        app.post_message(Key(letter, letter))
    async with app.run_test(size=(120, 36)) as pilot:
        stage = Stage(app, pilot, desk, StandingClock(NOW))
        await stage.until("Find kath", "▸ Katherine Smith")
        await app.action_quit()
    desk.close()


class _Typist(DeskApp):
    """Somebody types on at the very moment of the first frame."""

    CSS_PATH = None  # type: ignore[assignment]

    def on_ready(self) -> None:  # type: ignore[override]
        """Called before the app's own."""
        for letter in "us":
            self.post_message(Key(letter, letter))


async def test_what_is_typed_around_the_first_frame_stays_in_order(desk_url: str) -> None:
    desk = make_desk(desk_url, now=NOW, zone=ZONE)
    app = _Typist(lambda: desk, settings=Settings())
    for letter in "eusebi":
        app.post_message(Key(letter, letter))
    async with app.run_test(size=(120, 36)) as pilot:
        stage = Stage(app, pilot, desk, StandingClock(NOW))
        await stage.until("Find eusebius")
        await app.action_quit()
    desk.close()


async def test_another_question_puts_the_cursor_on_the_best_answer(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.type("smith")
        await stage.until("Find smith", "▸ ")
        await stage.press("down", "down")
        await stage.type(" kath")
        await stage.until("▸ Katherine Smith", "! We owe")
