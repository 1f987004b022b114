"""What is known of a person, on the screen: read, changed, added to and taken back again."""

from __future__ import annotations

import pytest

from agent_tui.domain.values.kinds import Consent
from agent_tui.domain.values.people import ContactPoint
from agent_tui.services.desk import Desk
from agent_tui.tui.widgets.brief_pane import BriefPane
from agent_tui.tui.widgets.sections.titles import NAMES
from tests.builders import make_desk
from tests.tui.conftest import NOW, ZONE, Open, Stage

SMALL, ROOMY = (80, 24), (120, 36)
SIZES = pytest.mark.parametrize("size", [SMALL, ROOMY], ids=lambda size: f"{size[0]}")


def katherine(desk: Desk) -> int:
    return desk.finding.choose("katherine-smith")


async def to_section(stage: Stage, name: str, down: int = 0) -> None:
    """Katherine is opened, and the cursor goes to a row of a section; 0 is its title."""
    await stage.type("katherine smith")
    await stage.until("Katherine Smith", "Enter opens")
    await stage.press("enter")
    await stage.until("Before you speak", gone="Enter opens")
    await stage.press("ctrl+o")
    await turn_to(stage, name)
    await stage.press(*["down"] * down)


async def turn_to(stage: Stage, name: str) -> None:
    """Turn the sections until this one is shown; the cursor is on its title."""
    pane = stage.app.screen.query_one(BriefPane)
    while pane.sections.name != name:
        await stage.press("right")


def facts(desk: Desk) -> list[str]:
    return [one.text for one in desk.knowing.facts(katherine(desk))]


async def test_a_fact_that_aged_is_still_true_and_then_not_said_so(
    open_app: Open, desk: Desk
) -> None:
    def confirmed() -> list[object]:
        found = desk.knowing.facts(katherine(desk))
        return [one.confirmed_at for one in found if one.source == "impression"]

    async with open_app() as stage:
        await to_section(stage, "Knows", 3)
        await stage.until("?▸values", "ask again")
        await stage.press("space", "y")
        await stage.until("still true: to be told", "Space u", gone="ask again")
        assert confirmed() == [NOW]
        await stage.press("space", "u")
        await stage.until("undone: still true", "ask again")
        assert confirmed() == [None]


async def test_a_fact_is_said_anew_and_the_cursor_stays_beside_its_place(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await to_section(stage, "Knows", 1)
        await stage.press("space", "n")
        await stage.until("What is true now", "one named engineer")
        await stage.type(", Priya")
        await stage.press("enter")
        await stage.until("now: one named engineer, Priya", "▸ expects")
        assert "one named engineer, Priya" in facts(desk)
        assert "one named engineer" not in facts(desk)
        await stage.press("space", "u")
        await stage.until("undone: now", "one named engineer          said")
        assert "one named engineer" in facts(desk)


async def test_the_same_words_said_anew_are_a_confirmation(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_section(stage, "Knows", 1)
        await stage.press("space", "n", "enter")
        await stage.until("still true: one named engineer")
    [same] = [one for one in desk.knowing.facts(katherine(desk)) if one.kind == "expects"]
    assert same.confirmed_at == NOW


async def test_a_fact_is_wrong_for_a_reason_and_stands_again(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_section(stage, "Knows", 1)
        await stage.press("space", "x")
        await stage.until("Wrong, because?")
        await stage.press("enter")
        await stage.until("say why it is wrong")
        await stage.type("it was her sister")
        await stage.press("enter")
        await stage.until("wrong: one named engineer", "Knows 5")
        assert "one named engineer" not in facts(desk)
        await stage.press("space", "u")
        await stage.until("undone: wrong", "Knows 6")
        assert "one named engineer" in facts(desk)


async def test_enter_unfolds_a_fact_and_then_leads_to_where_it_was_said(
    open_app: Open, desk: Desk
) -> None:
    who = katherine(desk)
    email = next(
        one for one in desk.opening.customer(who).dossier.interactions if one.channel == "email"
    )
    desk.knowing.learn(who, "knows", "moves meetings for a visit", interaction_id=email.id)
    async with open_app() as stage:
        await to_section(stage, "Knows", 1)
        await stage.press("enter")
        await stage.until("they said so", "holds until", "Enter where from")
        await stage.press("escape")
        await stage.until("Enter unfolds", gone="holds until")
        await stage.press("enter", "enter")
        await stage.until("Sat 14 Nov · Asha Raman · email")
        await stage.press("ctrl+o", "space")
        await stage.until("o  where it comes from")


async def test_a_refusal_is_dated_in_words_and_lifted(open_app: Open, desk: Desk) -> None:
    def standing() -> list[tuple[str, object]]:
        return [(one.what, one.ask_again_after) for one in desk.knowing.refusals(katherine(desk))]

    [before] = standing()
    async with open_app() as stage:
        await to_section(stage, "No to", 1)
        await stage.press("space", "d")
        await stage.until("when may they be asked again?")
        await stage.type("+30d")
        await stage.until("→ Tue 22 Dec")
        await stage.press("enter")
        await stage.until("until 22 Dec", "not before Tue 22 Dec: offers")
        await stage.press("space", "n")
        await stage.until("not to be asked again: offers", gone="until 22 Dec")
        assert standing() == [("offers", None)]
        await stage.press("space", "u")
        await stage.until("until 22 Dec")
        await stage.press("space", "l")
        await stage.until("lifted: offers", "nothing yet: no: offers in a note makes one")
        assert standing() == []
        await stage.press("space", "u")
        await stage.until("undone: lifted", "until 22 Dec")
    assert standing() != [before]


async def test_an_entry_taken_back_leaves_the_balance(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_section(stage, "Ledger", 2)
        await stage.until("Twelve months: we gave 1 (20 GBP), they gave 3;")
        await stage.press("space")
        await stage.until("waived fee, 20 GBP, call-out for the meter exchange")
        await stage.press("x")
        await stage.until("Twelve months: we gave 0, they gave 3;", "taken back: waived fee")
        await stage.press("space", "u")
        await stage.until("we gave 1 (20 GBP)")
    assert len(desk.knowing.ledger(katherine(desk))) == 5


async def test_people_are_seen_from_both_sides_with_what_matters(
    open_app: Open, desk: Desk
) -> None:
    daniel = desk.finding.choose("daniel smith")
    desk.noting.save("!the hour of the visit 14:07", customer_id=daniel)
    desk.knowing.tie(daniel, katherine(desk), "cares for")
    async with open_app() as stage:
        stage.clock.move(hours=3)
        await to_section(stage, "People", 1)
        await stage.until("cared for by", "late 2 h: the hour of the visit")
        await stage.press("enter")
        await stage.until("Daniel Smith")
        await stage.until("the hour of the visit", gone="Katherine Smith   Northwind")
        await stage.press("ctrl+o")
        await turn_to(stage, "People")
        await stage.until("cares for", "Katherine Smith")


async def test_two_people_are_untied_and_tied_again(open_app: Open, desk: Desk) -> None:
    def around() -> set[tuple[str, str]]:
        return {(one.kind, one.name) for one in desk.knowing.circle(katherine(desk)).ties}

    before = around()
    async with open_app() as stage:
        await to_section(stage, "People", 1)
        await stage.press("space", "x")
        await stage.until("not tied: household Daniel Smith", "People 1")
        assert around() == before - {("household", "Daniel Smith")}
        await stage.press("space", "u")
        await stage.until("undone: not tied", "People 2")
        assert around() == before


@SIZES
async def test_somebody_is_tied_with_the_finder_and_a_kind(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await to_section(stage, "People")
        await stage.press("plus")
        await stage.until("Who belongs to Katherine Smith?", "Type how a name begins")
        await stage.type("rónán")
        await stage.until("▸ Rónán Ó Súill")
        await stage.press("enter")
        await stage.until("▸ household Rónán Ó Súilleabháin", "from there: cared for by")
        await stage.type("cares")
        await stage.until("▸ cares for Rónán", gone="household Rónán")
        await stage.looks_like(f"tie-kind-{size[0]}x{size[1]}")
        await stage.press("enter")
        await stage.until("People 3", "Katherine Smith: cares for Rónán")
        ronan = desk.finding.choose("ronan-o-suilleabhain")
        assert [one.kind for one in desk.knowing.circle(ronan).ties] == ["cared for by"]
        await stage.press("space", "u")
        await stage.until("People 2", "undone: Katherine Smith")
        assert desk.knowing.circle(ronan).ties == ()


async def test_a_tie_in_words_of_ones_own_and_one_that_is_refused(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await to_section(stage, "People")
        for kind, said in (("godmother of", "godmother of Daniel"), ("household", "already")):
            await stage.press("plus")
            await stage.until("Who belongs to")
            await stage.type("daniel smith")
            # Enter before the answer is here takes whoever it names first.
            await stage.press("enter")
            await stage.until("Katherine Smith … Daniel Smith")
            await stage.type(kind)
            await stage.until(f"▸ {kind}")
            await stage.press("enter")
            await stage.until(said)
        await stage.until("the two are tied like this already", "▸ household")


def ways(desk: Desk) -> dict[str, ContactPoint]:
    points = desk.opening.customer(katherine(desk)).dossier.customer.contact_points
    return {one.value: one for one in points}


MOBILE = "07700 900118"


async def test_consent_is_asked_for_in_words_before_it_changes(open_app: Open, desk: Desk) -> None:
    def consent() -> Consent:
        return ways(desk)[MOBILE].consent

    async with open_app(size=SMALL) as stage:
        await to_section(stage, "Reach", 2)
        await stage.press("space")
        await stage.until("they agreed to be written to here", MOBILE, "w  they withdraw")
        await stage.press("w")
        await stage.until("They withdraw it: nothing is sent there any more?")
        await stage.press("n")
        await stage.until("consent given", gone="any more?")
        assert consent() == "given"
        await stage.press("space", "w", "y")
        await stage.until(f"consent withdrawn: {MOBILE}", "×▸phone")
        assert consent() == "withdrawn"
        await stage.press("space", "g")
        await stage.until("Did they say themselves that we may write there?")
        await stage.press("y")
        await stage.until(f"consent given: {MOBILE}", gone="×▸phone")
        assert consent() == "given"


async def test_what_they_prefer_is_set_copied_and_undone(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_section(stage, "Reach", 2)
        await stage.press("space", "p")
        await stage.until(f"preferred: {MOBILE}")
        assert ways(desk)[MOBILE].preferred
        await stage.press("space", "u")
        await stage.until("undone: preferred")
        assert not ways(desk)[MOBILE].preferred
        await stage.press("space", "c")
        await stage.until(f"“{MOBILE}”")


@SIZES
async def test_a_fact_is_added_in_the_grammar_of_notes(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await to_section(stage, "Knows")
        await stage.press("plus")
        await stage.until("What is worth knowing about Katherine Smith?", "impression: in a hurry")
        await stage.type("=prefers letters in large print")
        await stage.until("→ prefers: letters in large print · they said so")
        await stage.looks_like(f"add-fact-{size[0]}x{size[1]}")
        await stage.press("enter")
        await stage.until("Knows 7", "Space u")
        newest = desk.knowing.facts(katherine(desk))[0]
        assert (newest.kind, newest.text) == ("prefers", "letters in large print")
        assert (newest.source, newest.stated_at) == ("stated", NOW)
        await stage.press("space", "u")
        await stage.until("Knows 6", "undone")
        assert "letters in large print" not in facts(desk)


async def test_an_impression_is_labelled_and_two_things_at_once_are_not_taken(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await to_section(stage, "Knows")
        await stage.press("insert")
        await stage.until("What is worth knowing")
        await stage.type("impression: in a hurry #boiler")
        await stage.until("one thing at a time here")
        await stage.press("enter", *["backspace"] * 8)
        await stage.until("→ knows: in a hurry · an impression of yours")
        await stage.press("enter")
        await stage.until("Knows 7", "impression now")
    assert desk.knowing.facts(katherine(desk))[0].source == "impression"


async def test_a_refusal_is_added_until_a_day(open_app: Open, desk: Desk) -> None:
    async with open_app(size=SMALL) as stage:
        await to_section(stage, "No to")
        await stage.press("plus")
        await stage.until("What does Katherine Smith say no to?")
        await stage.type("calls at work until 1 march")
        await stage.until("→ no to calls at work · not to be asked before Mon 1 Mar")
        await stage.press("enter")
        await stage.until("No to 2")
        newest = desk.knowing.refusals(katherine(desk))[0]
        assert newest.what == "calls at work"
        assert newest.ask_again_after is not None
        assert newest.ask_again_after.astimezone(ZONE).date().isoformat() == "2027-03-01"
        await stage.press("space", "u")
        await stage.until("No to 1")


async def test_what_was_given_is_added_with_its_sum(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await to_section(stage, "Ledger")
        await stage.press("plus")
        await stage.until("What was given?")
        await stage.type("waived fee")
        await stage.until("begin with gave for what we gave")
        await stage.press("enter", *["backspace"] * 10)
        await stage.type("gave £15 for the late visit")
        await stage.until("→ we gave")
        await stage.press("enter")
        await stage.until("Ledger 6", "we gave 2 (35 GBP)")
        newest = desk.knowing.ledger(katherine(desk))[0]
        assert (newest.side, newest.amount, newest.currency) == ("ours", "15", "GBP")
        await stage.press("space", "u")
        await stage.until("Ledger 5", "we gave 1 (20 GBP)")


async def test_what_only_a_note_makes_is_begun_in_the_note(open_app: Open) -> None:
    async with open_app() as stage:
        await to_section(stage, "To ask")
        await stage.press("plus")
        await stage.type("when the engineer comes")
        await stage.until("│ ask: when the engineer comes", "│ to ask: when the engineer comes")


async def test_it_is_added_to_somebody_who_is_only_looked_at(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await stage.type("katherine smith")
        await stage.until("Enter opens", "+ add")
        await stage.press("ctrl+o")
        await turn_to(stage, "Knows")
        await stage.press("plus")
        await stage.until("What is worth knowing")
        await stage.type("has a new dog")
        await stage.press("enter")
        await stage.until("has a new dog", "Knows 7")
        await stage.until("Enter opens")
    assert "has a new dog" in facts(desk)


async def test_what_a_colleague_learns_appears(open_app: Open, desk: Desk, desk_url: str) -> None:
    async with open_app() as stage:
        await to_section(stage, "Knows")
        asha = make_desk(desk_url, handle="asha", now=NOW, zone=ZONE)
        asha.knowing.learn(katherine(asha), "knows", "keeps bees")
        asha.close()
        await stage.until("keeps bees", "Knows 7")


@SIZES
@pytest.mark.parametrize("name", ["Knows", "Ledger", "Reach"])
async def test_sections_fit(open_app: Open, size: tuple[int, int], name: str) -> None:
    async with open_app(size=size) as stage:
        await to_section(stage, name, 1)
        await stage.looks_like(f"section-{name.lower()}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [SMALL, ROOMY, (200, 60)], ids=lambda size: f"{size[0]}")
async def test_turning_brings_the_section_into_sight_and_more_above_it_leaves_it_there(
    open_app: Open, desk: Desk, size: tuple[int, int]
) -> None:
    async with open_app(size=size) as stage:
        await to_section(stage, "Promises")
        pane = stage.app.screen.query_one(BriefPane)

        def is_in_sight() -> bool:
            top, height = pane.scroll_offset.y, pane.size.height
            row = pane.cursor
            rows = len(pane.lines)
            return row is not None and top <= row and min(row + 3, rows) <= top + height

        for name in (*NAMES[1:], "Promises"):
            await turn_to(stage, name)
            await stage.sees(is_in_sight)
        await turn_to(stage, "Asked")
        await stage.sees(is_in_sight)
        before = len(pane.lines)
        for words in ("calls at night are fine", "two dogs at the door, both of them old"):
            desk.knowing.learn(katherine(desk), "notice", words)
        await stage.sees(lambda: len(pane.lines) > before + 1)
        assert pane.sections.name == "Asked"
        await stage.sees(is_in_sight)
