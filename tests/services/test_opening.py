"""Opening: windows on a conversation, Today, who calls, and the rest of the small services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from agent_tui.domain.tables import Interaction, Message, Note, Promise
from agent_tui.domain.values import ids
from agent_tui.domain.values.conversation import Whose
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import Ambiguous, BadInput, NotFound, Refused, UsageError
from agent_tui.services.desk import Desk
from agent_tui.services.registering import add_customer, link_peer
from agent_tui.storage.queries.conversations import joined
from tests.builders import NOON, make_desk
from tests.services.noted import who_calls
from tests.text.nasty import NASTY


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


def customer(
    desk: Desk, name: str = "Ada Hart", external: str | None = None, source: str = "crm"
) -> int:
    with desk.writing() as unit:
        row = add_customer(unit, name=name)
        if external is not None:
            row.source, row.external_id = source, external
            unit.save(row)
        return row.id


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_a_conversation_pages_back_without_gap_or_overlap(desk: Desk, share: float) -> None:
    random, who = Random(7), customer(desk)
    moments = [NOON + timedelta(minutes=minute) for minute in range(12)]
    with desk.writing() as unit:
        for number in range(60):
            at = random.choice(moments)
            if random.random() < share:
                unit.add(Note(customer_id=who, text=f"loose {number}", at=at))
                continue
            call = Interaction(
                customer_id=who, channel="phone", direction="in", state="ended", opened_at=at
            )
            unit.add(call)
            unit.add(
                Message(interaction_id=call.id, sequence=1, speaker="customer", text=str(number)),
                Note(customer_id=who, interaction_id=call.id, text=f"on {number}", at=at),
            )
    window = desk.opening.conversation(who)
    passages = [*window.passages]
    while window.earlier is not None:
        window = desk.opening.earlier(Whose(who), window.earlier)
        # A page may begin within a passage.
        passages = [*joined(window.passages, passages)]
    assert [one.begins for one in passages] == [True] * 60
    texts = [entry.text for passage in passages for entry in passage.entries]
    assert len(texts) == len(set(texts))
    numbers = {text.removeprefix("on ").removeprefix("loose ") for text in texts}
    assert numbers == {str(number) for number in range(60)}
    places = [
        (p.opened_at, p.interaction.id if p.interaction else p.entries[0].id) for p in passages
    ]
    assert places == sorted(places)
    assert all(len(p.entries) == (2 if p.interaction else 1) for p in passages)


def test_entries_stand_where_they_were_said(desk: Desk) -> None:
    who = customer(desk)
    with desk.writing() as unit:
        call = Interaction(
            customer_id=who,
            channel="phone",
            direction="in",
            state="ended",
            opened_at=NOON,
            answered_at=NOON + timedelta(seconds=10),
        )
        unit.add(call)
        for sequence, second in enumerate((12, 20, 41), start=1):
            at = NOON + timedelta(seconds=second)
            unit.add(
                Message(
                    interaction_id=call.id,
                    sequence=sequence,
                    at=at,
                    speaker="customer",
                    text=f"at {second}",
                )
            )
        at = NOON + timedelta(seconds=30)
        note = Note(customer_id=who, interaction_id=call.id, text="noted", at=at, after_sequence=2)
        unit.add(note)
    [passage] = desk.opening.conversation(who).passages
    assert [(entry.text, entry.offset_s) for entry in passage.entries] == [
        ("at 12", 2),
        ("at 20", 10),
        ("noted", 20),
        ("at 41", 31),
    ]
    assert desk.opening.call(call.id).passages == (passage,)
    assert desk.opening.call(404).passages == ()


def test_today_counts_what_is_due_in_the_agents_own_day(migrated_url: str) -> None:
    zone = ZoneInfo("America/New_York")
    now = datetime(2026, 3, 8, 5, 30, tzinfo=UTC)  # half past midnight; a day of 23 hours
    with closing(make_desk(migrated_url, now=now, zone=zone)) as desk:
        who = customer(desk)
        dues = [now - timedelta(hours=1), now, now + timedelta(hours=22), now + timedelta(hours=23)]
        with desk.writing() as unit:
            for side, state in (("ours", "open"), ("theirs", "open"), ("ours", "kept")):
                for due in (*dues, None):
                    unit.add(
                        Promise(
                            customer_id=who,
                            side=side,
                            text="a call",
                            due_at=due,
                            state=state,
                            owner_id=desk.agent.id,
                            created_at=now,
                        )
                    )
        desk.conversing.take(CallSignal("phone", "1", "ringing"))
        for change in ("ringing", "answered", "ended"):
            desk.conversing.take(CallSignal("phone", "2", change, receiver="mira"))
        today = desk.opening.today()
        counts = today.counts
        assert (counts.late, counts.due_today) == (1, 2)
        assert (counts.waiting, counts.wrap_ups) == (1, 1)
        assert [promise.due_at for promise in today.promises] == [*dues, None]
        assert len(today.waiting) == len(today.wrap_ups) == 1
        assert today.register_size == 1
        with closing(make_desk(migrated_url, handle="asha", now=now)) as other:
            theirs = other.opening.today().counts
            assert (theirs.late, theirs.due_today, theirs.waiting, theirs.wrap_ups) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "writing",
    ["+44 20 7946 0018", "02079460018", "(020) 7946-0018", "0044 2079460018", "tel:+442079460018"],
)
def test_who_calls_is_known_in_every_writing(desk: Desk, writing: str) -> None:
    who = customer(desk)
    with desk.writing() as unit:
        link_peer(unit, customer_id=who, peer="020 7946 0018", region="GB")
    assert who_calls(desk, writing) == [who]


@pytest.mark.parametrize("peer", ["", "anonymous", "07700 900999"])
def test_who_calls_may_be_nobody(desk: Desk, peer: str) -> None:
    assert who_calls(desk, peer) == []


def test_a_customer_opens_with_brief_and_records(desk: Desk) -> None:
    who = customer(desk)
    opened = desk.opening.customer(who)
    assert (opened.dossier.customer.name, opened.brief.lines) == ("Ada Hart", ())
    with pytest.raises(NotFound):
        desk.opening.customer(404)


def test_an_argument_means_one_customer_or_says_why_not(desk: Desk) -> None:
    ada = customer(desk, "Ada Hart", "17")
    ben = customer(desk, "Ben Moss", "18")
    other = customer(desk, "Cem Aksoy", "18", source="shop")
    odd = customer(desk, "Dua Singh", "a:b")
    choose = desk.finding.choose
    assert choose(ids.show(ids.CUSTOMER, ada).lower()) == ada
    assert (choose("crm:18"), choose("shop:18")) == (ben, other)
    assert choose("17") == ada
    assert choose("a:b") == choose("crm:a:b") == odd
    assert choose("cem aks") == other
    with pytest.raises(Ambiguous) as several:
        choose("18")
    assert [line.split("  ")[1] for line in several.value.candidates] == ["Ben Moss", "Cem Aksoy"]
    for nobody in ("nobody at all", "", "  ", "\x00", "shop:17", ids.show(ids.CUSTOMER, 404)):
        with pytest.raises(NotFound):
            choose(nobody)
    with pytest.raises(BadInput):
        choose("x" * 1_001)


def test_namesakes_are_offered_not_guessed(desk: Desk) -> None:
    both = [customer(desk, "Ava Nguyen") for _ in range(2)]
    with pytest.raises(Ambiguous) as several:
        desk.finding.choose("Ava Nguyen")
    shown = {line.split("  ")[0] for line in several.value.candidates}
    assert shown == {ids.show(ids.CUSTOMER, who) for who in both}


@pytest.mark.parametrize("argument", ["kate jones", "call smith back"])
def test_a_lone_far_answer_is_offered_not_guessed(desk: Desk, argument: str) -> None:
    who = customer(desk, "Kate Smith")
    with pytest.raises(Ambiguous) as alone:
        desk.finding.choose(argument)
    assert [line.split("  ")[0] for line in alone.value.candidates] == [ids.show(ids.CUSTOMER, who)]
    for meant in ("kate", "smyth", "Ktae Smtih", "Kate M Smith"):
        assert desk.finding.choose(meant) == who


@pytest.mark.parametrize("argument", NASTY)
def test_any_argument_is_answered(desk: Desk, argument: str) -> None:
    with pytest.raises((NotFound, BadInput)):
        desk.finding.choose(argument)


def test_only_leads_change_who_works_here(desk: Desk, migrated_url: str) -> None:
    with pytest.raises(Refused):
        desk.staffing.add("asha")
    with pytest.raises(Refused):
        desk.staffing.place("mira", role="lead")
    with closing(make_desk(migrated_url, handle="noor", role="lead")) as lead:
        made = lead.staffing.add("@Asha", name="Asha Rao", team="Night")
        assert (made.handle, made.name, made.role, made.team) == (
            "asha",
            "Asha Rao",
            "agent",
            "Night",
        )
        placed = lead.staffing.place(" @ASHA", role="admin", team="Desk")
        assert (placed.role, placed.team) == ("admin", "Desk")
        assert lead.staffing.add("tom", team="Night").team == "Night"
        assert [one.handle for one in lead.staffing.everybody()] == ["asha", "mira", "noor", "tom"]
        with pytest.raises(Refused, match="already"):
            lead.staffing.add("Mira")
        with pytest.raises(NotFound):
            lead.staffing.place("nobody", role="lead")
        for handle, team in (("", None), ("two words", None), ("eve", " ")):
            with pytest.raises(UsageError):
                lead.staffing.add(handle, team=team)


def test_a_place_is_found_or_refused(desk: Desk) -> None:
    who = customer(desk)
    with desk.writing() as unit:
        note = Note(customer_id=who, text="alone", at=NOON)
        unit.add(note)
    whose = Whose(who)
    place = desk.opening.place(whose, note_id=note.id)
    [passage] = desk.opening.around(whose, place).passages
    assert [entry.place for entry in passage.entries] == [place]
    assert desk.opening.first(whose) == desk.opening.newest(whose)
    assert desk.opening.later(whose, place).passages == ()
    with pytest.raises(NotFound, match="no longer"):
        desk.opening.place(whose, interaction_id=404)


def test_the_command_line_is_in_the_interaction_that_the_desk_is_in(desk: Desk) -> None:
    ada = customer(desk)
    moments = [NOON - timedelta(days=days) for days in (9, 2, 1)]
    states = ("wrapped_up", "ended", "ended")
    with desk.writing() as unit:
        calls = [
            Interaction(
                customer_id=ada,
                channel="phone",
                direction="in",
                state=state,
                agent_id=desk.agent.id,
                opened_at=opened,
                agenda="the boiler",
                parked_at=NOON if opened == moments[1] else None,
            )
            for opened, state in zip(moments, states, strict=True)
        ]
        unit.add(*calls)
        unit.add(
            Promise(
                customer_id=ada,
                side="ours",
                text="call back",
                due_at=NOON,
                owner_id=desk.agent.id,
                created_at=moments[2],
            )
        )
    brief = desk.opening.at_the_desk(ada).brief
    assert brief == desk.opening.customer(ada, calls[2].id).brief
    assert brief.last_spoke_at == moments[1], "the one that is not wrapped up is the one at hand"
    [owed] = [line for line in brief.lines if line.kind == "we_owe"]
    assert not owed.new
    desk.wrapping_up.finish(calls[2].id, "yes")
    assert desk.opening.at_the_desk(ada).brief.last_spoke_at == moments[2]
    with desk.writing() as unit:
        live = Interaction(
            customer_id=ada, channel="chat", direction="in", state="talking", opened_at=NOON
        )
        unit.add(live)
    assert desk.opening.at_the_desk(ada).brief == desk.opening.customer(ada, live.id).brief
