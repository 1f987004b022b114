"""What an agent says of the lines of a brief: wrong, used, and neither after all."""

from __future__ import annotations

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from tests.tui.conftest import Open
from tests.tui.test_brief import (
    KATHERINE,
    MOBILE,
    down_to,
    go_to_the_brief,
    kept,
    open_katherine,
    the_call,
)


async def test_wrong_strikes_a_record_out_and_the_same_key_takes_it_back(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await down_to(stage, "▸ No to")
        await stage.press("x")
        await stage.until("wrong", "offers", "x undoes", "x again takes it back", gone="▸ No to")
        assert [one.state for one in desk.knowing.refusals(katherine, gone=True)] == ["wrong"]
        await stage.until("▸ wrong")
        await stage.press("x")
        await stage.until("▸ No to", "not wrong after all", gone="x undoes")
        assert [one.state for one in desk.knowing.refusals(katherine)] == ["current"]


async def test_pressed_twice_at_once_it_is_as_before(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await stage.press("u", "u")
        await stage.until("not used after all")
        assert desk.briefing.marks(katherine) == ()


async def test_a_duty_that_is_called_wrong_stays_and_says_so(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await stage.press("x")
        await stage.until("We owe×")
        [mark] = desk.briefing.marks(katherine)
        assert (mark.how, ids.parse(ids.PROMISE, mark.subject) is not None) == ("wrong", True)
        await stage.press("x")
        await stage.until("not wrong after all", gone="We owe×")
        assert desk.briefing.marks(katherine) == ()


async def test_which_of_several_records_is_meant_only_the_agent_knows(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await down_to(stage, "▸ Treat")
        await stage.press("u")
        await stage.until("Which of them?", "they said so")
        assert desk.briefing.marks(katherine) == ()
        await stage.press("down", "u")
        await stage.until("used once", "Treat✓")
        [mark] = desk.briefing.marks(katherine)
        assert mark.how == "used"
        # What was used was seen, however short it stood there.
        await stage.press("f1")
        [receipt] = await kept(stage, desk, 1)
        assert [line.how for line in receipt.lines if line.kind == "treat"] == ["used"]


@pytest.mark.parametrize("key", ["enter", "u"])
async def test_another_of_several_records_is_gone_to_and_chosen(
    open_app: Open, desk: Desk, katherine: int, key: str
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await down_to(stage, "▸ Treat")
        await stage.press("u")
        await stage.until("Enter this one, used", "u none")
        await stage.press("down")
        await stage.until("Enter this one, used", gone="u none")
        await stage.press(key)
        await stage.until("used once", "Treat✓")
    [mark] = desk.briefing.marks(katherine)
    facts = {ids.show(ids.FACT, fact.id): fact for fact in desk.knowing.facts(katherine)}
    assert (mark.how, facts[mark.subject].text) == ("used", "one named engineer")


@pytest.mark.parametrize(("key", "how"), [("x", "wrong: correct the note"), ("u", "used")])
async def test_how_they_felt_takes_no_mark_and_offers_none(
    open_app: Open, desk: Desk, katherine: int, key: str, how: str
) -> None:
    desk.conversing.take(CallSignal("phone", "c1", "answered", sender=MOBILE, receiver="mira"))
    desk.noting.save(
        "mood: I have had enough", customer_id=katherine, interaction_id=the_call(desk)
    )
    async with open_app() as stage:
        await stage.until(f"about {KATHERINE}", "They said")
        await stage.press("ctrl+o")
        await stage.until(f"▸ {KATHERINE}", "x wrong")
        await down_to(stage, "▸ They said")
        await stage.until("Enter where from", gone=f"{key} {how.partition(':')[0]}")
        await stage.press(key)
        await stage.until(f"Words of theirs are not marked {how}.")
        assert desk.briefing.marks(katherine) == ()
        await stage.press("enter")
        await stage.until("▸ Conversation")


@pytest.mark.parametrize("key", ["x", "u"])
async def test_the_same_key_again_chooses_none_of_several_records(
    open_app: Open, desk: Desk, katherine: int, key: str
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await down_to(stage, "▸ Treat")
        await stage.press(key)
        await stage.until("Which of them?", "they said so", f"{key} none")
        await stage.press(key)
        await stage.until("▸ Treat", "Enter unfolds", gone="they said so")
        # What was unfolded before stays so.
        await stage.press("enter")
        await stage.until("they said so")
        await stage.press(key)
        await stage.until(f"{key} none")
        await stage.press(key)
        await stage.until("▸ Treat", "they said so", gone=f"{key} none")
        # Nothing was asked for that could still be on its way.
        await stage.press("escape", "f1")
        await stage.until("Promised by me")
    assert desk.briefing.marks(katherine) == ()
    assert desk.knowing.facts(katherine, gone=True) == desk.knowing.facts(katherine)


async def test_enter_takes_the_record_that_was_asked_about(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await down_to(stage, "▸ Treat")
        await stage.press("u")
        await stage.until("Enter this one, used")
        await stage.press("enter")
        await stage.until("used once", "Treat✓", "Enter where from")
        [mark] = desk.briefing.marks(katherine)
        assert mark.how == "used"


async def test_a_record_that_the_agent_went_to_is_chosen(
    open_app: Open, desk: Desk, katherine: int
) -> None:
    async with open_app() as stage:
        await open_katherine(stage)
        await go_to_the_brief(stage)
        await down_to(stage, "▸ Treat")
        await stage.press("x")
        await stage.until("x none")
        await stage.press("down", "up", "x")
        await stage.until("x undoes")
        [_] = [one for one in desk.briefing.marks(katherine) if one.how == "wrong"]


# -- what is worth asking, who is alike ---------------------------------------------------------
