"""What every test can ask for: `tests/databases.py` gives databases."""

from __future__ import annotations

pytest_plugins = ["tests.databases"]
