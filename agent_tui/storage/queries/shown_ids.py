"""Ids as events name the records that they are about, in SQL."""

from __future__ import annotations

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def shown(prefix: str, column: str) -> str:
    """`ids.show` of a column of ids."""
    letters = (
        f"substr('{_ALPHABET}', CAST(({column} >> {bits}) & 31 AS INTEGER) + 1, 1)"
        for bits in range(60, -1, -5)
    )
    return f"'{prefix}_' || " + " || ".join(letters)
