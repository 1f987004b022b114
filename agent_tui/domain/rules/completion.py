"""Completes the word at the cursor of a note: marks, topics, agents, snippets, due times."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from agent_tui.domain.rules.mark_signs import LINE_ENDS
from agent_tui.domain.rules.mark_table import MARKS
from agent_tui.domain.rules.marks import kind_at
from agent_tui.domain.values.kinds import FactKind
from agent_tui.domain.values.marks import Candidate, Completion, Vocabulary

MOST_CANDIDATES = 50

_MOST_SAID = 56
"""Cells of what is said of a mark, with its example where there is room for that."""

SIGNS = tuple(
    Candidate(
        one.begins,
        f"{one.makes}: {one.example}"
        if len(f"{one.makes}: {one.example}") <= _MOST_SAID
        else one.makes,
    )
    for one in MARKS
)
"""How each mark begins, and what it makes."""

_FACTS: dict[FactKind, str] = {
    "expects": "what they count on",
    "values": "what matters to them",
    "prefers": "how they like it",
    "circumstance": "what their life is like",
    "agreed": "what was settled with them",
    "notice": "what everybody must know first",
}
_WITH_DUE = ("promise", "follow_up")


def complete(text: str, cursor: int, vocabulary: Vocabulary) -> Completion | None:
    """What the word before the cursor may become, the best first; None where nothing fits.

    `cursor` counts characters. Due times are offered behind a promise or a follow-up; on an empty
    line, all that a mark may begin with. A snippet stands as its name, `;greet`.
    """
    cursor = max(0, min(cursor, len(text)))
    start = cursor
    while start and not text[start - 1].isspace():
        start -= 1
    word = text[start:cursor]
    begun = word[1:].casefold()
    if word.startswith("#"):
        found = _topics(begun, vocabulary)
    elif word.startswith("@"):
        found = _agents(begun, vocabulary)
    elif word.startswith(";"):
        found = _snippets(begun, vocabulary)
    elif word.startswith("="):
        found = _facts(begun)
    else:
        found = _words(text, start, word.casefold(), vocabulary)
    # A snippet whose whole name stands there is still to be filled in.
    others = (one for one in found if one.insert != word or word.startswith(";"))
    candidates = tuple(islice(others, MOST_CANDIDATES))
    return Completion(start, cursor, candidates) if candidates else None


def _topics(begun: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    for topic in vocabulary.topics:
        if topic.startswith(begun):
            yield Candidate(f"#{topic}", "topic")


def _agents(begun: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    for handle, name in vocabulary.agents.items():
        if any(word.startswith(begun) for word in (handle, *name.casefold().split())):
            yield Candidate(f"@{handle}", name)


def _snippets(begun: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    for name, template in vocabulary.snippets.items():
        if name.casefold().startswith(begun):
            yield Candidate(f";{name}", " ".join(template.split()))


def _facts(begun: str) -> Iterator[Candidate]:
    for kind, description in _FACTS.items():
        if kind.startswith(begun):
            yield Candidate(f"={kind} ", description)


def _words(text: str, start: int, begun: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    is_line_start = not text[:start] or text[start - 1] in LINE_ENDS
    if not is_line_start and kind_at(text, start) in _WITH_DUE:
        for word, description in vocabulary.due_words.items():
            if word.casefold().startswith(begun):
                yield Candidate(word, description)
    if begun or is_line_start:
        for sign in SIGNS:
            if sign.insert.startswith(begun):
                yield sign
