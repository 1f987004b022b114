"""Ids of complaints, to be said on a phone and copied by hand: `C7K2`.

The letter C, then the number of the complaint in two or more characters, then a check character.
Of characters that look alike (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) or sound alike (B D E G P T,
M N, F S, 5 9) one at most is used, and no vowel, so that no id is a word. They are seventeen, a
prime, and the check is made as in the pure systems of ISO 7064 (radix 3, with the C as a first
character): it finds every single wrong character and every swap of two neighbours.
"""

from __future__ import annotations

from agent_tui.errors import BadInput
from agent_tui.text.addresses import normal_number

ALPHABET = "2346789FHKLMRTWXY"
FIRST = "C"
SHORTEST = 4
LONGEST = 12

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_MODULUS = len(ALPHABET)
_RADIX = 3
_VALUE_OF_C = 9
_STRIDE = (10, 8, 11, 6, 12, 7, 9, 5, 13, 4)
"""Digits of the step from one id to the next: neither 0 nor 16, so that with or without a carry
every character of the number changes."""


def speakable(number: int) -> str:
    """The id of the complaint with this number, from 0 on; each number has its own.

    Ids grow longer only as they run out: 289 of four characters, 4,913 of five.
    """
    length, first = 2, 0
    while number - first >= _MODULUS**length:
        first += _MODULUS**length
        length += 1
    place = _scattered(number - first, length)
    written = ""
    for _ in range(length):
        place, value = divmod(place, _MODULUS)
        written = ALPHABET[value] + written
    return FIRST + written + ALPHABET[-_remainder(written) * _RADIX % _MODULUS]


def read_speakable(text: str) -> str:
    """The id in `text`, whatever its case, spaces and dashes. Raises BadInput saying the mistake.

    That there is a complaint with it is not known here.
    """
    said = normal_number(text)
    if not said.startswith(FIRST) or len(said) < SHORTEST:
        raise BadInput(
            f"no such complaint: an id of a complaint is {FIRST} and at least three characters "
            "more, such as C7K2"
        )
    foreign = [character for character in said[1:] if character not in _VALUES]
    if foreign:
        raise BadInput(
            f"no such complaint: there is no “{foreign[0]}” in these ids, behind the {FIRST} only "
            f"{ALPHABET}"
        )
    if len(said) > LONGEST:
        raise BadInput("no such complaint: there are too many characters")
    if _remainder(said[1:]):
        raise BadInput("no such complaint: one character is wrong, or two are swapped")
    return said


def is_speakable(text: str) -> bool:
    """Whether `text` is an id as it may be said, with its check character right."""
    try:
        read_speakable(text)
    except BadInput:
        return False
    return True


def _scattered(place: int, length: int) -> int:
    """Another place of the same length; every place comes once. Neighbours get far apart."""
    step = 0
    for digit in range(length):
        step = step * _MODULUS + _STRIDE[digit % len(_STRIDE)]
    places: int = _MODULUS**length
    return (place + 1) * step % places


def _remainder(characters: str) -> int:
    """What the characters leave behind a C; nothing where the last of them is the right check."""
    total = _VALUE_OF_C
    for character in characters:
        total = (total * _RADIX + _VALUES[character]) % _MODULUS
    return total
