"""Records and whole dossiers for tests of the brief, and strategies that draw them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar

from hypothesis import strategies as st

from agent_tui.domain.values.briefing import Brief, BriefLine
from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.follow_ups import Question
from agent_tui.domain.values.people import (
    Case,
    Concession,
    Customer,
    Dossier,
    Fact,
    Interaction,
    Mood,
    Refusal,
)
from agent_tui.domain.values.promises import Promise

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
KATHERINE = Customer(1, "Katherine Smith")
NEVER_CUT = ("notice", "we_owe", "complaint")
ORDER = (*NEVER_CUT, "last_contact", "treat", "refused", "balance", "ask_again")
OTHER_ZONE = timezone(timedelta(hours=5, minutes=30))
MIRA = 11

Any_ = TypeVar("Any_")


def at(days: float = 0, hours: float = 0) -> datetime:
    return NOW + timedelta(days=days, hours=hours)


def promise(number: int, due: datetime | None, **other: Any) -> Promise:
    first = Promise(number, 1, "Katherine Smith", "ours", "a call", due, "open", "Asha", 7, at(-5))
    return replace(first, **other)


def fact(number: int, kind: Any, text: str = "mornings", **other: Any) -> Fact:
    return replace(Fact(number, kind, text, "stated", at(-100), None), **other)


def case(number: int, due: datetime | None, **other: Any) -> Case:
    return replace(Case(number, "complaint", "boiler visit", "C7K2", "open", at(-4), due), **other)


def call(number: int, opened: datetime, **other: Any) -> Interaction:
    first = Interaction(
        id=number,
        customer_id=1,
        customer="Katherine Smith",
        channel="phone",
        direction="in",
        state="wrapped_up",
        opened_at=opened,
        answered_at=None,
        closed_at=None,
        agent_id=None,
        agent="Asha",
        agenda=None,
        met="not_asked",
        outcome=None,
        topics=(),
    )
    return replace(first, **other)


def gave(number: int, side: Any, when: datetime, **other: Any) -> Concession:
    return replace(Concession(number, side, "patience", None, None, None, when), **other)


def question(number: int, text: str = "the account number", **other: Any) -> Question:
    return replace(Question(number, 1, text, "open", at(-3), None, None, 1), **other)


def line(brief: Brief, kind: str) -> BriefLine | None:
    return next((line for line in brief.lines if line.kind == kind), None)


near = st.floats(-800, 800).map(lambda days: at(days=days))
sides = st.sampled_from(["ours", "theirs"])
numbers = st.integers(0, 3) | st.integers(0, 2**63 - 1)


def unique(made: st.SearchStrategy[Any_]) -> st.SearchStrategy[tuple[Any_, ...]]:
    return st.lists(made, max_size=5, unique_by=lambda record: getattr(record, "id", None)).map(
        tuple
    )


dossiers = st.builds(
    Dossier,
    customer=st.just(KATHERINE),
    promises=unique(
        st.builds(
            promise,
            numbers,
            st.none() | near,
            side=sides,
            state=st.sampled_from(["open", "kept"]),
            created_at=near,
            replaces_id=st.none() | st.integers(0, 3),
            told_at=st.none() | near,
        )
    ),
    cases=unique(
        st.builds(
            case,
            numbers,
            st.none() | near,
            kind=st.sampled_from(["complaint", "order"]),
            state=st.sampled_from(["open", "closed"]),
            complaint=st.none() | st.builds(Complaint, st.just("C7K2"), st.none() | near),
        )
    ),
    facts=unique(
        st.builds(
            fact,
            numbers,
            st.sampled_from(["notice", "prefers", "expects", "knows", "agreed", "circumstance"]),
            st.sampled_from(["a", "b", "mornings", "evenings", "no mornings"]),
            source=st.sampled_from(["stated", "record", "impression"]),
            stated_at=near,
            confirm_by=st.none() | near,
            confirmed_at=st.none() | near,
            author_id=st.sampled_from([None, MIRA]),
        )
    ),
    refusals=unique(st.builds(Refusal, numbers, st.just("offers"), near, st.none() | near)),
    concessions=unique(
        st.builds(
            gave,
            numbers,
            sides,
            near,
            amount=st.sampled_from([None, "20.10", "0.1"]),
            currency=st.sampled_from([None, "GBP"]),
        )
    ),
    interactions=unique(
        st.builds(
            call,
            numbers,
            near,
            topics=st.sampled_from([(), ("boiler",), ("bill", "boiler")]),
            state=st.sampled_from(["wrapped_up", "talking"]),
            agent_id=st.sampled_from([None, MIRA, 12]),
            is_empty=st.booleans(),
        )
    ),
    questions=unique(st.builds(question, numbers, at=near)),
    moods=unique(st.builds(Mood, numbers, st.just("fed up"), near, numbers)),
)
