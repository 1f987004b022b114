"""The keys of the places lead there from every window, and what was typed in it is kept."""

from __future__ import annotations

from functools import partial

import pytest

from agent_tui.domain.values.verification import VERIFICATIONS
from agent_tui.services.desk import Desk
from agent_tui.tui.screens.away import AwayFromDesk
from agent_tui.tui.screens.recent import RecentScreen
from agent_tui.tui.screens.relationship import RelationshipScreen
from agent_tui.tui.screens.review_criteria import ReviewCriteria
from agent_tui.tui.screens.search_here import SearchHere
from agent_tui.tui.screens.type_friction import TypeFriction
from tests.tui.conftest import Open, Stage
from tests.tui.scripted import answered
from tests.tui.test_recent_lead import go, make_lead
from tests.tui.test_ways import WINDOWS, open_katherine

PLACES: dict[str, type[AwayFromDesk]] = {"f2": RecentScreen, "f3": RelationshipScreen}


def is_at(stage: Stage, screen: type[AwayFromDesk]) -> bool:
    return isinstance(stage.app.screen, screen)


async def opened(stage: Stage, key: str) -> None:
    await stage.press(key)
    await stage.sees(lambda: stage.app.screen is not stage.app.desk_screen)
    await stage.until(WINDOWS[key])


@pytest.mark.parametrize("key", WINDOWS)
async def test_a_place_is_gone_to_from_every_window_over_the_desk(open_app: Open, key: str) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        for place, screen in PLACES.items():
            await opened(stage, key)
            await stage.press(place)
            await stage.sees(partial(is_at, stage, screen))
            assert len(stage.app.screen_stack) == 2
            await stage.press("f1")
            await stage.sees(lambda: stage.app.screen is stage.app.desk_screen)
        await opened(stage, key)
        await stage.press("f1")
        await stage.sees(lambda: stage.app.screen is stage.app.desk_screen)
        assert stage.app.desk_screen.someone, "F1 closed the window, and nothing more"


@pytest.mark.parametrize("key", ["s", "question_mark", "colon", "shift+f3"])
async def test_and_from_those_over_recent(open_app: Open, key: str) -> None:
    async with open_app() as stage:
        await go(stage, "asha")
        await stage.press("enter")
        await stage.until("n next")
        await stage.press(key)
        await stage.sees(lambda: not isinstance(stage.app.screen, RecentScreen))
        await stage.press("f1")
        await stage.sees(lambda: stage.app.screen is stage.app.desk_screen)
        await stage.press("f2")
        await stage.until("n next")


async def test_what_stands_in_ones_way_is_kept_and_is_asked_again(open_app: Open) -> None:
    async with open_app() as stage:
        await opened(stage, "shift+f3")
        await stage.type("the search waits")
        await stage.press("f2")
        await stage.until("kept: the search waits", "newest first")
        await stage.press("f1")
        await opened(stage, "shift+f3")
        await stage.until("typed before", "the search waits")


async def test_it_leaves_the_window_below_it_too(open_app: Open) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await opened(stage, "f11")
        await stage.press("shift+f3")
        await stage.sees(lambda: isinstance(stage.app.screen, TypeFriction))
        await stage.press("f2")
        await stage.sees(lambda: isinstance(stage.app.screen, RecentScreen))
        assert not any(isinstance(one, SearchHere) for one in stage.app.screen_stack)


async def test_from_the_list_of_criteria(open_app: Open, desk: Desk) -> None:
    make_lead(desk)
    async with open_app() as stage:
        await go(stage, "asha")
        await stage.press("w")
        await stage.until("A review for Asha Raman")
        await stage.type("You asked first.")
        await stage.press("enter")
        await stage.until("What was looked for")
        await stage.press("1", "c")
        await stage.type("at the start")
        await stage.press("f1")
        await stage.sees(lambda: stage.app.screen is stage.app.desk_screen)
        await stage.press("f2", "w")
        await stage.until("typed before", "You asked first.")
        await stage.press("enter")
        await stage.sees(lambda: isinstance(stage.app.screen, ReviewCriteria))
        await stage.press("1", "c")
        await stage.until("typed before", "at the start")


async def test_from_what_is_in_our_way(open_app: Open, desk: Desk) -> None:
    make_lead(desk)
    async with open_app() as stage:
        stage.app.desk_screen.action_frictions()
        await stage.until("What is in our way")
        await stage.press("f3")
        await stage.sees(lambda: isinstance(stage.app.screen, RelationshipScreen))


async def test_a_question_behind_another_one_does_not_come_up_again(
    open_app: Open, desk: Desk
) -> None:
    answered(desk)
    async with open_app() as stage:
        await stage.until("about Katherine Smith", "not verified")
        await stage.press("shift+f9", "v")
        await stage.until("How was Katherine Smith verified?")
        await stage.press(*["down"] * len(VERIFICATIONS), "enter")
        await stage.until("The method, never what they answered.")
        await stage.press("f2")
        await stage.until("newest first", gone="verified?")
        assert isinstance(stage.app.screen, RecentScreen)


async def test_the_same_place_is_seen_again(open_app: Open) -> None:
    async with open_app() as stage:
        await go(stage)
        await stage.press("question_mark")
        await stage.until("Esc closes")
        await stage.press("f2")
        await stage.sees(lambda: isinstance(stage.app.screen, RecentScreen))
