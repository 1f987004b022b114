"""Notes are read whatever they hold: nothing lost, nothing twice, in steps linear in length."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_tui.domain.rules import mark_signs
from agent_tui.domain.rules.mark_signs import escaped, topics_in
from agent_tui.domain.rules.marks import Writer, kind_at, read_note
from agent_tui.domain.values.marks import Mark, ReadNote
from tests.text.strategies import anything

NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
WRITER = Writer(NOW, UTC, region="GB", agents={"asha", "tom"})

PIECES = [
    *(
        "!",
        "=",
        "#",
        "@",
        "\\",
        '"',
        "“",
        "”",
        ":",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        "(",
        ".",
        ",",
    ),
    *(
        "theirs:",
        "wants:",
        "gave:",
        "got:",
        "no:",
        "mood:",
        "complaint: ",
        "ask:",
        "NO:",
        "Wants: ",
    ),
    *(
        "call back",
        "fri 10am",
        "+3d",
        "asha",
        "boiler",
        "£20",
        "1.234,50 €",
        "prefers",
        "=prefers ",
    ),
    *("020 7946 0018", " on ", "27.11.", "morgen", "שלום", "📞", "12345", "a@b.c", "D", "3"),
]
notes = st.one_of(
    anything,
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=20).map(" ".join),
)


def read(text: str) -> ReadNote:
    return read_note(text, WRITER)


def only(text: str) -> Mark:
    [mark] = read(text).marks
    return mark


@given(notes)
@example('mood: "no: \\!x" !y "')
def test_marks_stand_in_the_text_in_their_order_and_apart(text: str) -> None:
    note = read(text)
    places = [place for mark in note.marks for place in (mark.start, mark.end)]
    assert places == sorted(places)
    assert all(mark.start < mark.end <= len(text) for mark in note.marks)


@given(notes)
def test_the_words_of_a_mark_make_that_mark_again(text: str) -> None:
    note = read(text)
    for mark in note.marks:
        words = note.words_of(mark)
        assert not re.search("[\n\r\x85\u2028\u2029]", words)
        assert words == words.strip()
        if mark.kind not in ("handover", "follow_up"):
            alone = only(words)
            assert (alone.kind, alone.body, alone.side) == (mark.kind, mark.body, mark.side)


@given(notes)
def test_a_mark_has_words_and_its_due_time_stands_in_them(text: str) -> None:
    for mark in read(text).marks:
        assert mark.body.strip() == mark.body != ""
        assert "\n" not in mark.body
        if mark.due is not None:
            assert mark.start < mark.due.start < mark.due.end <= mark.end
            assert text[mark.due.start : mark.due.end] == mark.due.words


@given(notes)
def test_a_text_that_is_escaped_makes_no_marks_and_reads_as_it_was(text: str) -> None:
    note = read(escaped(text))
    assert note.marks == ()
    assert note.unfinished == ()
    assert note.plain.split() == text.split()


@pytest.mark.parametrize(
    ("note", "topics"),
    [
        ("Wants #refund, again #Late-Delivery.", ["refund", "late-delivery"]),
        ("#Refund #refund #REFUND", ["refund"]),
        ("order #12345 and #W2611340 (#vip)", ["w2611340", "vip"]),
        ("C#sharp a#b http://x/#part &#x27; ##no # alone", []),
        ("line\n#two\tlines", ["two"]),
        (r"\#none #one", ["one"]),
        ('mood: "it is #broken" #boiler', ["boiler"]),
        ("", []),
    ],
)
def test_topics_of_a_note(note: str, topics: list[str]) -> None:
    assert topics_in(note) == topics
    assert list(read(note).topics) == topics


@given(notes)
def test_topics_are_those_of_the_marks(text: str) -> None:
    assert list(read(text).topics) == topics_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "write to k.smith@example.com or see http://x.example/#top",
        "C# a!=b a=b x!y 5 =5 != == =! #12345 # @ ! = !!! ?! !?",
        ":-) =) =( =D =P =3",
        "wants: theirs: no:   ask:",
        "= spaced",
        "! spaced",
        "@",
        "=prefers",
        "!17",
        "(!call back fri)",
        "thewants: x",
        "",
    ],
)
def test_what_is_no_mark_is_text(text: str) -> None:
    assert read(text).marks == ()
    assert read(text).plain.split() == text.split()


def test_what_only_lacks_its_text_is_unfinished() -> None:
    assert read("!call fri gave: \n=prefers\n").unfinished == ("gave:", "=prefers")
    assert only("!call fri gave:").body == "call"
    assert read("@asha").unfinished == ("@asha",)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\n", "\r\n", "\u2028"])
def test_any_white_space_begins_a_word(blank: str) -> None:
    assert only(f"x{blank}!call{blank}").body == "call"


def test_lines_end_marks_however_they_end() -> None:
    for end in ("\n", "\r\n", "\r", "\u2028", "\x85"):
        assert [mark.body for mark in read(f"!one{end}two{end}no: three").marks] == ["one", "three"]


def test_text_in_other_directions_and_pictures() -> None:
    assert only("שלום !להתקשר 10:00").body == "להתקשר"
    assert only("🙂 !📞 fri").body == "📞"


def test_a_promise_is_handed_to_the_agent_behind_it() -> None:
    first, handover, other = read("!refund fri @ASHA later !call @zoe").marks[:3]
    assert (first.agent, handover.kind, handover.is_known) == ("asha", "handover", True)
    assert (other.body, other.agent, other.is_known) == ("call", "zoe", False)
    assert read("!refund\nsaid so\n@tom").marks[0].agent == "tom"
    later = read("!refund\n@tom look at it").marks
    assert (later[0].agent, later[1].kind, later[1].body) == (None, "follow_up", "look at it")
    twice = read("!refund @asha @tom ask the shop").marks
    assert [mark.kind for mark in twice] == ["promise", "handover", "follow_up"]
    assert only("@asha, please look").body == "please look"


def test_a_due_time_alone_is_what_is_promised() -> None:
    assert read("!fri 10am @asha").marks[0].agent == "asha"
    mark = only("!fri 10am")
    assert mark.body == "fri 10am"
    assert mark.due is not None


@pytest.mark.parametrize(
    ("text", "number", "body"),
    [
        ("!call back fri 10am on 020 7946 0018", "020 7946 0018", "call back"),
        ("!call back on 020 7946 0018 fri 10am", "020 7946 0018", "call back"),
        ("!ring 07700 900118", "07700 900118", "ring"),
        ("!call +44 20 7946 0018 when it is ready", "+44 20 7946 0018", None),
        ("!try (555) 123-4567", "(555) 123-4567", "try"),
        ("!check order 0012345678", None, None),
        ("!refund 12345678", None, None),
        ("!visit on 27.11.2026 10:00", None, "visit"),
        ("!send 27.11.2026 invoice", None, None),
        ("!look at #0207946001", None, None),
    ],
)
def test_a_number_to_call_back_on(text: str, number: str | None, body: str | None) -> None:
    mark = only(text)
    assert mark.callback == number
    assert mark.body == (body or text[1:])


def test_plain_is_what_is_no_mark() -> None:
    note = read("stayed home Mon, #boiler #visit\n!call fri\nbecause of the #leak  again")
    assert note.plain == "stayed home Mon,\nbecause of the leak again"
    assert note.topics == ("boiler", "visit", "leak")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("!call ", "promise"),
        ("theirs: x ", "promise"),
        ("@asha look ", "follow_up"),
        ("=likes tea ", "fact"),
        ("!call #x ", None),
        ("!call\n", None),
        ("said ", None),
        ("\\!call ", None),
    ],
)
def test_which_mark_the_next_word_belongs_to(text: str, kind: str | None) -> None:
    assert kind_at(text, len(text)) == kind


class Counting:
    """A pattern that counts the characters that are looked through."""

    def __init__(self, pattern: re.Pattern[str], steps: list[int]) -> None:
        self._pattern = pattern
        self._steps = steps

    def search(self, text: str, start: int, end: int) -> Any:
        found = self._pattern.search(text, start, end)
        self._steps.append((found.end() if found else end) - start + 1)
        return found


@pytest.mark.parametrize(
    "unit",
    ["!", "! ", '!"', "!„a ", "=1 ", "#a ", "\\", "\\!a ", "!a @b ", "(((#a", "no:", "no: ", "x"],
)
def test_reading_takes_steps_in_proportion_to_the_length(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []
    for name in ("_SIGN", "_LETTER"):
        pattern = getattr(mark_signs, name)
        monkeypatch.setattr(mark_signs, name, Counting(pattern, steps))

    def steps_for(length: int) -> int:
        steps.clear()
        text = (unit * length)[:length]
        note = read(text)
        assert all(note.words_of(mark) for mark in note.marks)
        return sum(steps)

    short, long = steps_for(10_000), steps_for(100_000)
    assert long <= 12 * max(short, 10_000)


@pytest.mark.parametrize(
    ("note", "body"),
    [
        ('mood: "fed up', "fed up"),
        ('mood: "fed up"', "fed up"),
        ("mood: “fed up", "fed up"),
        ("mood: «fed up", "fed up"),
        ('complaint: "nobody came', "nobody came"),
        ('mood: "fed up" and tired', '"fed up" and tired'),
        ('mood: fed up"', 'fed up"'),
        ('wants: a pipe of 3/4"', 'a pipe of 3/4"'),
    ],
)
def test_quotation_marks_around_words_are_none_of_them(note: str, body: str) -> None:
    assert only(note).body == body


@given(
    st.sampled_from('"“„«»‘'),
    st.text(st.sampled_from("abc ,äß"), min_size=1).filter(lambda one: one.strip(" ,") != ""),
)
def test_a_quotation_mark_that_is_left_open_changes_no_words(opening: str, words: str) -> None:
    assert only(f"mood: {opening}{words}").body == only(f"mood: {words}").body


def test_words_far_behind_a_quotation_mark_still_close_it() -> None:
    words = " ".join(["fed up"] * 1000)
    assert only(f'mood: "{words}"').body == f'"{words}"'
