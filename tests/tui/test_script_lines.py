"""A run as lines: what is hidden, confirmed, unknown and answered, at any width."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.script_runs import (
    RunListed,
    RunShown,
    ScriptListed,
    StepDone,
    StepNamed,
)
from agent_tui.domain.values.scripts import Branch, RunChoices, ShownLine, ShownStep
from agent_tui.text.cells import width
from agent_tui.tui.screens.script_answer import noted, wants_words
from agent_tui.tui.widgets.ink import Line
from agent_tui.tui.widgets.script_lines import run_lines, to_confirm
from agent_tui.tui.widgets.script_pane import keys_of

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
SCRIPT = ScriptListed(1, "visit", 1, "Visit", "help", (), (), None, NOON)
RUN = RunListed(2, 1, SCRIPT, 3, 4, 5, 6, "Mira", "open", NOON)
TWO = (Branch("1", "A new visit", "end"), Branch("2", "Nothing more", "end"))


def step(*lines: ShownLine, branches: tuple[Branch, ...] = ()) -> ShownStep:
    """An open step."""
    return ShownStep("first", "Say sorry", lines, branches)


def shown(one: ShownStep | None, *log: StepDone, continues: str | None = None) -> RunShown:
    """A run with that step open."""
    keys = tuple(branch.key for branch in one.branches) if one else ()
    choices = RunChoices(keys, bool(one) and not keys, False, ("end",) if one else ())
    steps = (StepNamed("first", "Say sorry"), StepNamed("second", "Go"))
    return RunShown(RUN, "fixed", steps, one, choices, log, continues)


def confirmed(about: str, answer: str = "yes") -> StepDone:
    """What was said of something known."""
    did = "confirmed" if answer == "yes" else "replaced"
    return StepDone(1, "first", "Say sorry", did, NOON, target=about, answer=answer)  # type: ignore[arg-type]


def texts(run: RunShown, cells: int = 34) -> list[str]:
    """Its lines as plain text."""
    return [text_of(line) for line in run_lines(run, cells, verify_key="shift+F9 v", notices=())]


def text_of(line: Line) -> str:
    """A line as plain text."""
    return "".join(span.text for span in line.left)


def test_hidden_lines_are_counted_and_name_the_key() -> None:
    hidden = ShownLine("masked", "Kept back")
    rows = texts(shown(step(hidden, hidden, ShownLine("ask", "Well?"))))
    assert rows[1].startswith("▒ 2 lines hidden until verified:")
    assert rows[2].strip() == "shift+F9 v says how they were"
    assert rows[3] == "? Well?"
    assert "Kept back" not in "".join(rows)


def test_what_is_known_is_confirmed_one_after_the_other() -> None:
    first = ShownLine("confirm", "Mornings?", about="fact.prefers")
    second = ShownLine("confirm", "This number?", about="customer.phone")
    run = shown(step(first, second))
    assert to_confirm(run) == first
    assert texts(run).count("  y Enter still true   n Enter no longer") == 1
    run = shown(step(first, second), confirmed("fact.prefers"))
    assert to_confirm(run) == second
    assert "✓ Mornings? · still true" in texts(run)
    done = shown(
        step(first, second), confirmed("fact.prefers"), confirmed("customer.phone", "the other")
    )
    assert to_confirm(done) is None
    assert "✓ This number? · now: the other" in texts(done)
    assert not {"y", "n"} & set(keys_of(done, is_mine=True))


def test_each_answer_has_its_key_on_all_of_its_rows() -> None:
    lines = run_lines(shown(step(branches=TWO)), 12, verify_key="", notices=())
    assert [line.key for line in lines if line.key] == ["1", "1", "2", "2"]


def test_whoever_cannot_go_on_has_no_answers() -> None:
    open_step = step(branches=TWO)
    still = RunShown(RUN, "fixed", (), open_step, RunChoices())
    assert set(keys_of(still, is_mine=True)) == {"l", "o"}
    assert set(keys_of(still, is_mine=False)) == {"o"}
    assert not [line for line in run_lines(still, 34, verify_key="", notices=()) if line.key]


def test_a_script_that_is_over_says_what_follows() -> None:
    assert "The script is over." not in texts(shown(None, continues="refund"))
    assert keys_of(shown(None, continues="refund"), is_mine=True)["0"].startswith("open")


@pytest.mark.parametrize(
    ("lines", "branches", "wants"),
    [
        ((ShownLine("ask", "Well?"),), (), True),
        ((ShownLine("ask", "Well?"),), TWO, False),
        ((ShownLine("capture", "=knows {answer}"),), TWO, True),
        ((ShownLine("capture", "=agreed it"),), TWO, False),
        ((ShownLine("say", "Well."),), (), False),
    ],
)
def test_words_are_asked_for_where_they_are_an_answer(
    lines: tuple[ShownLine, ...], branches: tuple[Branch, ...], wants: bool
) -> None:
    assert wants_words(step(*lines, branches=branches)) is wants


def test_an_answer_makes_no_marks_of_its_own_and_none_leaves_what_needs_one_out() -> None:
    captures = ("got: patience for {answer}", "#visit")
    assert noted(captures, " !nothing ") == "got: patience for \\!nothing\n#visit"
    assert noted(captures, "  ") == "#visit"


@given(
    text=st.text(max_size=80),
    cells=st.integers(12, 80),
    marker=st.sampled_from(["", "-", "1.", ">"]),
    depth=st.integers(0, 3),
)
def test_no_line_is_wider_than_the_pane(text: str, cells: int, marker: str, depth: int) -> None:
    lines = [ShownLine(kind, text, marker, depth) for kind in ("say", "ask", "capture")]
    run = shown(step(*lines, branches=TWO))
    wide = [width(text_of(line)) for line in run_lines(run, cells, verify_key="x", notices=())]
    assert max(wide) <= max(cells, 8 + 2 * 3 + 4, len("  y Enter still true   n Enter no longer"))
