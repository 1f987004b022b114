"""Relationship under test: gone to as a lead, read from memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from agent_tui.services.desk import Desk
from agent_tui.tui.screens.relationship import RelationshipScreen
from tests.fakes.measuring import MeasuringFromMemory
from tests.tui.conftest import Open, Stage

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: size[0])


def name(what: str, size: tuple[int, int]) -> str:
    return f"relationship-{what}-{size[0]}x{size[1]}"


def make_lead(desk: Desk) -> None:
    """Mira leads from now on."""
    with desk.writing() as unit:
        unit.execute("UPDATE agents SET role = 'lead' WHERE handle = 'mira'")


def place(stage: Stage) -> RelationshipScreen:
    screen = stage.app.screen
    assert isinstance(screen, RelationshipScreen)
    return screen


def from_memory(stage: Stage) -> MeasuringFromMemory:
    """From now on measures come from memory; behind each number are conversations of the demo."""
    measuring = MeasuringFromMemory(stage.desk)
    rows = stage.desk.store.reader().rows(
        "SELECT id FROM interactions WHERE state = 'wrapped_up' ORDER BY opened_at DESC LIMIT 4"
    )
    measuring.calls = tuple(int(row[0]) for row in rows)
    stage.desk.__dict__["measuring"] = measuring
    return measuring


@asynccontextmanager
async def led(
    open_app: Open, desk: Desk, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Stage, MeasuringFromMemory]]:
    """The desk of a lead, whose measures come from memory; Relationship is not gone to yet."""
    make_lead(desk)
    async with open_app(size=size) as stage:
        yield stage, from_memory(stage)


@asynccontextmanager
async def gone_to(
    open_app: Open, desk: Desk, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Stage, MeasuringFromMemory]]:
    """Relationship, all read."""
    async with led(open_app, desk, size) as (stage, measuring):
        await stage.press("f3")
        await stage.until("Enter opens a measure")
        await all_beside(stage)
        yield stage, measuring


async def all_beside(stage: Stage) -> None:
    """Wait until every section beside the measures is read."""
    await stage.sees(lambda: set(place(stage)._matters) >= set(place(stage)._sections))


async def to_measure(stage: Stage, measure: str) -> None:
    """Put the cursor on a measure and open it."""
    shown = place(stage).measure_list
    while shown.key != measure:
        await stage.press("j")
    await stage.press("enter")
    await stage.sees(lambda: place(stage).view == "measure")
