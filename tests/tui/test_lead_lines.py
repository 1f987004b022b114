"""The rows of a lead's windows: nothing is cut, at any width, and what goes on is indented."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.coaching import KINDS, sentence
from agent_tui.domain.rules.reviews import STANDING
from agent_tui.domain.values.coaching import CoachingEntry
from agent_tui.domain.values.reviews import VERDICTS, Criterion, Verdict
from agent_tui.tui.screens.coaching_sheet import CoachingSheet, coaching_lines
from agent_tui.tui.widgets.criterion_lines import Judging, criterion_lines, judgings
from agent_tui.tui.widgets.ink import Line, spans_width
from agent_tui.tui.widgets.lines import ListEntries
from tests.tui.conftest import Open
from tests.tui.naughty import NAUGHTY

AT_80 = 74
"""The cells of a window's rows in a terminal of 80 columns."""


def said(lines: list[Line]) -> str:
    """What the left sides say, read on."""
    return " ".join("".join(span.text for span in one.left).strip() for one in lines)


def takes(one: Line) -> int:
    """The cells that a row takes, with one between its sides."""
    right = spans_width(one.right)
    return spans_width(one.left) + right + (1 if right else 0)


def entry(words: str, agent_id: int = 7) -> CoachingEntry:
    return CoachingEntry(agent_id, f"Agent {agent_id}", "unmet", "", 4, 9, (1, 2, 3), words)


@pytest.mark.parametrize("cells", [AT_80, 88])
@pytest.mark.parametrize("verdict", [None, *VERDICTS])
def test_every_standing_criterion_is_whole(cells: int, verdict: Verdict | None) -> None:
    for place, one in enumerate(judgings(STANDING)):
        one.verdict = verdict
        rows = criterion_lines(one, place, cells)
        assert one.name in said(rows)
        assert max(map(takes, rows)) <= cells
        assert [row.key for row in rows] == [place, *[None] * (len(rows) - 1)]


@given(
    name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=300) | st.sampled_from(NAUGHTY),
    cells=st.integers(44, 120),
)
def test_a_criterion_of_any_name_is_whole(name: str, cells: int) -> None:
    rows = criterion_lines(Judging(name, "customer"), 0, cells)
    assert max(map(takes, rows)) <= cells
    assert rows[0].right[0].text == "critical for the customer"
    shown = "".join(said(rows).split())
    assert not any(sign in shown for sign in "\x1b\x9b\u202e")
    if name.isascii() and name.isprintable():
        assert "".join(name.split()) in shown


def test_what_was_judged_and_is_not_looked_for_any_more_stays_behind_the_others() -> None:
    judged = [
        Criterion("asked  why", "customer", "missed", "never"),
        Criterion("of last year", "compliance", "met"),
    ]
    found = judgings({"heard": "customer", "asked why": "business"}, judged)
    assert [(one.name, one.kind, one.verdict, one.comment) for one in found] == [
        ("heard", "customer", None, ""),
        ("asked why", "business", "missed", "never"),
        ("of last year", "compliance", "met", ""),
    ]


@pytest.mark.parametrize("cells", [40, AT_80, 88])
@pytest.mark.parametrize("kind", KINDS)
def test_what_to_talk_about_is_whole_and_what_goes_on_is_indented(cells: int, kind: str) -> None:
    words = sentence(kind, "boiler", 4, 31)  # type: ignore[arg-type]
    _, *rows = coaching_lines([entry(words)], cells)
    assert said(rows) == f"{words} (Enter shows the newest 3)"
    assert max(map(takes, rows)) <= cells
    assert all(row.left[0].text == "    " for row in rows[1:])


def is_at(shown: ListEntries, number: int) -> bool:
    return bool(shown.key == number)


async def test_the_rows_below_an_entry_come_into_sight_with_it(open_app: Open) -> None:
    words = "in 12 of 31 conversations " + " ".join(["about something"] * 14)
    many = [entry(f"{number} {words}", 7 + number // 2) for number in range(9)]
    days = timedelta(days=30).days
    async with open_app(size=(80, 24)) as stage:
        await stage.app.push_screen(CoachingSheet(many, days))
        await stage.until("0 in 12 of 31")
        shown = stage.app.screen.query_one(ListEntries)
        for number in range(9):
            await stage.sees(partial(is_at, shown, number))
            at, top = shown.cursor, shown.scroll_offset.y
            assert at is not None
            rows = takewhile(lambda one: one.key is None and one.left, shown.lines[at + 1 :])
            end = at + 1 + len(list(rows))
            assert end - at > 4
            assert top <= at < end <= top + shown.size.height
            await stage.press("down")
