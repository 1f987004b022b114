"""The brief: a pure function of the records, five lines at most, duties never cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.brief import make_brief
from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import Balance, Brief, BriefLine
from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.people import (
    Case,
    Concession,
    Customer,
    Dossier,
    Fact,
    Interaction,
    Refusal,
)
from agent_tui.domain.values.promises import Promise

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
KATHERINE = Customer(1, "Katherine Smith")
NEVER_CUT = ("notice", "we_owe", "complaint")
ORDER = (*NEVER_CUT, "last_contact", "treat", "refused", "balance", "ask_again")
OTHER_ZONE = timezone(timedelta(hours=5, minutes=30))

Any_ = TypeVar("Any_")


def at(days: float = 0, hours: float = 0) -> datetime:
    return NOW + timedelta(days=days, hours=hours)


def promise(number: int, due: datetime | None, **other: Any) -> Promise:
    first = Promise(number, 1, "Katherine Smith", "ours", "a call", due, "open", "Asha", 7, at(-5))
    return replace(first, **other)


def fact(number: int, kind: Any, text: str = "mornings", **other: Any) -> Fact:
    return replace(Fact(number, kind, text, "stated", at(-100), None), **other)


def case(number: int, due: datetime | None, **other: Any) -> Case:
    return replace(Case(number, "complaint", "boiler visit", "C7K2", "open", at(-4), due), **other)


def call(number: int, opened: datetime, **other: Any) -> Interaction:
    first = Interaction(
        id=number,
        customer_id=1,
        customer="Katherine Smith",
        channel="phone",
        direction="in",
        state="wrapped_up",
        opened_at=opened,
        answered_at=None,
        closed_at=None,
        agent_id=None,
        agent="Asha",
        agenda=None,
        met="not_asked",
        outcome=None,
        topics=(),
    )
    return replace(first, **other)


def gave(number: int, side: Any, when: datetime) -> Concession:
    return Concession(number, side, "patience", None, None, None, when)


def line(brief: Brief, kind: str) -> BriefLine | None:
    return next((line for line in brief.lines if line.kind == kind), None)


def test_the_brief_of_the_picture() -> None:
    dossier = Dossier(
        KATHERINE,
        promises=(promise(1, at(-6)), promise(2, at(4), side="theirs")),
        cases=(case(1, at(1)),),
        facts=(
            fact(1, "prefers", "mornings"),
            fact(2, "expects", "one named engineer"),
            fact(3, "knows", "has a dog"),
        ),
        concessions=(*(gave(n, "theirs", at(-n)) for n in (1, 2, 3)), gave(4, "ours", at(-9))),
        interactions=(
            call(1, at(-13), topics=("boiler",)),
            call(2, at(-8), topics=("boiler",)),
            call(3, at(-2), topics=("boiler", "visit"), agenda="boiler again", met="no"),
        ),
    )
    brief = make_brief(dossier, NOW, UTC)
    assert [(line.label, line.text, line.age) for line in brief.lines] == [
        ("We owe", "Mon 16 Nov, Asha: a call", "late 6 d"),
        ("Complaint", "C7K2 answer: boiler visit", "tomorrow"),
        ("Last", "boiler again, not resolved, third time in 14 d", "2 d"),
        ("Treat", "mornings; one named engineer", "stated"),
        ("Balance", "we gave 1, they gave 3", "12 mo"),
    ]
    assert [line.urgent for line in brief.lines] == [True, True, False, False, False]
    assert brief.balance == Balance(1, 3)
    assert brief.lines[0].records == (ids.show(ids.PROMISE, 1),)
    assert brief.lines[0].interaction_id == 7


def test_nobody_known_has_an_empty_brief() -> None:
    brief = make_brief(Dossier(KATHERINE), NOW, UTC)
    assert brief == Brief(KATHERINE, (), Balance(0, 0))


def test_only_promises_of_ours_that_are_late_or_due_today_are_owed() -> None:
    not_owed = (
        promise(1, at(days=1)),
        promise(2, None),
        promise(3, at(-1), state="kept"),
        promise(4, at(-1), side="theirs"),
    )
    assert make_brief(Dossier(KATHERINE, promises=not_owed), NOW, UTC).lines == ()
    today = Dossier(KATHERINE, promises=(*not_owed, promise(5, at(hours=3))))
    [owed] = make_brief(today, NOW, UTC).lines
    assert (owed.text, owed.age, owed.count) == ("Asha: a call", "17:02", 1)


def test_today_is_the_readers_today() -> None:
    tonight = promise(1, datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    dossier = Dossier(KATHERINE, promises=(tonight,))
    assert len(make_brief(dossier, NOW, UTC).lines) == 1
    assert make_brief(dossier, NOW, OTHER_ZONE).lines == ()


def test_several_of_a_kind_are_counted_and_the_most_pressing_is_told() -> None:
    dossier = Dossier(
        KATHERINE,
        promises=(promise(1, at(-1)), promise(2, at(-6), text="a refund"), promise(3, at(-2))),
        cases=(case(1, None), case(2, at(3), title="Z9"), case(3, at(1), state="closed")),
        facts=(fact(1, "notice", "deaf in one ear"), fact(2, "notice", "has a carer")),
    )
    notice, owed, complaint = make_brief(dossier, NOW, UTC).lines
    assert (notice.label, notice.text) == ("Notice", "has a carer; deaf in one ear")
    assert (owed.label, owed.age, owed.count) == ("We owe", "late 6 d", 3)
    assert owed.text.startswith("3, oldest Mon 16 Nov, ")
    assert owed.records == tuple(ids.show(ids.PROMISE, number) for number in (2, 3, 1))
    assert (complaint.label, complaint.text, complaint.age) == (
        "Complaint",
        "2, first C7K2 answer: Z9",
        "Wed",
    )
    assert complaint.source.startswith("due Wed 25 Nov, opened ")


def test_what_was_said_twice_stands_once() -> None:
    facts = tuple(fact(n, "prefers", text) for n, text in enumerate(("mornings", "Mornings")))
    [treat] = make_brief(Dossier(KATHERINE, facts=facts), NOW, UTC).lines
    assert (treat.text.casefold(), treat.count) == ("mornings", 2)


def test_a_complaint_without_a_date_says_so_and_how_long_it_has_been_open() -> None:
    unnamed = case(1, None, external_id=None, title="")
    [complaint] = make_brief(Dossier(KATHERINE, cases=(unnamed,)), NOW, UTC).lines
    assert (complaint.text, complaint.age, complaint.age_days) == ("answer", "no date", 4)
    assert complaint.source == "opened 4 d ago"


def test_a_complaint_says_what_is_next_about_it_and_the_most_pressing_comes_first() -> None:
    taken = case(1, at(9), complaint=Complaint("CXTH"), opened_at=at(-4))
    decided = case(2, at(1), complaint=Complaint("C4RK", decided_at=at(-1)))
    told = case(3, at(-9), complaint=Complaint("C6Y8", decided_at=at(-2), told_at=at(-1)))
    [first] = make_brief(Dossier(KATHERINE, cases=(told, decided, taken)), NOW, UTC).lines
    assert (first.text, first.age) == ("3, first CXTH acknowledge: boiler visit", "late 3 d")
    assert first.records == tuple(ids.show(ids.CASE, number) for number in (1, 2, 3))
    [second] = make_brief(Dossier(KATHERINE, cases=(told, decided)), NOW, UTC).lines
    words = "2, first C4RK tell the decision: boiler visit"
    assert (second.text, second.age) == (words, "tomorrow")
    [third] = make_brief(Dossier(KATHERINE, cases=(told,)), NOW, UTC).lines
    assert (third.text, third.age) == ("C6Y8 ask if they accept: boiler visit", "no date")


def test_a_promise_that_was_moved_says_how_often_and_whether_they_were_told() -> None:
    first = promise(1, at(-20), state="renegotiated", created_at=at(-30))
    second = promise(2, at(-9), state="renegotiated", replaces_id=1, created_at=at(-20))
    third = promise(3, at(-6), replaces_id=2, created_at=at(-9))

    def owed(*promises: Promise) -> BriefLine:
        return make_brief(Dossier(KATHERINE, promises=promises), NOW, UTC).lines[0]

    line = owed(first, second, third)
    assert line.text == "Mon 16 Nov, Asha: a call (moved twice, not told)"
    assert (line.source, line.age_days, line.count) == ("promised 30 d ago", 30, 1)
    told = owed(first, replace(second, told_at=at(-10)), third)
    assert told.text == "Mon 16 Nov, Asha: a call (moved twice, told)"
    assert owed(replace(second, replaces_id=None), third).text.endswith("(moved once, not told)")
    assert owed(replace(third, told_at=at(-7))).text.endswith("a call (told)")
    around = owed(replace(first, replaces_id=2), second, third)
    assert around.text.endswith("(moved twice, not told)")


def test_what_was_said_a_moment_ago_was_said_just_now() -> None:
    dossier = Dossier(
        KATHERINE,
        promises=(promise(1, at(hours=1), created_at=NOW),),
        refusals=(Refusal(1, "a survey", NOW, None),),
    )
    owed, refused = make_brief(dossier, NOW, UTC).lines
    assert (owed.source, refused.source) == ("promised just now", "said just now")


def test_the_call_under_way_is_not_the_last_contact() -> None:
    going_on = call(2, NOW, state="talking")
    dossier = Dossier(KATHERINE, interactions=(going_on, call(1, at(-400), channel="email")))
    [last] = make_brief(dossier, NOW, UTC).lines
    assert (last.text, last.source, last.age) == ("by email", "email, Asha", "13 mo")


def test_a_contact_repeats_only_within_fourteen_days_and_on_the_same_topic() -> None:
    calls = (
        call(1, at(-20), topics=("boiler",)),
        call(2, at(-10), topics=("bill",)),
        call(3, at(-1), topics=("boiler",)),
    )
    [last] = make_brief(Dossier(KATHERINE, interactions=calls), NOW, UTC).lines
    assert last.count == 1
    assert last.text == "boiler"


def test_the_balance_counts_twelve_months_and_shows_only_when_lopsided() -> None:
    entries = (
        gave(1, "ours", at(-366)),
        gave(2, "ours", at(-364)),
        gave(3, "ours", at(-1)),
        gave(4, "theirs", at(-1)),
    )
    brief = make_brief(Dossier(KATHERINE, concessions=entries), NOW, UTC)
    assert brief.balance == Balance(ours=2, theirs=1)
    assert line(brief, "balance") is None
    brief = make_brief(Dossier(KATHERINE, concessions=entries[:3]), NOW, UTC)
    shown = line(brief, "balance")
    assert shown is not None
    assert shown.count == 2


def test_a_fact_past_its_time_is_asked_again_instead_of_acted_on() -> None:
    stale = fact(1, "prefers", "mornings", confirm_by=at(-1))
    [asked] = make_brief(Dossier(KATHERINE, facts=(stale,)), NOW, UTC).lines
    assert (asked.kind, asked.text) == ("ask_again", "mornings")
    fresh = replace(stale, confirm_by=at(1))
    [treat] = make_brief(Dossier(KATHERINE, facts=(fresh,)), NOW, UTC).lines
    assert treat.kind == "treat"


def test_a_refusal_stands_until_it_may_be_asked_again() -> None:
    refusals = (Refusal(1, "offers", at(-9), None), Refusal(2, "a survey", at(-3), at(-1)))
    [refused] = make_brief(Dossier(KATHERINE, refusals=refusals), NOW, UTC).lines
    assert (refused.text, refused.age) == ("offers", "9 d")


def test_of_eight_kinds_the_first_five_are_shown() -> None:
    dossier = Dossier(
        KATHERINE,
        promises=(promise(1, at(-1)),),
        cases=(case(1, at(1)),),
        facts=(
            fact(1, "notice"),
            fact(2, "prefers"),
            fact(3, "knows", confirm_by=at(-1)),
        ),
        refusals=(Refusal(1, "offers", at(-9), None),),
        concessions=(gave(1, "ours", at(-1)), gave(2, "ours", at(-2))),
        interactions=(call(1, at(-2)),),
    )
    brief = make_brief(dossier, NOW, UTC)
    assert [line.kind for line in brief.lines] == list(ORDER[:5])
    later = replace(dossier, promises=(), cases=(), facts=dossier.facts[2:])
    assert [line.kind for line in make_brief(later, NOW, UTC).lines] == [
        "last_contact",
        "refused",
        "balance",
        "ask_again",
    ]


near = st.floats(-800, 800).map(lambda days: at(days=days))
sides = st.sampled_from(["ours", "theirs"])
numbers = st.integers(0, 3) | st.integers(0, 2**63 - 1)


def unique(made: st.SearchStrategy[Any_]) -> st.SearchStrategy[tuple[Any_, ...]]:
    return st.lists(made, max_size=5, unique_by=lambda record: getattr(record, "id", None)).map(
        tuple
    )


dossiers = st.builds(
    Dossier,
    customer=st.just(KATHERINE),
    promises=unique(
        st.builds(
            promise,
            numbers,
            st.none() | near,
            side=sides,
            state=st.sampled_from(["open", "kept"]),
            created_at=near,
            replaces_id=st.none() | st.integers(0, 3),
            told_at=st.none() | near,
        )
    ),
    cases=unique(
        st.builds(
            case,
            numbers,
            st.none() | near,
            kind=st.sampled_from(["complaint", "order"]),
            state=st.sampled_from(["open", "closed"]),
            complaint=st.none() | st.builds(Complaint, st.just("C7K2"), st.none() | near),
        )
    ),
    facts=unique(
        st.builds(
            fact,
            numbers,
            st.sampled_from(["notice", "prefers", "expects", "knows", "agreed"]),
            st.sampled_from(["a", "b"]),
            stated_at=near,
            confirm_by=st.none() | near,
        )
    ),
    refusals=unique(st.builds(Refusal, numbers, st.just("offers"), near, st.none() | near)),
    concessions=unique(st.builds(gave, numbers, sides, near)),
    interactions=unique(
        st.builds(
            call,
            numbers,
            near,
            topics=st.sampled_from([(), ("boiler",), ("bill", "boiler")]),
            state=st.sampled_from(["wrapped_up", "talking"]),
        )
    ),
)


@given(dossiers, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_zone_of_their_moments_matters(
    dossier: Dossier, random: Random
) -> None:
    def shuffled(records: tuple[Any, ...]) -> tuple[Any, ...]:
        moved = [_moved(record) for record in records]
        random.shuffle(moved)
        return tuple(moved)

    other = Dossier(
        dossier.customer,
        promises=shuffled(dossier.promises),
        cases=shuffled(dossier.cases),
        facts=shuffled(dossier.facts),
        refusals=shuffled(dossier.refusals),
        concessions=shuffled(dossier.concessions),
        interactions=shuffled(dossier.interactions),
    )
    assert make_brief(other, NOW.astimezone(OTHER_ZONE), UTC) == make_brief(dossier, NOW, UTC)


def _moved(record: Any) -> Any:
    """The same record with its moments written in another zone."""
    moments = {
        name: value.astimezone(OTHER_ZONE)
        for name in type(record).__slots__
        if isinstance(value := getattr(record, name), datetime)
    }
    return replace(record, **moments)


@given(dossiers)
def test_five_lines_at_most_in_a_fixed_order_and_no_duty_is_cut(dossier: Dossier) -> None:
    lines = make_brief(dossier, NOW, UTC).lines
    kinds = [line.kind for line in lines]
    assert len(lines) <= 5
    assert kinds == sorted(set(kinds), key=ORDER.index)
    assert ("notice" in kinds) == any(fact.kind == "notice" for fact in dossier.facts)
    assert ("complaint" in kinds) == any(
        case.kind == "complaint" and case.is_open for case in dossier.cases
    )
    end_of_day = datetime(2026, 11, 23, tzinfo=UTC)
    owed = [
        promise
        for promise in dossier.promises
        if promise.side == "ours"
        and promise.state == "open"
        and promise.due_at is not None
        and promise.due_at < end_of_day
    ]
    assert [line.count for line in lines if line.kind == "we_owe"] == [len(owed)] * bool(owed)
    assert all(line.count == len(line.records) for line in lines if line.kind != "last_contact")
    assert all(line.urgent == (line.kind in NEVER_CUT) for line in lines)
