"""Takes card numbers out of a file's rows before anything is made, digested or kept of them.

Everything that people say or write is masked; what only names something (`_NAMES`) is not, since
an order or account number may look like a card and has to stay what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_type_hints

from agent_tui.domain.values.records import PersonRecord, RejectedRow
from agent_tui.text.redaction import Keep, digits_in, mask_cards, may_hold_cards

Record = TypeVar("Record")

_NAMES = frozenset({"external_id", "value", "to", "agent", "author", "owner", "interaction"})
"""Fields that name a row, a contact point, an agent or an interaction."""


def without_cards(record: Record, keep: Keep) -> Record:
    """A record, and all the records in it, with card numbers and security codes masked."""
    news: dict[str, Any] = {}
    kind: Any = type(record)
    texts, parts = _fields_of(kind)
    for name in texts:
        value = getattr(record, name)
        if value and may_hold_cards(value):
            masked = mask_cards(value, keep)
            if masked.count:
                news[name] = masked.text
    for name in parts:
        part = getattr(record, name)
        if part:
            masked_part = _part(part, keep)
            if masked_part is not part and masked_part != part:
                news[name] = masked_part
    return replace(record, **news) if news else record  # type: ignore[type-var]


def reject_without_cards(row: RejectedRow, record: PersonRecord | None, keep: Keep) -> RejectedRow:
    """A row that was not taken, its own text without cards.

    What names something in its `record` stays, so that the row can be mended and taken again.
    """
    named = set(map(digits_in, _names_in(record))) if record else set()
    raw = mask_cards(row.raw, lambda digits: digits in named or keep(digits))
    return replace(row, reason=mask_cards(row.reason, keep).text, raw=raw.text)


def _part(part: Any, keep: Keep) -> Any:
    if isinstance(part, tuple):
        return tuple(_part(entry, keep) for entry in part)
    return mask_cards(part, keep).text if isinstance(part, str) else without_cards(part, keep)


def _names_in(record: Any) -> Iterator[str]:
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in _NAMES and isinstance(value, str):
            yield value
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part):
                yield from _names_in(part)


@lru_cache
def _fields_of(kind: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a class of records that are text, and those that hold texts or records with
    any."""
    hints = get_type_hints(kind)
    kinds = {field.name: hints[field.name] for field in fields(kind) if field.name not in _NAMES}
    texts = tuple(name for name, hint in kinds.items() if hint in (str, str | None))
    parts = tuple(name for name, hint in kinds.items() if _holds_texts(hint))
    return texts, parts


def _holds_texts(hint: Any) -> bool:
    inner = [hint, *get_args(hint)]
    return hint == tuple[str, ...] or any(
        is_dataclass(kind) and any(_fields_of(kind)) for kind in inner if isinstance(kind, type)
    )
