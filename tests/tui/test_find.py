"""The find box while answers are under way: what is pointed at stays, what is asked is opened."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from agent_tui.domain.values.finding import Found
from agent_tui.services.desk import Desk
from agent_tui.tui.asking import RESULTS
from agent_tui.tui.widgets.nobody import nobody_answers
from agent_tui.tui.widgets.results import Results
from tests.tui.conftest import Open, Stage

PATIENCE_S = 10.0


class Held:
    """The desk's finding, whose answers to some queries wait until they are let go."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, *queries: str) -> None:
        self.asked: list[str] = []
        self._held = {query: threading.Event() for query in queries}
        self._find = desk.finding.find
        monkeypatch.setattr(desk.finding, "find", self._answer)

    def let_go(self, query: str) -> None:
        """Let the answer to a query come."""
        self._held[query].set()

    def _answer(self, query: str, **window: Any) -> Found:
        self.asked.append(query)
        if query in self._held:
            assert self._held[query].wait(PATIENCE_S)
        return self._find(query, **window)


def answered(stage: Stage) -> str | None:
    """The query to which the list shows the answer."""
    found = stage.app._desk_screen.finder._found
    return found.query if found else None


def results(stage: Stage) -> Results:
    return stage.app._desk_screen.query_one(Results)


def is_asking(stage: Stage) -> bool:
    """Whether a question of the find box has no answer yet."""
    asking = stage.app._desk_screen.asking
    return asking is not None and asking._lanes["find"].is_busy


def names(stage: Stage) -> list[str]:
    """Who is listed."""
    return [line.left[1].text.strip() if line.left else "" for line in results(stage).lines]


def key_of(desk: Desk, name: str) -> int:
    """The customer of that name."""
    return next(hit.customer_id for hit in desk.finding.find(name).hits if hit.name == name)


def many(desk: Desk, count: int) -> None:
    """So many people of one surname."""
    for number in range(count):
        desk.registering.customer(f"Zebulon{number:03d} Quistgaard")


async def test_who_is_pointed_at_stays_when_a_newer_answer_comes(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given in ("Anna", "Bert", "Carl"):
        desk.registering.customer(f"{given} Quistgaard")
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, "quistg")
        await stage.type("quist")
        await stage.sees(lambda: answered(stage) == "quist")
        await stage.type("g")
        await stage.sees(lambda: held.asked[-1] == "quistg")
        await stage.press("down", "down")
        pointed = results(stage).key
        held.let_go("quistg")
        await stage.sees(lambda: answered(stage) == "quistg")
        assert results(stage).key == pointed
        await stage.press("enter")
        await stage.sees(lambda: stage.app._desk_screen.whom.opened == pointed)


async def test_enter_opens_who_is_pointed_at_before_the_answer_is_there(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given in ("Anna", "Bert", "Carl"):
        desk.registering.customer(f"{given} Quistgaard")
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, "quistg")
        await stage.type("quist")
        await stage.sees(lambda: answered(stage) == "quist")
        await stage.type("g")
        await stage.sees(lambda: held.asked[-1] == "quistg")
        await stage.press("down")
        pointed = results(stage).key
        await stage.press("enter")
        await stage.sees(lambda: stage.app._desk_screen.whom.opened == pointed)
        held.let_go("quistg")


async def test_enter_without_pointing_waits_for_the_answer_to_what_was_typed(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.registering.customer("Anna Quistgaard")
    desk.registering.customer("Anna Quarles")
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, "anna quarles")
        await stage.type("anna qu")
        await stage.sees(lambda: answered(stage) == "anna qu")
        await stage.type("arles")
        await stage.press("enter")
        assert stage.app._desk_screen.whom.opened is None
        held.let_go("anna quarles")
        wanted = key_of(desk, "Anna Quarles")
        await stage.sees(lambda: stage.app._desk_screen.whom.opened == wanted)


async def test_an_answer_without_who_is_pointed_at_does_not_take_them_away(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Anna Quistgaard", "Bert Quistgaard", "Bert Quarles"):
        desk.registering.customer(name)
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, "quarles")
        await stage.type("qui")
        await stage.sees(lambda: answered(stage) == "qui")
        await stage.press("ctrl+a")
        stage.app._desk_screen.finder.box.value = "quarles"
        await stage.sees(lambda: held.asked[-1] == "quarles")
        await stage.press("down")
        pointed, shown = results(stage).key, names(stage)
        held.let_go("quarles")
        await stage.until("still those of qui")
        assert (results(stage).key, names(stage)) == (pointed, shown)
        await stage.press("enter")
        await stage.sees(lambda: stage.app._desk_screen.whom.opened == pointed)


async def test_each_key_drops_the_question_before_it(
    open_app: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.registering.customer("Anna Quistgaard")
    async with open_app() as stage:
        held = Held(stage.desk, monkeypatch, "q")
        await stage.type("q")
        await stage.sees(lambda: held.asked == ["q"])
        await stage.type("uistgaard")
        held.let_go("q")
        await stage.sees(lambda: answered(stage) == "quistgaard")
        assert held.asked == ["q", "quistgaard"]


async def test_the_same_answer_again_moves_nothing(open_app: Open, desk: Desk) -> None:
    many(desk, 5)
    async with open_app() as stage:
        await stage.type("quistgaard")
        await stage.sees(lambda: answered(stage) == "quistgaard")
        await stage.press("down", "down", "down")
        before = results(stage).key, results(stage).scroll_offset, names(stage)
        asking = stage.app._desk_screen.asking
        assert asking is not None
        asking.find("quistgaard")
        await stage.sees(lambda: not is_asking(stage))
        await stage.pilot.pause()
        assert (results(stage).key, results(stage).scroll_offset, names(stage)) == before


async def test_there_are_more_people_than_the_first_answer_brings(
    open_app: Open, desk: Desk
) -> None:
    many(desk, RESULTS + 12)
    async with open_app() as stage:
        await stage.type("quistgaard")
        await stage.sees(lambda: len(results(stage).lines) == RESULTS)
        for _ in range(RESULTS // 5):
            await stage.press("pagedown")
        await stage.sees(lambda: len(results(stage).lines) == RESULTS + 12)
        for _ in range(3):
            await stage.press("pagedown")
        assert results(stage).cursor == RESULTS + 11
        assert len({line.key for line in results(stage).lines}) == RESULTS + 12
        await stage.press("enter")
        await stage.sees(lambda: stage.app._desk_screen.whom.opened == results(stage).key)


async def test_where_nobody_answers_it_says_what_was_tried(open_app: Open) -> None:
    async with open_app(size=(80, 24)) as stage:
        await stage.type("xqzvwkjq")
        await stage.until("Nobody answers to “xqzvwkjq”", "fewer letters find more")
        await stage.press("enter")
        assert stage.app._desk_screen.whom.opened is None
        await stage.press("backspace", "ctrl+u")
        await stage.until("Today", gone="Nobody answers")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("070 0900 111", "the last four digits are enough"),
        ("nobody@nowhere.example", "before the @"),
        ("x" * 500, "xxx…”"),
    ],
)
def test_what_was_tried_depends_on_what_was_typed(query: str, said: str) -> None:
    assert said in nobody_answers(query)
    assert len(nobody_answers(query)) < 200


async def test_who_is_added_at_another_desk_is_found_without_a_key(
    open_app: Open, desk: Desk
) -> None:
    desk.registering.customer("Berta Quistgaard")
    desk.registering.customer("Dora Quistgaard")
    async with open_app() as stage:
        await stage.type("quistgaard")
        await stage.until("▸ Berta Quistgaard")
        await stage.press("down")
        await stage.until("▸ Dora Quistgaard")
        desk.registering.customer("Clara Quistgaard")
        await stage.until("  Clara Quistgaard", "▸ Dora Quistgaard")
        assert sorted(names(stage)) == ["Berta", "Clara", "Dora"]
        await stage.press("ctrl+u")
        await stage.type("quarles")
        await stage.until("Nobody answers to")
        desk.registering.customer("Anna Quarles")
        await stage.until("▸ Anna Quarles")


async def test_a_slash_begins_no_query_and_is_text_behind_one(open_app: Open) -> None:
    async with open_app() as stage:
        box = stage.app._desk_screen.finder.box
        box.focus()
        await stage.press("slash")
        await stage.type("AB")
        await stage.press("slash", "7")
        await stage.sees(lambda: box.value == "AB/7")
        assert stage.app.focused is box


async def test_a_query_that_is_too_long_says_how_much_of_it_was_looked_for(
    open_app: Open,
) -> None:
    async with open_app(size=(80, 24)) as stage:
        finder = stage.app._desk_screen.finder
        finder.box.value = "katherine " * 500
        await stage.until("by the first 200 characters")
        finder.box.value = "katherine"
        await stage.until("Katherine", gone="by the first")
