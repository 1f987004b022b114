"""The rows of Recent: every column where there is room, the agenda where there is little."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.recent import RecentCount
from agent_tui.text.cells import width
from agent_tui.tui.widgets.filter_chips import spoken
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.ink import Line, spans_width
from agent_tui.tui.widgets.recent_lines import MARKS, heading, marks_of, newer_words, row_line
from tests.builders import NOON
from tests.text.nasty import NASTY
from tests.tui.recents import talked

HERE = Here(NOON, UTC)


def text(shown: Line) -> str:
    return "".join(span.text for span in (*shown.left, *shown.right))


@pytest.mark.parametrize("cells", [56, 76, 84, 100, 132, 196])
@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_the_words_are_a_row_fits_and_its_columns_stand_where_they_stand(
    cells: int, nasty: str
) -> None:
    plain = row_line(talked(1, NOON), HERE, cells)
    shown = row_line(
        talked(1, NOON, customer=nasty, agent=nasty, agenda=nasty, outcome=nasty, mood=nasty),
        HERE,
        cells,
    )
    assert spans_width(shown.left) + 1 + spans_width(shown.right) <= cells
    widths = [width(span.text) for span in plain.left]
    assert [width(span.text) for span in shown.left] == widths


@given(st.integers(60, 240))
def test_the_agenda_keeps_a_part_at_every_width(cells: int) -> None:
    shown = row_line(talked(1, NOON, agenda="boiler" * 40), HERE, cells)
    assert text(shown).count("boiler") >= 1
    assert spans_width(shown.left) + 1 + spans_width(shown.right) <= cells


@pytest.mark.parametrize(
    ("ago", "narrow", "wide"),
    [
        (timedelta(seconds=20), "now", "now"),
        (timedelta(minutes=12), "12 min", "12 min"),
        (timedelta(hours=3), "09:00", "09:00"),
        (timedelta(days=1), "Mon", "Mon 12:00"),
        (timedelta(days=20), "18 Feb", "18 Feb"),
        (timedelta(days=900), "Sep'23", "Sep 2023"),
        (timedelta(days=-3), "13 Mar", "13 Mar"),
    ],
)
def test_when_is_relative_where_that_is_truer(ago: timedelta, narrow: str, wide: str) -> None:
    row = talked(1, NOON - ago)
    assert row_line(row, HERE, 76).left[1].text == narrow.rjust(6)
    assert row_line(row, HERE, 132).left[1].text == wide.rjust(9)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"met": "no"}, "not met"),
        ({"met": "partly"}, "partly"),
        ({"state": "ended"}, "open"),
        ({"state": "ended", "parked_at": NOON}, "parked"),
        ({"state": "ringing"}, "ringing"),
        ({"state": "ringing", "channel": "chat"}, "waiting"),
        ({"state": "talking", "answered_at": NOON - timedelta(minutes=3)}, "live 3m"),
        ({"state": "talking", "answered_at": NOON - timedelta(hours=3)}, "live 3h"),
        ({"closed_at": NOON + timedelta(seconds=192)}, "03:12"),
        ({"closed_at": NOON + timedelta(hours=5, seconds=192)}, "5h 03m"),
        ({"agent": None}, "nobody"),
        ({"customer_id": None, "customer": None, "peer": "020 7946"}, "020 7946"),
        ({"customer_id": None, "customer": None}, "somebody wit…"),
        ({"agenda": None, "topics": ("boiler", "visit")}, "#boiler #visit"),
        ({"direction": "out", "channel": "visit"}, "›visit"),
    ],
)
def test_what_a_row_says(more: dict[str, object], said: str) -> None:
    assert said in text(row_line(talked(1, NOON, **more), HERE, 76))


def test_marks_are_words_where_there_is_room_and_signs_where_there_is_none() -> None:
    row = talked(1, NOON, marks=("promise", "promise_late", "review"))
    assert marks_of(row, 30) == "promise late · review"
    assert marks_of(row, 2) == "!R"
    shown = row_line(row, HERE, 76)
    assert shown.left[0].text == "! "
    assert shown.left[0].ink == "act"
    assert len({sign for sign, _words in MARKS.values()}) == len(MARKS)


def test_a_live_row_has_its_sign() -> None:
    assert text(row_line(talked(1, NOON, state="talking"), HERE, 76)).startswith("●")


def test_how_many_are_told_as_well_as_it_is_known() -> None:
    assert heading(None, is_filtered=False) == ""
    assert heading(RecentCount(0, is_exact=True), is_filtered=True) == ""
    assert heading(RecentCount(1_000, is_exact=False), is_filtered=False) == "1,000+, newest first"
    assert heading(RecentCount(1_234_567, is_exact=True), is_filtered=True) == "1,234,567 found"
    assert newer_words(0, "g") == ""
    assert newer_words(3, "g") == "3 newer above · g"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("agent:mira", "agent mira"),
        ("-agent:mira", "not agent mira"),
        ("boiler", "boiler"),
        ('-"stayed home"', 'not "stayed home"'),
        ("12:30", "12:30"),
        ("-", "-"),
    ],
)
def test_terms_are_said_as_one_would_say_them(term: str, said: str) -> None:
    assert spoken(term) == said


def test_the_ends_of_the_calendar_are_told() -> None:
    early = talked(1, datetime(1, 1, 1, tzinfo=UTC))
    assert row_line(early, HERE, 76).left[1].text.strip()
