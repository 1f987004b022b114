"""The note line at the desk: what is shown while typing, what is saved, what can be undone."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from agent_tui.domain.values.notes import SavedNote
from agent_tui.errors import Unavailable
from agent_tui.services import demonstrating
from agent_tui.services.desk import Desk
from agent_tui.storage.reader import moment
from agent_tui.tui.app import DeskApp
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

ALL_MARKS = (
    "stayed home Mon #boiler !engineer calls back fri 10am @asha gave: waived fee 20 GBP "
    '=prefers mornings no: newsletters mood: "had enough" ask: which meter'
)


async def open_katherine(stage: Stage) -> None:
    await stage.press("ctrl+f")
    await stage.type("kath smi")
    await stage.until("▸ Katherine Smith")
    await stage.press("enter")
    await stage.until("about Katherine Smith", "05:35  ¶ note")
    await stage.press("f4")
    await stage.until("▸ Note")


def note_panel(stage: Stage) -> list[str]:
    """The rows of the note line on the screen, without its frame."""
    region = stage.app._desk_screen.note_line.region
    rows = stage.shown.split("\n")[region.y : region.bottom]
    return [row[region.x + 1 : region.right - 1].strip() for row in rows[1:-1]]


def notes(desk: Desk) -> list[str]:
    rows = desk.store.reader().rows(
        "SELECT text FROM notes WHERE undone_at IS NULL AND import_key IS NULL ORDER BY id DESC"
    )
    return [row[0] for row in rows]


def count(desk: Desk, table: str) -> int:
    row = desk.store.reader().row(f"SELECT count(*) FROM {table} WHERE note_id IS NOT NULL")
    assert row is not None
    return int(row[0])


async def test_the_line_says_what_each_mark_will_be_and_when_that_is(open_app: Open) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("!engineer calls back fri 10am")
        await stage.until("promise: engineer calls back · Fri 27 Nov 10:00 · Mira")
        await stage.press("ctrl+j")
        await stage.type("!refund 16.11.2026")
        await stage.until("promise: refund · past: Mon 16 Nov · Mira")


@pytest.mark.parametrize(("size", "rows", "previews"), [((80, 24), 3, 1), ((120, 36), 5, 3)])
async def test_the_line_grows_with_its_text_and_scrolls_inside(
    open_app: Open, size: tuple[int, int], rows: int, previews: int
) -> None:
    async with open_app(size=size) as stage:
        await open_katherine(stage)
        assert len(note_panel(stage)) == 2
        for number in range(8):
            await stage.type(f"#t{number}")
            await stage.press("ctrl+j")
        await stage.type("the end")
        await stage.until("the end", "draft kept")
        shown = note_panel(stage)
        assert rows + 1 <= len(shown) <= rows + previews
        assert shown[rows - 1] == "the end"
        await stage.press("enter")
        await stage.until("saved 14:02:07")
        assert len(note_panel(stage)) == 2
        assert notes(stage.desk)[0].count("\n") == 8


async def test_what_is_saved_is_named_and_what_to_look_at_is_said(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("#boiler !call back 16.11.2026")
        await stage.press("enter")
        await stage.until("saved 14:02:07 · promise", "! “16.11.2026” has passed")
        await stage.type("x")
        await stage.until("→ note", gone="has passed")
        assert count(desk, "promises") == 1


def journal_only_after(
    go_on: threading.Event, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the journal be written when `go_on` is set."""
    journal = stage.desk.drafting.journal

    def journal_late(*texts: str, **names: int) -> None:
        go_on.wait(10)
        journal(*texts, **names)  # type: ignore[arg-type]

    monkeypatch.setattr(stage.desk.drafting, "journal", journal_late)


async def test_what_was_shown_is_what_is_stored(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        go_on = threading.Event()
        journal_only_after(go_on, stage, monkeypatch)
        await stage.type("!call back +2h")
        await stage.until("promise: call back · Sun 22 Nov 16:02")
        await stage.press("enter")
        stage.clock.move(hours=3)
        go_on.set()
        await stage.until("saved")
        row = desk.store.reader().row("SELECT due_at FROM promises WHERE note_id IS NOT NULL")
        assert row is not None
        due = moment(row[0])
        assert due is not None
        assert timedelta(hours=1, minutes=59) < due - NOW <= timedelta(hours=2)


async def test_tab_completes_goes_round_and_escape_closes_the_list_first(open_app: Open) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("#b")
        await stage.press("tab")
        await stage.until("#boiler", "▸#boiler")
        first = note_panel(stage)[0]
        await stage.press("tab")
        assert note_panel(stage)[0] != first
        await stage.press("shift+tab")
        await stage.until("▸#boiler")
        await stage.press("escape")
        await stage.until("▸ Note", "topic boiler", gone="▸#boiler")
        await stage.press("escape")
        await stage.until("▸ Conversation", "#boiler")


@pytest.mark.parametrize("key", ["tab", "shift+tab"])
async def test_tab_with_nothing_to_complete_says_so_and_stays(open_app: Open, key: str) -> None:
    async with open_app(size=(80, 24)) as stage:
        await open_katherine(stage)
        await stage.press(key)
        await stage.until("▸ Note", "nothing to complete · Esc leaves")
        await stage.type("zzz")
        await stage.until("→ note", gone="nothing to complete")
        await stage.press(key)
        await stage.until("▸ Note", "nothing to complete")
        await stage.type("k")
        assert stage.app._desk_screen.note_line.text == "zzzk"
        await stage.press("escape")
        await stage.until("▸ Conversation", gone="nothing to complete")


async def test_an_agent_is_completed_by_name_and_a_due_time_with_what_it_means(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("!call back tomo")
        await stage.press("tab")
        await stage.until("▸tomorrow", "Mon 23 Nov 17:00")
        await stage.type(" @ash")
        await stage.press("tab")
        await stage.until("@asha", "offered to Asha")


async def test_a_snippet_of_the_demo_is_filled_in_with_the_customers_fields(
    desk_url: str,
) -> None:
    desk = make_desk(desk_url, now=NOW, zone=ZONE)
    desk.snippets = demonstrating.snippets()
    app = DeskApp(lambda: desk)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        stage = Stage(app, pilot, desk, lambda: NOW)  # type: ignore[arg-type]
        await stage.until("Mira")
        await open_katherine(stage)
        await stage.type(";gr")
        await stage.press("tab")
        await stage.until("Hello Katherine, this is Mira")
        await stage.press(*["ctrl+w"] * 40)
        await stage.type(";ca")
        await stage.press("tab")
        await stage.until("promise: call Katherine back", "· on ", "Mon 23 Nov")
        await app.action_quit()
    desk.close()


async def test_the_last_note_is_taken_back_with_its_records_and_its_text_returns(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        before = notes(desk)
        await stage.type(ALL_MARKS)
        await stage.press("enter")
        await stage.until("saved 14:02:07")
        assert count(desk, "promises") == 1
        assert count(desk, "facts") == 1
        await stage.press("ctrl+x")
        await stage.until("The note was taken back", "stayed home Mon #boiler")
        assert notes(desk) == before
        assert (count(desk, "promises"), count(desk, "facts")) == (0, 0)
        await stage.press("enter")
        await stage.until("saved 14:02:07")
        assert notes(desk)[0] == ALL_MARKS


TAKEN_BACK = "Its text is in the line: Enter saves it again."


@pytest.mark.parametrize(
    ("key", "then"),
    [("enter", "saved 14:02:07"), ("exclamation_mark", "rang twice!")],
    ids=["saved again", "another text"],
)
async def test_that_enter_saves_it_again_is_said_until_the_text_goes_on(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, key: str, then: str
) -> None:
    monkeypatch.setattr(DeskApp, "NOTIFICATION_TIMEOUT", 600)
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("rang twice")
        await stage.press("enter")
        await stage.until("saved 14:02:07")
        await stage.press("ctrl+x")
        await stage.until(TAKEN_BACK, "rang twice")
        await stage.press(key)
        await stage.until(then, gone=TAKEN_BACK)


async def test_within_a_text_the_same_key_undoes_the_typing_and_no_note(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("kept")
        await stage.press("enter")
        await stage.until("saved 14:02:07")
        await stage.type("oops")
        await stage.press(*["ctrl+x"] * 6)
        await stage.until("All that was typed is undone.")
        assert stage.app._desk_screen.note_line.text == ""
        assert notes(desk)[0] == "kept"
        await stage.press("ctrl+k")
        await stage.until("redo the typing")
        await stage.press("r")
        await stage.until("→ note", "draft kept")


async def test_a_note_on_somebody_else_is_taken_back_as_a_draft_on_them(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("wrong person")
        await stage.press("enter")
        await stage.until("saved 14:02:07")
        await stage.press("ctrl+f")
        await stage.type("olena")
        await stage.until("▸ Олена")
        await stage.press("enter")
        await stage.until("about Олена")
        await stage.press("ctrl+x")
        await stage.until("The note was taken back", "It is a draft on Katherine Smith now.")
        await stage.until("about Олена")
        [draft] = desk.opening.today().drafts
        assert (draft.text, draft.subject) == ("wrong person", "Katherine Smith")


async def test_a_past_note_is_corrected_from_the_conversation(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("meter is old !call back fri")
        await stage.press("enter")
        await stage.until("saved 14:02:07", "¶ note meter is old")
        await stage.press("escape", "end", "m")
        await stage.until("correct it")
        await stage.press("c")
        await stage.until("▸ Correcting the note of 22 Nov", "meter is old !call back fri")
        await stage.press("home")
        await stage.type("new ")
        await stage.press("enter")
        await stage.until("saved 14:02:07", "¶ note new meter is old", gone="Correcting")
        assert count(desk, "promises") == 1
        [(corrected,)] = desk.store.reader().rows(
            "SELECT count(*) FROM notes WHERE corrects_id IS NOT NULL"
        )
        assert corrected == 1


async def test_a_correction_is_left_and_stays_as_a_draft_that_corrects(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("meter is old")
        await stage.press("enter")
        await stage.until("saved 14:02:07", "¶ note meter is old")
        await stage.press("escape", "end", "m")
        await stage.until("correct it")
        await stage.press("c")
        await stage.until("▸ Correcting the note of 22 Nov")
        await stage.type(" and loud")
        await stage.until("draft kept")
        await stage.press("ctrl+k")
        await stage.until("stop correcting")
        await stage.press("s")
        await stage.until("▸ Note", "not correcting any more")
        [draft] = desk.opening.today().drafts
        assert draft.text == "meter is old and loud"
        assert draft.corrects_id is not None


async def test_a_card_number_is_told_before_it_is_saved_and_masked(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("paid with 4111 1111 1111 1111")
        await stage.until("card number will be masked · ctrl+k n not a card")
        await stage.press("enter")
        await stage.until("saved 14:02:07 · card masked")
        assert notes(desk)[0] == "paid with **** **** **** 1111"


async def test_a_number_that_is_no_card_stays_with_a_reason(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("meter 4111 1111 1111 1111")
        await stage.until("not a card")
        await stage.press("ctrl+k", "n")
        await stage.until("Not a card: 4111 1111 1111 1111. Why?")
        await stage.type("it stands on the meter")
        await stage.press("enter")
        await stage.until("→ note", gone="will be masked")
        await stage.press("enter")
        await stage.until("saved 14:02:07", gone="card masked")
        assert notes(desk)[0] == "meter 4111 1111 1111 1111"


async def test_a_number_that_was_no_card_before_is_not_said_to_be_masked(
    open_app: Open, desk: Desk
) -> None:
    desk.redacting.not_a_card("4111 1111 1111 1111", "it stands on the meter")
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("meter 4111 1111 1111 1111")
        await stage.until("→ note", gone="will be masked")


async def test_hostile_text_is_shown_and_acts_on_nothing(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await stage.type("=a [bold]x !go [@click=app.quit]tap[/] fri")
        await stage.until("promise: go [@click=app.quit]tap[/] · Fri 27 Nov")
        await stage.press("enter")
        await stage.until("saved 14:02:07")


# -- when the disk, the lock or the server says no


async def test_what_could_not_be_kept_is_said_with_the_way_to_copy_it(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        monkeypatch.setattr(stage.desk.drafting, "journal", refuse)
        await stage.type("card 4111111111111111")
        await stage.until("NOT KEPT: the disk is full", "ctrl+k c copies the text")
        monkeypatch.undo()
        await stage.until("draft kept", gone="copies the text")


def refuse(*_texts: object, **_names: object) -> SavedNote:
    raise Unavailable("the disk is full")


async def test_silence_is_said_and_taken_back_when_the_database_answers(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    async with open_app() as stage:
        await open_katherine(stage)
        journal_only_after(go_on, stage, monkeypatch)
        await stage.type("is anybody there")
        await stage.until("NOT KEPT YET: the database does not answer")
        go_on.set()
        await stage.until("draft kept")


async def test_leaving_with_a_text_that_was_not_kept_hands_it_over_and_says_so(
    desk_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(desk_url, now=NOW, zone=ZONE)
    app = DeskApp(lambda: desk)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        stage = Stage(app, pilot, desk, lambda: NOW)  # type: ignore[arg-type]
        await stage.until("Mira")
        await open_katherine(stage)
        monkeypatch.setattr(desk.drafting, "journal", refuse)
        await stage.type("only here")
        await stage.until("NOT KEPT")
        await app.action_quit()
    assert app.unkept == ("only here",)
    assert app.return_code == 1
    desk.close()


async def test_nothing_is_taken_while_leaving_waits_and_quitting_again_leaves_at_once(
    desk_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    desk = make_desk(desk_url, now=NOW, zone=ZONE)
    app = DeskApp(lambda: desk)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        stage = Stage(app, pilot, desk, lambda: NOW)  # type: ignore[arg-type]
        await stage.until("Mira")
        await open_katherine(stage)
        monkeypatch.setattr(desk.drafting, "journal", lambda *_a, **_n: go_on.wait(10))
        await stage.type("before")
        await stage.press("ctrl+d")
        await stage.until("Saving what was typed", "ctrl+d again", "│ before ")
        await stage.type("after")
        assert stage.app._desk_screen.note_line.text == "before"
        await stage.press("ctrl+d")
        await app.leaving.end()
    assert app.unkept == ("before",)
    assert app.return_code == 1
    go_on.set()
    desk.close()
