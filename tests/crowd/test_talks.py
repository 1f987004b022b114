from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from agent_tui.crowd.calendar import DAYS, Calendar
from agent_tui.crowd.dice import Dice
from agent_tui.crowd.stories import house, of_week, stories, words
from agent_tui.crowd.talks import Caller, MadeTalk
from agent_tui.crowd.traffic import Traffic
from agent_tui.domain.rules.mark_signs import topics_in
from agent_tui.text.hygiene import clean_line
from agent_tui.text.redaction import mask_cards

MANY = 4_000
END = datetime(2026, 3, 10, tzinfo=UTC)
CALLER = Caller("Ödön", "Győr")


@pytest.fixture(scope="module")
def traffic() -> Traffic:
    return Traffic(7, count=MANY, people=500, calendar=Calendar(date(2026, 3, 10)))


@pytest.fixture(scope="module")
def talks(traffic: Traffic) -> list[MadeTalk]:
    return [traffic.talk(place, CALLER) for place in range(MANY)]


def texts(talk: MadeTalk) -> Iterator[str]:
    """All that a talk brings into the desk as text."""
    yield from (said.text for said in talk.messages)
    yield from (promise.text for promise in talk.promises)
    yield from (promise.reason or "" for promise in talk.promises)
    yield from filter(None, (talk.agenda, talk.outcome, talk.note, talk.refusal, talk.complaint))
    yield from talk.topics
    if talk.fact:
        yield talk.fact[1]
    if talk.gift:
        yield talk.gift.kind
    if talk.feedback and talk.feedback.text:
        yield talk.feedback.text


def test_the_same_place_is_the_same_talk(traffic: Traffic, talks: list[MadeTalk]) -> None:
    again = Traffic(7, count=MANY, people=500, calendar=Calendar(date(2026, 3, 10)))
    assert [again.talk(place, CALLER) for place in range(50)] == talks[:50]
    assert [again.whose(place) for place in range(50)] == [traffic.whose(p) for p in range(50)]


def test_the_entrance_would_change_nothing(talks: list[MadeTalk]) -> None:
    for text in {text for talk in talks for text in texts(talk)}:
        assert clean_line(text) == text
        assert mask_cards(text).count == 0
        assert "{" not in text


def test_a_note_has_no_marks_whose_records_would_be_missing(talks: list[MadeTalk]) -> None:
    assert all(topics_in(talk.note) == [] or "#W" in talk.note for talk in talks if talk.note)


def test_they_stand_in_the_order_of_time_within_three_years(talks: list[MadeTalk]) -> None:
    opened = [talk.opened_at for talk in talks]
    assert opened == sorted(opened)
    assert opened[0] > END - timedelta(days=DAYS + 1)
    for talk in talks:
        assert talk.opened_at <= talk.answered_at <= talk.closed_at < END
        assert all(said.after_s >= 0 for said in talk.messages)
        assert [said.after_s for said in talk.messages] == sorted(
            said.after_s for said in talk.messages
        )


def test_nothing_is_closed_or_answered_in_the_future(talks: list[MadeTalk]) -> None:
    for talk in talks:
        for promise in talk.promises:
            assert (promise.closed_at is None) == (promise.state == "open")
            assert promise.closed_at is None or talk.closed_at <= promise.closed_at < END
            assert promise.told_at is None or promise.told_at < END
            assert (promise.reason is not None) == (promise.state in ("broken", "withdrawn"))
        if talk.feedback:
            assert talk.feedback.asked_at < END
            assert talk.feedback.answered_at is None or talk.feedback.answered_at < END


def test_promises_are_kept_broken_moved_and_open(talks: list[MadeTalk]) -> None:
    states = Counter(promise.state for talk in talks for promise in talk.promises)
    assert set(states) == {"kept", "broken", "renegotiated", "withdrawn", "open"}
    assert states["kept"] > 0.6 * states.total()
    moved = [talk.promises for talk in talks if len(talk.promises) == 2]
    assert moved
    assert all(first.state == "renegotiated" for first, _ in moved)


def test_traffic_is_skewed_as_it_is(traffic: Traffic, talks: list[MadeTalk]) -> None:
    people = Counter(traffic.whose(place) for place in range(MANY))
    assert sum(count for _, count in people.most_common(25)) > 0.2 * MANY
    hours = Counter(talk.opened_at.hour for talk in talks)
    assert hours[8] > 10 * hours[2]
    days = Counter(talk.opened_at.weekday() for talk in talks)
    assert days[0] > days[3] > 2 * days[6]
    half = END - timedelta(days=DAYS / 2)
    assert sum(talk.opened_at > half for talk in talks) > 0.52 * MANY
    assert {talk.agent for talk in talks} == set(range(len(house().agents)))
    assert len({talk.channel for talk in talks}) == 6


def test_a_story_with_bursts_has_weeks_in_which_it_is_frequent() -> None:
    [outage] = [story for story in stories() if story.bursts]
    shares = []
    for week in range(200):
        stories_of = of_week(7, week)
        drawn = [stories_of.draw(Dice(1, "draw", number)).topic for number in range(300)]
        shares.append(drawn.count(outage.topic))
    assert max(shares) > 3 * sorted(shares)[len(shares) // 2]


def test_every_story_has_words_for_all_its_places() -> None:
    slots = dict.fromkeys((*words().slots, "amount", "order", "city", "name"), "x")
    for story in stories():
        for thread in story.threads.things:
            assert all(text.format_map(slots) for text in thread)
        assert story.ours
        assert all(text.format_map(slots) for text in (*story.ours, *story.theirs))
