"""Words and ids that the lines of the brief share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Protocol

from agent_tui.domain.rules import ages
from agent_tui.domain.values import ids


def since(verb: str, when: datetime, now: datetime, zone: tzinfo) -> str:
    """How long ago something was said or done: `promised 8 d ago`."""
    age = ages.ago(when, now, zone)
    return f"{verb} just now" if age == "now" else f"{verb} {age} ago"


def counted(text: str, count: int, word: str) -> str:
    """The words of a line about its first record, after the number where there are several.

    `word` says which one it is: `4, oldest Mon 16 Nov: ...`.
    """
    return text if count == 1 else f"{count}, {word} {text}"


def listed(texts: Iterable[str]) -> str:
    """Texts in one line; what was said twice stands once."""
    once: dict[str, str] = {}
    for text in texts:
        once.setdefault(text.casefold(), text)
    return "; ".join(once.values())


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


def shown(prefix: str, records: Iterable[_HasId]) -> tuple[str, ...]:
    """The ids of records as people see them."""
    return tuple(ids.show(prefix, record.id) for record in records)
