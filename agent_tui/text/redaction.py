"""Masks payment card numbers and security codes in any text.

What is one is told by `text.card_numbers` and `text.security_codes`. A masked card keeps its last
four digits, which is within the truncation that PCI DSS 4.0 allows (requirement 3.5.1); a security
code keeps nothing. Every other digit becomes `*`, which is ASCII, one cell wide in every terminal
and begins no formula in a sheet. The masked text is as long as the text, so places in one are
places in the other, and masking it again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent_tui.text.card_issuers import lengths
from agent_tui.text.card_numbers import (
    GAP,
    PHONE_DIGITS,
    Keep,
    card_numbers,
    digits_in,
    groups_in,
    has_plus,
)
from agent_tui.text.security_codes import code_after_card, codes_in, unfinished_code

__all__ = [
    "MASK",
    "Keep",
    "Masked",
    "digits_in",
    "edited_at",
    "mask_cards",
    "mask_unfinished",
    "may_hold_cards",
]

MASK = "*"
FEWEST_UNFINISHED = 9
"""Digits from which on a number that is being typed is masked."""
KEPT_UNFINISHED = 6
"""Digits at the beginning of such a number that stay readable: they name the issuer only."""

Span = tuple[int, int]

_FEW_DIGITS = re.compile(r"\d\D*+\d\D*+\d")
_DIGIT = re.compile(r"\d")
_MASKS = re.compile(re.escape(MASK))
_GAP = re.compile(GAP)
_RUN = re.compile(rf"\d(?:{GAP}\d)*+")
_AFTER = re.compile(rf"(?:{GAP}\d)++")
_REACH = 120


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without card numbers and security codes.

    `count` of them were masked, where `spans` (half-open, in order) say, in either text.
    """

    text: str
    count: int
    spans: tuple[Span, ...]


def may_hold_cards(text: str) -> bool:
    """Whether there is anything for `mask_cards` to look at: three digits, wherever they stand."""
    return _FEW_DIGITS.search(text) is not None


def mask_cards(text: str, keep: Keep | None = None) -> Masked:
    """Mask every card number but for its last four digits, and every security code whole.

    `keep` is asked about each number that looks like a card's.
    """
    if not may_hold_cards(text):
        return Masked(text, 0, ())
    cards = list(card_numbers(text, keep))
    masked = _painted(text, [(card.start, card.hidden_to) for card in cards])
    after = (code_after_card(masked, card.end) for card in cards)
    codes = sorted({*codes_in(masked), *(code for code in after if code is not None)})
    spans = sorted([*((card.start, card.end) for card in cards), *codes])
    return Masked(_painted(masked, codes), len(spans), tuple(spans))


def mask_unfinished(text: str, cursor: int | None = None) -> Masked:
    """Mask the number or code that is being typed at `cursor` (by default at the end of the text).

    It may yet become a card's: nine digits or more that begin as an issuer's numbers do and are
    not yet as many, or one or two digits after the words of a security code. The number's first
    six digits stay. Anything else, and any number elsewhere, is as it was. For what is kept while
    somebody types; `mask_cards` comes first.
    """
    cursor = len(text) if cursor is None else cursor
    span = unfinished_code(text, cursor) or _unfinished_number(text, cursor)
    if span is None:
        return Masked(text, 0, ())
    return Masked(_painted(text, [span]), 1, (span,))


def edited_at(before: str, after: str) -> int:
    """Where somebody typed who made one text of the other: the place in `after` behind it.

    `before` may be what was kept of the text, masked: there a masked digit is any digit. In a row
    of like characters it is the last place that it could have been.
    """
    signs = list(after)
    for place in (found.start() for found in _MASKS.finditer(before, 0, len(after))):
        if signs[place].isdecimal():
            signs[place] = MASK
    pairs = enumerate(zip(before, signs, strict=False))
    same = next((at for at, (old, new) in pairs if old != new), min(len(before), len(after)))
    return min(len(after), same + max(0, len(after) - len(before)))


def _unfinished_number(text: str, cursor: int) -> Span | None:
    """The digits to be hidden of the number at the cursor, if it could become a card's.

    With digits behind the cursor too nobody knows how it will begin: then any long number could.
    """
    reach = max(0, cursor - _REACH)
    runs = [
        run for run in _RUN.finditer(text, reach, cursor) if _GAP.fullmatch(text, run.end(), cursor)
    ]
    after = _AFTER.match(text, cursor, cursor + _REACH)
    if not runs and after is None:
        return None
    start, end = runs[0].start() if runs else cursor, after.end() if after else runs[0].end()
    groups = groups_in(text, start, end)
    left = sum(stop - begin for begin, stop in groups)
    if has_plus(text, start) and left <= PHONE_DIGITS:
        return None
    for at, (begin, stop) in enumerate(groups):
        first = digits_in(text[begin:end])[:4]
        if left >= FEWEST_UNFINISHED and (after or max(lengths(first), default=0) > left):
            return _behind(groups[at:], KEPT_UNFINISHED), end
        left -= stop - begin
    return None


def _behind(groups: list[Span], digits: int) -> int:
    """Where the digit stands that follows the first `digits` of some groups, which are more."""
    for begin, stop in groups:
        if digits < stop - begin:
            return begin + digits
        digits -= stop - begin
    raise AssertionError("there are no more digits")


def _painted(text: str, spans: Iterable[Span]) -> str:
    """The text with the digits within the spans masked; spans are in order."""
    parts = []
    done = 0
    for start, end in spans:
        parts += [text[done:start], _DIGIT.sub(MASK, text[max(start, done) : end])]
        done = end
    return "".join([*parts, text[done:]])
