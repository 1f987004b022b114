"""`review`, `views`, `listening`, `coaching`: what leads read and say, on the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_docs import example, shape

ASHA = ("--as", "asha")


@pytest.fixture
def talk(run: Run, desk: Path) -> str:
    """The interaction that Asha had; Mira, whose desk it is, is the lead."""
    run("agents", *ASHA)
    [call] = run("recent", "--json").json
    return str(call["id"])


def same(command: str, printed: Any) -> None:
    """What was printed has the keys of the example, in its order."""
    assert json.dumps(shape(example(command))) == json.dumps(shape(printed))


def test_a_review_is_written_read_answered_and_withdrawn(run: Run, talk: str) -> None:
    words = ["review", "add", talk, "You asked first:", "keep that.", "--missed", "2"]
    made = run(*words, "--met", "What was promised has an owner and a time=Friday", "--json").json
    same("review", made)
    [one] = made
    assert (one["agent"], one["author"], one["customer"]) == ("Asha", "Mira", "Katherine Smith")
    assert one["text"] == "You asked first: keep that."
    assert [(each["verdict"], each["comment"]) for each in one["criteria"]] == [
        ("missed", None),
        ("met", "Friday"),
    ]
    assert run("review", "--unread", *ASHA, "--json").json == made
    assert "not read yet" in run("review", "list", "--written").out
    shown = run("review", "show", one["id"], *ASHA).out.splitlines()
    assert shown[0].startswith("review of Mira to Asha")
    assert (
        "- met: What was promised has an owner and a time (critical for the customer): Friday"
        in shown
    )
    assert run("review", "--unread", *ASHA).out == ""
    [answered] = run("review", "answer", one["id"], "I", "will", *ASHA, "--json").json
    assert (answered["answer"], answered["read_at"] is None) == ("I will", False)
    assert "Asha answers:" in run("review", "show", one["id"]).out
    refused = run("review", "answer", one["id"], "or not", *ASHA)
    assert (refused.code, "what was read stands" in refused.err) == (1, True)
    [gone] = run("review", "withdraw", one["id"], "--json").json
    assert gone["withdrawn_at"] is not None
    assert "withdrawn" in run("review", *ASHA).out
    assert run("review", "--interaction", talk, "--json").json == [gone]


def test_an_agent_praises_and_reviews_nobody(run: Run, talk: str) -> None:
    run("agents", "--as", "noor")
    for words in (["review", "add", talk, "hm"], ["review", "add", talk, "x", *ASHA, "--praise"]):
        refused = run(*words, *(() if "--as" in words else ("--as", "noor")))
        assert (refused.code, refused.out) == (1, "")
    [one] = run("review", "add", talk, "well done", "--praise", "--as", "noor", "--json").json
    assert one["kind"] == "praise"
    run("agents", "--as", "ben")
    assert run("review", "show", one["id"], "--as", "ben").code == 1
    assert run("review", "--all", "--json").json == [one], "the lead reads what their team was told"


def test_a_review_is_pinned_to_a_line(run: Run, talk: str, desk: Path) -> None:
    from agent_tui.domain.values import ids

    with sqlite3.connect(desk) as connection:
        [(message,)] = connection.execute("SELECT id FROM messages").fetchall()
    line = ids.show(ids.MESSAGE, message)
    [one] = run("review", "add", talk, "listen", "--message", line, "--json").json
    assert (one["message_id"], one["pinned"]) == (line, "nobody called me back")
    assert "of: “nobody called me back”" in run("review", "show", one["id"]).out


def test_criteria_are_the_desks_own(run: Run, home: Path, desk: Path) -> None:
    assert len(run("review", "criteria").out.splitlines()) == 8
    settings = home / "config" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('[criteria]\n"Kindness" = "customer"\n')
    assert run("review", "criteria", "--json").json == [{"name": "Kindness", "kind": "customer"}]
    settings.write_text('[criteria]\n"Kindness" = "nobody"\n')
    assert run("review", "criteria").code != 0


def test_views_are_saved_shared_chosen_and_removed(run: Run, talk: str) -> None:
    made = run("views", "save", "late promises", "promise:late", "--share", "--json").json
    same("views", made)
    assert made[0]["filter"] == "promise:late"
    [seen] = run("views", *ASHA, "--json").json
    assert (seen["mine"], seen["owner"]) == (False, "Mira")
    assert run("views", "rename", "late promises", "x", *ASHA).code == 1
    [chosen] = run("views", "default", "Late Promises", *ASHA, "--json").json
    assert chosen["default"] is True
    assert run("views", "change", "late promises", "met:no", "--json").json[0]["filter"] == "met:no"
    assert run("views", "rename", "late promises", "late", "--json").json[0]["name"] == "late"
    assert run("views", "unshare", "late", "--json").json[0]["shared"] is False
    assert run("views", *ASHA, "--json").json == []
    assert run("views", "default", *ASHA, "--json").json == []
    assert run("views", "save", "LATE", "met:no").code == 1
    assert "met:no" in run("views", "remove", "late").out
    assert run("views").out == ""


def test_the_listening_log_is_ones_own(run: Run, talk: str) -> None:
    words = ["listening", "add", talk, "she", "let her finish", "--seed", "417", "--json"]
    made = run(*words).json
    same("listening", made)
    [one] = made
    assert (one["remark"], one["seed"]) == ("she let her finish", 417)
    assert run("listening", "add", talk, *ASHA).code == 1
    assert run("listening", *ASHA, "--json").json == []
    assert run("listening", "remove", one["id"], *ASHA).code == 1
    assert run("listening", "remark", one["id"], "or not", "--json").json[0]["remark"] == "or not"
    assert run("listening", "remark", one["id"], "--json").json[0]["remark"] is None
    assert run("listening", "remove", one["id"]).code == 0
    assert run("listening").out == ""


def test_a_coaching_list_cites_what_it_is_drawn_from(run: Run, talk: str, home: Path) -> None:
    more = home / "more.jsonl"
    talks = [
        {
            "external_id": f"m{day}",
            "channel": "phone",
            "direction": "in",
            "opened_at": f"2026-03-0{day}T10:00:00+00:00",
            "closed_at": f"2026-03-0{day}T10:01:00+00:00",
            "agent": "asha",
            "met": "no",
            "topics": ["boiler"],
        }
        for day in (2, 3)
    ]
    person = {"customer": {"external_id": "b1", "name": "Ben Lind"}, "interactions": talks}
    more.write_text(json.dumps(person))
    assert run("coaching", "--since", "2026-01-01").out == ""
    assert run("import", str(more)).code == 0
    found = run("coaching", "--since", "2026-01-01", "--json").json
    same("coaching", found)
    [entry] = found
    assert (entry["agent"], entry["kind"], entry["about"]) == ("Asha", "unmet", "boiler")
    assert (entry["times"], len(entry["interactions"])) == (3, 3)
    assert run("coaching", "--since", "2026-01-01", "--json", *ASHA).json == found
    assert run("coaching", "--since", "2026-01-01", "--mine").out == ""
    assert run("coaching", "--since", "2026-01-01").out.startswith("Asha: in 3 of 3 conversations")
    assert run("coaching", "--since", "2099-01-01", "--json").json == []


def test_they_work_as_processes(process: Run, talk: str) -> None:
    made = process("review", "add", talk, "listen", "--json", AGENT_TUI_AGENT="mira")
    assert (made.code, made.json[0]["text"]) == (0, "listen")
    for words in (["review", "--written"], ["views"], ["listening"], ["coaching"]):
        assert process(*words, AGENT_TUI_AGENT="mira").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["review", "add", "i_1"],
        ["review", "show"],
        ["review", "list", "x"],
        ["review", "list", "--praise"],
        ["review", "show", "v_1", "--unread"],
        ["review", "criteria", "x"],
        ["views", "save"],
        ["views", "rename", "a"],
        ["views", "share", "a", "b"],
        ["views", "list", "--share"],
        ["listening", "list", "x"],
        ["listening", "add"],
        ["listening", "remove", "a", "b"],
        ["listening", "list", "--seed", "1"],
        ["listening", "add", "i_1", "--seed", "-1"],
        ["coaching", "--since", "yesterday"],
    ],
)
def test_they_say_how_they_are_written(run: Run, desk: Path, words: list[str]) -> None:
    ended = run(*words)
    assert (ended.code, ended.out) == (2, "")


@pytest.mark.parametrize(
    "words",
    [
        ["review", "show", "nobody"],
        ["review", "add", "i_0", "text"],
        ["views", "remove", "nothing"],
        ["listening", "remove", "l_0"],
    ],
)
def test_they_say_what_they_do_not_find(run: Run, desk: Path, words: list[str]) -> None:
    ended = run(*words)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err


def test_a_criterion_is_named_once_and_there(run: Run, talk: str) -> None:
    assert run("review", "add", talk, "x", "--met", "1", "--missed", "1").code == 2
    assert run("review", "add", talk, "x", "--met", "99").code == 1
