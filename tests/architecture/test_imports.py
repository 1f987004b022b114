"""What a fresh interpreter has loaded, since imports are what a start costs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DATABASE = {"sqlalchemy", "sqlmodel", "pydantic", "alembic"}
SCREEN = {"textual", "rich"}

REPORT = "import json, sys; print('\\n' + json.dumps(sorted(sys.modules)))"


def loaded(code: str) -> set[str]:
    """The top packages in `sys.modules` of an interpreter that ran `code`."""
    return {module.partition(".")[0] for module in modules(code)}


def modules(code: str) -> set[str]:
    """What is in `sys.modules` of an interpreter that ran `code`."""
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


READING = (
    "agents list",
    "coaching",
    "complaint list",
    "complaint show C7K2",
    "consent list a1",
    "export interactions --format csv",
    "fact list a1",
    "find ava",
    "follow-up list",
    "friction list",
    "hand-over list",
    "ledger list a1",
    "listening list",
    "measures",
    "promise list",
    "question list",
    "receipts",
    "recent",
    "refusal list a1",
    "review list",
    "review criteria",
    "scripts list",
    "scripts preview nothing",
    "tie list a1",
    "timeline a1",
    "today",
    "views list",
)
"""Words behind `agent-tui`; some are refused once they have looked."""


def test_reading_commands_load_no_database_library(tmp_path: Path) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text('{"customer": {"external_id": "a1", "name": "Ava Hill"}}\n')
    begin = (
        "import os, sys\n"
        f"os.environ['AGENT_TUI_HOME'] = {str(tmp_path)!r}\n"
        "from agent_tui.__main__ import main\n"
    )
    loaded(f"{begin}assert main(['import', {str(people)!r}]) == 0")
    report = (
        f"for words in {READING!r}:\n"
        "    assert main(words.split()) in (0, 1), words\n"
        f"    loaded = {{*{DATABASE!r}, 'textual'}} & set(sys.modules)\n"
        "    assert not loaded, (words, loaded)\n"
    )
    loaded(f"{begin}{report}")


def test_services_load_no_database_library_until_one_writes() -> None:
    """But for those that do nothing but write many rows, or write on every way through them."""
    found = loaded(
        "from agent_tui.services import (\n"
        "    complaining, conversing, following_up, friction, handing_over, knowing, listening,\n"
        "    noting, promising, registering, reviewing, scripting, sending, staffing, viewing,\n"
        "    wrapping_up,\n"
        ")"
    )
    assert not found & DATABASE


def test_a_desk_in_a_file_loads_nothing_for_a_server() -> None:
    found = modules("from agent_tui.domain import tables; tables.load()")
    assert "sqlalchemy.orm" in found
    assert not found & {"sqlalchemy.dialects.postgresql", "psycopg"}


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
