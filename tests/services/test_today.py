"""Today: each section holds what it says, counts all of it, and is read by an index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from agent_tui.domain.tables import Case, Complaint, Note, Promise
from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.services.desk import Desk
from agent_tui.storage.queries import todays
from agent_tui.storage.reader import Reader, Row
from tests.builders import NOON, StandingClock, make_desk
from tests.services.chats import chat, report

PEER = "+44 20 7946 0018"


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def signal(desk: Desk, call: str, *changes: Any, channel: Any = "phone", **other: Any) -> int:
    for change in changes:
        desk.conversing.take(CallSignal(channel, call, change, **other))
    [found] = desk.store.reader().rows(
        "SELECT id FROM interactions WHERE external_id = :call", call=call
    )
    return int(found[0])


def say(desk: Desk, call: str, speaker: Any, at: datetime | None = None) -> None:
    number = str(new_id())
    desk.conversing.take(MessageSignal("chat", call, number, speaker, "hello", at=at))


def promise(desk: Desk, who: int, text: str = "a call", **other: Any) -> int:
    with desk.writing() as unit:
        given = {"side": "ours", "owner_id": desk.agent.id, "created_at": unit.now, **other}
        row = Promise(customer_id=who, text=text, **given)
        unit.add(row)
        return row.id


def test_who_is_on_hold_waits_first_and_only_with_whoever_talks_to_them(
    desk: Desk, clock: StandingClock, migrated_url: str
) -> None:
    longest, other = (signal(desk, call, "answered", receiver="mira") for call in ("a", "b"))
    desk.conversing.take(CallSignal("phone", "a", "held", at=clock.now, reason="asks the depot"))
    desk.conversing.take(CallSignal("phone", "b", "held", at=clock.move(minutes=1)))
    signal(desk, "c", "answered", channel="chat", receiver="mira")
    signal(desk, "t", "answered", receiver="mira")
    today = desk.opening.today()
    assert [call.id for call in today.held] == [longest, other]
    assert today.held[0].hold_reason == "asks the depot"
    assert (today.totals.held, today.counts.waiting) == (2, 2)
    with closing(make_desk(migrated_url, now=clock, handle="asha")) as asha:
        assert asha.opening.today().held == ()
    desk.conversing.take(CallSignal("phone", "a", "resumed"))
    assert [call.id for call in desk.opening.today().held] == [other]


def test_what_rings_is_of_everybody_and_what_goes_on_with_others_is_counted(
    desk: Desk, migrated_url: str
) -> None:
    with closing(make_desk(migrated_url, handle="asha")) as asha:
        theirs = [signal(asha, call, "answered", receiver="asha") for call in ("1", "2")]
        rings = signal(desk, "3", "ringing")
        mine = signal(desk, "4", "answered", receiver="mira")
        assert [call.id for call in desk.opening.live()] == [mine, rings, *theirs]
        assert [call.id for call in asha.opening.live()] == [*theirs, rings, mine]
        assert (desk.opening.with_colleagues(), asha.opening.with_colleagues()) == (2, 1)
        signal(asha, "1", "ended")
        assert desk.opening.with_colleagues() == 1


def test_who_waits_rings_wrote_last_was_missed_or_is_nobodys(
    desk: Desk, clock: StandingClock
) -> None:
    rings = signal(desk, "r", "ringing")
    mine = signal(desk, "m", "answered", channel="chat", receiver="mira")
    answered = signal(desk, "a", "answered", channel="chat", receiver="mira")
    for call in ("m", "a"):
        say(desk, call, "customer", clock.now)
    say(desk, "a", "agent")
    say(desk, "m", "agent")
    say(desk, "m", "customer", clock.move(minutes=1))
    since = clock.now
    say(desk, "m", "customer", clock.move(minutes=1))
    say(desk, "m", "system")
    missed = signal(desk, "x", "ringing", "ended")
    unclaimed = signal(desk, "u", "answered", "ended")
    today = desk.opening.today()
    assert [one.id for one in today.waiting] == [rings]
    assert [(one.call.id, one.since) for one in today.unanswered] == [(mine, since)]
    assert [(one.call.id, one.times) for one in today.missed] == [(missed, 1)]
    assert [one.id for one in today.unclaimed] == [unclaimed]
    assert today.counts.waiting == 4
    say(desk, "a", "customer")
    desk.wrapping_up.park(unclaimed)
    today = desk.opening.today()
    assert {one.call.id for one in today.unanswered} == {mine, answered}
    assert (today.unclaimed, [one.id for one in today.parked]) == ((), [unclaimed])


def test_what_rings_is_read_before_older_chats(desk: Desk, clock: StandingClock) -> None:
    chats = [signal(desk, f"c{n}", "ringing", channel="chat", at=clock.now) for n in range(14)]
    rings = signal(desk, "r", "ringing", at=clock.move(minutes=9))
    held = signal(desk, "h", "answered", "held", receiver="mira", at=clock.move(minutes=1))
    in_line = desk.opening.today().in_line
    assert [one.call.id for one in in_line][:3] == [held, rings, chats[0]]
    assert {one.kind for one in in_line[2:]} == {"first_answer"}


def test_a_chat_that_a_colleague_has_waits_for_them_alone(desk: Desk, migrated_url: str) -> None:
    with closing(make_desk(migrated_url, handle="asha")) as asha:
        theirs = signal(desk, "1", "answered", channel="chat", receiver="asha")
        say(desk, "1", "customer")
        nobodys = signal(desk, "2", "answered", channel="chat")
        say(desk, "2", "customer")
        assert [one.call.id for one in desk.opening.today().unanswered] == [nobodys]
        assert {one.call.id for one in asha.opening.today().unanswered} == {theirs, nobodys}
        assert desk.opening.today().totals.unanswered == 1


def test_an_answer_that_did_not_arrive_is_none(desk: Desk, clock: StandingClock) -> None:
    call = chat(desk)
    since = clock.now
    clock.move(minutes=1)
    message = desk.sending.send(call, "we will call you")
    assert desk.opening.today().unanswered == ()
    desk.sending.claim("chat")
    report(desk, message, delivered=False, reason="blocked")
    today = desk.opening.today()
    assert [(one.call.id, one.since) for one in today.unanswered] == [(call, since)]
    assert today.totals.unanswered == 1
    desk.sending.again(message)
    assert desk.opening.today().unanswered == ()


def test_missed_calls_of_one_caller_are_one_line_until_a_person_ends_each(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    first_at = clock.now
    signal(desk, "0", "ringing", sender=PEER)
    desk.conversing.attach(signal(desk, "0", "ended"), ada)
    calls = []
    for number in ("1", "2"):
        clock.move(minutes=1)
        calls.append(signal(desk, number, "ringing", "ended", sender=PEER))
    unknown = [signal(desk, n, "ringing", "ended", sender="07700 900118") for n in ("3", "4")]
    withheld = [signal(desk, n, "ringing", "ended") for n in ("5", "6")]
    today = desk.opening.today()
    assert [(one.call.id, one.times) for one in today.missed] == [
        (withheld[1], 1),
        (withheld[0], 1),
        (unknown[1], 2),
        (calls[1], 3),
    ]
    assert today.missed[-1].first_at == first_at
    assert (today.totals.missed, today.counts.waiting) == (4, 4)
    assert len(desk.wrapping_up.draft(calls[1]).missed_with) == 2
    assert desk.wrapping_up.draft(unknown[1]).missed_with == (unknown[0],)
    assert desk.wrapping_up.draft(withheld[0]).missed_with == ()
    answered = signal(desk, "7", "ringing", "answered", sender=PEER, receiver="mira")
    assert desk.wrapping_up.draft(answered).missed_with == ()
    assert desk.opening.today().totals.missed == 4, "another call does not end them"
    desk.wrapping_up.finish(calls[1], "not_asked")
    desk.wrapping_up.finish(unknown[0], "not_asked")
    assert [one.times for one in desk.opening.today().missed] == [1, 1, 1, 2]


def test_promises_of_mine_are_late_first_and_those_without_a_date_last(
    desk: Desk, ada: int
) -> None:
    for text, days in (("soon", 2), ("late", -2), ("later", 3), ("very late", -9)):
        promise(desk, ada, text, due_at=NOON + timedelta(days=days))
    promise(desk, ada, "some day")
    promise(desk, ada, "theirs", side="theirs", due_at=NOON)
    promise(desk, ada, "done", state="kept", due_at=NOON)
    promise(desk, ada, "nobody's", owner_id=None, due_at=NOON)
    today = desk.opening.today()
    order = ["very late", "late", "soon", "later", "some day"]
    assert [one.text for one in today.promises] == order
    assert (today.counts.late, today.counts.due_today, today.totals.promises) == (2, 0, 5)
    few = todays.today(desk.store.reader(), agent=desk.agent, end_of_day=NOON, now=NOON, limit=3)
    assert [one.text for one in few.promises] == order[:3]
    assert few.totals.promises == 5


def test_promises_are_offered_taken_and_come_back(desk: Desk, ada: int, migrated_url: str) -> None:
    with closing(make_desk(migrated_url, handle="asha")) as asha:
        one, two = promise(desk, ada, "first"), promise(desk, ada, "second")
        for number in (one, two):
            desk.promising.hand_over(number, "asha")
        today = asha.opening.today()
        assert [(promise.id, promise.offered_by) for promise in today.offered] == [
            (one, "Mira"),
            (two, "Mira"),
        ]
        assert (today.counts.offered, today.promises) == (2, ())
        asha.promising.accept(one)
        asha.promising.decline(two)
        assert [promise.id for promise in asha.opening.today().promises] == [one]
        today = desk.opening.today()
        assert [promise.id for promise in today.came_back] == [two]
        assert [promise.id for promise in today.promises] == [two]
        assert (today.totals.came_back, asha.opening.today().counts.offered) == (1, 0)


def complaint(desk: Desk, who: int, title: str, **other: Any) -> None:
    with desk.writing() as unit:
        given = {"opened_at": unit.now, **other}
        row = Case(customer_id=who, kind="complaint", title=title, **given)
        unit.add(row)
        unit.add(Complaint(case_id=row.id, speakable=title))


def test_complaints_stand_with_whoever_took_them(desk: Desk, ada: int, migrated_url: str) -> None:
    call = signal(desk, "1", "answered", "ended", receiver="mira")
    with closing(make_desk(migrated_url, handle="asha")) as asha:
        with desk.writing() as unit:
            note = Note(customer_id=ada, author_id=asha.agent.id, text="x", at=unit.now)
            unit.add(note)
        complaint(desk, ada, "C1", interaction_id=call)
        complaint(desk, ada, "C2", interaction_id=call, answer_due_at=NOON + timedelta(days=2))
        complaint(desk, ada, "C3", note_id=note.id)
        complaint(desk, ada, "C4", answer_due_at=NOON + timedelta(hours=12))
        with desk.writing() as unit:
            case = Case(customer_id=ada, kind="complaint", title="x", opened_at=unit.now)
            unit.add(case)
            unit.add(Complaint(case_id=case.id, speakable="C5", closed_at=unit.now))
        today = desk.opening.today()
        assert [one.called for one in today.complaints] == ["C4", "C1", "C2"]
        assert [one.called for one in asha.opening.today().complaints] == ["C4", "C3"]
        assert today.totals.complaints == 3
        assert today.complaints[0].customer == "Ada Hart"


def test_drafts_say_whom_they_are_about(desk: Desk, ada: int) -> None:
    known = signal(desk, "1", "answered", sender=PEER)
    desk.conversing.attach(known, ada)
    unknown = signal(desk, "2", "answered", sender="07700 900118")
    for about in (
        ids.show(ids.CUSTOMER, ada),
        ids.show(ids.INTERACTION, known),
        ids.show(ids.INTERACTION, unknown),
        ids.show(ids.INTERACTION, 404),
    ):
        desk.drafting.journal(about, f"on {about}", draft_id=new_id())
    drafts = desk.opening.today().drafts
    assert [(one.subject, one.customer_id) for one in reversed(drafts)] == [
        ("Ada Hart", ada),
        ("Ada Hart", ada),
        ("07700 900118", None),
        (None, None),
    ]
    assert desk.opening.today().totals.drafts == 4


def test_my_state_is_that_of_this_moment(desk: Desk, clock: StandingClock) -> None:
    since = clock.move(minutes=3)
    desk.staffing.set_state("away")
    agent = desk.opening.today().agent
    assert (agent.state, agent.state_since) == ("away", since)


class Watching:
    """A reader that keeps every query that is asked through it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.is_postgres = reader.is_postgres
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
        self.asked.append((sql, parameters))
        return self._reader.rows(sql, **parameters)

    def rows_planned_once(self, sql: str, /, **parameters: Any) -> list[Row]:
        return self.rows(sql, **parameters)

    def rows_under_way(self, sql: str, /, **parameters: Any) -> Callable[[], list[Row]]:
        return partial(self.rows, sql, **parameters)

    def row(self, sql: str, /, **parameters: Any) -> Row | None:
        self.asked.append((sql, parameters))
        return self._reader.row(sql, **parameters)

    def snapshot(self) -> AbstractContextManager[None]:
        return nullcontext()

    def interrupt(self) -> None:
        self._reader.interrupt()

    def close(self) -> None:
        self._reader.close()


def watched(desk: Desk) -> Watching:
    watching = Watching(desk.store.reader())
    todays.today(
        watching, agent=desk.agent, end_of_day=NOON + timedelta(hours=12), now=NOON, limit=12
    )
    return watching


def test_more_rows_take_no_more_queries(desk: Desk, ada: int) -> None:
    def fill(number: int) -> None:
        signal(desk, f"r{number}", "ringing")
        signal(desk, f"x{number}", "ringing", "ended", sender=f"07700 90011{number}")
        call = signal(desk, f"m{number}", "answered", channel="chat", receiver="mira")
        say(desk, f"m{number}", "customer")
        for about in (ids.show(ids.CUSTOMER, ada), ids.show(ids.INTERACTION, call)):
            desk.drafting.journal(about, "text", draft_id=new_id())
        promise(desk, ada, due_at=NOON)

    fill(0)
    once = len(watched(desk).asked)
    for number in range(1, 6):
        fill(number)
    assert len(watched(desk).asked) == once


MANY = (
    "WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 100000) "
    "SELECT k, 1, :who, :agent, :now, CASE WHEN k % 1000 = 0 THEN {open} ELSE {closed} END, "
)


def test_nothing_is_read_whole_on_a_large_desk(desk: Desk, ada: int) -> None:
    """A hundred thousand interactions and promises, all but a few of them closed."""
    values = {"who": ada, "agent": desk.agent.id, "now": NOON}
    with desk.writing() as unit:
        unit.execute(
            "INSERT INTO interactions (id, version, customer_id, agent_id, opened_at, state, "
            "channel, direction, met) "
            + MANY.format(open="'ended'", closed="'wrapped_up'")
            + "'phone', 'in', 'yes' FROM n",
            **values,
        )
        unit.execute(
            "INSERT INTO promises (id, version, customer_id, owner_id, created_at, state, "
            "side, text) " + MANY.format(open="'open'", closed="'kept'") + "'ours', 'x' FROM n",
            **values,
        )
        if unit.reader.is_postgres:
            unit.execute("ANALYZE")
    reader = desk.store.reader()
    explain = "EXPLAIN " if reader.is_postgres else "EXPLAIN QUERY PLAN "
    whole = re.compile(r"Seq Scan on (interactions|promises)|SCAN [ipt]\b")
    steps = [
        str(row[-1])
        for sql, parameters in watched(desk).asked
        for row in reader.rows(explain + sql, **parameters)
    ]
    assert len(steps) > 30
    assert [step for step in steps if whole.search(step)] == []
    today = desk.opening.today()
    assert (today.totals.promises, today.totals.wrap_ups) == (100, 100)
