"""In a script: every key of the pane, and what may change around it."""

from __future__ import annotations

from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from agent_tui.tui.widgets.conversation import ConversationPane
from agent_tui.tui.widgets.script_pane import ScriptPane
from tests.tui.conftest import Open, Stage
from tests.tui.scripted import MOBILE, desk_of, opened

POLICY = """---
title: Returns
order: advice
---

## Look at the thing

What is it, {{ customer.company }}, [bold]and[/x] what is {{ interaction.agenda }}?

## Take it back

1. Send a label

## Say how long

It takes five days.
"""


async def in_script(stage: Stage, desk: Desk, *answers: str) -> int:
    """Her script is open and has the focus, so many steps on; returns the run's id."""
    run = opened(desk).run.id
    for answer in answers:
        desk.scripting.go_on(run, answer)
    await stage.until(f"step {1 + len(answers)} of 6")
    await stage.press("f5")
    await stage.pilot.pause()
    assert isinstance(stage.app.focused, ScriptPane)
    return run


async def test_f5_goes_there_and_back_and_space_names_all_keys(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await in_script(stage, desk, "a morning")
        await stage.press("space")
        await stage.until("1  A new visit", "s  skip this step", "l  leave it")
        await stage.looks_like("script-keys-120x36")
        await stage.press("s")
        await stage.until("Book the visit", "step 3 of 6")
        await stage.press("f5")
        await stage.pilot.pause()
        assert isinstance(stage.app.focused, ConversationPane)


async def test_back_keeps_what_was_noted_and_says_so(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        await in_script(stage, desk, "a morning")
        await stage.press("b", "enter")
        await stage.until("step 1 of 6", "what was noted here stays")
        await stage.press("0")
        await stage.until("What did the waiting cost you?")
        await stage.press("escape")
        await stage.until("step 1 of 6", gone="Enter without words")


async def test_what_was_noted_is_undone_by_the_key_of_all_notes(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        run = await in_script(stage, desk)
        before = len(desk.knowing.ledger(desk.scripting.run(run).run.customer_id))
        await stage.press("0")
        await stage.until("What did the waiting cost you?")
        await stage.type("a morning")
        await stage.press("enter")
        await stage.until("¶ they gave · ctrl+x undoes it")
        await stage.press("ctrl+x")
        await stage.until("The note was taken back", gone="¶ they gave")
        ledger = desk.knowing.ledger(desk.scripting.run(run).run.customer_id)
        assert len(ledger) == before


async def test_the_key_that_undoes_is_named_while_it_undoes_just_that(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await in_script(stage, desk)
        await stage.press("0")
        await stage.until("What did the waiting cost you?")
        await stage.type("a morning")
        await stage.press("enter")
        await stage.until("¶ they gave · ctrl+x undoes it")
        # In the note that key undoes the typing.
        await stage.press("f4")
        await stage.until("¶ they gave", gone="undoes it")
        await stage.press("f5")
        await stage.until("¶ they gave · ctrl+x undoes it")
        await stage.press("f4")
        await stage.type("asked for the morning")
        await stage.press("enter")
        await stage.until("saved", "¶ note asked for the morning")
        await stage.press("f5")
        await stage.until("▸ Script", "¶ they gave", gone="undoes it")
        await stage.press("ctrl+x")
        await stage.until("The note was taken back", "¶ they gave")
        assert "undoes it" not in stage.shown


async def test_what_holds_no_longer_is_said_anew(open_app: Open, desk: Desk) -> None:
    async with open_app() as stage:
        run = await in_script(stage, desk, "a morning")
        desk.conversing.verify(desk.scripting.run(run).run.interaction_id or 0, "known voice")
        await stage.until("We promised to call back", gone="hidden until verified")
        await stage.press("1")
        await stage.until("y Enter still true")
        await stage.press("n", "enter")
        await stage.until("What holds now")
        await stage.type("evenings")
        await stage.press("enter")
        await stage.until("now: evenings", gone="y Enter still true")
        who = desk.scripting.run(run).run.customer_id
        texts = [one.text for one in desk.knowing.facts(who) if one.kind == "prefers"]
        assert "evenings" in texts
        assert "mornings" not in texts


async def test_it_is_ended_or_left_only_when_that_was_meant(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(80, 24)) as stage:
        run = await in_script(stage, desk)
        await stage.press("l", "enter")
        await stage.until("opened again, it begins anew")
        await stage.press("n")
        await stage.until("step 1 of 6", gone="begins anew")
        assert desk.scripting.run(run).run.state == "open"
        await stage.press("e", "enter", "y")
        await stage.until("The script is over.", "ended here")
        assert desk.scripting.run(run).run.state == "ended"
        await stage.press("enter")
        await stage.until("Before you speak", gone="The script is over.")
        assert isinstance(stage.app.focused, ConversationPane)


async def test_at_80x24_one_key_goes_to_the_brief_and_one_back(open_app: Open, desk: Desk) -> None:
    async with open_app(size=(80, 24)) as stage:
        await in_script(stage, desk)
        await stage.until("! We owe", gone="Before you speak")
        await stage.press("ctrl+o")
        await stage.until("Before you speak", "step 1 of 6 · F5", gone="Say sorry")
        await stage.press("f5")
        await stage.until("Say sorry", gone="Before you speak")


async def test_steps_of_advice_are_taken_in_any_order_and_no_text_is_markup(
    open_app: Open, desk: Desk, desk_url: str
) -> None:
    with desk_of(desk_url, "noor") as lead:
        lead.scripting.take_in(POLICY, "returns")
    run = opened(desk, "returns").run.id
    async with open_app() as stage:
        await stage.until("step 1 of 3", "Northwind Ltd, [bold]and[/x]", "{interaction.agenda}")
        await stage.until("nobody knows interaction.agenda")
        await stage.press("f5", "j", "enter")
        await stage.until("Jump to which step?", "Say how long", "the end")
        await stage.press("j", "enter")
        await stage.until("step 3 of 3", "It takes five days")
        assert [one.did for one in desk.scripting.run(run).log] == ["jumped"]


async def test_a_newer_version_is_named_and_the_run_keeps_its_own(
    open_app: Open, desk: Desk, desk_url: str
) -> None:
    with desk_of(desk_url, "noor") as lead:
        lead.scripting.take_in(POLICY, "returns")
        opened(desk, "returns")
        lead.scripting.take_in(POLICY.replace("five days", "six days"), "returns")
    async with open_app() as stage:
        await stage.until("version 2 is out; this run keeps version 1")


async def test_a_call_that_is_somebody_elses_by_now_stops_its_script(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        run = desk.scripting.run(await in_script(stage, desk)).run
        other = desk.finding.choose("demo:daniel-smith")
        desk.conversing.move(run.interaction_id or 0, other)
        await stage.until("this conversation is with somebody else now")
        await stage.press("0", "enter")
        assert desk.scripting.run(run.id).log == ()
        await stage.press("l", "enter")
        await stage.until("opened again, it begins anew")
        await stage.press("y")
        await stage.until("Timeline", gone="step 1 of 6")
        assert desk.scripting.run(run.id).run.state == "left"


async def test_what_was_done_elsewhere_meanwhile_is_shown_and_not_answered_twice(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        run = await in_script(stage, desk)
        desk.scripting.go_on(run, "two hours")
        await stage.until("step 2 of 6")
        assert len(desk.scripting.run(run).log) == 1


async def test_another_call_of_hers_puts_the_script_of_the_one_before_away(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await in_script(stage, desk)
        desk.conversing.take(CallSignal("phone", "c1", "ended"))
        await stage.until("to wrap up")
        desk.conversing.take(CallSignal("phone", "c2", "answered", sender=MOBILE, receiver="mira"))
        await stage.until("Before you speak", gone="step 1 of 6")


async def test_what_was_done_last_is_undone_from_the_script_with_the_key_that_is_named(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        await in_script(stage, desk)
        await stage.press("shift+f9")
        await stage.until("v  verified, and how")
        await stage.press("v")
        await stage.until("How was Katherine Smith verified?")
        await stage.press("enter")
        await stage.until("verified: ", "undo: Space u", gone="not verified")
        await stage.press("space")
        await stage.until("s  skip this step", "u  undo: verified")
        await stage.press("u")
        await stage.until("undone: verified", "not verified")


SAID = "sister is called Beth"


async def test_words_typed_at_a_step_that_asks_for_none_are_a_note_and_skip_nothing(
    open_app: Open, desk: Desk, desk_url: str
) -> None:
    with desk_of(desk_url, "noor") as lead:
        lead.scripting.take_in(POLICY, "returns")
    run = opened(desk, "returns").run.id
    async with open_app() as stage:
        await stage.until("step 1 of 3")
        await stage.press("f5")
        await stage.sees(lambda: isinstance(stage.app.focused, ScriptPane))
        await stage.type(SAID)
        await stage.until("Note · Look at the thing", SAID, "→ note")
        await stage.press("escape")
        await stage.until("step 1 of 3", gone="Note · Look")
        await stage.sees(lambda: [one.text for one in desk.drafting.lines()] == [SAID])
        await stage.type("x")
        await stage.until(f"{SAID} x", "typed before")
        await stage.press("backspace", "backspace", "enter")
        await stage.until(f"noted: {SAID}")
        shown = desk.scripting.run(run)
        assert (shown.log, shown.run.state) == ((), "open")
        call = shown.run.interaction_id
        notes = desk.opening.customer(shown.run.customer_id).dossier.interactions
        assert call in [one.id for one in notes]
        await stage.sees(lambda: desk.drafting.lines() == ())
        await stage.until(f"¶ note {SAID}")


async def test_words_typed_at_a_step_that_asks_for_them_are_its_answer(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        run = await in_script(stage, desk)
        await stage.type(SAID)
        await stage.until("What did the waiting cost you?", f"got: patience for {SAID}")
        assert desk.scripting.run(run).log == ()
        await stage.press("enter")
        await stage.until("step 2 of 6")
        assert [one.answer for one in desk.scripting.run(run).log] == [SAID]


async def test_a_letter_alone_says_what_enter_will_do_and_does_it(
    open_app: Open, desk: Desk
) -> None:
    async with open_app() as stage:
        run = await in_script(stage, desk)
        await stage.press("s")
        await stage.until("Enter: skip this step")
        assert desk.scripting.run(run).log == ()
        await stage.press("enter")
        await stage.until("step 2 of 6")
        assert [one.did for one in desk.scripting.run(run).log] == ["skipped"]
        await stage.sees(lambda: desk.drafting.lines() == ())


async def test_words_before_the_answer_they_belong_to_wait_until_it_is_chosen(
    open_app: Open, desk: Desk, desk_url: str
) -> None:
    with desk_of(desk_url, "noor") as lead:
        lead.scripting.take_in(
            "---\ntitle: Which\n---\n## One\n\nask: What is it?\ncapture: =knows {{ answer }}\n\n"
            "1. Good -> end\n2. Bad -> end\n",
            "which",
        )
    run = opened(desk, "which").run.id
    async with open_app() as stage:
        await stage.until("step 1 of 1")
        await stage.press("f5")
        await stage.sees(lambda: isinstance(stage.app.focused, ScriptPane))
        await stage.type("a cat")
        await stage.until("What is it?", "fact: knows a cat")
        await stage.press("enter")
        await stage.until("Which answer is that? a cat", "2  Bad")
        await stage.press("down", "enter")
        await stage.until("The script is over.")
        assert [(one.key, one.answer) for one in desk.scripting.run(run).log] == [
            ("2", "Bad: a cat")
        ]
