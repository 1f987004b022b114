"""The listening log: a lead's own, which nobody else reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock
from tests.services.had import had
from tests.services.noted import rows

VISA = "4111 1111 1111 1111"


def test_a_lead_keeps_what_they_heard(mira: Desk, lena: Desk, clock: StandingClock) -> None:
    call = had(mira)
    mira.conversing.attach(call, mira.registering.customer("Ada Hart"))
    first = lena.listening.add(call, remark=f" calm\x1b {VISA} ", seed=0)
    assert (first.interaction_id, first.at, first.seed) == (call, NOON, 0)
    assert (first.customer, first.agent) == ("Ada Hart", "Mira")
    assert first.remark is not None
    assert first.remark.startswith("calm")
    assert VISA not in first.remark
    clock.move(minutes=1)
    second = lena.listening.add(call)
    assert second.remark is None
    assert lena.listening.mine() == (second, first)
    assert lena.listening.mine(limit=1) == (second,)
    said = lena.listening.remark(second.id, "again\nand again", version=second.version)
    assert said == lena.listening.one(second.id)
    assert said.remark == "again\nand again"
    with pytest.raises(Conflict):
        lena.listening.remark(second.id, "x", version=second.version)
    assert lena.listening.remark(second.id, " ").remark is None
    assert lena.listening.remove(first.id) == first
    assert [one.id for one in lena.listening.mine()] == [second.id]


def test_it_is_one_leads_own(mira: Desk, asha: Desk, lena: Desk) -> None:
    call = had(mira)
    entry = lena.listening.add(call, remark="mine")
    lena.staffing.place("asha", role="admin")
    assert asha.listening.mine() == ()
    acts: list[Callable[[], object]] = [
        lambda: asha.listening.one(entry.id),
        lambda: asha.listening.remark(entry.id, "x"),
        lambda: asha.listening.remove(entry.id),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Refused, match="leads"):
        mira.listening.add(call)
    lena.staffing.place("lena", role="agent")
    assert lena.listening.mine() == (entry,), "it stays theirs"
    with pytest.raises(Refused):
        lena.listening.add(call)


def test_what_cannot_be_kept(mira: Desk, lena: Desk) -> None:
    call = had(mira)
    with pytest.raises(NotFound):
        lena.listening.add(404)
    for seed in (-1, 2**63):
        with pytest.raises(BadInput):
            lena.listening.add(call, seed=seed)
    with pytest.raises(BadInput):
        lena.listening.add(call, remark="x" * 10_001)
    assert lena.listening.mine() == ()


def test_events_tell_nobody_what_was_listened_to(mira: Desk, lena: Desk) -> None:
    entry = lena.listening.add(had(mira), remark="zanzibar")
    lena.listening.remark(entry.id, "zebra")
    lena.listening.remove(entry.id)
    events = rows(
        lena,
        "SELECT kind, interaction_id, customer_id, detail FROM events "
        "WHERE kind LIKE 'listening.%' ORDER BY sequence",
    )
    kinds = ("listening.added", "listening.remarked", "listening.removed")
    assert events == [(kind, None, None, None) for kind in kinds]
