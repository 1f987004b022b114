"""Card numbers for tests: the ones that payment systems publish for testing, and made-up ones."""

from __future__ import annotations

from hypothesis import strategies as st

from agent_tui.text.card_issuers import is_card

PUBLISHED = {
    "Visa": "4111111111111111",
    "Visa, old": "4222222222222",
    "Mastercard": "5555555555554444",
    "Mastercard, second range": "2223003122003222",
    "American Express": "378282246310005",
    "Discover": "6011111111111117",
    "Diners Club": "30569309025904",
    "JCB": "3530111333300000",
    "UnionPay": "6200000000000005",
    "UnionPay, long": "6205500000000000004",
    "Maestro": "6759649826438453",
}
"""One of every issuer, each with its check digit."""

CODES = ("cvv", "CVC2", "cid:", "security code", "Prüfziffer", "código de seguridad")


def completed(beginning: str) -> str:
    """A card number that begins so: `beginning` lacks the check digit only."""
    return next(beginning + digit for digit in "0123456789" if is_card(beginning + digit))


def grouped(digits: str, gap: str) -> str:
    """The digits as they stand on the card, with `gap` between the groups."""
    sizes = (4, 6, 5) if len(digits) in (14, 15) else (4, 4, 4, 4, 3)
    groups = []
    for size in sizes:
        groups.append(digits[:size])
        digits = digits[size:]
    return gap.join(filter(None, groups))


def _made(prefix: str, length: int) -> st.SearchStrategy[str]:
    rest = length - len(prefix) - 1
    return st.text("0123456789", min_size=rest, max_size=rest).map(
        lambda middle: completed(prefix + middle)
    )


numbers = st.one_of(
    st.sampled_from(sorted(PUBLISHED.values())),
    _made("4", 16),
    _made("52", 16),
    _made("2300", 16),
    _made("37", 15),
    _made("36", 14),
    _made("3540", 16),
    _made("62", 19),
)
