"""The form under which a contact point is kept and found, whatever its writing."""

from __future__ import annotations

from agent_tui.domain.values.kinds import ContactKind
from agent_tui.text import addresses, names, phones

_WITHHELD = frozenset(
    {
        "anonymous",
        "blocked",
        "no number",
        "private",
        "private number",
        "restricted",
        "unavailable",
        "unknown",
        "withheld",
    }
)
"""What channels say instead of a number that the caller withholds."""

_NOWHERE = ".invalid"
"""The end of domains that never exist (RFC 2606); anonymous calls come from one (RFC 3323)."""


def kind_of_peer(peer: str) -> ContactKind:
    """What kind of contact point a channel's number or address is."""
    if addresses.normal_email(peer):
        return "email"
    return "phone" if phones.looks_like_phone(peer) else "handle"


def normal_form(kind: ContactKind, value: str, region: str | None) -> str:
    """The normal form of a contact point; empty where nothing of it could ever be matched.

    `region` is the country of phone numbers that do not name one.
    """
    if kind == "phone":
        forms = phones.normal_phone(value, region)
        return forms.normal if forms else ""
    if kind == "email":
        return addresses.normal_email(value) or value.casefold()
    if kind == "handle":
        return addresses.normal_handle(value)
    if kind == "address":
        return names.fold(value)
    return addresses.normal_number(value)


def forms_of_peer(peer: str, region: str | None) -> list[str]:
    """The normal forms under which whoever is at the other end of a channel may be known.

    None for a number that is withheld: it would be everybody's.
    """
    kind = kind_of_peer(peer)
    normal = normal_form(kind, peer, region)
    if not normal or normal in _WITHHELD or normal.endswith(_NOWHERE):
        return []
    if kind != "phone":
        return [normal]
    digits = phones.query_digits(peer, region)
    return list(dict.fromkeys([normal, *digits, *(f"0{form}" for form in digits)]))
