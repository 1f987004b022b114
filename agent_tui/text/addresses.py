"""Normal forms of e-mail addresses, account and order numbers, and handles."""

from __future__ import annotations

import re
from unicodedata import normalize

from agent_tui.text.hygiene import without_bidi
from agent_tui.text.names import fold

_ROUGHLY_AN_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>.]+(?:\.[^@\s<>.]+)+")
_ON_THE_WIRE = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")


def normal_email(raw: str) -> str | None:
    """Return the address in lower case, or None where it has not the shape of one.

    `mailto:` and what follows a `?` in it go. The domain is written in ASCII (IDNA, RFC 3490)
    where it can be. The local part is folded too, though RFC 5321 lets a server tell cases apart:
    people do not.
    """
    address = raw.strip().lower()
    if not raw.isascii():
        address = normalize("NFC", without_bidi(raw).strip().lower())
    if address.startswith("mailto:"):
        address = address.removeprefix("mailto:").partition("?")[0]
    if not _ROUGHLY_AN_EMAIL.fullmatch(address):
        return None
    local, _, domain = address.partition("@")
    if not domain.isascii():
        domain = _ascii_domain(domain) or domain
    return f"{local}@{domain}"


def _ascii_domain(domain: str) -> str | None:
    """Return an international domain as it goes over the wire, or None where it cannot."""
    try:
        wire = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return wire if _ON_THE_WIRE.fullmatch(wire) else None


def normal_number(raw: str) -> str:
    """Return an account or order number as upper-case ASCII letters and digits only.

    `#W2611340` and `w-261 1340` are the same number. Empty where there is no letter or digit.
    """
    return fold(raw).replace(" ", "").upper()


def normal_handle(raw: str) -> str:
    """Return a handle without the leading @ and regardless of case; inner spaces become one."""
    handle = normalize("NFKC", without_bidi(raw)).casefold()
    return " ".join(normalize("NFC", handle).split()).lstrip("@ ")
