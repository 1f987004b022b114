"""What a fresh interpreter has loaded, since imports are what a start costs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

DATABASE = {"sqlalchemy", "sqlmodel", "pydantic", "alembic"}
SCREEN = {"textual", "rich"}

REPORT = (
    "import json, sys; print('\\n' + json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
)


def loaded(code: str) -> set[str]:
    """The top packages in `sys.modules` of an interpreter that ran `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{REPORT}"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["find", "--help"]])
def test_version_and_help_load_neither_database_nor_screen(words: list[str]) -> None:
    code = f"from agent_tui.__main__ import main; assert main({words!r}) == 0"
    assert not loaded(code) & (DATABASE | SCREEN)


def test_importing_the_package_costs_nothing() -> None:
    assert loaded("import agent_tui") - loaded("") == {"agent_tui"}


def test_opening_the_desk_needs_no_database_library_and_no_command_line_library() -> None:
    found = loaded(
        "import agent_tui.cli.desk, agent_tui.cli.demo, agent_tui.bootstrap\n"
        "import agent_tui.services.demonstrating, agent_tui.tui.app"
    )
    assert "textual" in found
    assert not found & {*DATABASE, "click", "typer"}


def test_reading_commands_load_no_database_library(tmp_path: object) -> None:
    code = (
        "import os\n"
        f"os.environ['AGENT_TUI_HOME'] = {str(tmp_path)!r}\n"
        "from agent_tui.__main__ import main\n"
        "assert main(['find', 'ava']) == 0\n"
    )
    loaded(code)
    assert not loaded(code) & {*DATABASE, "textual"}


def test_the_plotting_library_waits_until_a_line_is_looked_at() -> None:
    places = "agent_tui.tui.app, agent_tui.tui.screens.recent, agent_tui.tui.screens.relationship"
    assert not loaded(f"import {places}") & {"textual_plotext", "plotext"}
    drawn = (
        "from agent_tui.tui.widgets.plot_lines import plot_lines\n"
        "plot_lines([0.5], [False], ['16 Nov'], 0, 80, 12)"
    )
    found = loaded(drawn)
    assert {"textual_plotext", "plotext"} <= found
    assert not found & {"numpy", "PIL", "cv2"}
