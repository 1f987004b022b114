"""Slips of the finger: a letter taken for the one beside it, on QWERTY and QWERTZ keyboards."""

from __future__ import annotations

from itertools import pairwise

_ROWS = ("qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm")
_UNDER_ONE_ANOTHER = ("qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm", "zhn", "qay")


def _neighbours() -> set[tuple[str, str]]:
    lines = (*_ROWS, *_UNDER_ONE_ANOTHER)
    pairs = {pair for line in lines for pair in pairwise(line)}
    return pairs | {(right, left) for left, right in pairs}


_BESIDE = _neighbours()


def is_key_beside(typed: str, meant: str) -> bool:
    """Whether two folded words differ in one letter only, whose keys are neighbours."""
    if len(typed) != len(meant):
        return False
    different = [pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and different[0] in _BESIDE
