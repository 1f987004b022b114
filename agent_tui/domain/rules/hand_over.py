"""What a colleague reads before they take a conversation over.

A pure function of the records as they are at the time of reading: neither their order nor the zone
in which their moments are written matters, but for which day is today. Nothing in it is written
for the occasion, apart from the giver's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from agent_tui.domain.rules.asked_already import asked_already, is_answer
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
"""Notes and lines that are shown behind the giver's words."""
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
    return HandOverBrief(
        hand_over=hand_over,
        customer=dossier.customer if dossier else None,
        wants=call.agenda,
        tried=tuple(_tried(hand_over, happened.entries)),
        promised=tuple(sorted(left.promises, key=lambda one: (one.created_at, one.id))),
        mood=max(left.moods, key=lambda one: (one.at, one.id), default=None),
        verification=call.verified_how or NOT_VERIFIED,
        do_not_ask=asked_already(call, dossier, happened, now, zone),
        duties=tuple(line for line in lines if line.kind in DUTIES),
    )


def said_in_note(text: str, now: datetime, zone: tzinfo) -> str:
    """What a note says beside its marks, in one line."""
    return " ".join(read_note(text, Writer(now, zone)).plain.split())


def _tried(hand_over: HandOver, entries: Iterable[Entry]) -> Iterator[Tried]:
    """The giver's words, then the newest notes and marked lines."""
    if hand_over.tried:
        shown = ids.show(ids.HAND_OVER, hand_over.id)
        yield Tried("giver", hand_over.giver, _cut(hand_over.tried), hand_over.at, shown)
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
