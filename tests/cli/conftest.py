"""A command line to try: in this process, or as a process; each test has a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from agent_tui.__main__ import main

PEOPLE = [
    {
        "customer": {
            "external_id": "k1",
            "name": "Katherine Smith",
            "company": "Northwind Ltd",
            "city": "Leeds",
            "pronouns": "she/her",
            "contact_points": [
                {"kind": "phone", "value": "+44 20 7946 0018", "preferred": True},
                {"kind": "email", "value": "k.smith@example.com"},
            ],
        },
        "interactions": [
            {
                "external_id": "t1",
                "channel": "phone",
                "direction": "in",
                "opened_at": "2026-03-01T10:00:00+00:00",
                "closed_at": "2026-03-01T10:04:30+00:00",
                "agent": "asha",
                "agenda": "the boiler visit that never came",
                "outcome": "visit booked",
                "met": "partly",
                "topics": ["boiler"],
                "messages": [{"speaker": "customer", "text": "nobody called me back"}],
            }
        ],
        "promises": [{"side": "ours", "text": "a call", "due": "2026-03-02T10:00:00+00:00"}],
        "concessions": [{"side": "theirs", "kind": "patience", "at": "2026-03-01T10:00:00+00:00"}],
    },
    {"customer": {"external_id": "a1", "name": "Ava Nguyen", "city": "Austin"}},
    {"customer": {"external_id": "a2", "name": "Ava Nguyen", "city": "Boston"}},
]


@dataclass(frozen=True)
class Ended:
    """How a command line ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that nobody else has, and an agent whose name does not depend on the machine."""
    for name in list(os.environ):
        if name.startswith("AGENT_TUI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AGENT_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AGENT_TUI_AGENT", "mira")
    return tmp_path / "home"


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command line in this process."""

    def run_here(*words: str) -> Ended:
        capsysbinary.readouterr()
        code = main(words)
        printed = capsysbinary.readouterr()
        return Ended(code, printed.out.decode("utf-8"), printed.err.decode("utf-8"))

    return run_here


@pytest.fixture
def process() -> Run:
    """Run a command line as a process."""

    def run_there(*words: str | bytes, stdin: bytes = b"", **environment: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "agent_tui", *words],
            input=stdin,
            capture_output=True,
            env={**os.environ, **environment},
            timeout=60,
        )
        return Ended(
            done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")
        )

    return run_there


@pytest.fixture(scope="session")
def desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with `PEOPLE`, made once; never write to it."""
    folder = tmp_path_factory.mktemp("desk")
    people = folder / "shop.jsonl"
    people.write_text("".join(f"{json.dumps(person)}\n" for person in PEOPLE))
    file = folder / "desk.sqlite"
    subprocess.run(
        [sys.executable, "-m", "agent_tui", "import", str(people), f"--db=sqlite:///{file}"],
        check=True,
        capture_output=True,
        env={**os.environ, "AGENT_TUI_HOME": str(folder), "AGENT_TUI_AGENT": "mira"},
        timeout=60,
    )
    return file


@pytest.fixture
def desk(desk_file: Path, home: Path) -> Path:
    """That desk as this test's own."""
    target = home / "data" / "desk.sqlite"
    target.parent.mkdir(parents=True, mode=0o700)
    target.write_bytes(desk_file.read_bytes())
    target.chmod(0o600)
    return target
