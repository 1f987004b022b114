"""What is known of somebody, what they said no to, and what each side gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.rules import ledger as books
from agent_tui.domain.rules.contradictions import side_by_side
from agent_tui.domain.rules.freshness import is_stale, last_said
from agent_tui.tui.widgets.abouts_known import words_of
from agent_tui.tui.widgets.ink import Span
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.sections.laid_out import BETWEEN, Entry

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Concession, Dossier, Fact, Refusal
    from agent_tui.tui.widgets.here import Here

SOURCES = {"stated": "said", "record": "on record", "impression": "impression"}
AT_ODDS, ASK_AGAIN = "≠", "?"


def facts(dossier: Dossier, here: Here) -> list[Entry]:
    """Newest first; those that contradict one another stand together, each of them marked."""
    return [
        _fact(fact, here, at_odds=len(group) > 1, follows=place > 0)
        for group in side_by_side(dossier.facts)
        for place, fact in enumerate(group)
    ]


def _fact(fact: Fact, here: Here, *, at_odds: bool, follows: bool) -> Entry:
    stale = is_stale(fact, here.now)
    age = ages.ago(last_said(fact), here.now, here.zone)
    source = Span(f"{SOURCES[fact.source]}{BETWEEN if stale else ' '}", "dim")
    return Entry(
        Row("fact", fact.id, "Knows", None, fact.interaction_id, fact),
        fact.text,
        "or" if follows else fact.kind,
        (source, Span("ask again") if stale else Span(age, "dim")),
        glyph=AT_ODDS if at_odds else ASK_AGAIN if stale else " ",
    )


def refusals(dossier: Dossier, here: Here) -> list[Entry]:
    """What they said no to, newest first, with when they may be asked again."""
    return [_refusal(one, here) for one in dossier.refusals]


def _refusal(one: Refusal, here: Here) -> Entry:
    again, age = one.ask_again_after, ages.ago(one.at, here.now, here.zone)
    right: tuple[Span, ...] = (Span(age, "dim"),)
    glyph = " "
    if again is not None and again > here.now:
        until = f"until {ages.day(again, here.now, here.zone)}"
        right = Span(age + BETWEEN, "dim"), Span(until, "dim")
    elif again is not None:
        right, glyph = (Span(age + BETWEEN, "dim"), Span("ask again")), ASK_AGAIN
    return Entry(
        Row("refusal", one.id, "No to", None, one.interaction_id, one),
        one.what,
        right=right,
        glyph=glyph,
    )


def balance(dossier: Dossier, here: Here) -> str:
    """What each side gave in twelve months, and ever where that is more."""
    book = books.ledger(dossier.concessions, here.now, dossier.more_given)
    return f"Twelve months: {books.in_words(book)}"


def given(dossier: Dossier, here: Here) -> list[Entry]:
    """The entries of the ledger, newest first."""
    return [_given(one, here) for one in dossier.concessions]


def _given(one: Concession, here: Here) -> Entry:
    return Entry(
        Row("entry", one.id, "Ledger", None, one.interaction_id, one),
        words_of(one),
        "we gave" if one.side == "ours" else "they gave",
        (Span(ages.ago(one.at, here.now, here.zone), "dim"),),
    )
