"""In which order those who wait for us stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.today import Counts, Today, Unanswered

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIRA = Agent(1, "mira", "Mira", "agent", "Floor", "ready", None)


def call(number: int, minutes_ago: int, **more: Any) -> Interaction:
    made = Interaction(
        id=number,
        customer_id=None,
        customer=None,
        channel="chat",
        direction="in",
        state="ringing",
        opened_at=NOON - timedelta(minutes=minutes_ago),
        answered_at=None,
        closed_at=None,
        agent_id=None,
        agent=None,
        agenda=None,
        met="not_asked",
        outcome=None,
        topics=(),
    )
    return replace(made, **more)


def test_on_hold_then_what_rings_then_who_wrote_each_by_how_long_they_wait() -> None:
    held_at = NOON - timedelta(minutes=2)
    answered_at = NOON - timedelta(minutes=60)
    today = Today(
        MIRA,
        Counts(0, 0, 0, 0),
        held=(
            call(1, 30, channel="phone", state="on_hold", held_at=held_at),
            call(2, 4, channel="phone", state="on_hold"),
        ),
        waiting=(
            call(3, 90),
            call(4, 10, channel="email"),
            call(5, 0, channel="phone"),
            call(6, 1, channel="phone"),
        ),
        unanswered=(
            Unanswered(call(7, 99, answered_at=answered_at), NOON - timedelta(minutes=50)),
        ),
    )
    assert [(one.call.id, one.kind) for one in today.in_line] == [
        (2, "held"),
        (1, "held"),
        (6, "ringing"),
        (5, "ringing"),
        (3, "first_answer"),
        (7, "unanswered"),
        (4, "first_answer"),
    ]
    assert [one.since for one in today.in_line][1] == held_at
