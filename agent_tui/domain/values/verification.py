"""How a caller may be verified: by which method, never by which answers."""

from __future__ import annotations

VERIFICATIONS = (
    "called back on the number we know",
    "code sent to the number we know",
    "security question",
    "details only they know",
    "identity document",
    "known voice",
)
"""The methods that a screen offers; other words are taken too."""

METHOD_LIMIT = 40
"""Characters that a method in one's own words may have."""
