"""Complaints: found by the id that people say, and never closed before the decision was told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from agent_tui.domain.rules.complaints import by_urgency
from agent_tui.domain.rules.speakable import is_speakable, speakable
from agent_tui.domain.tables import Case as Row
from agent_tui.domain.values import ids
from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.people import Case
from agent_tui.domain.values.records import CaseRecord, CustomerRecord, PersonRecord, SourceRow
from agent_tui.errors import Ambiguous, BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk

DAY = timedelta(days=1)


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


@pytest.fixture
def complaint(desk: Desk, ada: int) -> int:
    return desk.complaining.open(ada, "nobody came", "a visit", answer_due_at=NOON + 3 * DAY)


def steps(desk: Desk, case_id: int) -> Complaint:
    found = desk.complaining.one(case_id).complaint
    assert found is not None
    return found


def case_from_file(desk: Desk, *records: CaseRecord, name: str = "Ben Moss") -> list[Case]:
    """The cases of a customer who came with a file."""
    person = PersonRecord(CustomerRecord(name, name), cases=records)
    row = SourceRow(1, "1", person)
    desk.importing.take([row], source="crm", rejected=lambda _: None)
    found = desk.finding.choose(f"crm:{name}")
    return list(desk.opening.customer(found).dossier.cases)


def test_a_complaint_that_is_opened_has_an_id_to_say(desk: Desk, ada: int, complaint: int) -> None:
    [case] = desk.complaining.still_open()
    assert (case.id, case.customer, case.title, case.remedy) == (
        complaint,
        "Ada Hart",
        "nobody came",
        "a visit",
    )
    assert (case.kind, case.state, case.opened_at) == ("complaint", "open", NOON)
    assert case.called == case.external_id == steps(desk, complaint).speakable == speakable(0)
    [in_dossier] = desk.opening.customer(ada).dossier.cases
    assert in_dossier == case
    assert desk.complaining.still_open(ada) == [case]
    assert desk.complaining.still_open(404) == []


def test_no_two_complaints_are_called_the_same_whatever_files_bring(desk: Desk, ada: int) -> None:
    case_from_file(desk, CaseRecord(kind="order", title="x", external_id=speakable(1)))
    called = [
        desk.complaining.one(desk.complaining.open(ada, f"the {number}th")).called
        for number in range(3)
    ]
    assert called == [speakable(0), speakable(2), speakable(3)]


@pytest.mark.parametrize("writing", ["{}", "{} ", "{:.2} {}", "{:.1}-{}", "{:.3} {}"])
def test_the_find_box_finds_a_complaint_as_it_is_said(
    desk: Desk, ada: int, complaint: int, writing: str
) -> None:
    desk.registering.customer("Cleo Fox")
    called = steps(desk, complaint).speakable
    head = writing.count("{:") and int(writing[3])
    typed = writing.format(called, called[head:]) if head else writing.format(called)
    for query in (typed, typed.lower()):
        [hit] = desk.finding.find(query).hits
        assert hit.customer_id == ada
        assert desk.complaining.choose(query) == complaint


def test_a_complaint_from_a_file_is_found_by_both_its_ids(desk: Desk) -> None:
    [case] = case_from_file(desk, CaseRecord(kind="complaint", title="late", external_id="CMP-17"))
    assert (case.called, case.complaint) == ("CMP-17", None)
    assert desk.complaining.choose("cmp 17") == case.id
    desk.complaining.acknowledge(case.id)
    called = steps(desk, case.id).speakable
    assert is_speakable(called)
    assert desk.complaining.one(case.id).external_id == "CMP-17"
    for said in (called.lower(), f"{called[:2]} {called[2:]}", "CMP-17"):
        [hit] = desk.finding.find(said).hits
        assert hit.name == "Ben Moss"
        assert desk.complaining.choose(said) == case.id


def test_a_complaint_that_came_with_an_id_of_ours_keeps_it(desk: Desk, ada: int) -> None:
    [case] = case_from_file(desk, CaseRecord(kind="complaint", title="late", external_id="C7K2"))
    desk.complaining.answer(case.id, "the plan was lost")
    assert steps(desk, case.id).speakable == "C7K2"
    for number in range(70):
        desk.complaining.open(ada, f"the {number}th")
    assert desk.complaining.choose("c7k2") == case.id


def test_a_complaint_without_any_id_gets_one_with_its_first_step(desk: Desk) -> None:
    [case] = case_from_file(desk, CaseRecord(kind="complaint", title="late"))
    assert case.called is None
    desk.complaining.set_remedy(case.id, "an apology")
    known = desk.complaining.one(case.id)
    assert (known.called, known.remedy) == (speakable(0), "an apology")
    [hit] = desk.finding.find(speakable(0)).hits
    assert hit.name == "Ben Moss"


def test_what_a_file_brought_closed_stays_as_it_is(desk: Desk) -> None:
    [case] = case_from_file(desk, CaseRecord(kind="complaint", title="late", state="solved"))
    with pytest.raises(Refused, match="closed already"):
        desk.complaining.acknowledge(case.id)
    assert desk.complaining.one(case.id) == case
    assert desk.complaining.still_open() == []


@pytest.mark.parametrize(
    "news",
    [
        CaseRecord(kind="complaint", title="late", external_id="K1", state="closed"),
        CaseRecord(kind="enquiry", title="late", external_id="K1"),
    ],
)
def test_no_file_closes_a_complaint_that_somebody_here_has_in_hand(
    desk: Desk, news: CaseRecord
) -> None:
    [case] = case_from_file(desk, CaseRecord(kind="complaint", title="late", external_id="K1"))
    desk.complaining.acknowledge(case.id)
    case_from_file(desk, replace(news, remedy="a visit"))
    [left] = desk.complaining.still_open()
    assert (left.id, left.state, left.remedy) == (case.id, "open", "a visit")


def test_no_file_opens_a_complaint_again_that_was_closed_here(desk: Desk) -> None:
    [case] = case_from_file(desk, CaseRecord(kind="complaint", title="late", external_id="K1"))
    desk.complaining.decide(case.id, "a visit", "it was our mistake")
    desk.complaining.tell(case.id)
    desk.complaining.close(case.id)
    case_from_file(desk, CaseRecord(kind="complaint", title="late", external_id="K1", state="new"))
    assert desk.complaining.one(case.id).state == "closed"


def test_an_id_that_is_no_complaint_says_which_mistake(desk: Desk, complaint: int) -> None:
    called = steps(desk, complaint).speakable
    for said, mistake in (
        (called[0] + called[2] + called[1] + called[3:], "wrong, or two are swapped"),
        (speakable(40), "no complaint is called"),
        ("", "at least three characters"),
        ("C7O2", "no “O”"),
        (ids.show(ids.CASE, 404), "no such complaint"),
    ):
        with pytest.raises(NotFound, match=mistake):
            desk.complaining.choose(said)
    assert desk.complaining.choose(ids.show(ids.CASE, complaint)) == complaint


def test_an_id_that_two_files_gave_is_not_guessed(desk: Desk) -> None:
    record = CaseRecord(kind="complaint", title="late", external_id="17")
    for name in ("Ben Moss", "Cem Aksoy"):
        case_from_file(desk, record, name=name)
    with pytest.raises(Ambiguous) as several:
        desk.complaining.choose("17")
    assert len(several.value.candidates) == 2


def test_a_complaint_goes_its_whole_way(desk: Desk, complaint: int, clock: StandingClock) -> None:
    complaining = desk.complaining
    complaining.acknowledge(complaint)
    clock.move(hours=1)
    complaining.assess(complaint, "safety, since there is no heating")
    clock.move(hours=1)
    complaining.answer(complaint, "the visit was cancelled by mistake")
    clock.move(hours=1)
    complaining.decide(complaint, "a visit tomorrow, £20 back", "it was our mistake")
    for early in (complaining.close, lambda case: complaining.react(case, "accepted")):
        with pytest.raises(Refused, match="not been told"):
            early(complaint)
    clock.move(hours=1)
    complaining.tell(complaint)
    clock.move(hours=1)
    complaining.react(complaint, "accepted")
    complaining.close(complaint)
    done = steps(desk, complaint)
    taken = (
        done.acknowledged_at,
        done.assessed_at,
        done.answered_at,
        done.decided_at,
        done.told_at,
    )
    assert taken == tuple(NOON + timedelta(hours=hours) for hours in range(5))
    assert (done.assessment, done.answer) == (
        "safety, since there is no heating",
        "the visit was cancelled by mistake",
    )
    assert (done.decision, done.decision_reason) == (
        "a visit tomorrow, £20 back",
        "it was our mistake",
    )
    assert (done.reaction, done.reacted_at, done.closed_at) == ("accepted", clock.now, clock.now)
    assert desk.complaining.one(complaint).state == "closed"
    assert desk.complaining.still_open() == []
    with pytest.raises(Refused, match="closed already"):
        complaining.decide(complaint, "nothing", "x")
    rows = desk.store.reader().rows(
        "SELECT kind, detail FROM events WHERE subject = :id ORDER BY sequence",
        id=ids.show(ids.CASE, complaint),
    )
    assert [tuple(row) for row in rows] == [
        ("complaint.opened", None),
        ("complaint.acknowledged", None),
        ("complaint.assessed", None),
        ("complaint.answered", None),
        ("complaint.decided", None),
        ("complaint.told", None),
        ("complaint.reacted", "accepted"),
        ("complaint.closed", None),
    ]


def test_a_complaint_may_be_answered_and_decided_at_once(desk: Desk, complaint: int) -> None:
    desk.complaining.decide(complaint, "£20 back", "it was our mistake")
    desk.complaining.tell(complaint)
    assert steps(desk, complaint).acknowledged_at == NOON
    desk.complaining.close(complaint)
    assert steps(desk, complaint).reaction is None


def test_another_decision_is_told_anew(desk: Desk, complaint: int) -> None:
    desk.complaining.decide(complaint, "nothing", "the visit was on time")
    desk.complaining.tell(complaint)
    with pytest.raises(Refused, match="where it goes"):
        desk.complaining.react(complaint, "escalated")
    desk.complaining.react(complaint, "escalated", to="the ombudsman")
    assert steps(desk, complaint).escalated_to == "the ombudsman"
    desk.complaining.decide(complaint, "£20 back", "the ombudsman says so")
    changed = steps(desk, complaint)
    assert (changed.told_at, changed.reaction, changed.escalated_to) == (None, None, None)
    with pytest.raises(Refused, match="not been told"):
        desk.complaining.close(complaint)


def test_words_are_needed_where_they_are_kept(desk: Desk, ada: int, complaint: int) -> None:
    with pytest.raises(BadInput, match="what went wrong"):
        desk.complaining.open(ada, " \n")
    for step in (desk.complaining.assess, desk.complaining.answer):
        with pytest.raises(BadInput):
            step(complaint, " ")
    with pytest.raises(BadInput):
        desk.complaining.decide(complaint, "nothing", " ")
    assert steps(desk, complaint) == Complaint(steps(desk, complaint).speakable)


def test_a_long_complaint_keeps_all_its_words(desk: Desk, ada: int) -> None:
    said = "nobody came\nand " + "nobody called " * 200
    case = desk.complaining.one(desk.complaining.open(ada, said))
    assert case.title.startswith("nobody came and nobody called")
    assert (len(case.title), case.title[-1]) == (1_000, "…")
    assert case.mark == said.rstrip()


def test_a_complaint_is_somebodys_and_answered_in_time_to_come(desk: Desk, ada: int) -> None:
    with pytest.raises(NotFound):
        desk.complaining.open(404, "nobody came")
    with pytest.raises(Refused, match="has passed"):
        desk.complaining.open(ada, "nobody came", answer_due_at=NOON - DAY)
    assert desk.complaining.still_open() == []


def test_an_answer_is_promised_by_a_date_to_come_until_the_complaint_is_closed(
    desk: Desk, ada: int, complaint: int
) -> None:
    friday = NOON + timedelta(days=3)
    desk.complaining.set_answer_due(complaint, friday)
    assert desk.complaining.one(complaint).answer_due_at == friday
    with pytest.raises(Refused, match="has passed"):
        desk.complaining.set_answer_due(complaint, NOON - timedelta(hours=1))
    desk.complaining.set_answer_due(complaint, None)
    assert desk.complaining.one(complaint).answer_due_at is None
    desk.complaining.decide(complaint, "£20 back", "our mistake")
    desk.complaining.tell(complaint)
    desk.complaining.react(complaint, "accepted")
    desk.complaining.close(complaint)
    with pytest.raises(Refused, match="closed"):
        desk.complaining.set_answer_due(complaint, friday)
    kinds = desk.store.reader().rows(
        "SELECT kind FROM events WHERE subject = :case ORDER BY sequence",
        case=ids.show(ids.CASE, complaint),
    )
    assert [row[0] for row in kinds].count("complaint.answer_due_set") == 2


def test_today_has_complaints_by_when_their_next_step_is_due(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    """Read in the order of the rules, whichever of them are cut."""
    opened = []
    for number in range(12):
        clock.move(hours=7)
        due = None if number % 3 == 0 else clock() + timedelta(hours=(number * 5) % 17, days=1)
        case = desk.complaining.open(ada, f"the {number}th", answer_due_at=due)
        if number % 4 == 1:
            desk.complaining.acknowledge(case)
        if number % 4 == 2:
            desk.complaining.decide(case, "nothing", "it was on time")
        if number % 8 == 2:
            desk.complaining.tell(case)
        opened.append(case)
    assert clock() - NOON > 3 * DAY
    cases = sorted(map(desk.complaining.one, opened), key=by_urgency)
    for limit in (1, 5, 12):
        assert list(desk.opening.today(limit=limit).complaints) == cases[:limit]


def test_only_complaints_take_steps(desk: Desk, ada: int) -> None:
    with desk.writing() as unit:
        order = Row(customer_id=ada, kind="order", title="a boiler", opened_at=NOON)
        unit.add(order)
    with pytest.raises(NotFound):
        desk.complaining.acknowledge(order.id)
    with pytest.raises(NotFound):
        desk.complaining.one(order.id)
    with pytest.raises(NotFound):
        desk.complaining.acknowledge(404)


def test_who_looks_at_an_old_state_is_told(desk: Desk, complaint: int) -> None:
    seen = steps(desk, complaint).version
    desk.complaining.acknowledge(complaint, version=seen)
    with pytest.raises(Conflict):
        desk.complaining.assess(complaint, "small", version=seen)


def test_cards_and_commands_do_not_reach_a_complaint(desk: Desk, ada: int) -> None:
    case_id = desk.complaining.open(ada, "charged \x1b[2J4111 1111 1111 1111", "\x1b]0;x\x07back")
    desk.complaining.decide(case_id, "refund to 4111111111111111", "\x9b31m")
    case = desk.complaining.one(case_id)
    assert "4111" not in repr(case)
    assert not {"\x1b", "\x07", "\x9b"} & set(f"{case.title}{case.remedy}{case.complaint}")


def test_events_of_complaints_hold_no_words(desk: Desk, ada: int) -> None:
    case_id = desk.complaining.open(ada, "zanzibar", "zanzibar")
    desk.complaining.set_remedy(case_id, "zanzibar")
    desk.complaining.decide(case_id, "zanzibar", "zanzibar")
    desk.complaining.tell(case_id)
    desk.complaining.react(case_id, "escalated", to="zanzibar")
    rows = desk.store.reader().rows("SELECT * FROM events WHERE kind LIKE 'complaint.%'")
    assert len(rows) == 5
    assert "zanzibar" not in repr([tuple(row) for row in rows])


def test_the_newest_step_can_be_taken_back(
    desk: Desk, complaint: int, clock: StandingClock
) -> None:
    took = desk.complaining
    took.answer(complaint, "the slot was given away")
    clock.move(minutes=1)
    took.decide(complaint, "a visit on Tuesday", "it was our mistake")
    clock.move(minutes=1)
    took.tell(complaint)
    with pytest.raises(Refused, match="undo that first"):
        took.take_back(complaint, "decide")
    clock.move(minutes=1)
    took.close(complaint)
    took.take_back(complaint, "close")
    assert took.one(complaint).is_open
    took.take_back(complaint, "tell")
    took.take_back(complaint, "decide")
    left = steps(desk, complaint)
    assert (left.decided_at, left.decision, left.decision_reason, left.told_at) == (None,) * 4
    took.take_back(complaint, "answer")
    assert (steps(desk, complaint).answer, steps(desk, complaint).acknowledged_at) == (None, None)
    with pytest.raises(Refused, match="was not taken"):
        took.take_back(complaint, "acknowledge")


@pytest.mark.parametrize("back", [0, 1])
def test_a_closed_complaint_keeps_its_told_decision_whatever_the_clock_says(
    desk: Desk, complaint: int, clock: StandingClock, back: int
) -> None:
    desk.complaining.decide(complaint, "a visit on Tuesday", "it was our mistake")
    clock.move(minutes=1)
    desk.complaining.tell(complaint)
    clock.move(minutes=-back)
    desk.complaining.close(complaint)
    with pytest.raises(Refused, match="undo that first"):
        desk.complaining.take_back(complaint, "tell")
    assert steps(desk, complaint).told_at is not None
