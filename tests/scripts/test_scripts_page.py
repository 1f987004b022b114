"""Every example of `docs/scripts.md` shows, or is told, what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agent_tui.domain.rules.fields import ANSWER, FIELDS
from agent_tui.domain.rules.templates import Fields
from agent_tui.domain.values.scripts import Problem, ShownLine, ShownStep
from agent_tui.scripts.checking import check
from agent_tui.scripts.front_matter import KEYS
from agent_tui.scripts.inert import MOST_CHARACTERS, MOST_LINES
from agent_tui.scripts.reading import MOST_PARTS, MOST_STEPS, parse
from agent_tui.scripts.rendering import render

PAGE = (Path(__file__).parents[2] / "docs" / "scripts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```\n\n^```text\n(.*?)^```$", PAGE, re.M | re.S)
FIELDS_OF_ADA: Fields = {
    "customer": {"first_name": "Ada", "name": "Ada Hart"},
    "agent": {"first_name": "Mira"},
    "promise": {"text": "call back about the visit", "due": "late 6 d"},
    "fact": {"prefers": "mornings"},
    "today": "Tue 24 Nov",
}
FRESH = {"fact.prefers"}


def said(problem: Problem) -> str:
    meant = f" ({problem.suggestion})" if problem.suggestion else ""
    return f"line {problem.line}: {problem.severity}: {problem.message}{meant}"


def line(one: ShownLine) -> str:
    marker = f"{one.marker} " if one.marker else ""
    return f"  {one.kind:<8} {'  ' * one.depth}{marker}{one.text}"


def shown(step: ShownStep) -> list[str]:
    answers = [f"  {one.key:<8} {one.label} -> {one.target}" for one in step.branches]
    return [step.title, *map(line, step.lines), *answers]


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) == 8
    assert PAGE.count("```markdown") == 8


@pytest.mark.parametrize(("text", "result"), EXAMPLES)
def test_an_example_makes_what_stands_below_it(text: str, result: str) -> None:
    script = parse(text, "an-example")
    problems = check(script)
    if result.startswith("line "):
        assert [said(problem) for problem in problems] == result.splitlines()
        return
    steps = [render(step, FIELDS_OF_ADA, FRESH, verified=True) for step in script.steps]
    assert [one for step in steps for one in shown(step)] == result.splitlines()
    assert problems == ()


def test_the_tables_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| (.*) \|$", PAGE, re.M)
    assert [row for row in rows if row[0] in KEYS] == list(KEYS.items())
    fields = [row for row in rows if "." in row[0] or row[0] == "today"]
    assert fields == [tuple(field) for field in FIELDS]
    assert [name for name, _ in rows if name not in KEYS and (name, _) not in fields] == [ANSWER]


def test_the_limits_are_those_of_the_program() -> None:
    for limit in (MOST_CHARACTERS, MOST_LINES, MOST_STEPS, MOST_PARTS):
        assert f"{limit:,} " in PAGE
