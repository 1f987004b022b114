"""What the first frame waits for: Textual and little else, and never a database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from agent_tui.domain.values import ids
from agent_tui.storage import schema
from tests.architecture.first_paint import OPENING
from tests.builders import make_desk

DATABASE = ("sqlalchemy", "sqlmodel", "pydantic", "alembic", "psycopg")
BELOW = {
    "clock",
    "config",
    "domain",
    "domain.rules",
    "domain.rules.ages",
    "domain.rules.complaints",
    "domain.values",
    "domain.values.changes",
    "domain.values.ids",
    "domain.values.kinds",
    "domain.values.lines",
    "domain.values.touched",
    "domain.values.verification",
    "errors",
    "paths",
    "text",
    "text.cells",
    "text.hygiene",
}
"""What the first frame may load from below the screen. Anything else waits until it is needed: a
large dataclass alone costs a millisecond or two."""

DEEDS = "_deeds"
"""What can be done with a row is loaded when that is asked."""

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


@pytest.fixture(scope="module")
def first() -> dict[str, Any]:
    """What was loaded when the first frame was painted."""
    return run("first-paint")


def test_the_first_frame_needs_neither_a_database_nor_what_reading_needs(
    first: dict[str, Any],
) -> None:
    assert first["said"] == OPENING
    assert "textual" in first["painted"]
    assert not {*DATABASE, *READING} & set(first["painted"])


def test_the_first_frame_loads_nothing_that_opens_over_it_and_little_from_below(
    first: dict[str, Any],
) -> None:
    parts = [name for name in first["ours"] if name.partition(".")[0] == "tui"]
    assert "tui.screens.desk" in parts
    assert not {name for name in parts if "relationship" in name or "measure" in name}
    assert first["modal"] == []
    deeds = [name.rpartition(".")[2] for name in parts if name.endswith(DEEDS)]
    assert [name for name in deeds if not name.startswith("desk_")] == []
    assert set(first["ours"]) - set(parts) - BELOW == set()


def test_reading_a_desk_loads_no_database_library_which_is_left_to_a_thread_of_its_own(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    schema.upgrade(url)
    desk = make_desk(url, handle="mira")
    try:
        ava = desk.registering.customer("Ava Lee")
        desk.drafting.journal(
            ids.show(ids.CUSTOMER, ava), "about the boiler", draft_id=ids.new_id()
        )
    finally:
        desk.close()
    report = run("opened", url, "ava", *DATABASE, "rapidfuzz")
    assert "Ava Lee" in report["said"]
    assert report["importers"] == {
        "sqlalchemy": ["loading"],
        "sqlmodel": ["loading"],
        "pydantic": ["loading"],
        "alembic": [],
        "psycopg": [],
        "rapidfuzz": ["read"],
    }
