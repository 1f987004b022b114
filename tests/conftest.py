"""What every test can ask for: `tests/databases.py` gives databases."""

from __future__ import annotations

import gc
import os

# pytest imports it when it reports what a thread left open; two threads that do so at once would
# find half a module, and the report itself would fail.
import tracemalloc  # noqa: F401
from pathlib import Path

import pytest
from hypothesis import settings

from agent_tui.cli.desk import FRAMES_A_SECOND

# As in the program itself: a key waits for the next frame, and so does its test.
os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)

pytest_plugins = ["tests.databases"]

GARBAGE = 50_000
"""Objects between two collections. Painting makes many that live on for a moment; as in the
program itself (`cli/desk.py`), looking through all modules for them again and again would take a
third of the time."""

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SECOND_CHANCE = ("tui", "cli")
"""Rooms whose tests drive a screen or a process and wait for what it shows: a machine that stands
still at the wrong moment fails them once. The run names each that needed its second chance; one
that is named again is mended."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a screen and of a process run once more where they fail; what holds for
    every example holds at once."""
    here = Path(__file__).parent
    for item in items:
        is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if item.path.relative_to(here).parts[0] in SECOND_CHANCE and not is_property:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_collection_finish() -> None:
    """Everything imported so far is not garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 10, 10)
