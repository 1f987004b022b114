"""Every example of `docs/notes.md` makes what the page says."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_tui.domain.rules.due_times import read_due
from agent_tui.domain.rules.mark_signs import WORDS
from agent_tui.domain.rules.mark_table import MARKS
from agent_tui.domain.rules.marks import FACT_KINDS, Writer, read_note
from agent_tui.domain.rules.snippets import expand
from agent_tui.domain.values.marks import DueTime, Mark, WrittenMark

PAGE = (Path(__file__).parents[2] / "docs" / "notes.md").read_text(encoding="utf-8")
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
WRITER = Writer(NOW, LONDON, region="GB")

NOTES = re.findall(r"^    > (.*)\n((?:    [^>\s].*\n)*)", PAGE, re.M)
DUE_TIMES = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \| ((?:\w{3} \d|impossible).*) \|$", PAGE, re.M)
FOREIGN = re.findall(r"^\| (\w\w) \| `([^`]+)` \| (.+) \|$", PAGE, re.M)


def moment(due: DueTime) -> str:
    if due.at is None:
        return due.problem or ""
    here = due.at.astimezone(LONDON)
    shown = f"{here:%a} {here.day} {here:%b %Y %H:%M}"
    return f"{shown}, {due.problem}" if due.problem else shown


def shown(mark: Mark) -> str:
    labels = {
        "promise": "promise of theirs" if mark.side == "theirs" else "promise",
        "fact": f"fact ({mark.fact_kind})",
        "concession": "we gave" if mark.side == "ours" else "they gave",
        "handover": "hand-over",
        "follow_up": "follow-up",
    }
    parts = [
        f"{labels.get(mark.kind, mark.kind)}: {mark.body}",
        mark.due and f"due {moment(mark.due)}",
        mark.callback and f"on {mark.callback}",
        mark.amount and f"{mark.amount} {mark.currency}",
        mark.reason,
        mark.kind != "handover" and mark.agent and f"for {mark.agent}",
    ]
    return " · ".join(part for part in parts if part)


@pytest.mark.parametrize(("note", "makes"), NOTES)
def test_a_note_makes_what_stands_below_it(note: str, makes: str) -> None:
    expected = [line.strip() for line in makes.splitlines()]
    assert [shown(mark) for mark in read_note(note, WRITER).marks] == expected


@pytest.mark.parametrize(("written", "means"), DUE_TIMES)
def test_a_due_time_means_what_stands_beside_it(written: str, means: str) -> None:
    for words in re.findall("`([^`]+)`", written):
        due = read_due(f"call them {words}", NOW, LONDON, region="GB")
        assert due is not None, words
        assert (due.words, moment(due)) == (words, means)


@pytest.mark.parametrize(("language", "words", "means"), FOREIGN)
def test_a_due_time_of_another_language(language: str, words: str, means: str) -> None:
    due = read_due(f"XYZ {words}", NOW, LONDON, language=language)
    assert due is not None
    assert (due.words, moment(due)) == (words, means)


def test_the_page_has_its_examples_and_every_sign() -> None:
    assert (len(NOTES), len(DUE_TIMES), len(FOREIGN)) == (18, 39, 12)
    grammar = PAGE.split("```ebnf")[1].split("```")[0]
    assert [word for word in (*WORDS, *FACT_KINDS) if f'"{word}' not in grammar] == []
    assert [one for one in MARKS if f"\n| `{one.typed}` | {one.makes} |\n" not in PAGE] == []


@pytest.mark.parametrize("one", MARKS, ids=lambda one: one.sign)
def test_the_example_of_a_mark_makes_it(one: WrittenMark) -> None:
    read = read_note(one.example, WRITER)
    assert (one.kind, one.sign in one.example) == (read.marks[-1].kind, True)
    assert (read.plain, read.unfinished) == ("", ())


def test_the_snippets_are_right() -> None:
    settings = tomllib.loads(PAGE.split("```toml")[1].split("```")[0])
    fields = {"customer": {"first_name": "Ada", "phone": "020 7946 0018"}, "agent": {}}
    expanded = {
        name: expand(name, template, fields) for name, template in settings["snippets"].items()
    }
    assert expanded == {
        "greet": "Hello Ada, {agent.first_name} here.",
        "back": "!call back on 020 7946 0018 tomorrow",
    }
