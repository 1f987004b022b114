"""Where the entries of a timeline come from: for each kind its table, its moment, its words."""

from __future__ import annotations

from dataclasses import dataclass

from agent_tui.domain.values import ids
from agent_tui.domain.values.timeline import TimelineKind
from agent_tui.storage.queries.shown_ids import shown


@dataclass(frozen=True, slots=True)
class Source:
    """The records behind one kind of entry.

    They are read in the order of `at` and `id` within `whose`, by an index of the three with the
    condition `only`. `fields` are columns by the fields of an entry; `joins` are what these need.
    Where `table` is two of them, `joined` is how their rows belong together.
    """

    table: str
    id: str
    at: str
    whose: str
    only: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    joins: str = ""
    joined: str = ""


def _fields(**columns: str) -> tuple[tuple[str, str], ...]:
    return tuple(columns.items())


_AUTHOR = "LEFT JOIN notes n ON n.id = {0}.note_id LEFT JOIN agents a ON a.id = n.author_id"
_CASE = _fields(
    text="k.title",
    state="k.state",
    label="k.kind",
    called="coalesce(s.speakable, k.external_id)",
    interaction_id="k.interaction_id",
    note_id="k.note_id",
)
_FACT = _fields(
    text="f.text",
    state="f.state",
    label="f.kind",
    source="f.source",
    who="a.name",
    interaction_id="f.interaction_id",
    note_id="f.note_id",
)


_TAKEN = f"e.subject = {shown(ids.PROMISE, 'p.id')} AND e.kind = 'promise.accepted'"
"""Of an event, that a colleague took a promise over."""
_PROMISED_BY = (
    f"CASE WHEN p.version > 1 AND EXISTS (SELECT 1 FROM events e WHERE {_TAKEN}) "
    "THEN (SELECT b.name FROM events e JOIN agents b ON b.id = CAST(e.detail AS BIGINT) "
    f"WHERE {_TAKEN} ORDER BY e.sequence LIMIT 1) ELSE a.name END"
)
"""Who promised something: whose it was before the first who took it over, where that is known."""


def _step(at: str, reason: str) -> Source:
    """A step of a complaint. Its moments stand beside the case, so all complaints that this
    customer ever made are looked at, and nobody else's."""
    return Source(
        "cases k CROSS JOIN complaints s",
        "k.id",
        at,
        "k.customer_id",
        f"k.kind = 'complaint' AND {at} IS NOT NULL",
        (*_CASE, ("reason", reason)),
        joined="s.case_id = k.id",
    )


SOURCES: dict[TimelineKind, Source] = {
    "interaction": Source("interactions i", "i.id", "i.opened_at", "i.customer_id"),
    "note": Source(
        "notes n",
        "n.id",
        "n.at",
        "n.customer_id",
        "n.interaction_id IS NULL AND n.corrects_id IS NULL AND n.undone_at IS NULL",
        _fields(text="n.text", who="a.name", note_id="n.id"),
        "LEFT JOIN agents a ON a.id = n.author_id",
    ),
    "case": Source(
        "cases k",
        "k.id",
        "k.opened_at",
        "k.customer_id",
        fields=_CASE,
        joins="LEFT JOIN complaints s ON s.case_id = k.id",
    ),
    "promise": Source(
        "promises p",
        "p.id",
        "p.created_at",
        "p.customer_id",
        "p.replaces_id IS NULL",
        _fields(
            text="p.text",
            state="p.state",
            side="p.side",
            who=_PROMISED_BY,
            due_at="p.due_at",
            interaction_id="p.interaction_id",
            note_id="p.note_id",
        ),
        "LEFT JOIN agents a ON a.id = p.owner_id",
    ),
    "fact": Source(
        "facts f", "f.id", "f.stated_at", "f.customer_id", "", _FACT, _AUTHOR.format("f")
    ),
    "confirmed": Source(
        "facts f",
        "f.id",
        "f.confirmed_at",
        "f.customer_id",
        "f.confirmed_at IS NOT NULL",
        tuple((name, column) for name, column in _FACT if name != "who"),
    ),
    "refusal": Source(
        "refusals r",
        "r.id",
        "r.at",
        "r.customer_id",
        "",
        _fields(
            text="r.what",
            state="r.state",
            who="a.name",
            due_at="r.ask_again_after",
            interaction_id="r.interaction_id",
            note_id="r.note_id",
        ),
        _AUTHOR.format("r"),
    ),
    "mood": Source(
        "moods d",
        "d.id",
        "d.at",
        "d.customer_id",
        "",
        _fields(
            text="d.text",
            who="a.name",
            interaction_id="d.interaction_id",
            note_id="d.note_id",
        ),
        _AUTHOR.format("d"),
    ),
    "concession": Source(
        "concessions g",
        "g.id",
        "g.at",
        "g.customer_id",
        "",
        _fields(
            text="g.kind",
            reason="g.reason",
            state="g.state",
            side="g.side",
            amount="g.amount",
            currency="g.currency",
            who="a.name",
            interaction_id="g.interaction_id",
            note_id="g.note_id",
        ),
        _AUTHOR.format("g"),
    ),
    "follow_up": Source(
        "follow_ups u",
        "u.id",
        "u.at",
        "u.customer_id",
        "",
        _fields(
            text="u.text",
            state="u.state",
            who="a.name",
            other="o.name",
            interaction_id="u.interaction_id",
            note_id="u.note_id",
        ),
        "LEFT JOIN agents a ON a.id = u.asked_by_id LEFT JOIN agents o ON o.id = u.owner_id",
    ),
    "feedback": Source(
        "feedback b",
        "b.id",
        "b.asked_at",
        "b.customer_id",
        "",
        _fields(
            text="coalesce(b.text, '')",
            state="CASE WHEN b.answered_at IS NULL THEN 'open' ELSE 'answered' END",
            score="b.score",
            interaction_id="b.interaction_id",
        ),
    ),
    "script_run": Source(
        "script_runs w",
        "w.id",
        "w.started_at",
        "w.customer_id",
        "",
        _fields(
            text="coalesce(s.title, '')",
            state="w.state",
            label="coalesce(s.kind, '')",
            who="a.name",
            interaction_id="w.interaction_id",
        ),
        "LEFT JOIN scripts s ON s.id = w.script_id LEFT JOIN agents a ON a.id = w.agent_id",
    ),
    "hand_over": Source(
        "hand_overs h",
        "h.id",
        "h.at",
        "h.customer_id",
        "",
        _fields(
            text="coalesce(h.tried, '')",
            state="h.state",
            who="a.name",
            other="o.name",
            interaction_id="h.interaction_id",
        ),
        "LEFT JOIN agents a ON a.id = h.from_id LEFT JOIN agents o ON o.id = h.to_id",
    ),
    "told": _step("s.told_at", "s.decision"),
    # A promise that nobody changed was not taken over: of the others the events are looked at.
    "promise_taken": Source(
        "promises p CROSS JOIN events e",
        "p.id",
        "e.at",
        "p.customer_id",
        "p.version > 1",
        _fields(
            text="p.text",
            side="p.side",
            who="a.name",
            interaction_id="p.interaction_id",
            note_id="p.note_id",
        ),
        "LEFT JOIN agents a ON a.id = e.agent_id",
        _TAKEN,
    ),
    "promise_closed": Source(
        "promises p",
        "p.id",
        "p.closed_at",
        "p.customer_id",
        "p.closed_at IS NOT NULL",
        _fields(
            text="p.text",
            reason="p.reason",
            state="p.state",
            side="p.side",
            who="a.name",
            due_at="x.due_at",
            interaction_id="p.interaction_id",
            note_id="p.note_id",
        ),
        "LEFT JOIN agents a ON a.id = p.closed_by_id LEFT JOIN promises x ON x.replaces_id = p.id",
    ),
    "complaint_closed": _step("s.closed_at", "s.reaction"),
    "wrong": Source(
        "record_marks m",
        "m.id",
        "m.at",
        "m.customer_id",
        "m.how = 'wrong' AND m.undone_at IS NULL",
        _fields(
            reason="m.reason", label="m.subject", who="a.name", interaction_id="m.interaction_id"
        ),
        "LEFT JOIN agents a ON a.id = m.agent_id",
    ),
}
"""Every kind of entry. Interactions are read with their topics, notes as they read now, and what
was called wrong with its words, by `storage.queries.timeline`."""
