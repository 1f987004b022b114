"""Every text can be read on its ground, in every theme; and no state is told by colour alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from agent_tui.services.desk import Desk
from agent_tui.storage import schema
from agent_tui.tui.app import DeskApp
from agent_tui.tui.theme import DARK, LIGHT, PLAIN, READABLE, contrast
from benchmarks.pty_driver import Terminal, environment
from tests.tui.conftest import Open, Stage

TEXTS = ("foreground", "dim", "act", "lit")
GROUNDS = ("background", "bar", "chosen")
OURS = (DARK.name, LIGHT.name)
THEMES = (*OURS, *(theme.name for theme in BUILTIN_THEMES.values() if not theme.ansi))
FRAME = re.compile(r"[\s─│╭╮╰╯▎▊▏▔▁█…·]*")
"""What frames and gaps are made of: they carry no words."""
COLOUR = re.compile(rb"\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9]+)*m")
"""A change of colour (ECMA-48, 8.3.117)."""


@pytest.mark.parametrize("theme", THEMES)
def test_every_ink_is_legible_on_every_ground(theme: str) -> None:
    app = DeskApp(lambda: pytest.fail("no desk is needed"))
    app.theme = theme
    colours = app.get_css_variables()
    for text in TEXTS:
        for ground in GROUNDS:
            found = contrast(Color.parse(colours[text]), Color.parse(colours[ground]))
            assert found >= READABLE, f"{text} on {ground}: {found:.2f}"


def test_the_contrast_is_that_of_the_standard() -> None:
    black, white, grey = (Color.parse(name) for name in ("#000000", "#ffffff", "#767676"))
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)


def faint(app: DeskApp) -> Iterator[str]:
    """The words on the screen that are too faint, with their contrast. What lies under a window
    is dimmed on purpose: there, those of the window."""
    screen = app.screen
    windows = [one.region for one in screen.children if one.region.area] if screen.is_modal else []
    region = windows[0] if windows else screen.region
    strips = screen._compositor.render_strips()
    for strip in strips[region.y : region.bottom]:
        for text, style, _control in strip.crop(region.x, region.right):
            if style is None or style.color is None or FRAME.fullmatch(text):
                continue
            assert style.bgcolor is not None
            one, other = (Color.from_rich_color(each) for each in (style.color, style.bgcolor))
            if style.reverse:
                one, other = other, one
            found = contrast(one, other)
            if found < READABLE:
                yield f"{found:.2f} {text.strip()!r}"


async def today(stage: Stage) -> None:
    await stage.until("Promised by me")


async def finding(stage: Stage) -> None:
    await stage.type("kathrin smth")
    await stage.until("▸ Katherine Smith", "Before you speak")


async def a_person(stage: Stage) -> None:
    await finding(stage)
    await stage.press("enter")
    await stage.until("about Katherine Smith")
    await stage.press("f4")
    await stage.type("stayed home #boiler !call back fri 10am")
    await stage.until("draft kept", "topic boiler")


async def the_brief(stage: Stage) -> None:
    await a_person(stage)
    await stage.press("escape", "b", "j")
    await stage.until("▸ Katherine Smith")


async def a_menu(stage: Stage) -> None:
    await a_person(stage)
    await stage.press("ctrl+k")
    await stage.until("copy the text")


async def help_(stage: Stage) -> None:
    await stage.press("ctrl+underscore")
    await stage.until("Esc closes")


async def a_toast(stage: Stage) -> None:
    stage.app.notify("the words of it", title="A toast")
    stage.app.notify("the reason", title="Not done", severity="error")
    await stage.until("the words of it", "the reason")


STATES = (today, finding, a_person, the_brief, a_menu, help_, a_toast)


@pytest.mark.parametrize("theme", OURS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_every_word_on_the_screen_is_legible(
    open_app: Open, state: type[object], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with open_app(theme=theme) as stage:
        await state(stage)  # type: ignore[call-arg, misc]
        await stage.sees(lambda: not list(faint(stage.app)))


@pytest.mark.parametrize("name", OURS)
def test_with_sixteen_colours_ours_would_fall_together(name: str) -> None:
    """Why the terminal's own colours are taken there."""
    app = DeskApp(lambda: pytest.fail("no desk is needed"))
    app.theme = name
    colours = app.get_css_variables()
    inks = [RichColor.parse(colours[each]) for each in ("background", "bar", "chosen")]
    assert len({ink.downgrade(ColorSystem.STANDARD).number for ink in inks}) < len(inks)


@pytest.fixture
def desk_file(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    schema.upgrade(url)
    return url


def desk_in(tmp_path: Path, url: str, **more: str) -> Terminal:
    argv = (sys.executable, "-m", "agent_tui", "--db", url, "--as", "mira", "desk")
    env = environment(AGENT_TUI_HOME=str(tmp_path / "home")) | more
    return Terminal(argv, env={name: value for name, value in env.items() if value})


def test_no_color_writes_no_colour(tmp_path: Path, desk_file: str) -> None:
    with desk_in(tmp_path, desk_file, NO_COLOR="1") as terminal:
        terminal.until("Nobody is in this desk yet.")
        terminal.type("\x1f")
        terminal.until("Esc closes")
        assert COLOUR.search(bytes(terminal.written)) is None


@pytest.mark.parametrize(
    ("more", "pattern"),
    [
        ({"COLORTERM": "truecolor"}, rb"[34]8;2;"),
        ({"COLORTERM": "", "TERM": "xterm-256color"}, rb"[34]8;5;"),
    ],
)
def test_as_many_colours_are_written_as_the_terminal_has(
    tmp_path: Path, desk_file: str, more: dict[str, str], pattern: bytes
) -> None:
    with desk_in(tmp_path, desk_file, **more) as terminal:
        terminal.until("Nobody is in this desk yet.")
        assert re.search(pattern, bytes(terminal.written))


def test_a_terminal_of_sixteen_colours_gets_its_own(tmp_path: Path, desk_file: str) -> None:
    with desk_in(tmp_path, desk_file, COLORTERM="", TERM="xterm") as terminal:
        terminal.until("Nobody is in this desk yet.")
        assert not re.search(rb"[34]8;[25];", bytes(terminal.written))
        assert COLOUR.search(bytes(terminal.written))


async def test_light_and_dark_change_in_the_terminals_own_colours_too(open_app: Open) -> None:
    async with open_app(theme=PLAIN[DARK.name]) as stage:
        await stage.press("ctrl+circumflex_accent")
        assert stage.app.theme == PLAIN[LIGHT.name]
        await stage.press("ctrl+circumflex_accent")
        assert stage.app.theme == PLAIN[DARK.name]


async def test_the_chosen_row_is_told_in_a_terminals_own_colours(
    open_app: Open, desk: Desk
) -> None:
    async with open_app(theme=PLAIN[DARK.name]) as stage:
        await finding(stage)
        rows = stage.app.screen._compositor.render_strips()
        [chosen] = [row for row in rows if row.text.startswith("▸ Katherine Smith")]
        assert all(style is not None and style.reverse for _text, style, _ in list(chosen)[:3])
