"""The way in for everything that people say or write: made inert, without card numbers.

Every service takes free text through here, so that no payment card number and no security code
comes as far as a table, an index or a log. Identifiers (external ids, order and account numbers,
telephone numbers) are not free text and are only made inert, by `text.hygiene`.
"""

from __future__ import annotations

from hashlib import sha256

from agent_tui.storage.queries import not_cards
from agent_tui.storage.reader import Reader
from agent_tui.text.hygiene import clean_line, clean_text
from agent_tui.text.redaction import Masked, edited_at, mask_cards, mask_unfinished


def take_line(reader: Reader, text: str, limit: int = 1_000) -> str:
    """Take one line: a name, an agenda. Raises BadInput for more than `limit` characters."""
    return without_cards(reader, clean_line(text, limit))


def take_text(reader: Reader, text: str, limit: int = 1_000_000) -> str:
    """Take text with its lines: a note, a message. Raises BadInput for more than `limit`."""
    return without_cards(reader, clean_text(text, limit))


def take_note(reader: Reader, text: str, limit: int) -> Masked:
    """Take text as `take_text` does, and tell what was masked in it."""
    return _masked(reader, clean_text(text, limit))


def take_typing(reader: Reader, text: str, limit: int, before: str | None = None) -> str:
    """Take text that is still being typed or spoken; `before` is what was kept of it last.

    The number that was typed last is masked too where it may yet become a card's, so that never
    more of one is kept than its first or its last digits. Raises BadInput for more than `limit`
    characters.
    """
    masked = take_text(reader, text, limit)
    cursor = len(masked) if before is None else edited_at(before, masked)
    return mask_unfinished(masked, cursor).text


def without_cards(reader: Reader, text: str) -> str:
    """Clean text with its cards masked, but for numbers that were said to be none."""
    return _masked(reader, text).text


def _masked(reader: Reader, text: str) -> Masked:
    return mask_cards(text, lambda digits: is_no_card(reader, digits))


def is_no_card(reader: Reader, digits: str) -> bool:
    """Whether somebody said of a number that it is no card."""
    return not_cards.is_known(reader, digest=digest_of(digits))


def digest_of(digits: str) -> str:
    """By what a number that is no card is known again: the SHA-256 of its ASCII digits."""
    return sha256(digits.encode()).hexdigest()
