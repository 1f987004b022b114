"""Hand a conversation over: an offer changes nothing, its acceptance whose conversation it is."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from agent_tui.domain.values.conversation import Whose
from agent_tui.domain.values.hand_overs import HandOver
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import StandingClock
from tests.services.noted import rows

SECRET = "zanzibar"
VISA = "4111 1111 1111 1111"


@pytest.fixture
def call(mira: Desk) -> int:
    """A call of Mira's with Ada Hart."""
    mira.conversing.take(CallSignal("phone", "1", "answered", receiver="mira"))
    [live] = mira.opening.live()
    mira.conversing.attach(live.id, mira.registering.customer("Ada Hart"))
    return live.id


def who_has(desk: Desk, call: int) -> str | None:
    return desk.browsing.one(call).agent_handle


def events(desk: Desk) -> list[tuple[str, str | None]]:
    found = rows(
        desk, "SELECT kind, detail FROM events WHERE kind LIKE 'hand_over.%' ORDER BY sequence"
    )
    return [(row[0].removeprefix("hand_over."), row[1]) for row in found]


def end(desk: Desk, call: str = "1") -> None:
    desk.conversing.take(CallSignal("phone", call, "ended"))


def ids_of(found: tuple[HandOver, ...]) -> list[int]:
    return [one.id for one in found]


def test_an_offer_waits_for_who_was_asked_and_acceptance_makes_it_theirs(
    mira: Desk, asha: Desk, lena: Desk, call: int, clock: StandingClock
) -> None:
    offered = mira.handing_over.offer(call, "@Asha", "restarted it")
    assert offered.remarks == ()
    assert who_has(mira, call) == "mira"
    assert ids_of(asha.handing_over.waiting().to_me) == [offered.id]
    assert ids_of(mira.handing_over.waiting().by_me) == [offered.id]
    assert mira.handing_over.standing(call) == mira.handing_over.one(offered.id)
    for other in (mira, lena):
        with pytest.raises(Refused, match="not offered to you"):
            other.handing_over.accept(offered.id)
        with pytest.raises(Refused, match="not offered to you"):
            other.handing_over.decline(offered.id)
    at = clock.move(minutes=2)
    for _ in range(2):
        asha.handing_over.accept(offered.id)
    assert who_has(mira, call) == "asha"
    done = mira.handing_over.one(offered.id)
    assert (done.state, done.closed_at, done.giver, done.taker) == ("accepted", at, "Mira", "Asha")
    assert events(mira) == [("offered", None), ("accepted", None)]
    assert mira.handing_over.standing(call) is None
    waiting = asha.handing_over.waiting()
    assert (waiting.to_me, waiting.by_me, mira.handing_over.waiting().by_me) == ((), (), ())
    with pytest.raises(Refused, match="only who has a conversation"):
        mira.handing_over.offer(call, "lena")


def test_who_has_it_or_a_lead_offers_it_and_to_somebody_else(
    mira: Desk, asha: Desk, lena: Desk, call: int
) -> None:
    with pytest.raises(Refused, match="only who has a conversation"):
        asha.handing_over.offer(call, "lena")
    for desk in (mira, lena):
        with pytest.raises(Refused, match="somebody else"):
            desk.handing_over.offer(call, desk.agent.handle)
    with pytest.raises(Refused, match="Mira has it already"):
        lena.handing_over.offer(call, "mira")
    with pytest.raises(NotFound):
        mira.handing_over.offer(call, "nobody")
    with pytest.raises(NotFound):
        mira.handing_over.offer(404, "asha")
    with pytest.raises(BadInput):
        mira.handing_over.offer(call, "asha", "x" * 2_001)
    assert events(mira) == []
    offered = lena.handing_over.offer(call, "asha")
    asha.handing_over.accept(offered.id)
    assert who_has(mira, call) == "asha"


def test_what_is_nobodys_is_taken_before_it_is_handed_over(mira: Desk, lena: Desk) -> None:
    mira.conversing.take(MessageSignal("chat", "9", "a", "customer", "hello?"))
    [chat] = mira.opening.live()
    for desk, other in ((mira, "lena"), (lena, "mira")):
        with pytest.raises(Refused, match="nobody has this one yet"):
            desk.handing_over.offer(chat.id, other)
    mira.conversing.take_over(chat.id)
    mira.handing_over.offer(chat.id, "lena")


def test_a_second_offer_takes_the_place_of_the_first_and_says_so(
    mira: Desk, asha: Desk, lena: Desk, call: int
) -> None:
    first = mira.handing_over.offer(call, "asha")
    second = mira.handing_over.offer(call, "lena")
    assert "takes the place of the offer" in second.remarks[0]
    assert mira.handing_over.one(first.id).state == "taken_back"
    assert events(mira)[1] == ("taken_back", "replaced")
    with pytest.raises(Refused, match="not open any more"):
        asha.handing_over.accept(first.id)
    assert asha.handing_over.waiting().to_me == ()
    lena.handing_over.accept(second.id)
    assert who_has(mira, call) == "lena"


def test_who_is_away_may_be_asked_but_it_is_said(
    mira: Desk, asha: Desk, call: int, clock: StandingClock
) -> None:
    asha.staffing.set_state("away")
    clock.move(minutes=25)
    [remark] = mira.handing_over.offer(call, "asha").remarks
    assert remark.startswith("Asha is away since 25 min")
    asha.staffing.set_state("ready")
    [remark] = mira.handing_over.offer(call, "asha").remarks
    assert "away" not in remark


def test_what_is_declined_is_the_givers_turn_until_they_put_it_away(
    mira: Desk, asha: Desk, call: int, clock: StandingClock
) -> None:
    offered = mira.handing_over.offer(call, "asha").id
    assert ids_of(asha.opening.today().handed) == [offered]
    for _ in range(2):
        asha.handing_over.decline(offered, f"on two calls \x1b[2J {VISA}")
    declined = mira.handing_over.one(offered)
    assert (declined.state, who_has(mira, call)) == ("declined", "mira")
    assert (declined.reason or "").startswith("on two calls")
    assert is_clean(declined.reason or "")
    assert VISA not in (declined.reason or "")
    today = mira.opening.today()
    assert (ids_of(today.handed_back), today.totals.handed_back) == ([offered], 1)
    assert (asha.opening.today().handed, asha.opening.today().totals.handed) == ((), 0)
    assert ids_of(mira.handing_over.waiting().by_me) == [offered]
    with pytest.raises(Refused, match="not open any more"):
        asha.handing_over.accept(offered)
    with pytest.raises(Refused, match="only who offered it"):
        asha.handing_over.take_back(offered)
    at = clock.move(minutes=1)
    for _ in range(2):
        mira.handing_over.take_back(offered)
    seen = mira.handing_over.one(offered)
    assert (seen.state, seen.dismissed_at) == ("declined", at)
    assert mira.opening.today().handed_back == mira.handing_over.waiting().by_me == ()
    assert [kind for kind, _ in events(mira)] == ["offered", "declined", "dismissed"]


def test_asking_somebody_else_puts_away_that_it_was_declined(
    mira: Desk, asha: Desk, lena: Desk, call: int
) -> None:
    asha.handing_over.decline(mira.handing_over.offer(call, "asha").id)
    offered = mira.handing_over.offer(call, "lena")
    assert offered.remarks == ()
    assert mira.opening.today().handed_back == ()
    assert ids_of(lena.opening.today().handed) == [offered.id]


def test_an_offer_is_taken_back_by_who_made_it_who_has_it_or_a_lead(
    mira: Desk, asha: Desk, lena: Desk, call: int
) -> None:
    first = mira.handing_over.offer(call, "asha").id
    with pytest.raises(Refused, match="only who offered it"):
        asha.handing_over.take_back(first)
    for _ in range(2):
        mira.handing_over.take_back(first)
    second = lena.handing_over.offer(call, "asha").id
    mira.handing_over.take_back(second)
    third = mira.handing_over.offer(call, "asha").id
    lena.handing_over.take_back(third)
    states = [mira.handing_over.one(one).state for one in (first, second, third)]
    assert states == ["taken_back"] * 3
    with pytest.raises(Refused, match="not open any more"):
        asha.handing_over.decline(third)
    assert asha.opening.today().handed == ()


def test_an_offer_stands_when_the_call_ends_and_who_accepts_it_wraps_it_up(
    mira: Desk, asha: Desk, call: int
) -> None:
    offered = mira.handing_over.offer(call, "asha").id
    end(mira)
    assert [one.id for one in mira.opening.today().wrap_ups] == [call]
    asha.handing_over.accept(offered)
    assert mira.opening.today().wrap_ups == ()
    assert [one.id for one in asha.opening.today().wrap_ups] == [call]


def test_an_offer_lapses_when_it_is_wrapped_up_and_does_not_come_back(
    mira: Desk, asha: Desk, call: int
) -> None:
    offered = mira.handing_over.offer(call, "asha").id
    end(mira)
    mira.wrapping_up.finish(call, "yes")
    assert mira.handing_over.one(offered).state == "lapsed"
    assert asha.opening.today().handed == ()
    with pytest.raises(Refused, match="not open any more"):
        asha.handing_over.accept(offered)
    with pytest.raises(Refused, match="wrapped up"):
        mira.handing_over.offer(call, "asha")
    mira.wrapping_up.reopen(call)
    assert (asha.opening.today().handed, who_has(mira, call)) == ((), "mira")
    declined = mira.handing_over.offer(call, "asha").id
    asha.handing_over.decline(declined)
    mira.wrapping_up.finish(call, "yes")
    mira.wrapping_up.reopen(call)
    assert mira.opening.today().handed_back == ()


def test_an_offer_stands_when_the_wrong_person_is_put_right(
    mira: Desk, asha: Desk, call: int
) -> None:
    ben = mira.registering.customer("Ben Lind")
    mira.knowing.refuse(ben, "offers by telephone")
    offered = mira.handing_over.offer(call, "asha").id
    before = asha.handing_over.brief(offered)
    mira.conversing.move(call, ben)
    after = asha.handing_over.brief(offered)
    assert before.customer is not None
    assert after.customer is not None
    assert (before.customer.name, after.customer.name) == ("Ada Hart", "Ben Lind")
    assert (before.do_not_ask, [one.words for one in after.do_not_ask]) == (
        (),
        ["offers by telephone"],
    )
    asha.handing_over.accept(offered)
    assert who_has(mira, call) == "asha"


def test_what_its_giver_wrote_stays_theirs(mira: Desk, asha: Desk, call: int) -> None:
    mira.noting.save("!call back +1d", interaction_id=call)
    draft = new_id()
    mira.drafting.journal(f"i_{call}", "half a thought", draft_id=draft)
    mira.attending.be_here(None, call)

    def belongings() -> list[list[tuple[object, ...]]]:
        return [
            rows(mira, f"SELECT * FROM {table}")
            for table in ("promises", "notes", "drafts", "presences")
        ]

    before = belongings()
    asha.handing_over.accept(mira.handing_over.offer(call, "asha").id)
    assert [len(one) for one in before] == [1, 1, 1, 1]
    assert belongings() == before
    assert [one.text for one in mira.opening.today().promises] == ["call back"]
    assert [one.id for one in mira.opening.today().drafts] == [draft]


def test_the_brief_is_made_of_the_records_as_they_are_now(
    mira: Desk, asha: Desk, call: int, clock: StandingClock
) -> None:
    offered = mira.handing_over.offer(call, "asha", f"restarted it {VISA}\x1b[2J").id
    made = asha.handing_over.brief(offered)
    assert made.tried[0].text.startswith("restarted it")
    assert is_clean(made.tried[0].text)
    assert VISA not in made.tried[0].text
    assert (len(made.tried), made.promised, made.mood) == (1, (), None)
    clock.move(minutes=1)
    note = mira.noting.save(
        'wants: the visit\n!call back +1d\nmood: "so tired"\nno: the plan\nask: which one',
        interaction_id=call,
    )
    corrected = mira.noting.correct(note.id, 'wants: a visit\n!call back +1d\nmood: "so tired"')
    clock.move(minutes=1)
    line = mira.sending.mark_line(call, "nobody came", "customer")
    mira.conversing.take(MessageSignal("phone", "1", "t", "customer", "as transcribed"))
    mira.conversing.verify(call, "known voice")
    who = made.customer.id if made.customer else 0
    mira.promising.make(who, "send the form", clock.now)
    clock.move(days=1, hours=2)
    made = asha.handing_over.brief(offered)
    assert (made.wants, made.verification) == ("a visit", "known voice")
    assert [one.record[0] for one in made.tried] == ["h", "m", "n"]
    assert [one.text for one in made.tried[1:]] == [
        "nobody came",
        'wants: a visit\n!call back +1d\nmood: "so tired"',
    ]
    assert corrected is not None
    assert line
    assert [(one.text, one.owner) for one in made.promised] == [("call back", "Mira")]
    assert made.mood is not None
    assert made.mood.text == "so tired"
    assert made.do_not_ask == ()
    assert [line.count for line in made.duties if line.kind == "we_owe"] == [2]


def test_the_brief_of_a_caller_whom_nobody_knows(mira: Desk, asha: Desk) -> None:
    mira.conversing.take(
        CallSignal("phone", "7", "answered", receiver="mira", sender="07700900118")
    )
    [live] = mira.opening.live()
    mira.noting.save("asks for the manager", interaction_id=live.id)
    made = asha.handing_over.brief(mira.handing_over.offer(live.id, "asha").id)
    assert (made.customer, made.duties, made.promised) == (None, (), ())
    assert [one.text for one in made.tried] == ["asks for the manager"]
    assert made.hand_over.call.peer == "07700900118"
    with pytest.raises(NotFound):
        asha.handing_over.brief(404)


def test_what_changed_meanwhile_is_not_answered_blindly(mira: Desk, asha: Desk, call: int) -> None:
    offered = mira.handing_over.offer(call, "asha").id
    version = asha.handing_over.one(offered).version
    mira.handing_over.take_back(offered, version=version)
    for answer in (asha.handing_over.accept, asha.handing_over.decline):
        with pytest.raises(Conflict):
            answer(offered, version=version)
    with pytest.raises(NotFound):
        asha.handing_over.accept(404)


def test_of_two_offers_at_once_one_stands(mira: Desk, asha: Desk, lena: Desk, call: int) -> None:
    offers = [
        threading.Thread(target=desk.handing_over.offer, args=(call, "asha"))
        for desk in (mira, lena) * 3
    ]
    for thread in offers:
        thread.start()
    for thread in offers:
        thread.join()
    assert [kind for kind, _ in events(mira)].count("offered") == 6
    [standing] = asha.handing_over.waiting().to_me
    assert mira.handing_over.standing(call) == standing


def test_no_event_holds_a_word_of_what_was_tried_or_why_not(
    mira: Desk, asha: Desk, call: int
) -> None:
    offered = mira.handing_over.offer(call, "asha", SECRET).id
    asha.handing_over.decline(offered, SECRET)
    mira.handing_over.take_back(offered)
    found = rows(mira, "SELECT * FROM events WHERE kind LIKE 'hand_over.%'")
    assert len(found) == 3
    assert SECRET not in repr(found)
    about = rows(mira, "SELECT DISTINCT interaction_id FROM events WHERE kind LIKE 'hand_over.%'")
    assert about == [(call,)]


def test_before_an_offer_its_giver_reads_what_the_colleague_would_and_nothing_is_written(
    mira: Desk, asha: Desk, lena: Desk, call: int
) -> None:
    mira.noting.save("wants: warm rooms #boiler", interaction_id=call)
    mira.noting.save("reset it twice #boiler", interaction_id=call)
    asha.noting.save("I looked, too", interaction_id=call)
    shown = mira.handing_over.preview(call)
    assert (shown.wants, shown.hand_over.tried) == ("warm rooms", "reset it twice")
    assert [one.kind for one in shown.tried] == ["giver", "note", "note", "note"]
    typed = mira.handing_over.preview(call, "bled the radiators !ring fri")
    assert typed.hand_over.tried == "bled the radiators"
    assert lena.handing_over.preview(call).hand_over.tried is None
    assert events(mira) == []
    offered = mira.handing_over.offer(call, "asha", shown.hand_over.tried)
    read = asha.handing_over.brief(offered.id)
    assert [one.text for one in read.tried] == [one.text for one in shown.tried]
    assert [one.id for one in mira.opening.today().handing] == [offered.id]
    assert asha.opening.today().handing == ()


def test_who_is_handed_it_on_reads_what_each_before_them_tried(
    mira: Desk, asha: Desk, lena: Desk, call: int, clock: StandingClock
) -> None:
    asha.handing_over.decline(mira.handing_over.offer(call, "asha", "nobody took these").id)
    first = mira.handing_over.offer(call, "asha", "first words of Mira")
    asha.handing_over.accept(first.id)
    clock.move(minutes=2)
    before = asha.handing_over.preview(call)
    assert [(one.who, one.text) for one in before.tried] == [("Mira", "first words of Mira")]
    second = asha.handing_over.offer(call, "lena", "then words of Asha")
    asha.conversing.take(CallSignal("phone", "1", "held", reason="asking the engineers"))
    read = lena.handing_over.brief(second.id)
    assert [(one.who, one.text) for one in read.tried] == [
        ("Mira", "first words of Mira"),
        ("Asha", "then words of Asha"),
    ]
    assert read.held_for == "asking the engineers"


def test_what_cannot_be_offered_is_not_previewed(mira: Desk, asha: Desk, call: int) -> None:
    with pytest.raises(Refused, match="only who has a conversation"):
        asha.handing_over.preview(call)
    with pytest.raises(NotFound):
        mira.handing_over.preview(404)


def test_who_had_a_conversation_before_stands_with_it(
    mira: Desk, asha: Desk, lena: Desk, call: int, clock: StandingClock
) -> None:
    def had(desk: Desk) -> list[tuple[str | None, datetime]]:
        [passage] = desk.opening.newest(Whose(interaction_id=call)).passages
        return [(one.agent, one.until) for one in passage.handed_on]

    offered = mira.handing_over.offer(call, "asha")
    assert had(mira) == []
    first = clock.move(minutes=2)
    asha.handing_over.accept(offered.id)
    back = asha.handing_over.offer(call, "mira")
    then = clock.move(minutes=2)
    mira.handing_over.accept(back.id)
    assert had(mira) == [("Mira", first), ("Asha", then)]
    assert had(asha) == had(lena) == had(mira)


def test_a_lead_who_handed_it_on_is_not_called_the_one_who_had_it(
    mira: Desk, asha: Desk, lena: Desk, call: int
) -> None:
    asha.handing_over.accept(lena.handing_over.offer(call, "asha").id)
    mira.handing_over.accept(lena.handing_over.offer(call, "mira").id)
    [passage] = lena.opening.newest(Whose(interaction_id=call)).passages
    assert [one.agent for one in passage.handed_on] == [None, "Asha"]
