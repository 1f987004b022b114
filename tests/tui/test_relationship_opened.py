"""Relationship opened: a measure over time, what is behind a point, the conversation of that."""

from __future__ import annotations

import pytest

from agent_tui.errors import Unavailable
from agent_tui.services.desk import Desk
from tests.tui.conftest import Open
from tests.tui.relationships import SIZES, gone_to, led, make_lead, name, place, to_measure

# -- opened


@SIZES
async def test_a_measure_opens_over_time(open_app: Open, desk: Desk, size: tuple[int, int]) -> None:
    async with gone_to(open_app, desk, size) as (stage, _measuring):
        await to_measure(stage, "agenda_recorded")
        await stage.press("left", "left", "left")
        await stage.until("Week of Mon 26 Oct:")
        await stage.looks_like(name("measure", size))


async def test_the_line_can_be_read_as_a_table_and_the_table_as_a_line(
    open_app: Open, desk: Desk
) -> None:
    async with gone_to(open_app, desk) as (stage, _measuring):
        await to_measure(stage, "decisions_told")
        await stage.until("● here")
        await stage.press("t")
        await stage.until("▸ week of Mon 16 Nov", gone="● here")
        await stage.press("home")
        await stage.until("▸ week of Mon 25 May")
        await stage.looks_like(name("table", (120, 36)))
        await stage.press("end", "t")
        await stage.until("● here", "Week of Mon 16 Nov:")


async def test_a_spread_is_drawn_band_by_band(open_app: Open, desk: Desk) -> None:
    async with gone_to(open_app, desk) as (stage, measuring):
        await to_measure(stage, "silence_over_usual")
        await stage.press("down", "down")
        await stage.until("▸ over twice")
        await stage.looks_like(name("spread", (120, 36)))
        await stage.press("enter")
        await stage.until("Person 0")
        asked = measuring.asked[-1]
        assert asked[:3] == ("behind", "silence_over_usual", "over_2")


async def test_what_is_not_recorded_yet_says_why_instead_of_opening(
    open_app: Open, desk: Desk
) -> None:
    async with gone_to(open_app, desk) as (stage, _measuring):
        shown = place(stage).measure_list
        while shown.key != "copies_given":
            await stage.press("j")
        await stage.press("enter")
        await stage.until("Does not show", "Not recorded yet.")
        await stage.press("escape")
        assert place(stage).view == "figures"


@SIZES
async def test_behind_a_point_are_its_lines_and_behind_them_the_conversation(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with gone_to(open_app, desk, size) as (stage, measuring):
        await to_measure(stage, "agenda_recorded")
        await stage.press("left", "down", "enter")
        await stage.until("Person 6")
        assert measuring.asked[-1][:3] == ("behind", "agenda_recorded", "others")
        await stage.looks_like(name("behind", size))
        await stage.press("j", "enter")
        await stage.until("n next · p before · s search · Esc list")
        assert place(stage).following.whose.interaction_id == measuring.calls[1]  # type: ignore[union-attr]
        await stage.press("n")
        assert place(stage).behind_list.key == "i_2"
        await stage.press("n", "n")
        assert place(stage).behind_list.key == "i_5", "one without a conversation is passed over"
        await stage.press("s")
        await stage.until("Search what was said with")
        await stage.press("escape")
        assert place(stage).view == "reading"
        await stage.press("escape")
        await stage.sees(lambda: place(stage).view == "behind")
        await stage.press("escape")
        await stage.sees(lambda: place(stage).view == "measure")
        await stage.press("escape")
        await stage.sees(lambda: place(stage).view == "figures")


async def test_a_line_without_a_conversation_leads_to_its_customer(
    open_app: Open, desk: Desk
) -> None:
    async with gone_to(open_app, desk) as (stage, _measuring):
        await to_measure(stage, "agenda_recorded")
        await stage.press("enter")
        await stage.until("Person 6")
        await stage.press("j", "j", "j", "j", "enter")
        await stage.until("belongs to no conversation")
        assert place(stage).view == "behind"


async def test_the_customer_of_a_line_is_opened_at_the_desk(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with gone_to(open_app, desk) as (stage, measuring):
        measuring.customer_id = katherine
        await to_measure(stage, "agenda_recorded")
        await stage.press("enter")
        await stage.until("Person 6", "d at the desk")
        await stage.press("d")
        await stage.until("Before you speak", "Katherine Smith")
        await stage.press("f3")
        await stage.until("Person 6")


async def test_a_rule_in_the_way_opens_into_its_words(open_app: Open, desk: Desk) -> None:
    desk.friction.note("search", "nobody called José is found")
    async with gone_to(open_app, desk) as (stage, _measuring):
        await stage.press("tab")
        beside = place(stage).matter_list
        while beside.key.section != "friction" or not beside.key.parts:
            await stage.press("j")
        await stage.until("finding people", "1 time")
        await stage.press("enter")
        await stage.until("nobody called José is found", "Esc: back")


async def test_a_long_list_is_read_on_as_the_cursor_comes_to_its_end(
    open_app: Open, desk: Desk
) -> None:
    async with gone_to(open_app, desk) as (stage, measuring):
        measuring.behind_count = 120
        await to_measure(stage, "agenda_recorded")
        await stage.press("a")
        await stage.until("Person 0")
        period = measuring.asked[-1][3]
        overview = place(stage).overview
        assert overview is not None
        assert (period.since, period.until) == (  # type: ignore[attr-defined]
            overview.stretch[0].since,
            overview.stretch[-1].until,
        )
        for _ in range(3):
            await stage.press("G")
            await stage.pilot.pause()
        await stage.until("Person 119")
        assert len(place(stage).behind_list.found) == 120


async def test_a_list_that_fails_says_why(open_app: Open, desk: Desk) -> None:
    async with gone_to(open_app, desk) as (stage, measuring):
        measuring.errors["behind"] = Unavailable("the server is away")
        await to_measure(stage, "agenda_recorded")
        await stage.press("enter")
        await stage.until("the server is away")


@pytest.mark.parametrize(
    ("section", "row", "asked"),
    [
        ("ageing", 1, ("behind_ageing", "ours", "late_more")),
        ("rising", 1, ("behind_rising", "boiler")),
        ("causes", 2, ("behind_cause", "bill", "closed")),
    ],
)
async def test_what_stands_beside_opens_too(
    open_app: Open, desk: Desk, section: str, row: int, asked: tuple[object, ...]
) -> None:
    async with gone_to(open_app, desk) as (stage, measuring):
        await stage.press("tab")
        beside = place(stage).matter_list
        while beside.key.section != section:
            await stage.press("j")
        for _ in range(row):
            await stage.press("j")
        await stage.press("enter")
        await stage.until("Person 0")
        assert measuring.asked[-1] == asked
        await stage.press("escape")
        await stage.sees(lambda: place(stage).matter_list.has_focus)


async def test_a_row_with_more_than_one_number_asks_which(open_app: Open, desk: Desk) -> None:
    async with gone_to(open_app, desk) as (stage, measuring):
        await stage.press("tab")
        beside = place(stage).matter_list
        while beside.key.section != "surveys":
            await stage.press("j")
        await stage.press("j", "enter")
        await stage.until("Which of them?", "got it, did not answer")
        await stage.press("j", "enter")
        await stage.until("Person 0")
        assert measuring.asked[-1] == ("behind_surveys", "yes", "unanswered")


async def test_the_listening_log_stands_beside_and_opens_what_was_read(
    open_app: Open, desk: Desk
) -> None:
    make_lead(desk)
    row = desk.store.reader().row(
        "SELECT id FROM interactions WHERE state = 'wrapped_up' ORDER BY opened_at DESC LIMIT 1"
    )
    assert row is not None
    desk.listening.add(int(row[0]), remark="let them finish")
    async with gone_to(open_app, desk) as (stage, _measuring):
        await stage.press("tab")
        beside = place(stage).matter_list
        while beside.key.interaction_id is None:
            await stage.press("j")
        await stage.until("let them finish")
        await stage.press("enter")
        await stage.until("n next · p before")
        await stage.press("n")
        await stage.until("the last one of the list")
        await stage.press("escape")
        await stage.sees(lambda: place(stage).view == "figures")


async def test_of_a_long_section_the_rest_is_shown_when_asked_for(
    open_app: Open, desk: Desk
) -> None:
    async with led(open_app, desk) as (stage, measuring):
        measuring.topics = tuple(f"topic-{number}" for number in range(14))
        await stage.press("f3")
        await stage.until("Enter opens a measure", "and 6 more: Enter")
        assert "#topic-9" not in stage.shown
        await stage.press("tab")
        beside = place(stage).matter_list
        while not beside.key.is_more:
            await stage.press("j")
        await stage.press("enter")
        await stage.until("#topic-13", gone="6 more")


async def test_agents_of_a_small_team_read_once_why_there_are_no_figures(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        await stage.press("f3")
        await stage.until("Enter opens a measure")
        await stage.press("p")
        await stage.until("Whose figures?", "team ")
        await stage.press("j", "enter")
        await stage.until("No figures are shown: fewer than 5 agents")


async def test_the_records_themselves_open_from_a_figure_down_to_a_conversation(
    open_app: Open, desk: Desk
) -> None:
    make_lead(desk)
    async with open_app() as stage:
        await stage.press("f3")
        await stage.until("Enter opens a measure", "team ")
        await to_measure(stage, "started_by_customer")
        await stage.sees(lambda: place(stage).opened.figure is not None)
        await stage.press("left", "left")
        figure = place(stage).opened.figure
        assert figure is not None
        assert figure.count
        await stage.press("enter")
        await stage.sees(lambda: len(place(stage).behind_list.found) == figure.count)
        await stage.press("enter")
        await stage.until("n next · p before · s search · Esc list")
        read = place(stage).following.whose
        row = desk.store.reader().row(
            "SELECT i.direction FROM interactions i WHERE i.id = :id",
            id=0 if read is None else read.interaction_id,
        )
        assert row is not None
        assert row[0] == "in"
        await stage.press("escape", "escape", "escape", "tab")
        await stage.press("j", "enter")
        await stage.sees(lambda: place(stage).view == "behind")
        await stage.sees(lambda: len(place(stage).behind_list.found) > 0)
