"""A conversation of Recent is read whole, and followed while it goes on, without taking part."""

from __future__ import annotations

from datetime import timedelta

from agent_tui.domain.tables import Interaction, Message
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.services.desk import Desk
from tests.tui.conftest import NOW, Open, Stage
from tests.tui.test_recent import SIZES, name, opened, recent, shown_id

SAID = "line {} of the call"


def say(desk: Desk, number: int) -> None:
    """The caller says something more."""
    desk.receiving.take(
        MessageSignal("phone", "live1", f"m{number}", "customer", SAID.format(number), at=NOW)
    )


async def live(stage: Stage, desk: Desk, lines: int) -> None:
    """A call goes on with a colleague, with so many lines; its row is the first one."""
    at = NOW - timedelta(seconds=20)
    desk.receiving.take(CallSignal("phone", "live1", "ringing", sender="020 7946 0018", at=at))
    desk.receiving.take(CallSignal("phone", "live1", "answered", at=at))
    for number in range(lines):
        say(desk, number)
    await stage.until("live 0m")


@SIZES
async def test_reading(size: tuple[int, int], open_app: Open) -> None:
    async with opened(open_app, size) as (stage, browsing):
        await stage.press("j", "j", "j", "enter")
        await stage.until("They want", "n next")
        await stage.looks_like(name("reading", size))
        assert browsing.was_read == [browsing.all[3].interaction.id]


async def test_next_and_before_and_back_to_the_same_row(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        await stage.press("j", "j", "j", "enter")
        await stage.until("Daniel Smith")
        await stage.press("n")
        await stage.until("John White", "like a church upstairs")
        await stage.press("n", "p", "p")
        await stage.until("the patient one again")
        await stage.press("escape")
        await stage.until("556, newest first", "▸  ")
        assert shown_id(stage) == browsing.all[3].interaction.id
        every = [row.interaction.id for row in browsing.all]
        assert browsing.was_read == [every[place] for place in (3, 4, 5, 4, 3)]


async def test_at_the_ends_of_the_list_it_is_said(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await stage.press("enter", "p")
        await stage.until("the newest one of the list")


async def test_letters_and_keys_of_the_conversation_still_scroll_it(open_app: Open) -> None:
    async with opened(open_app, (80, 24)) as (stage, browsing):
        agendas = [row.interaction.agenda or "" for row in browsing.all]
        place = next(place for place, said in enumerate(agendas) if "never came" in said)
        await stage.press(*"j" * place, "enter")
        await stage.until("They want", "we ", gone="Loading…")
        first = stage.shown
        await stage.press("end")
        await stage.press("home")
        await stage.sees(lambda: stage.shown == first)


async def test_who_it_was_is_opened_at_the_desk_with_one_key(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await stage.press("j", "j", "j", "j", "enter")
        await stage.until("John White", "n next", gone="Loading…")
        await stage.press("d")
        await stage.until("Before you speak", "John White", "Note")
        assert stage.app.screen is stage.app.desk_screen
        await stage.press("f2")
        await stage.until("like a church upstairs")


async def test_a_live_one_is_followed_without_taking_part(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(80, 24)) as stage:
        await stage.press("f2")
        await stage.until("newest first")
        await live(stage, desk, 30)
        await stage.press("g", "enter")
        await stage.until(SAID.format(29))
        say(desk, 30)
        await stage.until(SAID.format(30))
        await stage.press("home")
        await stage.until(SAID.format(0))
        say(desk, 31)
        await stage.until("1 new below · End")
        assert SAID.format(31) not in stage.shown
        await stage.looks_like("recent-live-80x24")
        await stage.press("end")
        await stage.until(SAID.format(31), gone="new below")
        call = recent(stage).reading.call
        assert call is not None
        assert desk.attending.others(None, call.id) == ()


async def test_what_cannot_be_read_is_said_and_the_list_is_there_again(open_app: Open) -> None:
    async with opened(open_app) as (stage, browsing):
        gone = browsing.all[4]

        def refuse(_interaction_id: int) -> None:
            from agent_tui.errors import NotFound

            raise NotFound("this interaction is no longer there")

        browsing.read = refuse  # type: ignore[assignment,method-assign]
        await stage.press("j", "j", "j", "j", "enter")
        await stage.until("no longer there", "556, newest first")
        assert shown_id(stage) == gone.interaction.id


def talked_long(desk: Desk, lines: int) -> int:
    """A call of just now in which much was said."""
    with desk.writing() as unit:
        call = Interaction(
            channel="phone", direction="in", state="wrapped_up", opened_at=NOW, closed_at=NOW
        )
        unit.add(call)
        for number in range(1, lines + 1):
            text = f"about the Kessel, line {number}"
            unit.add(
                Message(interaction_id=call.id, sequence=number, speaker="customer", text=text)
            )
        return call.id


def read_at(stage: Stage) -> str:
    """What is chosen in the conversation that is read."""
    entry = recent(stage).reading.pane.current
    return "" if entry is None else entry.text


def marked(stage: Stage) -> set[str]:
    """The words that are marked in what is on the screen."""
    rows = recent(stage).reading.pane.lines
    return {span.text for row in rows for span in row.left if span.ink == "match"}


async def test_words_are_looked_for_in_what_is_read(open_app: Open, desk: Desk) -> None:
    talked_long(desk, 700)
    async with open_app() as stage:
        await stage.press("f2")
        await stage.until("newest first", "▸")
        await stage.press("enter")
        await stage.until("line 1", "s search")
        await stage.press("s")
        await stage.until("Search what was said with", "Type one word")
        await stage.type("line 555")
        await stage.until("1 found, newest first")
        await stage.press("enter")
        await stage.sees(lambda: read_at(stage) == "about the Kessel, line 555")
        await stage.press("f11")
        await stage.until("1 found, newest first")
        await stage.press("escape")
        assert recent(stage).is_reading
        await stage.press("escape")
        await stage.until("newest first")


@SIZES
async def test_what_words_found_begins_where_they_were_said(
    size: tuple[int, int], open_app: Open, desk: Desk
) -> None:
    talked_long(desk, 700)
    async with open_app(size=size) as stage:
        await stage.press("f2")
        await stage.until("newest first")
        await stage.press("/")
        await stage.type('"line 321" kess*')
        await stage.press("enter")
        await stage.until("1 found", "▸")
        await stage.press("enter")
        await stage.sees(lambda: read_at(stage) == "about the Kessel, line 1")
        await stage.press("escape", "escape", "/")
        await stage.type('"line 321"')
        await stage.press("enter")
        await stage.until("1 found", "▸")
        await stage.press("enter")
        await stage.sees(lambda: read_at(stage) == "about the Kessel, line 321")
        assert marked(stage) == {"line", "321"}
        await stage.looks_like(name("sought", size))
        await stage.press("s")
        await stage.until("1 found, newest first")
        await stage.press("escape", "escape", "escape")
        await stage.until("newest first")
        await stage.press("g", "enter")
        await stage.sees(lambda: read_at(stage) == "about the Kessel, line 1")
        assert marked(stage) == set()
