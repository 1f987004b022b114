"""Figures in words and lines: nothing is a score, nothing unknown is nought."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.values.measures import COUNTED, MEASURES, MISSING, OTHERS, Figure, Period
from agent_tui.text.cells import width
from agent_tui.tui.widgets.figures import (
    count_of,
    out_of,
    parts_of,
    point_name,
    sentence,
    share_of,
    unjudged,
)
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.ink import spans_width
from agent_tui.tui.widgets.measure_lines import SHORT, Columns, measure_lines
from agent_tui.tui.widgets.overview import LENGTHS, SPREADS, Length, Overview, whole_of
from agent_tui.tui.widgets.plot_lines import plot_lines
from agent_tui.tui.widgets.sparks import spark

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
WEEK = Period(datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC), "week")
HERE = Here(NOW, UTC)

counts = st.integers(0, 10_000)


def kept(count: int | None, n: int | None, missing: int = 0, why: str | None = None) -> Figure:
    return Figure("promises_kept", WEEK, count, n, missing, why)


@pytest.mark.parametrize(
    ("figure", "said", "unknown", "whole"),
    [
        (kept(41, 50), "41 of 50", "0 %", "41 of 50, n = 50; all could be judged."),
        (
            kept(41, 50, 3),
            "41 of 50",
            "6 %",
            "41 of 50, n = 50; 3 more could not be judged (6 %).",
        ),
        (
            kept(2, 3),
            "2 of 3",
            "0 %",
            "2 of 3, n = 3; too few to say much; all could be judged.",
        ),
        (kept(0, 0), "none", "", "Nothing to judge."),
        (kept(0, 0, 4), "none judged", "100 %", "None could be judged; 4 could not."),
        (kept(999, 1000, 1), "999 of 1,000", "< 1 %", None),
        (kept(None, None, why="too few."), "not recorded yet", "", "too few."),
    ],
)
def test_a_figure_in_words(figure: Figure, said: str, unknown: str, whole: str | None) -> None:
    assert out_of(figure) == said
    assert unjudged(figure) == unknown
    assert whole is None or sentence(figure) == whole


@given(counts, counts, counts)
def test_the_parts_of_a_figure_are_all_of_it(count: int, others: int, missing: int) -> None:
    figure = kept(count, count + others, missing)
    parts = {part: count_of(figure, part) for part, _words in parts_of("promises_kept")}
    assert parts == {COUNTED: count, OTHERS: others, MISSING: missing}


@given(st.lists(counts, min_size=4, max_size=4), counts)
def test_the_bands_of_a_spread_are_all_of_it(bands: list[int], missing: int) -> None:
    figure = Figure("silence_over_usual", WEEK, None, sum(bands), missing, bands=tuple(bands))
    found = [count_of(figure, part) for part, _words in parts_of("silence_over_usual")]
    assert found == [*bands, missing]


def test_what_is_not_known_has_no_share() -> None:
    assert share_of(None, COUNTED) is None
    assert share_of(kept(0, 0, 4), COUNTED) is None
    assert share_of(kept(None, None), MISSING) is None
    assert share_of(kept(0, 0, 4), MISSING) == 1.0
    assert share_of(kept(0, 3), COUNTED) == 0.0


def test_points_have_the_names_of_weeks_and_months() -> None:
    month = Period(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), "month")
    assert point_name(WEEK, HERE) == "week of Mon 16 Nov"
    assert point_name(month, HERE) == "November 2026"


@given(st.integers(-10_000, 10_000), st.sampled_from(LENGTHS))
def test_a_stretch_and_the_one_before_follow_one_another(days: int, length: Length) -> None:
    now = NOW + timedelta(days=days, minutes=7 * days)
    overview = Overview(length, now)
    assert len(overview.stretch) == len(overview.before) == length.count
    row = (*overview.before, *overview.stretch)
    assert all(one.until == other.since for one, other in pairwise(row))
    assert row[-1].since <= now < row[-1].until
    assert whole_of(overview.stretch).by is None


def filled(read: int, length: Length = LENGTHS[2]) -> Overview:
    """An overview of which the newest periods are read."""
    overview = Overview(length, NOW)
    for period in [*overview.before, *overview.stretch][::-1][:read]:
        overview.take([Figure(one, period, 1, 2, 1) for one in MEASURES])
    return overview


@given(st.integers(0, 52))
def test_what_is_read_adds_up_and_the_rest_is_not_nought(read: int) -> None:
    overview = filled(read)
    now, then = overview.now("promises_kept"), overview.then("promises_kept")
    assert overview.read == read
    assert (now.n if now else None) == (2 * min(read, 26) or None)
    assert (then.n if then else None) == (52 if read == 52 else None)
    points = overview.points("promises_kept")
    assert [one is None for one in points] == [True] * max(0, 26 - read) + [False] * min(26, read)


def test_a_spread_is_never_added_up() -> None:
    overview = filled(52)
    assert [overview.now(one) for one in SPREADS] == [None] * len(SPREADS)
    whole = Figure(SPREADS[0], whole_of(overview.stretch), None, 5, bands=(5, 0, 0, 0, 0))
    overview.take([whole])
    assert overview.now(SPREADS[0]) == whole
    assert overview.then(SPREADS[0]) is None


@pytest.mark.parametrize("cells", [60, 74, 76, 100, 136, 190])
@pytest.mark.parametrize("read", [0, 1, 30, 52])
def test_lines_fit_and_each_measure_has_one(cells: int, read: int) -> None:
    lines = measure_lines(filled(read), cells)
    assert all(spans_width((*one.left, *one.right)) <= cells for one in lines[:8])
    assert [one.key for one in lines if one.key is not None] == list(MEASURES)


def test_a_reason_that_holds_for_all_is_said_once() -> None:
    overview = Overview(LENGTHS[0], NOW)
    for period in overview.stretch:
        overview.take([Figure(one, period, None, None, why="too few agents") for one in MEASURES])
    [only] = measure_lines(overview, 76)
    assert only.left[0].text == "  No figures are shown: too few agents."
    overview.take([kept(3, 4)])
    assert len(measure_lines(overview, 76)) > len(MEASURES)


@given(st.integers(50, 250), st.integers(1, 60), st.integers(0, 24))
def test_columns_never_take_more_than_there_is(cells: int, points: int, widest: int) -> None:
    columns = Columns.at(cells, points, widest)
    taken = 2 + columns.title + columns.now + columns.unknown + columns.then
    assert taken + (columns.course + 2 if columns.course else 0) <= max(cells, taken)
    assert columns.course <= points


def test_short_titles_are_shorter() -> None:
    assert all(width(short) < width(DEFINITIONS[one].title) for one, short in SHORT.items())


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=60), st.integers(0, 40))
def test_a_course_takes_a_cell_a_point(shares: list[float | None], cells: int) -> None:
    drawn = spark(shares, cells)
    assert width(drawn) == len(drawn) == min(len(shares), cells)
    newest = shares[len(shares) - len(drawn) :]
    assert [letter == "·" for letter in drawn] == [share is None for share in newest]


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=60),
    st.integers(60, 200),
    st.integers(8, 40),
    st.data(),
)
def test_a_line_fills_its_room_whatever_it_shows(
    shares: list[float | None], cells: int, rows: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(shares) - 1))
    few = data.draw(st.lists(st.booleans(), min_size=len(shares), max_size=len(shares)))
    ticks = [f"{place} Nov" for place in range(len(shares))]
    drawn = plot_lines(shares, few, ticks, at, cells, rows)
    text = ["".join(span.text for span in one.left) for one in drawn]
    assert len(text) == rows
    assert {width(one) for one in text} == {cells}
    assert "\x1b" not in "".join(text)
    assert ("●" in "".join(text)) == (shares[at] is not None)


def test_a_gap_is_no_nought() -> None:
    shares = [0.5, None, 0.5]
    drawn = plot_lines(shares, [False] * 3, ["a", "b", "c"], 0, 60, 12)
    text = "".join(span.text for one in drawn for span in one.left)
    blocks = [letter for letter in text if "▀" <= letter <= "▟"]
    assert blocks == [], "no line is drawn over a point of which nothing is known"


def test_points_of_few_are_hollow() -> None:
    shares: list[float | None] = [0.2, 0.4, 0.6]
    drawn = plot_lines(shares, [True, False, True], ["a", "b", "c"], 2, 60, 12)
    text = "".join(span.text for one in drawn for span in one.left)
    assert (text.count("○"), text.count("•"), text.count("●")) == (1, 1, 1)


def test_weeks_are_seven_days() -> None:
    overview = Overview(LENGTHS[0], NOW)
    assert {one.until - one.since for one in overview.stretch} == {timedelta(days=7)}
