"""Finds the addresses in a text that a browser or a mail program could open."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto")
_LINK = re.compile(r"\b(?:https?://|mailto:)[^\s<>\"“”‹›«»]+", re.IGNORECASE)
_BEHIND = ".,;:!?…'’)]}"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def links_in(text: str) -> tuple[str, ...]:
    """The addresses in a text, in order, each once.

    Only those that name one of `SCHEMES`; punctuation behind one belongs to the sentence, a
    closing bracket only where the address opens none.
    """
    found = (_without_punctuation(match.group()) for match in _LINK.finditer(text))
    return tuple(dict.fromkeys(address for address in found if host_of(address)))


def host_of(address: str) -> str | None:
    """Where an address leads: its host as the network knows it, or the mailbox; None for none.

    A host in other letters is given in the ASCII form of IDNA (RFC 3490), so that letters that
    only look like others are seen.
    """
    try:
        parts = urlsplit(address)
        if parts.scheme == "mailto":
            return parts.path or None
        if parts.scheme not in SCHEMES or not parts.hostname:
            return None
        return parts.hostname.encode("idna").decode("ascii")
    except ValueError:
        return None


def _without_punctuation(address: str) -> str:
    while address and address[-1] in _BEHIND:
        last = address[-1]
        if last in _PAIRS and address.count(last) <= address.count(_PAIRS[last]):
            break
        address = address[:-1]
    return address
