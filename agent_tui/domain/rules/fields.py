"""The fields that a script may fill in, what each says, and how they are made of the records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import NamedTuple

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.complaints import next_step
from agent_tui.domain.rules.freshness import is_stale
from agent_tui.domain.rules.snippets import customer_fields, fields_of
from agent_tui.domain.rules.templates import Fields
from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.kinds import FactKind
from agent_tui.domain.values.people import Case, Dossier, Fact, Interaction
from agent_tui.domain.values.promises import Promise

ANSWER = "answer"
"""The field of captures alone: what was answered in their step."""
HISTORY = ("promise", "complaint", "fact")
"""The groups that tell what passed between the customer and us."""
REACH = ("customer.phone", "customer.email")
"""The fields that tell whoever is on the line how the customer is reached."""


class Field(NamedTuple):
    """A field and what it says, as the documentation does."""

    name: str
    says: str


_FACTS: dict[FactKind, str] = {
    "expects": "what they expect",
    "values": "what they value",
    "prefers": "what they prefer",
    "circumstance": "a circumstance of theirs",
    "agreed": "what was agreed",
    "notice": "what everybody has to heed",
    "knows": "anything else worth knowing",
}

FIELDS: tuple[Field, ...] = (
    Field("customer.name", "the whole name"),
    Field("customer.first_name", "the first name"),
    Field("customer.last_name", "the last name"),
    Field("customer.company", "the company"),
    Field("customer.city", "where they live"),
    Field("customer.language", "their language, as a code: `en`"),
    Field("customer.pronouns", "their pronouns"),
    Field("customer.phone", "the number they prefer, or the first"),
    Field("customer.email", "the e-mail address they prefer, or the first"),
    Field("agent.name", "your whole name"),
    Field("agent.first_name", "your first name"),
    Field("agent.handle", "your handle"),
    Field("agent.team", "your team"),
    Field("promise.text", "our open promise to them that is due first"),
    Field("promise.due", "when it is due: `late 6 d`, `tomorrow`"),
    Field("promise.date", "the day it is due: `Tue 17 Nov`"),
    Field("promise.owner", "who promised it"),
    Field("complaint.text", "their open complaint, the oldest"),
    Field("complaint.id", "its id, to be said"),
    Field("complaint.next", "what is to be done next about it"),
    Field("complaint.due", "by when: `tomorrow`, `late 2 d`"),
    *(Field(f"fact.{kind}", f"{says}, the newest") for kind, says in _FACTS.items()),
    Field("interaction.agenda", "what they want this time, in their words"),
    Field("interaction.channel", "how they reached us: `phone`, `chat`"),
    Field("today", "the day: `Tue 24 Nov`"),
)
"""Every field but `ANSWER`, in the order of the documentation."""

NAMES = frozenset(field.name for field in FIELDS)


def fields_for(
    dossier: Dossier, agent: Agent, interaction: Interaction | None, now: datetime, zone: tzinfo
) -> Fields:
    """What a script says to this customer at this moment; days are those of `zone`."""
    return {
        **fields_of(dossier.customer, agent),
        "promise": _promise_fields(dossier.promises, now, zone),
        "complaint": _complaint_fields(dossier.cases, now, zone),
        "fact": {kind: fact.text for kind, fact in _newest_facts(dossier.facts).items()},
        "interaction": {"agenda": interaction.agenda, "channel": interaction.channel}
        if interaction
        else {},
        "today": ages.weekday(now, now, zone),
    }


def fresh_in(dossier: Dossier, now: datetime) -> frozenset[str]:
    """The fields that are known well enough to be confirmed instead of asked for.

    Those are what the customer's own record says, and facts that were not guessed and need not be
    asked again yet.
    """
    known = customer_fields(dossier.customer)
    of_customer = {f"customer.{name}" for name, value in known.items() if value and value.strip()}
    of_facts = {
        f"fact.{kind}"
        for kind, fact in _newest_facts(dossier.facts).items()
        if fact.source != "impression" and not is_stale(fact, now)
    }
    return frozenset(of_customer | of_facts)


def _promise_fields(
    promises: Iterable[Promise], now: datetime, zone: tzinfo
) -> dict[str, str | None]:
    """Of our open promises the one that is due first; those without a date come last."""
    ours = [one for one in promises if one.side == "ours" and one.state == "open"]
    if not ours:
        return {}
    first = min(ours, key=lambda one: (one.due_at is None, one.due_at or one.created_at, one.id))
    due = first.due_at
    return {
        "text": first.text,
        "due": ages.due(due, now, zone) if due else None,
        "date": ages.weekday(due, now, zone) if due else None,
        "owner": first.owner,
    }


def _complaint_fields(cases: Iterable[Case], now: datetime, zone: tzinfo) -> dict[str, str | None]:
    """Of the open complaints the oldest."""
    complaints = [one for one in cases if one.kind == "complaint" and one.is_open]
    if not complaints:
        return {}
    oldest = min(complaints, key=lambda one: (one.opened_at, one.id))
    step = next_step(oldest)
    return {
        "text": oldest.title,
        "id": oldest.called,
        "next": step.words if step else None,
        "due": ages.due(step.due_at, now, zone) if step and step.due_at else None,
    }


def _newest_facts(facts: Iterable[Fact]) -> dict[FactKind, Fact]:
    return {fact.kind: fact for fact in sorted(facts, key=lambda one: (one.stated_at, one.id))}
