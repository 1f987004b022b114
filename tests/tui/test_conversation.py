"""The conversation pane on the screen: read through without end, kept up without a jump."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent_tui.domain.tables import Interaction, Message, Note
from agent_tui.domain.values import ids
from agent_tui.domain.values.conversation import Whose
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.services.registering import add_customer, link_peer
from agent_tui.storage import schema
from agent_tui.storage.queries.conversations import ENTRIES_IN_PAGE
from agent_tui.tui import messages
from agent_tui.tui.screens.desk import DeskScreen
from agent_tui.tui.widgets.conversation import _KEPT_WHEN_RESIZED, ConversationPane
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

PHONE = "07700 900118"
CALLS, LINES = 8, 250


@pytest.fixture
def url(tmp_path: object) -> str:
    """A desk with Ada Hart alone, who said 2,000 lines in eight chats."""
    url = f"sqlite:///{tmp_path}/ada.sqlite"
    schema.upgrade(url)
    desk = make_desk(url, now=NOW, zone=ZONE)
    with desk.writing() as unit:
        who = add_customer(unit, name="Ada Hart").id
        link_peer(unit, customer_id=who, peer=PHONE, region="GB")
        for number in range(CALLS):
            opened = NOW - timedelta(days=CALLS - number)
            call = Interaction(
                customer_id=who,
                channel="chat",
                direction="in",
                state="wrapped_up",
                met="yes",
                opened_at=opened,
            )
            unit.add(call)
            unit.insert_many(
                Message,
                [
                    {
                        "id": new_id(),
                        "interaction_id": call.id,
                        "sequence": said + 1,
                        "at": opened + timedelta(seconds=said),
                        "speaker": "customer",
                        "text": f"line {number * LINES + said + 1}.",
                        "final": True,
                        "delivery": "none",
                    }
                    for said in range(LINES)
                ],
            )
    desk.close()
    return url


@pytest.fixture
def other(url: str) -> Iterator[Desk]:
    """Another desk on the same database."""
    desk = make_desk(url, handle="asha", now=NOW, zone=ZONE)
    yield desk
    desk.close()


async def _open_ada(stage: Stage) -> ConversationPane:
    await stage.type("ada")
    await stage.until("▸ Ada Hart")
    await stage.press("enter")
    await stage.until("about Ada Hart", "line 2000.")
    return stage.app.screen.query_one(ConversationPane)


def _customer(desk: Desk) -> int:
    return desk.finding.choose("Ada Hart")


def _numbers(pane: ConversationPane) -> list[int]:
    """The lines on the screen."""
    texts = ["".join(span.text for span in shown.left) for shown in pane.lines]
    return [int(text.partition("line ")[2].rstrip(".")) for text in texts if "line " in text]


async def test_home_is_the_true_beginning_and_end_the_newest_line(open_app: Open, url: str) -> None:
    async with open_app(url=url) as stage:
        pane = await _open_ada(stage)
        await stage.press("home")
        await stage.until(" line 1.")
        assert pane.current is not None
        assert pane.current.text == "line 1."
        await stage.press("end")
        await stage.until("line 2000.")
        assert pane.current.text == "line 2000."


async def test_everything_can_be_paged_through_in_order(open_app: Open, url: str) -> None:
    async with open_app(url=url, size=(100, 60)) as stage:
        pane = await _open_ada(stage)
        seen: list[int] = []
        for key, end in (("pageup", 1), ("pagedown", CALLS * LINES)):
            seen = []
            for _ in range(200):
                shown = _numbers(pane)
                fresh = [number for number in shown if number not in seen]
                seen = [*fresh, *seen] if key == "pageup" else [*seen, *fresh]
                if end in shown:
                    break
                await stage.press(key)
                await stage.pilot.pause()
            assert seen == list(range(1, CALLS * LINES + 1))
            assert len(pane._window) <= 1_200


async def test_what_arrives_while_the_newest_is_not_loaded_is_counted(
    open_app: Open, url: str, other: Desk
) -> None:
    async with open_app(url=url) as stage:
        other.conversing.take(CallSignal("chat", "c1", "answered", sender=PHONE, receiver="mira"))
        await stage.until("about Ada Hart")
        stage.app.screen.query_one(ConversationPane).focus()
        await stage.until("▸ Conversation")
        await stage.press("home")
        await stage.until(" line 1.")
        for number in range(3):
            signal = MessageSignal("chat", "c1", f"m{number}", "customer", f"new {number}")
            other.conversing.take(signal)
        await stage.until("3 new below · End", " line 1.")
        await stage.press("end")
        await stage.until("new 2", gone="new below")


async def test_a_burst_is_followed_to_its_end(open_app: Open, url: str, other: Desk) -> None:
    async with open_app(url=url) as stage:
        other.conversing.take(CallSignal("chat", "c1", "answered", sender=PHONE, receiver="mira"))
        await stage.until("about Ada Hart")
        call = other.opening.live()[0]
        for start in (0, 700):
            with other.writing() as unit:
                rows = [
                    Message(
                        interaction_id=call.id,
                        sequence=start + said + 1,
                        speaker="customer",
                        text=f"burst {start + said}.",
                    )
                    for said in range(700)
                ]
                unit.add(*rows)
                for row in rows:
                    unit.record(
                        "message.added",
                        subject=ids.show(ids.MESSAGE, row.id),
                        customer_id=_customer(other),
                        interaction_id=call.id,
                    )
            await stage.until(f"burst {start + 699}.")
        pane = stage.app.screen.query_one(ConversationPane)
        assert len(pane._window) <= 1_200


async def test_the_chosen_entry_is_told_and_marked(
    open_app: Open, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str | None] = []

    def heard(_screen: DeskScreen, event: messages.EntryHighlighted) -> None:
        told.append(event.entry.text if event.entry else None)

    monkeypatch.setattr(DeskScreen, "on_entry_highlighted", heard, raising=False)
    async with open_app(url=url) as stage:
        pane = await _open_ada(stage)
        await stage.press("up", "k")
        await stage.until("▸‹ they line 1998.")
        assert pane.current is not None
        assert pane.current.text == "line 1998."
        await stage.press("f4")
        await stage.until("▸ Note", gone="▸‹ they")
        await stage.pilot.pause()
        assert told == ["line 2000.", "line 1999.", "line 1998.", None]


async def test_an_interaction_far_away_is_gone_to(open_app: Open, url: str, other: Desk) -> None:
    oldest = other.opening.first(_whose(other)).passages[0].interaction
    assert oldest is not None
    async with open_app(url=url) as stage:
        pane = await _open_ada(stage)
        stage.app.screen.post_message(messages.PassageRequested(oldest.id))
        await stage.until(" line 1.")
        assert pane.current is not None
        assert pane.current.text == "line 1."
        far = other.opening.search(_whose(other), "1111.")[0].entry.place
        stage.app.screen.post_message(messages.PlaceRequested(far))
        await stage.until("line 1111.")
        assert pane.current.text == "line 1111."


def _whose(desk: Desk) -> Whose:
    return Whose(_customer(desk))


async def test_what_is_only_next_never_comes_before_where_the_reader_wants_to_be(
    open_app: Open, url: str, other: Desk
) -> None:
    far = other.opening.search(_whose(other), "1111.")[0].entry.place
    async with open_app(url=url) as stage:
        pane = await _open_ada(stage)
        screen = stage.app.screen
        screen.post_message(messages.PlaceRequested(far))
        screen.post_message(messages.PageRequested("earlier", pane._window.earlier))
        await stage.until("line 1111.")


async def test_a_note_elsewhere_in_time_does_not_move_the_reader(
    open_app: Open, url: str, other: Desk
) -> None:
    async with open_app(url=url) as stage:
        pane = await _open_ada(stage)
        await stage.press("pageup", "pageup", "pageup")
        before = _numbers(pane)
        call = pane.current.interaction_id if pane.current else None
        other.noting.save("noted late", customer_id=_customer(other), interaction_id=call)
        await stage.until("1 new below · End")
        assert _numbers(pane) == before
        await stage.press("end")
        await stage.until("¶ note noted late")


async def test_a_correction_stands_over_the_old_text_and_a_note_taken_back_is_gone(
    open_app: Open, url: str, other: Desk
) -> None:
    first = other.noting.save("allergic to nuts", customer_id=_customer(other)).id
    async with open_app(url=url) as stage:
        await _open_ada_and_note(stage)
        with other.writing() as unit:
            better = Note(
                customer_id=_customer(other),
                text="allergic to cats",
                at=NOW,
                corrects_id=first,
                author_id=other.agent.id,
            )
            unit.add(better)
            shown = ids.show(ids.NOTE, better.id)
            unit.record("note.corrected", subject=shown, customer_id=_customer(other))
        await stage.until("¶ note allergic to cats", "before: allergic to nuts")
        with other.writing() as unit:
            row = unit.get(Note, first)
            row.undone_at = NOW
            unit.save(row)
            shown = ids.show(ids.NOTE, first)
            unit.record("note.undone", subject=shown, customer_id=_customer(other))
        await stage.until("line 2000.", gone="allergic")


async def _open_ada_and_note(stage: Stage) -> None:
    await stage.type("ada")
    await stage.until("▸ Ada Hart")
    await stage.press("enter")
    await stage.until("about Ada Hart", "¶ note allergic to nuts")


async def test_changing_the_width_keeps_what_is_read(open_app: Open, url: str) -> None:
    async with open_app(url=url) as stage:
        pane = await _open_ada(stage)
        for _ in range(9):
            await stage.press("pageup")
        top = _numbers(pane)[0]
        for width in (80, 200, 100):
            await stage.pilot.resize_terminal(width, 36)
            await stage.pilot.pause()
            assert _numbers(pane)[0] == top
            # What is kept near the place, and at most a page that was read on beyond it.
            assert len(pane._window) <= _KEPT_WHEN_RESIZED + ENTRIES_IN_PAGE
        await stage.press("end")
        await stage.until("line 2000.")


async def test_a_page_that_cannot_be_read_leaves_what_is_there(
    open_app: Open, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_whose: object) -> None:
        raise Unavailable("the server is gone")

    async with open_app(url=url) as stage:
        await _open_ada(stage)
        monkeypatch.setattr(stage.desk.opening, "first", refuse)
        await stage.press("home")
        await stage.until("the server is gone", "line 2000.")
        monkeypatch.undo()
        await stage.press("home")
        await stage.until(" line 1.")
