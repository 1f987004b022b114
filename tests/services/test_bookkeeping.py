"""What every change has in common: who may make it by now, and what it is checked against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from agent_tui.domain.tables import Promise
from agent_tui.domain.values import ids
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import Conflict, Refused
from agent_tui.services.bookkeeping import check_version, check_with, record
from agent_tui.services.desk import Desk
from tests.builders import make_desk


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def test_a_role_given_or_taken_elsewhere_counts_at_once(
    desk: Desk, migrated_url: str, ada: int
) -> None:
    note = desk.noting.save("hers", customer_id=ada).id
    with closing(make_desk(migrated_url, handle="noor", role="lead")) as noor:
        theirs = noor.noting.save("not mine", customer_id=ada).id
        with pytest.raises(Refused):
            desk.noting.correct(theirs, "mine")
        noor.staffing.place("mira", role="lead")
        desk.noting.correct(theirs, "mine")
        desk.staffing.place("noor", role="agent")
        for change in (
            lambda: noor.noting.correct(note, "mine"),
            lambda: noor.staffing.place("mira", role="agent"),
        ):
            with pytest.raises(Refused, match="lead"):
                change()
        assert noor.opening.today().agent.role == "agent"


def test_what_was_changed_since_it_was_shown_is_a_conflict(desk: Desk, ada: int) -> None:
    promise_id = desk.promising.make(ada, "a call", None)
    with desk.writing() as unit:
        row = unit.get(Promise, promise_id)
        for version in (None, row.version):
            check_version(row, version)
        with pytest.raises(Conflict, match="look again"):
            check_version(row, row.version + 1)


def test_an_interaction_is_with_its_own_customer(desk: Desk, ada: int) -> None:
    desk.conversing.take(CallSignal("phone", "1", "ringing"))
    call = desk.browsing.recent(limit=1)[0].id
    with desk.writing() as unit:
        check_with(unit, ada, None)
        with pytest.raises(Refused, match="somebody else"):
            check_with(unit, ada, call)
    desk.conversing.attach(call, ada)
    with desk.writing() as unit:
        check_with(unit, ada, call)


def test_an_event_names_the_row_and_whom_it_is_about(desk: Desk, ada: int) -> None:
    promise_id = desk.promising.make(ada, "a call", None)
    with desk.writing() as unit:
        record(unit, "promise.looked_at", unit.get(Promise, promise_id), detail="twice")
    row = desk.store.reader().row(
        "SELECT subject, customer_id, interaction_id, detail, agent_id FROM events "
        "WHERE kind = 'promise.looked_at'"
    )
    assert row == (ids.show(ids.PROMISE, promise_id), ada, None, "twice", desk.agent.id)
