"""What every test can ask for: `tests/databases.py` gives databases."""

from __future__ import annotations

import gc

# pytest imports it when it reports what a thread left open; two threads that do so at once would
# find half a module, and the report itself would fail.
import tracemalloc  # noqa: F401

pytest_plugins = ["tests.databases"]

GARBAGE = 50_000
"""Objects between two collections. Painting makes many that live on for a moment; as in the
program itself (`cli/desk.py`), looking through all modules for them again and again would take a
third of the time."""


def pytest_collection_finish() -> None:
    """Everything imported so far is not garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 10, 10)
