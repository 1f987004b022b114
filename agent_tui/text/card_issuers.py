"""Tells whether digits are a payment card's number: issuer, length and check digit together.

A card number is an issuer identification number, the account and a check digit, at most nineteen
digits (ISO/IEC 7812-1, with its Luhn formula in annex B). Which first digits belong to whom, and
how long their numbers are, is what the payment systems themselves publish. Visa's numbers of
thirteen digits are no longer issued and are still recognised. Of Maestro's wide ranges only the
prefixes under which cards were issued are here: all of 50 and 56 to 69 would take one long number
in seven for a card before the check digit is looked at.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

SHORTEST = 12
"""Digits that a card number has at least."""

_LONG = frozenset({16, 17, 18, 19})
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


class _Issuer(NamedTuple):
    """Card numbers whose first digits lie between two prefixes of the same length."""

    name: str
    low: str
    high: str
    lengths: frozenset[int]


_MAESTRO = frozenset(range(12, 20))
_DINERS = frozenset(range(14, 20))
_ISSUERS = (
    _Issuer("Visa", "4", "4", frozenset({13, 16, 19})),
    _Issuer("Mastercard", "51", "55", frozenset({16})),
    _Issuer("Mastercard", "2221", "2720", frozenset({16})),
    _Issuer("American Express", "34", "34", frozenset({15})),
    _Issuer("American Express", "37", "37", frozenset({15})),
    _Issuer("Discover", "6011", "6011", _LONG),
    _Issuer("Discover", "644", "649", _LONG),
    _Issuer("Discover", "65", "65", _LONG),
    _Issuer("Diners Club", "300", "305", _DINERS),
    _Issuer("Diners Club", "3095", "3095", _DINERS),
    _Issuer("Diners Club", "36", "36", _DINERS),
    _Issuer("Diners Club", "38", "39", _DINERS),
    _Issuer("JCB", "3528", "3589", _LONG),
    _Issuer("UnionPay", "62", "62", _LONG),
    _Issuer("UnionPay", "8100", "8171", _LONG),
    _Issuer("Maestro", "5018", "5018", _MAESTRO),
    _Issuer("Maestro", "5020", "5020", _MAESTRO),
    _Issuer("Maestro", "5038", "5038", _MAESTRO),
    _Issuer("Maestro", "5893", "5893", _MAESTRO),
    _Issuer("Maestro", "6304", "6304", _MAESTRO),
    _Issuer("Maestro", "6759", "6759", _MAESTRO),
    _Issuer("Maestro", "6761", "6763", _MAESTRO),
)


@lru_cache(maxsize=10_000)
def lengths(digits: str) -> tuple[int, ...]:
    """How many digits a card number may have that begins with these four, fewest first.

    `digits` are ASCII. Empty where no issuer's numbers begin so.
    """
    found: set[int] = set()
    for issuer in _ISSUERS:
        if issuer.low <= digits[: len(issuer.low)] <= issuer.high:
            found |= issuer.lengths
    return tuple(sorted(found))


def is_card(digits: str) -> bool:
    """Whether ASCII `digits` are a card number: issuer, length and check digit all fit."""
    return len(digits) in lengths(digits[:4]) and passes_luhn(digits)


def passes_luhn(digits: str) -> bool:
    """Whether the last of the ASCII `digits` is their check digit (ISO/IEC 7812-1, annex B)."""
    values = [ord(digit) - 48 for digit in digits]
    return (sum(values[-1::-2]) + sum(_DOUBLED[value] for value in values[-2::-2])) % 10 == 0
