"""`friction`: an agent says it, reads their own; leads read it by rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_docs import example, shape


def test_what_was_noted_is_listed_and_taken_back(run: Run, desk: Path) -> None:
    words = ["friction", "note", "wrap-up", "asks", "twice", "--customer", "k1", "--json"]
    [one] = run(*words).json
    assert (one["rule"], one["text"], one["customer"]) == (
        "wrap_up",
        "asks twice",
        "Katherine Smith",
    )
    assert run("friction", "--json").json == [one]
    assert "the wrap-up" in run("friction", "list").out
    assert run("friction", "--as", "asha").out == ""
    assert run("friction", "take-back", one["id"], "--as", "asha").code == 1
    assert run("friction", "take-back", one["id"], "--json").json == [one]
    assert run("friction").out == ""


def test_it_may_be_about_an_interaction(run: Run, desk: Path) -> None:
    [call] = run("recent", "--json").json
    [one] = run("friction", "note", "search", "no", "--interaction", call["id"], "--json").json
    assert (one["interaction_id"], one["customer"]) == (call["id"], "Katherine Smith")


def test_a_lead_reads_it_by_rule(run: Run, desk: Path) -> None:
    assert run("agents", "--as", "asha").code == 0
    run("friction", "note", "gate", "again", "and", "again", "--as", "asha")
    run("friction", "note", "gate", "once", "more")
    refused = run("friction", "by-rule", "--as", "asha")
    assert (refused.code, refused.out) == (1, "")
    assert run("friction", "by-rule").out.splitlines() == [
        "the brief before a script: 2 times",
        "- once more",
        "- again and again",
    ]
    printed = run("friction", "by-rule", "--since", "2020-01-01", "--json").json
    assert json.dumps(shape(example("friction", 1))) == json.dumps(shape(printed))
    assert printed == [
        {"rule": "gate", "times": 2, "agents": None, "newest": ["once more", "again and again"]}
    ]
    assert run("friction", "by-rule", "--since", "2099-01-01", "--json").json == []


@pytest.mark.parametrize(
    "words",
    [
        ["note", "gate"],
        ["note", "weather", "it rains"],
        ["list", "gate"],
        ["list", "--since", "2026-01-01"],
        ["take-back"],
        ["by-rule", "gate"],
        ["by-rule", "--customer", "k1"],
        ["by-rule", "--since", "yesterday"],
    ],
)
def test_it_says_how_it_is_written(run: Run, desk: Path, words: list[str]) -> None:
    ended = run("friction", *words)
    assert (ended.code, ended.out) == (2, "")
