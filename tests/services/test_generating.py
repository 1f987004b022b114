from __future__ import annotations

from datetime import date, datetime

import pytest

from agent_tui.crowd.people import person
from agent_tui.errors import Refused
from agent_tui.services import generating
from agent_tui.services.desk import Desk
from agent_tui.services.reindexing import Reindexing
from tests.builders import NOON

SEED = 7

TABLES = [
    "customers",
    "contact_points",
    "cases",
    "interactions",
    "messages",
    "notes",
    "interaction_topics",
    "promises",
    "facts",
    "concessions",
    "refusals",
    "feedback",
    "agents",
    "teams",
]


def counts(desk: Desk) -> dict[str, int]:
    return {table: number(desk, f"SELECT count(*) FROM {table}") for table in TABLES}


def number(desk: Desk, sql: str) -> int:
    row = desk.store.reader().row(sql)
    assert row is not None
    return int(row[0])


def names(desk: Desk) -> list[str]:
    rows = desk.store.reader().rows(
        "SELECT name FROM customers WHERE source = 'generated' ORDER BY number"
    )
    return [row[0] for row in rows]


def test_people_are_there_and_found(mira: Desk) -> None:
    made = mira.generating.people(120, seed=SEED)
    assert (made.wanted, made.added) == (120, 120)
    crowd = [person(SEED, place) for place in range(120)]
    assert names(mira) == [one.name for one in crowd]
    stored = mira.store.reader().rows("SELECT kind, value, normal, reversed FROM contact_points")
    assert sorted(map(tuple, stored)) == sorted(
        (point.kind, point.value, point.normal, point.normal[::-1])
        for one in crowd
        for point in one.points
    )
    someone = crowd[40]
    assert someone.name in [hit.name for hit in mira.finding.find(someone.name).hits]
    email = next(point for one in crowd for point in one.points if point.kind == "email")
    assert mira.finding.find(email.value).hits


def test_twice_adds_nothing(mira: Desk) -> None:
    mira.generating.people(60, seed=SEED)
    mira.generating.talks(80, seed=SEED)
    before = counts(mira)
    assert mira.generating.people(60, seed=SEED).added == 0
    assert mira.generating.talks(80, seed=SEED).added == 0
    assert counts(mira) == before


def test_a_larger_number_adds_those_behind(mira: Desk) -> None:
    mira.generating.people(20, seed=SEED)
    assert mira.generating.people(50, seed=SEED).added == 30
    assert names(mira) == [person(SEED, place).name for place in range(50)]


def test_who_was_there_before_is_left_alone(mira: Desk) -> None:
    ada = mira.registering.customer("Ada Hart", city="York")
    mira.generating.people(20, seed=SEED)
    mira.generating.talks(40, seed=SEED)
    assert mira.finding.find("ada hart").hits[0].customer_id == ada
    assert number(mira, f"SELECT count(*) FROM interactions WHERE customer_id = {ada}") == 0
    assert number(mira, f"SELECT count(*) FROM customers WHERE id = {ada}") == 1


def test_a_run_that_was_broken_off_is_completed(
    mira: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generating, "BATCH", 10)

    def stop(done: int) -> None:
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mira.generating.people(35, seed=SEED, progress=stop)
    assert len(names(mira)) == 20
    seen: list[int] = []
    assert mira.generating.people(35, seed=SEED, progress=seen.append).added == 15
    assert seen == [10, 20, 30, 35]
    assert names(mira) == [person(SEED, place).name for place in range(35)]
    for one in (person(SEED, 3), person(SEED, 33)):
        assert one.name in [hit.name for hit in mira.finding.find(one.name).hits]


def test_who_was_stored_but_not_indexed_is_indexed_by_the_same_run_again(
    mira: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Reindexing, "catch_up", broken)
        with pytest.raises(KeyboardInterrupt):
            mira.generating.people(30, seed=SEED)
    assert not mira.reindexing.check().ok
    assert mira.generating.people(30, seed=SEED).added == 0
    assert mira.reindexing.check().ok


def test_talks_leave_what_talks_leave(mira: Desk) -> None:
    mira.generating.people(40, seed=SEED)
    assert mira.generating.talks(400, seed=SEED).added == 400
    found = counts(mira)
    assert found["interactions"] == 400
    assert found["agents"] == 25
    assert found["teams"] == 5
    assert all(found[table] > 0 for table in TABLES)
    nobodys = "SELECT count(*) FROM interactions WHERE customer_id IS NULL OR agent_id IS NULL"
    assert number(mira, nobodys) == 0
    behind = (
        "SELECT count(*) FROM customers c WHERE c.last_contact_at IS NOT NULL AND "
        "c.last_contact_at = (SELECT max(i.opened_at) FROM interactions i WHERE "
        "i.customer_id = c.id)"
    )
    assert number(mira, behind) == number(
        mira, "SELECT count(DISTINCT customer_id) FROM interactions"
    )


def test_somebody_generated_can_be_opened(mira: Desk) -> None:
    mira.generating.people(5, seed=SEED)
    mira.generating.talks(60, seed=SEED)
    row = mira.store.reader().row("SELECT customer_id FROM interactions LIMIT 1")
    assert row is not None
    opened = mira.opening.customer(row[0])
    assert opened.brief.lines


def test_the_day_before_which_talks_end_is_today_or_said(mira: Desk) -> None:
    mira.generating.people(10, seed=SEED)
    mira.generating.talks(30, seed=SEED)
    assert 0 < (NOON - latest(mira)).days < 40
    mira.generating.talks(31, seed=SEED, until=date(2020, 1, 1))
    old = "SELECT count(*) FROM interactions WHERE external_id LIKE '7-31-%'"
    assert number(mira, old) == 31
    assert latest(mira) < NOON


def latest(desk: Desk) -> datetime:
    return desk.browsing.recent(limit=1)[0].opened_at


def test_there_must_be_somebody_to_talk_with(mira: Desk) -> None:
    mira.generating.people(3, seed=SEED)
    with pytest.raises(Refused, match="nobody of seed 8"):
        mira.generating.talks(3, seed=8)


def test_an_agent_of_that_name_stays_who_they_are(mira: Desk) -> None:
    from agent_tui.services.staffing import add_agent

    with mira.writing() as unit:
        add_agent(unit, handle="amara", name="Amara Eze", role="lead")
    mira.generating.people(3, seed=SEED)
    mira.generating.talks(20, seed=SEED)
    [amara] = [one for one in mira.staffing.everybody() if one.handle == "amara"]
    assert (amara.name, amara.role) == ("Amara Eze", "lead")
