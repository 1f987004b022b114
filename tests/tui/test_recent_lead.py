"""Over Recent: a review is written, read and answered; views, samples, the log, what to talk
about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent_tui.domain.values.coaching import CoachingEntry
from agent_tui.domain.values.filters import Filter
from agent_tui.domain.values.lines import asked_in
from agent_tui.domain.values.recent import Sample
from agent_tui.domain.values.reviews import Criterion
from agent_tui.domain.values.today import DraftText
from agent_tui.services.desk import Desk
from agent_tui.tui.screens.recent import RecentScreen
from agent_tui.tui.widgets.rows import Row
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage
from tests.tui.naughty import NAUGHTY

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: size[0])


def name(what: str, size: tuple[int, int]) -> str:
    return f"lead-{what}-{size[0]}x{size[1]}"


def make_lead(desk: Desk) -> None:
    """Mira leads from now on."""
    with desk.writing() as unit:
        unit.execute("UPDATE agents SET role = 'lead' WHERE handle = 'mira'")


def recent(stage: Stage) -> RecentScreen:
    screen = stage.app.screen
    assert isinstance(screen, RecentScreen)
    return screen


async def go(stage: Stage, handle: str | None = None) -> None:
    """To Recent, and to the newest conversation of a colleague."""
    await stage.press("f2")
    await stage.until("newest first")
    screen = recent(stage)
    # How many there are may be known before the rows are.
    await stage.sees(lambda: screen.rows.rows)
    await stage.sees(lambda: screen.preview is not None or not screen.has_preview)
    if handle is not None:
        await go_to(stage, handle)


async def go_to(stage: Stage, handle: str) -> None:
    """Put the cursor on the newest conversation of an agent."""
    screen, call = recent(stage), the_call(stage.desk, handle)
    screen.rows.go_to(call)
    await stage.sees(lambda: screen.rows.key == call)


def asha_of(url: str) -> Desk:
    return make_desk(url, handle="asha", now=NOW, zone=ZONE)


def the_call(desk: Desk, handle: str) -> int:
    """The newest wrapped-up conversation of an agent."""
    found = desk.store.reader().row(
        "SELECT i.id FROM interactions i JOIN agents a ON a.id = i.agent_id "
        "WHERE a.handle = :handle AND i.state = 'wrapped_up' ORDER BY i.opened_at DESC LIMIT 1",
        handle=handle,
    )
    assert found is not None
    return int(found[0])


@SIZES
async def test_a_lead_reviews_a_line_of_what_is_read(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    make_lead(desk)
    async with open_app(size=size) as stage:
        await go(stage, "asha")
        await stage.press("enter")
        screen = recent(stage)
        await stage.sees(lambda: screen.reading.pane.current)
        line = screen.reading.pane.current
        assert line is not None
        await stage.press("w")
        await stage.until("A review for Asha Raman")
        await stage.type("You asked first: keep that.")
        await stage.looks_like(name("review-words", size))
        await stage.press("enter")
        await stage.until("What was looked for")
        await stage.press("1", "2", "2", "8", "8", "8")
        await stage.until("not applicable")
        await stage.looks_like(name("review-criteria", size))
        await stage.press("enter")
        await stage.until("told Asha Raman")
        [made] = desk.reviewing.by_me()
        assert (made.text, made.message_id or made.note_id) == (
            "You asked first: keep that.",
            line.id,
        )
        assert [one.verdict for one in made.criteria] == ["met", "missed", "not_applicable"]
        assert desk.drafting.lines() == ()


@SIZES
async def test_what_was_looked_for_is_commented_on(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    make_lead(desk)
    async with open_app(size=size) as stage:
        await go(stage, "asha")
        await stage.press("w")
        await stage.until("A review for Asha Raman")
        await stage.type("Good start")
        await stage.press("enter")
        await stage.until("What was looked for")
        await stage.press("c")
        await stage.until("Judge it first")
        await stage.press("2", "2", "c")
        await stage.until("missed: ", "the agent reads it")
        await stage.type(f"Friday, {NAUGHTY[0]}")
        await stage.sees(
            lambda: (
                "a comment on what was looked for" in {kept(one) for one in desk.drafting.lines()}
            )
        )
        await stage.press("enter", "5", "c")
        await stage.until("met: ")
        await stage.type("twice " * 30)
        await stage.press("enter")
        await stage.until("✓", "c comments", gone="met: ")
        await stage.looks_like(name("review-comments", size))
        await stage.press("escape")
        await stage.until("A review for Asha Raman", "Good start")
        await stage.press("enter")
        await stage.until("What was looked for", "Friday, ")
        await stage.press("enter")
        await stage.until("told Asha Raman")
        [made] = desk.reviewing.by_me()
        assert [(one.verdict, (one.comment or "")[:7]) for one in made.criteria] == [
            ("missed", "Friday,"),
            ("met", "twice t"),
        ]
        await stage.sees(lambda: desk.drafting.lines() == ())


def kept(draft: DraftText) -> str:
    """What a line that is kept was to say."""
    return asked_in(draft.about).words


async def test_an_agent_praises_and_reviews_nobody(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await go(stage, "asha")
        await stage.press("w")
        await stage.until("Praise for Asha Raman")
        await stage.type("well done")
        await stage.press("enter")
        await stage.until("told Asha Raman: well done")
        [made] = desk.reviewing.by_me()
        assert (made.kind, made.message_id) == ("praise", None)
        await go_to(stage, "mira")
        await stage.press("w")
        await stage.until("nobody reviews an interaction of their own")


async def test_what_the_desk_refuses_is_asked_again_with_the_words(
    open_app: Open, desk: Desk
) -> None:
    make_lead(desk)
    async with open_app() as stage:
        await go(stage, "asha")
        with desk.writing() as unit:
            unit.execute("UPDATE agents SET role = 'agent' WHERE handle = 'mira'")
        await stage.press("w")
        await stage.until("for Asha Raman")
        await stage.type("as a lead")
        await stage.press("enter")
        if "What was looked for" in stage.shown:
            await stage.press("enter")
            await stage.until("as a lead", "only a lead or an admin")
        assert desk.reviewing.by_me() == () or desk.reviewing.by_me()[0].kind == "praise"


def a_line(desk: Desk, call: int) -> int:
    """The first message of a conversation."""
    row = desk.store.reader().row(
        "SELECT id FROM messages WHERE interaction_id = :call ORDER BY sequence", call=call
    )
    assert row is not None
    return int(row[0])


def reviewed(desk: Desk, url: str) -> None:
    """Noor, who leads, and Asha wrote of Mira's conversations, whatever they wrote."""
    call = the_call(desk, "mira")
    noor = make_desk(url, handle="noor", now=NOW - timedelta(hours=2), zone=ZONE)
    noor.reviewing.write(
        call,
        message_id=a_line(desk, call),
        text=f"You let her finish. {NAUGHTY[0]}\nThen say what happens next: who, and until when.",
        criteria=[
            Criterion("Their agenda was heard in their own words", "customer", "met"),
            Criterion("What was promised has an owner and a time", "customer", "missed", "no time"),
        ],
    )
    noor.close()
    asha = asha_of(url)
    asha.reviewing.write(call, "That was kind.", kind="praise")
    asha.close()


@SIZES
async def test_an_agent_reads_and_answers(
    open_app: Open, desk: Desk, desk_url: str, size: tuple[int, int]
) -> None:
    reviewed(desk, desk_url)
    async with open_app(size=size) as stage:
        await go(stage)
        await stage.press("V")
        await stage.until("Noor Haddad → you")
        await stage.looks_like(name("reviews", size))
        await stage.press("j", "enter")
        await stage.until("You let her finish.", "a answer")
        await stage.looks_like(name("review", size))
        assert desk.reviewing.unread() == 1
        await stage.press("a")
        await stage.until("What do you answer Noor Haddad?")
        await stage.type("I will.")
        await stage.press("enter")
        await stage.until("answered Noor Haddad: I will.")
        assert [one.answer for one in desk.reviewing.for_me()] == [None, "I will."]
        await stage.press("V")
        await stage.until("answered")
        await stage.press("j", "enter")
        await stage.until("You answered", "a answer anew")
        await stage.press("o")
        await stage.until("n next", gone="You answered")
        assert recent(stage).is_reading
        await stage.press("escape")
        await stage.until("one conversation")
        await stage.press("escape")
        await stage.until("newest first")


async def test_reviews_are_read_at_the_desk_too(open_app: Open, desk: Desk, desk_url: str) -> None:
    reviewed(desk, desk_url)
    async with open_app() as stage:
        await stage.until("Reviews to read 2", "praise: That was kind.")
        await stage.press("shift+f4")
        await stage.until("Asha Raman → you")
        await stage.press("enter")
        await stage.until("That was kind.")
        await stage.press("o")
        await stage.until("n next")
        assert recent(stage).is_reading


async def test_today_lists_what_is_to_be_read(open_app: Open, desk: Desk, desk_url: str) -> None:
    reviewed(desk, desk_url)
    async with open_app() as stage:
        await stage.until("Reviews to read 2")
        pane = stage.app.desk_screen.today_pane
        while not isinstance(pane.key, Row) or pane.key.kind != "review":
            pane.move(1)
        await stage.press("enter")
        await stage.until("That was kind.", "a answer")
        await stage.press("escape", "escape")
        await stage.until("Reviews to read 1", gone="That was kind.")


async def test_what_was_done_is_taken_back_there(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await go(stage, "asha")
        await stage.press("w")
        await stage.type("well done")
        await stage.press("enter")
        await stage.until("told Asha Raman: well done · undo: Space u")
        await stage.press("space")
        await stage.until("Undo")
        await stage.press("u")
        await stage.until("undone")
        assert desk.reviewing.by_me()[0].withdrawn_at is not None


async def test_its_author_withdraws_it(open_app: Open, desk: Desk) -> None:
    desk.reviewing.write(the_call(desk, "asha"), "well done", kind="praise")
    async with open_app() as stage:
        await go(stage)
        await stage.press("V", "enter")
        await stage.until("x withdraw")
        await stage.press("x")
        await stage.until("Withdraw this?")
        await stage.press("y")
        await stage.until("withdrawn: well done")
        assert desk.reviewing.by_me()[0].withdrawn_at is not None


@SIZES
async def test_views_are_saved_chosen_and_changed(
    open_app: Open, desk: Desk, desk_url: str, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await go(stage)
        await stage.type("/agent:asha")
        await stage.press("escape", "v")
        await stage.until("Nothing is saved yet")
        await stage.press("s")
        await stage.until("Save this filter as")
        await stage.type("Asha's")
        await stage.press("enter")
        await stage.until("saved the view “Asha's”")
        other = asha_of(desk_url)
        other.viewing.save(f"unmet {NAUGHTY[0]}"[:60], "met:no", is_shared=True)
        other.close()
        desk.viewing.save("late promises", "promise:late", is_shared=True)
        await stage.press("v")
        await stage.until("late promises", "of Asha Raman")
        await stage.press("j", "d")
        await stage.until("Recent begins with “late promises”")
        await stage.press("v")
        await stage.until("begins with it")
        await stage.looks_like(name("views", size))
        await stage.press("h")
        await stage.until("“Asha's” is shared with your team")
        await stage.press("v")
        await stage.until("Views")
        await stage.press("enter")
        await stage.until("agent:asha")
        await stage.press("v", "n")
        await stage.until("Another name for “Asha's”")
        await stage.press("ctrl+u")
        await stage.type("LATE promises")
        await stage.press("enter")
        await stage.until("already")
        await stage.press("escape")
        await stage.press("v", "x")
        await stage.until("removed the view “Asha's”")
        assert [one.name for one in desk.viewing.all() if one.is_mine] == ["late promises"]
    async with open_app(size=size) as stage:
        await stage.press("f2")
        await stage.until("promise:late")


@SIZES
async def test_a_sample_is_drawn_walked_and_drawn_again(
    open_app: Open, desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_lead(desk)
    asked: list[tuple[int, int | None, datetime | None]] = []
    async with open_app(size=size) as stage:
        rows = stage.desk.browsing.page(Filter(), limit=40).rows[20:23]

        def sample(
            _wanted: Filter, *, size: int, seed: int | None = None, until: datetime | None = None
        ) -> Sample:
            asked.append((size, seed, until))
            assert until is not None
            return Sample(417 if seed is None else seed, until, 556, rows)

        monkeypatch.setattr(stage.desk.browsing, "sample", sample)
        await go(stage)
        await stage.press("r")
        await stage.until("Draw a sample")
        await stage.looks_like(name("draw", size))
        await stage.type("1010 417")
        await stage.until("1010 417", "how many is a whole number")
        await stage.press("ctrl+u")
        await stage.type("many")
        await stage.press("enter")
        await stage.until("how many is a whole number")
        await stage.press("ctrl+u")
        await stage.type("3")
        await stage.press("enter")
        minute = NOW.replace(second=0)
        await stage.until("3 417 2026-11-22T14:02")
        await stage.looks_like(name("sample", size))
        assert asked == [(3, None, minute)]
        screen = recent(stage)
        assert [row.interaction.id for row in screen.rows.rows] == [
            row.interaction.id for row in rows
        ]
        await stage.press("b")
        await stage.until("Your listening log")
        await stage.type("calm")
        await stage.press("enter")
        await stage.until("in your listening log")
        [heard] = desk.listening.mine()
        assert (heard.interaction_id, heard.seed, heard.remark) == (
            rows[0].interaction.id,
            417,
            "calm",
        )
        await stage.press("enter")
        await stage.until("n next")
        await stage.press("n")
        await stage.sees(lambda: screen.rows.row == rows[1])
        await stage.press("escape", "r")
        await stage.until("Draw a sample", "3 417 2026-11-22T14:02")
        await stage.press("enter")
        await stage.sees(lambda: asked[1:] == [(3, 417, minute)])
        await stage.press("escape")
        await stage.until("newest first")


@SIZES
async def test_the_listening_log_is_listed_and_read(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    make_lead(desk)
    desk.listening.add(the_call(desk, "asha"), remark="calm and told why")
    async with open_app(size=size) as stage:
        await go(stage)
        await stage.press("v")
        await stage.until("my listening log")
        await stage.press("l")
        await stage.until("1 found", "listened")
        screen = recent(stage)
        await stage.sees(lambda: screen.rows.rows and "listened" in screen.rows.rows[0].marks)
        await stage.sees(lambda: screen.preview is not None or not screen.has_preview)
        if screen.has_preview:
            await stage.until("calm and told why")
        await stage.looks_like(name("log", size))
        await stage.press("enter")
        await stage.until("n next")


@SIZES
async def test_what_was_made_of_it_before_is_told_where_it_is_logged_again(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    make_lead(desk)
    desk.listening.add(the_call(desk, "asha"), remark="calm and told why")
    async with open_app(size=size) as stage:
        await go(stage, "asha")
        await stage.press("b")
        await stage.until("You wrote: “calm and told why”")
        await stage.type("twice now")
        await stage.press("enter")
        await stage.until("in your listening log", gone="You wrote")
        assert [one.remark for one in desk.listening.mine()] == ["twice now", "calm and told why"]


@SIZES
async def test_an_empty_listening_log_says_what_it_is_and_how_it_begins(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    make_lead(desk)
    async with open_app(size=size) as stage:
        await go(stage)
        await stage.press("v")
        await stage.until("my listening log")
        await stage.press("l")
        await stage.until("Your listening log is empty", gone="Nothing like this")
        await stage.looks_like(name("log-empty", size))
        await stage.press("escape")
        await stage.until("556, newest first")
        await stage.sees(lambda: recent(stage).rows.rows)
        await go_to(stage, "asha")
        await stage.press("b")
        await stage.until("Your listening log · Asha Raman")
        await stage.type("calm")
        await stage.press("enter")
        await stage.until("in your listening log")
        await stage.press("slash")
        await stage.type("listened:me -met:no")
        await stage.until("1 found", gone="listening log is empty")


async def test_the_log_of_who_leads_nobody_says_whose_it_is(open_app: Open) -> None:
    async with open_app() as stage:
        await go(stage)
        await stage.press("slash")
        await stage.type("log:mine ")
        await stage.until("Leads keep a listening log", gone="Nothing like this")
        await stage.type("met:no ")
        await stage.until("Nothing like this", gone="Leads keep")


async def test_an_agent_has_no_log_among_the_views(open_app: Open) -> None:
    async with open_app() as stage:
        await go(stage)
        await stage.press("v")
        await stage.until("Views", "save this filter", gone="listening log")


@SIZES
async def test_what_to_talk_about_opens_its_conversations(
    open_app: Open, desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_lead(desk)
    async with open_app(size=size) as stage:
        rows = stage.desk.browsing.page(Filter(), limit=40).rows[20:23]
        ids = tuple(row.interaction.id for row in rows)
        entry = CoachingEntry(
            7,
            "Asha Raman",
            "unmet",
            NAUGHTY[0],
            3,
            9,
            ids,
            f"in 3 of 9 conversations about “{NAUGHTY[0]}” they did not get all that they came for",
        )
        late = replace(
            entry, kind="repeat", about="boiler", sentence="after 3 of 9 conversations …"
        )
        tom = replace(entry, agent_id=8, agent="Tom Hartley", sentence="in 4 of 31 conversations …")
        monkeypatch.setattr(stage.desk.coaching, "team", lambda _since: (entry, late, tom))
        await go(stage)
        await stage.press("t")
        await stage.until("To talk about, within 30 days", "Tom Hartley")
        await stage.looks_like(name("coaching", size))
        await stage.press("enter")
        await stage.until("Asha Raman · in 3")
        assert {row.interaction.id for row in recent(stage).rows.rows} == set(ids)


async def test_a_filter_is_set_aside_while_something_else_stands_in_the_list(
    open_app: Open, desk: Desk
) -> None:
    make_lead(desk)
    async with open_app() as stage:
        await go(stage)
        await stage.press("slash")
        await stage.type("channel:chat")
        await stage.press("enter")
        await stage.until("[channel chat ✕]")
        held = [row.interaction.id for row in stage.desk.browsing.page(Filter(), limit=3).rows]
        recent(stage).hold_ids(held, "to talk about")
        await stage.until("to talk about", "set aside", gone="[channel chat ✕]")
        await stage.press("escape")
        await stage.until("[channel chat ✕]", gone="set aside")


async def test_an_agent_reads_their_own_list(open_app: Open) -> None:
    async with open_app() as stage:
        await go(stage)
        await stage.press("t")
        await stage.until("To talk about, within 30 days")
        await stage.press("escape")
        await stage.until("newest first", gone="To talk about, within")
