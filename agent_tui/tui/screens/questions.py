"""The short questions of the desk: who calls, what is their name, were they met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from agent_tui.tui.screens.prompts import ChooseKey, ChooseOne, TypeLine
from agent_tui.tui.widgets.ink import Span, line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent_tui.domain.values.kinds import Met
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import RecentCustomer

_NOBODY_OF_THESE = "somebody else"
_MET: dict[str, tuple[str, Met]] = {
    "y": ("yes", "yes"),
    "p": ("partly", "partly"),
    "n": ("no", "no"),
    "s": ("not asked", "not_asked"),
}


def who_calls(
    app: App[int],
    call: Interaction,
    candidates: Sequence[RecentCustomer],
    chosen: Callable[[int | None], None],
) -> None:
    """Which of those who share the number? `chosen` gets the customer, None for somebody else."""
    rows = [
        line(Span(f"  {one.name}"), Span(f"   {one.company or ''}", "dim"), key=one.customer_id)
        for one in candidates
    ]
    rows.append(line(Span(f"  {_NOBODY_OF_THESE}", "dim"), key=_NOBODY_OF_THESE))

    def answered(key: object) -> None:
        if isinstance(key, int):
            chosen(key)
        elif key == _NOBODY_OF_THESE:
            chosen(None)

    app.push_screen(ChooseOne(f"Who calls from {call.peer}?", rows), answered)


def what_name(app: App[int], call: Interaction, typed: Callable[[str], None]) -> None:
    """What is the new person called? Nothing is mandatory."""

    def answered(name: str | None) -> None:
        if name is not None:
            typed(name)

    question = f"New person, {call.peer}" if call.peer else "New person"
    hint = "Enter: make them, with or without a name"
    app.push_screen(TypeLine(question, call.peer_name or "", hint), answered)


def were_they_met(app: App[int], answered: Callable[[Met], None]) -> None:
    """Did they get what they came for?"""

    def pressed(key: str | None) -> None:
        if key is not None:
            answered(_MET[key][1])

    answers = [(key, words) for key, (words, _met) in _MET.items()]
    app.push_screen(ChooseKey("Did they get what they came for?", answers), pressed)
