"""`scripts`: files are checked and taken in, and none is run before the brief was read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.cli.conftest import Run
from tests.cli.test_docs import example, shape
from tests.services.scripted import OFFER, POLICY, VISIT

GUIDELINES = {
    "Returns": {
        "description": "what comes back",
        "subflows": {
            "Too late": {
                "instructions": ["Be kind."],
                "actions": [{"type": "interaction", "button": "Look", "text": "Look it up."}],
            }
        },
    }
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scripts, a policy, guidelines, and what is none of these."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "visit.md").write_text(VISIT)
    (folder / "returns.markdown").write_text(POLICY)
    (folder / "flows.json").write_text(json.dumps(GUIDELINES))
    (folder / "notes.txt").write_text("not a script")
    return folder


@pytest.fixture
def kept(run: Run, desk: Path, folder: Path) -> Path:
    """Those scripts, taken in."""
    assert run("scripts", "import", str(folder)).code == 0
    return folder


def test_a_folder_is_taken_in_once(run: Run, desk: Path, folder: Path) -> None:
    first = run("scripts", "import", str(folder))
    assert first.out == "in 3 = created 3 + new version 0 + unchanged 0 + rejected 0\n"
    assert f"{folder}/visit.md:16: warning: " in first.err
    again = run("scripts", "import", str(folder), "--json").json
    assert (again["in"], again["unchanged"]) == (3, 3)
    assert [one["slug"] for one in again["scripts"]] == ["returns-too-late", "returns", "visit"]
    (folder / "visit.md").write_text(VISIT.replace("I am sorry", "we are sorry"))
    changed = run("scripts", "import", str(folder / "visit.md"), "--json").json
    assert [(one["how"], one["version"]) for one in changed["scripts"]] == [("new_version", 2)]
    listed = run("scripts", "--json").json
    assert [(one["slug"], one["version"]) for one in listed] == [
        ("returns", 1),
        ("returns-too-late", 1),
        ("visit", 2),
    ]


def test_a_wrong_script_is_rejected_and_the_others_come_in(
    run: Run, desk: Path, folder: Path
) -> None:
    (folder / "bad.md").write_text("---\ntitel: Hello\n---\n\n## Go\n\nGo.\n")
    some = run("scripts", "import", str(folder))
    assert (some.code, "rejected 1" in some.out) == (3, True)
    assert f"{folder}/bad.md:2: the front matter has no key `titel`, perhaps: title" in some.err
    alone = run("scripts", "import", str(folder / "bad.md"))
    assert (alone.code, alone.out[:14]) == (1, "in 1 = created")


def test_check_says_what_is_wrong_by_line_and_changes_nothing(
    run: Run, desk: Path, folder: Path
) -> None:
    clean = folder / "returns.markdown"
    assert run("scripts", "check", str(clean)).out == ""
    assert run("scripts", "check", str(clean)).code == 0
    (folder / "visit.md").write_text(VISIT.replace("-> Book the visit", "-> Bok the visit"))
    wrong = run("scripts", "check", str(folder))
    assert wrong.code == 1
    assert f"{folder}/visit.md:11: " in wrong.out
    assert "perhaps: -> Book the visit" in wrong.out
    problems = run("scripts", "check", str(folder), "--json").json
    assert [one["line"] for one in problems] == sorted(one["line"] for one in problems)
    assert {one["severity"] for one in problems} == {"error", "warning"}
    assert run("scripts", "--all", "--json").json == []


def test_check_says_of_a_file_without_a_head_that_it_is_a_policy(
    run: Run, desk: Path, folder: Path
) -> None:
    (folder / "headless.md").write_text(
        VISIT.split("---\n", 2)[2] + "\n## Gone\n\n1. a -> nowhere\n"
    )
    checked = run("scripts", "check", str(folder / "headless.md"))
    assert (checked.code, checked.out) == (0, "")
    assert checked.err.split("\n")[:2] == [
        f"{folder}/headless.md: read as a policy: no head",
        "Nothing is wrong in 1 script.",
    ]
    whole = run("scripts", "check", str(folder))
    assert f"{folder}/returns.markdown: read as a policy" in whole.err
    assert f"{folder}/visit.md: read as" not in whole.err
    (folder / "visit.md").write_bytes(b"\xef\xbb\xbf" + VISIT.replace("\n", "\r\n").encode())
    assert "policy" not in run("scripts", "check", str(folder / "visit.md")).err


def test_check_all_looks_at_what_is_kept(run: Run, kept: Path) -> None:
    found = run("scripts", "check", "--all")
    assert (found.code, found.out.startswith("visit:")) == (1, True)
    assert run("scripts", "check", str(kept / "visit.md"), "--as", "asha").code == 1


def test_a_preview_prints_every_step(run: Run, kept: Path) -> None:
    printed = run("scripts", "preview", str(kept / "visit.md")).out
    for words in (
        "Visit overdue: help, visit",
        "# Say sorry",
        "{customer.first_name}, I am sorry.",
        "1. Wants a new visit -> book-the-visit",
        "note: !engineer comes {answer}",
        "not known: fact.prefers",
    ):
        assert words in printed
    assert run("scripts", "preview", "visit").out == printed
    assert "Katherine, I am sorry." in run("scripts", "preview", "visit", "--customer", "k1").out
    flows = run("scripts", "preview", str(kept / "flows.json"), "--json").json
    assert [(one["slug"], one["order"]) for one in flows] == [("returns-too-late", "advice")]
    refused = run("scripts", "preview", "visit", "--customer", "k1", "--as", "asha")
    assert (refused.code, refused.out) == (1, "")
    assert run("scripts", "preview", "nothing").code == 1


def test_scripts_are_listed_by_what_fits(run: Run, kept: Path) -> None:
    (kept / "offer.md").write_text(OFFER)
    run("scripts", "import", str(kept / "offer.md"))
    assert "Visit overdue" in run("scripts").out
    fitting = run("scripts", "list", "--customer", "k1", "--json").json
    offer = next(one for one in fitting if one["slug"] == "offer")
    assert "conversation" in offer["why_not"]
    [call] = run("recent", "--json").json
    fitting = run("scripts", "--customer", "k1", "--interaction", call["id"], "--json").json
    assert (fitting[0]["slug"], fitting[0]["matches"]) == (
        "visit",
        ["boiler", "visit", "never came"],
    )
    shown = run("scripts", "--customer", "k1", "--interaction", call["id"]).out
    assert "boiler, visit, never came" in shown
    [retired] = run("scripts", "retire", "offer", "--json").json
    assert retired["retired_at"] is not None
    assert "offer" not in run("scripts").out
    assert "retired" in run("scripts", "--all").out
    [back] = run("scripts", "restore", "offer", "--json").json
    assert back["retired_at"] is None


def test_only_leads_take_in_and_retire(run: Run, kept: Path) -> None:
    for words in (["import", str(kept)], ["retire", "visit"], ["restore", "visit"]):
        refused = run("scripts", *words, "--as", "asha")
        assert (refused.code, refused.out) == (1, "")
        assert "lead or an admin" in refused.err


def test_without_a_terminal_a_script_needs_its_brief_read_or_a_reason(
    process: Run, kept: Path
) -> None:
    refused = process("scripts", "run", "visit", "k1", stdin=b"2\n")
    assert refused.code == 1
    assert "We owe" in refused.out, "the brief is printed all the same"
    assert "Visit overdue" not in refused.out
    assert "--override" in refused.err
    wordless = process("scripts", "run", "visit", "k1", "--override", "system_wrong")
    assert (wordless.code, "few words" in wordless.err) == (1, True)
    went = process("scripts", "run", "visit", "k1", "--override", "in_a_hurry", stdin=b"2\n")
    assert (went.code, "# Say sorry" in went.out) == (0, True)
    assert "Katherine, I am sorry." in went.out
    assert "has ended" in went.err


def test_a_script_that_cannot_be_opened_is_said_before_the_brief(
    process: Run, run: Run, kept: Path
) -> None:
    nowhere = process("scripts", "run", "nosuch", "k1", stdin=b"2\n")
    assert (nowhere.code, nowhere.out) == (1, "")
    assert "no script “nosuch”" in nowhere.err
    run("scripts", "retire", "visit")
    retired = process("scripts", "run", "visit", "k1", stdin=b"2\n")
    assert (retired.code, retired.out) == (1, "")
    assert "was retired" in retired.err


def test_a_run_shows_the_brief_that_brief_shows_until_the_call_is_wrapped_up(
    process: Run, run: Run, kept: Path
) -> None:
    lines = [
        {"type": kind, "call": "1", "to": "mira", "from": "+442079460018"}
        for kind in ("ringing", "answered", "ended")
    ]
    process("feed", stdin="\n".join(map(json.dumps, lines)).encode())
    [call] = [one["id"] for one in run("recent", "--json").json if one["agent"] == "mira"]
    run("note", "k1", "wants: a receipt", "--interaction", call)
    shown = run("brief", "k1").out
    assert "Last: the boiler visit" in shown, "the call that is still theirs is not the last one"
    assert process("scripts", "run", "visit", "k1", stdin=b"").out.startswith(shown)
    run("wrap-up", call, "--met", "yes")
    shown = run("brief", "k1").out
    assert "Last: the boiler visit" not in shown
    assert process("scripts", "run", "visit", "k1", stdin=b"").out.startswith(shown)


def test_a_run_takes_lines_from_a_pipe_and_prints_where_it_stands(process: Run, kept: Path) -> None:
    def go(lines: bytes) -> Any:
        words = ["scripts", "run", "visit", "k1", "--json", "--override", "know_person"]
        return process(*words, stdin=lines)

    left_open = go(b"1\na fri 10am\nb\n").json
    assert left_open["state"] == "open"
    assert left_open["step"]["id"] == "book-the-visit"
    assert [one["did"] for one in left_open["log"]] == ["chose", "went_on", "went_back"]
    assert left_open["log"][1]["note_id"].startswith("n_")
    assert left_open["receipt_id"].startswith("e_")
    [promise] = left_open["captured"]
    assert (promise["kind"], promise["text"]) == ("promise", "engineer comes")
    assert promise["due"] is not None
    wrong = go(b"7\n")
    assert (wrong.code, wrong.json["id"]) == (1, left_open["id"])
    on = go(b"s\nj end\n").json
    assert (on["id"], on["state"], on["step"]) == (left_open["id"], "ended", None)
    promised = process("promise", "--customer", "k1", "--json").json
    assert [one["text"] for one in promised].count("engineer comes") == 1
    assert go(b"nonsense\n").code == 1


def test_a_run_says_what_it_captured(process: Run, kept: Path) -> None:
    words = ["scripts", "run", "visit", "k1", "--override", "know_person"]
    said = process(*words, stdin=b"1\na fri 10am\n").out
    [line] = [line for line in said.split("\n") if line.startswith("captured: ")]
    assert line.startswith("captured: promise  p_")
    assert "engineer comes  due Fri" in line


def test_what_is_known_is_confirmed_on_the_command_line(process: Run, kept: Path) -> None:
    process("note", "k1", "=prefers mornings")
    words = ["scripts", "run", "visit", "k1", "--json", "--override", "know_person"]
    lines = b"1\ny fact.prefers\ny prefers\nn prefers late evenings\nq\n"
    shown = process(*words, stdin=lines).json
    assert [(one["did"], one["answer"]) for one in shown["log"]] == [
        ("chose", "Wants a new visit"),
        ("confirmed", "yes"),
        ("confirmed", "yes"),
        ("replaced", "late evenings"),
        ("left", None),
    ]
    assert "late evenings" in process("brief", "k1").out


def test_another_script_follows_at_once(process: Run, kept: Path) -> None:
    (kept / "first.md").write_text("---\ntitle: First\n---\n\n## Go\n\n1. Go -> script: returns\n")
    process("scripts", "import", str(kept / "first.md"))
    went = process("scripts", "run", "first", "k1", "--override", "emergency", stdin=b"1\n\n\n\n")
    assert went.code == 0
    assert went.out.index("First") < went.out.index("# Go") < went.out.index("# Late")
    assert "# Lost" in went.out


def test_on_a_terminal_a_key_counts_once_there_was_time_to_read(kept: Path) -> None:
    words = ["-m", "agent_tui", "scripts", "run", "visit", "k1"]
    terminal = pexpect.spawn(
        sys.executable, words, env=dict(os.environ), encoding="utf-8", timeout=30
    )
    terminal.expect("Before you speak")
    terminal.expect("Enter, when you have read it")
    terminal.send("\r")
    terminal.expect("quicker than it can be read")
    tries = 0
    while terminal.expect(["# Say sorry", "Enter, when you have read it"]) == 1:
        tries += 1
        terminal.expect(pexpect.TIMEOUT, timeout=1)
        terminal.send("\r")
    assert 1 <= tries < 60
    terminal.send("9\r")
    terminal.expect("one of: 1, 2")
    terminal.send("q\r")
    terminal.expect("was left")
    terminal.expect(pexpect.EOF)
    assert terminal.wait() == 0


def test_words_are_no_sign_that_the_brief_was_read(kept: Path) -> None:
    words = ["-m", "agent_tui", "scripts", "run", "visit", "k1"]
    terminal = pexpect.spawn(
        sys.executable, words, env=dict(os.environ), encoding="utf-8", timeout=30
    )
    terminal.expect("Enter, when you have read it")
    for _ in range(3):
        terminal.expect(pexpect.TIMEOUT, timeout=1)
        terminal.send("1 wants a new visit\r")
        assert terminal.expect(["press Enter alone", "# Say sorry", "quicker than"]) == 0
        terminal.expect("Enter, when you have read it")
    terminal.close(force=True)


def test_a_brief_that_changes_while_it_is_read_is_shown_anew(process: Run, kept: Path) -> None:
    words = ["-m", "agent_tui", "scripts", "run", "visit", "k1"]
    terminal = pexpect.spawn(
        sys.executable, words, env=dict(os.environ), encoding="utf-8", timeout=30
    )
    terminal.expect("Enter, when you have read it")
    asha = {**os.environ, "AGENT_TUI_AGENT": "asha"}
    told = [sys.executable, "-m", "agent_tui", "note", "k1", "=prefers early mornings"]
    subprocess.run(told, env=asha, check=True, capture_output=True)
    terminal.expect(pexpect.TIMEOUT, timeout=1)
    terminal.send("\r")
    terminal.expect("brief has changed")
    terminal.expect("early mornings")
    terminal.expect("Enter, when you have read it")
    tries = 0
    terminal.send("\r")
    while terminal.expect(["# Say sorry", "Enter, when you have read it"]) == 1:
        tries += 1
        assert tries < 60
        terminal.expect(pexpect.TIMEOUT, timeout=1)
        terminal.send("\r")
    terminal.send("q\r")
    terminal.expect(pexpect.EOF)
    assert terminal.wait() == 0


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "a.md", "--all"],
        ["import"],
        ["list", "visit"],
        ["preview"],
        ["preview", "a", "b"],
        ["retire"],
        ["run", "visit"],
        ["run", "visit", "k1", "--override", "because"],
        ["run", "visit", "k1", "--reason", "words"],
        ["run", "visit", "k1", "--all"],
        ["list", "--interaction", "i_1"],
        ["check", "a.md", "--customer", "k1"],
        ["list", "--override", "emergency"],
        ["burn", "visit"],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(run: Run, words: list[str]) -> None:
    ended = run("scripts", *words)
    assert (ended.code, ended.out) == (2, "")


def test_what_cannot_be_read_is_said(run: Run, desk: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "flows.json").write_text('{"a": 1}')
    for name in ("nowhere.md", "empty", "flows.json"):
        ended = run("scripts", "check", str(tmp_path / name))
        assert (ended.code, ended.out) == (1, "")
        assert name in ended.err
    assert run("scripts", "run", "visit", "k1", "--interaction", "i_x").code == 1


def test_hostile_words_do_nothing_to_a_terminal(run: Run, desk: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text("# Hello\n\n\x1b[2Jgone\n")
    ended = run("scripts", "check", str(bad))
    assert ended.code == 1
    assert "\x1b" not in ended.out + ended.err


EXAMPLES = {
    "list": ["scripts", "--customer", "k1", "--interaction", "CALL", "--json"],
    "check": ["scripts", "check", "--all", "--json"],
    "preview": ["scripts", "preview", "visit", "--json"],
    "import": ["scripts", "import", "visit.md", "--json"],
    "run": ["scripts", "run", "visit", "k1", "--override", "emergency", "--json"],
}


@pytest.mark.parametrize(("place", "action"), list(enumerate(EXAMPLES)))
def test_an_example_of_the_page_has_the_keys_of_the_output(
    process: Run, kept: Path, place: int, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kept / "visit.md").write_text(VISIT.replace("I am sorry", "we are sorry"))
    monkeypatch.chdir(kept)
    [call] = process("recent", "--json").json
    words = [call["id"] if word == "CALL" else word for word in EXAMPLES[action]]
    printed = shape(process(*words, stdin=b"1\n").json)
    assert json.dumps(shape(example("scripts", place))) == json.dumps(printed)


def test_no_card_number_stands_in_what_is_wrong(run: Run, desk: Path, tmp_path: Path) -> None:
    named = tmp_path / "4111111111111111.md"
    named.write_text("---\ntitle: X\n---\n\n## A\n\n1. y -> \\4111\\-1111\\-1111\\-1111\n")
    for words in (["check"], ["check", "--json"], ["import"]):
        ended = run("scripts", *words, str(named))
        said = ended.out + ended.err
        assert "there is no step" in said
        assert "4111" not in said
        assert "1111" in said
