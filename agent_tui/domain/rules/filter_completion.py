"""What may stand at the cursor of a filter: fields first, then the values of the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from agent_tui.domain.rules import filter_fields as fields
from agent_tui.domain.rules.due_words import fold_word
from agent_tui.domain.rules.filter_dates import words_offered
from agent_tui.domain.rules.filter_fields import Field
from agent_tui.domain.rules.filter_tokens import NOT, Part, Token, tokens
from agent_tui.domain.rules.filter_writing import write_value
from agent_tui.domain.rules.filters import LONGEST, is_field
from agent_tui.domain.values.filters import Completion, Known

MOST = 12

_MOMENTS = {"1h": "an hour ago", "3h": "three hours ago"}
_LENGTHS = {
    ">10m": "longer than ten minutes",
    "<90s": "less than ninety seconds",
    "2m..5m": "from two to five minutes",
    ">1h": "longer than an hour",
}
_REPEATS = {
    "7d": "in the seven days before",
    "14d": "in the two weeks before",
    "30d": "in the thirty days before",
}


def complete(
    text: str, cursor: int, *, known: Known, language: str = "en"
) -> tuple[Completion, ...]:
    """What may stand in place of the word at the cursor, the most usual first, at most 12.

    `cursor` counts characters. What is there already is not offered; names of customers never are.
    """
    if len(text) > LONGEST:
        return ()
    cursor = max(0, min(cursor, len(text)))
    token = next((one for one in tokens(text, is_field) if one.start <= cursor <= one.end), None)
    if token is None:
        found = _starts(cursor, cursor, "", known)
    elif token.kind == "field":
        found = _behind_colon(token, cursor, known, language)
    elif token.kind == "phrase":
        found = iter(())
    else:
        start = token.start + (token.is_not or text[token.start : token.end] == NOT)
        found = _starts(start, token.end, text[start : max(start, cursor)], known)
    return tuple(islice((one for one in found if one.text != text[one.start : one.end]), MOST))


def _starts(start: int, end: int, begun: str, known: Known) -> Iterator[Completion]:
    """What a term may begin with."""
    if begun.startswith("#"):
        for topic in _begun(begun[1:], known.topics):
            yield Completion(start, end, f"#{topic}", "topic")
        return
    if begun.startswith("@"):
        for agent in _begun(begun[1:], known.agents):
            yield Completion(start, end, f"@{agent}", "agent")
        return
    spelt = fields.folded(begun)
    named = [field for field in fields.TABLE if field.name.startswith(spelt)]
    called = [
        field
        for field in fields.TABLE
        if field not in named and any(alias.startswith(spelt) for alias in field.aliases)
    ]
    for field in (*named, *called):
        yield Completion(start, end, f"{field.name}:", f"{field.help}: {field.example}")


def _behind_colon(token: Token, cursor: int, known: Known, language: str) -> Iterator[Completion]:
    if cursor <= token.head_start + len(token.head):
        begun = token.head[: max(0, cursor - token.head_start)]
        end = token.head_start + len(token.head) + 1
        yield from _starts(token.head_start, end, begun, known)
        return
    field = fields.names().get(fields.folded(token.head))
    part = next((one for one in token.parts if one.start <= cursor <= one.end), None)
    if field is None or part is None:
        return
    typed = part.text[: max(0, cursor - part.start - part.is_quoted)]
    taken = {one.text.casefold() for one in token.parts if one is not part}
    for value, meaning in _values(field, known, language):
        if value.casefold() not in taken and _is_begun(typed, value):
            yield _completion(part, value, meaning)


def _values(field: Field, known: Known, language: str) -> Iterator[tuple[str, str]]:
    """The values of a field, each with what it means."""
    if field.takes == "agent":
        yield known.me, "yourself"
        yield from ((name, "agent") for name in known.agents if name != known.me)
    elif field.takes == "script":
        yield from ((name, "call script") for name in known.scripts)
    elif field.takes == "team":
        yield from ((name, "team") for name in known.teams)
    elif field.takes == "topic":
        yield from ((name, "topic") for name in known.topics)
    elif field.takes == "moment":
        yield from words_offered(language).items()
        if field.name != "on":
            yield from _MOMENTS.items()
    elif field.takes == "length":
        yield from _LENGTHS.items()
    elif field.takes == "repeat":
        yield from _REPEATS.items()
    yield from ((code.name, code.help) for code in field.codes)


def _completion(part: Part, value: str, meaning: str) -> Completion:
    return Completion(part.start, part.end, write_value(value), meaning)


def _begun(begun: str, names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if _is_begun(begun, name))


def _is_begun(begun: str, name: str) -> bool:
    """Whether a name, or a code however it is spelt, begins so."""
    if not begun:
        return True
    return fold_word(name).startswith(fold_word(begun)) or name.startswith(fields.folded(begun))
