"""Today: what stands open for this agent while nobody is on the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.text.cells import pad
from agent_tui.tui.widgets.ink import Line, Span, line
from agent_tui.tui.widgets.lines import ListLines
from agent_tui.tui.widgets.wording import caller, happened, state_of

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Interaction, Promise
    from agent_tui.domain.values.today import DraftText, RecentCustomer, Today
    from agent_tui.tui.widgets.here import Here

_NAME = 20


class TodayPane(ListLines):
    """A list of people to turn to, by reason. A key is ("customer" or "call", id, reason)."""

    _lively = True

    @property
    def shows_focus(self) -> bool:
        """With nothing asked, the keys of the find box move its cursor."""
        return self._lively or self.has_focus

    def liven(self, lively: bool) -> None:
        """Whether the keys of the find box move its cursor."""
        if lively != self._lively:
            self._lively = lively
            self.refresh()

    def say(self, *words: str) -> None:
        """Show a state in words instead."""
        self.show([line(Span(text, "dim")) for text in words])

    def show_today(self, today: Today, here: Here) -> None:
        """Show what stands open."""
        lines: list[Line] = []
        sections = (
            ("Waiting", [_waiting(call, here) for call in today.waiting]),
            ("Promised by me", [_promise(promise, here) for promise in today.promises]),
            ("Not wrapped up", [_wrap_up(call, here) for call in today.wrap_ups]),
            ("Drafts", [_draft(draft, here) for draft in today.drafts]),
            ("In contact lately", [_recent(recent, here) for recent in today.recent]),
        )
        for title, rows in sections:
            if rows:
                if lines:
                    lines.append(Line())
                lines.append(line(Span(title, "strong"), Span(f" {len(rows)}", "dim")))
                lines.extend(rows)
        if not lines:
            lines = [line(Span(text, "dim")) for text in _empty(today)]
        self.show(lines)


def _empty(today: Today) -> tuple[str, ...]:
    if today.register_size:
        return ("Nobody waits and nothing is owed.", "Type a name, a number or a company above.")
    return (
        "Nobody is in this desk yet.",
        "agent-tui import FILE brings your people in;",
        "agent-tui demo shows a desk that is full.",
    )


def _named(name: str, what: Span, right: tuple[Span, ...], key: object) -> Line:
    return line(Span(f"  {pad(name, _NAME)}  "), what, right=right, key=key)


def _waiting(call: Interaction, here: Here) -> Line:
    key = (
        ("call", call.id, "waiting")
        if call.customer_id is None
        else ("customer", call.customer_id, f"waiting {call.id}")
    )
    age = ages.ago(call.opened_at, here.now, here.zone)
    return _named(
        caller(call),
        Span(call.agenda or f"{call.channel}, {state_of(call)}", "dim"),
        (Span(age, "act"),),
        key,
    )


def _promise(promise: Promise, here: Here) -> Line:
    late = ages.is_late(promise.due_at, here.now)
    soon = late or ages.is_due_today(promise.due_at, here.now, here.zone)
    age = ages.due(promise.due_at, here.now, here.zone)
    return _named(
        promise.customer,
        Span(promise.text, "text" if soon else "dim"),
        (Span(age, "act" if soon else "dim"),),
        ("customer", promise.customer_id, f"promise {promise.id}"),
    )


def _wrap_up(call: Interaction, here: Here) -> Line:
    key = (
        ("call", call.id, "wrap-up")
        if call.customer_id is None
        else ("customer", call.customer_id, f"wrap-up {call.id}")
    )
    age = ages.ago(call.opened_at, here.now, here.zone)
    return _named(caller(call), Span(happened(call), "dim"), (Span(age, "dim"),), key)


def _draft(draft: DraftText, here: Here) -> Line:
    key = (
        ("customer", draft.customer_id, f"draft {draft.about}")
        if draft.customer_id is not None
        else ("call", draft.interaction_id, f"draft {draft.about}")
    )
    age = ages.ago(draft.updated_at, here.now, here.zone)
    return _named(
        draft.subject or "nobody known", Span(draft.text, "dim"), (Span(age, "dim"),), key
    )


def _recent(recent: RecentCustomer, here: Here) -> Line:
    when = recent.last_contact_at
    age = "" if when is None else ages.ago(when, here.now, here.zone)
    key = ("customer", recent.customer_id, "recent")
    return _named(recent.name, Span(recent.company or "", "dim"), (Span(age, "dim"),), key)
