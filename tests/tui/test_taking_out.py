"""What is taken out of a conversation: searched, copied, opened; and on purpose only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from agent_tui.config import Settings
from agent_tui.domain.values.conversation import Whose
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp
from agent_tui.tui.clipboard import TerminalClipboard
from agent_tui.tui.widgets.inputs import FindInput
from tests.builders import StandingClock, make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage
from tests.tui.test_talk import write_in

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}")


class FakeClipboard:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def take(self, text: str) -> str:
        """Keep it."""
        self.taken.append(text)
        return "kept by the test"


async def _open_katherine(stage: Stage) -> None:
    await stage.type("kath smi")
    await stage.until("▸ Katherine Smith", "late 6 d")
    await stage.press("enter")
    await stage.until("about Katherine Smith", "▸ Conversation", "note complaint C7K2")


async def test_words_are_found_and_enter_goes_there(open_app: Open) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.press("s")
        await stage.until("Search what was said with Katherine Smith", "Type one word or several")
        await stage.type("keys aviary")
        await stage.until("1 found, newest first", "Nov 2016")
        await stage.press("enter")
        await stage.until("▸‹ they Hello, we get the keys", gone="newest first")
        await stage.press("s")
        await stage.until("keys aviary", "1 found")


async def test_the_next_hit_is_one_key_on(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.press("f11")
        await stage.type("boiler")
        await stage.until("found, newest first")
        await stage.press("enter")
        await stage.until("▸ Conversation", gone="newest first")
        first = stage.app.screen.query_one("#conversation-lines").current  # type: ignore[attr-defined]
        await stage.press("s")
        await stage.until("found, newest first")
        await stage.press("down", "enter")
        await stage.until("▸ Conversation", gone="newest first")
        second = stage.app.screen.query_one("#conversation-lines").current  # type: ignore[attr-defined]
        found = desk.opening.search(Whose(stage.app.screen.whom.opened), "boiler")  # type: ignore[attr-defined]
        assert [hit.entry.place for hit in found[:2]] == [first.place, second.place]


async def test_the_words_from_before_are_replaced_by_the_next_ones(open_app: Open) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.press("f11")
        await stage.type("boiler")
        await stage.until("found, newest first")
        await stage.press("escape")
        await stage.press("f11")
        await stage.until("found, newest first")
        await stage.type("visit")
        await stage.sees(lambda: stage.app.screen.query_one(FindInput).value == "visit")


async def test_who_was_looked_for_does_not_stand_over_whom_one_turns_to(open_app: Open) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        assert stage.app._desk_screen.finder.query_text
        await stage.press("f9")
        await stage.until("about", gone="about Katherine")
        await stage.sees(lambda: not stage.app._desk_screen.finder.query_text)


async def test_nothing_found_and_nothing_to_be_found_out_are_said(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app() as stage:
        await _open_katherine(stage)
        await stage.press("s")
        await stage.type("xyzzy")
        await stage.until("Nothing that was said or noted has this in it")

        def refuse(*_words: object, **_more: object) -> None:
            raise Unavailable("the server is gone")

        monkeypatch.setattr(stage.desk.opening, "search", refuse)
        await stage.type("z")
        await stage.until("the server is gone")
        await stage.press("escape")
        await stage.until("▸ Conversation", gone="the server is gone")


@SIZES
async def test_hits_show_when_who_and_the_words_around(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await _open_katherine(stage)
        await stage.press("escape", "escape", "escape")
        await stage.until("▸ Conversation", gone=" of 305")
        await stage.press("s")
        await stage.type("boiler")
        await stage.until("found, newest first")
        await stage.looks_like(f"search-here-{size[0]}x{size[1]}")


async def test_a_message_is_copied_and_it_is_said_how(open_app: Open) -> None:
    async with open_app() as stage:
        stage.app.clipboard_outside = clipboard = FakeClipboard()
        await _open_katherine(stage)
        await stage.press("c")
        await stage.until("The note: kept by the test", 'mood: "you')
        assert len(clipboard.taken) == 1
        assert clipboard.taken[0].startswith("mood: \"you've been putting it at the top")


async def test_a_message_being_written_is_copied_without_its_card_number(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        stage.app.clipboard_outside = clipboard = FakeClipboard()
        write_in(desk)
        await stage.until("is anybody there?", "─ Reply F10")
        await stage.press("f10")
        await stage.type("not 4111 1111 1111 1111 please")
        await stage.press("shift+f9")
        await stage.until("t  copy the text that is being written")
        await stage.press("t")
        await stage.until("The text: kept by the test")
        assert clipboard.taken == ["not **** **** **** 1111 please"]


async def test_a_link_opens_only_when_its_whole_address_was_read_and_agreed_to(
    open_app: Open, desk: Desk
) -> None:
    opened: list[str] = []

    async def browse(address: str) -> bool:
        opened.append(address)
        return True

    address = "https://user@shop.example.evil.test/" + "path/" * 20 + "end"
    async with open_app() as stage:
        stage.app.browse = browse
        stage.app.clipboard_outside = clipboard = FakeClipboard()
        await _open_katherine(stage)
        customer = stage.app.screen.whom.opened  # type: ignore[attr-defined]
        desk.noting.save(f"she sent {address}, and javascript:alert(1)", customer_id=customer)
        await stage.until("¶ note she sent")
        await stage.press("space")
        await stage.until("l  open a link in it", "y  copy")
        await stage.press("l")
        await stage.until("Open this link?", "leads to  shop.example.evil.test", "path/end")
        await stage.press("escape")
        assert opened == []
        await stage.press("space", "l")
        await stage.until("Open this link?")
        await stage.press("c")
        await stage.until("The address: kept by the test")
        assert clipboard.taken == [address]
        await stage.press("space", "l", "o")
        await stage.until("Handed to the browser")
        assert opened == [address]


async def test_an_address_too_long_to_be_read_is_not_opened(open_app: Open, desk: Desk) -> None:
    opened: list[str] = []

    async def browse(address: str) -> bool:
        opened.append(address)
        return True

    async with open_app() as stage:
        stage.app.browse = browse
        await _open_katherine(stage)
        customer = stage.app.screen.whom.opened  # type: ignore[attr-defined]
        desk.noting.save(f"https://example.test/{'a' * 2000}", customer_id=customer)
        await stage.until("characters in all")
        await stage.press("space", "l")
        await stage.until("too long to be read")
        await stage.press("o")
        await stage.until("too long to be read")
        assert opened == []


@pytest.fixture
def tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called tmux that keeps how it was called, and what it was given."""
    program = tmp_path / "bin" / "tmux"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/words\ncat > {tmp_path}/text\n'
        f"exit $(cat {tmp_path}/code)\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    (tmp_path / "code").write_text("0")
    return tmp_path


async def _copied(desk_url: str, environment: dict[str, str]) -> tuple[str, str]:
    """How a text was copied, and what the terminal was handed."""
    desk = make_desk(desk_url, now=StandingClock(NOW), zone=ZONE)
    app = DeskApp(lambda: desk, settings=Settings())
    async with app.run_test():
        way = await TerminalClipboard(app, environment).take("a ‘text’ of two\nlines")
        handed = app.clipboard
        await app.action_quit()
    desk.close()
    return way, handed


async def test_without_tmux_the_terminal_is_handed_the_text(desk_url: str) -> None:
    way, handed = await _copied(desk_url, {})
    assert "OSC 52" in way
    assert handed == "a ‘text’ of two\nlines"


async def test_under_tmux_its_buffer_takes_the_text(desk_url: str, tmux: Path) -> None:
    way, handed = await _copied(desk_url, {"TMUX": "/tmp/tmux-0/default,1,0"})
    assert way == "copied through tmux"
    assert (tmux / "words").read_text().split() == ["load-buffer", "-w", "-"]
    assert (tmux / "text").read_text() == "a ‘text’ of two\nlines"
    assert handed == ""


async def test_a_tmux_that_refuses_is_passed_by(desk_url: str, tmux: Path) -> None:
    (tmux / "code").write_text("1")
    way, handed = await _copied(desk_url, {"TMUX": "/tmp/tmux-0/default,1,0"})
    assert "OSC 52" in way
    assert handed == "a ‘text’ of two\nlines"
