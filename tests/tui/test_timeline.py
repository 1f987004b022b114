"""The timeline on the screen: read on where the cursor goes, filtered, opened, kept up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from textual.app import App
from textual.pilot import Pilot

from agent_tui.domain.values.timeline import SHOWN, TimelineEntry, TimelinePage
from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from agent_tui.tui.messages import PassageRequested, TimelineArrived, TimelineRequested
from agent_tui.tui.theme import own_colours
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.timeline import TimelinePane
from tests.builders import NOON
from tests.text.nasty import NASTY
from tests.tui.conftest import Open, Stage
from tests.tui.pictures import picture
from tests.tui.timelines import ADA, Told, noted

HERE = Here(NOON, UTC)


class Alone(App[int]):
    """A timeline alone on the screen; what it asks for is answered from memory."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told
        self.asked: list[str] = []
        self.opened: list[tuple[int | None, int | None]] = []
        self.is_lost = False
        self.is_slow = False

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return own_colours(self.current_theme)

    def compose(self):  # type: ignore[no-untyped-def]
        yield TimelinePane()

    @property
    def pane(self) -> TimelinePane:
        return self.query_one(TimelinePane)

    def on_timeline_requested(self, event: TimelineRequested) -> None:
        self.asked.append(event.which)
        if not self.is_slow:
            self.answer(event)

    def answer(self, event: TimelineRequested) -> None:
        page = self.told.page(event.which, event.place)
        kinds = SHOWN[event.shown]
        entries = tuple(entry for entry in page.entries if entry.kind in kinds)
        shown = replace(page, shown=event.shown, entries=entries)
        error = Unavailable("the server is away") if self.is_lost else None
        self.pane.take(TimelineArrived(event, None if error else shown, error))

    def on_passage_requested(self, event: PassageRequested) -> None:
        self.opened.append((event.interaction_id, event.note_id))


@asynccontextmanager
async def alone(
    told: Told, size: tuple[int, int] = (40, 12), *, is_lost: bool = False, is_slow: bool = False
) -> AsyncIterator[tuple[Alone, Pilot[int]]]:
    app = Alone(told)
    app.is_lost, app.is_slow = is_lost, is_slow
    async with app.run_test(size=size, notifications=True) as pilot:
        app.pane.show_customer(ADA, HERE, is_open=True)
        app.pane.focus()
        await pilot.pause()
        yield app, pilot


def rows(app: Alone) -> list[str]:
    return [row for row in picture(app).splitlines() if row.strip()]


async def test_it_reads_on_to_the_beginning_and_back_and_never_holds_much() -> None:
    told = Told([noted(number) for number in range(700)], size=60)
    async with alone(told) as (app, pilot):
        assert app.asked == ["newest"]
        seen = []
        for _ in range(1_400):
            assert app.pane.entry is not None
            seen.append(app.pane.entry.text)
            if "note 699" in seen[-1]:
                break
            await pilot.press("down")
        assert seen == [f"note {number}" for number in range(700)]
        assert len(app.pane.lines) < 500
        assert rows(app)[-1].strip() == "the beginning: customer since 2016"
        await pilot.press("home")
        await pilot.pause()
        assert app.pane.entry is not None
        assert app.pane.entry.text == "note 0"
        assert "note 0" in picture(app)


async def test_the_oldest_is_one_key_away_and_the_way_back_has_no_gaps() -> None:
    told = Told([noted(number) for number in range(500)], size=60)
    async with alone(told) as (app, pilot):
        await pilot.press("end")
        await pilot.pause()
        assert app.asked == ["newest", "first"]
        assert app.pane.entry is not None
        assert app.pane.entry.text == "note 499"
        seen = ["note 499"]
        while seen[-1] != "note 0":
            await pilot.press("up")
            assert app.pane.entry.text != seen[-1]
            seen.append(app.pane.entry.text)
        assert seen == [f"note {number}" for number in range(499, -1, -1)]


async def test_pages_go_over_everything_once() -> None:
    told = Told([noted(number) for number in range(200)], size=60)
    async with alone(told) as (app, pilot):
        places = []
        for _ in range(60):
            assert app.pane.entry is not None
            places.append(app.pane.entry.place)
            await pilot.press("pagedown")
        assert places == sorted(places, reverse=True)
        assert app.pane.entry is not None
        assert app.pane.entry.text == "note 199"
        await pilot.press("pageup")
        assert app.pane.entry.place > places[-1]


async def test_years_part_it_and_the_sign_and_word_of_each_kind_stand_in_columns() -> None:
    calls = [
        TimelineEntry("fact", 1, NOON - timedelta(days=2), text="mornings", label="prefers"),
        TimelineEntry(
            "promise_closed",
            2,
            NOON - timedelta(days=100),
            text="a call back before ten on the day of the visit, with the name of the engineer",
            state="kept",
        ),
        TimelineEntry("concession", 3, NOON - timedelta(days=900), text="waived fee", side="ours"),
    ]
    async with alone(Told(calls)) as (app, _pilot):
        assert rows(app) == [
            "Timeline 3                      ← → kind",
            "=▸learned   mornings · prefers     8 Mar",
            "── 2025 ──",
            "● kept      a call back before    30 Nov",
            "            ten on the day of the visit,",
            "            with the name of the…",
            "── 2023 ──",
            "± we gave   waived fee          Sep 2023",
            "  the beginning: customer since 2016",
        ]


async def test_a_filter_is_named_in_the_title_and_an_empty_one_says_so() -> None:
    told = Told([noted(1), noted(2)])
    async with alone(told) as (app, pilot):
        assert "Timeline 2" in picture(app)
        await pilot.press("right")
        await pilot.pause()
        assert "Timeline · contacts 2" in picture(app)
        await pilot.press("right")
        await pilot.pause()
        assert "Timeline · promises" in picture(app)
        assert "nothing yet under promises: → shows others" in " ".join(picture(app).split())
        await pilot.press("left", "left", "left")
        await pilot.pause()
        assert app.pane.shown == "scripts"


async def test_nothing_loading_and_failed_are_said_in_words() -> None:
    async with alone(Told([])) as (app, _pilot):
        assert "nothing yet: this is the first contact" in picture(app)
    async with alone(Told([noted(1)]), is_slow=True) as (app, _pilot):
        assert "Loading…" in picture(app)
    async with alone(Told([noted(1)]), is_lost=True) as (app, pilot):
        assert "the server is away" in picture(app)
        app.is_lost = False
        app.pane.show_customer(ADA, HERE, is_open=True)
        await pilot.pause()
        assert "note 1" in picture(app)


async def test_what_could_not_be_read_on_is_asked_for_again_when_one_goes_on() -> None:
    told = Told([noted(number) for number in range(90)], size=30)
    async with alone(told) as (app, pilot):
        app.is_lost = True
        await pilot.press(*["down"] * 29)
        await pilot.pause()
        assert app.pane.entry is not None
        assert app.pane.entry.text == "note 29"
        assert "the server is away" in "\n".join(
            span.text for line in app.pane.lines for span in line.left
        )
        app.is_lost = False
        await pilot.press("up", "down", "down")
        await pilot.pause()
        assert app.pane.entry.text == "note 30"


async def test_news_come_in_above_and_the_cursor_stays() -> None:
    told = Told([noted(number) for number in range(10, 100)], size=30)
    async with alone(told) as (app, pilot):
        await pilot.press(*["down"] * 20)
        await pilot.pause()
        before, row = app.pane.entry, app.pane.cursor
        assert row is not None
        top = picture(app).splitlines()[0]
        told.tell(noted(1))
        app.asked.clear()
        app.pane.show_customer(ADA, HERE, is_open=True)
        await pilot.pause()
        assert app.asked == ["head"], "the head alone is read again"
        assert app.pane.entry == before
        assert app.pane.cursor == row + 1
        assert picture(app).splitlines()[0] == top, "and what is read does not move"
        await pilot.press("home")
        assert "note 1 " in picture(app)


async def test_enter_opens_where_it_happened() -> None:
    call = TimelineEntry("interaction", 7, NOON, text="the boiler", label="chat", interaction_id=7)
    fact = TimelineEntry(
        "fact", 8, NOON - timedelta(1), text="tea", interaction_id=7, note_id=9, label="knows"
    )
    brought = TimelineEntry("fact", 3, NOON - timedelta(2), text="coffee", label="knows")
    async with alone(Told([call, fact, noted(5), brought])) as (app, pilot):
        await pilot.press("enter", "down", "enter", "down", "enter", "down", "enter")
        await pilot.pause()
        assert app.opened == [(7, None), (7, 9), (None, 5)]
        assert "conversation." in picture(app)


async def test_an_answer_that_nobody_waits_for_any_more_is_dropped() -> None:
    told = Told([noted(1)])
    async with alone(told, is_slow=True) as (app, pilot):
        late = TimelineRequested(ADA.id, "all", "newest")
        app.pane.take(TimelineArrived(late, TimelinePage(ADA.id, "all", (noted(2),))))
        await pilot.pause()
        assert "note 2" not in picture(app)


async def test_hostile_and_long_words_stay_in_their_cells() -> None:
    told = Told([noted(n, text=text * 3 or "x") for n, text in enumerate([*NASTY, "long " * 500])])
    async with alone(told, size=(34, 20)) as (app, pilot):
        for _ in range(len(told.entries)):
            shown = picture(app)
            assert "\x1b" not in shown
            await pilot.press("pagedown")


async def open_katherine(stage: Stage) -> None:
    await stage.type("kath smi")
    await stage.until("▸ Katherine Smith")
    await stage.press("enter")
    await stage.until("about Katherine Smith", "note mood:")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: f"{size[0]}")
async def test_one_key_shows_it_whole_and_esc_goes_back_to_the_brief(
    open_app: Open, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await open_katherine(stage)
        await stage.press("t")
        await stage.until("Timeline 35", "← → kind", "= learned")
        if size[0] > 160:
            beside = next(row for row in stage.shown.splitlines() if "Timeline 35" in row)
            assert "Before you speak" in beside
        else:
            await stage.looks_like(f"timeline-{size[0]}x{size[1]}")
            assert "Before you speak" not in stage.shown
            await stage.press("escape")
            await stage.until("Before you speak", gone="← → kind")
            await stage.press("t")
            await stage.until("← → kind", gone="Before you speak")
        await stage.press("t")
        await stage.until("Before you speak", gone="← → kind")


async def test_somebody_else_is_met_with_their_brief(open_app: Open) -> None:
    async with open_app(size=(80, 24)) as stage:
        await open_katherine(stage)
        await stage.press("t")
        await stage.until("← → kind", gone="Before you speak")
        await stage.press("slash")
        await stage.type("liam")
        await stage.until("Liam Smith", "Before you speak")


async def test_what_happens_meanwhile_stands_there_at_once(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(120, 36)) as stage:
        await open_katherine(stage)
        await stage.press("t", "down", "down")
        await stage.until("◇▸complaint")
        katherine = desk.finding.choose("Katherine Smith Northwind")
        desk.knowing.give(katherine, "ours", "a bunch of flowers")
        await stage.until("Timeline 36", "we gave   a bunch of flowers", "◇▸complaint")


async def test_a_note_outside_any_conversation_opens_where_it_stands(
    open_app: Open, desk: Desk
) -> None:
    katherine = desk.finding.choose("Katherine Smith Northwind")
    desk.noting.save("=likes short calls", customer_id=katherine)
    async with open_app(size=(80, 24)) as stage:
        await open_katherine(stage)
        await stage.press("home", "t")
        await stage.until("=▸learned", "likes short")
        await stage.press("enter")
        await stage.until("▸ Conversation", "note =likes short calls")


async def test_what_is_new_of_somebody_who_is_only_looked_at_is_read_too() -> None:
    told = Told([noted(1)])
    async with alone(told) as (app, pilot):
        assert app.asked == ["newest"]
        app.pane.show_customer(ADA, HERE, is_open=False)
        for _ in range(1_000):
            if app.asked == ["newest", "head"]:
                break
            await pilot.pause(0.01)
        assert app.asked == ["newest", "head"]


async def test_what_happens_stands_at_the_top_where_nobody_reads() -> None:
    told = Told([noted(number) for number in range(10, 40)], size=20)
    async with alone(told, (40, 4)) as (app, pilot):
        app.set_focus(None)
        await pilot.pause()
        for number in (9, 8, 7):
            told.tell(noted(number))
            app.pane.show_customer(ADA, HERE, is_open=True)
            await pilot.pause()
        assert app.pane.scroll_offset.y == 0
        assert app.pane.entry is not None
        assert app.pane.entry.text == "note 7"
        app.pane.focus()
        await pilot.pause()
        told.tell(noted(6))
        app.pane.show_customer(ADA, HERE, is_open=True)
        await pilot.pause()
        assert app.pane.entry.text == "note 7", "who reads stays where they are"
