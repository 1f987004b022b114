"""Every moment of a desk moves, by whole days, on both databases; nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from agent_tui.domain.tables import Customer, Interaction
from agent_tui.domain.values.signals import CallSignal
from agent_tui.storage.location import locate
from agent_tui.storage.queries import demos
from agent_tui.storage.reader import moment_or_none
from agent_tui.storage.shifting import keep_day, shift_days
from agent_tui.storage.store import Store

THEN = datetime(2026, 3, 27, 10, 30, 0, 123, tzinfo=UTC)


def test_all_moments_move_by_whole_days(migrated_url: str) -> None:
    store = Store(locate(migrated_url))
    with store.writing(now=THEN, agent_id=None) as unit:
        customer = Customer(number=1, name="Ann", created_at=THEN, updated_at=THEN)
        unit.add(customer)
        unit.add(
            Interaction(
                customer_id=customer.id,
                channel="phone",
                direction="in",
                state="ended",
                opened_at=THEN,
            )
        )
        unit.record("customer.added")
    for days in (40, -3):
        with store.writing(now=THEN, agent_id=None) as unit:
            shift_days(unit, days)
    reader = store.reader()
    later = THEN + timedelta(days=37)
    for sql in (
        "SELECT created_at FROM customers",
        "SELECT updated_at FROM customers",
        "SELECT opened_at FROM interactions",
        "SELECT at FROM events",
    ):
        assert [moment_or_none(row[0]) for row in reader.rows(sql)] == [later]
    for sql in (
        "SELECT last_contact_at FROM customers",
        "SELECT closed_at FROM interactions",
    ):
        assert [row[0] for row in reader.rows(sql)] == [None]
    assert [tuple(row) for row in reader.rows("SELECT number, name, version FROM customers")] == [
        (1, "Ann", 1)
    ]
    store.close()


def test_the_day_is_kept_and_may_change(migrated_url: str) -> None:
    store = Store(locate(migrated_url))
    assert demos.day(store.reader()) is None
    for day in (740_000, 739_998):
        with store.writing(now=THEN, agent_id=None) as unit:
            keep_day(unit, day)
        assert demos.day(store.reader()) == day
    store.close()


def test_calls_that_never_ended_are_found_by_how_their_ids_begin(migrated_url: str) -> None:
    store = Store(locate(migrated_url))
    calls = [("demo-call-1", "talking"), ("demo-call-2", "ended"), ("other", "ringing")]
    with store.writing(now=THEN, agent_id=None) as unit:
        for call, state in calls:
            unit.add(
                Interaction(
                    source="phone",
                    external_id=call,
                    channel="phone",
                    direction="in",
                    state=state,
                    opened_at=THEN,
                )
            )
    assert demos.calls_broken_off(store.reader(), beginning="demo-call") == (
        CallSignal("phone", "demo-call-1", "ended"),
    )
    store.close()
