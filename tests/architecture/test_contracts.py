"""Every import contract breaks when it should: one forbidden line is planted for each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

import agent_tui

PACKAGE = Path(agent_tui.__file__).parent
PROJECT = PACKAGE.parent / "pyproject.toml"
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}

PLANTED = {
    "stair": ("storage/unit.py", "from agent_tui.services import finding"),
    "stair-in-domain": (
        "domain/values/people.py",
        "from agent_tui.domain.rules import ages",
    ),
    "screen-reach": ("tui/app.py", "from agent_tui.storage import store"),
    "widgets-know-no-service": (
        "tui/widgets/today.py",
        "from agent_tui.services.desk import Desk",
    ),
    "textual": ("services/noting.py", "import textual"),
    "rich": ("text/names.py", "import rich"),
    "sessions": ("services/finding.py", "import sqlite3"),
    "rapidfuzz": ("storage/unit.py", "import rapidfuzz"),
}
"""For each contract a file, and a line in it that breaks this contract and no other."""

ALSO_STAIR = {
    "siblings": ("search/finder.py", "from agent_tui.storage import store"),
    "scripts and files": ("scripts/reading.py", "from agent_tui.exchange import jsonl"),
    "below the services": ("text/names.py", "from agent_tui.domain.values import ids"),
    "front ends": ("bootstrap.py", "from agent_tui.cli import output"),
    "screen and wiring": ("tui/app.py", "from agent_tui import bootstrap"),
    "the root": ("errors.py", "from agent_tui import paths"),
}
"""Further steps of the stair."""

KEPT_TO = {
    "textual": {"tui"},
    "rich": {"tui", "text"},
    "rapidfuzz": {"search"},
    "markdown_it": {"scripts"},
    "faker": {"crowd"},
    "jinja2": {"domain"},
    "sqlmodel": {"storage", "domain"},
    "sqlalchemy": {"storage", "domain", "bootstrap"},
    "alembic": {"storage"},
    "psycopg": {"storage"},
    "sqlite3": {"storage"},
}
"""The rooms that know a library; contracts name rooms, this holds for those added later, too."""

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> str:
    """What import-linter says of the copy in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "400", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout


def standing(report: str, state: str) -> set[str]:
    """The ids of the contracts in a state, KEPT or BROKEN."""
    lines = [re.sub(r" \(\d+ ignored imports?\)$", "", line) for line in report.splitlines()]
    return {one for one, name in CONTRACTS.items() if f"{name} {state}" in lines}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to be spoilt."""
    ignored = shutil.ignore_patterns("__pycache__", "_data")
    shutil.copytree(PACKAGE, tmp_path / "agent_tui", ignore=ignored)
    shutil.copy(PROJECT, tmp_path)
    return tmp_path


def plant(copy: Path, file: str, line: str) -> None:
    """Write one more import at the end of a module."""
    with (copy / "agent_tui" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")


def test_every_contract_is_kept(copy: Path) -> None:
    report = lint(copy)
    assert standing(report, "KEPT") == set(CONTRACTS), report


def test_every_contract_has_a_line_that_breaks_it() -> None:
    assert set(PLANTED) == set(CONTRACTS)


@pytest.mark.parametrize("contract", PLANTED)
def test_a_forbidden_import_breaks_its_contract_and_no_other(copy: Path, contract: str) -> None:
    plant(copy, *PLANTED[contract])
    report = lint(copy)
    assert standing(report, "BROKEN") == {contract}, report
    assert standing(report, "KEPT") == set(CONTRACTS) - {contract}


@pytest.mark.parametrize("step", ALSO_STAIR)
def test_no_step_of_the_stair_is_taken_upwards_or_sideways(copy: Path, step: str) -> None:
    plant(copy, *ALSO_STAIR[step])
    report = lint(copy)
    assert "stair" in standing(report, "BROKEN"), report


def test_libraries_stay_in_their_rooms() -> None:
    graph = grimp.build_graph("agent_tui", include_external_packages=True, cache_dir=None)
    found = {
        library: {
            module.split(".")[1] for module in graph.find_modules_that_directly_import(library)
        }
        for library in KEPT_TO
        if library in graph.modules
    }
    assert {library: rooms for library, rooms in found.items() if rooms - KEPT_TO[library]} == {}
    assert found["textual"] == {"tui"}
