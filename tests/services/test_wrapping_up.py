"""Wrapping up: finished by a person, under the rules, all of it or nothing, and undone again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.tables import Concession, Fact, Interaction, Mood, Promise
from agent_tui.domain.values.kinds import ReadBack
from agent_tui.domain.values.promises import SaidPromise
from agent_tui.domain.values.signals import CallSignal, DeliverySignal, MessageSignal
from agent_tui.domain.values.wrap_up import WrapUp
from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services import wrapping_up
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk

AGENDA = "the boiler visit that never came"
QUOTE = "I stayed home for it"


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def ended(desk: Desk, customer_id: int | None = None, call: str = "1") -> int:
    """A call of mine that has ended."""
    for change in ("ringing", "answered", "ended"):
        desk.conversing.take(CallSignal("phone", call, change, receiver="mira"))
    [found] = desk.store.reader().rows(
        "SELECT id FROM interactions WHERE external_id = :call", call=call
    )
    if customer_id is not None:
        desk.conversing.attach(found[0], customer_id)
    return int(found[0])


def leave(desk: Desk, call: int, who: int) -> dict[str, int]:
    """Records as marks would leave them behind, and their ids."""
    of: dict[str, Any] = {"customer_id": who, "interaction_id": call}
    with desk.writing() as unit:
        row = unit.get(Interaction, call)
        row.agenda = AGENDA
        promise = Promise(
            **of,
            side="ours",
            text="engineer calls back",
            due_at=NOON + timedelta(days=1),
            owner_id=desk.agent.id,
            created_at=unit.now,
        )
        fact = Fact(**of, kind="prefers", text="mornings", source="stated", stated_at=unit.now)
        dog = Fact(**of, kind="knows", text="has a dog", source="stated", stated_at=unit.now)
        gave = Concession(**of, side="ours", kind="waived fee", at=unit.now)
        unit.add(row, promise, fact, dog, gave, Mood(**of, text=QUOTE, at=unit.now))
        return {"promise": promise.id, "fact": fact.id, "dog": dog.id}


def state(desk: Desk, call: int) -> WrapUp:
    return desk.wrapping_up.draft(call)


def one(desk: Desk, sql: str) -> Any:
    [row] = desk.store.reader().rows(sql)
    return row[0] if len(row) == 1 else tuple(row)


def kinds(desk: Desk, like: str) -> list[str]:
    rows = desk.store.reader().rows(
        "SELECT kind FROM events WHERE kind LIKE :like ORDER BY sequence", like=like
    )
    return [row[0] for row in rows]


def test_a_draft_holds_what_the_call_left_behind(desk: Desk, ada: int) -> None:
    call = ended(desk, ada)
    made = leave(desk, call, ada)
    other = ended(desk, ada, call="2")
    leave(desk, other, ada)
    draft = desk.wrapping_up.draft(call)
    assert draft.agenda == AGENDA
    assert [one.id for one in draft.left.promises] == [made["promise"]]
    assert [one.id for one in draft.left.facts] == [made["fact"], made["dog"]]
    assert [one.text for one in draft.left.moods] == [QUOTE]
    assert [one.kind for one in draft.left.concessions] == ["waived fee"]
    assert draft.summary.startswith(f"They wanted: {AGENDA}. They said: “{QUOTE}”.")
    assert "by Wed 11 Mar 12:00" in draft.summary
    assert draft.dissatisfaction == f"they said “{QUOTE}”"
    assert [one.part for one in draft.missing] == ["met"]
    assert desk.wrapping_up.draft(call, met="no").missing == ()
    with pytest.raises(NotFound):
        desk.wrapping_up.draft(404)


def test_a_plain_call_takes_one_answer(desk: Desk, ada: int, clock: StandingClock) -> None:
    call = ended(desk, ada)
    leave(desk, call, ada)
    composed = desk.wrapping_up.draft(call).summary
    clock.move(minutes=5)
    desk.wrapping_up.finish(call, "yes")
    done = state(desk, call).interaction
    assert (done.state, done.met, done.agent, done.summary) == (
        "wrapped_up",
        "yes",
        "Mira",
        composed,
    )
    assert one(desk, "SELECT read_back FROM interactions") == "not_done"
    assert one(desk, "SELECT count(*) FROM interactions WHERE wrapped_up_at > closed_at") == 1
    assert desk.opening.today().wrap_ups == ()


def test_everything_is_confirmed_in_one_go(desk: Desk, ada: int) -> None:
    call = ended(desk, ada)
    made = leave(desk, call, ada)
    desk.wrapping_up.finish(
        call,
        "no",
        outcome=" passed\non ",
        read_back="disputed",
        complaint="nobody came on Monday",
        drop_promises=[made["promise"]],
        keep_facts=[made["fact"]],
        agenda="the boiler, again",
        version=state(desk, call).version,
    )
    after = state(desk, call)
    done = after.interaction
    assert (done.met, done.outcome, done.agenda) == ("no", "passed on", "the boiler, again")
    assert [fact.text for fact in after.left.facts] == ["mornings"]
    assert after.left.promises == ()
    promise = one(desk, "SELECT state, reason, told_before_due FROM promises")
    assert promise == ("withdrawn", "not promised", None)
    [complaint] = after.left.complaints
    assert complaint.title == "nobody came on Monday"
    assert done.summary == (
        f"They wanted: the boiler, again. They said: “{QUOTE}”. Complaint: {complaint.called} "
        "nobody came on Monday. We gave: waived fee. To remember: mornings."
    )
    assert kinds(desk, "promise.%") == ["promise.withdrawn"]
    assert kinds(desk, "fact.%") == ["fact.wrong"]
    assert kinds(desk, "interaction.w%") == ["interaction.wrapped_up"]


def test_the_same_answers_again_change_nothing_and_others_are_refused(desk: Desk, ada: int) -> None:
    call = ended(desk, ada)
    made = leave(desk, call, ada)
    answers: dict[str, Any] = {
        "outcome": "passed on",
        "summary": "All said.",
        "read_back": "agreed",
        "complaint": "nobody came",
        "drop_promises": [made["promise"]],
        "keep_facts": [made["fact"]],
        "agenda": AGENDA,
        "version": state(desk, call).version,
    }
    desk.wrapping_up.finish(call, "partly", **answers)
    before = one(desk, "SELECT max(sequence) FROM events"), state(desk, call)
    desk.wrapping_up.finish(call, "partly", **answers)
    desk.wrapping_up.finish(call, "partly")
    assert (one(desk, "SELECT max(sequence) FROM events"), state(desk, call)) == before
    others: list[dict[str, Any]] = [
        {"outcome": "solved"},
        {"summary": "Another."},
        {"read_back": "disputed"},
        {"complaint": "something else"},
        {"keep_facts": []},
        {"agenda": "another"},
    ]
    for other in others:
        with pytest.raises(Refused, match="wrapped up already"):
            desk.wrapping_up.finish(call, "partly", **{**answers, **other})
    with pytest.raises(Refused, match="wrapped up already"):
        desk.wrapping_up.finish(call, "yes", **answers)
    assert (one(desk, "SELECT max(sequence) FROM events"), state(desk, call)) == before


@pytest.mark.parametrize("summary", [None, "", "  "])
@pytest.mark.parametrize("said", ["agreed", "disputed"])
def test_an_empty_summary_was_not_read_back_whoever_says_so(
    desk: Desk, ada: int, summary: str | None, said: ReadBack
) -> None:
    call = ended(desk, ada)
    assert state(desk, call).summary == ""
    for _ in range(2):
        desk.wrapping_up.finish(call, "yes", summary=summary, read_back=said)
    assert one(desk, "SELECT read_back FROM interactions") == "not_done"


def test_a_summary_that_was_cleared_was_not_read_back(desk: Desk, ada: int) -> None:
    call = ended(desk, ada)
    leave(desk, call, ada)
    desk.wrapping_up.finish(call, "yes", summary="", read_back="agreed")
    assert one(desk, "SELECT read_back FROM interactions") == "not_done"
    assert AGENDA in one(desk, "SELECT summary FROM interactions")


def test_what_the_rules_require_is_refused_in_a_sentence(desk: Desk, ada: int) -> None:
    desk.conversing.take(CallSignal("phone", "live", "answered", receiver="mira"))
    [live] = desk.opening.live()
    with pytest.raises(Refused, match="still going on"):
        desk.wrapping_up.finish(live.id, "yes", outcome="done")
    with pytest.raises(Refused, match="still going on"):
        desk.wrapping_up.park(live.id)
    call = ended(desk)
    with pytest.raises(Refused, match="nobody is known"):
        desk.wrapping_up.finish(call, "yes")
    with pytest.raises(Refused, match="attach"):
        desk.wrapping_up.finish(call, "no", outcome="angry", complaint="nobody came")
    desk.conversing.attach(call, ada)
    with pytest.raises(Refused, match="say how it ended"):
        desk.wrapping_up.finish(call, "no")
    desk.wrapping_up.finish(call, "no", complaint="nobody came")
    assert state(desk, call).interaction.state == "wrapped_up"
    unknown = ended(desk, call="2")
    desk.wrapping_up.finish(unknown, "not_asked", outcome="wrong number")
    assert state(desk, unknown).interaction.state == "wrapped_up"
    with pytest.raises(NotFound):
        desk.wrapping_up.finish(404, "yes")


def test_a_promise_that_is_dropped_does_not_count_as_what_follows(desk: Desk, ada: int) -> None:
    call = ended(desk, ada)
    made = leave(desk, call, ada)
    with pytest.raises(Refused, match="say how it ended"):
        desk.wrapping_up.finish(call, "no", drop_promises=[made["promise"]])
    assert one(desk, "SELECT state FROM promises") == "open"
    desk.wrapping_up.finish(call, "no")


def test_only_promises_of_this_interaction_are_dropped(desk: Desk, ada: int) -> None:
    call, other = ended(desk, ada), ended(desk, ada, call="2")
    made = leave(desk, other, ada)
    with pytest.raises(Refused, match="no open promise of this interaction"):
        desk.wrapping_up.finish(call, "yes", drop_promises=[made["promise"]])
    assert one(desk, "SELECT state FROM promises") == "open"


def test_a_fault_in_the_middle_leaves_nothing(
    desk: Desk, ada: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ended(desk, ada)
    made = leave(desk, call, ada)
    before = state(desk, call), one(desk, "SELECT max(sequence) FROM events")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(wrapping_up, "record", fail)
    with pytest.raises(RuntimeError):
        desk.wrapping_up.finish(
            call, "no", complaint="x", drop_promises=[made["promise"]], keep_facts=[]
        )
    assert (state(desk, call), one(desk, "SELECT max(sequence) FROM events")) == before


def test_a_change_since_the_draft_is_a_conflict(desk: Desk, ada: int, migrated_url: str) -> None:
    call = ended(desk, ada)
    version = state(desk, call).version
    with closing(make_desk(migrated_url, handle="asha")) as other:
        other.wrapping_up.park(call)
    with pytest.raises(Conflict):
        desk.wrapping_up.finish(call, "yes", version=version)
    assert state(desk, call).interaction.state == "ended"
    desk.wrapping_up.finish(call, "yes", version=state(desk, call).version)


def test_a_parked_wrap_up_stays_in_today_until_it_is_done(desk: Desk, ada: int) -> None:
    call = ended(desk, ada)
    desk.wrapping_up.park(call)
    desk.wrapping_up.park(call)
    today = desk.opening.today()
    assert [one.id for one in today.parked] == [call]
    assert today.wrap_ups == ()
    assert (today.counts.wrap_ups, today.totals.wrap_ups, today.totals.parked) == (0, 0, 1)
    assert kinds(desk, "interaction.p%") == ["interaction.parked"]
    desk.wrapping_up.reopen(call)
    assert [one.id for one in desk.opening.today().wrap_ups] == [call]
    desk.wrapping_up.park(call)
    desk.wrapping_up.finish(call, "yes")
    assert desk.opening.today().parked == ()
    with pytest.raises(Refused, match="wrapped up already"):
        desk.wrapping_up.park(call)


def test_a_wrap_up_is_undone_with_all_that_it_dropped(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    call = ended(desk, ada)
    made = leave(desk, call, ada)
    with desk.writing() as unit:
        wrong = unit.get(Fact, made["fact"])
        wrong.state = "wrong"
        unit.save(wrong)
    before = state(desk, call).left
    clock.move(minutes=1)
    desk.wrapping_up.finish(
        call, "no", complaint="nobody came", drop_promises=[made["promise"]], keep_facts=[]
    )
    desk.wrapping_up.reopen(call)
    after = state(desk, call)
    assert after.interaction.state == "ended"
    assert [fact.text for fact in after.left.facts] == [fact.text for fact in before.facts]
    assert [fact.text for fact in after.left.facts] == ["has a dog"]
    [promise] = after.left.promises
    assert (promise.state, promise.closed_at, promise.reason) == ("open", None, None)
    assert [one.is_open for one in after.left.complaints] == [True]
    desk.wrapping_up.finish(call, "no", complaint="nobody came")
    assert len(state(desk, call).left.complaints) == 1, "the same complaint is not opened twice"
    with pytest.raises(Refused, match="nothing to reopen"):
        desk.wrapping_up.reopen(ended(desk, ada, call="2"))


def test_a_composed_summary_is_composed_anew_and_an_own_one_is_kept(desk: Desk, ada: int) -> None:
    call = ended(desk, ada)
    leave(desk, call, ada)
    desk.wrapping_up.finish(call, "yes")
    desk.wrapping_up.reopen(call)
    with desk.writing() as unit:
        unit.add(
            Fact(
                customer_id=ada,
                interaction_id=call,
                kind="knows",
                text="moved house",
                source="stated",
                stated_at=unit.now,
            )
        )
    assert "moved house" in state(desk, call).summary
    desk.wrapping_up.finish(call, "yes", summary="In my own words.")
    desk.wrapping_up.reopen(call)
    assert state(desk, call).summary == "In my own words."
    desk.wrapping_up.finish(call, "yes")
    assert state(desk, call).interaction.summary == "In my own words."


def test_texts_are_cleaned_and_hold_no_card_and_events_hold_no_text(desk: Desk, ada: int) -> None:
    call = ended(desk, ada)
    made = leave(desk, call, ada)
    words = "zanzibar \x1b[2J 4111 1111 1111 1111"
    desk.wrapping_up.finish(
        call,
        "no",
        outcome=words,
        summary=words,
        agenda=words,
        complaint=words,
        drop_promises=[made["promise"]],
        keep_facts=[],
    )
    rows = desk.store.reader().rows("SELECT agenda, outcome, summary FROM interactions")
    stored = repr([tuple(row) for row in rows]) + repr(state(desk, call).left)
    assert stored.count("zanzibar") >= 4
    assert "4111 1111" not in stored
    assert "\x1b" not in "".join(rows[0])
    events = desk.store.reader().rows("SELECT * FROM events")
    assert "zanzibar" not in repr([tuple(row) for row in events])
    with pytest.raises(BadInput):
        desk.wrapping_up.finish(ended(desk, ada, call="2"), "yes", outcome="x" * 1_001)


SIGNALS = st.lists(
    st.tuples(
        st.sampled_from(("1", "2")),
        st.sampled_from(
            ("ringing", "answered", "held", "resumed", "ended", "message", "delivered", "failed")
        ),
        st.sampled_from(("phone", "chat")),
    ),
    max_size=12,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SIGNALS)
def test_no_traffic_ever_wraps_anything_up(
    migrated_sqlite_url: str, traffic: list[tuple[str, Any, Any]]
) -> None:
    with closing(make_desk(migrated_sqlite_url)) as desk:
        for number, (call, kind, channel) in enumerate(traffic):
            try:
                if kind == "message":
                    desk.conversing.take(
                        MessageSignal(channel, call, f"m{number}", "customer", "bye, all solved")
                    )
                elif kind in ("delivered", "failed"):
                    desk.conversing.take(
                        DeliverySignal(channel, call, "m0", delivered=kind == "delivered")
                    )
                else:
                    desk.conversing.take(CallSignal(channel, call, kind))
            except BadInput:
                continue
        states = desk.store.reader().rows("SELECT DISTINCT state FROM interactions")
        assert "wrapped_up" not in {row[0] for row in states}
        assert kinds(desk, "interaction.wrapped_up") == []


def test_a_wrap_up_promises_in_its_own_transaction(
    desk: Desk, clock: StandingClock, ada: int
) -> None:
    call = ended(desk, ada)
    said = desk.capturing.promise("+3d", "we get back to them")
    assert said.text == "we get back to them"
    assert said.due_at is not None
    past = SaidPromise("call back", NOON - timedelta(days=1))
    with pytest.raises(Refused, match="passed"):
        desk.wrapping_up.finish(call, "partly", outcome="we get back to them", promise=past)
    assert desk.wrapping_up.draft(call).interaction.state == "ended"
    for _again in range(2):
        desk.wrapping_up.finish(call, "partly", outcome="we get back to them", promise=said)
    [promise] = desk.promising.still_open(customer_id=ada)
    assert (promise.text, promise.due_at, promise.interaction_id, promise.owner_id) == (
        said.text,
        said.due_at,
        call,
        desk.agent.id,
    )
    assert "We promised: we get back to them" in desk.wrapping_up.draft(call).summary
    other = replace(said, text="something else")
    with pytest.raises(Refused, match="already"):
        desk.wrapping_up.finish(call, "partly", outcome="we get back to them", promise=other)
    nobody = ended(desk, call="2")
    with pytest.raises(Refused, match="attach"):
        desk.wrapping_up.finish(nobody, "yes", outcome="we get back to them", promise=said)


def test_what_a_wrap_up_promises_is_a_time_or_words_with_one(desk: Desk) -> None:
    read = desk.capturing.promise
    assert read("call  back", "x") == SaidPromise("call back", None)
    full = read("send the form +3d", "x")
    assert (full.text, full.due_at) == ("send the form", read("+3d", "x").due_at)
    for wrong in ("", "call !this +3d !that", "call back +3d @asha", "call back yesterday"):
        with pytest.raises(BadInput):
            read(wrong, "x")
