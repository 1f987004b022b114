"""Finds payment card numbers in any text.

A number is a card's where its issuer, its length and its check digit all fit
(`text.card_issuers`). It is found in every usual writing: in one run, in fours, 4-6-5, in the
groups in which it was dictated, with spaces, dashes, dots or line ends between them, in the
decimal digits of any script. These are not taken for cards:

- part of a longer unbroken run of digits;
- a telephone number with its plus (ITU-T E.164: fifteen digits at most);
- an IBAN whose check digits are right (ISO 13616);
- a decimal fraction, and an amount with decimals beside its currency;
- groups of uneven size that are not all parted alike, or by dots or bare commas, or that are many
  and long, as in lists of dates, amounts, telephone numbers and ids. One blank and two are alike;
  groups of four, eight or twelve may be parted by any single signs.

Nothing else tells an order number from a card that fits in all three ways: it is found, `#`
before it or not, since a card may be typed there too. Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import decimal

from agent_tui.text.card_issuers import SHORTEST, lengths, passes_luhn
from agent_tui.text.ibans import overlaps_iban

KEPT = 4
"""Digits at the end of a card number that may be kept (PCI DSS 4.0, requirement 3.5.1)."""

Keep = Callable[[str], bool]
"""Told the ASCII digits of what looks like a card: whether it is known to be none."""

_UNSEEN = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u20e3\ufe0f\ufeff"
_DASHES = "\\-\u058a\u2010-\u2015\u2043\u2212\u30fc\ufe58\ufe63\uff0d"
_POINTS = ".,/_\u00b7\u2022\u2024\u2027\u3001\u3002\u30fb\uff0c\uff0e"
# What `text.hygiene` makes of a character that acts, such as one that turns the writing around.
_SIGN = "‹[0-9A-Z]{2,6}›"
GAP = rf"(?:[\s{_UNSEEN}{_DASHES}{_POINTS}]|{_SIGN}){{0,5}}+"
"""What may stand between two digits of one number, as a regular expression."""
_RUN = re.compile(rf"\d(?:{GAP}\d){{{SHORTEST - 1},}}+")
_GROUP = re.compile(rf"{_SIGN}|(\d+)")
_NOT_SEEN = re.compile(f"{_SIGN}|[{_UNSEEN}]")
_ALIKE = re.compile(rf",?\s{{1,2}}|\s?[{_DASHES}]\s?")
_BLANKS = re.compile(r"[^\S\r\n]{1,2}")
_SINGLE = re.compile(rf"[^\S\r\n]{{1,2}}|[\s{_DASHES}{_POINTS}]")
_PRINTED = ((4, 6, 5), (4, 6, 4))
_FOUR = 4
_FEW_GROUPS = 4

_PLUS = re.compile(r"[+＋][\d\s().\-/]{0,12}$")
_PLUS_REACH = 13
PHONE_DIGITS = 15
"""Digits that a telephone number has at most, its country's included (ITU-T E.164)."""
_PHONE_HAS = 7
_MONEY = r"(?:[$€£¥₹₩₺₽₪฿₫₱]|EUR|USD|GBP|CHF|JPY|INR|AUD|CAD|SEK|NOK|DKK|PLN|BRL|CNY)"
_MONEY_BEFORE = re.compile(rf"{_MONEY}\s?$")
_DECIMALS = re.compile(rf"[.,]\d{{1,2}}(?!\d)(\s?{_MONEY})?")
_FRACTION = re.compile(r"[\d*][.,]$")


@dataclass(frozen=True, slots=True)
class CardNumber:
    """Where a card number stands; its digits before `hidden_to` must not be seen."""

    start: int
    end: int
    hidden_to: int


def card_numbers(text: str, keep: Keep | None = None) -> Iterator[CardNumber]:
    """The card numbers in a text, in order; two may share the digits that the first one keeps.

    Where a shorter and a longer reading fit, it is the longer, and none of it is kept.
    """
    for found in _RUN.finditer(text):
        yield from _Run(text, *found.span()).cards(keep)


def digits_in(text: str) -> str:
    """The decimal digits of a text, of any script, as ASCII."""
    if text.isascii() and text.isdigit():
        return text
    return "".join(str(decimal(sign)) for sign in text if sign.isdecimal())


def groups_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the unbroken groups of digits stand within a part of a text."""
    found = _GROUP.finditer(text, start, end)
    return [group.span(1) for group in found if group[1]]


def has_plus(text: str, start: int) -> re.Match[str] | None:
    """The plus before a number that begins at `start`, with what stands between, if it has one."""
    return _PLUS.search(text, max(0, start - _PLUS_REACH), start)


class _Run:
    """Groups of digits with little between them.

    `_offsets` count digits: a group's own begin at its offset, and `_ending` tells which group
    ends at one.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._groups = groups_in(text, start, end)
        self._digits = "".join(digits_in(text[start:end]) for start, end in self._groups)
        self._offsets = [0]
        self._ending: dict[int, int] = {}
        for at, (start, end) in enumerate(self._groups):
            self._offsets.append(self._offsets[-1] + end - start)
            self._ending[self._offsets[-1]] = at
        self._phone = self._digits_of_phone()

    def cards(self, keep: Keep | None) -> Iterator[CardNumber]:
        """The card numbers of the run, from left to right."""
        at = 0
        while at < len(self._groups):
            readings = self._readings(at)
            if not readings:
                at += 1
                continue
            last = readings[-1]
            start, end = self._groups[at][0], self._groups[last][1]
            if keep and keep(self._digits[self._offsets[at] : self._offsets[last + 1]]):
                at = last + 1
            elif len(readings) > 1:
                at = last + 1
                yield CardNumber(start, end, end)
            else:
                at = self._keep_end(last)
                yield CardNumber(start, end, self._groups[at][0])

    def _keep_end(self, last: int) -> int:
        """Let the run go on with the digits that are kept; returns the group they begin in."""
        kept = self._offsets[last + 1] - KEPT
        first = last
        while self._offsets[first] > kept:
            first -= 1
        start, end = self._groups[first]
        self._groups[first] = (start + kept - self._offsets[first], end)
        self._offsets[first] = kept
        self._phone = 0
        return first

    def _readings(self, at: int) -> list[int]:
        """The groups with which a card number may end that begins with a group."""
        start = self._offsets[at]
        ends = []
        for length in lengths(self._digits[start : start + 4]):
            last = self._ending.get(start + length)
            if (
                last is not None
                and passes_luhn(self._digits[start : start + length])
                and not self._is_in_phone(start, start + length)
                and self._is_written_as_card(at, last)
            ):
                ends.append(last)
        return ends

    def _digits_of_phone(self) -> int:
        """How many digits at the beginning of the run belong to a telephone number."""
        plus = has_plus(self._text, self._groups[0][0])
        room = PHONE_DIGITS - len(digits_in(plus[0])) if plus else 0
        return max(offset for offset in self._offsets[: room + 1] if offset <= max(room, 0))

    def _is_in_phone(self, start: int, end: int) -> bool:
        """Whether a number is a telephone's, or begins where one cannot have ended yet."""
        return end <= self._phone or 0 < start < min(self._phone, _PHONE_HAS)

    def _is_written_as_card(self, at: int, last: int) -> bool:
        groups = self._groups[at : last + 1]
        start, end = groups[0][0], groups[-1][1]
        if overlaps_iban(self._text, start, end):
            return False
        if at == last:
            return not self._is_decimal(start, end)
        gaps = [
            _NOT_SEEN.sub("", self._text[before:after])
            for (_, before), (after, _) in pairwise(groups)
        ]
        return gaps not in (["."], [","]) and _are_groups_of_card(
            [end - start for start, end in groups], gaps
        )

    def _is_decimal(self, start: int, end: int) -> bool:
        """Whether an unbroken number is a fraction, or an amount with decimals and currency."""
        if _FRACTION.search(self._text, max(0, start - 2), start):
            return True
        decimals = _DECIMALS.match(self._text, end)
        return decimals is not None and bool(
            decimals[1] or _MONEY_BEFORE.search(self._text, max(0, start - 4), start)
        )


def _are_groups_of_card(sizes: list[int], gaps: list[str]) -> bool:
    """Whether the digits are grouped as on a card, whatever is between, or as people say them."""
    if tuple(sizes) in _PRINTED or (set(sizes[:-1]) == {_FOUR} and sizes[-1] <= _FOUR):
        return True
    of_fours = all(size % _FOUR == 0 for size in sizes)
    if of_fours and len(gaps) > 1 and all(map(_SINGLE.fullmatch, gaps)):
        return True
    if len({_BLANKS.sub(" ", gap) for gap in gaps}) > 1 or not _ALIKE.fullmatch(gaps[0]):
        return False
    return max(sizes) <= _FOUR or ("," not in gaps[0] and len(sizes) <= _FEW_GROUPS)
