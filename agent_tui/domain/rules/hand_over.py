"""What a colleague reads before they take a conversation over.

A pure function of the records as they are at the time of reading: neither their order nor the zone
in which their moments are written matters, but for which day is today. Nothing in it is written
for the occasion, apart from the own words of those who handed it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from agent_tui.domain.rules.asked_already import asked_already, is_answer, still_to_ask
from agent_tui.domain.rules.brief import NOT_VERIFIED
from agent_tui.domain.rules.brief_lines import DUTIES
from agent_tui.domain.rules.marks import Writer, read_note
from agent_tui.domain.values import ids
from agent_tui.domain.values.hand_overs import HandOverBrief, Tried

if TYPE_CHECKING:
    from agent_tui.domain.values.briefing import OpenedCustomer
    from agent_tui.domain.values.conversation import Entry
    from agent_tui.domain.values.hand_overs import HandOver, Happened

TRIED_AT_MOST = 12
"""Notes and lines that are shown behind the words of those who handed it on, who are no more."""
TEXT_AT_MOST = 600
"""Characters that are shown of each; it stands whole in the conversation."""

_SPEAKERS = {"customer": "they", "agent": "we"}


def hand_over_brief(
    hand_over: HandOver,
    opened: OpenedCustomer | None,
    happened: Happened,
    now: datetime,
    zone: tzinfo,
) -> HandOverBrief:
    """What matters of a conversation to whoever takes it over, at a moment, in their time zone.

    `opened` is its customer as this reader opens them, None while nobody is known in it.
    """
    call, left = hand_over.call, happened.left
    dossier = opened.dossier if opened else None
    lines = opened.brief.lines if opened else ()
    do_not_ask = asked_already(call, dossier, happened, now, zone)
    return HandOverBrief(
        hand_over=hand_over,
        customer=dossier.customer if dossier else None,
        wants=call.agenda,
        held_for=call.hold_reason if call.state == "on_hold" else None,
        tried=(*_said_by_givers(hand_over, happened.passed_on), *_noted(happened.entries)),
        promised=tuple(sorted(left.promises, key=lambda one: (one.created_at, one.id))),
        mood=max(left.moods, key=lambda one: (one.at, one.id), default=None),
        verification=call.verified_how or NOT_VERIFIED,
        to_ask=still_to_ask(dossier, do_not_ask),
        do_not_ask=do_not_ask,
        duties=tuple(line for line in lines if line.kind in DUTIES),
    )


def said_in_note(text: str, now: datetime, zone: tzinfo) -> str:
    """What a note says beside its marks, in one line."""
    return " ".join(read_note(text, Writer(now, zone)).plain.split())


def with_words(brief: HandOverBrief, words: str) -> HandOverBrief:
    """The brief as it reads where its giver says these words, or none."""
    one = brief.hand_over
    mine = ids.show(ids.HAND_OVER, one.id)
    others = [tried for tried in brief.tried if tried.record != mine]
    place = sum(tried.kind == "giver" for tried in others)
    said = [Tried("giver", one.giver, _cut(words), one.at, mine)] if words else []
    return replace(brief, tried=(*others[:place], *said, *others[place:]))


def _said_by_givers(hand_over: HandOver, passed_on: Iterable[HandOver]) -> Iterator[Tried]:
    """What everybody said who handed it on, the first one first."""
    by_id = {one.id: one for one in (*passed_on, hand_over)}
    for one in sorted(by_id.values(), key=lambda one: (one.at, one.id)):
        if one.tried:
            shown = ids.show(ids.HAND_OVER, one.id)
            yield Tried("giver", one.giver, _cut(one.tried), one.at, shown)


def _noted(entries: Iterable[Entry]) -> Iterator[Tried]:
    """The newest notes and marked lines."""
    told = (entry for entry in entries if not is_answer(entry))
    for entry in sorted(told, key=lambda one: one.place, reverse=True)[:TRIED_AT_MOST]:
        yield _note(entry) if entry.kind == "note" else _line(entry)


def _note(entry: Entry) -> Tried:
    who = entry.author or "a colleague"
    return Tried("note", who, _cut(entry.text), entry.at, ids.show(ids.NOTE, entry.id))


def _line(entry: Entry) -> Tried:
    who = _SPEAKERS.get(entry.speaker, entry.speaker)
    return Tried("line", who, _cut(entry.text), entry.at, ids.show(ids.MESSAGE, entry.id))


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_AT_MOST else f"{text[: TEXT_AT_MOST - 1]}…"
