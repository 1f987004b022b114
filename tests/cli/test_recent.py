"""`recent` with a filter, and `export`: what is found, what is told, and which files are made."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from agent_tui.cli.filtering import joined
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["agent:mira", "met:no"], "agent:mira met:no"),
        (['agent:mira "stayed home"'], 'agent:mira "stayed home"'),
        (["met:no after:mon"], "met:no after:mon"),
        (["met:no boiler"], "met:no boiler"),
        (["stayed home"], '"stayed home"'),
        (["subject:stayed home"], '"subject:stayed home"'),
        (["-stayed home"], '-"stayed home"'),
        (["agenda:stayed home"], 'agenda:"stayed home"'),
        (["-agenda:stayed home", "met:no"], '-agenda:"stayed home" met:no'),
        (["after:last week"], 'after:"last week"'),
        (["since:mon 14:00"], 'since:"mon 14:00"'),
        (["customer:o'brien jr"], 'customer:"o\'brien jr"'),
        (["#boiler @mira"], "#boiler @mira"),
        (["boiler or refund"], "boiler or refund"),
        (["agenda:boiler OR refund"], "agenda:boiler OR refund"),
        (["whether or"], '"whether or"'),
        (['"yes or no"'], '"yes or no"'),
        ([" "], " "),
        ([], ""),
    ],
)
def test_quotes_that_a_shell_took_away_stand_again(arguments: list[str], text: str) -> None:
    assert joined(arguments) == text


def test_mistakes_are_shown_at_their_places(run: Run, desk: Path) -> None:
    ended = run("recent", "met:nope", "李明", "agent:ahsa")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "| met:nope 李明 agent:ahsa",
        "|     ^^^^ no ?",
        "| met:nope 李明 agent:ahsa",
        "|                     ^^^^ asha ?",
        "agent-tui: Not understood: met: is one of yes, partly, no, not_asked; not “nope”; "
        "there is no agent “ahsa”",
    ]


@pytest.mark.parametrize("arguments", [["boiler or refund"], ["boiler", "or", "refund"]])
def test_an_or_between_terms_is_told(run: Run, desk: Path, arguments: list[str]) -> None:
    ended = run("recent", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "| boiler or refund",
        "|        ^^",
        "agent-tui: Not understood: there is no “or” between terms: all of them hold. Either of "
        "two values is channel:phone,chat; in quotes it is a word",
    ]


def test_a_long_filter_is_shown_around_its_mistake(run: Run, desk: Path) -> None:
    ended = run("recent", f"{'boiler' * 20} met:nope {'garden' * 20}")
    assert ended.err.splitlines() == [
        "| …rboilerboilerboiler met:nope gardengardengardengarde…",
        "|                          ^^^^ no ? at character 126",
        "agent-tui: Not understood: met: is one of yes, partly, no, not_asked; not “nope”",
    ]


@pytest.mark.parametrize(
    "words",
    ["x" * 5_000, "channel:fax " * 300, "met:" + "y" * 3_900, "agent:4111111111111111 " * 170],
)
def test_what_is_wrong_with_a_long_filter_is_told_in_short(
    run: Run, desk: Path, words: str
) -> None:
    ended = run("recent", words)
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err) < 3_000
    assert max(map(len, ended.err.splitlines()[:-1])) < 100
    assert "…" in ended.err
    assert "41111" not in ended.err


def test_a_hostile_filter_prints_nothing_that_acts(run: Run, desk: Path) -> None:
    ended = run("recent", "met:\x1b[2J\x9b", "agent:\u202e4111 1111 1111 1111")
    assert ended.code == 2
    assert not set(ended.err) & set("\x1b\x9b\u202e")
    assert "4111 1111" not in ended.err


def test_a_topic_that_is_near_is_named(run: Run, desk: Path) -> None:
    ended = run("recent", "topic:boler", "--json")
    assert (ended.code, ended.json) == (0, [])
    assert "; boiler is near to it" in ended.err


def test_a_filter_finds_what_it_says(run: Run, desk: Path) -> None:
    for found in (
        "agent:asha",
        "boiler met:partly",
        "-met:no",
        "on:2026-03-01",
        '"called me back"',
    ):
        assert len(run("recent", "--json", "--", found).json) == 1, found
    for none in ("agent:mira", "met:no", "-boiler", "before:2026-03-01", '"back me called"'):
        assert run("recent", "--json", "--", none).json == [], none


def test_a_count(run: Run, desk: Path) -> None:
    assert run("recent", "--count", "agent:asha").out == "1\n"
    assert run("recent", "--count", "agent:mira", "--json").json == {"count": 0}


def test_a_sample_is_drawn_again_by_its_seed(run: Run, desk: Path) -> None:
    first = run("recent", "--sample", "1", "--json")
    again = first.err.split("the same again: ")[1].split()
    assert first.err.startswith("1 of 1; ")
    assert run("recent", "--json", *again).json == first.json


def test_a_term_with_a_dash_is_shown_its_place(run: Run, desk: Path) -> None:
    ended = run("recent", "-met:no")
    assert ended.code == 2
    assert "what begins with a dash and is no option goes behind --" in ended.err
    assert len(run("recent", "--json", "--", "-met:no").json) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["recent", "--seed", "1"],
        ["recent", "--sample", "1", "--count"],
        ["recent", "--sample", "1", "--until", "soon"],
        ["export", "interactions"],
        ["export", "customers", "--format", "csv"],
        ["export", "interactions", "--format", "jsonl", "--bom"],
        ["export", "interactions", "--format", "csv", "--force"],
        ["export", "interactions", "met:nope", "--format", "csv"],
    ],
)
def test_wrong_usage(run: Run, desk: Path, words: list[str]) -> None:
    assert run(*words).code == 2


def test_an_export_has_the_rows_of_recent(run: Run, desk: Path) -> None:
    listed = run("recent", "--json").json
    lines = run("export", "interactions", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == listed
    [row] = csv.DictReader(io.StringIO(run("export", "interactions", "--format", "csv").out))
    assert list(row) == list(listed[0])
    assert row["customer"] == "Katherine Smith"
    assert run("export", "interactions", "met:no", "--format", "jsonl").out == ""


@pytest.mark.parametrize(
    "words",
    [
        ["export", "interactions", "--format", "jsonl", "--", "-met:no"],
        ["export", "--format", "jsonl", "--", "interactions", "-met:no"],
        ["export", "interactions", "boiler", "--format", "jsonl", "--", "-met:no", "-met:yes"],
        ["recent", "--json", "--", "-met:no"],
        ["recent", "boiler", "--json", "--", "-met:no", "-met:yes"],
    ],
    ids=" ".join,
)
def test_what_begins_with_a_dash_goes_behind_two_wherever_they_stand(
    run: Run, desk: Path, words: list[str]
) -> None:
    ended = run(*words)
    assert (ended.code, "Katherine Smith" in ended.out) == (0, True)
    assert not json.loads(run(*words, "agent:mira").out or "[]")


def test_an_export_to_a_file(run: Run, desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    words = ["export", "interactions", "--format", "csv", "--out", str(path)]
    ended = run(*words, "--bom")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"{path}: 1 interaction\n"
    assert path.read_bytes().startswith('\ufeff"id"'.encode())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run(*words).code == 2
    assert run(*words, "--force").code == 0
    assert path.read_bytes().startswith(b'"id"')


def test_a_reader_that_goes_away_is_no_error(desk: Path) -> None:
    words = [sys.executable, "-m", "agent_tui", "export", "interactions", "--format", "csv"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        export.stdout.close()
        assert export.stderr.read() == b""
    assert export.returncode == os.EX_OK
