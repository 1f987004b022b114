"""The family of errors is the one that its docstring draws."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from agent_tui import errors
from agent_tui.cli.commands import BY_NAME
from agent_tui.cli.diagnostics import HINTS
from agent_tui.errors import AgentTuiError

PACKAGE = Path(errors.__file__).parent
BELOW = ("services", "storage", "search", "channels", "scripts", "exchange", "domain", "text")

FAMILY: dict[str, type[AgentTuiError]] = {
    name: one
    for name, one in vars(errors).items()
    if inspect.isclass(one) and issubclass(one, AgentTuiError)
}


def drawn(docstring: str) -> dict[str, str]:
    """Each class of a drawn tree with the one above it."""
    parents: dict[str, str] = {}
    line_of_descent: list[str] = []
    for line in docstring.splitlines():
        before, branch, after = line.partition("── ")
        if not branch:
            if line.strip() == AgentTuiError.__name__:
                line_of_descent = [line.strip()]
                indent = line.index(line.strip())
            continue
        depth = (len(before) - indent) // 4 + 1
        name = after.split()[0]
        parents[name] = line_of_descent[depth - 1]
        line_of_descent[depth:] = [name]
    return parents


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    assert errors.__doc__ is not None
    assert drawn(errors.__doc__) == {
        name: one.__base__.__name__
        for name, one in FAMILY.items()
        if one is not AgentTuiError and one.__base__ is not None
    }


def test_every_public_name_is_of_the_family() -> None:
    public = {name for name in vars(errors) if not name.startswith("_")} - {"annotations"}
    assert public == set(FAMILY)


@pytest.mark.parametrize("error", FAMILY.values(), ids=FAMILY)
def test_every_error_has_a_title_of_its_own(error: type[AgentTuiError]) -> None:
    others = [one.title for one in FAMILY.values() if one is not error]
    assert error.title.strip()
    assert error.title not in others
    assert not error.title.endswith(".")


def test_only_front_ends_name_a_command() -> None:
    """A sentence of a service is read on the screen too: there it would name no way out."""
    a_command = re.compile(rf"agent-tui ({'|'.join(BY_NAME)}) ?[a-zA-Z-]*")
    below = [path for room in BELOW for path in (PACKAGE / room).rglob("*.py")]
    assert len(below) > 100
    found = {
        str(path.relative_to(PACKAGE)): a_command.findall(path.read_text(encoding="utf-8"))
        for path in below
    }
    assert {path: named for path, named in found.items() if named} == {}


def test_every_hint_is_a_command() -> None:
    assert {words.split()[0] for words in HINTS.values()} <= set(BY_NAME)
    raised = re.compile(r'hint=\("([a-z.]+)"')
    said = {
        code
        for room in BELOW
        for path in (PACKAGE / room).rglob("*.py")
        for code in raised.findall(path.read_text(encoding="utf-8"))
    }
    assert said == set(HINTS)
