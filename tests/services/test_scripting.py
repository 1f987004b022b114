"""A run of a script: opened on a read brief, answered step by step, never on its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.scripts import END, ShownLine
from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.text.redaction import mask_cards
from tests.builders import StandingClock, make_desk
from tests.services.noted import a_call, counts, rows
from tests.services.scripted import (
    LEAVING,
    OFFER,
    POLICY,
    VISIT,
    Line,
    events,
    keep,
    on_the_line,
    opened,
    read_brief,
    said,
)

CARD = "4111 1111 1111 1111"
HALVES = """---
title: Halves
---

## Ask

confirm: prefers Is it still HALF

1. HALF -> end
"""


@pytest.fixture
def asha(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    """A lead, who keeps the scripts; and a colleague who noted what Mira has not read."""
    desk = make_desk(migrated_url, handle="asha", role="lead", now=clock)
    keep(desk, visit=VISIT, offer=OFFER, leaving=LEAVING, returns=POLICY)
    yield desk
    desk.close()


@pytest.fixture
def mira(migrated_url: str, clock: StandingClock, asha: Desk) -> Iterator[Desk]:
    desk = make_desk(migrated_url, now=clock)
    yield desk
    desk.close()


@pytest.fixture
def line(mira: Desk, asha: Desk) -> Line:
    """Ada is on the line with Mira; she prefers mornings, and Asha owes her a call."""
    line = on_the_line(mira)
    asha.noting.save("=prefers mornings !call back fri 10am", customer_id=line.who)
    return line


def test_nothing_opens_before_the_brief_was_read(mira: Desk, line: Line) -> None:
    before = events(mira)
    with pytest.raises(Refused, match=r"brief first.*mornings"):
        mira.scripting.open("visit", line.who, line.call)
    assert rows(mira, "SELECT * FROM script_runs") == rows(mira, "SELECT * FROM receipts") == []
    assert events(mira) == before
    shown = opened(mira, line)
    assert shown.run.state == "open"
    [(receipt, run)] = rows(mira, "SELECT receipt_id, id FROM script_runs")
    assert (shown.run.receipt_id, shown.run.id) == (receipt, run)
    assert mira.receipting.of_interaction(line.call)[0].id == receipt
    assert events(mira)[len(before) :] == [
        ("script.opened", ids.show(ids.SCRIPT, shown.run.script.id))
    ]


def test_an_override_opens_it(mira: Desk, line: Line) -> None:
    mira.receipting.override(line.who, line.call, "in_a_hurry")
    assert mira.scripting.open("visit", line.who, line.call).run.state == "open"


def test_the_first_step_is_filled_in(mira: Desk, line: Line) -> None:
    shown = opened(mira, line)
    assert shown.step is not None
    assert [one.text for one in shown.step.lines] == [
        "Ada, I am sorry. You work at {customer.company}."
    ]
    assert shown.step.unknown == ("customer.company",)
    assert [one.label for one in shown.step.branches] == ["Wants a new visit", "Leaves it"]
    assert (shown.choices.keys, shown.choices.can_go_back) == (("1", "2"), False)
    assert [step.title for step in shown.steps] == [
        "Say sorry",
        "Book the visit",
        "Say what happens",
    ]


def test_an_answer_is_logged_and_what_it_captures_is_noted(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    shown = mira.scripting.go_on(run, "fri 10am")
    assert said(mira, line) == [
        ("action", "Visit overdue · Wants a new visit"),
        ("action", "Visit overdue · fri 10am"),
        ("agent", "!engineer comes fri 10am"),
    ]
    assert shown.saved is not None
    [promise] = shown.saved.records
    assert (promise.kind, promise.words) == ("promise", "engineer comes")
    [kept] = [one for one in mira.promising.still_open() if one.text == "engineer comes"]
    assert (kept.owner, kept.interaction_id) == ("Mira", line.call)
    assert [(one.did, one.step, one.key, one.answer) for one in shown.log] == [
        ("chose", "say-sorry", "1", "Wants a new visit"),
        ("went_on", "book-the-visit", None, "fri 10am"),
    ]
    assert shown.log[1].note_id == shown.saved.id
    assert [kind for kind, _ in events(mira)][-2:] == ["script.chose", "script.went_on"]


@pytest.mark.parametrize("answer", ["fri 10am @asha", "fri 10am #boiler =late"])
def test_a_time_that_is_lost_in_an_answer_is_told(mira: Desk, line: Line, answer: str) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    shown = mira.scripting.go_on(run, answer)
    [remark] = shown.remarks
    assert remark.startswith("no due time was read from the answer")
    [kept] = [one for one in mira.promising.still_open() if one.text.startswith("engineer")]
    assert kept.due_at is None


def test_an_answer_without_a_time_says_nothing_of_it(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    assert mira.scripting.go_on(run, "when he can #boiler").remarks == ()


def test_an_answer_in_words_stands_beside_its_key(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    shown = mira.scripting.choose(run, "1", f"soon, card {CARD}")
    assert said(mira, line)[0][1].startswith("Visit overdue · Wants a new visit: soon, card ")
    assert CARD not in repr(rows(mira, "SELECT answer FROM script_steps"))
    assert CARD not in repr(said(mira, line))
    assert (shown.log[0].answer or "").startswith("Wants a new visit: soon")


def test_a_card_in_two_halves_is_masked_where_they_meet(mira: Desk, asha: Desk, line: Line) -> None:
    first, second = CARD[:9], CARD[10:]
    keep(asha, halves=HALVES.replace("HALF", first))
    run = opened(mira, line, "halves").run.id
    shown = mira.scripting.confirm(run, "fact.prefers", False, second)
    shown = mira.scripting.choose(run, "1", second)
    texts = [text for _, text in said(mira, line)]
    assert [text.startswith("Halves · ") for text in texts if "·" in text] == [True, True]
    assert any("****" in text for text in texts)
    for text in (*texts, *(one.answer or "" for one in shown.log)):
        assert mask_cards(text).count == 0


def test_a_question_is_logged_without_its_control_bytes(
    mira: Desk, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    known = ShownLine("confirm", "Still \x1b[2J\u202e here?", about="fact.prefers")
    monkeypatch.setattr("agent_tui.services.script_confirming._line", lambda *_: known)
    mira.scripting.confirm(run, "fact.prefers", True)
    assert said(mira, line)[-1] == ("action", "Visit overdue · Still ␛[2J‹RLO› here? yes")


def test_no_answer_in_words_captures_nothing_that_needs_one(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    before = counts(mira)
    shown = mira.scripting.go_on(run)
    assert (shown.saved, counts(mira)) == (None, before)
    assert len(said(mira, line)) == 1


def test_all_of_a_step_or_nothing(mira: Desk, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    before = mira.scripting.run(run), counts(mira), said(mira, line), events(mira)

    def fail(*_: object, **__: object) -> None:
        raise Conflict("somebody else was first")

    monkeypatch.setattr("agent_tui.services.script_steps.add_step", fail)
    with pytest.raises(Conflict):
        mira.scripting.go_on(run, "fri 10am")
    assert (mira.scripting.run(run), counts(mira), said(mira, line), events(mira)) == before


def test_what_is_known_is_confirmed_and_as_good_as_said_today(
    mira: Desk, line: Line, clock: StandingClock
) -> None:
    clock.move(hours=2)
    run = opened(mira, line).run.id
    asked = mira.scripting.choose(run, "1")
    assert asked.step is not None
    [confirm] = [one for one in asked.step.lines if one.kind == "confirm"]
    assert (confirm.about, confirm.text) == ("fact.prefers", "Do mornings still suit you?")
    shown = mira.scripting.confirm(run, "fact.prefers", True)
    assert shown.step == asked.step
    [fact] = mira.opening.customer(line.who).dossier.facts
    assert fact.confirmed_at == clock.now
    assert said(mira, line)[-1] == (
        "action",
        "Visit overdue · Do mornings still suit you? yes",
    )
    assert (shown.log[-1].did, shown.log[-1].target) == ("confirmed", "fact.prefers")


def test_what_is_known_no_longer_holds_and_is_replaced(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    with pytest.raises(BadInput, match="what holds now"):
        mira.scripting.confirm(run, "fact.prefers", False, " ")
    shown = mira.scripting.confirm(run, "fact.prefers", False, "evenings")
    [fact] = mira.opening.customer(line.who).dossier.facts
    assert (fact.kind, fact.text, fact.source, fact.interaction_id) == (
        "prefers",
        "evenings",
        "stated",
        line.call,
    )
    assert shown.step is not None
    assert "Do evenings still suit you?" in [one.text for one in shown.step.lines]
    assert (shown.log[-1].did, shown.log[-1].answer) == ("replaced", "evenings")
    for about in ("fact.expects", "customer.phone", ""):
        with pytest.raises(Refused, match="nothing is to be confirmed"):
            mira.scripting.confirm(run, about, True)


def test_another_field_that_changed_is_noted_for_somebody_to_change_it(
    mira: Desk, asha: Desk, line: Line
) -> None:
    asked = "confirm: customer.city Still in {{ customer.city }}?"
    keep(asha, city=f"---\ntitle: City\n---\n\n## Ask\n\n{asked}\n")
    who = mira.registering.customer("Bo", city="Leeds")
    call = a_call(mira, "2", "+442079460000")
    mira.conversing.attach(call, who)
    run = opened(mira, Line(who, call), "city").run.id
    shown = mira.scripting.confirm(run, "customer.city", False, "York =prefers cats")
    assert shown.saved is not None
    assert shown.saved.records == ()
    assert any("stays as it is" in remark for remark in shown.remarks)
    assert mira.opening.customer(who).dossier.customer.city == "Leeds"
    assert said(mira, Line(who, call))[-1][1].startswith("Still in Leeds? York")


def test_what_was_said_is_history_until_the_caller_is_verified(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    shown = mira.scripting.go_on(run)
    assert shown.step is not None
    assert not shown.is_verified
    assert "call back" not in repr(shown.step)
    mira.conversing.verify(line.call, "date of birth")
    verified = mira.scripting.run(run)
    assert verified.is_verified
    assert "We owe you call back." in [one.text for one in verified.step.lines]  # type: ignore[union-attr]


def test_going_back_opens_the_step_again_and_says_what_stays(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1")
    noted = mira.scripting.go_on(run, "fri 10am")
    shown = mira.scripting.back(run)
    assert shown.step is not None
    assert shown.step.id == "book-the-visit"
    assert any("stays" in remark for remark in shown.remarks)
    assert (shown.log[-1].did, shown.log[-1].target) == ("went_back", "book-the-visit")
    assert counts(mira)["promises"] == 2
    again = mira.scripting.go_on(run, "fri 10am")
    assert again.saved is None
    assert counts(mira)["promises"] == 2, "the same answer is the same promise"
    assert any("before" in remark for remark in again.remarks)
    assert noted.saved is not None
    mira.noting.undo(noted.saved.id)
    mira.scripting.back(run)
    assert mira.scripting.go_on(run, "fri 10am").saved is not None
    mira.scripting.back(run)
    assert mira.scripting.go_on(run, "sat 10am").saved is not None
    assert mira.scripting.back(run).remarks != ()
    assert mira.scripting.back(run).remarks == (), "nothing was noted at the first step"


def test_a_script_ends_at_its_end_and_can_be_taken_back_from_there(
    mira: Desk, line: Line, clock: StandingClock
) -> None:
    run = opened(mira, line).run.id
    clock.move(minutes=3)
    shown = mira.scripting.choose(run, "2")
    assert (shown.run.state, shown.run.ended_at, shown.step) == ("ended", clock.now, None)
    assert mira.scripting.open_runs(line.call) == ()
    for over in (mira.scripting.go_on, mira.scripting.skip, mira.scripting.leave):
        with pytest.raises(Refused, match="ended"):
            over(run)
    back = mira.scripting.back(run)
    assert (back.run.state, back.run.ended_at) == ("open", None)
    assert back.step is not None
    assert back.step.id == "say-sorry"
    assert back.log[-1].step == END


def test_steps_are_skipped_and_a_script_is_ended_or_left(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    with pytest.raises(Refused, match="one of: 1, 2"):
        mira.scripting.choose(run, "9")
    with pytest.raises(Refused, match="answered with one of"):
        mira.scripting.go_on(run)
    with pytest.raises(Refused, match="skipped"):
        mira.scripting.jump(run, "say-what-happens")
    shown = mira.scripting.skip(run)
    assert (shown.log[-1].did, shown.log[-1].target) == ("skipped", "book-the-visit")
    assert said(mira, line) == []
    ended = mira.scripting.end(run)
    assert (ended.run.state, ended.step, ended.choices.can_go_back) == ("ended", None, False)
    other = mira.scripting.open("leaving", line.who, line.call).run.id
    assert mira.scripting.leave(other).run.state == "left"
    assert [one.state for one in mira.scripting.runs_of(line.who)] == ["left", "ended"]
    assert [kind for kind, _ in events(mira)][-4:] == [
        "script.skipped",
        "script.ended",
        "script.opened",
        "script.left",
    ]


def test_steps_of_advice_are_taken_in_any_order(mira: Desk, line: Line) -> None:
    run = opened(mira, line, "returns").run.id
    shown = mira.scripting.jump(run, "lost")
    assert (shown.order, shown.step and shown.step.title) == ("advice", "Lost")
    shown = mira.scripting.jump(run, "late")
    assert (shown.step and shown.step.title, shown.log[-1].did) == ("Late", "jumped")
    assert mira.scripting.jump(run, END).run.state == "ended"


def test_a_run_is_its_agents_own(mira: Desk, asha: Desk, line: Line) -> None:
    run = opened(mira, line).run
    theirs = asha.scripting.run(run.id)
    assert theirs.step is not None
    assert theirs.choices.keys == ()
    for forbidden in (asha.scripting.skip, asha.scripting.leave, asha.scripting.end):
        with pytest.raises(Refused, match="Mira's"):
            forbidden(run.id)
    with pytest.raises(Refused, match="Mira's"):
        asha.scripting.confirm(run.id, "fact.prefers", True)
    other = opened(asha, line)
    assert (other.run.id != run.id, other.run.agent) == (True, "Asha")
    assert {one.id for one in mira.scripting.open_runs(line.call)} == {run.id, other.run.id}


def test_neither_a_wrap_up_nor_a_hand_over_closes_a_run(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    mira.conversing.end(line.call)
    assert mira.scripting.choose(run, "1").run.state == "open"
    mira.wrapping_up.finish(line.call, "yes")
    shown = mira.scripting.run(run)
    assert (shown.run.state, shown.choices.can_go_on) == ("open", False)
    assert [one.id for one in mira.scripting.open_runs(line.call)] == [run]
    with pytest.raises(Refused, match="wrapped up"):
        mira.scripting.skip(run)
    with pytest.raises(Refused, match="wrapped up"):
        mira.scripting.open("leaving", line.who, line.call)
    mira.wrapping_up.reopen(line.call)
    assert mira.scripting.skip(run).run.state == "open"
    mira.wrapping_up.finish(line.call, "yes")
    assert mira.scripting.leave(run).run.state == "left"


def test_a_run_is_for_whom_it_was_opened(mira: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    other = mira.registering.customer("Bo Lund")
    mira.conversing.move(line.call, other)
    assert mira.scripting.run(run).choices.keys == ()
    with pytest.raises(Refused, match="somebody else"):
        mira.scripting.choose(run, "1")
    with pytest.raises(Refused, match="somebody else"):
        mira.scripting.open("leaving", line.who, line.call)
    with pytest.raises(Refused, match="somebody else"):
        mira.scripting.fitting(line.who, line.call)
    assert mira.scripting.leave(run).run.state == "left"


def test_a_run_left_open_goes_on_for_a_day(
    mira: Desk, line: Line, clock: StandingClock, migrated_url: str
) -> None:
    run = opened(mira, line).run.id
    left = mira.scripting.choose(run, "1")
    again = make_desk(migrated_url, now=clock)
    clock.move(hours=23)
    shown = again.scripting.open("visit", line.who, line.call)
    assert (shown.run.id, shown.log, shown.step) == (run, left.log, left.step)
    clock.move(hours=2)
    other = again.scripting.open("visit", line.who, line.call)
    assert other.run.id != run
    assert other.log == ()
    assert again.scripting.run(run).run.state == "open"
    again.close()


def test_a_script_without_a_call_says_more_once_they_are_called_and_verified(mira: Desk) -> None:
    who = mira.registering.customer("Bo Reed")
    mira.receipting.override(who, None, "in_a_hurry")
    run = mira.scripting.open("visit", who).run.id
    assert not mira.scripting.run(run).is_verified
    call = mira.conversing.call_out(who)
    assert not mira.scripting.run(run).is_verified
    mira.conversing.verify(call, "known voice")
    assert mira.scripting.run(run).is_verified
    mira.conversing.end(call)
    assert not mira.scripting.run(run).is_verified


def test_a_script_opens_between_calls_and_keeps_its_notes_on_the_customer(
    mira: Desk, line: Line
) -> None:
    read_brief(mira, line)
    shown = mira.scripting.open("visit", line.who)
    assert (shown.run.interaction_id, shown.is_verified) == (None, False)
    assert mira.scripting.open("visit", line.who).run.id == shown.run.id
    mira.scripting.choose(shown.run.id, "1")
    noted = mira.scripting.go_on(shown.run.id, "fri 10am")
    assert noted.saved is not None
    assert (noted.saved.customer_id, noted.saved.interaction_id) == (line.who, None)
    assert said(mira, line) == []


def test_what_was_done_meanwhile_is_a_conflict(mira: Desk, line: Line) -> None:
    shown = opened(mira, line)
    version = shown.run.version
    moved = mira.scripting.choose(shown.run.id, "1", version=version)
    assert moved.run.version > version
    with pytest.raises(Conflict, match="look again"):
        mira.scripting.choose(shown.run.id, "1", version=version)
    confirmed = mira.scripting.confirm(
        shown.run.id, "fact.prefers", True, version=moved.run.version
    )
    with pytest.raises(Conflict):
        mira.scripting.skip(shown.run.id, version=moved.run.version)
    assert mira.scripting.skip(shown.run.id, version=confirmed.run.version).run.state == "open"


def test_an_old_run_reads_by_its_own_version(mira: Desk, asha: Desk, line: Line) -> None:
    run = opened(mira, line).run.id
    changed = VISIT.replace("Say sorry", "Listen").replace("1. Wants a new", "2. Wants a new")
    changed = changed.replace("2. Leaves", "1. Leaves")
    assert asha.scripting.take_in(changed, "visit").number == 2
    asha.scripting.retire("visit")
    shown = mira.scripting.choose(run, "1")
    assert (shown.run.script.number, shown.log[0].title) == (1, "Say sorry")
    assert shown.step is not None
    assert shown.step.id == "book-the-visit"


def test_another_script_goes_on_from_the_end_of_one(mira: Desk, asha: Desk, line: Line) -> None:
    keep(asha, first="---\ntitle: First\n---\n\n## Go\n\n1. Go -> script: visit\n")
    run = opened(mira, line, "first").run.id
    shown = mira.scripting.choose(run, "1")
    assert (shown.run.state, shown.continues) == ("ended", "visit")
    assert mira.scripting.open(shown.continues or "", line.who, line.call).run.state == "open"


def test_an_offer_comes_after_what_they_came_for(mira: Desk, line: Line) -> None:
    read_brief(mira, line)

    def offered() -> str | None:
        fitting = mira.scripting.fitting(line.who, line.call)
        reasons = {one.script.slug: one.why_not for one in fitting}
        assert reasons["leaving"] is reasons["visit"] is reasons["returns"] is None
        if reasons["offer"]:
            with pytest.raises(Refused) as refused:
                mira.scripting.open("offer", line.who, line.call)
            assert refused.value.message == reasons["offer"]
        return reasons["offer"]

    assert "wants:" in (offered() or "")
    mira.noting.save("wants: a visit", interaction_id=line.call)
    assert "what they came for" in (offered() or "")
    mira.conversing.say_met(line.call, "yes")
    assert offered() is None
    mira.noting.save("no: the care plan", interaction_id=line.call)
    assert "the care plan" in (offered() or "")
    [refusal] = mira.opening.customer(line.who).dossier.refusals
    mira.knowing.lift(refusal.id)
    assert offered() is None
    with pytest.raises(Refused, match="open it from one"):
        mira.scripting.open("offer", line.who)
    read_brief(mira, line)
    assert mira.scripting.open("offer", line.who, line.call).run.state == "open"


def test_somebody_who_leaves_is_never_kept(mira: Desk, line: Line) -> None:
    mira.noting.save("no: everything", interaction_id=line.call)
    assert opened(mira, line, "leaving").run.state == "open"


def test_scripts_that_fit_come_first(mira: Desk, line: Line) -> None:
    def order() -> list[tuple[str, tuple[str, ...]]]:
        fitting = mira.scripting.fitting(line.who, line.call)
        return [(one.script.title, one.matches) for one in fitting]

    assert order() == [("Care plan", ()), ("Goodbye", ()), ("Returns", ()), ("Visit overdue", ())]
    mira.noting.save("wants: the visit that never came #boiler", interaction_id=line.call)
    assert order()[0] == ("Visit overdue", ("boiler", "visit", "never came"))
    assert [title for title, _ in order()[1:]] == ["Care plan", "Goodbye", "Returns"]


def test_whether_they_have_what_they_came_for_is_said_while_it_goes_on(
    mira: Desk, line: Line
) -> None:
    mira.conversing.say_met(line.call, "partly")
    mira.conversing.say_met(line.call, "partly")
    assert rows(mira, "SELECT detail FROM events WHERE kind = 'interaction.met'") == [("partly",)]
    assert mira.opening.live()[0].met == "partly"
    mira.conversing.end(line.call)
    mira.wrapping_up.finish(line.call, "yes")
    with pytest.raises(Refused, match="wrapped up"):
        mira.conversing.say_met(line.call, "no")


def test_what_is_not_there_is_said(mira: Desk, line: Line) -> None:
    with pytest.raises(NotFound, match="no script"):
        mira.scripting.open("nothing", line.who, line.call)
    with pytest.raises(NotFound):
        mira.scripting.open("visit", line.who + 1)
    with pytest.raises(NotFound):
        mira.scripting.run(1)
    with pytest.raises(NotFound):
        mira.scripting.skip(1)


def test_no_event_holds_what_anybody_said(mira: Desk, line: Line) -> None:
    secret = "zanzibar"
    run = opened(mira, line).run.id
    mira.scripting.choose(run, "1", secret)
    mira.scripting.confirm(run, "fact.prefers", False, secret)
    mira.scripting.go_on(run, secret)
    assert secret not in repr(rows(mira, "SELECT * FROM events"))
    assert secret in repr(rows(mira, "SELECT answer FROM script_steps"))


def test_two_desks_of_one_agent_do_not_do_the_same_step_twice(
    mira: Desk, line: Line, migrated_url: str, clock: StandingClock
) -> None:
    shown = opened(mira, line)
    other = make_desk(migrated_url, now=clock)
    other.scripting.choose(shown.run.id, "1", version=shown.run.version)
    with pytest.raises(Conflict):
        mira.scripting.choose(shown.run.id, "1", version=shown.run.version)
    assert len(mira.scripting.run(shown.run.id).log) == 1
    other.close()
