"""Words that the lines of the brief share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import BriefPart, RecordMark
    from agent_tui.domain.values.kinds import FactSource

_TIMES = {1: "once", 2: "twice"}
_SOURCES: dict[FactSource, str] = {
    "stated": "they said so",
    "record": "on record",
    "impression": "an agent's impression",
}


def since(verb: str, when: datetime, now: datetime, zone: tzinfo) -> str:
    """How long ago something was said or done: `promised 8 d ago`."""
    age = ages.ago(when, now, zone)
    return f"{verb} just now" if age == "now" else f"{verb} {age} ago"


def counted(text: str, count: int, word: str) -> str:
    """The words of a line about its first record, after the number where there are several.

    `word` says which one it is: `4, oldest Mon 16 Nov: ...`.
    """
    return text if count == 1 else f"{count}, {word} {text}"


def times(count: int) -> str:
    """How often: `once`, `twice`, `3 times`."""
    return _TIMES.get(count, f"{count} times")


def listed(texts: Iterable[str]) -> str:
    """Texts in one line; what was said twice stands once."""
    once: dict[str, str] = {}
    for text in texts:
        once.setdefault(text.casefold(), text)
    return "; ".join(once.values())


def source_words(source: FactSource) -> str:
    """Where a fact comes from: `they said so`, `on record`, `an agent's impression`."""
    return _SOURCES[source]


def remarks(marks: Iterable[RecordMark]) -> tuple[str, ...]:
    """What agents said of one record: `Mira: wrong`, `used 3 times`."""
    said = list(marks)
    wrong = sorted({mark.agent for mark in said if mark.how == "wrong"})
    used = sum(mark.how == "used" for mark in said)
    return (
        *(f"{agent}: wrong" for agent in wrong),
        *([f"used {times(used)}"] if used else []),
    )


def disputed(text: str, parts: Sequence[BriefPart]) -> str:
    """The words of a line, and beside them who says that a record of it is wrong."""
    said = [remark for part in parts for remark in part.remarks if remark.endswith(": wrong")]
    once = list(dict.fromkeys(said))
    return f"{text} ({', '.join(once)})" if once else text
