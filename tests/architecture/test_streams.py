"""One file writes standard output, one writes standard error and decides the exit code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import agent_tui

PACKAGE = Path(agent_tui.__file__).parent
ASKING = ("isatty", "fileno")
"""What anybody may ask a stream."""

ONLY = {
    "sys.stdout": {"cli/output.py"},
    "sys.stderr": {"cli/diagnostics.py"},
    "sys.exit": {"__main__.py"},
    "os._exit": set[str](),
}


def uses(source: str, name: str) -> list[int]:
    """The lines that use a stream for more than asking, or leave the program."""
    tree = ast.parse(source)
    asked = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ASKING
    }
    module, _, attribute = name.rpartition(".")
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and ast.unparse(node) == name and id(node) not in asked)
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == module
            and attribute in (alias.name for alias in node.names)
        )
    ]


@pytest.mark.parametrize("name", ONLY)
def test_only_one_file_uses_it(name: str) -> None:
    found = {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        if uses(file.read_text(encoding="utf-8"), name)
    }
    assert found == ONLY[name]


def test_a_use_is_found_and_a_question_is_not() -> None:
    assert uses("sys.stdout.write('x')", "sys.stdout") == [1]
    assert uses("\nfrom sys import stdout", "sys.stdout") == [2]
    assert uses("print('x', file=sys.stderr)", "sys.stderr") == [1]
    assert uses("sys.stdout.isatty()", "sys.stdout") == []
