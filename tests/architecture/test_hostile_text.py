"""No string from outside reaches the screen in a way that reads markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

import agent_tui.tui
from agent_tui.tui.theme import own_colours
from agent_tui.tui.widgets.panel import Panel
from tests.architecture.markup import findings

SCREEN = Path(agent_tui.tui.__file__).parent
HOSTILE = "[/x] [@click=app.quit]tap[/] [b"

BAD = {
    "from textual.widgets import Static": "Static reads markup",
    "from textual.widgets import Input, Label": "Label reads markup",
    "from textual.widgets._option_list import OptionList": "OptionList reads markup",
    "import textual.widgets": "textual.widgets reads markup",
    "from textual import widgets": "widgets reads markup",
    "from rich.markup import escape": "escape reads markup",
    "from rich import print": "print reads markup",
    "Static(name)": "Static() is given a string that it reads as markup",
    "Static(f'Hello {name}')": "Static() is given a string that it reads as markup",
    "Collapsible(body, title=name)": "Collapsible() is given a string that it reads as markup",
    "Tree(label=name)": "Tree() is given a string that it reads as markup",
    "OptionList(*names)": "OptionList() is given a string that it reads as markup",
    "Label(name, markup=flag)": "Label() is given a string that it reads as markup",
    "label.update(name)": "update() is given a string that it reads as markup",
    "self.query_one('#x').update('a' + name)": (
        "update() is given a string that it reads as markup"
    ),
    "self.app.notify(words)": "notify() without markup=False",
    "self.app.notify('saved', title=name)": "notify() without markup=False",
    "self.app.notify(words, markup=True)": "notify() without markup=False",
    "self.border_title = name": "border_title is set to what may be read as markup",
    "self.border_subtitle = f'{count} found'": (
        "border_subtitle is set to what may be read as markup"
    ),
    "self.border_title = Content.from_markup(name)": "from_markup() reads markup",
    "self.border_title = Content.from_text(name)": "from_text() reads markup",
    "self.border_title = ' '.join(names)": "border_title is set to what may be read as markup",
    "self.border_title += name": "border_title is set to what may be read as markup",
    "a.tooltip = b.tooltip = name": "tooltip is set to what may be read as markup",
    "self.border_title, other = name, 1": "border_title is set to what may be read as markup",
    "self.loading = name": "loading is set to what may be read as markup",
    "BORDER_TITLE = TITLES['today']": "border_title is set to what may be read as markup",
    "setattr(panel, 'border_title', name)": "border_title is set to what may be read as markup",
    "setattr(panel, which, name)": "setattr() of a name that is not in the source",
    "Panel('x', tooltip=name)": "tooltip is set to what may be read as markup",
    "widget.with_tooltip(name)": "tooltip is set to what may be read as markup",
    "Text.from_markup(name)": "from_markup() reads markup",
    "escape(name)": "escape() reads markup",
    "self.render_str(name)": "render_str() reads markup",
    "self.run_action(f'find({name!r})')": "run_action() of a string that is not in the source",
    "super().run_action(f'find({name!r})')": "run_action() of a string that is not in the source",
    "SystemCommand(customer.name, action.help, run)": (
        "SystemCommand() with words from outside the action table"
    ),
    "def render(self):\n    return self.name": "render() returns what may be read as markup",
    "def show(self, title):\n    self.border_title = title": (
        "border_title is set to what may be read as markup"
    ),
    "def show(self, name):\n    title = Content(name)\n    title = name\n    a.tooltip = title": (
        "tooltip is set to what may be read as markup"
    ),
    "def show(self, title):\n    title = title + '!'\n    a.tooltip = title": (
        "tooltip is set to what may be read as markup"
    ),
}

GOOD = [
    "from textual.widgets import Input",
    "from textual.widgets._input import Input",
    "from textual.containers import Vertical",
    "Static('Nothing yet', id=name)",
    "Static(Content(name))",
    "Label(name, markup=False)",
    "self.app.notify(words, title=name, markup=False)",
    "condition.notify()",
    "seen.update(call.id for call in calls)",
    "label.update(Content(name))",
    "self.border_title = None",
    "self.border_title = Content(plain(name)) if name else None",
    "self.border_subtitle = 'Esc closes'",
    "self.loading = True",
    "self._loading = self.is_busy",
    "def show(self, name):\n    title = Content.styled(name, 'bold')\n    a.border_title = title",
    "def show(self, parts):\n    self.border_title = Content(' ').join(parts)",
    "def render(self):\n    return Content(self.name)",
    "SystemCommand(action.title, action.help, run)",
    "self.run_action('quit')",
    "async def run_action(self, action):\n    return await super().run_action(action)",
]


@pytest.mark.parametrize(("source", "said"), BAD.items(), ids=BAD)
def test_what_would_read_markup_is_found(source: str, said: str) -> None:
    assert said in [finding.split(": ", 1)[1] for finding in findings(source)]


@pytest.mark.parametrize("source", GOOD)
def test_plain_text_is_let_through(source: str) -> None:
    assert findings(source) == []


@pytest.mark.parametrize(
    "file", sorted(SCREEN.rglob("*.py")), ids=lambda file: str(file.relative_to(SCREEN))
)
def test_nothing_on_the_screen_reads_markup(file: Path) -> None:
    assert findings(file.read_text(encoding="utf-8")) == []


async def test_a_panel_shows_hostile_titles_letter_for_letter() -> None:
    class Framed(App[None]):
        def get_theme_variable_defaults(self) -> dict[str, str]:
            return own_colours(self.current_theme)

        def compose(self) -> ComposeResult:
            yield Panel(HOSTILE)

    app = Framed()
    async with app.run_test(notifications=True, tooltips=True):
        panel = app.query_one(Panel)
        panel.entitle(HOSTILE, HOSTILE)
        panel.remark(HOSTILE)
        for title in (panel._border_title, panel._border_subtitle):
            assert isinstance(title, Content)
            assert HOSTILE in title.plain
            assert not any("@click" in str(span.style) for span in title.spans)
