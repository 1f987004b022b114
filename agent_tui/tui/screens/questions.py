"""The short questions of the desk: who calls, and what is their name?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from agent_tui.domain.rules import ages
from agent_tui.tui.screens.prompts import ChooseOne
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.wording import caller, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import RecentCustomer
    from agent_tui.tui.widgets.here import Here

_NOBODY_OF_THESE = "somebody else"


def who_calls(
    app: App[int],
    call: Interaction,
    candidates: Sequence[RecentCustomer],
    chosen: Callable[[int | None], None],
) -> ChooseOne:
    """Which of those who share the number? `chosen` gets the customer, None for somebody else.
    Returns what asks."""
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

    asking = ChooseOne(f"Who calls from {call.peer}?", rows)
    app.push_screen(asking, answered)
    return asking


def which_call(
    app: App[int], calls: Sequence[Interaction], here: Here, chosen: Callable[[Interaction], None]
) -> None:
    """Which of the calls that go on with colleagues?"""
    rows = []
    for call in calls:
        since = ages.clock_time(call.answered_at or call.opened_at, here.zone)
        said = f"   {call.agent or ''} · {call.channel} · {state_of(call)} since {since}"
        rows.append(line(Span(f"  {caller(call)}"), Span(said, "dim"), key=call))

    def answered(call: Interaction | None) -> None:
        if call is not None:
            chosen(call)

    app.push_screen(ChooseOne("With colleagues", rows), answered)


def what_name(
    app: App[int],
    call: Interaction,
    asked: Asked,
    typed: Callable[[str], None],
    *,
    value: str = "",
    refused: str = "",
) -> None:
    """What is the new person called? Nothing is mandatory. `value` was typed before, and `refused`
    says why it was not taken."""

    def answered(name: str | None) -> None:
        if name is not None:
            typed(name)

    from agent_tui.tui.screens.asks import TypeWords

    question = f"New person, {call.peer}" if call.peer else "New person"
    hint = "Enter: make them, with or without a name"
    value = value or call.peer_name or ""
    prompt = TypeWords(question, value=value, hint=hint, refused=refused, asked=asked)
    app.push_screen(prompt, answered)
