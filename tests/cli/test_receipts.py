"""`agent-tui receipts`: whose, in which form, and how the page shows it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from agent_tui.clock import Clock, utc_now
from agent_tui.domain.tables import Script, ScriptRun
from agent_tui.domain.values import ids
from agent_tui.domain.values.receipts import LineSeen
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.cli.conftest import Run
from tests.cli.test_docs import example, shape


def open_at(file: Path, handle: str, now: Clock = utc_now) -> Desk:
    return make_desk(f"sqlite:///{file}", handle=handle, now=now)


def read(desk: Desk) -> tuple[int, int]:
    """Read somebody's brief in their one interaction; returns the customer and the interaction."""
    [(customer, call)] = desk.store.reader().rows(
        "SELECT customer_id, id FROM interactions WHERE customer_id IS NOT NULL LIMIT 1"
    )
    brief = desk.opening.customer(customer, call).brief
    seen = [LineSeen(line.key, "viewed", 60_000) for line in brief.lines]
    desk.receipting.seen(customer, call, brief.digest, seen, focus="focused")
    return int(customer), int(call)


def run_script(desk: Desk, customer: int, call: int) -> None:
    with desk.writing() as unit:
        script = unit.reader.row("SELECT id FROM scripts")
        if script is None:
            row = Script(
                slug="a", number=1, title="A", kind="help", body="", digest="", created_at=NOON
            )
            unit.add(row)
            script = (row.id,)
        unit.add(
            ScriptRun(
                script_id=script[0],
                receipt_id=desk.receipting.grant(unit, customer, call),
                agent_id=desk.agent.id,
                customer_id=customer,
                interaction_id=call,
                started_at=unit.now,
            )
        )


@pytest.fixture
def team(desk: Path) -> Path:
    """Five agents, each with a run; the last one overrode."""
    for number in range(5):
        with closing(open_at(desk, f"agent{number}", StandingClock())) as one:
            if number < 4:
                run_script(one, *read(one))
                continue
            [(customer, call)] = one.store.reader().rows(
                "SELECT customer_id, id FROM interactions WHERE customer_id IS NOT NULL LIMIT 1"
            )
            one.receipting.override(customer, call, "in_a_hurry")
            run_script(one, customer, call)
    return desk


def test_ones_own_receipts(run: Run, desk: Path) -> None:
    assert run("receipts").out == ""
    with closing(open_at(desk, "mira")) as mira:
        _customer, call = read(mira)
    listed = run("receipts", "--mine")
    assert ids.show(ids.INTERACTION, call) in listed.out
    assert "seen" in listed.out
    [one] = run("receipts", "--json").json
    assert (one["how"], one["focus"], one["agent"]) == ("seen", "focused", "Mira")
    assert {line["how"] for line in one["lines"]} == {"viewed"}
    assert {line["ms"] for line in one["lines"]} == {60_000}
    assert run("receipts", "--json", "--as", "asha").json == []
    assert shape(example("receipts")) == shape([one])
    assert json.dumps(shape(example("receipts"))) == json.dumps(shape([one])), "in the same order"


def test_an_interactions_receipts_are_for_their_agent_and_their_lead(run: Run, desk: Path) -> None:
    with closing(open_at(desk, "tom")) as tom:
        customer, call = read(tom)
        tom.receipting.override(customer, None, "system_wrong", "the wrong Ada")
    words = ("receipts", "--interaction", ids.show(ids.INTERACTION, call))
    # Mira made this desk, and is its lead.
    assert len(run(*words, "--json").json) == 1
    assert len(run(*words, "--json", "--as", "tom").json) == 1
    assert run(*words, "--json", "--as", "asha").json == []
    assert run("receipts", "--interaction", "c_1").code == 1
    assert "the wrong Ada" in run("receipts", "--as", "tom").out


def test_figures_of_a_team(run: Run, team: Path) -> None:
    words = ("receipts", "--team", "Desk", "--since", "2026-03-01", "--until", "2026-04-01")
    printed = run(*words, "--json").json
    assert printed["agents"] == printed["runs"] == 5
    assert (printed["seen"], printed["known"]) == (4, 0)
    assert printed["overrides"] == {
        "emergency": 0,
        "in_a_hurry": 1,
        "know_person": 0,
        "system_wrong": 0,
    }
    assert shape(example("receipts", 1)) == shape(printed)
    assert json.dumps(shape(example("receipts", 1))) == json.dumps(shape(printed)), "in this order"
    said = run(*words).out
    assert "5 script runs of 5 agents" in said
    assert "4 (80%) after what was new had been read" in said
    assert "\n- 1 in a hurry" in said


def test_figures_are_refused(run: Run, team: Path) -> None:
    few = run("receipts", "--team", "Desk", "--since", "2025-01-01", "--until", "2026-01-01")
    assert (few.code, few.out) == (1, "")
    assert "figures are for 5 agents and more" in few.err
    own = run("receipts", "--team", "Desk", "--as", "agent1")
    assert own.code == 1
    assert "only an admin, or a lead of that team" in own.err


@pytest.mark.parametrize(
    "words",
    [
        ("--since", "2026-03-01"),
        ("--team", "Desk", "--since", "yesterday"),
        ("--team", "Desk", "--since", "2026-03-02", "--until", "2026-03-01"),
        ("--team", "Desk", "--limit", "3"),
        ("--team", "Desk", "--mine"),
    ],
)
def test_what_makes_no_sense_is_said(run: Run, desk: Path, words: tuple[str, ...]) -> None:
    assert run("receipts", *words).code == 2
