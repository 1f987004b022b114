"""What was judged of a conversation as a text: kept until the review is written, and read again.

How many of each come first, then each criterion in a row, with its verdict and for whom it
is critical, and its comment in the row below: words that a person can read wherever drafts stand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from agent_tui.domain.values.reviews import CRITERION_KINDS, VERDICTS, Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMENT = "comment: "
_STARTS = {
    f"{words} ({kind}): ": (verdict, kind)
    for verdict, words in VERDICTS.items()
    for kind in CRITERION_KINDS
}
"""How the row of a criterion begins, by its verdict and its kind."""


def as_text(judged: Iterable[Criterion]) -> str:
    """The text; empty where nothing was judged."""
    judged = tuple(judged)
    if not judged:
        return ""
    times = Counter(one.verdict for one in judged)
    counts = [f"{times[verdict]} {words}" for verdict, words in VERDICTS.items() if times[verdict]]
    rows = [f"judged in a review: {', '.join(counts)}"]
    for one in judged:
        rows.append(f"{VERDICTS[one.verdict]} ({one.kind}): {one_row(one.name)}")
        if one.comment and one.comment.strip():
            # In quotation marks a number is not taken for one that is still being typed.
            rows.append(f"{_COMMENT}“{one_row(one.comment)}”")
    return "\n".join(rows)


def read(text: str) -> tuple[Criterion, ...]:
    """What a text says was judged; whatever else stands in it is left out."""
    found: list[Criterion] = []
    for row in text.split("\n"):
        if found and row.startswith(_COMMENT):
            comment = row.removeprefix(_COMMENT).removeprefix("“").removesuffix("”")
            found[-1] = replace(found[-1], comment=comment)
            continue
        start = next((one for one in _STARTS if row.startswith(one)), None)
        if start is not None:
            verdict, kind = _STARTS[start]
            found.append(Criterion(row.removeprefix(start), kind, verdict))
    return tuple(found)


def one_row(words: str) -> str:
    """Words as they are kept, on one row."""
    return " ".join(words.split())
