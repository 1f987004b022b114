"""The brief as services make it: read whole, folded for its reader, its records marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from agent_tui.domain.rules.brief import make_brief
from agent_tui.domain.rules.ledger import ledger
from agent_tui.domain.tables import (
    Case,
    Concession,
    Fact,
    Interaction,
    Mood,
    Promise,
    Receipt,
    ReceiptLine,
    Refusal,
)
from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import Brief, BriefLine
from agent_tui.domain.values.people import Dossier
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.services.registering import add_customer
from agent_tui.storage.queries import dossiers, wrap_ups
from tests.builders import NOON, StandingClock, make_desk

DAY = timedelta(days=1)


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    with desk.writing() as unit:
        return add_customer(unit, name="Ada Hart").id


def add(desk: Desk, *rows: Any) -> list[int]:
    with desk.writing() as unit:
        unit.add(*rows)
    return [row.id for row in rows]


def fact(ada: int, text: str = "mornings", **other: Any) -> Fact:
    values = {"kind": "prefers", "source": "stated", "stated_at": NOON, **other}
    return Fact(customer_id=ada, text=text, **values)


def promise(ada: int, **other: Any) -> Promise:
    values = {"side": "ours", "text": "a call", "due_at": NOON, "created_at": NOON, **other}
    return Promise(customer_id=ada, **values)


def call(ada: int, **other: Any) -> Interaction:
    values = {
        "channel": "phone",
        "direction": "in",
        "state": "wrapped_up",
        "opened_at": NOON - timedelta(days=2),
        **other,
    }
    return Interaction(customer_id=ada, **values)


def brief(desk: Desk, ada: int, interaction_id: int | None = None) -> Brief:
    return desk.opening.customer(ada, interaction_id).brief


def texts(desk: Desk, ada: int) -> dict[str, str]:
    return {line.kind: line.text for line in brief(desk, ada).lines}


def see(desk: Desk, ada: int, lines: tuple[BriefLine, ...], how: str | None = "viewed") -> None:
    """Write down that these lines were in front of this agent."""
    with desk.writing() as unit:
        receipt = Receipt(
            agent_id=desk.agent.id, customer_id=ada, digest="0" * 64, begun_at=unit.now
        )
        unit.add(receipt)
        for position, line in enumerate(lines):
            unit.add(
                ReceiptLine(
                    receipt_id=receipt.id,
                    position=position,
                    kind=line.kind,
                    key=line.key,
                    records=" ".join(line.records),
                    how=how,
                )
            )


def test_what_an_agent_saw_folds_for_them_and_for_nobody_else(
    desk: Desk, clock: StandingClock, migrated_url: str, ada: int
) -> None:
    add(desk, fact(ada), promise(ada))
    see(desk, ada, brief(desk, ada).lines)
    assert brief(desk, ada).known == 0
    clock.move(hours=2)
    mine = brief(desk, ada)
    assert ([line.kind for line in mine.lines], mine.known) == (["we_owe"], 1)
    assert [line.text for line in mine.folded] == ["mornings"]
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as other:
        theirs = other.opening.customer(ada).brief
    assert ([line.new for line in theirs.lines], theirs.known) == ([True, True], 0)
    assert theirs.digest == mine.digest
    clock.move(days=7)
    assert brief(desk, ada).known == 0


@pytest.mark.parametrize("how", [None, "known"])
def test_what_was_not_in_front_of_them_does_not_count(
    desk: Desk, clock: StandingClock, ada: int, how: str | None
) -> None:
    add(desk, fact(ada))
    see(desk, ada, brief(desk, ada).lines, how)
    clock.move(hours=2)
    [line] = brief(desk, ada).lines
    assert line.new


def test_a_fact_that_is_wrong_leaves_until_that_is_taken_back(desk: Desk, ada: int) -> None:
    fact_id, refusal_id = add(desk, fact(ada), Refusal(customer_id=ada, what="offers", at=NOON))
    [gift] = add(desk, Concession(customer_id=ada, side="ours", kind="a fee", at=NOON))
    subjects = (
        ids.show(ids.FACT, fact_id),
        ids.show(ids.REFUSAL, refusal_id),
        ids.show(ids.CONCESSION, gift),
    )
    marks = [desk.briefing.mark(ada, one, "wrong", reason="she never said") for one in subjects]
    assert desk.briefing.mark(ada, subjects[0].lower(), "wrong") == marks[0], "one mark, not two"
    opened = desk.opening.customer(ada)
    assert opened.brief.lines == ()
    assert (opened.dossier.facts, opened.dossier.refusals, opened.dossier.concessions) == (
        (),
        (),
        (),
    )
    assert opened.brief.balance.ours == 0
    assert {(one.subject, one.how, one.agent, one.reason) for one in desk.briefing.marks(ada)} == {
        (one, "wrong", "Mira", "she never said") for one in subjects
    }
    for mark in marks:
        desk.briefing.unmark(mark)
        desk.briefing.unmark(mark)
    assert texts(desk, ada) == {"treat": "mornings", "refused": "offers"}
    assert brief(desk, ada).balance.ours == 1
    assert desk.briefing.marks(ada) == ()


def test_every_mark_leaves_events_without_a_word_of_it(desk: Desk, ada: int) -> None:
    [fact_id] = add(desk, fact(ada))
    subject = ids.show(ids.FACT, fact_id)
    mark = desk.briefing.mark(ada, subject, "wrong", reason="she never said")
    desk.briefing.unmark(mark)
    desk.briefing.mark(ada, subject, "used")
    rows = desk.store.reader().rows(
        "SELECT kind, subject, detail FROM events WHERE kind LIKE 'record.%' "
        "OR kind LIKE 'fact.%' ORDER BY sequence"
    )
    assert [tuple(row) for row in rows] == [
        ("record.wrong", subject, None),
        ("fact.wrong", subject, None),
        ("record.not_wrong", subject, None),
        ("fact.restored", subject, None),
        ("record.used", subject, None),
    ]


def test_a_duty_that_is_called_wrong_stays_and_says_by_whom(desk: Desk, ada: int) -> None:
    [owed] = add(desk, promise(ada))
    [notice] = add(desk, fact(ada, "deaf in one ear", kind="notice"))
    [case] = add(desk, Case(customer_id=ada, kind="complaint", title="noise", opened_at=NOON))
    for prefix, number in ((ids.PROMISE, owed), (ids.FACT, notice), (ids.CASE, case)):
        desk.briefing.mark(ada, ids.show(prefix, number), "wrong")
    lines = brief(desk, ada).lines
    assert [line.kind for line in lines] == ["notice", "we_owe", "complaint"]
    assert all(line.text.endswith(" (Mira: wrong)") for line in lines)


def test_what_two_call_wrong_stands_again_once_neither_does(
    desk: Desk, clock: StandingClock, migrated_url: str, ada: int
) -> None:
    [fact_id] = add(desk, fact(ada))
    subject = ids.show(ids.FACT, fact_id)
    mine = desk.briefing.mark(ada, subject, "wrong")
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as other:
        theirs = other.briefing.mark(ada, subject, "wrong")
        with pytest.raises(Refused, match="only who said so"):
            other.briefing.unmark(mine)
        desk.briefing.unmark(mine)
        assert brief(desk, ada).lines == ()
        other.briefing.unmark(theirs)
    assert texts(desk, ada) == {"treat": "mornings"}
    again = desk.briefing.mark(ada, subject, "wrong")
    with closing(make_desk(migrated_url, handle="noor", role="lead", now=clock)) as lead:
        lead.briefing.unmark(again)
    assert texts(desk, ada) == {"treat": "mornings"}


def test_taking_a_mark_back_does_not_bring_back_what_was_replaced(desk: Desk, ada: int) -> None:
    [fact_id] = add(desk, fact(ada))
    mark = desk.briefing.mark(ada, ids.show(ids.FACT, fact_id), "wrong")
    with desk.writing() as unit:
        row = unit.get(Fact, fact_id)
        row.state = "replaced"
        unit.save(row)
    desk.briefing.unmark(mark)
    assert brief(desk, ada).lines == ()


def test_what_was_restored_otherwise_is_called_wrong_again(desk: Desk, ada: int) -> None:
    [fact_id] = add(desk, fact(ada))
    subject = ids.show(ids.FACT, fact_id)
    mark = desk.briefing.mark(ada, subject, "wrong")
    with desk.writing() as unit:
        row = unit.get(Fact, fact_id)
        row.state = "current"
        unit.save(row)
    assert texts(desk, ada) == {"treat": "mornings (Mira: wrong)"}
    assert desk.briefing.mark(ada, subject, "wrong") == mark
    assert brief(desk, ada).lines == ()


def test_what_is_wrong_is_not_what_a_call_left(desk: Desk, ada: int) -> None:
    [talked] = add(desk, call(ada))
    refused, gift = add(
        desk,
        Refusal(customer_id=ada, interaction_id=talked, what="offers", at=NOON),
        Concession(customer_id=ada, interaction_id=talked, side="ours", kind="a fee", at=NOON),
    )
    for prefix, number in ((ids.REFUSAL, refused), (ids.CONCESSION, gift)):
        desk.briefing.mark(ada, ids.show(prefix, number), "wrong")
    left = wrap_ups.left(desk.store.reader(), interaction_id=talked, customer_id=ada)
    assert (left.refusals, left.concessions) == ((), ())


def test_used_is_counted_once_an_interaction(desk: Desk, ada: int) -> None:
    [fact_id] = add(desk, fact(ada))
    calls = add(desk, call(ada), call(ada))
    subject = ids.show(ids.FACT, fact_id)
    for interaction_id in (calls[0], calls[0], calls[1], None):
        desk.briefing.mark(ada, subject, "used", interaction_id=interaction_id)
    [treat] = [line for line in brief(desk, ada).lines if line.kind == "treat"]
    assert treat.parts[0].remarks == ("used 3 times",)
    assert treat.text == "mornings"


def test_only_records_of_that_customer_are_marked(desk: Desk, ada: int) -> None:
    with desk.writing() as unit:
        ben = add_customer(unit, name="Ben Moss").id
    [of_ben], [of_ada] = add(desk, fact(ben)), add(desk, fact(ada))
    [call_of_ben] = add(desk, call(ben))
    with pytest.raises(Refused, match="somebody else"):
        desk.briefing.mark(ada, ids.show(ids.FACT, of_ben), "wrong")
    with pytest.raises(Refused, match="somebody else"):
        desk.briefing.mark(ada, ids.show(ids.FACT, of_ada), "used", interaction_id=call_of_ben)
    for nothing in ("", "f_", "mornings", ids.show(ids.AGENT, desk.agent.id), "f_\x00", "é_1"):
        with pytest.raises(BadInput):
            desk.briefing.mark(ada, nothing, "wrong")
    for nobody in (ids.show(ids.FACT, 404), ids.show(ids.PROMISE, 404)):
        with pytest.raises(NotFound):
            desk.briefing.mark(ada, nobody, "wrong")
    with pytest.raises(NotFound):
        desk.briefing.mark(404, ids.show(ids.FACT, of_ben), "wrong")
    with pytest.raises(NotFound):
        desk.briefing.unmark(404)
    assert desk.briefing.marks(ada) == desk.briefing.marks(ben) == ()


def test_when_they_last_spoke_leaves_out_the_call_that_they_are_in(desk: Desk, ada: int) -> None:
    assert brief(desk, ada).last_spoke_at is None
    before, now = add(
        desk,
        call(ada, agent_id=desk.agent.id),
        call(ada, agent_id=desk.agent.id, state="ended", opened_at=NOON, agenda="a bill"),
    )
    add(desk, call(ada, opened_at=NOON - timedelta(hours=1)))
    assert brief(desk, ada, now).last_spoke_at == NOON - timedelta(days=2)
    assert brief(desk, ada).last_spoke_at == NOON
    assert brief(desk, ada, before).last_spoke_at == NOON


def test_a_live_call_says_how_its_caller_was_verified(desk: Desk, ada: int) -> None:
    [live] = add(desk, call(ada, state="talking", agent_id=desk.agent.id, opened_at=NOON))
    assert brief(desk, ada).verification == brief(desk, ada, live).verification == "not verified"
    with desk.writing() as unit:
        row = unit.get(Interaction, live)
        row.verified_how = "known voice"
        unit.save(row)
    assert brief(desk, ada).verification == "known voice"


def test_a_mood_of_the_last_contact_is_read(desk: Desk, ada: int) -> None:
    [last] = add(desk, call(ada, agenda="the boiler"))
    add(desk, Mood(customer_id=ada, interaction_id=last, text="fed up", at=NOON))
    assert texts(desk, ada)["last_contact"] == "the boiler, “fed up”"


MANY = 30


def _many(ada: int) -> list[Any]:
    """More of every kind than is read at once, with what matters where a limit would cut it."""
    rows: list[Any] = []
    for number in range(MANY):
        old = NOON - timedelta(days=number)
        rows += [
            fact(ada, f"notice {number}", kind="notice", stated_at=old),
            promise(ada, due_at=old, created_at=old, text=f"late {number}"),
            promise(ada, due_at=NOON + timedelta(days=9), side="theirs"),
            promise(ada, due_at=old, state="kept"),
            Case(customer_id=ada, kind="complaint", title=f"{number}", opened_at=old),
            Case(customer_id=ada, kind="order", title="x", opened_at=NOON + timedelta(hours=1)),
            Concession(
                customer_id=ada,
                side="theirs" if number % 3 else "ours",
                kind="fee",
                amount="0.10",
                currency="GBP",
                at=NOON - timedelta(days=20 * number),
            ),
            call(ada, opened_at=NOON - timedelta(hours=number)),
        ]
    first = promise(ada, state="renegotiated", due_at=NOON - timedelta(days=99))
    second = promise(ada, state="renegotiated", replaces_id=first.id, due_at=None)
    rows += [
        first,
        second,
        promise(ada, text="moved", replaces_id=second.id, due_at=NOON - timedelta(days=40)),
        call(ada, state="talking", agent_id=None, opened_at=NOON - timedelta(days=99)),
    ]
    return rows


def test_how_much_is_read_at_once_never_changes_what_must_be_told(
    desk: Desk, ada: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = _many(ada)
    [live] = [row for row in rows if isinstance(row, Interaction) and row.state == "talking"]
    live.agent_id = desk.agent.id
    add(desk, *rows)

    def read(limit: int) -> tuple[Dossier, Brief]:
        monkeypatch.setattr(dossiers, "RECORDS_SHOWN", limit)
        monkeypatch.setattr(dossiers, "INTERACTIONS_SHOWN", limit)
        opened = desk.opening.customer(ada)
        return opened.dossier, opened.brief

    whole, all_told = read(10_000)
    notice, owed, complaint, _last, _balance = all_told.lines
    assert (notice.count, owed.count, complaint.count) == (MANY, MANY + 1, MANY)
    assert "a call" not in owed.text
    assert owed.text.startswith(f"{MANY + 1}, oldest Thu 29 Jan: moved (moved twice, not told)")
    assert all_told.verification == "not verified"
    for limit in (1, 4, 29):
        dossier, brief = read(limit)
        assert len(dossier.concessions) == limit
        assert brief.lines[:3] == all_told.lines[:3]
        assert brief.verification == all_told.verification
        assert brief.balance == all_told.balance
        book = ledger(dossier.concessions, NOON, dossier.more_given)
        assert book == ledger(whole.concessions, NOON)
        assert book.theirs_ever.money == (("GBP", Decimal("2.00")),)
        assert brief.lines[-1].text == all_told.lines[-1].text


def test_the_service_and_the_rule_agree(desk: Desk, ada: int) -> None:
    add(desk, *_many(ada))
    opened = desk.opening.customer(ada)
    again = make_brief(opened.dossier, NOON, desk.zone, agent_id=desk.agent.id)
    assert again == opened.brief


def test_a_colleagues_word_on_ones_own_ended_call_is_news(
    migrated_url: str, desk: Desk, ada: int, clock: StandingClock
) -> None:
    desk.conversing.take(CallSignal("phone", "1", "answered"))
    [live] = desk.opening.live()
    desk.conversing.take_over(live.id)
    desk.conversing.attach(live.id, ada)
    desk.noting.save("wants: the visit", interaction_id=live.id)
    desk.conversing.take(CallSignal("phone", "1", "ended"))
    desk.wrapping_up.finish(live.id, "partly", outcome="an engineer comes")
    clock.move(hours=2)
    assert desk.receipting.gate(ada, None).is_open, "what one wrote oneself is known"
    with closing(make_desk(migrated_url, now=clock, handle="asha")) as asha:
        asha.noting.save("wants: their money back", interaction_id=live.id)
    [line] = brief(desk, ada).lines
    assert (line.kind, line.new, line.text) == (
        "last_contact",
        True,
        "their money back, partly resolved",
    )
    assert not desk.receipting.gate(ada, None).is_open
    desk.wrapping_up.reopen(live.id)
    desk.noting.save("wants: the visit", interaction_id=live.id)
    assert desk.receipting.gate(ada, None).is_open
    with closing(make_desk(migrated_url, now=clock, handle="asha")) as asha:
        asha.wrapping_up.finish(live.id, "yes", outcome="they came")
    assert [one.kind for one in brief(desk, ada).lines] == ["last_contact"]
    desk.wrapping_up.reopen(live.id)
    assert brief(desk, ada).lines == ()
    with closing(make_desk(migrated_url, now=clock, handle="asha")) as asha:
        asha.noting.save("#refund", interaction_id=live.id)
    assert [one.kind for one in brief(desk, ada).lines] == ["last_contact"]


def test_a_call_that_left_nothing_behind_is_no_last_contact(
    desk: Desk, clock: StandingClock, migrated_url: str, ada: int
) -> None:
    add(desk, call(ada, agenda="the boiler"))
    desk.conversing.take(CallSignal("phone", "9", "ringing", sender="+44 1"))
    desk.conversing.take(CallSignal("phone", "9", "answered"))
    [live] = desk.opening.live()
    desk.conversing.attach(live.id, ada)
    desk.conversing.take(CallSignal("phone", "9", "ended"))
    clock.move(days=1)
    assert texts(desk, ada) == {"last_contact": "the boiler"}
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as asha:
        assert brief(asha, ada).last_spoke_at is None
    desk.noting.save("asked for a copy of the bill", interaction_id=live.id)
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as asha:
        assert texts(asha, ada) == {"last_contact": "by phone"}


def test_what_a_file_says_of_a_contact_is_enough(desk: Desk, ada: int) -> None:
    add(desk, call(ada, import_key="a" * 32), call(ada, agenda="a bill", opened_at=NOON - 9 * DAY))
    assert texts(desk, ada)["last_contact"] == "by phone"


def test_who_closed_a_complaint_knows_how_it_ended(
    desk: Desk, clock: StandingClock, migrated_url: str, ada: int
) -> None:
    add(desk, call(ada, agenda="the boiler"))
    case = desk.complaining.open(ada, "nobody came")
    name = desk.complaining.one(case).called
    desk.complaining.decide(case, "refund 20", "nobody came")
    desk.complaining.tell(case)
    desk.complaining.close(case)
    ended = f"the boiler; complaint {name} closed: refund 20 (they did not say if they accept)"
    assert texts(desk, ada) == {"last_contact": ended}
    see(desk, ada, brief(desk, ada).lines)
    with closing(make_desk(migrated_url, handle="asha", now=clock)) as asha:
        [line] = brief(asha, ada).lines
        assert (line.text, line.new) == (ended, True)
