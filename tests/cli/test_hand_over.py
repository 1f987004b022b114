"""`hand-over` and `verify`: what they change is there, and the brief is read from a pipe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_docs import example, shape


@pytest.fixture
def call(run: Run, process: Run, desk: Path) -> str:
    """A call of Mira's with Katherine; Asha works here too."""
    run("agents")
    run("agents", "--as", "asha")
    lines = [
        {"type": kind, "call": "1", "to": "mira", "from": "+442079460018"}
        for kind in ("ringing", "answered")
    ]
    assert process("feed", stdin="\n".join(map(json.dumps, lines)).encode()).code == 0
    return str(run("recent", "--json").json[0]["id"])


@pytest.fixture
def offered(run: Run, call: str) -> Any:
    text = 'wants: the visit !call back +1d mood: "so tired" no: the plan ask: which one'
    assert run("note", "k1", text, "--interaction", call).code == 0
    [one] = run("hand-over", "offer", call, "@asha", "booked", "it", "--json").json
    return one


def test_an_offer_is_listed_and_accepted(run: Run, offered: Any, call: str) -> None:
    assert (offered["offered_by"], offered["offered_to"]) == ("Mira", "Asha")
    assert (offered["tried"], offered["state"]) == ("booked it", "open")
    assert run("hand-over", "--as", "asha", "--json").json == [offered]
    listed = run("hand-over").out
    assert offered["id"] in listed
    assert "the visit" in listed
    refused = run("hand-over", "accept", offered["id"])
    assert (refused.code, refused.out) == (1, "")
    [done] = run("hand-over", "accept", offered["id"], "--as", "asha", "--json").json
    assert done["state"] == "accepted"
    assert run("hand-over", "--as", "asha").out == ""
    assert run("recent", "--json").json[0]["agent"] == "asha"


def test_what_is_declined_says_why_until_it_is_put_away(run: Run, offered: Any) -> None:
    words = ["hand-over", "decline", offered["id"], "on", "two", "calls"]
    [declined] = run(*words, "--as", "asha", "--json").json
    assert (declined["state"], declined["reason"]) == ("declined", "on two calls")
    [listed] = run("hand-over", "--json").json
    assert listed["id"] == offered["id"]
    today = run("today").out
    assert "- Katherine Smith: the visit, declined by Asha: on two calls. h_" in today
    assert run("hand-over", "take-back", offered["id"]).code == 0
    assert run("hand-over", "--json").json == []
    assert "declined by Asha" not in run("today").out


def test_remarks_go_to_stderr(run: Run, offered: Any, call: str) -> None:
    run("agents", "state", "away", "--as", "asha")
    ended = run("hand-over", "offer", call, "asha", "--json")
    assert (ended.code, len(ended.json)) == (0, 1)
    told = ended.err.splitlines()
    assert told[0].startswith("this takes the place of the offer")
    assert told[1].startswith("Asha is away")


def test_the_brief_reads_one_thing_a_line(run: Run, offered: Any, call: str) -> None:
    run("verify", call, "--how", "known voice")
    said = run("hand-over", "brief", offered["id"], "--as", "asha").out.splitlines()
    assert said[0] == "Katherine Smith, she/her, Northwind Ltd, Leeds"
    assert said[1].startswith("From Mira to Asha, just now; phone, talking.")
    for line in (
        "They want: the visit",
        "Known voice.",
        "They said “so tired”, just now.",
        "Tried:",
        "Promised in it:",
        "Still to ask:",
        "Do not ask again:",
        "Before you speak:",
    ):
        assert line in said
    assert any(line.startswith("- Mira says, just now: booked it h_") for line in said)
    assert any(line.startswith("- Mira noted, just now: wants: the visit") for line in said)
    assert any(line.startswith("- Mira: call back, tomorrow. p_") for line in said)
    assert any(line.startswith("- They said no to: the plan. r_") for line in said)
    assert any(line.startswith("- which one. q_") for line in said)
    assert any(line.startswith("! We owe: ") for line in said)


def test_the_examples_have_the_keys_of_the_output(run: Run, offered: Any, call: str) -> None:
    for place, words in enumerate((["hand-over"], ["hand-over", "brief", offered["id"]])):
        printed = shape(run(*words, "--as", "asha", "--json").json)
        shown = shape(example("hand-over", place))
        assert json.dumps(shown) == json.dumps(printed), "in this order"
    printed = shape(run("verify", call, "--how", "known voice", "--json").json)
    assert json.dumps(shape(example("verify"))) == json.dumps(printed), "in this order"


def test_a_caller_is_verified_by_a_method_and_never_by_an_answer(run: Run, call: str) -> None:
    one = run("verify", call, "--how", "Security Question", "--json").json
    assert (one["verified"], one["customer"]) == ("security question", "Katherine Smith")
    assert run("brief", "k1", "--json").json["verified"] == "security question"
    refused = run("verify", call, "--how", "maiden name: Kowalski")
    assert (refused.code, refused.out) == (1, "")
    assert "never what they answered" in refused.err
    assert run("verify", call, "--not").out == f"{call} not verified\n"
    assert run("brief", "k1", "--json").json["verified"] == "not verified"


@pytest.mark.parametrize(
    "words",
    [
        ["hand-over", "offer", "i_1"],
        ["hand-over", "offer"],
        ["hand-over", "accept"],
        ["hand-over", "accept", "h_1", "now"],
        ["hand-over", "brief"],
        ["hand-over", "list", "h_1"],
        ["hand-over", "forget", "h_1"],
        ["verify", "i_1"],
        ["verify", "i_1", "--how", " "],
        ["verify", "i_1", "--how", "known voice", "--not"],
    ],
)
def test_each_says_how_it_is_written(run: Run, words: list[str]) -> None:
    ended = run(*words)
    assert ended.code == 2
    assert words[0] in ended.err or "--how" in ended.err or "say how" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["hand-over", "accept", "h_0SA5ETVC1GJMS"],
        ["hand-over", "brief", "nonsense"],
        ["hand-over", "offer", "i_0SA5ETVC1GJMS", "asha"],
        ["verify", "nonsense", "--not"],
        ["verify", "i_0SA5ETVC1GJMS", "--not"],
    ],
)
def test_what_is_not_there_is_not_found(run: Run, desk: Path, words: list[str]) -> None:
    ended = run(*words)
    assert (ended.code, ended.out) == (1, "")
