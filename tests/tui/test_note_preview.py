"""The words under the note line: what each mark will become, and what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.marks import Writer, read_note
from agent_tui.domain.values.marks import Candidate, Completion
from agent_tui.text.cells import width
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.ink import Line, spans_width
from agent_tui.tui.widgets.note_completion import Choosing
from agent_tui.tui.widgets.note_preview import Reader, rows_of

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
AGENTS = {"asha": "Asha Raman", "mira": "Mira Okafor"}
READER = Reader(Here(NOW, LONDON), "Mira Okafor", AGENTS)
WRITER = Writer(NOW, LONDON, region="GB", agents=AGENTS)


def words(line: Line) -> str:
    return "".join(span.text for span in line.left)


def shown(text: str, *, cells: int = 200, at_most: int = 3, cursor: int | None = None) -> list[str]:
    rows = rows_of(read_note(text, WRITER), READER, cells=cells, at_most=at_most, cursor=cursor)
    return [words(row) for row in rows]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("just words", "→ note"),
        ("!engineer calls back fri 10am", "promise: engineer calls back · Fri 27 Nov 10:00 · Mira"),
        ("!refund", "promise: refund · Mira"),
        ("!refund +3d @asha", "promise: refund · Wed 25 Nov 14:02 · offered to Asha"),
        ("!refund @nobody", "promise: refund · offered to nobody here is called @nobody"),
        ("theirs: sends a photo tomorrow", "they promise: sends a photo · Mon 23 Nov 17:00"),
        ("!call back 16.11.2026", "promise: call back · past: Mon 16 Nov · Mira"),
        ("!call back 31.02.", "promise: call back · no such time: 31.02. · Mira"),
        ("=prefers mornings", "fact (prefers): mornings"),
        ("=has a dog", "fact: has a dog"),
        ("wants: a visit", "they want: a visit"),
        ("gave: waived fee £20", "gave: waived fee · £20"),
        ("gave: refund £t", "gave: refund £t · £t is no sum"),
        ("got: patience", "got: patience"),
        ("no: newsletters", "no to: newsletters"),
        ('mood: "at the end of my tether"', "mood: “at the end of my tether”"),
        ('mood: "at the end', "mood: “at the end”"),
        ('mood: "fed up" and tired', 'mood: “"fed up" and tired”'),
        ("complaint: nobody came", "complaint: nobody came"),
        ("ask: which meter", "to ask: which meter"),
        ("third time #boiler", "topic boiler"),
        ("@asha look at the meter", "follow-up for Asha: look at the meter"),
    ],
)
def test_each_mark_says_what_it_becomes(text: str, said: str) -> None:
    assert shown(text) == [said]


def test_an_ambiguous_date_asks_which_one() -> None:
    [said] = shown("!call back 05/06")
    assert "which one? " in said
    assert " or " in said


def test_an_hour_that_may_be_two_says_which_one_is_taken_and_how_to_write_either() -> None:
    assert shown("!call back fri 5") == [
        "promise: call back · Fri 27 Nov 17:00? write 05:00 or 17:00 · Mira"
    ]
    assert shown("!call back fri 10") == ["promise: call back · Fri 27 Nov 10:00 · Mira"]


def test_an_hour_that_clocks_show_twice_is_said_to_be_the_first_of_two() -> None:
    assert shown("!call back 31.10.2027 01:30") == [
        "promise: call back · Sun 31 Oct 2027 01:30, the first of two · Mira"
    ]


def test_a_callback_number_is_echoed() -> None:
    [said] = shown("!call back fri 10am on 020 7946 0018")
    assert "on 020 7946 0018" in said
    assert "Fri 27 Nov 10:00" in said


def test_what_is_wrong_is_in_the_ink_of_what_needs_acting_on() -> None:
    [row] = rows_of(
        read_note("!call back 16.11.2026", WRITER), READER, cells=80, at_most=1, cursor=None
    )
    assert [span.text for span in row.left if span.ink == "act"] == ["past: Mon 16 Nov"]


def test_what_comes_of_a_long_promise_is_not_cut_off() -> None:
    text = "!the engineer calls back and brings the part fri 10am @asha"
    [row] = shown(text, cells=60)
    assert row.startswith("promise: the engineer")
    assert row.endswith("… · Fri 27 Nov 10:00 · offered to Asha")
    assert width(row) <= 60
    [narrow] = shown(text, cells=40)
    assert "promise: the eng… · Fri" in narrow


def test_marks_that_fit_share_a_row() -> None:
    assert shown("#boiler #visit gave: waived fee £20") == [
        "topic boiler   topic visit   gave: waived fee · £20"
    ]


def test_in_one_row_the_mark_at_the_cursor_is_shown_and_the_others_counted() -> None:
    text = "!engineer calls back fri 10am gave: waived fee £20 =prefers mornings"
    read = read_note(text, WRITER)
    [first] = rows_of(read, READER, cells=42, at_most=1, cursor=8)
    assert words(first).startswith("promise: engineer")
    assert first.right[0].text == "2 more"
    [last] = rows_of(read, READER, cells=42, at_most=1, cursor=len(text))
    assert words(last).endswith("fact (prefers): mornings")
    assert last.right[0].text.endswith("before")


@given(
    st.lists(
        st.sampled_from(["!do it fri", "#boiler", "=likes tea", "gave: fee £20", "no: offers"]),
        max_size=12,
    ),
    st.integers(20, 120),
    st.integers(1, 3),
)
def test_there_are_never_more_rows_than_there_is_room_for(
    marks: list[str], cells: int, at_most: int
) -> None:
    text = "\n".join(marks)
    rows = rows_of(read_note(text, WRITER), READER, cells=cells, at_most=at_most)
    assert 1 <= len(rows) <= at_most


# -- completion

THREE = Completion(
    5, 8, tuple(Candidate(word, f"is {word}") for word in ("#boiler", "#bo", "#bill"))
)


def test_tab_goes_round_the_candidates_and_back() -> None:
    choosing = Choosing.begin(THREE)
    assert (choosing.insert, choosing.start, choosing.end) == ("#boiler", 5, 8)
    choosing.stands()
    assert choosing.end == 5 + len("#boiler")
    choosing.step(back=False)
    assert choosing.insert == "#bo"
    choosing.step(back=True)
    choosing.step(back=True)
    assert choosing.insert == "#bill"


@pytest.mark.parametrize("cells", [30, 42, 120])
def test_the_chosen_candidate_is_in_sight_and_said(cells: int) -> None:
    many = Completion(0, 1, tuple(Candidate(f"#topic-{n}", "topic") for n in range(50)))
    choosing = Choosing.begin(many)
    for step in range(50):
        line = choosing.line(cells)
        room = cells - width("topic") - 1
        before = [span for span in line.left if span.ink != "match"]
        place = next(n for n, span in enumerate(line.left) if span.ink == "match")
        assert spans_width(line.left[: place + 1]) <= room, step
        assert line.right[0].text == "topic"
        assert before
        choosing.step(back=False)


def test_a_snippet_is_listed_by_its_name() -> None:
    words_of_it = "Hello Katherine, thank you for your patience with us"
    choosing = Choosing.begin(Completion(0, 2, (Candidate(words_of_it, ";greet"),)))
    assert ";greet" in "".join(span.text for span in choosing.line(80).left)
    assert choosing.insert == words_of_it


def test_moments_of_another_year_say_so() -> None:
    far = (NOW + timedelta(days=500)).date().isoformat()
    [said] = shown(f"!renew {far}")
    assert "2028" in said
