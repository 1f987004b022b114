"""What the first frame waits for: Textual and little else, and never a database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from agent_tui.domain.values import ids
from agent_tui.storage import schema
from tests.architecture.first_paint import OPENING
from tests.builders import make_desk

DATABASE = ("sqlalchemy", "sqlmodel", "pydantic", "alembic", "psycopg")
READING = ("phonenumbers", "rapidfuzz", "nicknames", "anyascii", "msgspec", "sqlite3", "tzlocal")


def run(*words: str) -> dict[str, Any]:
    """What `first_paint` reports from an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.architecture.first_paint", *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def test_the_first_frame_needs_neither_a_database_nor_what_reading_needs() -> None:
    report = run("first-paint")
    assert report["said"] == OPENING
    assert "textual" in report["painted"]
    assert not {*DATABASE, *READING} & set(report["painted"])


def test_reading_a_desk_loads_no_database_library_which_is_left_to_the_writing_thread(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    schema.upgrade(url)
    desk = make_desk(url, handle="mira")
    try:
        ava = desk.registering.customer("Ava Lee")
        desk.noting.journal(ids.show(ids.CUSTOMER, ava), "about the boiler", draft_id=ids.new_id())
    finally:
        desk.close()
    report = run("opened", url, "ava", *DATABASE, "rapidfuzz")
    assert "Ava Lee" in report["said"]
    assert report["importers"] == {
        "sqlalchemy": ["write"],
        "sqlmodel": ["write"],
        "pydantic": ["write"],
        "alembic": [],
        "psycopg": [],
        "rapidfuzz": ["read-find"],
    }
