"""Streams and files for the tests of the exchange room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def fixtures() -> Path:
    return FIXTURES


@pytest.fixture
def real_data() -> Path:
    folder = os.environ.get("AGENT_TUI_REAL_DATA")
    if not folder:
        pytest.skip("AGENT_TUI_REAL_DATA is not set: no folder with real files")
    return Path(folder)
