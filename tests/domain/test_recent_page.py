"""`docs/recent.md` is right: its examples are read, and every field and value stands there."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from agent_tui.domain.rules.filter_dates import Period, read_period
from agent_tui.domain.rules.filter_fields import TABLE
from agent_tui.domain.rules.filter_truth import MEANINGS, SEARCHED
from agent_tui.domain.rules.filter_writing import write
from agent_tui.domain.rules.filters import LONGEST, LONGEST_VALUE, MOST_TERMS, MOST_VALUES, read
from agent_tui.domain.values.filters import Known, Understood
from tests.domain.filtered import LONDON, NOW

PAGE = (Path(__file__).parents[2] / "docs" / "recent.md").read_text(encoding="utf-8")
KNOWN = Known(me="mira", agents=("mira",), teams=("north",), topics=("boiler",))
TAKES = {
    "codes": "",
    "words": "words of it",
    "agent": "a handle",
    "team": "a team's name",
    "customer": "words of their name, or an id (`c_…`)",
    "topic": "a topic",
    "script": "a script's name",
    "moment": "a date",
    "length": "a length",
    "repeat": "a number of days",
}

_HEADS, _, _REST = PAGE.partition("## Fields")
_DATES, _, _LENGTHS = _REST.partition("## Dates")[2].partition("## Lengths")
_SHOWN = re.compile(r"\w{3} \d+ \w{3} \d{4}( \d\d:\d\d)?( to .*)?")
WRITTEN = re.findall(r"^\| `([^`]+)` \|", _HEADS + _LENGTHS, re.M)
INLINE = re.findall(r"`(-?\w+:[^`]*[^`:])`", PAGE)
DATES = [
    (written, means)
    for line, means in re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \| (.+) \|$", _DATES, re.M)
    if _SHOWN.fullmatch(means)
    for written in re.findall("`([^`]+)`", line)
]


def understood(text: str) -> Understood:
    return read(text, now=NOW, zone=LONDON, language="en", known=KNOWN)


@pytest.mark.parametrize("text", [*re.findall(r"^    (\S.*)$", PAGE, re.M), *WRITTEN, *INLINE])
def test_an_example_is_understood(text: str) -> None:
    found = understood(text)
    assert found.mistakes == ()
    assert found.filter.terms
    assert understood(write(found.filter, zone=LONDON)).filter == found.filter


def moment(of: Period) -> str:
    begin = of.begin.astimezone(LONDON)
    if of.end is None:
        return f"{begin:%a} {begin.day} {begin:%b %Y %H:%M}"
    last = of.end.astimezone(LONDON) - timedelta(hours=1)
    shown = [f"{day:%a} {day.day} {day:%b %Y}" for day in (begin, last)]
    return shown[0] if begin.date() == last.date() else " to ".join(shown)


@pytest.mark.parametrize(("written", "means"), DATES)
def test_a_date_means_what_stands_beside_it(written: str, means: str) -> None:
    found = read_period(written, now=NOW, zone=LONDON, language="en")
    assert isinstance(found, Period)
    assert moment(found) == means


def test_an_example_that_is_not_understood_is_none() -> None:
    [mistake] = understood("on:11/1").mistakes
    assert "may be two days" in mistake.message
    assert understood("met:no,partly -refund").mistakes == ()


def test_every_field_and_every_value_stands_there() -> None:
    for field in TABLE:
        also = ", ".join(f"`{alias}`" for alias in field.aliases)
        codes = ", ".join(f"`{code.name}`" for code in field.codes)
        takes = "; ".join(filter(None, (TAKES[field.takes], codes)))
        row = f"| `{field.name}:` | {field.help} | {takes} | {also} | `{field.example}` |"
        assert f"\n{row}\n" in PAGE
        for code in field.codes:
            spelt = ", ".join(f"`{spelling}`" for spelling in code.spellings)
            assert f"\n| `{field.name}:{code.name}` | {code.help} | {spelt} |\n" in PAGE
    assert len(DATES) > 25


def test_what_each_field_means_is_what_is_asked() -> None:
    for name, meaning in MEANINGS.items():
        assert f"\n| `{name}` | {meaning} |\n" in PAGE
    assert f"the first {SEARCHED:,} characters count" in PAGE


def test_the_limits_are_these() -> None:
    assert f"at most {LONGEST:,} characters and {MOST_TERMS} terms" in PAGE
    assert f"at most {MOST_VALUES} values of at most {LONGEST_VALUE} characters" in PAGE
