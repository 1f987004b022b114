"""What is unknown about somebody and worth asking: at most one thing, in a fixed order.

1. An open question, the oldest first: somebody wrote it down because the answer is needed.
2. A fact that has aged, to be confirmed: how to treat them first, and of each kind what has been
   past its time for longest. Where it still holds, a yes is enough.
3. What was never asked and makes every later contact better: how they like to be reached, their
   language, how to speak of them. Nothing that the desk could not say why it wants to know.

While a promise of ours is late or a complaint is open, only an open question is prompted: its
answer may be what helps, and nobody who was let down should be asked a favour first.

The same thing is not prompted again within 90 days, and what the customer declined never again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.freshness import holds_until, is_stale
from agent_tui.domain.values import ids
from agent_tui.domain.values.knowing import PromptPast, Unknown

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import FactKind
    from agent_tui.domain.values.people import Dossier, Fact

REST = timedelta(days=90)
"""For how long a thing is not prompted again."""

FIELDS = ("language", "pronouns")
"""The fields of a customer that may be asked for."""

_CONFIRMED: tuple[FactKind, ...] = ("prefers", "expects", "agreed", "values", "circumstance")
"""The kinds whose change matters most, the first one first; all others come behind."""


def choose(dossier: Dossier, past: Iterable[PromptPast], now: datetime) -> Unknown | None:
    """The one thing to ask, or None. `past` is what was prompted about this customer before."""
    spent = {one.what for one in past if one.at > now - REST or one.outcome == "declined"}
    is_owed = _owes(dossier, now)
    return next(
        (
            one
            for one in unknowns(dossier, now)
            if one.what not in spent and (one.kind == "question" or not is_owed)
        ),
        None,
    )


def unknowns(dossier: Dossier, now: datetime) -> tuple[Unknown, ...]:
    """All that is unknown and worth asking, in the order in which it is."""
    return (*_questions(dossier), *_aged(dossier, now), *_never_asked(dossier))


def _owes(dossier: Dossier, now: datetime) -> bool:
    late = any(
        one.side == "ours" and one.state == "open" and ages.is_late(one.due_at, now)
        for one in dossier.promises
    )
    return late or any(one.kind == "complaint" and one.is_open for one in dossier.cases)


def _questions(dossier: Dossier) -> list[Unknown]:
    open_ones = sorted(
        (one for one in dossier.questions if one.state == "open"), key=lambda one: (one.at, one.id)
    )
    return [
        Unknown("question", f"question:{ids.show(ids.QUESTION, one.id)}", one.text)
        for one in open_ones
    ]


def _aged(dossier: Dossier, now: datetime) -> list[Unknown]:
    aged = sorted(
        (fact for fact in dossier.facts if is_stale(fact, now)),
        key=lambda fact: (_rank(fact), holds_until(fact) or now, fact.id),
    )
    return [
        Unknown("confirm", f"confirm:{ids.show(ids.FACT, fact.id)}", _still(fact)) for fact in aged
    ]


def _rank(fact: Fact) -> int:
    return _CONFIRMED.index(fact.kind) if fact.kind in _CONFIRMED else len(_CONFIRMED)


def _still(fact: Fact) -> str:
    """What only an agent gathered was never said by the customer, so that nothing is *still* so."""
    return f"{'is it so' if fact.source == 'impression' else 'still so'}: {fact.text}?"


def _never_asked(dossier: Dossier) -> list[Unknown]:
    who = dossier.customer
    unknown = []
    if not any(point.preferred for point in who.contact_points) and not any(
        fact.kind == "prefers" for fact in dossier.facts
    ):
        unknown.append(Unknown("fact", "fact:prefers", "how and when they like to be reached"))
    if not who.language:
        unknown.append(Unknown("field", "field:language", "the language they like best"))
    if not who.pronouns and who.given_name:
        words = "how to speak of them: she, he, they, or otherwise"
        unknown.append(Unknown("field", "field:pronouns", words))
    return unknown
