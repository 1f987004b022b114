"""`promise` and `complaint`: what they change is there, what they refuse says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def promise(run: Run, desk: Path) -> str:
    """The promise of the desk: a call, long overdue."""
    [one] = run("promise", "--json").json
    return str(one["id"])


@pytest.fixture
def complaint(run: Run, desk: Path) -> Any:
    [one] = run("complaint", "open", "k1", "nobody came", "--remedy", "a visit", "--json").json
    return one


def test_promises_are_listed(run: Run, promise: str) -> None:
    listed = run("promise", "list").out
    assert "Katherine Smith" in listed
    assert promise in listed
    assert run("promise", "--customer", "ava nguyen boston").out == ""
    assert run("promise", "--mine", "--json").json == []
    assert len(run("promise", "--late", "--customer", "k1", "--json").json) == 1


def test_a_promise_is_moved_and_the_resolved_date_is_told(run: Run, promise: str) -> None:
    old, new = run(
        "promise", "move", promise, "2099-11-27", "10:00", "--told", "--reason", "snow", "--json"
    ).json
    assert (old["id"], old["state"], old["reason"], old["told_before_due"]) == (
        promise,
        "renegotiated",
        "snow",
        False,
    )
    assert (new["replaces"], new["state"]) == (promise, "open")
    assert new["due"].startswith("2099-11-27T")
    shown = run("promise", "move", new["id"], "2099-12-01", "09:30").out
    assert "Tue 2099-12-01 09:30" in shown
    assert run("promise", "--json").json[0]["due"].startswith("2099-12-01T")


@pytest.mark.parametrize("due", ["soon", "31.02.", "2020-01-01"])
def test_a_promise_is_not_moved_to_no_time(run: Run, promise: str, due: str) -> None:
    ended = run("promise", "move", promise, due)
    assert (ended.code, ended.out) == (1, "")
    assert due in ended.err
    assert [one["id"] for one in run("promise", "--json").json] == [promise]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (["keep"], "kept"),
        (["withdraw", "--reason", "not needed"], "withdrawn"),
        (["break", "--reason", "nobody free", "--told"], "broken"),
    ],
)
def test_a_promise_is_closed_and_reopened(
    run: Run, promise: str, words: list[str], state: str
) -> None:
    action, *options = words
    [closed] = run("promise", action, promise, *options, "--json").json
    assert closed["state"] == state
    assert run("promise", "--json").json == []
    again = run("promise", "keep", promise)
    assert (again.code, state in again.err) == (1, True)
    [reopened] = run("promise", "reopen", promise, "--json").json
    assert (reopened["state"], reopened["reason"]) == ("open", None)


def test_a_promise_is_handed_over_and_accepted(run: Run, promise: str) -> None:
    assert run("promise", "accept", promise).code == 1
    [offered] = run("promise", "hand-over", promise, "@asha", "--json").json
    assert offered["offered_to"] == "Asha"
    assert run("promise", "decline", promise, "--as", "asha").code == 0
    run("promise", "hand-over", promise, "asha")
    [accepted] = run("promise", "accept", promise, "--as", "asha", "--json").json
    assert (accepted["owner"], accepted["offered_to"]) == ("Asha", None)
    [told] = run("promise", "tell", promise, "--json").json
    assert (told["state"], told["told_before_due"]) == ("open", False)


@pytest.mark.parametrize(
    "words",
    [
        ["keep"],
        ["keep", "p_1", "now"],
        ["move", "p_1"],
        ["hand-over", "p_1"],
        ["withdraw", "p_1"],
        ["break", "p_1", "--told"],
        ["keep", "p_1", "--reason", "x"],
        ["keep", "p_1", "--told"],
        ["keep", "p_1", "--late"],
        ["list", "p_1"],
        ["forget", "p_1"],
    ],
)
def test_promise_says_how_it_is_written(run: Run, words: list[str]) -> None:
    ended = run("promise", *words)
    assert ended.code == 2
    assert "promise" in ended.err


@pytest.mark.parametrize("named", ["p_0SA5ETVC1GJMS", "nonsense", "c_0SA5ETVC1GJMS"])
def test_a_promise_that_is_not_there_is_not_found(run: Run, desk: Path, named: str) -> None:
    assert run("promise", "keep", named).code == 1


def test_a_complaint_goes_its_way_under_the_id_that_people_say(run: Run, complaint: Any) -> None:
    said = complaint["called"].lower()
    early = run("complaint", "close", said)
    assert (early.code, "agent-tui complaint decide" in early.err) == (1, True)
    for words in (
        ["acknowledge", said],
        ["assess", said, "no", "heating"],
        ["answer", complaint["id"], "cancelled by mistake"],
        ["decide", said, "£20 back", "--reason", "our mistake"],
    ):
        assert run("complaint", *words).code == 0
    untold = run("complaint", "close", said)
    assert (untold.code, untold.out) == (1, "")
    assert f"complaint tell {complaint['called']}" in untold.err
    spaced = f"{said[:2]} {said[2:]}"
    assert run("complaint", "tell", spaced).code == 0
    assert run("complaint", "escalate", said).code == 2
    [further] = run("complaint", "escalate", said, "the ombudsman", "--json").json
    assert (further["reaction"], further["escalated_to"], further["next"]) == (
        "escalated",
        "the ombudsman",
        "close",
    )
    run("complaint", "accept", said)
    [closed] = run("complaint", "close", said, "--json").json
    assert (closed["state"], closed["reaction"], closed["next"]) == ("closed", "accepted", None)
    assert (closed["assessment"], closed["decision"]) == ("no heating", "£20 back")
    assert closed["reason"] == "our mistake"
    assert run("complaint").out == ""
    shown = run("complaint", "show", said).out.splitlines()
    assert shown[0] == f"{complaint['called']}: nobody came, closed"
    assert {"customer: Katherine Smith", "they want: a visit", "reason: our mistake"} <= set(shown)
    assert any(line.startswith("answered: ") and "by mistake" in line for line in shown)


def test_complaints_are_listed_and_found_in_the_brief_and_by_find(run: Run, complaint: Any) -> None:
    called = complaint["called"]
    assert (complaint["next"], complaint["remedy"]) == ("acknowledge", "a visit")
    assert called in run("complaint").out
    assert called in run("complaint", "--customer", "k1").out
    assert run("complaint", "--customer", "ava nguyen boston").out == ""
    [hit] = run("find", called, "--json").json
    assert hit["external_id"] == "k1"
    assert f"{called} acknowledge: nobody came" in run("brief", called).out
    run("complaint", "remedy", called, "an apology")
    assert run("complaint", "show", called, "--json").json[0]["remedy"] == "an apology"


def test_a_slip_in_an_id_is_told_from_an_id_that_nobody_has(run: Run, complaint: Any) -> None:
    called = complaint["called"]
    slipped = called[0] + called[2] + called[1] + called[3:]
    ended = run("complaint", "tell", slipped)
    assert (ended.code, "two are swapped" in ended.err) == (1, True)
    ended = run("complaint", "show", "ZZZZ")
    assert (ended.code, ended.out) == (1, "")
    assert "no such complaint: an id of a complaint is C and at least three" in ended.err


def test_a_complaint_says_when_it_is_to_be_answered(run: Run, desk: Path) -> None:
    [one] = run("complaint", "open", "k1", "late", "--due", "2099-11-27 10:00", "--json").json
    assert one["answer_due"].startswith("2099-11-27T")
    assert run("complaint", "open", "k1", "late", "--due", "soon").code == 1
    run("complaint", "acknowledge", one["called"])
    moved = run("complaint", "answer-by", one["called"], "2099-11-28", "10:00", "--json")
    assert (moved.json[0]["answer_due"], moved.json[0]["next_due"]) == (
        moved.json[0]["next_due"],
        moved.json[0]["answer_due"],
    )
    assert moved.json[0]["answer_due"].startswith("2099-11-28T")
    assert run("complaint", "answer-by", one["called"], "2020-01-01").code == 1


def test_a_complaint_without_a_date_says_so_and_how_to_set_one(run: Run, complaint: Any) -> None:
    said = run("complaint", "acknowledge", complaint["called"])
    assert said.out.splitlines()[-1] == "next: assess, no date set"
    assert f"agent-tui complaint answer-by {complaint['called']} DUE" in said.err
    assert "no date set" in run("complaint").out
    assert "assess, no date set" in run("today").out
    assert run("complaint", "answer-by", complaint["called"]).code == 2


@pytest.mark.parametrize("words", ["fri at 7", "tomorrow 5"])
def test_what_is_not_certain_about_a_due_time_is_told(run: Run, promise: str, words: str) -> None:
    ended = run("promise", "move", promise, words, "--json")
    due = ended.json[1]["due"]
    assert ended.code == 0
    assert ended.err.startswith("due ")
    assert f"“{words}” may be " in ended.err
    plain = run("promise", "move", ended.json[1]["id"], "fri 10am", "--json")
    assert plain.err.startswith("due Fri ")
    assert "not certain" not in plain.err
    assert due != plain.json[1]["due"]


@pytest.mark.parametrize(
    "words",
    [
        ["close"],
        ["open", "k1"],
        ["tell", "C7K2", "now"],
        ["decide", "C7K2", "nothing"],
        ["close", "C7K2", "--reason", "x"],
        ["show", "C7K2", "--customer", "k1"],
        ["list", "C7K2"],
        ["assess", "C7K2"],
    ],
)
def test_complaint_says_how_it_is_written(run: Run, words: list[str]) -> None:
    ended = run("complaint", *words)
    assert ended.code == 2
    assert "complaint" in ended.err
