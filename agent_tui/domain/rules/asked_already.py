"""What not to ask somebody again in a conversation that goes on with another agent, and what to.

Not what they said no to and would rather not say, what they answered in this conversation, and
what they said or confirmed since it began or today. Of each the newest comes first; what they said
no to is never cut. A question that is open is still to be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from itertools import islice
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.brief_lines import TREAT_KINDS
from agent_tui.domain.rules.freshness import last_said
from agent_tui.domain.rules.unknowns import FIELDS
from agent_tui.domain.values import ids
from agent_tui.domain.values.hand_overs import AskedAlready

if TYPE_CHECKING:
    from agent_tui.domain.values.conversation import Entry
    from agent_tui.domain.values.follow_ups import Question
    from agent_tui.domain.values.hand_overs import Happened
    from agent_tui.domain.values.people import Dossier, Fact, Interaction

AT_MOST = 12
"""Entries of a kind."""

_PROMPTED = {
    "fact:prefers": "how they like to be reached",
    "field:language": "the language they like best",
    "field:pronouns": "how to speak of them",
}


def asked_already(
    call: Interaction, dossier: Dossier | None, happened: Happened, now: datetime, zone: tzinfo
) -> tuple[AskedAlready, ...]:
    """The list for an interaction; `dossier` is None while nobody is known in it."""
    if dossier is None:
        return tuple(islice(_answers_of_scripts(happened), AT_MOST))
    return (
        *_refused(dossier, now),
        *_declined(dossier, happened),
        *islice(_answered(call, dossier, happened), AT_MOST),
        *islice(_said(call, dossier, now, zone), AT_MOST),
    )


def still_to_ask(
    dossier: Dossier | None, do_not_ask: Iterable[AskedAlready]
) -> tuple[Question, ...]:
    """The open questions, the oldest first as the brief asks them, without what not to ask."""
    if dossier is None:
        return ()
    not_again = {one.record for one in do_not_ask}
    asked = (
        one
        for one in sorted(dossier.questions, key=lambda one: (one.at, one.id))
        if one.state == "open" and ids.show(ids.QUESTION, one.id) not in not_again
    )
    return tuple(islice(asked, AT_MOST))


def is_answer(entry: Entry) -> bool:
    """Whether a script wrote an entry down, as what was answered in it."""
    return entry.kind == "message" and entry.speaker == "action"


def _refused(dossier: Dossier, now: datetime) -> Iterator[AskedAlready]:
    for one in sorted(dossier.refusals, key=lambda one: (one.at, one.id), reverse=True):
        if one.ask_again_after is None or one.ask_again_after > now:
            shown = ids.show(ids.REFUSAL, one.id)
            yield AskedAlready("refused", one.what, shown, one.ask_again_after)


def _declined(dossier: Dossier, happened: Happened) -> Iterator[AskedAlready]:
    prompt = happened.prompt
    if prompt is None or prompt.outcome != "declined":
        return
    kind, _, name = prompt.what.partition(":")
    texts = {
        **{ids.show(ids.QUESTION, one.id): one.text for one in dossier.questions},
        **{ids.show(ids.FACT, one.id): one.text for one in dossier.facts},
    }
    words = texts.get(name) or _PROMPTED.get(prompt.what, name)
    yield AskedAlready("declined", words, name if kind in ("question", "confirm") else None)


def _answered(call: Interaction, dossier: Dossier, happened: Happened) -> Iterator[AskedAlready]:
    """What scripts wrote down, a field that was asked for, and questions that were closed. An
    answer in words became a fact, which is told by itself."""
    yield from _answers_of_scripts(happened)
    prompt = happened.prompt
    if prompt is not None and prompt.outcome == "answered":
        kind, _, name = prompt.what.partition(":")
        if kind == "field" and name in FIELDS:
            value = getattr(dossier.customer, name)
            yield AskedAlready("answered", f"{_PROMPTED[prompt.what]}: {value}")
    for one in sorted(dossier.questions, key=lambda one: (one.at, one.id), reverse=True):
        is_here = one.interaction_id == call.id or (
            one.closed_at is not None and one.closed_at >= call.opened_at
        )
        is_told = any(fact.text.startswith(one.text) for fact in dossier.facts)
        if one.state == "answered" and is_here and not is_told:
            yield AskedAlready("answered", one.text, ids.show(ids.QUESTION, one.id))


def _answers_of_scripts(happened: Happened) -> Iterator[AskedAlready]:
    answers = (entry for entry in happened.entries if is_answer(entry))
    for entry in sorted(answers, key=lambda one: one.place, reverse=True):
        yield AskedAlready("answered", entry.text, ids.show(ids.MESSAGE, entry.id))


def _said(
    call: Interaction, dossier: Dossier, now: datetime, zone: tzinfo
) -> Iterator[AskedAlready]:
    said = (fact for fact in dossier.facts if _is_their_word(fact, call, now, zone))
    for fact in sorted(said, key=lambda one: (last_said(one), one.id), reverse=True):
        words = f"{fact.kind} {fact.text}" if fact.kind in TREAT_KINDS else fact.text
        yield AskedAlready("confirmed", words, ids.show(ids.FACT, fact.id))


def _is_their_word(fact: Fact, call: Interaction, now: datetime, zone: tzinfo) -> bool:
    """Whether they said it or confirmed it in this interaction, since it began, or today."""
    if fact.confirmed_at is None and fact.source != "stated":
        return False
    said = last_said(fact)
    is_new = said >= call.opened_at or ages.days_between(said, now, zone) == 0
    return fact.kind != "notice" and (fact.interaction_id == call.id or is_new)
