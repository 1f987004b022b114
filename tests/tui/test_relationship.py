"""Relationship on the screen: gone to and left, read newest first, chosen, explained."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from agent_tui.domain.rules.definitions import DEFINITIONS
from agent_tui.domain.values.measures import Whose
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui.app import DeskApp
from agent_tui.tui.screens.relationship import RelationshipScreen
from tests.fakes.measuring import not_for_agents
from tests.text.nasty import NASTY
from tests.tui.conftest import Open, Stage
from tests.tui.pictures import picture
from tests.tui.relationships import (
    SIZES,
    all_beside,
    from_memory,
    gone_to,
    led,
    name,
    place,
    to_measure,
)

# -- gone to and left


async def test_one_key_leads_there_and_one_back_and_the_desk_is_as_it_was(
    open_app: Open, desk: Desk
) -> None:
    async with led(open_app, desk) as (stage, _measuring):
        await stage.type("katherine smith\r")
        await stage.until("Before you speak")
        await stage.press("f4")
        await stage.type("half a note")
        await stage.press("f3")
        await stage.until("Enter opens a measure")
        assert "Promises kept in time" in stage.shown
        await stage.press("f2")
        await stage.until("newest first")
        await stage.press("f3")
        await stage.until("Enter opens a measure")
        await stage.press("f1")
        await stage.until("half a note", "Before you speak")


async def test_a_sitting_begins_there_where_the_last_one_ended_there(
    desk: Desk, tmp_path: Path
) -> None:
    kept = tmp_path / "state" / "place"
    for keys in (["f3"], []):
        app = DeskApp(lambda: desk, place_file=kept)
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.press(*keys)
            assert isinstance(app.screen, RelationshipScreen)
            while "Promises kept in time" not in picture(app):
                await pilot.pause(0.01)
            await app.action_quit()


async def test_keys_that_are_typed_ahead_go_where_the_first_of_them_leads(
    open_app: Open, desk: Desk
) -> None:
    async with led(open_app, desk) as (stage, _measuring):
        await stage.press("f3", "j", "j")
        await stage.sees(lambda: place(stage).measure_list.key == "same_need_again")


@SIZES
async def test_everything_is_shown_at_three_sizes(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with gone_to(open_app, desk, size) as (stage, _measuring):
        await stage.looks_like(name("full", size))


async def test_beside_the_measures_there_is_room_where_the_focus_is(
    open_app: Open, desk: Desk
) -> None:
    async with gone_to(open_app, desk, (80, 24)) as (stage, _measuring):
        await stage.press("tab")
        await stage.until("▸ Beside")
        await stage.looks_like(name("beside", (80, 24)))
        await stage.press("escape")
        await stage.until("▸ Relationship")


@SIZES
async def test_where_nothing_ever_happened_that_is_said_and_is_never_nought(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with led(open_app, desk, size) as (stage, measuring):
        measuring.is_empty = True
        await stage.press("f3")
        await stage.until("Enter opens a measure")
        await all_beside(stage)
        assert "0 of 0" not in stage.shown
        assert "not recorded yet" in stage.shown
        await stage.looks_like(name("empty", size))


# -- read newest first


@SIZES
async def test_the_newest_weeks_are_there_while_older_ones_are_read_and_esc_stops(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with led(open_app, desk, size) as (stage, measuring):
        gate = measuring.gate = threading.Event()
        measuring.free = 14
        await stage.press("f3")
        await stage.until("weeks read: 14 of 52 · Esc stops")
        await all_beside(stage)
        assert measuring.read == sorted(measuring.read, reverse=True)
        await stage.looks_like(name("loading", size))
        await stage.press("j")
        assert place(stage).measure_list.key == "promises_late_told", "keys act meanwhile"
        await stage.press("escape")
        await stage.until("stopped, weeks read: 14 of 52")
        gate.set()
        await stage.press("r")
        await stage.until("Enter opens a measure")


async def test_before_the_first_week_is_there_that_is_said(open_app: Open, desk: Desk) -> None:
    async with led(open_app, desk) as (stage, measuring):
        gate = measuring.gate = threading.Event()
        await stage.press("f3")
        await stage.until("Reading the newest", "weeks read: 0 of 52")
        gate.set()
        await stage.until("Enter opens a measure")


@SIZES
async def test_what_failed_says_why_and_what_to_do(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with led(open_app, desk, size) as (stage, measuring):
        measuring.error = Unavailable("the server is away")
        measuring.errors["causes"] = Unavailable("it took too long")
        await stage.press("f3")
        await stage.until("the server is away", "r reads again")
        await all_beside(stage)
        await stage.looks_like(name("failed", size))
        measuring.error = None
        measuring.errors.clear()
        await stage.press("r")
        await stage.until("Enter opens a measure", gone="the server is away")


async def test_a_failure_half_way_keeps_what_was_read(open_app: Open, desk: Desk) -> None:
    async with led(open_app, desk) as (stage, measuring):
        gate = measuring.gate = threading.Event()
        measuring.free = 5
        await stage.press("f3")
        await stage.until("weeks read: 5 of 52")
        measuring.error = Unavailable("the server is away")
        gate.set()
        await stage.until("the server is away", "5 of 52", "Promises kept in time")


async def test_another_choice_takes_the_place_of_what_is_being_read(
    open_app: Open, desk: Desk
) -> None:
    async with led(open_app, desk) as (stage, measuring):
        gate = measuring.gate = threading.Event()
        measuring.free = 3
        await stage.press("f3")
        await stage.until("weeks read: 3 of 52")
        measuring.gate = None
        await stage.press("p")
        await stage.until("Whose figures?")
        await stage.press("j", "enter")
        await stage.until("asha")
        gate.set()
        await stage.until("Enter opens a measure")
        assert measuring.asked[-1] == ("points", Whose("agent", "asha"))
        assert place(stage).overview is not None
        assert place(stage).overview.read == 52  # type: ignore[union-attr]


# -- chosen


async def test_how_far_back_and_in_which_steps_is_chosen(open_app: Open, desk: Desk) -> None:
    async with gone_to(open_app, desk) as (stage, _measuring):
        await stage.press("s")
        await stage.until("How far back")
        await stage.press("j", "j", "j")
        await stage.press("enter")
        await stage.until("52 weeks to now", "Enter opens a measure")
        await stage.press("s")
        await stage.until("52 weeks  as now")
        await stage.press("j", "j", "j", "j", "j", "enter")
        await stage.until("12 months to now", "Enter opens a measure")
        await to_measure(stage, "promises_kept")
        await stage.until("November 2026:")


async def test_a_customers_figures_are_theirs_who_is_open_or_found(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with led(open_app, desk) as (stage, measuring):
        await stage.type("katherine smith\r")
        await stage.until("Before you speak")
        await stage.press("f3")
        await stage.until("Enter opens a measure")
        await stage.press("p")
        await stage.until("Katherine Smith  open at the desk")
        await stage.press("j", "j", "j", "enter")
        await stage.until("Relationship   Katherine Smith")
        assert measuring.asked[-1] == ("points", Whose("customer", customer_id=katherine))
        await stage.press("p")
        await stage.until("a customer: find them")
        await stage.press("j", "j", "j", "j", "enter")
        await stage.until("Type how a name begins")
        await stage.type("katherine smith\r")
        await stage.until("Relationship   Katherine Smith", gone="Type how a name")


# -- explained


@SIZES
async def test_a_question_mark_explains_and_another_one_shows_the_keys(
    open_app: Open, desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = replace(
        DEFINITIONS["promises_kept"],
        what="Whether what we promised was done by the time that we named.",
        counted="promises of ours that were kept no later than their due time",
        out_of="promises of ours whose due time fell into the period and has passed. Nobody’s are "
        "in neither.",
        missing="promises without a due time, by the day when they were made",
        does_not_show="Whether it was worth promising, or done well.",
    )
    monkeypatch.setitem(DEFINITIONS, "promises_kept", said)
    async with gone_to(open_app, desk, size) as (stage, _measuring):
        await stage.press("question_mark")
        await stage.until("What it is", "? every key")
        await stage.looks_like(name("meaning", size))
        await stage.press("question_mark")
        await stage.until("Help: Relationship")
        await stage.press("escape", "tab", "question_mark")
        await stage.until("Open promises of ours and of theirs")


# -- who sees what


@SIZES
async def test_an_agent_sees_their_own_and_what_is_not_for_them_is_absent(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        not_for_agents(from_memory(stage))
        await stage.press("f3")
        await stage.until("Enter opens a measure")
        await all_beside(stage)
        assert "mira (me)" in stage.shown
        for absent in ("Promises ageing", "What is in our way", "My listening log", "asha"):
            assert absent not in stage.shown
        await stage.looks_like(name("agent", size))


async def test_no_list_of_agents_stands_beside_figures(open_app: Open, desk: Desk) -> None:
    async with gone_to(open_app, desk) as (stage, _measuring):
        assert "asha" not in stage.shown
        await stage.press("p")
        await stage.until("Whose figures?", "asha", "mira (me)")
        assert not any(letter.isdigit() for row in whose_rows(stage) for letter in row)


def whose_rows(stage: Stage) -> list[str]:
    """The rows of the question whose figures are wanted."""
    from agent_tui.tui.widgets.lines import ListLines

    shown = stage.app.screen.query_one(ListLines).lines
    return ["".join(span.text for span in (*one.left, *one.right)) for one in shown]


# -- hostile, plain


async def test_hostile_topics_and_names_are_painted_letter_for_letter(
    open_app: Open, desk: Desk
) -> None:
    async with led(open_app, desk) as (stage, measuring):
        measuring.topics = tuple(one for one in NASTY if one.strip())
        await stage.press("f3")
        await stage.until("Enter opens a measure")
        await all_beside(stage)
        await stage.press("tab")
        beside = place(stage).matter_list
        for _ in range(len(measuring.topics) + 20):
            await stage.press("j")
            await stage.pilot.pause()
            assert "\x1b" not in stage.shown
            assert "\u202e" not in stage.shown
        while not beside.key.parts or beside.key.section != "rising":
            await stage.press("k")
        await stage.press("enter")
        await stage.until("Topics rising")


async def test_nothing_is_told_by_colour_alone(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with gone_to(open_app, desk) as (stage, _measuring):
        await to_measure(stage, "agenda_recorded")
        await stage.press("left", "left", "left")
        await stage.until("Week of Mon 26 Oct:")
        await stage.looks_like(name("measure", (120, 36)))
