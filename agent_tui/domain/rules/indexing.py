"""Which words of a shown text the customer index holds."""

from __future__ import annotations

from agent_tui.domain.values.index import LONGEST_WORD
from agent_tui.text import names


def indexed_words(text: str) -> list[str]:
    """The folded words of a name, company, city or query, in order, each cut to its beginning."""
    return [word[:LONGEST_WORD] for word in names.words(text)]
