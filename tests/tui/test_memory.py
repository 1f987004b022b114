"""When garbage is looked for: not while the program loads, which it is told by the command."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from agent_tui.tui.messages import WritingLoaded
from tests.tui.conftest import Open


@pytest.fixture
def put_off() -> Iterator[None]:
    """Looking for garbage was put off, as the command that opens the desk does."""
    often = gc.get_threshold()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.enable()
        gc.unfreeze()


@pytest.mark.usefixtures("put_off")
async def test_garbage_is_looked_for_once_all_is_loaded_and_only_in_what_comes(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        await stage.until("Promised by me")
        gc.disable()
        stage.app.screen.post_message(WritingLoaded())
        await stage.sees(gc.isenabled)
        assert gc.get_freeze_count() > 10_000
        frozen = gc.get_freeze_count()
        stage.app.look_for_garbage()
        assert gc.get_freeze_count() <= frozen
