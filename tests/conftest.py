"""What every test can ask for: `tests/databases.py` gives databases."""

from __future__ import annotations

# pytest imports it when it reports what a thread left open; two threads that do so at once would
# find half a module, and the report itself would fail.
import tracemalloc  # noqa: F401

pytest_plugins = ["tests.databases"]
