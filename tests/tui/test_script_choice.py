"""The list of scripts to open."""

from __future__ import annotations

import threading

import pytest

from agent_tui.domain.values.briefing import OpenedCustomer
from agent_tui.services.desk import Desk
from agent_tui.services.opening import Opening
from tests.tui.conftest import PATIENCE_S, Open
from tests.tui.scripted import answered, desk_of

SAME = "---\ntitle: Late bill\n---\n\n## Say\n\nSorry.\n"


async def test_scripts_of_one_title_are_told_apart_by_their_slugs(
    open_app: Open, desk_url: str, desk: Desk
) -> None:
    with desk_of(desk_url, "noor") as noors:
        for slug in ("bill-north", "bill-south"):
            assert noors.scripting.take_in(SAME, slug).how == "created"
    answered(desk)
    async with open_app() as stage:
        await stage.until("Katherine Smith")
        await stage.press("f5")
        await stage.until("Scripts for Katherine Smith", "bill-north · help", "bill-south · help")
        assert "visit-overdue" not in stage.shown


async def test_whose_scripts_they_are_is_told_once_it_is_known(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    customer = Opening.customer

    def late(opening: Opening, *about: int | None) -> OpenedCustomer:
        go_on.wait(PATIENCE_S)
        return customer(opening, *about)  # type: ignore[arg-type]

    monkeypatch.setattr(Opening, "customer", late)
    answered(desk)
    async with open_app() as stage:
        await stage.until("Reading what is known")
        await stage.press("f5")
        await stage.until("Scripts for …")
        go_on.set()
        await stage.until("Scripts for Katherine Smith", "A visit that did not happen")


async def test_while_the_list_is_open_the_desk_offers_no_key_of_its_own(
    open_app: Open, desk: Desk
) -> None:
    answered(desk)
    async with open_app() as stage:
        await stage.until("about Katherine Smith", "F4 note", "F10 reply")
        await stage.press("f5")
        await stage.until("Scripts for Katherine Smith", "Enter opens", gone="F4 note")
        assert "F10" not in stage.shown
        await stage.press("escape")
        await stage.until("F4 note", "F10 reply", gone="Scripts for")


async def test_scripts_are_for_whoever_is_open_and_not_for_whom_a_search_shows(
    open_app: Open, desk: Desk
) -> None:
    answered(desk)
    async with open_app() as stage:
        await stage.until("about Katherine Smith", "Before you speak")
        await stage.press("ctrl+f")
        await stage.type("beth")
        await stage.until("▸ Beth", "Enter opens")
        await stage.press("f5")
        await stage.until("Scripts for Katherine Smith", "A visit that did not happen")
        await stage.press("escape")
        await stage.until("about Katherine Smith", gone="Enter opens")
