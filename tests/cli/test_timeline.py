"""`agent-tui timeline`: whose, of which kind, from which day back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_everything_that_happened_is_printed_newest_first(run: Run, desk: Path) -> None:
    made = run("note", "k1", "!call back +3d =prefers mornings", "--json").json
    entries = run("timeline", "k1", "--json").json
    assert [entry["kind"] for entry in entries][:3] == ["fact", "promise", "note"]
    assert {"interaction", "concession"} <= {entry["kind"] for entry in entries}
    moments = [entry["at"] for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert {entry["note_id"] for entry in entries[:3]} == {made["id"]}
    assert entries[2]["record"] == made["id"]
    call = next(entry for entry in entries if entry["kind"] == "interaction")
    assert call["record"] == call["interaction_id"]
    assert call["words"] == (
        "the boiler visit that never came, partly resolved · Asha · #boiler · 04:30"
    )

    printed = run("timeline", "k1").out.splitlines()
    assert len(printed) == len(entries)
    assert "; kind: learned; what: " in printed[0]
    assert ", prefers, Mira" in printed[0], "words in place of the dots of the screen"


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("contacts", {"interaction"}),
        ("promises", {"promise"}),
        ("money", {"concession"}),
        ("scripts", set()),
    ],
)
def test_a_kind_leaves_the_others_out(run: Run, desk: Path, kind: str, kinds: set[str]) -> None:
    found = run("timeline", "k1", "--kind", kind, "--json").json
    assert {entry["kind"] for entry in found} == kinds


def test_so_many_at_most_before_a_day(run: Run, desk: Path) -> None:
    run("note", "k1", "called today")
    whole = run("timeline", "k1", "--json").json
    assert run("timeline", "k1", "--limit", "1", "--json").json == whole[:1]
    before = run("timeline", "k1", "--before", "2026-03-02", "--json").json
    assert before == [entry for entry in whole if entry["at"] < "2026-03-02"]
    assert 0 < len(before) < len(whole)
    assert run("timeline", "k1", "--before", "2000-01-01").out == ""


def test_what_cannot_be_read_is_said(run: Run, desk: Path) -> None:
    ended = run("timeline", "k1", "--before", "last week")
    assert (ended.code, ended.out) == (2, "")
    assert "is not a day, such as 2026-11-01" in ended.err
    assert run("timeline", "k1", "--kind", "gossip").code == 2
    assert run("timeline", "nobody at all").code == 1


def test_a_long_note_is_cut_with_a_count_and_whole_on_demand(run: Run, desk: Path) -> None:
    run("note", "k1", "on and on " * 10_000)
    run("note", "k1", "short")
    cut = run("timeline", "k1").out.splitlines()
    assert max(map(len, cut)) < 400
    [line] = [line for line in cut if "on and on" in line]
    assert "characters more (--whole)" in line
    whole = run("timeline", "k1", "--whole").out.splitlines()
    assert len(whole) == len(cut)
    [line] = [line for line in whole if "on and on" in line]
    assert line.count("on and on") == 10_000
    assert sorted(map(len, whole))[-2] < 400
    assert any("on and on " * 9_999 in one["words"] for one in run("timeline", "k1", "--json").json)
