"""`wrap-up` under the rules of the desk, in bulk too; `today` lists what is still open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent_tui.cli import diagnostics
from agent_tui.domain.tables import (
    Case,
    Complaint,
    FollowUp,
    HandOver,
    Interaction,
    Promise,
    Review,
)
from agent_tui.domain.values import ids
from agent_tui.domain.values.signals import CallChange, CallSignal
from tests.builders import make_desk
from tests.cli.conftest import Run
from tests.cli.test_docs import example, shape
from tests.services.chats import chat, report


@pytest.fixture
def calls(run: Run, process: Run, desk: Path) -> list[str]:
    """Three calls of mira that have ended: two of Katherine, one of nobody known."""
    lines = [
        {"type": kind, "call": call, "to": "mira", "from": sender}
        for call, sender in (("1", "+442079460018"), ("2", "+442079460018"), ("3", "07700 900118"))
        for kind in ("ringing", "answered", "ended")
    ]
    run("agents")
    assert process("feed", stdin="\n".join(map(json.dumps, lines)).encode()).code == 0
    return [one["id"] for one in reversed(run("recent", "--json").json[:3])]


def test_an_interaction_is_wrapped_up_parked_and_reopened(run: Run, calls: list[str]) -> None:
    first = calls[0]
    assert run("wrap-up", first, "--park").out == f"{first}\n"
    assert [one["id"] for one in run("today", "--json").json["parked"]] == [first]
    done = run("wrap-up", first, "--met", "yes", "--read-back", "agreed", "--summary", "All well.")
    assert (done.code, done.out) == (0, f"{first}\n")
    again = run("wrap-up", first, "--met", "yes", "--json").json[0]
    assert (again["state"], again["met"], again["summary"]) == ("wrapped_up", "yes", "All well.")
    refused = run("wrap-up", first, "--met", "no", "--outcome", "other")
    assert (refused.code, refused.out) == (diagnostics.FAILED, "")
    assert "reopen" in refused.err
    assert run("wrap-up", first, "--reopen", "--json").json[0]["state"] == "ended"
    assert first in [one["id"] for one in run("today", "--json").json["wrap_ups"]]


def test_in_bulk_each_stands_for_itself(run: Run, calls: list[str]) -> None:
    ended = run("wrap-up", *calls, "i_nonsense", "--met", "yes", "--json")
    assert ended.code == diagnostics.DONE_IN_PART
    assert [one["id"] for one in ended.json] == calls[:2]
    told = ended.err.splitlines()
    assert [line.split(":")[0] for line in told] == [calls[2], "i_nonsense"]
    assert "nobody is known" in told[0]
    left = run("today", "--json").json
    assert [one["id"] for one in left["wrap_ups"]] == [calls[2]]
    refused = run("wrap-up", calls[2], "i_nonsense", "--met", "no")
    assert (refused.code, refused.out) == (diagnostics.FAILED, "")
    assert run("wrap-up", calls[2], "--met", "not_asked", "--outcome", "wrong number").code == 0
    assert run("today", "--json").json["wrap_ups"] == []


def test_who_was_not_met_needs_an_outcome(run: Run, calls: list[str]) -> None:
    refused = run("wrap-up", calls[0], "--met", "partly")
    assert refused.code == diagnostics.FAILED
    assert "say how it ended" in refused.err
    assert run("wrap-up", calls[0], "--met", "partly", "--outcome", "they will write").code == 0


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["i_1"],
        ["i_1", "--met", "maybe"],
        ["i_1", "--met", "yes", "--park"],
        ["i_1", "--park", "--reopen"],
        ["i_1", "--park", "--outcome", "x"],
        ["i_1", "--met", "yes", "--read-back", "perhaps"],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(run: Run, words: list[str]) -> None:
    assert run("wrap-up", *words).code == diagnostics.WRONG_USAGE


def fill(file: Path) -> None:
    """One of each that Today lists, but for what a colleague declined."""
    desk = make_desk(f"sqlite:///{file}")
    who = desk.finding.choose("k1")
    me, asha = desk.agent.id, make_desk(f"sqlite:///{file}", handle="asha").agent.id
    for change in ("ringing", "ended"):
        desk.conversing.take(CallSignal("phone", "x", change, sender="07700 900118"))
    desk.drafting.journal(ids.show(ids.CUSTOMER, who), "stayed home", draft_id=ids.new_id())
    with desk.writing() as unit:
        now = unit.now
        for text, parked in (("to wrap up", None), ("put off", now)):
            unit.add(
                Interaction(
                    customer_id=who,
                    agent_id=me,
                    channel="phone",
                    direction="in",
                    state="ended",
                    agenda=text,
                    opened_at=now,
                    answered_at=now,
                    parked_at=parked,
                )
            )
        made: dict[str, Any] = {"customer_id": who, "side": "ours", "created_at": now}
        unit.add(
            Promise(**made, text="call back", owner_id=me, due_at=now),
            Promise(**made, text="a form", owner_id=asha, offered_to_id=me, offered_by_id=asha),
            FollowUp(customer_id=who, owner_id=me, asked_by_id=asha, text="the meter", at=now),
        )
        talk = Interaction(
            customer_id=who,
            agent_id=asha,
            channel="phone",
            direction="in",
            state="talking",
            agenda="the visit",
            opened_at=now,
        )
        unit.add(talk)
        unit.add(HandOver(interaction_id=talk.id, customer_id=who, from_id=asha, to_id=me, at=now))
        case = Case(customer_id=who, kind="complaint", title="nobody came", opened_at=now)
        unit.add(case)
        unit.add(Complaint(case_id=case.id, speakable="C7K2"))
        told: dict[str, Any] = {"interaction_id": talk.id, "agent_id": me, "author_id": asha}
        unit.add(Review(**told, kind="praise", text="you let her finish", at=now))
    desk.close()


def test_the_example_of_today(run: Run, desk: Path) -> None:
    fill(desk)
    printed = run("today", "--json").json
    assert json.dumps(shape(example("today"))) == json.dumps(shape(printed))
    assert printed["counts"] == example("today")["counts"]
    assert printed["totals"] == example("today")["totals"]


def test_the_example_of_wrap_up(run: Run, desk: Path) -> None:
    [call] = run("recent", "--json").json
    printed = run("wrap-up", call["id"], "--met", call["met"], "--json").json
    assert json.dumps(shape(example("wrap-up"))) == json.dumps(shape(printed))


def test_who_waits_stands_in_the_order_of_the_desk(run: Run, desk: Path) -> None:
    made = make_desk(f"sqlite:///{desk}")

    def told(call: str, *changes: CallChange) -> None:
        receiver = "mira" if "held" in changes else None
        for change in changes:
            made.conversing.take(CallSignal("phone", call, change, receiver=receiver))

    told("u", "answered", "ended")
    chat(made)
    failed = made.sending.send(made.browsing.recent(limit=1)[0].id, "tomorrow at ten")
    made.sending.claim("chat")
    report(made, failed, delivered=False)
    made.conversing.take(CallSignal("chat", "first", "ringing"))
    told("x", "ringing", "ended")
    told("r", "ringing")
    told("h", "answered", "held")
    made.close()
    assert [one["kind"] for one in run("today", "--json").json["waiting"]] == [
        "held",
        "ringing",
        "unanswered",
        "first_answer",
        "missed",
        "undelivered",
        "unclaimed",
    ]


def test_today_in_words_is_one_matter_a_line(run: Run, desk: Path) -> None:
    assert run("today").out == "Mira, ready.\nNobody waits and nothing is owed.\n"
    fill(desk)
    said = [line.rsplit(". ", 1)[0] for line in run("today").out.splitlines()]
    assert said[0] == "Mira, ready."
    for line in (
        "Waiting (1):",
        "Promised by you (1):",
        "Offered to you: accept or decline (1):",
        "! Katherine Smith: a form, no date, asked by Asha",
        "Asked of you (1):",
        "Conversations offered to you: accept or decline (1):",
        "To wrap up (1):",
        "Wrap-ups parked (1):",
        "Drafts (1):",
        "Reviews to read (1):",
    ):
        assert line in said
    assert any(line.startswith("! 07700 900118: phone, missed, ") for line in said)
    assert any(line.startswith("! Katherine Smith: call back, late ") for line in said)
    assert any(line.startswith("! Katherine Smith: the visit, offered by Asha, ") for line in said)
    complaint = "! Katherine Smith: C7K2 nobody came, acknowledge, late "
    assert any(line.startswith(complaint) for line in said)
    assert any(line.startswith("- Katherine Smith: stayed home, ") for line in said)
