"""The number to call back in the words of a promise."""

from __future__ import annotations

import re
from typing import NamedTuple

_MOST_DIGITS = 15
"""As in E.164 (ITU-T)."""
_FEWEST_DIGITS = 7


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NUMBER = re.compile(
    r"(?<![\w#+./:-])(?:(?P<lead>[^\W\d_]+\.?)[ :]+)?"
    r"(?P<number>\+?\(?[0-9](?:[0-9 ()./\u00a0-]{5,22})[0-9])(?![\w:])"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}")
_TRUNK = re.compile(r"[+(0]")
_LEADS = _set("on at to via under tel tel. phone mobile auf unter an au al en")
_VERBS = _set("call ring phone text back anrufen zurückrufen rückruf rappeler llamar")
_OTHER_NUMBERS = _set(
    "order account invoice case ref reference customer meter ticket contract policy nr no number "
    "kunde kundennummer bestellung rechnung konto zähler vertrag commande compte cuenta "
    "pedido"
)


class Callback(NamedTuple):
    """A telephone number as it was written, and where it stands together with its *on*."""

    number: str
    start: int
    end: int


def find_callback(words: str) -> Callback | None:
    """The last telephone number in `words`, or None. Any text will do.

    A number is one for calling where it begins with +, 0 or a bracket, or where a word before it
    says so (on, at, call, ring), and has seven to fifteen digits. Behind *order*, *account* and
    the like it is not.
    """
    last = None
    for found in _NUMBER.finditer(words):
        lead = (found["lead"] or "").lower()
        digits = sum(map(str.isdigit, found["number"]))
        if lead in _OTHER_NUMBERS or not _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
            continue
        if _DATE.match(found["number"]):
            continue
        if lead in _LEADS or lead in _VERBS or _TRUNK.match(found["number"]):
            start = found.start("lead") if lead in _LEADS else found.start("number")
            last = Callback(found["number"], start, found.end())
    return last
