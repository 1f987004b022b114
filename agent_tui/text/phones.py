"""Normal forms of telephone numbers, and of what is typed to find one.

Numbers are kept as E.164 (ITU-T): a plus, the country, the number. The package `phonenumbers`
knows the numbering plans; it is imported where it is needed, since it is large.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from agent_tui.text import dialling
from agent_tui.text.hygiene import without_bidi

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_EXTENSION = re.compile(
    r"(?<=[\d)])[\s,;]*(?:ext=|\bextension|\bextn?|\bdurchwahl|x|\#)[.:]?\s*\d{1,8}\W*$",
    re.IGNORECASE,
)
_URI = re.compile(r"^\s*tel:", re.IGNORECASE)
_PHONE_ONLY = re.compile(r"\+?[\d\s().\-‐-―−/]+")
_TERRITORY = re.compile(r"[_-]([A-Za-z]{2})(?=$|[.@])")
_FEWEST_DIGITS = 3


class PhoneForms(NamedTuple):
    """A telephone number in normal form."""

    normal: str
    """E.164 with its plus where the country is known, else the bare digits."""
    digits: str
    """The digits of `normal`."""


def normal_phone(raw: str, region: str | None) -> PhoneForms | None:
    """Return the normal form of a number in any writing, or None where it has no digit.

    `region` is the country of numbers that do not name one (ISO 3166, two letters). Understood:
    national writing, a leading + or 00, brackets, slashes, `tel:` URIs (RFC 3966). An extension
    is not part of the normal form.
    """
    if dialling.is_plain(raw):
        digits = _digits(raw)
        plain = dialling.plain_e164(raw, digits, region)
        if plain is None:
            return PhoneForms(digits, digits)
        if plain != dialling.UNSURE:
            return PhoneForms(plain, plain[1:])
    typed = _typed(raw)
    digits = _digits(typed)
    if not digits:
        return None
    number = _parsed(typed, region)
    if number is None:
        return PhoneForms(digits, digits)
    from phonenumbers import PhoneNumberFormat, format_number

    normal = format_number(number, PhoneNumberFormat.E164)
    return PhoneForms(normal, normal[1:])


def looks_like_phone(query: str) -> bool:
    """Tell whether `query` is written like a number or a part of one, of three digits at least."""
    typed = _typed(query).strip()
    return bool(_PHONE_ONLY.fullmatch(typed)) and len(_digits(typed)) >= _FEWEST_DIGITS


def query_digits(query: str, region: str | None) -> list[str]:
    """Return the digits to look for, most specific first, each once.

    Each is the whole of a stored `PhoneForms.digits` or its end: the E.164 digits where `query`
    is a full number, then the digits as typed, without 00, without the zero that is dialled
    inside a country, and the number without its country. Empty where there is no digit.
    """
    typed = _typed(query)
    digits = _digits(typed)
    bare = digits.removeprefix("00")
    forms = [digits, bare, bare.removeprefix("0")]
    if (number := _parsed(typed, region)) is not None:
        from phonenumbers import national_significant_number

        national = national_significant_number(number)
        forms = [f"{number.country_code}{national}", *forms, national]
    return [form for form in dict.fromkeys(forms) if form]


def region_of_locale(locale: str | None) -> str | None:
    """Return the country of a POSIX locale name or language tag: `en_GB.UTF-8` is `GB`.

    None where it names none, as `C`, `POSIX` and `en` do not.
    """
    found = _TERRITORY.search(locale or "")
    return found[1].upper() if found else None


def _typed(raw: str) -> str:
    """Return `raw` with ASCII digits and punctuation, without URI scheme and extension."""
    plain = normalize("NFKC", without_bidi(raw))
    if not plain.isascii():
        plain = "".join(str(int(c)) if c.isdecimal() else c for c in plain)
    return _EXTENSION.sub("", _URI.sub("", plain))


def _digits(typed: str) -> str:
    return "".join(re.findall("[0-9]", typed))


def _parsed(typed: str, region: str | None) -> PhoneNumber | None:
    """Return the number if it is one that could be dialled from anywhere, else None.

    Most of the world dials abroad with 00, whatever the region says: where that reading of a
    leading 00 makes an assigned number and the region's own does not, it wins.
    """
    numbers = [_dialled(typed, region)]
    digits = _digits(typed)
    if digits.startswith("00"):
        numbers.append(_dialled(f"+{digits[2:]}", region))
    found = [number for number in numbers if number is not None]
    if len(found) > 1:
        from phonenumbers import is_valid_number

        found.sort(key=is_valid_number, reverse=True)
    return found[0] if found else None


def _dialled(typed: str, region: str | None) -> PhoneNumber | None:
    """Return the number that `typed` reads as in `region`, or None where it is no whole number."""
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None
    length = phonenumbers.is_possible_number_with_reason(number)
    return number if length == phonenumbers.ValidationResult.IS_POSSIBLE else None
