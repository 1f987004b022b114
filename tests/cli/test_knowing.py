"""`fact`, `refusal`, `consent`, `tie`, `ledger`: what they change is there and can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def fact(run: Run, desk: Path) -> Any:
    [one] = run("fact", "add", "k1", "prefers", "mornings", "by phone", "--json").json
    return one


def test_a_fact_is_added_confirmed_replaced_and_restored(run: Run, fact: Any) -> None:
    assert (fact["kind"], fact["text"], fact["source"], fact["state"]) == (
        "prefers",
        "mornings by phone",
        "stated",
        "current",
    )
    assert "mornings by phone" in run("fact", "list", "k1").out
    assert run("fact", "list", "--customer", "k1").out == run("fact", "list", "k1").out
    assert "mornings by phone" in run("brief", "k1").out
    [confirmed] = run("fact", "confirm", fact["id"], "--json").json
    assert confirmed["confirmed_at"] is not None
    old, new = run("fact", "replace", fact["id"], "evenings", "--json").json
    assert (old["id"], old["state"], new["replaces"]) == (fact["id"], "replaced", fact["id"])
    assert [one["id"] for one in run("fact", "list", "k1", "--json").json] == [new["id"]]
    assert len(run("fact", "list", "k1", "--all", "--json").json) == 2
    [restored] = run("fact", "restore", fact["id"], "--json").json
    assert restored["state"] == "current"
    assert "evenings" not in run("fact", "list", "k1", "--all").out


def test_a_wrong_fact_is_listed_no_more(run: Run, fact: Any) -> None:
    [wrong] = run("fact", "wrong", fact["id"], "--reason", "her neighbour", "--json").json
    assert wrong["state"] == "wrong"
    assert run("fact", "list", "k1").out == ""
    ended = run("fact", "confirm", fact["id"])
    assert (ended.code, "restore it first" in ended.err) == (1, True)


def test_a_fact_says_when_to_ask_again(run: Run, desk: Path) -> None:
    words = ["agreed", "pays in parts", "--confirm-by", "2099-11-27", "--source", "record"]
    [one] = run("fact", "add", "k1", *words, "--json").json
    assert one["confirm_by"].startswith("2099-11-27")
    assert one["source"] == "record"
    for wrong in (["loves", "x"], ["knows", "x", "--confirm-by", "2020-01-01"]):
        ended = run("fact", "add", "k1", *wrong)
        assert (ended.code, ended.out) == (1, "")


def test_a_refusal_is_dated_and_lifted(run: Run, desk: Path) -> None:
    [one] = run("refusal", "add", "k1", "offers", "--ask-after", "2099-11-27", "--json").json
    assert (one["what"], one["state"]) == ("offers", "current")
    assert one["ask_again_after"].startswith("2099-11-27")
    assert "2099-11-27" in run("refusal", "list", "k1").out
    [never] = run("refusal", "ask-after", one["id"], "never", "--json").json
    assert never["ask_again_after"] is None
    assert run("refusal", "ask-after", one["id"], "2099-12-01").code == 0
    [lifted] = run("refusal", "lift", one["id"], "--json").json
    assert lifted["state"] == "lifted"
    assert run("refusal", "list", "k1").out == ""
    assert "lifted" in run("refusal", "list", "k1", "--all").out
    assert run("refusal", "restore", one["id"]).code == 0
    assert "offers" in run("refusal", "list", "k1").out


def test_consent_is_set_by_the_id_that_is_listed(run: Run, desk: Path) -> None:
    phone, email = run("consent", "list", "k1", "--json").json
    assert (phone["kind"], phone["preferred"], email["consent"]) == ("phone", True, "unknown")
    after = run("consent", "set", email["id"], "withdrawn", "--json").json
    assert [one["consent"] for one in after] == ["unknown", "withdrawn"]
    assert "consent withdrawn" in run("brief", "k1").out
    assert email["id"] in run("consent", "list", "k1").out


def test_a_tie_is_read_from_both_sides(run: Run, desk: Path) -> None:
    [made] = run("tie", "add", "k1", "a1", "cares", "for", "--json").json
    assert (made["kind"], made["customer"]) == ("cares for", "Ava Nguyen")
    [seen] = run("tie", "list", "a1", "--json").json
    assert (seen["id"], seen["kind"], seen["customer"]) == (
        made["id"],
        "cared for by",
        "Katherine Smith",
    )
    assert seen["matter"]["kind"] == "late_promise"
    assert "a call" in run("tie", "list", "a1").out
    assert run("tie", "add", "a1", "k1", "cared for", "by").code == 1
    assert run("tie", "remove", made["id"], "--json").json == []
    assert run("tie", "list", "k1").out == ""


def test_an_entry_of_the_ledger_is_taken_back_and_restored(run: Run, desk: Path) -> None:
    words = ["ours", "waived", "fee", "--amount", "20.00", "--currency", "gbp", "--reason", "late"]
    [entry] = run("ledger", "add", "k1", *words, "--json").json
    assert (entry["kind"], entry["amount"], entry["currency"]) == ("waived fee", "20.00", "GBP")
    assert "20.00 GBP" in run("ledger", "list", "k1").out
    assert run("brief", "k1", "--json").json["balance"] == {"ours": 1, "theirs": 1}
    [gone] = run("ledger", "take-back", entry["id"], "--json").json
    assert gone["state"] == "wrong"
    assert "waived fee" not in run("ledger", "list", "k1").out
    assert "waived fee" in run("ledger", "list", "k1", "--all").out
    assert run("ledger", "restore", entry["id"]).code == 0
    assert "waived fee" in run("ledger", "list", "k1").out
    assert run("ledger", "add", "k1", "ours", "refund", "--amount", "20").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ["fact", "list"],
        ["fact", "list", "k1", "x"],
        ["fact", "add", "k1", "prefers"],
        ["fact", "add", "k1", "prefers", "x", "--all"],
        ["fact", "confirm", "f_1", "x"],
        ["fact", "confirm", "f_1", "--source", "stated"],
        ["fact", "replace", "f_1"],
        ["fact", "replace", "f_1", "x", "--confirm-by", "+3d"],
        ["fact", "wrong", "f_1"],
        ["fact", "restore", "f_1", "--reason", "x"],
        ["fact", "doubt", "f_1"],
        ["refusal", "add", "k1"],
        ["refusal", "lift", "r_1", "now"],
        ["refusal", "lift", "r_1", "--ask-after", "+3d"],
        ["refusal", "add", "k1", "x", "--all"],
        ["consent", "set", "x_1"],
        ["consent", "list", "k1", "given"],
        ["tie", "add", "k1", "a1"],
        ["tie", "list", "k1", "a1"],
        ["ledger", "add", "k1", "ours"],
        ["ledger", "list", "k1", "--amount", "3"],
        ["ledger", "take-back", "g_1", "--all"],
    ],
)
def test_each_says_how_it_is_written(run: Run, words: list[str]) -> None:
    ended = run(*words)
    assert ended.code == 2
    assert words[0] in ended.err


@pytest.mark.parametrize("named", ["0SA5ETVC1GJMS", "nonsense"])
@pytest.mark.parametrize(
    ("words", "prefix"),
    [
        (["fact", "confirm"], "f"),
        (["refusal", "lift"], "r"),
        (["tie", "remove"], "t"),
        (["ledger", "take-back"], "g"),
    ],
)
def test_what_is_not_there_is_not_found(
    run: Run, desk: Path, words: list[str], prefix: str, named: str
) -> None:
    ended = run(*words, f"{prefix}_{named}")
    assert (ended.code, ended.out) == (1, "")
    assert run("consent", "set", f"x_{named}", "given").code == 1
