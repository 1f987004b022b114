"""The keeper of the note line: each text is its own, whatever is slow, fails or comes late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from agent_tui.domain.values import ids
from agent_tui.domain.values.today import DraftText
from agent_tui.tui.screens.notes import NoteKeeper
from agent_tui.tui.screens.sheets import Subject
from agent_tui.tui.unkept import Typed, Unkept

AVA, BEN = Subject(1, None, "Ava"), Subject(2, None, "Ben")
AVA_CALLS = Subject(1, 11, "Ava")
SOMEBODY_CALLS = Subject(None, 11, "+44 20")


@dataclass
class Line:
    """A line to type in, and all that was said in its frame."""

    text: str = ""
    about: str = ""
    title: str = ""
    remarks: list[str] = field(default_factory=list)

    def put(self, text: str) -> None:
        self.text = text

    def remark(self, text: str, *, urgent: bool = False) -> None:
        self.remarks.append(f"! {text}" if urgent else text)

    def write_about(self, about: str, title: str) -> None:
        self.about, self.title = about, title


@dataclass
class Paper:
    """Asking and writing in one; what was asked for is in lists, and nothing answers by itself."""

    unkept: Unkept = field(default_factory=Unkept)
    drafts_asked: list[str] = field(default_factory=list)
    journalled: dict[int, Typed] = field(default_factory=dict)
    saved: list[dict[str, Any]] = field(default_factory=list)

    def draft(self, about: str, customer_id: int | None, *, kind: str) -> None:
        self.drafts_asked.append(about)

    def journal(self, text_id: int, typed: Typed) -> None:
        self.unkept.ask(text_id, typed)
        self.journalled[text_id] = typed

    def note(self, text: str, **names: Any) -> None:
        self.saved.append({"text": text, **names})

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What a database would have: about whom, and the text."""
        return [(one.about, one.text) for one in self.journalled.values() if one.text]


class Stage:
    """A keeper with a line, and a clock that only the test moves."""

    def __init__(self) -> None:
        self.line, self.paper = Line(), Paper()
        self.timers: list[Callable[[], None]] = []
        self.keeper = NoteKeeper(self.line, lambda _seconds, run: self.timers.append(run))
        self.keeper.connect(self.paper, self.paper)  # type: ignore[arg-type]

    def type(self, text: str) -> None:
        self.line.text += text
        self.keeper.typed()
        self.tick()

    def tick(self) -> None:
        due, self.timers = self.timers, []
        for run in due:
            run()

    @property
    def sheet_id(self) -> int:
        assert self.keeper.sheet is not None
        return self.keeper.sheet.id


def draft(draft_id: int, text: str, subject: Subject, **more: Any) -> DraftText:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    named = {"customer_id": subject.customer_id, "interaction_id": subject.interaction_id}
    return DraftText(draft_id, "note", subject.about, text, at, **{**named, **more})


def test_what_is_typed_is_journalled_under_its_own_id_and_saved_under_it() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    text_id = stage.sheet_id
    stage.type("moved house")
    assert stage.paper.journalled[text_id] == Typed(AVA.about, "moved house")
    stage.keeper.submit()
    assert stage.paper.saved[0]["note_id"] == text_id
    assert stage.line.text == ""
    assert stage.sheet_id != text_id


def test_a_draft_comes_back_into_an_empty_line_under_its_own_id() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.keeper.take_draft(AVA.about, draft(7, "half a thought", AVA))
    assert (stage.line.text, stage.sheet_id) == ("half a thought", 7)
    assert stage.paper.texts == [], "it is kept already"


def test_a_draft_that_comes_after_the_first_key_leaves_both_as_they_are() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.type("new")
    stage.keeper.take_draft(AVA.about, draft(7, "old", AVA))
    assert stage.line.text == "new"
    assert stage.paper.texts == [(AVA.about, "new")]
    assert "another draft on this is in Today" in stage.line.remarks


def test_a_draft_for_somebody_else_by_now_is_dropped() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.keeper.turn_to(BEN)
    stage.keeper.take_draft(AVA.about, draft(7, "about Ava", AVA))
    assert stage.line.text == ""


def test_each_text_comes_back_with_its_person_though_nothing_was_kept_or_read() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.type("about Ava")
    ava = stage.sheet_id
    stage.keeper.not_kept(ava, stage.paper.journalled[ava], "the disk is full")
    stage.keeper.turn_to(BEN)
    stage.type("about Ben")
    stage.keeper.turn_to(AVA)
    assert (stage.line.text, stage.sheet_id) == ("about Ava", ava)
    stage.keeper.turn_to(BEN)
    assert stage.line.text == "about Ben"


def test_a_text_goes_with_the_call_that_begins_and_stays_with_it_when_it_ends() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.type("late again")
    text_id = stage.sheet_id
    stage.keeper.turn_to(AVA_CALLS)
    stage.tick()
    assert stage.paper.journalled[text_id].about == AVA_CALLS.about
    stage.keeper.turn_to(AVA)
    stage.keeper.submit()
    assert stage.paper.saved[0]["interaction_id"] == 11


def test_a_text_on_a_caller_goes_on_when_it_is_known_who_that_is() -> None:
    stage = Stage()
    stage.keeper.turn_to(SOMEBODY_CALLS)
    stage.type("wants a quote")
    stage.keeper.turn_to(AVA_CALLS)
    stage.keeper.submit()
    assert stage.paper.saved[0]["customer_id"] == 1
    assert stage.paper.saved[0]["interaction_id"] == 11


def test_a_note_that_was_not_saved_is_back_in_the_line_under_its_id() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    text_id = stage.sheet_id
    stage.type("once")
    stage.keeper.submit()
    assert stage.keeper.not_saved(text_id, "the disk is full")
    assert (stage.line.text, stage.sheet_id) == ("once", text_id)
    assert stage.line.remarks[-1] == "! NOT SAVED: the disk is full"


def test_a_note_that_was_not_saved_waits_until_the_line_is_free_and_is_never_mixed_in() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    first = stage.sheet_id
    stage.type("first")
    stage.keeper.submit()
    stage.type("second")
    second = stage.sheet_id
    assert not stage.keeper.not_saved(first, "the disk is full")
    assert stage.line.text == "second"
    assert sorted(text for _about, text in stage.paper.texts) == ["first", "second"]
    stage.keeper.submit()
    stage.keeper.saved(second, "saved")
    assert (stage.line.text, stage.sheet_id) == ("first", first)


def test_silence_of_the_database_is_said_while_typing_goes_on(monkeypatch: Any) -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    monkeypatch.setattr(stage.paper.unkept, "waits", lambda _text_id: 2.0)
    stage.type("a")
    stage.type("b")
    assert stage.line.remarks[-1] == "! NOT KEPT YET: the database does not answer"


def test_a_journal_that_failed_is_written_again() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.type("words")
    text_id = stage.sheet_id
    typed = stage.paper.journalled.pop(text_id)
    stage.keeper.not_kept(text_id, typed, "read-only")
    assert stage.line.remarks[-1] == "! NOT KEPT: read-only"
    stage.tick()
    assert stage.paper.journalled[text_id].text == "words"


def test_a_correction_is_saved_in_the_place_of_the_note_and_the_half_note_comes_back() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.type("half")
    half = stage.sheet_id
    stage.keeper.rewrite(99, "the meter is new", "the note of 17 Nov")
    assert (stage.line.title, stage.line.text) == (
        "Correcting the note of 17 Nov",
        "the meter is new",
    )
    stage.type("er")
    text_id = stage.sheet_id
    assert stage.paper.journalled[text_id].corrects_id == 99
    stage.keeper.submit()
    assert stage.paper.saved[0]["corrects_id"] == 99
    stage.keeper.saved(text_id, "saved")
    assert (stage.line.text, stage.sheet_id, stage.line.title) == ("half", half, "Note")


def test_a_correction_in_which_nothing_was_changed_leaves_no_draft() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.keeper.rewrite(99, "as it was", "the note of 17 Nov")
    stage.keeper.typed()
    stage.tick()
    stage.keeper.stop_rewriting()
    assert (stage.line.text, stage.line.title) == ("", "Note")
    assert stage.paper.texts == []


def test_a_correction_that_was_begun_stays_a_draft_of_that_correction() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.keeper.rewrite(99, "as it was", "the note of 17 Nov")
    stage.type(" not")
    stage.keeper.stop_rewriting()
    assert stage.line.text == ""
    [typed] = [one for one in stage.paper.journalled.values() if one.text]
    assert (typed.text, typed.corrects_id) == ("as it was not", 99)
    again = draft(7, "as it was not", AVA, corrects_id=99)
    stage.keeper.take_up(again)
    assert stage.line.title == "Correcting an earlier note"
    stage.keeper.submit()
    assert stage.paper.saved[0]["corrects_id"] == 99


def test_a_text_taken_back_is_in_the_line_or_a_draft_on_whom_it_is_about() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    assert stage.keeper.give(AVA, "taken back")
    assert stage.line.text == "taken back"
    assert not stage.keeper.give(BEN, "about Ben")
    assert stage.line.text == "taken back"
    assert (BEN.about, "about Ben") in stage.paper.texts


def test_a_draft_from_today_takes_the_line_and_what_was_typed_is_a_draft_itself() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.type("typed")
    stage.keeper.take_up(draft(7, "from Today", AVA))
    assert stage.line.text == "from Today"
    assert stage.paper.texts == [(AVA.about, "typed")]


def test_nothing_is_saved_about_nobody() -> None:
    stage = Stage()
    stage.line.text = "words"
    stage.keeper.submit()
    stage.keeper.keep()
    assert stage.paper.saved == []
    assert stage.paper.texts == []


def test_a_draft_that_is_saved_already_does_not_come_back() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    text_id = stage.sheet_id
    stage.type("once")
    stage.keeper.submit()
    stage.keeper.take_draft(AVA.about, draft(text_id, "once", AVA))
    assert stage.line.text == ""


def test_a_draft_left_in_a_call_is_about_that_call_when_it_comes_back_after_it() -> None:
    stage = Stage()
    stage.keeper.turn_to(AVA)
    stage.keeper.take_draft(AVA.about, draft(7, "in the call", AVA_CALLS))
    stage.keeper.submit()
    assert stage.paper.saved[0]["interaction_id"] == 11
    assert ids.show(ids.INTERACTION, 11) == AVA_CALLS.about
