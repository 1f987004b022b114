"""The answers of a wrap-up as a text: kept until it is written, and read again.

One label a part, in words that a person can read wherever drafts stand.
"""

from __future__ import annotations

from dataclasses import dataclass

_LABELS = (
    "met",
    "complaints",
    "not promised",
    "not kept",
    "outcome",
    "promise",
    "complaint",
    "summary",
)
_MANY = ("not promised", "not kept")
"""Parts with a row for each record."""
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a wrap-up that is not written yet.

    `met` is the answer in words. `complaint` are the words of one that is to be opened, None while
    that is not answered, empty where there was none. `promise` are the words of one of ours.
    `dropped` and `forgotten` are the words of promises that were not promised, and of facts that
    are not kept.
    """

    met: str = ""
    outcome: str = ""
    promise: str = ""
    complaint: str | None = None
    summary: str = ""
    dropped: frozenset[str] = frozenset()
    forgotten: frozenset[str] = frozenset()


def one_row(words: str) -> str:
    """The words of a record as they are kept, on one row."""
    return " ".join(words.split())


def as_text(kept: Kept) -> str:
    """The text; empty where nothing was answered."""
    rows = [
        ("met", kept.met),
        ("complaints", _NONE if kept.complaint == "" else ""),
        # In quotation marks a number is not taken for one that is still being typed.
        *(("not promised", f"“{words}”") for words in sorted(kept.dropped)),
        *(("not kept", f"“{words}”") for words in sorted(kept.forgotten)),
        ("outcome", kept.outcome),
        ("promise", kept.promise),
        ("complaint", kept.complaint or ""),
        ("summary", kept.summary),
    ]
    return "\n".join(f"{label}: {words}" for label, words in rows if words.strip())


def read(text: str) -> Kept:
    """What a text keeps; whatever else stands in it is left out."""
    found: dict[str, list[str]] = {}
    label = ""
    for row in text.split("\n"):
        name, colon, words = row.partition(": ")
        place = _LABELS.index(label) + (label not in _MANY) if label else 0
        if colon and name in _LABELS[place:]:
            label = name
            found.setdefault(name, []).append(words)
        elif label:
            found[label][-1] += f"\n{row}"
    single = {name: words[0] for name, words in found.items()}
    is_none = single.get("complaints") == _NONE
    return Kept(
        met=single.get("met", ""),
        outcome=single.get("outcome", ""),
        promise=single.get("promise", ""),
        complaint=single.get("complaint", "" if is_none else None),
        summary=single.get("summary", ""),
        dropped=frozenset(words[1:-1] for words in found.get("not promised", ())),
        forgotten=frozenset(words[1:-1] for words in found.get("not kept", ())),
    )
