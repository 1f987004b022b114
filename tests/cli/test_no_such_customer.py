"""A customer whom nobody knows, or of whom there are two: the same answer from every command."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from agent_tui.cli.commands import COMMANDS
from tests.cli.conftest import Run

READING: tuple[tuple[str, ...], ...] = (
    ("brief", "{}"),
    ("timeline", "{}"),
    ("promise", "list", "--customer", "{}"),
    ("complaint", "list", "--customer", "{}"),
    ("follow-up", "list", "--customer", "{}"),
    ("question", "list", "{}"),
    ("question", "list", "--customer", "{}"),
    ("fact", "list", "{}"),
    ("fact", "list", "--customer", "{}"),
    ("refusal", "list", "{}"),
    ("consent", "list", "{}"),
    ("tie", "list", "{}"),
    ("ledger", "list", "{}"),
    ("measures", "--customer", "{}"),
    ("measures", "promises-kept", "--customer", "{}"),
)
"""Every command that reads of a customer; `{}` is who."""
WRITING: tuple[tuple[str, ...], ...] = (
    ("note", "{}", "called"),
    ("complaint", "open", "{}", "nobody came"),
    ("follow-up", "ask", "{}", "asha", "read the meter"),
    ("fact", "add", "{}", "values", "calm"),
    ("refusal", "add", "{}", "offers"),
    ("tie", "add", "{}", "k1", "household"),
    ("tie", "add", "k1", "{}", "household"),
    ("ledger", "add", "{}", "we-gave", "patience"),
    ("friction", "note", "gate", "slow", "--customer", "{}"),
)
"""Those that write."""
RECORDS: tuple[tuple[str, ...], ...] = (
    ("complaint", "show", "ZZZZ"),
    ("hand-over", "brief", "ZZZZ"),
    ("receipts", "--interaction", "ZZZZ"),
    ("review", "list", "--interaction", "ZZZZ"),
    ("scripts", "preview", "ZZZZ"),
)
"""Those that read something else by its name."""


def with_customer(words: tuple[str, ...], who: str) -> tuple[str, ...]:
    return tuple(who if word == "{}" else word for word in words)


def test_every_command_that_takes_a_customer_stands_here() -> None:
    tried = {words[0] for words in (*READING, *WRITING)}
    taking = set()
    for command in COMMANDS:
        parser = argparse.ArgumentParser()
        command.load().configure(parser)
        if any("CUSTOMER" in str(action.metavar) for action in parser._actions):
            taking.add(command.name)
    # A script is of a customer only where it is filled in or run: `tests/cli/test_scripts.py`.
    assert taking - tried == {"scripts"}


@pytest.mark.parametrize("words", [*READING, *WRITING], ids=" ".join)
def test_whom_nobody_knows_and_who_is_two_people_is_said_alike(
    run: Run, desk: Path, words: tuple[str, ...]
) -> None:
    nobody = run("brief", "zzqx wvut")
    two = run("brief", "Ava Nguyen")
    for who, expected in (("zzqx wvut", nobody), ("Ava Nguyen", two)):
        for as_json in ((), ("--json",)):
            ended = run(*with_customer(words, who), *as_json)
            assert (ended.code, ended.out, ended.err) == (1, "", expected.err)
    assert "zzqx wvut" in nobody.err
    assert len(nobody.err.splitlines()) == 1
    assert [line.split()[1:3] for line in two.err.splitlines()[1:]] == [["Ava", "Nguyen"]] * 2


@pytest.mark.parametrize("words", RECORDS, ids=" ".join)
def test_a_record_that_is_not_there_is_a_sentence_and_no_data(
    run: Run, desk: Path, words: tuple[str, ...]
) -> None:
    for as_json in ((), ("--json",)):
        ended = run(*words, *as_json)
        assert (ended.code, ended.out) == (1, "")
        assert "ZZZZ" in ended.err or "no such complaint" in ended.err
