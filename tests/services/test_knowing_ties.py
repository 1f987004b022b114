"""The people around somebody: seen rightly from both sides, with what matters to both."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from agent_tui.domain.tables import Customer, Tie
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.storage.queries.knowing import circle
from agent_tui.storage.reader import Row, SqliteReader
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON, StandingClock, make_desk


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


@pytest.fixture
def rosa(desk: Desk) -> int:
    return desk.registering.customer("Rosa Hart")


def around(desk: Desk, who: int) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in desk.knowing.circle(who).ties]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("household", "household"),
        ("Cares for", "cared for by"),
        ("introduced_by", "introduced"),
        ("bridge partner", "bridge partner"),
    ],
)
def test_a_tie_reads_rightly_from_both_sides(
    desk: Desk, ada: int, rosa: int, said: str, heard: str
) -> None:
    tie = desk.knowing.tie(ada, rosa, said)
    kept = desk.knowing.one_tie(tie, ada).kind
    assert kept == said.lower().replace("_", " ")
    assert around(desk, ada) == [(kept, "Rosa Hart")]
    assert around(desk, rosa) == [(heard, "Ada Hart")]
    for who, kind in ((ada, kept), (rosa, heard)):
        assert [tie.kind for tie in desk.opening.customer(who).dossier.ties] == [kind]
    with pytest.raises(Refused, match="already"):
        desk.knowing.tie(rosa, ada, heard.upper())
    desk.knowing.untie(tie)
    assert around(desk, ada) == around(desk, rosa) == []
    desk.knowing.tie(rosa, ada, heard)
    assert around(desk, ada) == [(kept, "Rosa Hart")]


def test_both_ends_hear_of_it(desk: Desk, ada: int, rosa: int) -> None:
    desk.knowing.untie(desk.knowing.tie(ada, rosa, "household"))
    rows = desk.store.reader().rows(
        "SELECT kind, customer_id FROM events WHERE kind LIKE 'tie.%' ORDER BY sequence"
    )
    assert [tuple(row) for row in rows] == [
        ("tie.made", ada),
        ("tie.made", rosa),
        ("tie.removed", ada),
        ("tie.removed", rosa),
    ]


def test_what_is_no_tie_is_refused(desk: Desk, ada: int, rosa: int) -> None:
    with pytest.raises(BadInput):
        desk.knowing.tie(ada, rosa, " ")
    with pytest.raises(Refused, match="themselves"):
        desk.knowing.tie(ada, ada, "household")
    with pytest.raises(NotFound):
        desk.knowing.tie(ada, 404, "household")
    with pytest.raises(NotFound):
        desk.knowing.untie(404)
    tie = desk.knowing.tie(ada, rosa, "friend\x1b[31m 4111 1111 1111 1111")
    shown = desk.knowing.one_tie(tie, ada).kind
    assert is_clean(shown)
    assert "4111 1111" not in shown
    with pytest.raises(NotFound):
        desk.knowing.one_tie(tie, desk.registering.customer("Bo Lind"))


def test_a_tie_that_files_told_from_both_sides_is_one(desk: Desk, ada: int, rosa: int) -> None:
    desk.knowing.tie(ada, rosa, "cares for")
    with desk.writing() as unit:
        unit.add(Tie(customer_id=rosa, other_id=ada, kind="Cared for by", created_at=NOON))
    [one] = desk.knowing.circle(ada).ties
    assert (one.kind, desk.knowing.circle(ada).people) == ("cares for", 1)
    desk.knowing.untie(one.id)
    assert around(desk, ada) == around(desk, rosa) == []


def test_what_matters_with_the_other_is_shown_the_most_pressing_alone(
    desk: Desk, ada: int, rosa: int, clock: StandingClock
) -> None:
    desk.knowing.tie(ada, rosa, "household")

    def matter() -> tuple[str, str | None, int] | None:
        [one] = desk.knowing.circle(ada).ties
        if one.matter is None:
            return None
        return one.matter.kind, one.matter.words, one.matter.count

    assert matter() is None
    desk.conversing.take(CallSignal("phone", "1", "answered", sender="020 7946 0018"))
    [call] = desk.opening.live()
    desk.conversing.attach(call.id, rosa)
    desk.noting.save("wants: a visit", interaction_id=call.id)
    assert matter() == ("live_call", "a visit", 1)
    [one] = desk.knowing.circle(ada).ties
    assert one.matter is not None
    assert one.matter.interaction_id == call.id
    desk.conversing.take(CallSignal("phone", "1", "ended"))
    assert matter() == ("last_contact", None, 1)
    assert not desk.knowing.circle(ada).ties[0].matter.is_open  # type: ignore[union-attr]
    complaint = desk.complaining.open(rosa, "nobody came")
    assert matter() == ("complaint", "nobody came", 1)
    desk.promising.make(rosa, "call back", clock.now + timedelta(days=2))
    first = desk.promising.make(rosa, "send the form", clock.now + timedelta(days=1))
    desk.promising.make(rosa, "tell us", clock.now, "theirs")
    assert matter() == ("complaint", "nobody came", 1)
    clock.move(days=3)
    assert matter() == ("late_promise", "send the form", 2)
    desk.promising.keep(first)
    assert matter() == ("late_promise", "call back", 1)
    assert desk.complaining.one(complaint).is_open


def test_of_thousands_those_with_something_open_come_first(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    with desk.writing() as unit:
        numbers = unit.take_numbers("customers", 300)
        people = [
            {
                "id": new_id(),
                "version": 1,
                "number": numbers + place,
                "name": f"Colleague {place}",
                "last_contact_at": NOON - timedelta(days=place),
                "created_at": NOON,
                "updated_at": NOON,
            }
            for place in range(300)
        ]
        unit.insert_many(Customer, people)
        unit.insert_many(
            Tie,
            [
                {
                    "id": new_id(),
                    "customer_id": ada,
                    "other_id": one["id"],
                    "kind": "colleague",
                    "created_at": NOON,
                }
                for one in people
            ],
        )
    owed = [person["id"] for person in people]
    desk.complaining.open(int(str(owed[250])), "nobody came")
    desk.promising.make(int(str(owed[280])), "call back", clock.now + timedelta(hours=1))
    clock.move(hours=2)
    circle = desk.knowing.circle(ada, limit=4)
    assert circle.people == 300
    assert [one.name for one in circle.ties] == [
        "Colleague 280",
        "Colleague 250",
        "Colleague 0",
        "Colleague 1",
    ]


def test_only_the_records_of_the_people_around_are_read(migrated_sqlite_url: str) -> None:
    """Nobody's circle may cost as much as all complaints and promises of the house."""
    plans: list[str] = []

    class Explained(SqliteReader):
        def rows(self, sql: str, /, **parameters: Any) -> list[Row]:
            plan = super().rows(f"EXPLAIN QUERY PLAN {sql}", **parameters)
            plans.extend(str(step[3]) for step in plan)
            return super().rows(sql, **parameters)

    with closing(make_desk(migrated_sqlite_url)) as desk:
        ada, rosa = (desk.registering.customer(f"{name} Hart") for name in ("Ada", "Rosa"))
        desk.knowing.tie(ada, rosa, "household")
    path = migrated_sqlite_url.removeprefix("sqlite:///")
    with closing(Explained(sqlite3.connect(path))) as reader:
        assert circle(reader, customer_id=ada, now=NOON, limit=5).people == 1
    assert [step for step in plans if step.startswith(("SCAN k", "SCAN p ", "SCAN x"))] == []
    assert any(step.startswith("SEARCH k USING COVERING INDEX cases_customer") for step in plans)
