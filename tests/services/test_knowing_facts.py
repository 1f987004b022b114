"""Facts: stated, confirmed, replaced, called wrong; and every one of these undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import BadInput, Conflict, NotFound, Refused
from agent_tui.services.desk import Desk
from agent_tui.text.hygiene import is_clean
from tests.builders import NOON, StandingClock, make_desk
from tests.text.nasty import NASTY

CARD = "4111 1111 1111 1111"


@pytest.fixture
def desk(migrated_url: str, clock: StandingClock) -> Iterator[Desk]:
    with closing(make_desk(migrated_url, now=clock)) as made:
        yield made


@pytest.fixture
def ada(desk: Desk) -> int:
    return desk.registering.customer("Ada Hart")


def standing(desk: Desk, who: int) -> list[tuple[str, str]]:
    """The facts as the desk shows them."""
    return [(fact.kind, fact.text) for fact in desk.opening.customer(who).dossier.facts]


def events(desk: Desk) -> list[str]:
    rows = desk.store.reader().rows(
        "SELECT kind FROM events WHERE kind LIKE 'fact.%' ORDER BY sequence"
    )
    return [row[0] for row in rows]


def test_a_fact_is_learnt_with_its_source(desk: Desk, ada: int) -> None:
    by = NOON + timedelta(days=30)
    learnt = desk.knowing.learn(ada, "prefers", " morn\nings ", "impression", confirm_by=by)
    [fact] = desk.knowing.facts(ada)
    assert fact == desk.knowing.fact(learnt)
    assert (fact.kind, fact.text, fact.source, fact.state) == (
        "prefers",
        "morn ings",
        "impression",
        "current",
    )
    assert (fact.stated_at, fact.confirm_by, fact.confirmed_at) == (NOON, by, None)
    assert standing(desk, ada) == [("prefers", "morn ings")]


def test_what_cannot_be_a_fact_is_refused(desk: Desk, ada: int) -> None:
    with pytest.raises(BadInput, match="needs words"):
        desk.knowing.learn(ada, "knows", " \n")
    with pytest.raises(BadInput, match="no kind of a fact"):
        desk.knowing.learn(ada, "loves", "x")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="no source of a fact"):
        desk.knowing.learn(ada, "knows", "x", "rumour")  # type: ignore[arg-type]
    with pytest.raises(Refused, match="passed"):
        desk.knowing.learn(ada, "knows", "x", confirm_by=NOON - timedelta(1))
    with pytest.raises(NotFound):
        desk.knowing.learn(404, "knows", "x")
    desk.conversing.take(CallSignal("phone", "1", "answered"))
    [call] = desk.opening.live()
    with pytest.raises(Refused, match="somebody else"):
        desk.knowing.learn(ada, "knows", "x", interaction_id=call.id)
    assert desk.knowing.facts(ada) == []


@pytest.mark.parametrize("text", [text for text in NASTY if text.strip()])
def test_hostile_text_is_made_inert(desk: Desk, ada: int, text: str) -> None:
    first = desk.knowing.learn(ada, "knows", f"x{text} {CARD}")
    desk.knowing.replace(first, f"y{text} {CARD}")
    for fact in desk.knowing.facts(ada, gone=True):
        assert is_clean(fact.text)
        assert CARD not in fact.text


def test_confirming_starts_its_time_anew_and_can_be_undone(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    fact = desk.knowing.learn(ada, "circumstance", "between houses")
    clock.move(days=100)
    assert desk.knowing.confirm(fact) is None
    first = clock.now
    clock.move(days=100)
    assert desk.knowing.confirm(fact) == first
    desk.knowing.unconfirm(fact, first)
    assert desk.knowing.fact(fact).confirmed_at == first
    desk.knowing.unconfirm(fact, None)
    assert desk.knowing.fact(fact).confirmed_at is None
    with pytest.raises(Refused, match="not confirmed"):
        desk.knowing.unconfirm(fact, None)
    assert events(desk) == ["fact.made"] + ["fact.confirmed"] * 2 + ["fact.unconfirmed"] * 2


def test_a_replaced_fact_is_kept_and_the_new_one_points_to_it(desk: Desk, ada: int) -> None:
    old = desk.knowing.learn(ada, "prefers", "mornings")
    new = desk.knowing.replace(old, "evenings")
    assert standing(desk, ada) == [("prefers", "evenings")]
    assert desk.knowing.fact(new).replaces_id == old
    assert [(one.id, one.state) for one in desk.knowing.facts(ada, gone=True)] == [
        (new, "current"),
        (old, "replaced"),
    ]
    for change in (desk.knowing.confirm, lambda one: desk.knowing.replace(one, "x")):
        with pytest.raises(Refused, match="stands no longer"):
            change(old)
    desk.knowing.restore(old)
    assert standing(desk, ada) == [("prefers", "mornings")]
    with pytest.raises(NotFound):
        desk.knowing.fact(new)
    with pytest.raises(Refused, match="nothing to restore"):
        desk.knowing.restore(old)


def test_what_took_its_place_and_was_changed_is_not_thrown_away(
    desk: Desk, ada: int, clock: StandingClock
) -> None:
    old = desk.knowing.learn(ada, "prefers", "mornings")
    new = desk.knowing.replace(old, "evenings")
    clock.move(days=1)
    desk.knowing.confirm(new)
    with pytest.raises(Refused, match="has changed"):
        desk.knowing.restore(old)
    desk.knowing.forget(new, "she never said that")
    desk.knowing.restore(old)
    assert standing(desk, ada) == [("prefers", "mornings")]
    assert desk.knowing.fact(new).state == "wrong"


def test_a_wrong_fact_leaves_the_desk_and_its_reason_stays(desk: Desk, ada: int) -> None:
    fact = desk.knowing.learn(ada, "knows", "has a dog")
    with pytest.raises(BadInput, match="say why"):
        desk.knowing.forget(fact, " ")
    desk.knowing.forget(fact, f"that is her neighbour {CARD}")
    assert standing(desk, ada) == []
    [mark] = marks(desk)
    assert mark[0] == "wrong"
    assert mark[1].startswith("that is her neighbour")
    assert CARD not in mark[1]
    assert mark[2] is None
    desk.knowing.restore(fact)
    assert standing(desk, ada) == [("knows", "has a dog")]
    assert marks(desk)[0][2] is not None
    assert events(desk) == ["fact.made", "fact.wrong", "fact.restored"]


def marks(desk: Desk) -> list[tuple[Any, ...]]:
    rows = desk.store.reader().rows("SELECT how, reason, undone_at FROM record_marks ORDER BY id")
    return [tuple(row) for row in rows]


def test_a_change_meanwhile_is_a_conflict(desk: Desk, ada: int) -> None:
    fact = desk.knowing.learn(ada, "knows", "has a dog")
    desk.knowing.confirm(fact, version=1)
    knowing = desk.knowing
    with pytest.raises(Conflict):
        knowing.confirm(fact, version=1)
    with pytest.raises(Conflict):
        knowing.replace(fact, "x", version=1)
    with pytest.raises(Conflict):
        knowing.forget(fact, "x", version=1)
    with pytest.raises(Conflict):
        knowing.restore(fact, version=1)
    with pytest.raises(Conflict):
        knowing.unconfirm(fact, None, version=1)


def test_a_fact_of_a_note_that_was_confirmed_survives_the_note(desk: Desk, ada: int) -> None:
    note = desk.noting.save("=prefers mornings", customer_id=ada)
    [fact] = desk.knowing.facts(ada)
    desk.knowing.confirm(fact.id)
    with pytest.raises(Refused, match="changed since"):
        desk.noting.undo(note.id)
    assert standing(desk, ada) == [("prefers", "mornings")]


def test_what_a_fact_replaced_of_the_wrong_person_stands_again(desk: Desk, ada: int) -> None:
    old = desk.knowing.learn(ada, "prefers", "mornings")
    desk.conversing.take(CallSignal("phone", "1", "answered"))
    [call] = desk.opening.live()
    desk.conversing.attach(call.id, ada)
    new = desk.knowing.replace(old, "evenings", interaction_id=call.id)
    bo = desk.registering.customer("Bo Lind")
    desk.conversing.move(call.id, bo)
    assert standing(desk, ada) == [("prefers", "mornings")]
    assert standing(desk, bo) == [("prefers", "evenings")]
    assert desk.knowing.fact(new).replaces_id is None
