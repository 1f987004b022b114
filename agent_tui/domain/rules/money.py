"""Sums of money as people write them: `£20`, `20 EUR`, `1.234,50 €`, `$1,234.50`.

Amounts are exact decimals as text, never floats. Currencies are those of ISO 4217.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category


class Money(NamedTuple):
    """A sum: an exact decimal without grouping, its currency, where it stands (half-open).

    `currency` is None for a sign that several countries share, where the region decides nothing.
    """

    amount: str
    currency: str | None
    start: int
    end: int


CURRENCIES = frozenset(
    re.findall(
        "...",
        "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLPCNYCOPCRC"
        "CUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRR"
        "ISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWK"
        "MXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLE"
        "SOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVESVNDVUVWSTXAFXCDXOFXPFYER"
        "ZARZMWZWG",
    )
)
_THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_SMALL_CODES = frozenset(
    re.findall("...", "eurgbpusdchfseknokdkkplnczkhufcadaudnzdjpyinr"),
)
"""Codes also known in small letters; others, such as `all`, `top` and `try`, are words."""


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in text.split())


_DOLLARS = _pairs(
    "AG:XCD AR:ARS AU:AUD BB:BBD BM:BMD BN:BND BS:BSD BZ:BZD CA:CAD CL:CLP CO:COP CU:CUP DO:DOP "
    "FJ:FJD GY:GYD HK:HKD JM:JMD KY:KYD LR:LRD MX:MXN NA:NAD NZ:NZD SB:SBD SG:SGD SR:SRD TT:TTD "
    "TW:TWD UY:UYU"
)
_CROWNS = _pairs("DK:DKK FO:DKK GL:DKK IS:ISK NO:NOK SE:SEK")
_SIGNS = _pairs(
    "£:GBP €:EUR ₹:INR ₽:RUB ₺:TRY ₪:ILS ₩:KRW ₴:UAH ₦:NGN ₱:PHP ฿:THB ₫:VND ₡:CRC ₲:PYG ₵:GHS "
    "₸:KZT ₾:GEL ₼:AZN zł:PLN kč:CZK ft:HUF us$:USD ca$:CAD c$:CAD a$:AUD au$:AUD nz$:NZD hk$:HKD "
    "s$:SGD nt$:TWD mx$:MXN r$:BRL euro:EUR euros:EUR pound:GBP pounds:GBP quid:GBP"
)
_SHARED: dict[str, tuple[dict[str, str], str | None]] = {
    "$": (_DOLLARS, "USD"),
    "dollar": (_DOLLARS, "USD"),
    "dollars": (_DOLLARS, "USD"),
    "¥": ({"CN": "CNY"}, "JPY"),
    "kr": (_CROWNS, None),
    "kr.": (_CROWNS, None),
}
"""Signs of several currencies: those of regions, and that of all others."""
_SIGN = "|".join(
    [re.escape(sign) for sign in sorted((*_SIGNS, *_SHARED), key=len, reverse=True)] + ["[a-z]{3}"]
)
_GAP = "[ \u00a0\u202f]?"
_NUMBER = (
    "(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]{1,3}(?:['’][0-9]{3})+|[0-9]{1,15})"
    "(?:[.,][0-9]{1,15}){0,6}"
)
_ROUND = "(?:[.,][-–—])?"
_MONEY = re.compile(
    f"(?<![^\\s(])(?:(?P<before>{_SIGN}){_GAP}(?P<number>{_NUMBER}){_ROUND}"
    f"|(?P<number_>{_NUMBER}){_ROUND}{_GAP}(?P<behind>{_SIGN}))(?![\\w%]|[.,][0-9])",
    re.IGNORECASE,
)
_SEPARATED = re.compile("[.,]")
_MOST_DIGITS = 15


def read_money(text: str, region: str | None = None) -> Money | None:
    """The first sum of money in a text. Any text will do.

    `region` (ISO 3166) decides what `$`, `¥` and `kr` are; `$` without one is the American.
    A number alone is no money. `1.234` is one thousand and more in currencies of two decimals.
    """
    position = 0
    while found := _MONEY.search(text, position):
        # Of `for 20 EUR`, the first word is no currency, and the number belongs to the second.
        position = found.start() + 1
        currency = _currency(found["before"] or found["behind"], region)
        if currency != "":
            amount = exact(found["number"] or found["number_"], currency)
            if amount is not None:
                return Money(amount, currency, *found.span())
    return None


def no_sum(text: str) -> str | None:
    """The first word with a sign such as `£` in a text in which no sum of money was read: it looks
    like one and is none. None where no word does."""
    words = (word.strip("().,;:") for word in text.split())
    return next((word for word in words if any(category(sign) == "Sc" for sign in word)), None)


def exact(number: str, currency: str | None = None) -> str | None:
    """A number in any usual writing as an exact decimal, or None where it is none.

    The last of two kinds of separators is the decimal one. A single separator is the decimal one
    unless three digits follow; groups are of three digits, or of two and three as in India.
    """
    plain = re.sub("[ \u00a0\u202f'’]", "", number)
    first, *others = _SEPARATED.split(plain)
    signs = _SEPARATED.findall(plain)
    decimals = ""
    places = 3 if currency in _THREE_DECIMALS else 2
    if signs and signs.count(signs[-1]) == 1 and 1 <= len(others[-1]) <= places:
        *others, decimals = others
        signs.pop()
    grouped = not others or (len(others[-1]) == 3 and all(len(group) in (2, 3) for group in others))
    if not grouped or len(set(signs)) > 1 or (others and not 1 <= len(first) <= 3):
        return None
    if others and first.startswith("0"):
        return None
    whole = "".join([first, *others]).lstrip("0") or "0"
    if len(whole) + len(decimals) > _MOST_DIGITS:
        return None
    return f"{whole}.{decimals}" if decimals else whole


def _currency(sign: str, region: str | None) -> str | None:
    """The code of a sign; empty where it is no sign, None where nobody knows which."""
    small = sign.lower()
    if small in _SIGNS:
        return _SIGNS[small]
    if small in _SHARED:
        regions, elsewhere = _SHARED[small]
        return regions.get(region or "", elsewhere)
    known = small in _SMALL_CODES or (sign.isupper() and sign in CURRENCIES)
    return sign.upper() if known else ""
