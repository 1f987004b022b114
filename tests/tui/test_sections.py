"""The sections below the brief: what each says, at every width, and what Enter unfolds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.briefing import Balance, Brief, OpenedCustomer
from agent_tui.domain.values.knowing import Circle, TieMatter, TieShown
from agent_tui.domain.values.people import ContactPoint, Customer, Dossier, Refusal
from agent_tui.text.cells import width
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.ink import Line, spans_width
from agent_tui.tui.widgets.rows import Row
from agent_tui.tui.widgets.sections.shown import Sections
from agent_tui.tui.widgets.sections.titles import ADDABLE, NAMES
from tests.domain.dossiers import NOW, at, case, fact, gave, promise, question

NARROW, ROOMY = 33, 54
HERE = Here(NOW, UTC)
LONG = "her mother, 84, stays with them until spring and feels the cold more than she will say"


def opened(circle: Circle | None = None, **records: Any) -> OpenedCustomer:
    customer = Customer(1, "Katherine Smith", contact_points=records.pop("points", ()))
    dossier = Dossier(customer=customer, **records)
    return OpenedCustomer(dossier, Brief(customer, (), Balance(0, 0)), circle)


def at_section(name: str, circle: Circle | None = None, **records: Any) -> Sections:
    sections = Sections()
    sections.show(opened(circle, **records), HERE)
    sections.turn_to(name)
    return sections


def words(lines: list[Line]) -> list[str]:
    """Rows as they read: what stands left and what is aligned right."""
    return [
        " ".join("".join(span.text for span in side) for side in (one.left, one.right)).rstrip()
        for one in lines
    ]


def said(sections: Sections, cells: int = ROOMY) -> str:
    return "\n".join(words(sections.lines(cells)))


def rows(sections: Sections) -> list[Row]:
    return [one.key for one in sections.lines(ROOMY)[1:] if one.key is not None]


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_section_says_how_it_is_filled(name: str) -> None:
    title, *empty = words(at_section(name).lines(ROOMY))
    assert name in title
    assert empty[0].startswith(("  nothing", "  no case", "  nobody"))
    assert ("+ add" in title) == (name in ADDABLE)


def test_who_is_asked_to_take_a_promise_over_sees_who_offers_it_and_nobody_else_does() -> None:
    offered = replace(promise(1, at(1)), offered_to_id=7, offered_by="Noor Haddad", offered_by_id=3)
    for me, is_said in ((7, True), (8, False), (None, False)):
        sections = Sections()
        sections.show(opened(promises=(offered,)), HERE._replace(me=me))
        sections.turn_to("Promises")
        assert ("Noor offers you: " in said(sections)) is is_said
        [row] = [one.key for one in sections.lines(ROOMY)[1:]]
        assert isinstance(row, Row)
        [first, _second] = sections.hints(row, {"act": "Space"})
        assert first == ("Space accepts or declines" if is_said else "Space act")


def test_everything_has_its_section_with_a_count() -> None:
    sections = at_section(
        "Promises",
        Circle((TieShown(1, 2, "Rosa Hart", "household"),), 1),
        promises=(promise(1, at(-1)), promise(2, at(1)), promise(3, at(-9), state="kept")),
        cases=(case(1, at(1)),),
        questions=(question(1),),
        facts=(fact(1, "prefers"), fact(2, "knows", "a dog")),
        refusals=(Refusal(1, "offers", at(-9), None),),
        concessions=(gave(1, "ours", at(-1)), gave(2, "theirs", at(-2))),
        points=(ContactPoint("phone", "+44 20 7946 0018", id=5),),
    )
    [title, *_rows] = words(sections.lines(200))
    assert title.removesuffix(" + add").split("  ")[1:] == [
        "Promises 2",
        "Cases 1",
        "To ask 1",
        "Knows 2",
        "No to 1",
        "Ledger 2",
        "People 1",
        "Reach 1",
    ]


def test_what_contradicts_stands_together_and_what_has_aged_is_to_be_asked_again() -> None:
    sections = at_section(
        "Knows",
        facts=(
            fact(1, "prefers", "mornings", stated_at=at(-20)),
            fact(2, "knows", "a dog", source="record", stated_at=at(-10)),
            fact(3, "prefers", "evenings", stated_at=at(-5)),
            fact(4, "values", "short words", source="impression", stated_at=at(-40)),
        ),
    )
    assert words(sections.lines(ROOMY))[1:] == [
        "≠ prefers       evenings said 5 d",
        "≠ or            mornings said 20 d",
        "  knows         a dog on record 10 d",
        "? values        short words impression · ask again",
    ]


def test_the_ledger_says_its_balance_before_its_entries() -> None:
    sections = at_section(
        "Ledger",
        concessions=(
            gave(1, "ours", at(-3), kind="waived fee", amount="20", currency="GBP"),
            gave(2, "theirs", at(-500)),
        ),
    )
    assert words(sections.lines(ROOMY))[1:] == [
        "  Twelve months: we gave 1 (20 GBP), they gave 0;",
        "    ever: 1 (20 GBP) and 1",
        "  we gave    waived fee, 20 GBP 3 d",
        "  they gave  patience 16 mo",
    ]


def test_a_refusal_says_when_they_may_be_asked_again() -> None:
    sections = at_section(
        "No to",
        refusals=(
            Refusal(1, "offers", at(-9), None),
            Refusal(2, "surveys", at(-9), at(30)),
            Refusal(3, "calls", at(-99), at(-1)),
        ),
    )
    assert words(sections.lines(ROOMY))[1:] == [
        "  offers 9 d",
        "  surveys 9 d · until 22 Dec",
        "? calls 3 mo · ask again",
    ]


def test_people_come_with_what_matters_to_both_and_lead_to_them() -> None:
    ties = (
        TieShown(1, 2, "Rosa Hart", "cares for", TieMatter("late_promise", at(-6), "call back")),
        TieShown(2, 3, "Ben Ray", "colleague", TieMatter("live_call", at(), None)),
        TieShown(3, 4, "Cy Hall", "household", TieMatter("last_contact", at(-3))),
    )
    sections = at_section("People", Circle(ties, 60))
    assert words(sections.lines(ROOMY))[1:] == [
        "! cares for      Rosa Hart late 6 d: call back",
        "• colleague      Ben Ray in contact now",
        "  household      Cy Hall last contact 3 d ago",
        "                 60 people in all",
    ]
    first = rows(sections)[0]
    assert first.customer_id == 2
    assert not sections.open(first)


def test_a_withdrawn_consent_is_told_by_a_sign_and_words() -> None:
    sections = at_section(
        "Reach",
        points=(
            ContactPoint("email", "k@example.com", True, "given", 5),
            ContactPoint("phone", "07700 900118", False, "withdrawn", 6),
        ),
    )
    assert words(sections.lines(ROOMY))[1:] == [
        "  email     k@example.com preferred · consent given",
        "× phone     07700 900118 consent withdrawn",
    ]


def test_enter_unfolds_the_whole_words_and_then_leads_to_where_they_were_said() -> None:
    sections = at_section(
        "Knows",
        facts=(
            fact(2, "circumstance", LONG, stated_at=at(-5), interaction_id=9),
            fact(1, "knows", "a dog"),
        ),
    )
    assert "…" in said(sections, NARROW).replace("circumst…", "")
    first, second = rows(sections)
    assert sections.open(first)
    unfolded = " ".join(said(sections, NARROW).split())
    assert LONG in unfolded.replace("said 5 d ", "")
    assert "they said so" in unfolded
    assert "Enter: where it was said" in unfolded
    assert not sections.open(first)
    assert sections.open(second)
    assert "holds until" in said(sections)
    assert sections.open(second)
    assert "holds until" not in said(sections)
    assert not sections.fold()


def test_what_was_left_out_is_shown_and_folded_again() -> None:
    sections = at_section("Knows", facts=tuple(fact(n, "knows", f"no {n}") for n in range(20)))
    more = rows(sections)[-1]
    assert "and 14 more" in said(sections)
    assert sections.open(more)
    assert "more" not in said(sections)
    assert sections.fold()
    assert "and 14 more" in said(sections)


def test_newer_records_of_the_same_person_turn_no_page() -> None:
    sections = at_section("Ledger", facts=(fact(1, "knows"),))
    sections.show(opened(facts=(fact(1, "knows"), fact(2, "knows"))), HERE)
    assert sections.name == "Ledger"
    other = Customer(2, "Ava Lee")
    sections.show(
        OpenedCustomer(Dossier(other, facts=(fact(3, "knows"),)), Brief(other, (), Balance(0, 0))),
        HERE,
    )
    assert sections.name == "Knows"


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "P")), min_size=1)


@given(
    cells=st.integers(30, 120),
    texts=st.lists(TEXTS, min_size=1, max_size=9),
    name=st.sampled_from(NAMES),
    whole=st.booleans(),
)
def test_no_row_is_wider_than_the_pane(
    cells: int, texts: list[str], name: str, whole: bool
) -> None:
    ties = tuple(
        TieShown(n, n, text, text[:30] or "friend", TieMatter("complaint", at(-2), text))
        for n, text in enumerate(texts)
    )
    sections = at_section(
        name,
        Circle(ties, len(ties)),
        promises=tuple(promise(n, at(-n), text=text) for n, text in enumerate(texts)),
        cases=tuple(case(n, at(-n), title=text) for n, text in enumerate(texts)),
        questions=tuple(question(n, text) for n, text in enumerate(texts)),
        facts=tuple(
            fact(n, "circumstance", text, source="impression") for n, text in enumerate(texts)
        ),
        refusals=tuple(
            Refusal(n, text, at(-9), NOW + timedelta(days=400)) for n, text in enumerate(texts)
        ),
        concessions=tuple(gave(n, "ours", at(-n), kind=text) for n, text in enumerate(texts)),
        points=tuple(
            ContactPoint("address", text, True, "withdrawn", n) for n, text in enumerate(texts)
        ),
    )
    if whole and name != "Asked":
        sections.open(rows(sections)[0])
    for one in sections.lines(cells):
        taken = spans_width(one.left) + (1 + spans_width(one.right) if one.right else 0)
        assert taken <= cells
        assert all(width(span.text) <= cells for span in one.left)
