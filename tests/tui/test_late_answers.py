"""What comes late, fails or overtakes: nothing is lost, doubled or put to somebody else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from textual.events import Key

from agent_tui.domain.values import ids
from agent_tui.domain.values.kinds import DraftKind
from agent_tui.domain.values.notes import SavedNote
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, Signal
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp
from agent_tui.tui.asking import Asking
from agent_tui.tui.screens.desk import DeskScreen
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

UNKNOWN = "+44 161 496 0998"
PATIENCE_S = 10.0


async def _open(stage: Stage, query: str, name: str) -> None:
    await stage.press("ctrl+f")
    await stage.type(query)
    await stage.until(f"▸ {name}")
    await stage.press("enter")
    await stage.until(f"about {name}")


async def _open_katherine(stage: Stage) -> None:
    await _open(stage, "kath smi", "Katherine Smith")


async def _open_olena(stage: Stage) -> None:
    await _open(stage, "olena", "Олена")


def _press_at_once(stage: Stage, *keys: str) -> None:
    """Press keys faster than any of them is answered."""
    for key in keys:
        stage.app.post_message(Key(key, key if len(key) == 1 else None))


def _notes(desk: Desk) -> list[tuple[str, str]]:
    rows = desk.store.reader().rows(
        "SELECT c.name, n.text FROM notes n JOIN customers c ON c.id = n.customer_id "
        "ORDER BY n.id DESC"
    )
    return [(row[0], row[1]) for row in rows]


def _refuse(*_texts: object, **_names: object) -> int:
    raise Unavailable("the disk is full")


async def test_a_note_is_about_whoever_is_open_even_without_their_brief(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.press("ctrl+f")
        await stage.type("olena")
        await stage.until("▸ Олена")
        monkeypatch.setattr(stage.desk.opening, "customer", _refuse)
        await stage.press("enter")
        await stage.until("Добре", "cannot be used right now", gone="Before you speak")
        await stage.press("f4")
        await stage.type("for her")
        await stage.press("enter")
        await stage.until("saved")
        name, text = _notes(desk)[0]
        assert text == "for her"
        assert name.startswith("Олена")
        assert "Katherine Smith" not in stage.shown


async def test_a_note_that_fails_late_is_a_draft_on_whomever_it_is_about(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def refuse_late(*_texts: object, **_names: object) -> int:
        go_on.wait(PATIENCE_S)
        raise Unavailable("the disk is full")

    async with open_app(size=(120, 60)) as stage:
        await _open_katherine(stage)
        monkeypatch.setattr(stage.desk.noting, "save", refuse_late)
        await stage.press("f4")
        await stage.type("stayed home")
        await stage.press("enter")
        await _open_olena(stage)
        monkeypatch.undo()
        go_on.set()
        await stage.until("The note was not saved", "Enter saves")
        await stage.press("f1")
        await stage.until("Drafts 1", "stayed home")
        [draft] = desk.opening.today().drafts
        assert draft.subject == "Katherine Smith"


async def test_what_could_not_be_kept_when_the_line_turned_is_tried_again(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(size=(120, 60)) as stage:
        await _open_katherine(stage)
        monkeypatch.setattr(stage.desk.drafting, "journal", _refuse)
        await stage.press("f4")
        await stage.type("stayed home")
        await stage.until("NOT KEPT")
        await _open_olena(stage)
        monkeypatch.undo()
        await stage.press("f1")
        await stage.until("Drafts 1", "stayed home")
        assert [draft.subject for draft in desk.opening.today().drafts] == ["Katherine Smith"]


async def test_enter_twice_saves_one_note_and_the_next_key_begins_another(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.press("f4")
        await stage.type("once")
        _press_at_once(stage, "enter", "enter", "x")
        await stage.until("note once", "draft kept")
        assert [text for _name, text in _notes(desk)].count("once") == 1
        assert [draft.text for draft in desk.opening.today().drafts] == ["x"]


async def test_enter_before_the_answer_opens_the_answer(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("Promised by me")
        _press_at_once(stage, *"olena", "enter")
        await stage.until("about Олена")


async def test_a_draft_that_comes_after_the_first_key_stays_beside_what_is_typed(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = desk.finding.choose("Katherine Smith")
    desk.drafting.journal(ids.show(ids.CUSTOMER, left), "old", draft_id=ids.new_id())
    async with open_app() as stage:
        go_on = threading.Event()
        read = stage.desk.opening.draft

        def read_late(about: str, customer_id: int | None, kind: DraftKind) -> object:
            draft = read(about, customer_id, kind=kind)
            go_on.wait(PATIENCE_S)
            return draft

        monkeypatch.setattr(stage.desk.opening, "draft", read_late)
        await _open_katherine_with_draft(stage)
        await stage.type("n")
        await stage.until("draft kept")
        go_on.set()
        await stage.until("another draft on this is in Today")
        assert {draft.text for draft in desk.opening.today().drafts} == {"old", "n"}


async def _open_katherine_with_draft(stage: Stage) -> None:
    await stage.type("kath smi")
    await stage.until("▸ Katherine Smith")
    await stage.press("enter")
    await stage.until("about Katherine Smith")
    await stage.press("f4")


async def test_a_draft_written_in_a_call_comes_back_after_the_call(
    open_app: Open, desk: Desk
) -> None:
    async with open_app(size=(120, 60)) as stage:
        await _half_a_note_in_a_call(stage, desk)
        desk.wrapping_up.finish(desk.browsing.recent(limit=1)[0].id, "yes")
        await stage.until("Drafts 1", "half")
        await stage.type("kath smi")
        await stage.until("▸ Katherine Smith")
        await stage.press("enter")
        await stage.until("half", "draft from before")


async def _half_a_note_in_a_call(stage: Stage, desk: Desk) -> CallSignal:
    """Half a note was typed in a call that has ended: how that began."""
    call = CallSignal("phone", "c1", "answered", sender="07700 900118", receiver="mira")
    desk.conversing.take(call)
    await stage.until("about Katherine Smith", "00:00")
    await stage.press("f4")
    await stage.type("half")
    await stage.until("draft kept")
    await stage.press("f1")
    desk.conversing.take(CallSignal("phone", "c1", "ended"))
    return call


async def _left_in_a_call(stage: Stage, desk: Desk) -> None:
    """Half a note stands in a call that has ended, and the same customer is on the line again."""
    first = await _half_a_note_in_a_call(stage, desk)
    await stage.until("Drafts 1", "half")
    desk.conversing.take(replace(first, call="c2"))
    await stage.until("about Katherine Smith")


def _calls_of_notes(desk: Desk) -> list[tuple[str, str]]:
    rows = desk.store.reader().rows(
        "SELECT i.external_id, n.text FROM notes n JOIN interactions i ON i.id = n.interaction_id "
        "WHERE i.external_id IN ('c1', 'c2') ORDER BY n.id"
    )
    return [(row[0], row[1]) for row in rows]


async def test_a_draft_of_another_call_is_not_mixed_into_the_one_that_goes_on(
    open_app: Open, desk: Desk
) -> None:
    async with open_app(size=(120, 60)) as stage:
        await _left_in_a_call(stage, desk)
        await stage.until("a draft of another call is in Today", gone="draft from before")
        await stage.press("f4")
        await stage.type("then new")
        await stage.press("enter")
        await stage.until("saved")
        assert _calls_of_notes(desk) == [("c2", "then new")]
        assert [draft.text for draft in desk.opening.today().drafts] == ["half"]


async def test_what_is_typed_after_a_draft_of_another_call_was_emptied_is_about_this_one(
    open_app: Open, desk: Desk
) -> None:
    async with open_app(size=(120, 60)) as stage:
        await _left_in_a_call(stage, desk)
        await stage.until("a draft of another call is in Today")
        [draft] = desk.opening.today().drafts
        stage.app.desk_screen.keeper.take_up(draft)
        await stage.until("half", "draft from before")
        await stage.press("f4", *["backspace"] * 4)
        await stage.type("then new")
        await stage.press("enter")
        await stage.until("saved")
        assert _calls_of_notes(desk) == [("c2", "then new")]
        assert not desk.opening.today().drafts


async def test_a_call_that_rings_behind_the_help_screen_is_seen(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.press("ctrl+underscore")
        await stage.until("Anywhere at the desk")
        desk.conversing.take(CallSignal("phone", "c1", "ringing", sender="07700 900118"))
        await stage.press("escape")
        await stage.until("Katherine Smith", "ringing", "late 6 d")


async def test_a_desk_that_opens_behind_the_help_screen_is_there(desk_url: str) -> None:
    go_on = threading.Event()
    desk = make_desk(desk_url, now=NOW, zone=ZONE)

    def open_late() -> Desk:
        go_on.wait(PATIENCE_S)
        return desk

    app = DeskApp(open_late)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+underscore")
        go_on.set()
        await pilot.press("escape")
        await Stage(app, pilot, desk, lambda: NOW).until("Promised by me")  # type: ignore[arg-type]
        await app.action_quit()
    desk.close()


async def test_what_waits_for_the_next_frame_is_done_though_a_window_closes_before_it(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual lets it wait with the topmost window, and drops it with that."""
    done: list[str] = []
    async with open_app() as stage:
        await stage.until("Promised by me")
        await stage.press("ctrl+underscore")
        await stage.until("Anywhere at the desk")
        window = stage.app.screen

        async def comes_late() -> None:
            """The frame after which the window would do what waits."""

        monkeypatch.setattr(window, "_invoke_and_clear_callbacks", comes_late)
        for screen, whose in ((window, "the window's own"), (stage.app.desk_screen, "the desk's")):
            with screen._context():
                screen.call_after_refresh(done.append, whose)
        await stage.sees(lambda: len(window._callbacks) >= 2)
        stage.app.pop_screen()
        await stage.sees(lambda: done)
        assert done == ["the desk's"]


async def test_what_was_typed_before_the_desk_was_open_is_answered_before_more_is_asked(
    desk_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, asked = threading.Event(), list[str]()
    desk = make_desk(desk_url, now=NOW, zone=ZONE)

    def open_late() -> Desk:
        go_on.wait(PATIENCE_S)
        return desk

    def noted(name: str, does: Callable[..., None]) -> Callable[..., None]:
        def do(*told: Any, **named: Any) -> None:
            asked.append(name)
            does(*told, **named)

        return do

    for kind, name in ((Asking, "find"), (Asking, "today"), (DeskScreen, "on_found_arrived")):
        monkeypatch.setattr(kind, name, noted(name, getattr(kind, name)))
    monkeypatch.setattr("agent_tui.tui.screens.desk.ANSWERED_WITHIN_S", 60)
    app = DeskApp(open_late)
    async with app.run_test(size=(120, 36)) as pilot:
        stage = Stage(app, pilot, desk, lambda: NOW)  # type: ignore[arg-type]
        await pilot.press(*"kath")
        go_on.set()
        await stage.until("▸ Katherine Smith", "Promised by me")
        assert asked[0] == "find"
        assert asked.index("on_found_arrived") < asked.index("today")
        await app.action_quit()
    desk.close()


async def test_which_service_answers_is_looked_up_in_a_lane(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look loads it, and the screen would wait for that."""
    looked: list[str] = []
    async with open_app() as stage:
        finding, opening = stage.desk.finding, stage.desk.opening

        def look(service: object) -> property:
            def told(_desk: Desk) -> object:
                looked.append(threading.current_thread().name)
                return service

            return property(told)

        monkeypatch.setattr(Desk, "finding", look(finding))
        monkeypatch.setattr(Desk, "opening", look(opening))
        await _open_katherine(stage)
        monkeypatch.undo()
    assert looked
    assert set(looked) == {"read"}


async def test_a_call_on_hand_that_ends_is_wrapped_up_from_there(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        desk.conversing.take(CallSignal("phone", "c4", "ringing", sender=UNKNOWN))
        await stage.until("Nobody known calls from here")
        desk.conversing.take(CallSignal("phone", "c4", "answered", receiver="mira"))
        desk.conversing.take(CallSignal("phone", "c4", "ended"))
        await stage.until("F6 wrap up", "to wrap up")


async def test_a_call_with_nobody_known_opens_from_today_after_it_ended(
    open_app: Open, desk: Desk
) -> None:
    desk.conversing.take(CallSignal("phone", "c4", "answered", sender=UNKNOWN, receiver="mira"))
    desk.conversing.take(CallSignal("phone", "c4", "ended"))
    async with open_app() as stage:
        await stage.until("Not wrapped up 2", UNKNOWN)
        # The newest one stands first below what waits and what was promised.
        for _ in range(20):
            if f"▸ {UNKNOWN}" in stage.shown:
                break
            await stage.press("down")
        await stage.press("enter")
        await stage.until("Nobody known calls from here", "F12 new person", "F6 wrap up")


async def test_attaching_late_takes_nobody_from_the_screen(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    async with open_app() as stage:
        attach = stage.desk.conversing.attach

        def attach_late(interaction_id: int, customer_id: int) -> str:
            go_on.wait(PATIENCE_S)
            return attach(interaction_id, customer_id)

        monkeypatch.setattr(stage.desk.conversing, "attach", attach_late)
        desk.conversing.take(CallSignal("phone", "c4", "ringing", sender=UNKNOWN))
        await stage.until("Nobody known calls from here")
        await stage.press("ctrl+f")
        await stage.type("kathryn smyth")
        await stage.until("▸ Kathryn Smyth", "F8 attach")
        await stage.press("f8")
        await _open_olena(stage)
        await stage.press("f4")
        await stage.type("half")
        go_on.set()
        await stage.until("ringing  Kathryn Smyth", "half", "attached: the call to Kathryn Smyth")
        assert "wrong person" not in stage.shown
        assert stage.app.focused is not None
        assert stage.app.focused.id == "note-input"


@pytest.fixture
def owned(desk_url: str) -> Iterator[Desk]:
    """The desk that the app opens."""
    desk = make_desk(desk_url, now=NOW, zone=ZONE)
    yield desk
    desk.close()


def _fail() -> None:
    raise ZeroDivisionError


async def _write_two_notes_and_fail(app: DeskApp, desk: Desk) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        stage = Stage(app, pilot, desk, lambda: NOW)  # type: ignore[arg-type]
        await stage.until("Promised by me")
        await _open_katherine(stage)
        await stage.press("f4", "a", "enter", "b", "enter")
        await stage.until("NOT SAVED YET")
        app.screen.call_later(_fail)
        await pilot.pause()


async def test_what_was_to_be_written_is_written_though_the_screen_fails(
    owned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = DeskApp(lambda: owned)
    go_on = threading.Event()
    save = owned.noting.save

    def save_late(text: str, **names: Any) -> SavedNote:
        go_on.wait(PATIENCE_S)
        return save(text, **names)

    monkeypatch.setattr(owned.noting, "save", save_late)
    with pytest.raises(ZeroDivisionError):
        await _write_two_notes_and_fail(app, owned)
    go_on.set()
    app.finish_writes()
    assert [text for _name, text in _notes(owned)][:2] == ["b", "a"]


class _Spoiled:
    """A channel whose first signal cannot be taken."""

    def signals(self) -> Iterable[Signal]:
        """One that names no message, then a call."""
        yield DeliverySignal("chat", "nowhere", "m1", delivered=True)
        yield CallSignal("phone", "c1", "ringing", sender="07700 900118")

    def close(self) -> None:
        """It has ended."""


async def test_a_signal_that_cannot_be_taken_does_not_end_its_channel(owned: Desk) -> None:
    app = DeskApp(lambda: owned, channels=[_Spoiled()])
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        stage = Stage(app, pilot, owned, lambda: NOW)  # type: ignore[arg-type]
        await stage.until("ringing", "Katherine Smith")
        await app.action_quit()
