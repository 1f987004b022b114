"""Hypothesis strategies of text: anything at all, and what a screen gets to see."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import strategies as st

from agent_tui.text.hygiene import clean_line, clean_text
from tests.text.nasty import NASTY

SPECIAL = (
    "\u200d\u200c\ufe0f\u0301\u0344\u0f73\u202e\u2066\x1b\x07\x9b\x85\u2028\r\n\t \x00\x7f\ud800"
    "\ufffe\U0001f3f4\U000e0067\U000e0062\U000e007f\u2764\U0001f525\U0001f468\u674e\u094d\u0915"
    "\u0958\u2329\u00e9e\u1112\u1161\u11ab‹›#@-_'"
)

anything = st.one_of(
    st.text(st.characters(codec=None)),
    st.text(SPECIAL),
    st.text(st.one_of(st.sampled_from(SPECIAL), st.characters(codec=None))),
    st.sampled_from(NASTY),
)
clean_lines = anything.map(lambda text: clean_line(text, 100_000))
clean_texts = anything.map(lambda text: clean_text(text, 100_000))


def real_data(folder: str) -> Path:
    """Return a folder of the real data, or skip the test where there is none."""
    root = os.environ.get("AGENT_TUI_REAL_DATA")
    if not root:
        pytest.skip("AGENT_TUI_REAL_DATA is not set: no real data to test with")
    return Path(root) / folder
