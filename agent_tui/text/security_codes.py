"""Finds the security code of a card by the words before it, or by the card before it.

The code (CVV2, CVC2, CID, CAV2: the three or four digits beside the number) must not be kept at
all once a payment is authorised (PCI DSS, requirement 3.3.1), and a desk never needs it. Three or
four digits are nothing by themselves, so a code is what follows its usual words, in the languages
of `_WORDS`, or a card's number and expiry date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORDS = (
    # The systems' own abbreviations, with and without their 2.
    r"c\.?v\.?v\.?2?|c\.?v\.?c\.?2?|c\.?i\.?d\.?|cav2?|csc|cvn2?|cvd|cvv2?/cvc2?|cve|spc",
    # English
    r"(?:card )?(?:security|verification|validation) (?:code|number|value|digits?)",
    r"(?:card )?verification (?:code|number|value)",
    r"(?:code|digits?|numbers?) on the (?:back|front|reverse)",
    r"(?:last )?(?:three|four|3|4) (?:digits|numbers) (?:on|at|from) the (?:back|front|reverse)",
    r"signature (?:panel|strip) (?:code|number)",
    # German
    r"(?:karten)?pr(?:ü|ue)f(?:nummer|ziffern?|zahl|code)",
    r"sicherheits(?:code|nummer|zahl|ziffern?)|kpn|kartenfolgecode",
    # French
    r"cryptogramme(?: visuel)?|code (?:de )?s[ée]curit[ée]|code de v[ée]rification",
    # Spanish, Portuguese
    r"c[óo]digo (?:de )?(?:seguridad|seguran[çc]a|verificaci[óo]n|verifica[çc][ãa]o)",
    r"clave de seguridad|cvv? de la tarjeta",
    # Italian, Dutch, Swedish, Danish, Norwegian, Polish
    r"codice (?:di )?(?:sicurezza|verifica)|beveiligingscode|veiligheidscode|controlecode",
    r"säkerhetskod|kontrolkode|sikkerhedskode|sikkerhetskode|kod (?:zabezpieczający|cvv)",
)
_FILLERS = (
    "is|are|was|it's|its|it|the|my|on|of|at|from|for|card|back|front|reverse|number|code|no|nr|"
    "value|digits|says|reads|would|be|and|yes|"
    "ist|lautet|sind|hinten|auf|der|die|das|karte|rückseite|nummer|"
    "est|sont|le|la|les|de|du|au|dos|carte|numéro|"
    "es|son|el|al|del|tarjeta|número|atrás|è|della|carta|sul|retro"
)
_BETWEEN = r"[\s\u00ad\u200b-\u200d\u2060\ufeff.\-\u2010-\u2015\u2212]"
_SIGNS = r"[\s\u00ad\u200b-\u200d\u2060\ufeff:=#,;.?!\"'’“”()\[\]{}<>|/\\_\-\u2010-\u2015\u2212]"
_DIGITS = rf"(?:\d{{3,4}}|\d(?:{_BETWEEN}\d){{2,3}}|\d\d{_BETWEEN}\d\d?)(?!\d)"
_LEAD = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_WORDS)})(?![^\W\d_])", re.IGNORECASE)
_FILLER = rf"(?:{_SIGNS}{{1,4}}+(?:(?:{_FILLERS})(?![^\W_]))?+){{0,8}}"
_CODE = re.compile(rf"{_FILLER}(?P<code>{_DIGITS})", re.IGNORECASE)
_BEGUN = re.compile(rf"{_FILLER}(?P<code>\d(?:{_BETWEEN}?\d)?)$", re.IGNORECASE)
_BEGUN_REACH = 120
_AFTER_CARD = re.compile(
    rf"{_SIGNS}{{1,4}}+(?:(?:exp(?:iry|ires|iration)?|valid|gültig|bis|until|thru|to|date)"
    rf"{_SIGNS}{{1,4}}+){{0,3}}(?:0?[1-9]|1[0-2])\s?[/\-. ]\s?(?:20)?\d\d"
    rf"{_SIGNS}{{1,4}}(?P<code>\d{{3,4}})(?!\d)",
    re.IGNORECASE,
)


def codes_in(text: str) -> Iterator[tuple[int, int]]:
    """Where security codes stand that follow their usual words."""
    for lead in _LEAD.finditer(text):
        if found := _CODE.match(text, lead.end()):
            yield found.span("code")


def code_after_card(text: str, end: int) -> tuple[int, int] | None:
    """The code that follows a card number, which ends at `end`, and its expiry date."""
    found = _AFTER_CARD.match(text, end)
    return found.span("code") if found else None


def unfinished_code(text: str, end: int) -> tuple[int, int] | None:
    """The first one or two digits of a code that ends, as yet, at `end`."""
    start = max(0, end - _BEGUN_REACH)
    for lead in _LEAD.finditer(text, start, end):
        if found := _BEGUN.match(text, lead.end(), end):
            return found.span("code")
    return None
