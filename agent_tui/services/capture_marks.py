"""What the marks of a note ask for: columns of records, topics, the agenda."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from agent_tui.domain.rules.promises import due_doubt
from agent_tui.domain.values.marks import DueTime, Mark, ReadNote
from agent_tui.domain.values.notes import RecordKind
from agent_tui.storage.queries import agents
from agent_tui.text.hygiene import clean_line

if TYPE_CHECKING:
    from agent_tui.storage.reader import Reader

MARKS_LIMIT = 200
"""Marks of one note that count: more than anybody types, fewer than a pasted file has."""
WORDS_LIMIT = 2_000
"""Characters of a record's words; the note keeps all of them."""
AMOUNT_LIMIT = 40
_NO_LIMIT = 10 * WORDS_LIMIT

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record that a mark asks for: its exact words, and the columns that the mark fills.

    `due` are those of its words that say when it is due.
    """

    kind: RecordKind
    mark: str
    columns: Columns
    due: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the marks of a note ask for, and what its writer should know of them."""

    records: tuple[Wanted, ...] = ()
    topics: tuple[str, ...] = ()
    agenda: str | None = None
    warnings: tuple[str, ...] = ()


def hear(
    reader: Reader,
    read: ReadNote,
    *,
    author_id: int | None,
    at: datetime,
    zone: tzinfo,
    due_times: str | None = None,
) -> Heard:
    """What a note asks for that `author_id` wrote `at` that moment, where the clocks hang.

    `due_times` are those that were written down when the note was saved (`due_times_of`).
    """
    counted = replace(read, marks=read.marks[:MARKS_LIMIT])
    promised = [mark for mark in counted.marks if mark.kind == "promise"]
    kept = (due_times or "").split(" ")
    if due_times is None or len(kept) != len(promised):
        kept = [_written(_due_at(mark.due)) for mark in promised]
    due_at = iter(kept)
    warnings = []
    if len(read.marks) > MARKS_LIMIT:
        warnings.append(f"only the first {MARKS_LIMIT} marks of a note become records")
    records = []
    for mark in counted.marks:
        if mark.kind == "agenda" or mark.kind == "topic" or mark.kind == "handover":
            continue
        words = counted.words_of(mark)
        colleague = None
        if mark.agent is not None:
            words = words if mark.kind == "follow_up" else f"{words} @{mark.agent}"
            colleague = _agent(reader, mark.agent)
            if colleague is None:
                warnings.append(_nobody(mark))
        if mark.due is not None and mark.due.problem is not None and mark.kind == "promise":
            warnings.append(_unsure(mark, mark.due, at, zone))
        if mark.unread is not None:
            warnings.append(f"“{mark.unread}” is no sum of money: it was noted without one")
        due = _read(next(due_at)) if mark.kind == "promise" else None
        columns = _FILL[mark.kind](_Spoken(mark, at, author_id, colleague, due))
        if columns is not None:
            records.append(Wanted(mark.kind, words, columns, mark.due.words if mark.due else ""))
    wishes = [mark.body for mark in counted.marks if mark.kind == "agenda"]
    agenda = _short("; ".join(wishes)) if wishes else None
    return Heard(tuple(records), counted.topics, agenda, tuple(dict.fromkeys(warnings)))


def due_times_of(said: Heard) -> str | None:
    """When the promises of a note are due, to be written down with it; None for no promise."""
    promised = [one for one in said.records if one.kind == "promise"]
    return " ".join(_written(one.columns["due_at"]) for one in promised) or None


def with_due_times_of(said: Heard, before: Heard) -> Heard:
    """What a correction asks for: promises whose due time is written as it was are due as they
    were, whenever and wherever it was corrected."""
    left = [one for one in before.records if one.kind == "promise"]
    kept: dict[int, datetime | None] = {}
    for words_of in (attrgetter("mark"), attrgetter("due")):
        for place, one in enumerate(said.records):
            old = next((old for old in left if words_of(old) == words_of(one)), None)
            if one.kind == "promise" and place not in kept and old is not None:
                left.remove(old)
                kept[place] = old.columns["due_at"]
    records = (
        replace(one, columns={**one.columns, "due_at": kept[place]}) if place in kept else one
        for place, one in enumerate(said.records)
    )
    return replace(said, records=tuple(records))


def _written(due_at: datetime | None) -> str:
    return "-" if due_at is None else due_at.isoformat()


def _read(written: str) -> datetime | None:
    return None if written == "-" else datetime.fromisoformat(written)


def _due_at(due: DueTime | None) -> datetime | None:
    """One that has passed is none."""
    return None if due is None or due.problem == "past" else due.at


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A mark with what its note adds: when, by whom, the colleague that it names, when due."""

    mark: Mark
    at: datetime
    author_id: int | None
    colleague_id: int | None
    due_at: datetime | None


def _promise(spoken: _Spoken) -> Columns:
    """Ours are the author's until a colleague accepts them. A due time that is not plain leaves
    its words in the text."""
    mark, due = spoken.mark, spoken.mark.due
    is_plain = due is None or due.problem is None
    columns = {
        "side": mark.side or "ours",
        "text": _short(mark.body if is_plain else _with_due(mark)),
        "due_at": spoken.due_at,
        "owner_id": None if mark.side == "theirs" else spoken.author_id,
        "contact": mark.callback and _short(mark.callback),
        "created_at": spoken.at,
    }
    if spoken.colleague_id not in (None, spoken.author_id):
        columns |= {"offered_to_id": spoken.colleague_id, "offered_by_id": spoken.author_id}
    return columns


def _fact(spoken: _Spoken) -> Columns:
    return {
        "kind": spoken.mark.fact_kind or "knows",
        "text": _short(spoken.mark.body),
        "source": "stated",
        "stated_at": spoken.at,
    }


def _concession(spoken: _Spoken) -> Columns:
    mark = spoken.mark
    fits = mark.amount is not None and len(mark.amount) <= AMOUNT_LIMIT
    return {
        "side": mark.side or "ours",
        "kind": _short(mark.body),
        "amount": mark.amount if fits else None,
        "currency": mark.currency if fits else None,
        "reason": mark.reason and _short(mark.reason),
        "at": spoken.at,
    }


def _refusal(spoken: _Spoken) -> Columns:
    return {"what": _short(spoken.mark.body), "at": spoken.at}


def _words(spoken: _Spoken) -> Columns:
    """A mood, a question."""
    return {"text": _short(spoken.mark.body), "at": spoken.at}


def _follow_up(spoken: _Spoken) -> Columns | None:
    if spoken.colleague_id is None:
        return None
    return {
        "text": _short(_with_due(spoken.mark)),
        "at": spoken.at,
        "owner_id": spoken.colleague_id,
        "asked_by_id": spoken.author_id,
    }


def _complaint(spoken: _Spoken) -> Columns:
    return {"text": spoken.mark.body, "opened_at": spoken.at}


_FILL: dict[RecordKind, Callable[[_Spoken], Columns | None]] = {
    "promise": _promise,
    "fact": _fact,
    "concession": _concession,
    "refusal": _refusal,
    "mood": _words,
    "complaint": _complaint,
    "question": _words,
    "follow_up": _follow_up,
}
"""How marks fill the columns of the records of a customer; None where there can be none."""


def _with_due(mark: Mark) -> str:
    return f"{mark.body} {mark.due.words}" if mark.due else mark.body


def _short(words: str) -> str:
    kept = words if len(words) <= WORDS_LIMIT else f"{words[: WORDS_LIMIT - 1]}…"
    return clean_line(kept, _NO_LIMIT)


def _agent(reader: Reader, handle: str) -> int | None:
    known = agents.by_handle(reader, handle=handle)
    return known.id if known else None


def _nobody(mark: Mark) -> str:
    if mark.kind == "promise":
        return f"nobody here is called @{mark.agent}: the promise stays yours"
    return f"nobody here is called @{mark.agent}: no follow-up was made of “{mark.body}”"


def _unsure(mark: Mark, due: DueTime, at: datetime, zone: tzinfo) -> str:
    if due.problem == "past":
        return f"“{due.words}” has passed: “{mark.body}” has no due time"
    doubt = due_doubt(due, at, zone)
    if doubt is None:
        return f"“{due.words}” could not be told for certain: “{mark.body}” has no due time"
    return f"{doubt} for “{mark.body}”"
