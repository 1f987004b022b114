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
_AROUND = 24
"""So many characters before a mistake, of it, and behind it are shown at most."""
_TOLD = 5
"""So many mistakes are told one by one."""
_SENTENCE = 400


def joined(arguments: Sequence[str]) -> str:
    """The arguments as one filter, with quotes again where a shell took them away.

    An argument that holds a quote is taken as it is. Else one with spaces is a phrase, or, behind
    a field that takes words or a date, its value; with more fields in it, or with a lone `or`, it
    is a filter itself.
    """
    return " ".join(map(_as_written, arguments))


def understood(desk: Desk, arguments: Sequence[str]) -> Filter:
    """What the arguments ask for. Raises UsageError, with the places of the mistakes shown."""
    from agent_tui.text.cells import cut

    text = joined(arguments)
    found = desk.browsing.understand(text)
    if found.mistakes:
        told = found.mistakes[:_TOLD]
        for mistake in told:
            _show(text, mistake)
        more = len(found.mistakes) - len(told)
        said = [cut(mistake.message, _SENTENCE) for mistake in told]
        raise UsageError("; ".join([*said, *([f"and {more} more like these"] if more else [])]))
    for hint in found.hints:
        near = f"; {hint.instead} is near to it" if hint.instead else ""
        diagnostics.say(f"{hint.message}{near}")
    return found.filter


def _as_written(argument: str) -> str:
    from agent_tui.domain.rules.filter_fields import folded, names
    from agent_tui.domain.rules.filter_tokens import NOT, QUOTES, or_between, quoted, tokens
    from agent_tui.domain.rules.filters import is_field

    if any(quote in argument for quote in QUOTES) or not any(map(str.isspace, argument.strip())):
        return argument
    parted = tokens(argument, is_field)
    if any(or_between(parted, place) for place in range(len(parted))):
        # Who means the words themselves is told to write the quotes: nothing else would tell them.
        return argument
    first = parted[0]
    # A word of no field with a colon is text here: the shell took the quotes around it away.
    if all(
        one.kind == "bare" or (one.kind == "field" and not is_field(one.head)) for one in parted
    ):
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
    """The filter around the place of the mistake, and a line that points to it."""
    from agent_tui.text.cells import width

    before, inside = map(_inert, (text[: mistake.start], text[mistake.start : mistake.end]))
    begin, end = len(before), len(before) + min(len(inside), _AROUND)
    # All of it is made inert before it is cut: a part of a card number would not be known as one.
    whole = _inert(text)
    first, last = max(0, begin - _AROUND), end + _AROUND
    left, right = "…" * (first > 0), "…" * (last < len(whole))
    shown = f"{left}{whole[first:last]}{right}"
    before, inside = f"{left}{before[first:]}", inside[:_AROUND]
    instead = f" {mistake.instead} ?" if mistake.instead else ""
    # Where the beginning is not shown, the signs alone do not tell the place.
    place = f" at character {mistake.start + 1:,}" if first else ""
    # A line must not begin with the spaces that its printing takes away.
    diagnostics.say(f"| {shown}")
    diagnostics.say(f"| {' ' * width(before)}{'^' * max(1, width(inside))}{instead}{place}")


def _inert(text: str) -> str:
    """Text as `diagnostics.say` prints it, spaces at its ends kept."""
    from agent_tui.text.hygiene import clean_line
    from agent_tui.text.redaction import mask_cards

    return mask_cards(clean_line(f"|{text}|", _NO_LIMIT)).text[1:-1]
