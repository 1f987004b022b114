"""Recent below the screen: what a filter finds is what it means, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from agent_tui.domain.rules.filter_truth import Facts, holds
from agent_tui.domain.values.filters import Asking, Choice, Filter, Repeat, Words
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.recent import RecentCount, RecentRow
from agent_tui.errors import NotFound, Refused
from agent_tui.services import browsing
from agent_tui.services.desk import Desk
from agent_tui.storage.queries import walking, word_leads
from tests.builders import NOON, make_desk
from tests.services.chats import chat
from tests.services.recent_world import World, filters, make_world

TODAY = (NOON.replace(hour=0), NOON.replace(hour=0) + timedelta(days=1))


@pytest.fixture
def admin(migrated_url: str, mira: Desk) -> Iterator[Desk]:
    _ = mira
    with closing(make_desk(migrated_url, handle="root", role="admin")) as made:
        yield made


@pytest.fixture
def world(mira: Desk) -> World:
    with mira.writing() as unit:
        return make_world(unit, seed=1, count=70)


def true_ids(world: World, desk: Desk, wanted: Filter) -> set[int]:
    """Whom the filter means, of those that this desk may see."""
    is_admin = desk.agent.role == "admin"
    asking = Asking(desk.agent.id, desk.agent.role != "agent", NOON, TODAY)
    return {
        facts.id
        for facts in world.facts
        if (is_admin or is_own(facts)) and holds(wanted, facts, asking)
    }


def is_own(facts: Facts) -> bool:
    return facts.team in (None, "Desk")


def ids_of(rows: tuple[RecentRow, ...]) -> list[int]:
    return [row.interaction.id for row in rows]


def by_pages(desk: Desk, wanted: Filter, limit: int) -> list[int]:
    """All ids, page after page downwards."""
    page = desk.browsing.page(wanted, limit=limit)
    found = ids_of(page.rows)
    while page.has_older:
        assert page.behind is not None
        page = desk.browsing.page(wanted, behind=page.behind, limit=limit)
        assert page.has_newer
        found += ids_of(page.rows)
    return found


def by_pages_upwards(desk: Desk, wanted: Filter, limit: int) -> list[int]:
    page = desk.browsing.oldest(wanted, limit=limit)
    found = ids_of(page.rows)
    while page.has_newer:
        page = desk.browsing.page(wanted, before=page.rows[0].place, limit=limit)
        assert page.has_older
        found = ids_of(page.rows) + found
    return found


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows so small that a little world has many."""
    monkeypatch.setattr(walking, "FIRST_STEPS", 9)
    monkeypatch.setattr(walking, "STEPS", 3)
    monkeypatch.setattr(walking, "_MOST_STEPS", 12)
    monkeypatch.setattr(walking, "_COUNTED_STEPS", 7)
    monkeypatch.setattr(word_leads, "SAMPLED", 15)
    monkeypatch.setattr(word_leads, "OFTEN", 2)
    monkeypatch.setattr(word_leads, "MOST_GATHERED", 3)


@pytest.mark.usefixtures("small_steps")
def test_a_filter_finds_what_it_means(mira: Desk, admin: Desk, world: World) -> None:
    everything = ids_of(tuple(admin.browsing.each(Filter())))
    assert everything == ids_of(admin.browsing.page(Filter(), limit=100).rows)
    order = {number: place for place, number in enumerate(everything)}
    assert set(everything) == {facts.id for facts in world.facts}

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(filters)
    def check(wanted: Filter) -> None:
        for desk in (mira, admin):
            true = true_ids(world, desk, wanted)
            in_order = sorted(true, key=order.__getitem__)
            assert ids_of(tuple(desk.browsing.each(wanted, page=7))) == in_order
            assert by_pages(desk, wanted, 8) == in_order
            assert by_pages_upwards(desk, wanted, 8) == in_order
            assert desk.browsing.count(wanted).count == len(true)
            soon = list(desk.browsing.counting(wanted))
            assert soon == sorted(soon, key=lambda one: (one.is_exact, one.count))
            assert soon[-1] == RecentCount(len(true), is_exact=True)
            some = everything[::5]
            assert desk.browsing.matches(wanted, some) == true & set(some)

    check()


def test_a_sample_is_the_same_for_whoever_draws_it(mira: Desk, admin: Desk, world: World) -> None:
    wanted = Filter((Choice("agent", ("mira", "asha")),))
    by_mira = mira.browsing.sample(wanted, size=5, seed=77, until=NOON)
    by_admin = admin.browsing.sample(wanted, size=5, seed=77, until=NOON)
    assert ids_of(by_mira.rows) == ids_of(by_admin.rows)
    assert (by_mira.seed, by_mira.until, by_mira.out_of) == (77, NOON, by_admin.out_of)
    there = {f.id for f in world.facts if f.agent in ("mira", "asha") and f.opened_at < NOON}
    assert by_mira.out_of == len(there)
    assert set(ids_of(by_mira.rows)) < there
    assert len(by_mira.rows) == 5
    longer = mira.browsing.sample(wanted, size=9, seed=77, until=NOON)
    assert longer.rows[:5] == by_mira.rows
    assert mira.browsing.sample(wanted, size=5, seed=78, until=NOON).rows != by_mira.rows
    drawn = mira.browsing.sample(wanted, size=1_000)
    assert {row.interaction.id for row in drawn.rows} == there
    assert events(mira, "sample.drawn") == [
        "77 5", "77 5", "77 9", "78 5", f"{drawn.seed} 1000"
    ]  # fmt: skip


def test_the_lots_are_the_same_on_every_machine() -> None:
    assert browsing.lot(42, 912369485788).hex() == "c27df27b11f2ff550f11e464"


def test_conversations_of_other_teams_are_not_there(mira: Desk, admin: Desk, world: World) -> None:
    theirs = next(facts.id for facts in world.facts if facts.team == "Away")
    ours = next(facts.id for facts in world.facts if facts.agent == "mira")
    nobodys = next(facts.id for facts in world.facts if facts.agent is None)
    assert ids_of(mira.browsing.rows([theirs])) == []
    assert mira.browsing.matches(Filter(), [theirs, ours, nobodys]) == {ours, nobodys}
    for refused in (mira.browsing.one, mira.browsing.read):
        with pytest.raises(Refused, match="another team's"):
            refused(theirs)
    with pytest.raises(Refused):
        mira.browsing.around(Filter(), theirs)
    assert mira.browsing.one(nobodys).id == nobodys
    assert admin.browsing.one(theirs).id == theirs
    with pytest.raises(NotFound):
        admin.browsing.one(1)


def test_who_reads_a_conversation_is_kept(mira: Desk, world: World) -> None:
    ours = next(f for f in world.facts if f.agent == "mira" and f.customer_id is not None)
    assert mira.browsing.read(ours.id).id == ours.id
    rows = mira.store.reader().rows(
        "SELECT agent_id, interaction_id, customer_id, detail FROM events "
        "WHERE kind = 'interaction.read'"
    )
    assert [tuple(row) for row in rows] == [(mira.agent.id, ours.id, ours.customer_id, None)]


def test_a_page_around_a_conversation_has_it_in_the_middle(admin: Desk, world: World) -> None:
    everything = ids_of(tuple(admin.browsing.each(Filter())))
    middle = everything[30]
    page = admin.browsing.around(Filter(), middle, limit=10)
    assert ids_of(page.rows) == everything[25:35]
    assert page.has_newer
    assert page.has_older
    first = admin.browsing.around(Filter(), everything[0], limit=10)
    assert (ids_of(first.rows), first.has_newer) == (everything[:10], False)
    last = admin.browsing.around(Filter(), everything[-1], limit=10)
    assert (ids_of(last.rows)[-1], last.has_older) == (everything[-1], False)
    assert len(world.facts) == len(everything)


@pytest.mark.usefixtures("small_steps")
def test_a_page_that_ran_out_of_time_says_how_far_it_came(
    admin: Desk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "PAGE_S", 0.0)
    wanted = Filter((Choice("channel", ("visit",)), Choice("met", ("no",))))
    page = admin.browsing.page(wanted)
    assert page.searched_back_to is not None
    assert page.has_older
    assert set(by_pages(admin, wanted, 50)) == true_ids(world, admin, wanted)
    assert set(by_pages_upwards(admin, wanted, 50)) == true_ids(world, admin, wanted)


def test_a_line_tells_what_came_of_it(mira: Desk, admin: Desk, world: World) -> None:
    rows = {row.interaction.id: row for row in admin.browsing.each(Filter())}
    for facts in world.facts:
        row = rows[facts.id]
        assert row.mood == (facts.moods[0] if facts.moods else None)
        marks = set(row.marks)
        assert ("complaint" in marks) is bool(facts.complaints)
        assert ("script" in marks) is bool(facts.scripts)
        assert ("override" in marks) is facts.has_override
        mine = {rule for agent_id, rule in facts.frictions if agent_id == admin.agent.id}
        assert ("friction" in marks) is bool(mine)
        assert ("listened" in marks) is (admin.agent.id in facts.listeners)
        assert ("gave" in marks) is bool(facts.gave)
        assert ("refusal" in marks) is bool(facts.refusals)
        assert ("praise" in marks) is any(one.kind == "praise" for one in facts.reviews)
        for promised in facts.promises:
            late = Filter((Choice("promise", ("late",)),))
            is_late = facts.id in true_ids(world, admin, late)
            if promised.side == "theirs":
                assert not marks & {"promise", "promise_late", "promise_broken"}
            elif promised.state == "broken":
                assert "promise_broken" in marks
            else:
                assert ("promise_late" in marks) is is_late
    me = mira.agent.id
    for row in mira.browsing.each(Filter()):
        facts = next(one for one in world.facts if one.id == row.interaction.id)
        seen = [one for one in facts.reviews if me in (one.agent_id, one.author_id)]
        assert ("review" in row.marks) is any(one.kind == "review" for one in seen)


def test_what_is_new_stands_on_top_and_a_correction_is_found(mira: Desk) -> None:
    before = mira.browsing.page(Filter())
    assert before.rows == ()
    talk = chat(mira)
    [row] = mira.browsing.page(Filter()).rows
    assert row.interaction.id == talk
    newer = chat(mira, "2")
    assert ids_of(mira.browsing.page(Filter(), before=row.place).rows) == [newer]
    note = new_id()
    mira.noting.save("stayed home", interaction_id=talk, note_id=note)
    wanted = Filter((Words(("stayed", "home")),))
    assert ids_of(mira.browsing.page(wanted).rows) == [talk]
    mira.noting.undo(note)
    assert mira.browsing.page(wanted).rows == ()


def test_the_names_of_the_desk_are_known(mira: Desk, world: World) -> None:
    known = mira.browsing.known()
    assert known.me == "mira"
    assert set(known.agents) == set(world.agents)
    assert known.teams == ("Away", "Desk")
    assert set(known.topics) == {"boiler", "bill", "visit"}
    assert known.scripts == ("moving", "overdue")
    understood = mira.browsing.understand("agent:me topic:boiler -met:yes")
    assert understood.mistakes == ()
    assert mira.browsing.count(understood.filter).count == len(
        true_ids(world, mira, understood.filter)
    )


def events(desk: Desk, kind: str) -> list[str]:
    rows = desk.store.reader().rows(
        "SELECT detail FROM events WHERE kind = :kind ORDER BY sequence", kind=kind
    )
    return [str(row[0]) for row in rows]


def test_who_came_again_follows_the_call_that_is_put_to_somebody_else(
    mira: Desk, admin: Desk
) -> None:
    again = Filter((Repeat(14),))
    ada, ben = (mira.registering.customer(name) for name in ("Ada Hart", "Ben Moss"))
    first, second = chat(mira), chat(mira, "2")
    mira.conversing.attach(first, ada)
    for talk in (first, second):
        mira.noting.save("#boiler is cold", interaction_id=talk)
    assert admin.browsing.count(again).count == 0
    attach, move = mira.conversing.attach, mira.conversing.move
    for put, whose, count in ((attach, ada, 1), (move, ben, 0), (move, ada, 1)):
        put(second, whose)
        assert admin.browsing.count(again).count == count
        assert len(admin.browsing.page(again).rows) == count
