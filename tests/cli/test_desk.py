"""`desk` and `demo`: what they hand to the screen, and what they refuse before there is one."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent_tui.cli.desk import open_desk
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import AgentTuiError, Unavailable
from tests.cli.conftest import Run


class NoLeaving:
    """The way out of a screen whose terminal is still there."""

    is_hung_up = False


class FakeApp:
    """Stands in for the screen: opens the desk and is left at once."""

    made: FakeApp
    failure: AgentTuiError | None = None
    fault: Exception | None = None
    return_code = 0
    finished = False
    unkept = ()
    leaving = NoLeaving()

    def __init__(
        self,
        open_desk: Callable[[], Any],
        *,
        settings: Any,
        channels: Sequence[Any],
        taken: frozenset[str],
        place_file: Path,
    ) -> None:
        del taken, place_file
        FakeApp.made = self
        self.settings = settings
        self.channels = channels
        self.frames = os.environ.get("TEXTUAL_FPS")
        desk = open_desk()
        self.agent = desk.agent
        self.today = desk.opening.today()
        desk.close()

    def heed_terminal(self) -> None:
        """There is none."""

    def run(self, *, mouse: bool) -> None:
        self.mouse = mouse

    def finish_writes(self) -> None:
        self.finished = True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> type[FakeApp]:
    """A terminal, and no Textual on it."""
    import agent_tui.tui.app

    monkeypatch.setattr(agent_tui.tui.app, "DeskApp", FakeApp)
    monkeypatch.setattr("agent_tui.cli.desk.need_terminal", lambda: None)
    monkeypatch.setattr("agent_tui.cli.demo.need_terminal", lambda: None)
    monkeypatch.delenv("TEXTUAL_FPS", raising=False)
    return FakeApp


@pytest.mark.parametrize("words", [[], ["desk"], ["demo"]])
def test_without_a_terminal_other_commands_are_named(
    run: Run, words: list[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    ended = run(*words)
    assert (ended.code, ended.out) == (1, "")
    assert "agent-tui brief" in ended.err
    assert "agent-tui recent" in ended.err
    assert not home.exists()


def test_no_command_opens_the_desk_that_the_settings_name(
    run: Run, screen: type[FakeApp], home: Path
) -> None:
    assert run("--as", "asha").code == 0
    assert screen.made.agent.handle == "asha"
    assert screen.made.frames == "120"
    assert screen.made.mouse is True
    assert screen.made.finished
    assert list(screen.made.channels) == []
    assert (home / "data" / "desk.sqlite").exists()


def test_a_desk_that_could_not_be_opened_is_told_on_stderr(
    run: Run, screen: type[FakeApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "failure", Unavailable("the disk is full"))
    ended = run()
    assert ended.code == 1
    assert "the disk is full" in ended.err


def test_the_demo_has_a_desk_of_its_own_and_somebody_calls(
    run: Run, screen: type[FakeApp], home: Path
) -> None:
    first = run("demo")
    assert (first.code, first.out, first.err) == (0, "", "Preparing the demo desk…\n")
    assert screen.made.agent.name == "Mira Okafor"
    assert screen.made.settings.region == "GB"
    assert screen.made.today.register_size == 2_014
    assert [channel.name for channel in screen.made.channels] == ["phone", "chat"]
    assert [path.name for path in (home / "data").iterdir()] == ["demo.sqlite"]
    again = run("demo", "--no-call", "--as", "noor")
    assert (again.code, again.err) == (0, "")
    assert screen.made.agent.role == "lead"
    assert [channel.name for channel in screen.made.channels] == ["chat"]
    assert run("demo", "--call", "leaving", "--speed", "4").code == 0
    assert [channel.name for channel in screen.made.channels] == ["chat", "chat"]
    assert run("demo", "--fresh").err == "Preparing the demo desk…\n"


def test_who_calls_in_the_demo_is_gone_once_it_is_left(
    run: Run, screen: type[FakeApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(app: FakeApp, *, mouse: bool) -> None:
        del mouse
        call = app.channels[0]
        with closing(open_desk(app.settings)) as desk:
            desk.conversing.take(CallSignal("phone", f"demo-call-{call._play}", "answered"))
            assert "phone" in [one.channel for one in desk.opening.live()]

    monkeypatch.setattr(screen, "run", answered)
    assert run("demo").code == 0
    with closing(open_desk(screen.made.settings)) as desk:
        assert "phone" not in [one.channel for one in desk.opening.live()]
        assert "phone" in [one.channel for one in desk.opening.today().ended]


@pytest.mark.parametrize(("words", "code"), [(["--call", "leavin"], 1), (["--speed", "0"], 2)])
def test_a_conversation_that_cannot_be_played_is_said_before_anything_is_built(
    run: Run, screen: type[FakeApp], home: Path, words: list[str], code: int
) -> None:
    ended = run("demo", *words)
    assert (ended.code, ended.out) == (code, "")
    assert "Preparing" not in ended.err
    assert not (home / "data").exists()


def test_the_demo_refuses_another_database(run: Run) -> None:
    ended = run("demo", "--db", "sqlite:///mine.sqlite")
    assert ended.code == 2
    assert "database of its own" in ended.err
