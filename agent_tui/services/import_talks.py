"""Interactions of a record with their messages and notes, made ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from agent_tui.domain.rules.mark_signs import topics_in
from agent_tui.domain.tables import Note
from agent_tui.domain.values.kinds import CallState
from agent_tui.domain.values.records import InteractionRecord, MessageRecord, NoteRecord
from agent_tui.errors import BadInput
from agent_tui.services import import_fields as fields
from agent_tui.services.capture_calls import TOPIC_LIMIT
from agent_tui.services.import_parts import Child, Contact, Values
from agent_tui.text.hygiene import clean_text

_LIVELY = timedelta(days=1)


def contacts(records: Sequence[InteractionRecord], *, now: datetime, live: bool) -> list[Contact]:
    """The interactions of one customer. Raises BadInput."""
    return [
        _contact(record, f"interactions[{place}]", now=now, live=live)
        for place, record in enumerate(records)
    ]


def _contact(record: InteractionRecord, where: str, *, now: datetime, live: bool) -> Contact:
    external_id = fields.external(record.external_id, f"{where}.external_id")
    messages = [_message(message, f"{where}.messages") for message in record.messages]
    agent = fields.handle(record.agent, f"{where}.agent")
    agenda = fields.text(record.agenda, f"{where}.agenda")
    outcome = fields.text(record.outcome, f"{where}.outcome")
    begun = record.opened_at or _earliest(record)
    opened_at = begun or now
    key = None if external_id else _key(record, begun, agenda, outcome, messages)
    notes = list(_notes(record.notes, where, external_id or key, opened_at))
    news = {"agenda": agenda, "outcome": outcome, "closed_at": record.closed_at}
    if record.met != "not_asked":
        news["met"] = record.met
    return Contact(
        external_id=external_id,
        key=key,
        values={
            "channel": record.channel,
            "direction": record.direction,
            "agenda": agenda,
            "met": record.met,
            "outcome": outcome,
            "state": _state(record, agent, opened_at, now) if live else "wrapped_up",
            "opened_at": opened_at,
            "closed_at": record.closed_at,
        },
        news={column: value for column, value in news.items() if value is not None},
        agent=agent,
        topics=_topics(record, notes, where),
        messages=messages,
        notes=notes,
    )


def _key(
    record: InteractionRecord,
    begun: datetime | None,
    agenda: str | None,
    outcome: str | None,
    messages: list[Values],
) -> str:
    """Channel and opening time; where no time is known at all, everything that was said."""
    if begun is not None:
        return fields.key(record.channel, begun)
    said = [(message["speaker"], message["text"]) for message in messages]
    return fields.key(record.channel, None, record.closed_at, agenda, outcome, said)


def _earliest(record: InteractionRecord) -> datetime | None:
    times = [message.at for message in record.messages] + [note.at for note in record.notes]
    return min((at for at in times if at is not None), default=None)


def _state(
    record: InteractionRecord, agent: str | None, opened_at: datetime, now: datetime
) -> CallState:
    """What is left to do about an interaction of the last day."""
    if record.closed_at is None:
        if now - opened_at > _LIVELY:
            return "wrapped_up"
        return "talking" if agent else "ringing"
    unfinished = agent and record.met == "not_asked" and record.outcome is None
    return "ended" if unfinished and now - record.closed_at <= _LIVELY else "wrapped_up"


def _message(record: MessageRecord, where: str) -> Values:
    """The columns of a message but for its place. It may be empty, as an answer without words."""
    try:
        text = clean_text(record.text, fields.MESSAGE_LIMIT)
    except BadInput as error:
        raise BadInput(f"{where}: {error.message}") from None
    return {
        "external_id": fields.external(record.external_id, f"{where}.external_id"),
        "at": record.at,
        "speaker": record.speaker,
        "text": text,
        "final": True,
        "delivery": "none",
    }


def _notes(
    records: Iterable[NoteRecord], where: str, about: str | None, opened_at: datetime
) -> Iterator[Child]:
    """The notes that say something; one without a time was written when it all began."""
    for record in records:
        text = fields.text(record.text, f"{where}.notes")
        author = fields.handle(record.author, f"{where}.notes.author")
        if text is not None:
            yield Child(
                Note,
                fields.key(about, record.at, author, text),
                {"text": text, "at": record.at or opened_at, "corrects_id": None},
                agent=author,
                agent_column="author_id",
            )


def _topics(record: InteractionRecord, notes: Iterable[Child], where: str) -> list[str]:
    named = (fields.line(topic, f"{where}.topics") for topic in record.topics)
    given = [topic.casefold() for topic in named if topic]
    marked = [topic for note in notes for topic in topics_in(note.values["text"])]
    return list(dict.fromkeys(topic[:TOPIC_LIMIT] for topic in given + marked))
