"""The list of scripts to open."""

from __future__ import annotations

from agent_tui.services.desk import Desk
from tests.tui.conftest import Open
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
