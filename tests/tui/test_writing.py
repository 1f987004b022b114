"""The desk's writes: drafts wait for nothing that is still being loaded, and saving loses none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from queue import SimpleQueue
from typing import cast

import pytest
from textual.message import Message
from textual.message_pump import MessagePump

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.services.desk import Desk
from agent_tui.tui.messages import DraftKept, MessageWritten, NoteSaved
from agent_tui.tui.unkept import Typed
from agent_tui.tui.writing import Writing
from tests.builders import make_desk
from tests.services.chats import chat

PATIENCE_S = 10


class Answers:
    """Hears what a write answers."""

    def __init__(self) -> None:
        self._told: SimpleQueue[Message] = SimpleQueue()

    def post_message(self, message: Message) -> None:
        self._told.put(message)

    def until(self, kind: type[Message]) -> None:
        """Wait until an answer of a kind has come."""
        while not isinstance(self._told.get(timeout=PATIENCE_S), kind):
            continue


@pytest.fixture
def desk(migrated_sqlite_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_sqlite_url)) as made:
        yield made


@pytest.fixture
def loaded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when what saving waits for is loaded."""
    event = threading.Event()
    for service, name in ((desk.noting, "save"), (desk.sending, "send")):
        now = getattr(service, name)

        def late(*args: object, _now: object = now, **named: object) -> object:
            event.wait(PATIENCE_S)
            return _now(*args, **named)  # type: ignore[operator]

        monkeypatch.setattr(service, name, late)
    monkeypatch.setattr(desk.noting, "warm_up", lambda _is_wanted: event.wait(PATIENCE_S))
    return event


def drafts(desk: Desk) -> list[tuple[str, str, str]]:
    rows = desk.store.reader().rows("SELECT kind, about, text FROM drafts")
    return [(row[0], row[1], row[2]) for row in rows]


@pytest.mark.parametrize("is_journalled", [False, True])
def test_a_note_is_a_draft_while_what_saving_waits_for_is_loaded(
    desk: Desk, loaded: threading.Event, is_journalled: bool
) -> None:
    ada = desk.registering.customer("Ada Hart")
    about, note_id = ids.show(ids.CUSTOMER, ada), new_id()
    answers = Answers()
    writing = Writing(desk, cast(MessagePump, answers))
    if is_journalled:
        writing.journal(note_id, Typed(about, "stayed"))
    writing.note("stayed home", note_id=note_id, customer_id=ada, interaction_id=None)
    answers.until(DraftKept)
    while drafts(desk) != [("note", about, "stayed home")]:
        answers.until(DraftKept)
    loaded.set()
    answers.until(NoteSaved)
    writing.close()
    assert drafts(desk) == []
    assert desk.store.reader().rows("SELECT text FROM notes") == [("stayed home",)]
    assert writing.unkept.texts == ()


def test_a_message_is_a_draft_while_what_sending_waits_for_is_loaded(
    desk: Desk, loaded: threading.Event
) -> None:
    call = chat(desk)
    answers, message_id = Answers(), new_id()
    writing = Writing(desk, cast(MessagePump, answers))
    writing.send("On my way.", message_id=message_id, interaction_id=call)
    answers.until(DraftKept)
    assert drafts(desk) == [("message", ids.show(ids.INTERACTION, call), "On my way.")]
    loaded.set()
    answers.until(MessageWritten)
    writing.close()
    assert drafts(desk) == []


def test_once_all_is_loaded_a_note_is_saved_without_a_draft_before(
    desk: Desk, loaded: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = desk.registering.customer("Ada Hart")
    answers = Answers()
    writing = Writing(desk, cast(MessagePump, answers))
    loaded.set()
    writing.warm_up()
    assert writing._loading is not None
    writing._loading.join()
    monkeypatch.setattr(writing, "journal", lambda *_: pytest.fail("a draft was asked for"))
    writing.note("stayed home", note_id=new_id(), customer_id=ada, interaction_id=None)
    answers.until(NoteSaved)
    writing.close()


def test_whoever_leaves_does_not_wait_for_all_that_is_still_to_be_loaded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_asked = threading.Event()
    steps: list[bool] = []

    def load(is_wanted: Callable[[], bool]) -> None:
        while is_wanted():
            steps.append(True)
            is_asked.set()

    monkeypatch.setattr(desk.noting, "warm_up", load)
    writing = Writing(desk, cast(MessagePump, Answers()))
    writing.warm_up()
    assert is_asked.wait(PATIENCE_S)
    was_closed = writing.is_closed
    writing.begin_to_close()
    writing.close()
    assert (was_closed, writing.is_closed, writing.is_loaded) == (False, True, False)
    assert "conversing" not in vars(desk)
