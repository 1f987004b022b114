"""`follow-up` and `question`: what they change is there, what they refuse says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def asked(run: Run, desk: Path) -> Any:
    """Something that Mira asked of Asha."""
    [one] = run("follow-up", "ask", "k1", "@Asha", "check", "the meter", "--json").json
    return one


@pytest.fixture
def question(run: Run, desk: Path) -> Any:
    run("note", "k1", "ask: who lets the engineer in")
    [one] = run("question", "--json").json
    return one


def test_what_is_asked_is_the_turn_of_whom_it_is_asked(run: Run, asked: Any) -> None:
    assert (asked["customer"], asked["text"], asked["asked_by"], asked["owner"]) == (
        "Katherine Smith",
        "check the meter",
        "Mira",
        "Asha",
    )
    assert (asked["state"], asked["closed_at"]) == ("open", None)
    shown = run("follow-up").out
    assert asked["id"] in shown
    assert "check the meter" in shown
    assert run("follow-up", "list", "--mine").out == ""
    assert run("follow-up", "--customer", "ava nguyen boston").out == ""
    [theirs] = run("follow-up", "--customer", "k1", "--mine", "--as", "asha", "--json").json
    assert theirs == asked


def test_what_is_declined_is_the_askers_turn_until_it_is_done(run: Run, asked: Any) -> None:
    refused = run("follow-up", "decline", asked["id"])
    assert (refused.code, refused.out) == (1, "")
    [declined] = run("follow-up", "decline", asked["id"], "--as", "asha", "--json").json
    assert declined["state"] == "declined"
    assert run("follow-up", "--mine", "--as", "asha", "--json").json == []
    assert run("follow-up", "--mine", "--json").json == [declined]
    [again] = run("follow-up", "reopen", asked["id"], "--json").json
    assert (again["state"], again["closed_at"]) == ("open", None)
    [done] = run("follow-up", "done", asked["id"], "--as", "asha", "--json").json
    assert done["state"] == "done"
    assert run("follow-up", "--json").json == []


def test_an_answer_in_words_becomes_a_fact(run: Run, question: Any) -> None:
    assert question["text"] in run("question", "list", "--customer", "k1").out
    assert run("question", "--customer", "ava nguyen boston").out == ""
    assert run("question", "list", "k1").out == run("question", "--customer", "k1").out
    assert run("question", "list", "ava nguyen boston").out == ""
    [answered] = run("question", "answer", question["id"], "her", "mother", "--json").json
    assert answered["state"] == "answered"
    assert answered["fact_id"].startswith("f_")
    assert run("question").out == ""
    ended = run("question", "answer", question["id"])
    assert (ended.code, "reopen it first" in ended.err) == (1, True)
    [reopened] = run("question", "reopen", question["id"], "--json").json
    assert (reopened["state"], reopened["closed_at"], reopened["fact_id"]) == ("open", None, None)
    [dropped] = run("question", "drop", question["id"], "--json").json
    assert (dropped["state"], dropped["fact_id"]) == ("dropped", None)


@pytest.mark.parametrize(
    "words",
    [
        ["follow-up", "ask", "k1", "asha"],
        ["follow-up", "ask", "k1"],
        ["follow-up", "done"],
        ["follow-up", "done", "u_1", "now"],
        ["follow-up", "done", "u_1", "--mine"],
        ["follow-up", "list", "u_1"],
        ["follow-up", "forget", "u_1"],
        ["question", "answer"],
        ["question", "list", "k1", "--customer", "k1"],
        ["question", "drop", "q_1", "now"],
        ["question", "drop", "q_1", "--customer", "k1"],
    ],
)
def test_each_says_how_it_is_written(run: Run, words: list[str]) -> None:
    ended = run(*words)
    assert ended.code == 2
    assert words[0] in ended.err


@pytest.mark.parametrize("named", ["0SA5ETVC1GJMS", "nonsense"])
@pytest.mark.parametrize(("command", "prefix"), [("follow-up", "u"), ("question", "q")])
def test_what_is_not_there_is_not_found(
    run: Run, desk: Path, command: str, prefix: str, named: str
) -> None:
    ended = run(command, "reopen", f"{prefix}_{named}")
    assert (ended.code, ended.out) == (1, "")
    assert run("follow-up", "ask", "k1", "nobody", "x").code == 1
