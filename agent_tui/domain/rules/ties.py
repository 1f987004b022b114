"""How a tie between two people reads from either of them.

A tie is kept once, as one side said it, and is read from both: who cares for somebody is the one
by whom they are cared for. Words that are not listed here read the same from both sides.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages

if TYPE_CHECKING:
    from agent_tui.domain.values.knowing import TieMatter

_EITHER_WAY = ("household", "colleague", "friend", "neighbour", "partner", "sibling", "relative")
_PAIRS = (
    ("cares for", "cared for by"),
    ("introduced by", "introduced"),
    ("parent of", "child of"),
    ("manages", "managed by"),
    ("acts for", "represented by"),
    ("pays for", "paid for by"),
)
_OTHER_SIDE = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}

KINDS = ("household", "colleague", *(word for pair in _PAIRS[:2] for word in pair))
"""The kinds that are offered; any other words may be used too."""


def written(kind: str) -> str:
    """A kind as it is kept: known ones in one writing, others as they are, in single spaces."""
    words = " ".join(kind.split())
    folded = " ".join(words.replace("_", " ").replace("-", " ").casefold().split())
    return folded if folded in _OTHER_SIDE or folded in _EITHER_WAY else words


def other_side(kind: str) -> str:
    """The kind as whoever is at the other end would say it."""
    return _OTHER_SIDE.get(written(kind), written(kind))


def seen_from(kind: str, *, is_own: bool) -> str:
    """The kind as it reads from one side; `is_own` where that side said it."""
    return written(kind) if is_own else other_side(kind)


def matter_in_words(matter: TieMatter, now: datetime, zone: tzinfo) -> str:
    """What matters with somebody, in a few words: `late 6 d: call back`, `last contact 3 d ago`."""
    age = ages.ago(matter.at, now, zone)
    past = "just now" if age == "now" else f"{age} ago"
    about = f": {matter.words}" if matter.words else ""
    if matter.kind == "late_promise":
        several = f"{matter.count} promises, " if matter.count > 1 else ""
        return f"{several}{ages.due(matter.at, now, zone)}{about}"
    if matter.kind == "complaint":
        what = f"{matter.count} complaints" if matter.count > 1 else "complaint"
        return f"{what}, opened {past}{about}"
    if matter.kind == "live_call":
        return f"in contact now{about}"
    return f"last contact {past}"
