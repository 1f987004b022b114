"""The brief: a pure function of the records, five lines at most, duties never cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from agent_tui.domain.rules.brief import make_brief
from agent_tui.domain.values import ids
from agent_tui.domain.values.briefing import Balance, BriefLine, RecordMark
from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.people import Dossier, Mood, Refusal
from agent_tui.domain.values.promises import Promise
from tests.domain.dossiers import (
    KATHERINE,
    MIRA,
    NOW,
    ORDER,
    OTHER_ZONE,
    at,
    call,
    case,
    fact,
    gave,
    line,
    promise,
    question,
)


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
        ("Treat", "mornings; one named engineer", "3 mo"),
        ("Balance", "we gave 1, they gave 3", "12 mo"),
    ]
    assert [line.urgent for line in brief.lines] == [True, True, False, False, False]
    assert brief.balance == Balance(1, 3)
    assert brief.lines[0].records == (ids.show(ids.PROMISE, 1),)
    assert brief.lines[0].interaction_id == 7


def test_nobody_known_has_an_empty_brief() -> None:
    brief = make_brief(Dossier(KATHERINE), NOW, UTC)
    assert (brief.lines, brief.folded, brief.known) == ((), (), 0)
    assert (brief.balance, brief.verification) == (Balance(0, 0), None)


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
        "2: C7K2 answer, C7K2 answer",
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
    assert (complaint.text, complaint.age, complaint.age_days) == ("answer", "no date set", 4)
    assert complaint.source == "opened 4 d ago"


def test_a_complaint_says_what_is_next_about_it_and_the_most_pressing_comes_first() -> None:
    taken = case(1, at(9), complaint=Complaint("CXTH"), opened_at=at(-4))
    decided = case(2, at(1), complaint=Complaint("C4RK", decided_at=at(-1)))
    told = case(3, at(-9), complaint=Complaint("C6Y8", decided_at=at(-2), told_at=at(-1)))
    [first] = make_brief(Dossier(KATHERINE, cases=(told, decided, taken)), NOW, UTC).lines
    words = "3: CXTH acknowledge, C4RK tell the decision, C6Y8 ask if they accept"
    assert (first.text, first.age) == (words, "late 3 d")
    assert first.records == tuple(ids.show(ids.CASE, number) for number in (1, 2, 3))
    [second] = make_brief(Dossier(KATHERINE, cases=(told, decided)), NOW, UTC).lines
    words = "2: C4RK tell the decision, C6Y8 ask if they accept"
    assert (second.text, second.age) == (words, "tomorrow")
    [third] = make_brief(Dossier(KATHERINE, cases=(told,)), NOW, UTC).lines
    assert (third.text, third.age) == ("C6Y8 ask if they accept: boiler visit", "")


def test_of_complaints_without_a_date_the_one_that_is_open_longest_comes_first() -> None:
    late, early = (
        case(number, None, complaint=Complaint(name, acknowledged_at=at(-1)), opened_at=at(opened))
        for number, name, opened in ((1, "CXTH", -2), (2, "C4RK", -9))
    )
    for order in ((late, early), (early, late)):
        [line] = make_brief(Dossier(KATHERINE, cases=order), NOW, UTC).lines
        assert (line.text, line.age) == ("2: C4RK assess, CXTH assess", "no date set")


def test_of_many_complaints_the_first_are_named_by_their_ids_or_their_words() -> None:
    unnamed = case(1, at(1), external_id=None, title="cold")
    more = [case(number, at(number), external_id=f"Z{number}") for number in range(2, 6)]
    [line] = make_brief(Dossier(KATHERINE, cases=(*more, unnamed)), NOW, UTC).lines
    assert line.text == "5: answer: cold, Z2 answer, Z3 answer"


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


def test_the_mood_of_the_last_contact_stands_in_their_words() -> None:
    dossier = Dossier(
        KATHERINE,
        interactions=(call(3, at(-2), agenda="the boiler", met="partly"), call(2, at(-9))),
        moods=(
            Mood(1, "all is well", at(-9), 2),
            Mood(2, "calmer now", at(-2, 1), 3, 5, 'mood: "calmer now"'),
            Mood(3, "nobody called me back", at(-2), 3),
        ),
    )
    [last] = make_brief(dossier, NOW, UTC).lines
    assert last.text == "the boiler, partly resolved, “calmer now”"
    assert (last.parts[0].note_id, last.parts[0].mark) == (5, 'mood: "calmer now"')


def test_a_repeat_opens_into_the_contacts_behind_it() -> None:
    calls = tuple(call(number, at(-number), topics=("boiler",)) for number in (1, 5, 9))
    [last] = make_brief(Dossier(KATHERINE, interactions=calls), NOW, UTC).lines
    assert last.records == tuple(ids.show(ids.INTERACTION, number) for number in (1, 5, 9))
    assert [part.age for part in last.parts] == ["1 d", "5 d", "9 d"]


def test_who_else_has_them_on_the_line_comes_before_the_last_contact() -> None:
    with_asha = call(2, at(hours=-1), state="on_hold", channel="chat", agent_id=12)
    mine = call(3, NOW, state="talking", agent_id=MIRA, agent="Mira")
    waiting = call(4, NOW, state="ringing", agent=None)
    before = call(1, at(-400), channel="email")
    dossier = Dossier(KATHERINE, interactions=(mine, with_asha, waiting, before))
    [last] = make_brief(dossier, NOW, UTC, agent_id=MIRA).lines
    assert last.text == "with Asha by chat, on hold; before that: by email"
    assert last.records == (ids.show(ids.INTERACTION, 1), ids.show(ids.INTERACTION, 2))
    alone = replace(dossier, interactions=(with_asha,))
    [only] = make_brief(alone, NOW, UTC, agent_id=MIRA).lines
    assert (only.text, only.source, only.age) == ("with Asha by chat, on hold", "chat, Asha", "1 h")


def test_the_interaction_at_hand_is_not_the_last_contact_even_when_it_is_over() -> None:
    calls = (call(2, at(hours=-1), state="ended", agenda="today"), call(1, at(-3), agenda="then"))
    dossier = Dossier(KATHERINE, interactions=calls)
    [before] = make_brief(dossier, NOW, UTC, interaction_id=2).lines
    [last] = make_brief(dossier, NOW, UTC).lines
    assert (before.text, last.text) == ("then", "today")


def test_who_is_on_the_line_is_verified_or_not() -> None:
    live = call(2, NOW, state="talking", agent_id=MIRA)
    dossier = Dossier(KATHERINE, interactions=(live, call(1, at(-1), verified_how="known voice")))
    assert make_brief(dossier, NOW, UTC, agent_id=MIRA).verification == "not verified"
    known = replace(live, verified_how="known voice")
    dossier = replace(dossier, interactions=(known,))
    assert make_brief(dossier, NOW, UTC, agent_id=MIRA).verification == "known voice"
    assert make_brief(dossier, NOW, UTC, interaction_id=2).verification == "known voice"
    assert make_brief(dossier, NOW, UTC, agent_id=12).verification is None
    over = replace(dossier, interactions=(replace(known, state="ended"),))
    assert make_brief(over, NOW, UTC, interaction_id=2).verification is None


def test_contradictions_stand_side_by_side_each_with_whose_word_it_is() -> None:
    facts = (
        fact(1, "prefers", "mornings", stated_at=at(-3)),
        fact(2, "prefers", "evenings", stated_at=at(-800), source="record"),
        fact(3, "expects", "a named engineer", source="impression", stated_at=at(-9)),
    )
    [treat] = make_brief(Dossier(KATHERINE, facts=facts), NOW, UTC).lines
    assert treat.text == (
        "mornings (said 3 d ago) / evenings (on record 2 y); a named engineer (impression)"
    )
    assert [part.words for part in treat.parts] == [
        "mornings",
        "evenings · ask again",
        "a named engineer (impression)",
    ]


def test_what_is_past_its_time_and_what_was_never_asked_share_a_line() -> None:
    dossier = Dossier(
        KATHERINE,
        facts=(fact(1, "knows", "works nights", stated_at=at(-400)), fact(2, "knows", "has a dog")),
        questions=(question(1), question(2, "her new number", state="answered")),
    )
    [asked] = make_brief(dossier, NOW, UTC).lines
    assert (asked.label, asked.text, asked.count) == (
        "Ask again",
        "works nights; the account number",
        2,
    )
    [open_one] = make_brief(replace(dossier, facts=()), NOW, UTC).lines
    assert (open_one.label, open_one.text, open_one.source) == (
        "Ask",
        "the account number",
        "never asked",
    )


def test_who_calls_a_duty_wrong_stands_beside_it_and_it_stays() -> None:
    marks = (
        RecordMark(1, ids.show(ids.PROMISE, 1), "wrong", MIRA, "Mira", NOW),
        RecordMark(2, ids.show(ids.PROMISE, 2), "used", MIRA, "Mira", NOW),
        RecordMark(3, ids.show(ids.PROMISE, 2), "used", MIRA, "Mira", NOW),
        RecordMark(4, ids.show(ids.FACT, 9), "wrong", 12, "Asha", NOW),
    )
    dossier = Dossier(KATHERINE, promises=(promise(1, at(-6)), promise(2, at(-2))), marks=marks)
    [owed] = make_brief(dossier, NOW, UTC).lines
    assert owed.text == "2, oldest Mon 16 Nov, Asha: a call (Mira: wrong)"
    assert [part.remarks for part in owed.parts] == [("Mira: wrong",), ("used twice",)]
    unmarked = replace(dossier, marks=())
    mine, mine_before = (make_brief(one, NOW, UTC, agent_id=MIRA) for one in (dossier, unmarked))
    assert mine.lines[0].key == mine_before.lines[0].key
    assert owed.key != make_brief(unmarked, NOW, UTC).lines[0].key, "news to everybody else"


def test_a_line_opens_into_the_words_that_it_comes_from() -> None:
    owed = promise(1, at(-6), note_id=4, mark="!call back mon", interaction_id=7)
    [shown] = make_brief(Dossier(KATHERINE, promises=(owed,)), NOW, UTC).lines
    [part] = shown.parts
    assert (part.record, part.words) == (
        ids.show(ids.PROMISE, 1),
        "Mon 16 Nov, Asha: a call · late 6 d",
    )
    assert (part.source, part.age) == ("promised 5 d ago", "5 d")
    assert (part.interaction_id, part.note_id, part.mark) == (7, 4, "!call back mon")


def test_a_call_in_which_nothing_was_said_is_no_last_contact() -> None:
    calls = (
        call(1, at(-2), agenda="the boiler", met="no"),
        call(2, at(-1), state="ended", agent_id=MIRA, answered_at=at(-1), is_empty=True),
    )
    [last] = make_brief(Dossier(KATHERINE, interactions=calls), NOW, UTC).lines
    assert (last.text, last.age, last.count) == ("the boiler, not resolved", "2 d", 1)
    assert make_brief(Dossier(KATHERINE, interactions=calls[1:]), NOW, UTC).lines == ()


def test_calls_that_nobody_took_stand_before_the_last_contact() -> None:
    rang = [call(n, at(-1, hours=n), state="ended", is_empty=True) for n in (2, 3)]
    spoke = call(1, at(-2), agenda="the boiler")
    [last] = make_brief(Dossier(KATHERINE, interactions=(*rang, spoke)), NOW, UTC).lines
    assert last.text == "rang, nobody answered (2 times); before that: the boiler"
    assert last.records == tuple(ids.show(ids.INTERACTION, n) for n in (1, 3, 2))
    [alone] = make_brief(Dossier(KATHERINE, interactions=(rang[0],)), NOW, UTC).lines
    assert (alone.text, alone.source) == ("rang, nobody answered", "phone, Asha")
    since_then = replace(spoke, opened_at=at(-0.1))
    [later] = make_brief(Dossier(KATHERINE, interactions=(*rang, since_then)), NOW, UTC).lines
    assert later.text == "the boiler"


def test_how_a_complaint_ended_stands_with_the_last_contact() -> None:
    steps = Complaint(
        "C7K2",
        decision="refund £20",
        told_at=at(-1),
        reaction="accepted",
        closed_at=at(-1),
        closed_by=MIRA,
    )
    closed = case(4, None, state="closed", complaint=steps)
    spoke = call(1, at(-2), agenda="the boiler")
    dossier = Dossier(KATHERINE, interactions=(spoke,), cases=(closed,))
    [last] = make_brief(dossier, NOW, UTC).lines
    assert last.text == "the boiler; complaint C7K2 closed: refund £20 (accepted)"
    assert last.parts[1].record == ids.show(ids.CASE, 4)
    assert last.parts[1].words == "complaint C7K2 closed: refund £20 (accepted) · boiler visit"
    [alone] = make_brief(replace(dossier, interactions=()), NOW, UTC).lines
    assert (alone.text, alone.source) == (
        "complaint C7K2 closed: refund £20 (accepted)",
        "closed 1 d ago",
    )
    spoken_since = replace(dossier, interactions=(spoke, call(2, at(-0.5), agenda="a bill")))
    [later] = make_brief(spoken_since, NOW, UTC).lines
    assert later.text == "a bill", "they were in contact since"
    gone_on = replace(steps, reaction="escalated", escalated_to="the ombudsman")
    [further] = make_brief(
        replace(dossier, cases=(replace(closed, complaint=gone_on),)), NOW, UTC
    ).lines
    assert further.text.endswith("refund £20 (went to the ombudsman)")
