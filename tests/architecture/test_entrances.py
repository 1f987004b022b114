"""Free text enters by one way, where card numbers are masked."""

from __future__ import annotations

import ast
from pathlib import Path

import agent_tui.services

SERVICES = Path(agent_tui.services.__file__).parent

ONLY_NAMES = {
    "call_signals": "ids of calls and messages, numbers of callers, handles",
    "capture_marks": "words of a note that came in already",
    "conversing": "a method of verifying",
    "finding": "what is looked for, which is stored nowhere",
    "import_fields": "fields of records that `import_masking` has been through",
    "import_talks": "fields of records that `import_masking` has been through",
    "importing": "the name of a source",
    "registering": "numbers and addresses",
    "staffing": "handles",
}
"""Services that make text inert without masking it, and what it is that they take so."""


def cleaners(path: Path) -> set[str]:
    """The names that a module takes from the rules of inert text to clean with."""
    return {
        name.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "agent_tui.text.hygiene"
        for name in node.names
        if name.name.startswith("clean_")
    }


def test_services_take_free_text_through_the_entrance() -> None:
    using = {path.stem for path in SERVICES.glob("*.py") if cleaners(path)}
    assert using - {"entrance"} == set(ONLY_NAMES)
