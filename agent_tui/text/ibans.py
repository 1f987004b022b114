"""Tells an international bank account number (IBAN, ISO 13616) from other digits.

How long the numbers of a country are is from the IBAN registry that SWIFT keeps for ISO.
"""

from __future__ import annotations

import re
from itertools import accumulate

_REGISTRY = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 "
    "DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 "
    "IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 "
    "MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 "
    "SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
)
_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _REGISTRY.split()}
_WRITTEN = re.compile(
    r"(?<![^\W_])[A-Z]{2}[0-9]{2}(?:[ \u00a0\-]?[A-Z0-9]){11,30}", re.IGNORECASE | re.ASCII
)
_REACH = 60
"""Characters that one may take, with spaces between them."""


def overlaps_iban(text: str, start: int, end: int) -> bool:
    """Whether some characters of a text belong to an IBAN whose check digits are right."""
    first = max(0, start - _REACH)
    for found in _WRITTEN.finditer(text, first, end + _REACH):
        length = _LENGTHS.get(found[0][:2].upper())
        if length is None or found.start() >= end:
            continue
        counted = list(accumulate(int(sign.isalnum()) for sign in found[0]))
        if counted[-1] < length:
            continue
        stop = found.start() + counted.index(length) + 1
        if stop <= start or text[stop : stop + 1].isalnum():
            continue
        if _has_right_digits(text[found.start() : stop]):
            return True
    return False


def _has_right_digits(written: str) -> bool:
    """Whether the check digits of a whole number are right (ISO/IEC 7064, MOD 97-10)."""
    signs = "".join(filter(str.isalnum, written))
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
