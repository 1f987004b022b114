"""A chat in which a customer has written, and what became of the answers."""

from __future__ import annotations

from agent_tui.domain.values import ids
from agent_tui.domain.values.conversation import Entry
from agent_tui.domain.values.kinds import ChannelName
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal
from agent_tui.services.desk import Desk


def chat(desk: Desk, call: str = "1", channel: ChannelName = "chat") -> int:
    """A conversation in which a customer has written."""
    desk.conversing.take(CallSignal(channel, call, "ringing", sender="@ada"))
    desk.conversing.take(MessageSignal(channel, call, "c1", "customer", "hello?"))
    return desk.browsing.recent(limit=1)[0].id


def entries(desk: Desk, interaction_id: int) -> list[Entry]:
    [passage] = desk.opening.call(interaction_id).passages
    return [entry for entry in passage.entries if entry.speaker == "agent"]


def delivery(desk: Desk, message_id: int) -> tuple[str, str | None]:
    row = desk.store.reader().row(
        "SELECT delivery, failure FROM messages WHERE id = :id", id=message_id
    )
    assert row is not None
    return row[0], row[1]


def drafts(desk: Desk) -> list[tuple[int, str]]:
    return [(draft.id, draft.text) for draft in desk.opening.today().drafts]


def report(desk: Desk, message_id: int, delivered: bool, reason: str | None = None) -> None:
    shown = ids.show(ids.MESSAGE, message_id)
    desk.conversing.take(DeliverySignal("chat", "1", shown, delivered, reason))


def kinds(desk: Desk) -> list[str]:
    rows = desk.store.reader().rows("SELECT kind FROM events ORDER BY sequence")
    return [row[0] for row in rows if row[0].startswith(("message.", "interaction."))]


def newest(desk: Desk) -> Interaction:
    return desk.browsing.recent(limit=1)[0]
