"""Every field that is documented is filled in, from the record that it should come from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

from agent_tui.domain.rules.fields import FIELDS, fields_for, fresh_in
from agent_tui.domain.rules.templates import fill
from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.complaints import Complaint
from agent_tui.domain.values.kinds import FactKind, FactSource, PromiseState, Side
from agent_tui.domain.values.people import Case, ContactPoint, Customer, Dossier, Fact, Interaction
from agent_tui.domain.values.promises import Promise

NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
DAY = timedelta(days=1)
MIRA = Agent(1, "mira", "Mira Okafor", "agent", "North")
ADA = Customer(
    2,
    "Ada Hart",
    company="Northwind",
    city="Leeds",
    language="en",
    pronouns="she/her",
    contact_points=(ContactPoint("phone", "020 7946 0018"), ContactPoint("email", "a@example.com")),
)
CALL = Interaction(
    3, 2, "Ada Hart", "phone", "in", "talking", NOW, NOW, None, 1, "Mira", "the visit", "not_asked",
    None, (),
)  # fmt: skip


def promise(
    id: int, due: datetime | None, side: Side = "ours", state: PromiseState = "open"
) -> Promise:
    return Promise(
        id, 2, "Ada Hart", side, f"promise {id}", due, state, "Asha", None, NOW - 9 * DAY
    )


def fact(
    id: int,
    kind: FactKind,
    stated: datetime = NOW - DAY,
    source: FactSource = "stated",
    confirm_by: datetime | None = None,
) -> Fact:
    return Fact(id, kind, f"fact {id}", source, stated, confirm_by)


def complaint(id: int, opened: datetime, state: str = "open") -> Case:
    return Case(
        id, "complaint", f"complaint {id}", None, state, opened, NOW + DAY,
        complaint=Complaint("C7K2", acknowledged_at=opened),
    )  # fmt: skip


DOSSIER = Dossier(
    ADA,
    promises=(
        promise(1, None),
        promise(2, NOW + DAY),
        promise(3, NOW - 6 * DAY),
        promise(4, NOW - 9 * DAY, "theirs"),
        promise(5, NOW - 9 * DAY, state="kept"),
    ),
    cases=(complaint(1, NOW), complaint(2, NOW - DAY), complaint(3, NOW - 2 * DAY, "closed")),
    facts=(
        *(fact(10 + place, kind) for place, kind in enumerate(get_args(FactKind))),
        fact(9, "prefers", NOW - 9 * DAY),
    ),
)


def said(template: str, dossier: Dossier = DOSSIER, call: Interaction | None = CALL) -> str:
    return fill(template, fields_for(dossier, MIRA, call, NOW, UTC)).text


def test_every_field_is_filled_in() -> None:
    fields = fields_for(DOSSIER, MIRA, CALL, NOW, UTC)
    for field in FIELDS:
        assert fill(f"{{{{ {field.name} }}}}", fields).unknown == (), field.name
        assert field.says


def test_the_promise_is_ours_open_and_due_first() -> None:
    assert said(
        "{{ promise.text }}, {{ promise.due }}, {{ promise.date }}, {{ promise.owner }}"
    ) == ("promise 3, late 6 d, Wed 18 Nov, Asha")
    undated = Dossier(ADA, promises=(promise(1, None),))
    assert said("{{ promise.text }} {{ promise.due }}", undated) == "promise 1 {promise.due}"


def test_the_complaint_is_the_oldest_that_is_open() -> None:
    assert said(
        "{{ complaint.text }} {{ complaint.id }}: {{ complaint.next }}, {{ complaint.due }}"
    ) == ("complaint 2 C7K2: assess, tomorrow")


def test_the_newest_fact_of_a_kind_counts() -> None:
    assert said("{{ fact.prefers }}") == "fact 12"


def test_what_is_not_there_shows_as_itself() -> None:
    nothing = Dossier(Customer(2, "Ada"))
    for field in FIELDS:
        group = field.name.split(".")[0]
        if group in ("promise", "complaint", "fact", "interaction"):
            assert said(f"{{{{ {field.name} }}}}", nothing, None) == f"{{{field.name}}}"


def test_only_what_is_known_and_need_not_be_asked_again_is_fresh() -> None:
    dossier = Dossier(
        Customer(2, "Ada Hart", city="Leeds", company=" "),
        facts=(
            fact(1, "prefers", confirm_by=NOW + DAY),
            fact(2, "expects", confirm_by=NOW - DAY),
            fact(3, "values", source="impression"),
            fact(4, "agreed", source="record"),
            fact(5, "circumstance", NOW - 2 * DAY),
            fact(6, "circumstance", NOW - DAY, source="impression"),
        ),
    )
    assert fresh_in(dossier, NOW) == {
        "customer.name",
        "customer.first_name",
        "customer.last_name",
        "customer.city",
        "fact.prefers",
        "fact.agreed",
    }
