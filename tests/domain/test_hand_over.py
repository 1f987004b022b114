"""What a colleague reads before they take a conversation over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.asked_already import AT_MOST
from agent_tui.domain.rules.brief import make_brief
from agent_tui.domain.rules.hand_over import (
    TEXT_AT_MOST,
    TRIED_AT_MOST,
    hand_over_brief,
    with_words,
)
from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import OpenedCustomer
from agent_tui.domain.values.conversation import MESSAGE_RANK, NOTE_RANK, Entry, Place
from agent_tui.domain.values.hand_overs import HandOver, HandOverBrief, Happened
from agent_tui.domain.values.knowing import PromptPast
from agent_tui.domain.values.people import Dossier, Refusal
from agent_tui.domain.values.wrap_up import Left, MoodQuote
from tests.domain.dossiers import (
    KATHERINE,
    MIRA,
    NOW,
    OTHER_ZONE,
    at,
    call,
    case,
    dossiers,
    fact,
    line,
    promise,
    question,
)

CALL = replace(call(70, at(hours=-1)), state="talking", agenda="the visit", agent_id=12)
OFFER = HandOver(
    id=5,
    call=CALL,
    giver_id=12,
    giver="Asha",
    taker_id=MIRA,
    taker="Mira",
    tried="booked it, the slot was gone",
    state="open",
    reason=None,
    at=at(hours=-0.1),
    closed_at=None,
    dismissed_at=None,
    version=1,
)
REFUSED = Refusal(31, "the service plan", at(-400), None)


def entry(number: int, kind: Any = "note", speaker: Any = "agent", **other: Any) -> Entry:
    rank = NOTE_RANK if kind == "note" else MESSAGE_RANK
    place = Place(CALL.opened_at, CALL.id, number, rank, number)
    made = Entry(kind, number, place, CALL.id, at(hours=-0.5), 1, speaker, "Asha", f"text {number}")
    return replace(made, **other)


def opened(dossier: Dossier) -> OpenedCustomer:
    return OpenedCustomer(dossier, make_brief(dossier, NOW, NOW.tzinfo, agent_id=MIRA))  # type: ignore[arg-type]


def brief(
    dossier: Dossier | None = None, happened: Happened | None = None, **other: Any
) -> HandOverBrief:
    return hand_over_brief(
        replace(OFFER, **other),
        opened(dossier) if dossier else None,
        happened or Happened(Left()),
        NOW,
        NOW.tzinfo,  # type: ignore[arg-type]
    )


def asked(made: HandOverBrief) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in made.do_not_ask]


def test_it_says_who_and_what_they_want_and_what_was_tried() -> None:
    late = promise(1, at(-6), interaction_id=9)
    here = promise(2, at(1), interaction_id=CALL.id)
    happened = Happened(
        Left(promises=(here,), moods=(MoodQuote(8, "tired", at(-1)), MoodQuote(9, "cross", at(0)))),
        (entry(3), entry(4, "message", "customer"), entry(2, "message", "agent")),
    )
    made = brief(Dossier(KATHERINE, promises=(late, here), cases=(case(4, at(2)),)), happened)
    assert (made.customer, made.wants, made.verification) == (
        KATHERINE,
        "the visit",
        "not verified",
    )
    assert [(one.kind, one.who, one.text) for one in made.tried] == [
        ("giver", "Asha", "booked it, the slot was gone"),
        ("line", "they", "text 4"),
        ("note", "Asha", "text 3"),
        ("line", "we", "text 2"),
    ]
    assert [one.record for one in made.tried] == [
        "h_0000000000005",
        *made_ids(("m", 4), ("n", 3), ("m", 2)),
    ]
    assert made.promised == (here,)
    assert made.mood is not None
    assert made.mood.text == "cross"
    assert [one.kind for one in made.duties] == ["we_owe", "complaint"]


def test_everybody_who_handed_it_on_is_heard_the_first_one_first() -> None:
    first = replace(OFFER, id=2, giver="Noor", tried="reset it", state="accepted", at=at(hours=-3))
    second = replace(OFFER, id=3, giver="Tom", tried="bled it", state="accepted", at=at(hours=-2))
    silent = replace(OFFER, id=4, giver="Ben", tried=None, state="accepted", at=at(hours=-1))
    happened = Happened(Left(), (entry(3),), passed_on=(silent, second, first))
    made = brief(None, happened)
    assert [(one.who, one.text) for one in made.tried] == [
        ("Noor", "reset it"),
        ("Tom", "bled it"),
        ("Asha", "booked it, the slot was gone"),
        ("Asha", "text 3"),
    ]
    again = brief(None, replace(happened, passed_on=(first, OFFER)))
    assert [one.who for one in again.tried] == ["Noor", "Asha", "Asha"]


def test_words_that_are_still_written_stand_where_they_will_be_read() -> None:
    first = replace(OFFER, id=2, giver="Noor", tried="reset it", state="accepted", at=at(hours=-3))
    made = brief(None, Happened(Left(), (entry(3),), passed_on=(first,)))
    assert [one.text for one in with_words(made, "rang them").tried] == [
        "reset it",
        "rang them",
        "text 3",
    ]
    assert [one.text for one in with_words(made, "").tried] == ["reset it", "text 3"]


def test_why_they_wait_is_said_while_they_do() -> None:
    waits = replace(CALL, state="on_hold", hold_reason="asking the engineers")
    assert brief(call=waits).held_for == "asking the engineers"
    assert brief(call=replace(waits, state="talking")).held_for is None


def made_ids(*named: tuple[str, int]) -> list[str]:
    return [ids.show(prefix, number) for prefix, number in named]


def test_the_verified_caller_stays_so_and_nothing_said_is_left_out() -> None:
    made = brief(tried=None, call=replace(CALL, verified_how="known voice", agenda=None))
    assert (made.verification, made.tried, made.wants, made.customer) == (
        "known voice",
        (),
        None,
        None,
    )
    assert (made.do_not_ask, made.duties, made.promised, made.mood) == ((), (), (), None)


def test_what_not_to_ask_is_what_they_refused_answered_said_lately_and_what_is_noted() -> None:
    dossier = Dossier(
        KATHERINE,
        refusals=(
            REFUSED,
            Refusal(32, "a survey", at(-3), at(30)),
            Refusal(33, "news", at(-3), at(-1)),
        ),
        facts=(
            fact(41, "prefers", "mornings", confirmed_at=at(hours=-0.5)),
            fact(42, "knows", "who lets us in? her mother", stated_at=at(hours=-0.4)),
            fact(43, "knows", "an agent's guess", source="impression", stated_at=NOW),
            fact(44, "knows", "a file says so", source="record", stated_at=NOW),
            fact(45, "notice", "take care", stated_at=NOW),
            fact(46, "expects", "a named engineer"),
            fact(47, "circumstance", "moved", stated_at=at(-9), interaction_id=CALL.id),
        ),
        questions=(
            question(51, "who lets us in?", state="answered", closed_at=at(hours=-0.4)),
            question(52, "which boiler", state="answered", closed_at=at(hours=-0.4)),
            question(53, "since when", state="answered", closed_at=at(-2)),
            question(54, "the meter", state="answered", interaction_id=CALL.id, closed_at=None),
            question(55, "what year"),
            question(56, "a thing", state="dropped"),
        ),
    )
    happened = Happened(Left(), (entry(6, "message", "action", text="Visit · wants a new one"),))
    assert asked(brief(dossier, happened)) == [
        ("refused", "a survey"),
        ("refused", "the service plan"),
        ("answered", "Visit · wants a new one"),
        ("answered", "the meter"),
        ("answered", "which boiler"),
        ("confirmed", "who lets us in? her mother"),
        ("confirmed", "prefers mornings"),
        ("confirmed", "moved"),
    ]
    assert [one.text for one in brief(dossier, happened).to_ask] == ["what year"]
    assert brief(dossier, happened).do_not_ask[0].ask_again_after == at(30)
    assert [one.text for one in brief(dossier, happened).tried] == [OFFER.tried]


def test_what_they_would_rather_not_say_is_said_by_its_words() -> None:
    dossier = Dossier(KATHERINE, questions=(question(51, "who lets us in?"),))

    def prompted(what: str, outcome: Any) -> list[tuple[str, str]]:
        happened = Happened(Left(), (), PromptPast(what, NOW, outcome))
        return asked(brief(dossier, happened))

    shown = ids.show(ids.QUESTION, 51)
    assert prompted(f"question:{shown}", "declined") == [("declined", "who lets us in?")]
    assert prompted("field:language", "declined") == [("declined", "the language they like best")]
    assert prompted("field:language", "not_now") == []
    declined = Happened(Left(), (), PromptPast(f"question:{shown}", NOW, "declined"))
    assert (brief(dossier, declined).to_ask, brief(dossier).to_ask) == ((), dossier.questions)
    spoken = replace(dossier, customer=replace(KATHERINE, language="Welsh"))
    happened = Happened(Left(), (), PromptPast("field:language", NOW, "answered"))
    assert ("answered", "the language they like best: Welsh") in asked(brief(spoken, happened))


def test_today_is_the_readers_day() -> None:
    said = fact(41, "knows", "moved", stated_at=NOW - timedelta(hours=8))
    recent = replace(CALL, opened_at=at(hours=-0.5))
    dossier = Dossier(KATHERINE, facts=(said,))
    here = hand_over_brief(
        replace(OFFER, call=recent), opened(dossier), Happened(Left()), NOW, OTHER_ZONE
    )
    assert asked(here) == [("confirmed", "moved")]
    said = replace(said, stated_at=NOW - timedelta(hours=20))
    dossier = Dossier(KATHERINE, facts=(said,))
    gone = hand_over_brief(
        replace(OFFER, call=recent), opened(dossier), Happened(Left()), NOW, OTHER_ZONE
    )
    assert asked(gone) == []


def test_it_stays_short_but_for_what_they_said_no_to() -> None:
    many = range(1, 40)
    dossier = Dossier(
        KATHERINE,
        refusals=tuple(Refusal(number, f"no {number}", at(-3), None) for number in many),
        facts=tuple(fact(number, "knows", f"f {number}", stated_at=NOW) for number in many),
        questions=tuple(question(number, f"q {number}") for number in many),
    )
    entries = (
        *(entry(number, text="x" * 5_000) for number in many),
        *(entry(number, "message", "action") for number in many),
    )
    made = brief(dossier, Happened(Left(), entries))
    assert len(made.tried) == TRIED_AT_MOST + 1
    assert {len(one.text) for one in made.tried[1:]} == {TEXT_AT_MOST}
    kinds = [one.kind for one in made.do_not_ask]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "refused": 39,
        "answered": AT_MOST,
        "confirmed": AT_MOST,
    }
    assert [one.text for one in made.to_ask] == [f"q {number}" for number in many][:AT_MOST]


entries = st.lists(
    st.builds(
        entry,
        st.integers(0, 50),
        st.sampled_from(["note", "message"]),
        st.sampled_from(["customer", "agent", "action"]),
    ),
    max_size=30,
    unique_by=lambda one: (one.kind, one.id),
)


@given(dossiers, entries, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(
    dossier: Dossier, noted: list[Entry], random: Random
) -> None:
    def shuffled(records: Any) -> tuple[Any, ...]:
        moved = list(records)
        random.shuffle(moved)
        return tuple(moved)

    left = Left(
        promises=dossier.promises, moods=tuple(MoodQuote(m.id, m.text, m.at) for m in dossier.moods)
    )
    other = Left(promises=shuffled(left.promises), moods=shuffled(left.moods))
    names = ("promises", "facts", "refusals", "questions", "cases", "interactions")
    rows: dict[str, Any] = {name: shuffled(getattr(dossier, name)) for name in names}
    mixed = replace(dossier, **rows)
    assert brief(dossier, Happened(left, tuple(noted))) == brief(
        mixed, Happened(other, shuffled(noted))
    )


@given(dossiers)
def test_no_standing_refusal_and_no_duty_is_ever_left_out(dossier: Dossier) -> None:
    made = brief(dossier)
    standing = {
        ids.show(ids.REFUSAL, one.id)
        for one in dossier.refusals
        if one.ask_again_after is None or one.ask_again_after > NOW
    }
    assert {one.record for one in made.do_not_ask if one.kind == "refused"} == standing
    whole = opened(dossier).brief
    duties = [one for kind in ("notice", "we_owe", "complaint") if (one := line(whole, kind))]
    assert list(made.duties) == duties
