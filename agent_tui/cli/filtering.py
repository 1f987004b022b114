"""The filter of Recent on a command line: the arguments as one text, and its mistakes shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent_tui.cli import diagnostics
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.domain.values.filters import Filter, Mistake
    from agent_tui.services.desk import Desk

HELP = 'such as agent:mira met:no after:mon "stayed home"; docs/recent.md tells all of it'

_VALUES_OF_WORDS = ("words", "customer", "team", "moment")
_NO_LIMIT = 1_000_000


def joined(arguments: Sequence[str]) -> str:
    """The arguments as one filter, with quotes again where a shell took them away.

    An argument that holds a quote is taken as it is. Else one with spaces is a phrase, or, behind
    a field that takes words or a date, its value; with more fields in it, it is a filter itself.
    """
    return " ".join(map(_as_written, arguments))


def understood(desk: Desk, arguments: Sequence[str]) -> Filter:
    """What the arguments ask for. Raises UsageError, with the places of the mistakes shown."""
    text = joined(arguments)
    found = desk.browsing.understand(text)
    if found.mistakes:
        for mistake in found.mistakes:
            _show(text, mistake)
        raise UsageError("; ".join(mistake.message for mistake in found.mistakes))
    for hint in found.hints:
        near = f"; {hint.instead} is near to it" if hint.instead else ""
        diagnostics.say(f"{hint.message}{near}")
    return found.filter


def _as_written(argument: str) -> str:
    from agent_tui.domain.rules.filter_fields import folded, names
    from agent_tui.domain.rules.filter_tokens import NOT, QUOTES, quoted, tokens
    from agent_tui.domain.rules.filters import is_field

    if any(quote in argument for quote in QUOTES) or not any(map(str.isspace, argument.strip())):
        return argument
    parted = tokens(argument, is_field)
    first = parted[0]
    if all(token.kind == "bare" for token in parted):
        rest = argument.strip().removeprefix(NOT * first.is_not)
        return NOT * first.is_not + quoted(rest)
    field = names().get(folded(first.head)) if first.kind == "field" else None
    if field is None or field.takes not in _VALUES_OF_WORDS:
        return argument
    if any(token.kind != "bare" for token in parted[1:]):
        return argument
    head, _, value = argument.strip().partition(":")
    return f"{head}:{quoted(value)}"


def _show(text: str, mistake: Mistake) -> None:
    """The filter, and a line that points to the place of the mistake."""
    from agent_tui.text.cells import width

    shown, before, inside = map(
        _inert, (text, text[: mistake.start], text[mistake.start : mistake.end])
    )
    instead = f" {mistake.instead} ?" if mistake.instead else ""
    # A line must not begin with the spaces that its printing takes away.
    diagnostics.say(f"| {shown}")
    diagnostics.say(f"| {' ' * width(before)}{'^' * max(1, width(inside))}{instead}")


def _inert(text: str) -> str:
    """Text as `diagnostics.say` prints it, spaces at its ends kept."""
    from agent_tui.text.hygiene import clean_line
    from agent_tui.text.redaction import mask_cards

    return mask_cards(clean_line(f"|{text}|", _NO_LIMIT)).text[1:-1]
