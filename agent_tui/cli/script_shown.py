"""A step of a script on the command line: one thing a line, so that it reads aloud as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent_tui.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.scripts import ShownLine, ShownStep

_WORDS = {"say": "", "ask": "ask: ", "confirm": "confirm: ", "capture": "note: ", "masked": ""}
_INDENT = "  "


def print_step(step: ShownStep) -> None:
    """Print a step: its title, its lines, the answers to choose from."""
    output.line(f"# {step.title}")
    for line in step.lines:
        for text in _lines(line):
            output.line(text)
    for branch in step.branches:
        output.line(f"{branch.key}. {branch.label} -> {branch.target}")
    if step.unknown:
        output.line(f"not known: {', '.join(step.unknown)}")


def step_object(step: ShownStep) -> dict[str, Any]:
    """A step in JSON."""
    return {
        "id": step.id,
        "title": step.title,
        "lines": [
            {"kind": line.kind, "text": line.text, "about": line.about or None}
            for line in step.lines
        ],
        "branches": [
            {"key": branch.key, "label": branch.label, "target": branch.target}
            for branch in step.branches
        ],
        "unknown": list(step.unknown),
    }


def _lines(line: ShownLine) -> Sequence[str]:
    marker = f"{line.marker} " if line.marker else ""
    first, *others = line.text.split("\n")
    indent = _INDENT * line.depth
    about = f" ({line.about})" if line.kind == "confirm" else ""
    return (
        f"{indent}{marker}{_WORDS[line.kind]}{first}{about}",
        *(f"{indent}{_INDENT}{other}" for other in others),
    )
