"""Kill -9 at random moments of typing and saving: nothing acknowledged is lost or doubled."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from benchmarks.kill_check import Session, Verdict, judge, note_of
from tests.builders import make_desk

KILLS = 20
SEED = 3


def test_twenty_kills_lose_nothing_acknowledged_and_no_more_than_the_last_keys(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "desk.sqlite"
    with closing(make_desk(migrated_sqlite_url)) as desk:
        customer = desk.registering.customer("Ava Nguyen")
    words = [str(file), str(customer), str(KILLS), str(SEED)]
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.tui.typist", *words],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    verdicts, acknowledged = [], 0
    assert typist.stdin is not None
    assert typist.stdout is not None
    with typist:
        for line in typist.stdout:
            session = session_of(json.loads(line))
            verdicts.append(judge(file, session))
            acknowledged += len(session.acknowledged)
            with closing(sqlite3.connect(file)) as connection, connection:
                connection.execute("DELETE FROM drafts")
            typist.stdin.write("\n")
            typist.stdin.flush()
    assert typist.returncode == 0
    assert len(verdicts) == KILLS
    assert [problem for verdict in verdicts for problem in verdict.problems] == []
    assert acknowledged > 0


def session_of(life: dict[str, object]) -> Session:
    session = Session(killed_at=float(str(life["killed_at"])))
    told = life["told"]
    assert isinstance(told, list)
    for one in told:
        if "key" in one:
            session.key(one["at"], one["key"])
        elif "enter" in one:
            session.enter()
        else:
            session.acknowledge()
    return session


def judged(url: str, file: Path, session: Session) -> Verdict:
    """What is found where the note `a` was saved, and `half` of another one is a draft."""
    with closing(make_desk(url)) as desk:
        customer = desk.registering.customer("Ava Nguyen")
        desk.noting.save(note_of("a"), customer_id=customer)
        desk.drafting.journal("c_1", "half", draft_id=7)
    return judge(file, session)


def session(*acknowledged: str, keys: str, killed_after_s: float) -> Session:
    made = Session(acknowledged=list(acknowledged), killed_at=100.0)
    made.keys = [(100.0 - killed_after_s, letter) for letter in keys]
    return made


def test_the_judge_finds_a_lost_note(migrated_sqlite_url: str, tmp_path: Path) -> None:
    lost = session(note_of("a"), note_of("b"), keys="half", killed_after_s=0)
    verdict = judged(migrated_sqlite_url, tmp_path / "desk.sqlite", lost)
    assert verdict.problems == (f"0 notes, not one: {note_of('b')}",)


def test_the_judge_finds_typing_that_was_lost_for_too_long(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    slow = session(note_of("a"), keys="half a thought", killed_after_s=0.3)
    verdict = judged(migrated_sqlite_url, tmp_path / "desk.sqlite", slow)
    assert round(verdict.lost_ms) == 300
    assert len(verdict.problems) == 1


def test_the_judge_lets_the_last_keys_go(migrated_sqlite_url: str, tmp_path: Path) -> None:
    fine = session(note_of("a"), keys="half a", killed_after_s=0.2)
    verdict = judged(migrated_sqlite_url, tmp_path / "desk.sqlite", fine)
    assert verdict.problems == ()
    assert round(verdict.lost_ms) == 200


def test_the_judge_finds_a_draft_of_something_else(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    other = session(note_of("a"), keys="other", killed_after_s=0)
    verdict = judged(migrated_sqlite_url, tmp_path / "desk.sqlite", other)
    assert "another text" in verdict.problems[0]
