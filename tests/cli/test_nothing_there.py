"""No desk, no date, nothing to list: what is not there is said, and a pipe stays data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    "words", [["today"], ["find", "ava"], ["brief", "ava"], ["promise"], ["note", "ava", "called"]]
)
def test_a_slip_in_the_name_of_a_desk_makes_none(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    for place in (tmp_path / "nope.sqlite", tmp_path / "nope" / "desk.sqlite"):
        ended = run("--db", f"sqlite:///{place}", *words)
        assert (ended.code, ended.out) == (1, "")
        assert f"there is no desk at {place}" in ended.err
        assert "`agent-tui import`, `agent-tui desk` or `agent-tui demo` makes one" in ended.err
    assert not list(tmp_path.glob("nope*"))


def test_who_writes_may_make_a_desk_but_no_folder(run: Run, tmp_path: Path) -> None:
    people = tmp_path / "shop.csv"
    people.write_text("name,phone\nAva Nguyen,020 7946 0018\n")
    assert run("import", str(people), "--db", f"sqlite:///{tmp_path}/new.sqlite").code == 0
    assert (tmp_path / "new.sqlite").exists()
    ended = run("import", str(people), "--db", f"sqlite:///{tmp_path}/nope/new.sqlite")
    assert ended.code == 1
    assert f"there is no folder {tmp_path}/nope" in ended.err
    assert not (tmp_path / "nope").exists()


def test_the_own_desk_is_there_from_the_first_question_on(run: Run, home: Path) -> None:
    ended = run("find", "ava", "--json")
    assert (ended.code, ended.json) == (0, [])
    assert (home / "data" / "desk.sqlite").exists()


def test_on_a_desk_without_anybody_that_is_said_and_where_people_come_from(run: Run) -> None:
    nobody = "nobody is in this desk yet"
    ended = run("find", "ava")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (0, "", 1)
    assert ended.err.startswith(nobody)
    assert "`agent-tui import FILE`" in ended.err
    assert "`--db demo`" in ended.err
    ended = run("brief", "ava")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith(f"{nobody}\nagent-tui import FILE\n")


@pytest.mark.parametrize("blank", ["", "  "])
def test_who_asks_for_nothing_is_not_told_to_ask_for_less(run: Run, desk: Path, blank: str) -> None:
    ended = run("find", blank)
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.startswith("nothing was asked: ")
    ended = run("brief", blank)
    assert (ended.code, ended.out) == (1, "")
    assert "no customer was named" in ended.err


def test_a_promise_without_a_date_says_so_first(run: Run, desk: Path) -> None:
    run("note", "a1", "!send the plan")
    assert any(line.startswith("no date; ") for line in run("promise").out.splitlines())


def test_a_time_that_has_passed_and_who_was_asked_are_told(run: Run, desk: Path) -> None:
    ended = run("note", "k1", "!call back yesterday @asha")
    assert "“yesterday” has passed: “call back” has no due time" in ended.err
    promise = ended.out.splitlines()[1]
    assert promise.startswith("promise  p_")
    assert promise.endswith("  call back yesterday  Asha was asked")
    [_, asked] = run("note", "k1", "@asha read the meter").out.splitlines()
    assert asked.endswith("  read the meter  Asha was asked")
    assert "was asked" not in run("note", "k1", "!send the plan").out


NOTHING = {
    ("scripts", "check", "--all"): "Nothing is wrong in 0 scripts.",
    ("redact", "--dry-run"): "No card number and no security code was found.",
    ("hand-over",): "Nothing is offered.",
    ("promise", "--mine"): "No such promise is open.",
    ("find", "zzqx"): "nobody found: try fewer letters",
    ("recent", "met:no"): "No interaction is found by this filter.",
    ("review", "list"): "No reviews yet.",
    ("views",): "No views yet.",
    ("listening",): "Nothing was heard yet.",
    ("coaching",): "Nothing happened again and again.",
    ("refusal", "list", "a1"): "Nothing was found.",
    ("measures", "behind", "offers-after-met"): "Nothing was found.",
}


@pytest.mark.parametrize("is_terminal", [True, False])
@pytest.mark.parametrize("words", NOTHING, ids=" ".join)
def test_nothing_is_a_sentence_beside_the_data(
    run: Run,
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    is_terminal: bool,
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal)
    ended = run(*words)
    assert (ended.code, ended.out, ended.err) == (0, "", f"{NOTHING[words]}\n")


@pytest.mark.parametrize(
    "words", [words for words in NOTHING if "redact" not in words], ids=" ".join
)
def test_nothing_in_json_is_an_empty_array(run: Run, desk: Path, words: tuple[str, ...]) -> None:
    ended = run(*words, "--json")
    assert (ended.code, ended.json, ended.err) == (0, [], "")
