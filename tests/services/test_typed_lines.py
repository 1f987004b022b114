"""Lines: what is typed for a short question is a draft, on the record that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import QUESTIONS, Asked, asked_in
from agent_tui.services.desk import Desk
from tests.builders import make_desk

VISA = "4111 1111 1111 1111"


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with closing(make_desk(migrated_url)) as made:
        yield made


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_about_a_record_fits_and_is_read_back(question: str) -> None:
    asked = Asked(ids.show(ids.RUN, (1 << 63) - 1), f"{question}.0123abcd")
    assert len(asked.about) <= 40
    assert asked_in(asked.about) == asked
    assert asked.words == QUESTIONS[question]


def test_a_line_is_listed_with_whose_record_it_is_about_and_ends_when_it_is_empty(
    desk: Desk,
) -> None:
    ada = desk.registering.customer("Ada Hart")
    note = desk.noting.save("!call back +3d =prefers mornings", customer_id=ada)
    records = {one.kind: one.id for one in note.records}
    promise = Asked(records["promise"], "withdraw").about
    fact = Asked(records["fact"], "wrong").about
    on_them = Asked(ids.show(ids.CUSTOMER, ada), "fact").about
    mine = Asked("", "friction.speed").about
    for place, about in enumerate((promise, fact, on_them, mine), start=1):
        desk.drafting.journal(about, f"half {place}", draft_id=place, kind="line")
    found = {one.about: (one.subject, one.customer_id) for one in desk.drafting.lines()}
    assert found == {
        promise: ("Ada Hart", ada),
        fact: ("Ada Hart", ada),
        on_them: ("Ada Hart", ada),
        mine: (None, None),
    }
    assert {one.about for one in desk.opening.today().drafts} == set(found)
    assert desk.opening.draft(ids.show(ids.CUSTOMER, ada), ada) is None
    desk.drafting.journal(promise, "", draft_id=1, kind="line")
    assert promise not in {one.about for one in desk.drafting.lines()}


def test_a_line_has_no_card_number_and_is_its_own_agents(desk: Desk, migrated_url: str) -> None:
    about = Asked("", "friction.other").about
    desk.drafting.journal(about, f"it shows {VISA} to all", draft_id=1, kind="line")
    [line] = desk.drafting.lines()
    assert "4111 1111 1111" not in line.text
    with closing(make_desk(migrated_url, handle="asha")) as colleague:
        assert colleague.drafting.lines() == ()
