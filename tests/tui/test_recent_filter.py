"""The filter of Recent: typed, completed, mended, clicked together; the box and the terms agree."""

from __future__ import annotations

import pytest

from agent_tui.tui.widgets.filter_panel import FilterPanel
from tests.text.nasty import NASTY
from tests.tui.conftest import Open, Stage
from tests.tui.test_recent import SIZES, from_memory, name, opened, recent


def panel(stage: Stage) -> FilterPanel:
    return recent(stage).filter_panel


async def filtered(stage: Stage, text: str, *said: str) -> None:
    """Type a filter and wait for what comes of it."""
    await stage.press("slash")
    await stage.type(text)
    await stage.until(*said)


@SIZES
async def test_filtered(size: tuple[int, int], open_app: Open) -> None:
    async with opened(open_app, size) as (stage, _browsing):
        await filtered(stage, "agent:mira met:no", "[agent mira ✕] [met no ✕]", "found")
        await stage.press("enter")
        await stage.looks_like(name("filtered", size))


@SIZES
async def test_a_mistake(size: tuple[int, int], open_app: Open) -> None:
    async with opened(open_app, size) as (stage, _browsing):
        await filtered(stage, "met:no chanel:phone", "~~~", "the list is as it was before")
        await stage.looks_like(name("mistake", size))
        await stage.press("tab")
        await stage.until("[channel phone ✕]", gone="~~~")
        assert panel(stage).text.rstrip() == "met:no channel:phone"


async def test_a_topic_that_may_be_a_slip_is_marked_and_mended(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, "met:no topic:boler ", "~~~", "Tab: boiler", "usual topics")
        await stage.press("tab")
        await stage.until("[topic boiler ✕]", gone="~~~")
        assert panel(stage).text.rstrip() == "met:no topic:boiler"


@SIZES
async def test_offers(size: tuple[int, int], open_app: Open) -> None:
    async with opened(open_app, size) as (stage, _browsing):
        await filtered(stage, "met:no agent:", "asha", "tom")
        await stage.looks_like(name("offers", size))


LONG = (
    "agent:asha,mira,tom channel:phone,chat,email,sms,visit,web -met:not_asked,partly "
    "-state:parked,ringing,talking,on_hold -agent:nobody state:ended,wrapped_up met:yes,no "
    "-met:partly -state:ringing -channel:other"
)


@SIZES
async def test_a_long_filter_shows_its_beginning_and_while_it_is_typed_its_cursor(
    size: tuple[int, int], open_app: Open
) -> None:
    async with opened(open_app, size) as (stage, _browsing):
        await filtered(stage, f"{LONG} ", "-channel:other", "found")
        await stage.press("enter")
        await stage.until("Filter  agent:asha,mira", "…", gone="-channel:other ")
        await stage.looks_like(name("long-filter", size))
        await stage.press("slash")
        await stage.until("-channel:other", gone="Filter  agent:asha")
        await stage.press("home")
        await stage.until("Filter  agent:asha,mira", gone="-channel:other ")
        await stage.press("end")
        await stage.until("-channel:other")


def marked(stage: Stage) -> str:
    """What stands above the signs."""
    rows = stage.shown.split("\n")
    at = next(number for number, row in enumerate(rows) if "~" in row)
    first, last = rows[at].index("~"), rows[at].rindex("~")
    return rows[at - 1][first : last + 1]


async def test_what_is_not_understood_is_marked_below_its_place_wherever_the_keys_are(
    open_app: Open,
) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, f"chanel:phone {LONG} ", "~")
        await stage.press("escape")
        await stage.until("Filter  chanel:phone")
        await stage.sees(lambda: marked(stage).startswith("chanel"))
        await stage.press("escape")
        await stage.until("556, newest first", gone="chanel")
        await filtered(stage, f"{LONG} chanel:phone ", "~")
        await stage.sees(lambda: marked(stage).startswith("chanel"))
        await stage.press("escape")
        await stage.until("Filter  agent:asha")
        await stage.sees(lambda: marked(stage) == "…")


async def test_the_signs_follow_their_place_when_the_box_is_scrolled(open_app: Open) -> None:
    """What is counted beside it takes room from the box, whose cursor stays in sight."""
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, f"{LONG} chanel:phone ", "~")
        for counted in ("counted for a while", "5"):
            panel(stage).show_count(counted)
            await stage.until(counted)
            await stage.sees(lambda: marked(stage) == "chanel")


async def test_tab_takes_what_is_offered_and_goes_on_to_its_values(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, "chan", "channel:")
        await stage.press("tab")
        await stage.until("phone", "chat")
        assert panel(stage).text == "channel:"
        await stage.type("ema")
        await stage.until("email", gone="voice")
        await stage.press("tab")
        await stage.until("[channel email ✕]")
        assert panel(stage).text == "channel:email "
        await stage.press("enter")
        assert stage.app.focused is recent(stage).rows
        assert {row.interaction.channel for row in recent(stage).rows.rows} == {"email"}


async def test_the_list_follows_as_it_is_typed_and_the_newest_question_wins(
    open_app: Open,
) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, "met:no", "found")
        rows = recent(stage).rows
        await stage.sees(lambda: {row.interaction.met for row in rows.rows} == {"no"})
        await stage.press(*["backspace"] * 6)
        await stage.until("556, newest first")


async def test_a_term_is_taken_away_by_key_and_by_click(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, "agent:mira met:no channel:phone", "[channel phone ✕]")
        await stage.press("enter", "x", "right", "space")
        await stage.until("[agent mira ✕]", "channel phone", gone="met no")
        assert panel(stage).text == "agent:mira channel:phone"
        await stage.pilot.click("#filter-chips", offset=(4, 0))
        await stage.until("channel phone", gone="agent mira")
        assert panel(stage).text == "channel:phone"
        rows = recent(stage).rows.rows
        assert {row.interaction.channel for row in rows} == {"phone"}


async def test_a_term_is_chosen_from_lists_by_keys_alone(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await stage.press("plus")
        await stage.until("agent:", "channel:")
        await stage.press("down", "enter")
        text = panel(stage).text
        assert text.endswith(":")
        await stage.sees(lambda: panel(stage).is_offering)
        await stage.press("down", "enter")
        await stage.sees(lambda: bool(panel(stage).chips.terms))
        await stage.press("escape", "plus")
        await stage.sees(lambda: panel(stage).is_offering)
        assert panel(stage).text.endswith(" ")


async def test_a_term_is_chosen_by_clicks(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await stage.press("plus")
        await stage.until("agent:", "channel:")
        await stage.pilot.click("#filter-offers", offset=(10, 0))
        await stage.sees(lambda: panel(stage).text.endswith(":") and panel(stage).is_offering)
        await stage.pilot.click("#filter-offers", offset=(10, 0))
        await stage.sees(lambda: bool(panel(stage).chips.terms))


async def test_esc_goes_to_the_list_and_again_shows_everything(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, "met:no ", "[met no ✕]")
        await stage.press("escape")
        assert stage.app.focused is recent(stage).rows
        assert panel(stage).text == "met:no "
        await stage.press("escape")
        await stage.until("556, newest first", gone="met no")


async def test_an_or_between_terms_is_told_and_mended(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, "channel:phone or channel:chat", "~~~", "there is no “or” between")
        await stage.until("Tab: channel:phone,chat", "the list is as it was before")
        await stage.press("tab")
        await stage.until("[channel phone,chat ✕]", gone="~~~")


async def test_earlier_filters_come_back_and_what_was_typed_too(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        for text in ("met:no", "met:yes"):
            await filtered(stage, text, "found")
            await stage.press("enter", "escape")
            await stage.until("556, newest first")
        await stage.press("slash", "up")
        assert panel(stage).text == "met:yes"
        await stage.press("up")
        assert panel(stage).text == "met:no"
        await stage.press("up", "down", "down")
        assert panel(stage).text == ""


async def test_nothing_like_this_says_what_to_do(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, "zebra", "Nothing like this")
        await stage.looks_like("recent-nothing-120x36")
        await stage.press("escape", "escape")
        await stage.until("556, newest first", gone="zebra")


async def test_half_a_word_is_completed_and_not_yet_looked_for(open_app: Open) -> None:
    async with opened(open_app) as (stage, _browsing):
        await filtered(stage, "ageno", "Nothing like this")
        await stage.press("backspace")
        await stage.until("agenda:", gone="Nothing like this")
        await stage.sees(lambda: panel(stage).is_offering and not recent(stage).rows.rows)
        await stage.press("escape")
        await stage.until("Nothing like this", gone="agenda:")


async def test_an_unknown_field_is_a_mistake_and_the_fields_are_named(open_app: Open) -> None:
    async with opened(open_app, (80, 24)) as (stage, _browsing):
        await filtered(stage, "met:no zzz:foo", "~~~", "there is no field “zzz”", "feedback")
        await stage.until("the list is as it was before")
        await stage.looks_like("recent-no-field-80x24")
        await stage.press("enter", "slash", "home")
        panel(stage).put('met:no "zzz:foo"')
        await stage.until("Nothing like this", gone="~~~")


@pytest.mark.parametrize("nasty", NASTY)
async def test_whatever_is_typed_or_pasted_is_text(nasty: str, open_app: Open) -> None:
    async with open_app(size=(80, 24)) as stage:
        from_memory(stage)
        await stage.press("f2", "slash")
        panel(stage).put(nasty.replace("\n", " "))
        await stage.pilot.pause(0.3)
        await stage.press("escape", "escape", "escape")
        await stage.until("556, newest first")
