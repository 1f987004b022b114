"""What notes made, as it stands in the tables."""

from __future__ import annotations

from typing import Any

from agent_tui.domain.rules.contacts import forms_of_peer
from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from agent_tui.storage.queries import customers

TABLES = (
    "promises",
    "facts",
    "concessions",
    "refusals",
    "moods",
    "cases",
    "complaints",
    "questions",
    "follow_ups",
    "interaction_topics",
)
"""Where the records of notes stand."""

EVERY_MARK = """stayed home #Boiler !call back fri 10am @asha =prefers mornings
gave: waived fee £20 got: patience no: the service plan mood: "so tired of this"
complaint: nobody came on Monday ask: which boiler is it? wants: the visit that never came
theirs: send the invoice +2d
@asha please check the route"""


def a_call(desk: Desk, call: str = "1", sender: str | None = None) -> int:
    """The id of a call that goes on."""
    desk.conversing.take(CallSignal("phone", call, "ringing", sender=sender))
    desk.conversing.take(CallSignal("phone", call, "answered"))
    return next(one.id for one in desk.opening.live() if one.peer == sender)


def rows(desk: Desk, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """What a query finds."""
    return [tuple(row) for row in desk.store.reader().rows(sql, **parameters)]


def counts(desk: Desk) -> dict[str, int]:
    """How many records there are, by table; tables without any are left out."""
    found = {table: rows(desk, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}
    return {table: number for table, number in found.items() if number}


def agenda(desk: Desk, call: int) -> str | None:
    """What the customer wants from an interaction."""
    [(found,)] = rows(desk, "SELECT agenda FROM interactions WHERE id = :call", call=call)
    return found if found is None else str(found)


def topics(desk: Desk, call: int) -> list[str]:
    """The topics of an interaction."""
    found = rows(
        desk,
        "SELECT topic FROM interaction_topics WHERE interaction_id = :call ORDER BY topic",
        call=call,
    )
    return [row[0] for row in found]


def who_calls(desk: Desk, peer: str) -> list[int]:
    """Those whom this number or address leads to, the latest contact first."""
    forms = forms_of_peer(peer, desk.region)
    return customers.behind_contact(desk.store.reader(), normals=forms)


def customers_of(desk: Desk) -> dict[str, set[int]]:
    """Whose the notes and the records are, by table."""
    tables = ("notes", *(table for table in TABLES if table not in _WITHOUT_CUSTOMER))
    found = {
        table: {row[0] for row in rows(desk, f"SELECT customer_id FROM {table}")}
        for table in tables
    }
    return {table: owners for table, owners in found.items() if owners}


_WITHOUT_CUSTOMER = ("complaints", "interaction_topics")
