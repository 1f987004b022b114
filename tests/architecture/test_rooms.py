"""The rooms are those that AGENTS.md lists, and what stands in them has a name and a size."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import agent_tui

PACKAGE = Path(agent_tui.__file__).parent
ROOT = PACKAGE.parent
PAGE = (ROOT / "AGENTS.md").read_text(encoding="utf-8")
OURS = ("agent_tui", "tests", "benchmarks", "tools")
FILES = sorted(
    (file for folder in OURS for file in (ROOT / folder).rglob("*.py")),
    key=str,
)

MOST_LINES = 560
SAYS_NOTHING = frozenset(
    ["util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"]
)
"""Names that say where something was put and not what it is."""


def listed_rooms() -> list[str]:
    """The first column of the table of rooms."""
    return re.findall(r"^\| `([^`]+/)` \|", PAGE, flags=re.MULTILINE)


def words(name: str) -> list[str]:
    """The words of a file or class name: `NoteKeeper` and `note_keeper` have note and keeper."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")


def test_every_room_listed_is_there() -> None:
    assert listed_rooms()
    assert [room for room in listed_rooms() if not (ROOT / room).is_dir()] == []


def test_every_room_there_is_listed() -> None:
    rooms = {f"agent_tui/{init.parent.name}/" for init in PACKAGE.glob("*/__init__.py")}
    assert rooms == {room for room in listed_rooms() if room.startswith("agent_tui/")}


def test_every_single_file_is_listed() -> None:
    files = {file.name for file in PACKAGE.glob("*.py") if not file.name.startswith("__")}
    assert {name for name in files if f"`{name}`" not in PAGE} == set()


def test_every_path_and_target_that_the_page_names_is_there() -> None:
    named = {word for code in re.findall(r"`([^`]+)`", PAGE) for word in code.split()}
    paths = {word for word in named if "/" in word and not word.startswith(".venv")}
    missing = {path for path in paths if not ((ROOT / path).exists() or (PACKAGE / path).exists())}
    assert missing == set()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"`make (\w+)`", PAGE)
    assert [one for one in targets if not re.search(rf"^{one}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("room", [*OURS, "agent_tui/cli"])
def test_no_name_says_only_where_something_was_put(room: str) -> None:
    names = {path.stem for path in (ROOT / room).rglob("*") if "__pycache__" not in path.parts}
    assert {name for name in names if SAYS_NOTHING & set(words(name))} == set()


def test_no_class_is_named_for_nothing() -> None:
    names = {
        node.name
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert {name for name in names if SAYS_NOTHING & set(words(name))} == set()


def test_no_file_is_where_everything_meets() -> None:
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {str(file): count for file, count in lines.items() if count > MOST_LINES} == {}


def test_tables_say_their_types_at_run_time() -> None:
    """SQLModel reads the annotations of a table, so that they cannot be put off."""
    put_off = [
        file.name
        for file in (PACKAGE / "domain" / "tables").rglob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    assert put_off == []
