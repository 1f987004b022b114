"""`measures`: figures of whoever one may see, what is behind them, and what they mean."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from agent_tui.domain.values.measures import MEASURES
from tests.cli.conftest import Run

SPRING = ("--since", "2026-03-01", "--until", "2026-03-08")
HERS = ("--customer", "k1", *SPRING)


def test_all_measures_and_one_over_time(run: Run, desk: Path) -> None:
    every = run("measures", *HERS, "--json").json
    assert [one["measure"] for one in every] == list(MEASURES)
    by_measure = {one["measure"]: one for one in every}
    begun = by_measure["started_by_customer"]
    assert (begun["count"], begun["n"], begun["missing"]) == (1, 1, 0)
    assert (begun["since"], begun["until"]) == ("2026-02-23T00:00:00Z", "2026-03-09T00:00:00Z")
    assert by_measure["years_since_first"]["bands"]["under_1"] == 1
    copies = by_measure["copies_given"]
    assert (copies["count"], copies["n"], copies["why"]) == (None, None, "not recorded yet")
    weeks = run("measures", "agenda-recorded", *HERS, "--json").json
    assert [(one["count"], one["n"]) for one in weeks] == [(1, 1), (0, 0)]
    months = run("measures", "agenda-recorded", *HERS, "--by", "month", "--json").json
    assert [one["since"] for one in months] == ["2026-03-01T00:00:00Z"]


def test_without_a_time_the_last_26_weeks_or_12_months(run: Run, desk: Path) -> None:
    def moments(*more: str) -> list[tuple[datetime, datetime]]:
        found = run("measures", *more, "--customer", "k1", "--json").json
        return [
            (datetime.fromisoformat(one["since"]), datetime.fromisoformat(one["until"]))
            for one in found
        ]

    until = ("--until", "2026-03-09")
    assert len(moments("agenda-recorded")) == 26
    assert len(moments("agenda-recorded", "--by", "month")) == 12
    [(since, end)] = set(moments(*until))
    assert (end - since, end.date().isoformat()) == (timedelta(weeks=26), "2026-03-09")


def test_all_measures_by_month(run: Run, desk: Path) -> None:
    asked = ("measures", "--customer", "k1", "--since", "2026-02-10", "--until", "2026-03-08")
    found = run(*asked, "--by", "month", "--json").json
    months = ("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")
    assert [(one["measure"], one["since"]) for one in found] == [
        (measure, month) for measure in MEASURES for month in months
    ]
    lines = run(*asked, "--by", "month").out.split("\n")
    begun = [one for one in lines if one.startswith("Started by them")]
    assert ["from: 2026-02-01; to: 2026-02-28" in begun[0], "count: 1" in begun[1]] == [True] * 2


def test_what_is_behind_a_week(run: Run, desk: Path) -> None:
    week = ("--customer", "k1", "--week", "2026-03-02")
    # The promise of the file was due on Monday, and nobody kept it.
    [late] = run("measures", "behind", "promises-kept", *week, "--part", "others", "--json").json
    assert (late["customer"], late["text"]) == ("Katherine Smith", "a call")
    assert late["id"].startswith("p_")
    assert run("measures", "behind", "promises_kept", *week, "--json").json == []
    [who] = run("measures", "behind", "years-since-first", *HERS, "--part", "under-1").out.split(
        "\n"
    )[:-1]
    assert "Katherine Smith" in who


def test_in_words(run: Run, desk: Path) -> None:
    printed = run("measures", *HERS).out
    assert (
        "Started by them; count: 1; of: 1; missing: 0; from: 2026-02-23; to: 2026-03-08" in printed
    )
    [line] = [one for one in printed.split("\n") if one.startswith("Started by them")]
    assert "; whose: customer c_" in line
    assert line.endswith("; counted: contacts that the customer began")
    assert "Copies of the file given; count: not recorded yet" in printed
    defined = run("measures", "define", "same-need-again").out
    assert defined.startswith("The same need again within 14 days (same-need-again)\n")
    assert "what it does not show: Whose work left the need open" in defined
    everything = run("measures", "define", "--json").json
    assert [one["measure"] for one in everything] == list(MEASURES)


def test_what_stands_beside(run: Run, desk: Path) -> None:
    ageing = run("measures", "promises", "--customer", "k1", "--json").json
    assert [(one["due"], one["ours"]) for one in ageing if one["ours"]] == [("late_more", 1)]
    assert "late 8 d and more; ours: 1; theirs: 0" in run("measures", "promises", *HERS).out
    complaint = run("complaint", "open", "k1", "nobody came", "--json").json
    assert complaint
    today = run("measures", "complaints", "--customer", "k1", "--json").json
    assert today == [{"topic": None, "open": 1, "late": 0, "closed": 0}]
    assert "no topic; open: 1; late: 0" in run("measures", "complaints", "--customer", "k1").out
    assert run("measures", "topics", "--json").json == []
    surveys = run("measures", "surveys", *HERS, "--json").json
    assert {one["met"]: one["not_asked"] for one in surveys["outcomes"]}["partly"] == 1
    assert (
        "partly; answered: 0; not answered: 0; not asked: 1"
        in run("measures", "surveys", *HERS).out
    )


def test_what_cannot_be_asked(run: Run, desk: Path) -> None:
    for wrong in (
        ("happiness",),
        ("behind",),
        ("topics", "promises-kept"),
        ("promises-kept", "agenda-recorded"),
        ("promises-kept", "--week", "2026-03-02"),
        ("behind", "promises-kept", "--week", "2026-03-02", "--month", "2026-03-02"),
        ("behind", "promises-kept", "--part", "under-1"),
        ("--since", "2026-03-08", "--until", "2026-03-01"),
        ("--me", "--all"),
    ):
        assert run("measures", *wrong).code == 2, wrong
    run("agents", "add", "ben")
    assert run("--as", "ben", "measures", "--all").code == 1
    assert run("--as", "ben", "measures", "--agent", "mira").code == 1
    ended = run("--as", "ben", "measures", "--me")
    assert (ended.code, ended.err) == (0, "")
