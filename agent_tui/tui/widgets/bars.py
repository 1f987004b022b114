"""The rows at the upper and lower edge of the screen, and the strip of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.tui.actions import Action, key_name
from agent_tui.tui.widgets.ink import Ink, Line, Span, spans_width
from agent_tui.tui.widgets.lines import PlainBar
from agent_tui.tui.widgets.wording import caller, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agent_tui.domain.values.people import Agent, Interaction
    from agent_tui.domain.values.today import Counts, RecentCustomer
    from agent_tui.tui.widgets.here import Here

_MARGIN = 4
STATE_WORDS = {"ready": "ready", "after_call": "after call", "away": "away"}


class HeaderBar(PlainBar):
    """Where we are, what waits, who I am, the time."""

    DEFAULT_CSS = "HeaderBar { background: $bar; padding: 0 1; }"

    def show_state(
        self, *, agent: Agent | None, counts: Counts | None, here: Here | None, cells: int
    ) -> None:
        """Show the header in full words, or in short ones where there is less room."""
        left = (Span("Desk", "mark"), Span(" F1", "dim"))
        right = _state(agent, counts, here, short=False)
        if spans_width((*left, *right)) + _MARGIN > cells:
            right = _state(agent, counts, here, short=True)
        self.show(Line(left, right))


def _state(
    agent: Agent | None, counts: Counts | None, here: Here | None, *, short: bool
) -> tuple[Span, ...]:
    spans: list[Span] = []
    if counts is not None:
        spans.extend(_counted(counts, short=short))
    if agent is not None:
        spans.append(Span(f" {agent.name}", "dim"))
        if agent.state != "ready":
            spans.append(Span(f" · {STATE_WORDS[agent.state]}", "strong"))
        elif not short:
            spans.append(Span(" · ready", "dim"))
        spans.append(Span(" "))
    if here is not None:
        spans.append(Span(f" {ages.clock_time(here.now, here.zone)}", "dim"))
    return tuple(spans)


def _counted(counts: Counts, *, short: bool) -> list[Span]:
    late = "late" if short else f"promise{_s(counts.late)} late"
    due = "due" if short else f"promise{_s(counts.due_today)} due today"
    open_ = "to wrap up" if short else f"wrap-up{_s(counts.wrap_ups)} open"
    shown: list[tuple[int, str, Ink]] = [
        (counts.waiting, "waiting", "text"),
        (counts.late, late, "act"),
        (counts.due_today, due, "act"),
        (counts.wrap_ups, open_, "text"),
    ]
    return [Span(f"{count} {word}  ", ink) for count, word, ink in shown if count]


def _s(count: int) -> str:
    return "" if count == 1 else "s"


class FooterBar(PlainBar):
    """The keys of the actions that work right now."""

    DEFAULT_CSS = "FooterBar { background: $bar; padding: 0 1; }"

    def show_actions(self, actions: Sequence[Action], keys: Mapping[str, tuple[str, ...]]) -> None:
        """Show these actions, each with its first key."""
        spans: list[Span] = []
        for action in actions:
            spans.append(Span(key_name(keys[action.id][0]), "mark"))
            spans.append(Span(f" {action.footer}   ", "dim"))
        self.show(Line(tuple(spans)))


class CallStrip(PlainBar):
    """Calls that are not the one on the screen: the first of them, and how to open it."""

    DEFAULT_CSS = "CallStrip { display: none; padding: 0 1; }"

    def show_calls(
        self,
        calls: Sequence[Interaction],
        callers: Mapping[int, tuple[RecentCustomer, ...]],
        key: str,
    ) -> None:
        """Show the first call with the key that opens it, and how many more there are."""
        self.display = bool(calls)
        if not calls:
            return
        call = calls[0]
        spans = [
            Span(f"{state_of(call)}  ", "act" if call.state == "ringing" else "dim"),
            Span(caller(call), "strong"),
        ]
        if call.peer and call.peer != caller(call):
            spans.append(Span(f"  {call.peer}", "dim"))
        spans.append(Span(f"  {_whose(call, callers)}", "dim"))
        more = f"and {len(calls) - 1} more   " if len(calls) > 1 else ""
        self.show(Line(tuple(spans), (Span(more, "dim"), Span(key, "mark"), Span(" opens", "dim"))))


def _whose(call: Interaction, callers: Mapping[int, tuple[RecentCustomer, ...]]) -> str:
    if call.customer_id is not None:
        return call.channel
    known = callers.get(call.id, ())
    if known:
        return f"{len(known)} people share this number"
    return f"{call.channel}, nobody known"
