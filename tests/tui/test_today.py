"""Today: every section that holds something, what was left out of one, and where a row leads."""

from __future__ import annotations

from datetime import timedelta

from textual.app import App

from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.lines import Asked
from agent_tui.domain.values.promises import Promise
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.domain.values.today import Counts, Today, Totals
from agent_tui.services.desk import Desk
from agent_tui.storage import schema
from agent_tui.tui.messages import MoreWanted
from agent_tui.tui.theme import own_colours
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.today import TodayPane
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

MIRA = Agent(1, "mira", "Mira", "agent", "Floor", "away", NOW - timedelta(minutes=22))


def promised(number: int) -> Promise:
    return Promise(
        id=number,
        customer_id=number,
        customer=f"Customer {number}",
        side="ours",
        text="call back",
        due_at=NOW + timedelta(days=1),
        state="open",
        owner="Mira",
        interaction_id=None,
        created_at=NOW,
    )


class Alone(App[None]):
    """Today alone on the screen."""

    asked = 0

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return own_colours(self.current_theme)

    def compose(self):  # type: ignore[no-untyped-def]
        yield TodayPane()

    def on_more_wanted(self, _event: MoreWanted) -> None:
        self.asked += 1


def rows(pane: TodayPane) -> list[str]:
    return ["".join(span.text for span in (*one.left, *one.right)) for one in pane.lines]


async def test_what_is_left_out_is_counted_and_comes_with_enter() -> None:
    app = Alone()
    async with app.run_test(size=(60, 30)) as pilot:
        pane = app.query_one(TodayPane)
        few = tuple(promised(number) for number in range(12))
        today = Today(MIRA, Counts(0, 0, 0, 0), promises=few, totals=Totals(promises=40))
        pane.show_today(today, Here(NOW, ZONE))
        await pilot.pause()
        assert rows(pane)[0] == "You are away since 13:40"
        assert "Promised by me 40" in rows(pane)
        assert rows(pane)[-1] == "  and 34 more"
        pane.focus()
        await pilot.press(*["down"] * 6, "enter")
        assert app.asked == 1
        assert rows(pane)[-1] == "  and 28 more"
        assert pane.key.record.customer == "Customer 6"
        whole = Today(
            MIRA,
            Counts(0, 0, 0, 0),
            promises=tuple(promised(number) for number in range(40)),
            totals=Totals(promises=40),
        )
        pane.show_today(whole, Here(NOW, ZONE))
        assert rows(pane)[-1].startswith("  Customer 39")
        assert pane.key.record.customer == "Customer 6"


async def test_one_row_more_is_shown_and_not_counted() -> None:
    app = Alone()
    async with app.run_test(size=(60, 30)) as pilot:
        pane = app.query_one(TodayPane)
        seven = tuple(promised(number) for number in range(7))
        pane.show_today(Today(MIRA, Counts(0, 0, 0, 0), promises=seven), Here(NOW, ZONE))
        await pilot.pause()
        assert rows(pane)[-1].startswith("  Customer 6")


async def test_what_stands_open_below_the_fold_is_named_in_the_frame(
    open_app: Open, desk: Desk
) -> None:
    for number, words in enumerate(("half a thought", "and another")):
        about = Asked("", f"friction.{number}").about
        desk.drafting.journal(about, words, draft_id=new_id(), kind="line")
    async with open_app() as stage:
        await stage.until("! Liam Smith", "Drafts 2 · ↓")
        assert "half a thought" not in stage.shown
        pane = stage.app.desk_screen.today_pane
        pane.scroll_end(animate=False)
        await stage.until("half a thought", gone="Drafts 2 · ↓")
    async with open_app(size=(80, 24)) as stage:
        await stage.until("Drafts 2 · ↓")


async def test_what_was_in_the_way_says_so_and_its_first_words(open_app: Open) -> None:
    async with open_app(size=(120, 60)) as stage:
        await stage.press("shift+f3")
        await stage.until("What is in your way?")
        await stage.type("the search waits")
        await stage.press("escape")
        await stage.until("Drafts 1", "  what is in my way     the search waits ")
        await _down_to(stage, "▸ what is in my way     the search waits")
        await stage.press("enter")
        await stage.until("What is in your way?", "typed before")


async def test_the_cursor_stays_near_what_was_done() -> None:
    app = Alone()
    async with app.run_test(size=(60, 30)) as pilot:
        pane = app.query_one(TodayPane)
        all_of_them = [promised(number) for number in range(4)]
        counts = Counts(0, 0, 0, 0)
        pane.show_today(Today(MIRA, counts, promises=tuple(all_of_them)), Here(NOW, ZONE))
        await pilot.pause()
        pane.focus()
        await pilot.press("down", "down")
        del all_of_them[2]
        pane.show_today(Today(MIRA, counts, promises=tuple(all_of_them)), Here(NOW, ZONE))
        assert pane.key.id == 3


async def test_a_clear_desk_is_calm(open_app: Open, tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/clear.sqlite"
    schema.upgrade(url)
    desk = make_desk(url, now=NOW, zone=ZONE)
    ada = desk.registering.customer("Ada Hart")
    desk.noting.save("likes tea", customer_id=ada)
    desk.close()
    async with open_app(size=(80, 24), url=url) as stage:
        await stage.until("Nobody waits and nothing is owed.")
        await stage.looks_like("today-clear-80x24")


async def test_who_waits_for_an_answer_and_who_was_missed_stand_together(
    open_app: Open, desk: Desk
) -> None:
    desk.conversing.take(CallSignal("phone", "c1", "ringing", sender="07700 900118"))
    desk.conversing.take(CallSignal("phone", "c1", "ended"))
    desk.conversing.take(CallSignal("chat", "w1", "answered", sender="zed", receiver="mira"))
    desk.conversing.take(MessageSignal("chat", "w1", "m1", "customer", "still there?"))
    async with open_app() as stage:
        await stage.until("still there?", "Nobody known calls from here")
        await stage.press("f1")
        await stage.until("Waiting 4", "missed 14:02", "chat, wrote last", "4 waiting")


async def test_what_rings_stands_above_older_chats_where_there_is_little_height(
    open_app: Open, desk: Desk
) -> None:
    for number in range(5):
        ago = NOW - timedelta(minutes=50 - number)
        desk.conversing.take(CallSignal("chat", f"w{number}", "ringing", sender="zed", at=ago))
    desk.conversing.take(CallSignal("phone", "c1", "ringing", sender="07700 900118", at=NOW))
    async with open_app(size=(80, 24)) as stage:
        await stage.until("Waiting 8", "phone, ringing")
        pane = stage.app.desk_screen.today_pane
        told = rows(pane)
        first = told.index("Waiting 8") + 1
        assert told[first].startswith("  Katherine Sm")
        following = stage.app.desk_screen.calls_elsewhere[0]
        assert pane.lines[first].key.interaction_id == following.id
        assert told[first + 1].startswith("  zed")


async def test_a_draft_opens_in_the_line_it_was_typed_in(open_app: Open) -> None:
    async with open_app(size=(120, 60)) as stage:
        await _open_katherine(stage)
        await stage.press("f4")
        await stage.type("half a thought")
        await stage.until("draft kept")
        await stage.press("f1")
        await stage.until("Drafts 1", "half a thought")
        await _down_to(stage, "▸ Katherine Smith       half a thought")
        await stage.press("enter")
        await stage.until("▸ Note", "half a thought", "draft from before", "Timeline ")


async def test_a_draft_that_is_thrown_away_comes_back_with_undo(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(120, 60)) as stage:
        await _open_katherine(stage)
        await stage.press("f4")
        await stage.type("half a thought")
        await stage.until("draft kept")
        await stage.press("f1")
        await stage.until("Drafts 1", "half a thought")
        await _down_to(stage, "▸ Katherine Smith       half a thought")
        await stage.press("space", "x")
        await stage.until("thrown away: half a thought", gone="Drafts 1")
        assert desk.opening.today().drafts == ()
        await stage.press("space", "u")
        await stage.until("Drafts 1")


async def test_a_wrap_up_row_opens_the_person_with_f6_ready(open_app: Open) -> None:
    async with open_app() as stage:
        await stage.until("Parked 1", "Daniel Smith")
        await _down_to(stage, "▸ Daniel Smith          whether")
        await stage.press("enter")
        await stage.until("about Daniel Smith", "F6 wrap up")
        await stage.press("f6")
        await stage.until("Did they get what they came for?", "whether one of us has to stay home")


async def _open_katherine(stage: Stage) -> None:
    await stage.type("kath smi")
    await stage.until("▸ Katherine Smith", "late 6 d")
    await stage.press("enter")
    await stage.until("about Katherine Smith")


async def _down_to(stage: Stage, row: str) -> None:
    """Move the cursor of Today down until it stands on a row."""
    for _ in range(40):
        if row in stage.shown:
            return
        await stage.press("down")
    raise AssertionError(f"no {row!r} in\n{stage.shown}")
