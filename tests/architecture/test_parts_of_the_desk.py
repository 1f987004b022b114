"""The parts of the desk are one object: no two of them may use the same private name. What the
screen is made of must not make the first answer late."""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict
from pathlib import Path

import pytest
from textual.widget import Widget

from agent_tui.tui.screens.desk import DeskScreen
from agent_tui.tui.screens.recent import RecentScreen
from agent_tui.tui.widgets.boxes import Below, Beside


@pytest.mark.parametrize(("screen", "least"), [(DeskScreen, 50), (RecentScreen, 30)])
def test_no_two_parts_of_a_screen_share_a_private_name(screen: type, least: int) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for part in _parts(screen):
        tree = ast.parse(Path(inspect.getfile(part)).read_text())
        [found] = [
            node
            for node in tree.body
            if isinstance(node, ast.ClassDef) and node.name == part.__name__
        ]
        for name in _own_names(found):
            owners[name].add(part.__name__)
    assert len(owners) > least
    assert {name: sorted(parts) for name, parts in owners.items() if len(parts) > 1} == {}


def test_the_parts_of_the_desk_are_plain_classes() -> None:
    parts = [part for part in _parts(DeskScreen) if part.__name__.endswith("OfDesk")]
    assert len(parts) > 20
    assert [part.__name__ for part in parts if issubclass(part, Widget)] == []


def test_boxes_are_our_own() -> None:
    from_textual = [
        file.name
        for file in Path(inspect.getfile(DeskScreen)).parents[1].rglob("*.py")
        if "from textual.containers import" in file.read_text()
    ]
    assert from_textual == ["boxes.py"]
    assert [box.virtual_size._layout for box in (Beside, Below)] == [False, False]


def _parts(screen: type) -> list[type]:
    return [part for part in screen.__mro__ if part.__module__.startswith("agent_tui.tui")]


def _own_names(part: ast.ClassDef) -> set[str]:
    """The private attributes that a class sets, and its private methods."""
    names = {node.name for node in part.body if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(part):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id == "self"
        ):
            names.add(node.attr)
    return {name for name in names if name.startswith("_") and not name.startswith("__")}
