"""Every change is an event, and no event holds a word of a customer."""

from __future__ import annotations

from typing import get_args

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.records import (
    CaseRecord,
    ContactPointRecord,
    CustomerRecord,
    FactRecord,
    InteractionRecord,
    MessageRecord,
    NoteRecord,
    PersonRecord,
    SourceRow,
)
from agent_tui.domain.values.signals import (
    CallChange,
    CallSignal,
    DeliverySignal,
    MessageSignal,
    Signal,
)
from tests.builders import NOON, make_desk

SECRET = "zanzibar"


def test_no_event_holds_text_of_a_customer(migrated_url: str) -> None:
    desk = make_desk(migrated_url, role="lead")
    who = desk.registering.customer(SECRET, company=SECRET, city=SECRET)
    changes = [
        CallSignal("chat", SECRET, change, sender=f"@{SECRET}", receiver="mira", name=SECRET)
        for change in get_args(CallChange)
    ]
    said = MessageSignal("chat", SECRET, SECRET, "customer", SECRET)
    signals: list[Signal] = [*changes, said, changes[-1]]
    for signal in signals:
        desk.conversing.take(signal)
    desk.conversing.take(DeliverySignal("chat", SECRET, SECRET, delivered=False, reason=SECRET))
    call = desk.browsing.recent(limit=1)[0].id
    desk.drafting.journal(ids.show(ids.INTERACTION, call), SECRET, draft_id=new_id())
    desk.noting.save(f"{SECRET} #{SECRET}", interaction_id=call)
    desk.conversing.attach(call, who)
    other = desk.registering.customer("Ada Hart")
    desk.knowing.untie(desk.knowing.tie(who, other, SECRET))
    fact = desk.knowing.learn(who, "knows", SECRET, interaction_id=call)
    desk.knowing.forget(desk.knowing.replace(fact, SECRET), SECRET)
    desk.knowing.lift(desk.knowing.refuse(who, SECRET))
    desk.knowing.take_back(desk.knowing.give(who, "ours", SECRET, "1", "EUR", SECRET))
    desk.wrapping_up.finish(call, "yes")
    desk.conversing.take(CallSignal("phone", "2", "ringing", sender="07700900118"))
    desk.conversing.attach_to_new(desk.browsing.recent(limit=1)[0].id, SECRET)
    desk.staffing.add("asha", name=SECRET, team=SECRET)
    person = PersonRecord(
        CustomerRecord(
            SECRET, SECRET, contact_points=(ContactPointRecord("email", f"{SECRET}@x.y"),)
        ),
        interactions=(
            InteractionRecord(
                channel="phone",
                opened_at=NOON,
                agenda=SECRET,
                messages=(MessageRecord(speaker="customer", text=SECRET),),
                notes=(NoteRecord(text=SECRET),),
            ),
        ),
        facts=(FactRecord(kind="notice", text=SECRET, stated_at=NOON),),
        cases=(CaseRecord(kind="complaint", title=SECRET, opened_at=NOON),),
    )
    rows = [SourceRow(1, SECRET, person)]
    counts = desk.importing.take(rows, source="crm", rejected=lambda _: None)
    assert counts.created == 1

    reader = desk.store.reader()
    events = [tuple(row) for row in reader.rows("SELECT * FROM events")]
    kinds = {row[0] for row in reader.rows("SELECT DISTINCT kind FROM events")}
    assert {
        "customer.added",
        "contact_point.added",
        "call.ringing",
        "call.ended",
        "message.added",
        "message.failed",
        "note.added",
        "interaction.attached",
        "tie.removed",
        "fact.wrong",
        "refusal.lifted",
        "concession.taken_back",
        "interaction.reopened",
        "interaction.wrapped_up",
        "agent.added",
        "team.added",
    } <= kinds
    assert SECRET not in repr(events).lower()
    everywhere = [row for row in reader.rows("SELECT text FROM messages") if SECRET in row[0]]
    assert len(everywhere) == 2
    desk.close()
