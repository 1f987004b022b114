"""Receipts: what opens a script, what is kept of a reading, and whose that is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from agent_tui.domain.rules.seeing import reading_ms
from agent_tui.domain.tables import Script, ScriptRun
from agent_tui.domain.values.briefing import Brief
from agent_tui.domain.values.receipts import Gate, LineSeen, Receipt, SeenHow
from agent_tui.domain.values.signals import CallSignal
from agent_tui.errors import NotFound, Refused, UsageError
from agent_tui.services.desk import Desk
from tests.builders import NOON, StandingClock, make_desk
from tests.services.noted import a_call, rows

PEER = "020 7946 0018"


class Floor:
    """A customer whom Asha knows and Mira does not, on a call that Mira has."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = StandingClock()
        self.desks = ExitStack()
        self.asha = self.desk("asha")
        self.mira = self.desk("mira")
        self.who = self.asha.registering.customer("Ada Hart")
        self.asha.promising.make(self.who, "call back about the boiler", self.hence(hours=2))
        self.asha.noting.save("=prefers mornings", customer_id=self.who)
        self.asha.noting.save("no: the service plan", customer_id=self.who)
        self.call = self.a_call("1")
        with self.asha.writing() as unit:
            script = Script(
                slug="visit",
                number=1,
                title="Visit",
                kind="help",
                body="",
                digest="",
                created_at=NOON,
            )
            unit.add(script)
        self.script_id = script.id

    def desk(self, handle: str, **options: Any) -> Desk:
        desk = make_desk(self.url, handle=handle, now=self.clock, **options)
        return self.desks.enter_context(closing(desk))

    def hence(self, **length: float) -> datetime:
        return self.clock.now + timedelta(**length)

    def a_call(self, call: str) -> int:
        interaction = a_call(self.mira, call, f"{PEER}{call}")
        self.mira.conversing.attach(interaction, self.who)
        return interaction

    def brief(self, interaction: int | None = None, desk: Desk | None = None) -> Brief:
        return (desk or self.mira).opening.customer(self.who, interaction).brief

    def gate(self, interaction: int | None = None, desk: Desk | None = None) -> Gate:
        return (desk or self.mira).receipting.gate(self.who, interaction)

    def read(
        self, interaction: int | None = None, *kinds: str, desk: Desk | None = None
    ) -> Receipt:
        """Read the brief, or only the lines of these kinds."""
        desk = desk or self.mira
        brief = self.brief(interaction, desk)
        seen = [
            LineSeen(line.key, "viewed", reading_ms(line))
            for line in brief.lines
            if not kinds or line.kind in kinds
        ]
        return desk.receipting.seen(self.who, interaction, brief.digest, seen, focus="focused")

    def run(self, interaction: int | None = None, desk: Desk | None = None) -> int:
        """Open a script as the scripting service does; returns the receipt."""
        desk = desk or self.mira
        with desk.writing() as unit:
            receipt_id = desk.receipting.grant(unit, self.who, interaction)
            unit.add(
                ScriptRun(
                    script_id=self.script_id,
                    receipt_id=receipt_id,
                    agent_id=desk.agent.id,
                    customer_id=self.who,
                    interaction_id=interaction,
                    started_at=unit.now,
                )
            )
        return receipt_id


@pytest.fixture
def floor(migrated_url: str) -> Iterator[Floor]:
    floor = Floor(migrated_url)
    with floor.desks:
        yield floor


def test_a_script_in_no_interaction_waits_for_the_brief_of_the_desk(floor: Floor) -> None:
    floor.mira.conversing.take_over(floor.call)
    floor.mira.conversing.take(CallSignal("phone", "1", "ended"))
    floor.asha.noting.save("wants: the boiler mended", interaction_id=floor.call)
    at_the_desk = floor.mira.opening.at_the_desk(floor.who).brief
    assert not any("boiler mended" in line.text for line in at_the_desk.lines)
    lines = {line.key for line in at_the_desk.lines}
    assert lines
    assert lines.issuperset(floor.gate().unseen)
    seen = [LineSeen(line.key, "viewed", reading_ms(line)) for line in at_the_desk.lines]
    floor.mira.receipting.seen(floor.who, None, at_the_desk.digest, seen, focus="focused")
    assert floor.gate().is_open


def hows(receipt: Receipt) -> dict[str, SeenHow | None]:
    return {line.kind: line.how for line in receipt.lines}


def events(floor: Floor) -> list[tuple[str, str | None]]:
    sql = (
        "SELECT kind, detail FROM events WHERE kind LIKE 'receipt%' OR kind LIKE 'script%' "
        "ORDER BY sequence"
    )
    return [(kind, detail) for kind, detail in rows(floor.mira, sql)]


def test_a_script_opens_after_the_brief_was_read(floor: Floor) -> None:
    assert [line.kind for line in floor.brief().lines] == ["we_owe", "treat", "refused"]
    closed = floor.gate(floor.call)
    assert not closed.is_open
    assert closed.unseen == tuple(line.key for line in floor.brief(floor.call).lines)
    with pytest.raises(Refused, match=r"read the brief first.*We owe: .*boiler.*; .*No to: the"):
        floor.run(floor.call)
    assert rows(floor.mira, "SELECT * FROM script_runs") == []
    receipt = floor.read(floor.call)
    assert (receipt.how, receipt.focus, receipt.interaction_id) == ("seen", "focused", floor.call)
    assert set(hows(receipt).values()) == {"viewed"}
    assert all(line.ms and line.is_new for line in receipt.lines)
    assert [line.records for line in receipt.lines] == [
        line.records for line in floor.brief(floor.call).lines
    ]
    assert floor.gate(floor.call) == Gate(True, (), receipt.id)
    assert floor.run(floor.call) == floor.run(floor.call) == receipt.id
    assert events(floor) == [("receipt.granted", "seen")]


def test_a_look_that_was_too_short_is_none(floor: Floor) -> None:
    brief = floor.brief(floor.call)
    glimpses = [LineSeen(line.key, "viewed", reading_ms(line) - 1) for line in brief.lines]
    with pytest.raises(Refused, match="no line of this brief was read yet"):
        floor.mira.receipting.seen(floor.who, floor.call, brief.digest, glimpses)
    claims = [LineSeen(line.key, "known", 9_000) for line in brief.lines]
    with pytest.raises(Refused):
        floor.mira.receipting.seen(floor.who, floor.call, brief.digest, claims)
    assert rows(floor.mira, "SELECT * FROM receipts") == []
    acted = [LineSeen(line.key, "opened") for line in brief.lines]
    with pytest.raises(UsageError, match="no digest"):
        floor.mira.receipting.seen(floor.who, floor.call, "4111 1111 1111 1111", acted)
    receipt = floor.mira.receipting.seen(floor.who, floor.call, brief.digest, acted)
    assert (receipt.how, receipt.focus) == ("seen", "unknown")


def test_parts_of_a_reading_add_up(floor: Floor) -> None:
    first = floor.read(floor.call, "we_owe")
    assert (first.how, first.granted_at) == (None, None)
    assert hows(first) == {"we_owe": "viewed", "treat": None, "refused": None}
    assert len(floor.gate(floor.call).unseen) == 2
    floor.clock.move(minutes=2)
    second = floor.read(floor.call, "treat", "refused")
    assert hows(second) == {"we_owe": "known", "treat": "viewed", "refused": "viewed"}
    assert second.how == "seen"
    assert floor.run(floor.call) == second.id
    assert events(floor) == [("receipt.begun", None), ("receipt.granted", "seen")]


def test_nothing_new_opens_at_once_on_the_next_call(floor: Floor) -> None:
    read = floor.read(floor.call)
    floor.mira.conversing.end(floor.call)
    floor.clock.move(hours=1)
    again = floor.a_call("2")
    assert floor.gate(again) == Gate(True)
    assert floor.mira.receipting.of_interaction(again) == ()
    granted = floor.run(again)
    [known] = floor.mira.receipting.of_interaction(again)
    assert (known.id, known.how) == (granted, "known")
    assert {"we_owe", "treat", "refused"} <= set(hows(known))
    assert set(hows(known).values()) == {"known"}
    assert all(line.ms is None for line in known.lines)
    assert rows(floor.mira, f"SELECT repeats_id FROM receipts WHERE id = {granted}") == [(read.id,)]
    assert floor.gate(again).receipt_id == floor.run(again) == granted


@pytest.mark.parametrize(("days", "is_open"), [(1, True), (6, True), (8, False)])
def test_a_day_that_passes_closes_nothing_a_week_does(
    floor: Floor, days: int, is_open: bool
) -> None:
    read = floor.read()
    floor.clock.move(days=days)
    gate = floor.gate()
    assert (gate.is_open, gate.receipt_id) == (is_open, read.id if is_open else None)


def test_to_know_is_not_to_read_again(floor: Floor) -> None:
    """Scripts opened on what was known do not make the week begin anew."""
    floor.read()
    for _ in range(6):
        floor.clock.move(days=1)
        floor.run(floor.call)
    floor.clock.move(days=2)
    assert not floor.gate(floor.call).is_open


def test_what_falls_due_closes_the_gate(floor: Floor) -> None:
    floor.asha.promising.make(floor.who, "send the bill", floor.hence(days=2))
    floor.read(floor.call)
    assert floor.gate(floor.call).is_open
    floor.clock.move(days=2)
    gate = floor.gate(floor.call)
    assert not gate.is_open
    assert [line.kind for line in floor.brief(floor.call).lines if line.key in gate.unseen] == [
        "we_owe"
    ]
    receipt = floor.read(floor.call, "we_owe")
    assert receipt.how == "seen"
    assert floor.run(floor.call) == receipt.id


def test_a_line_that_changed_on_the_way_is_not_the_one_that_was_read(floor: Floor) -> None:
    brief = floor.brief(floor.call)
    seen = [LineSeen(line.key, "viewed", 9_000) for line in brief.lines]
    floor.asha.noting.save("no: calls on Sundays", customer_id=floor.who)
    receipt = floor.mira.receipting.seen(floor.who, floor.call, brief.digest, seen)
    assert (receipt.how, receipt.digest) == (None, brief.digest)
    assert hows(receipt) == {"we_owe": "viewed", "treat": "viewed", "refused": None}
    assert not floor.gate(floor.call).is_open


def test_a_receipt_is_its_agents_alone(floor: Floor) -> None:
    noor = floor.desk("noor")
    floor.read(floor.call)
    assert not floor.gate(floor.call, noor).is_open
    with pytest.raises(Refused):
        floor.run(floor.call, noor)
    assert floor.read(floor.call, desk=noor).how == "seen"
    floor.run(floor.call, noor)


def test_another_person_on_the_call_needs_a_receipt_of_their_own(floor: Floor) -> None:
    receipt = floor.read(floor.call)
    other = floor.asha.registering.customer("Ben Hart")
    floor.asha.noting.save("=expects a named engineer", customer_id=other)
    floor.mira.conversing.move(floor.call, other)
    with pytest.raises(Refused, match="with somebody else"):
        floor.gate(floor.call)
    with pytest.raises(Refused, match="with somebody else"):
        floor.run(floor.call)
    with pytest.raises(Refused, match="with somebody else"):
        floor.read(floor.call)
    with pytest.raises(Refused, match="with somebody else"):
        floor.mira.receipting.override(floor.who, floor.call, "emergency")
    assert not floor.mira.receipting.gate(other, floor.call).is_open
    floor.who = other
    assert floor.read(floor.call).id != receipt.id
    floor.run(floor.call)
    whose = {one.id: one.customer_id for one in floor.mira.receipting.of_interaction(floor.call)}
    assert whose[receipt.id] == receipt.customer_id != other


def test_a_caller_whom_nobody_knows_has_no_brief_to_read(floor: Floor) -> None:
    unknown = a_call(floor.mira, "9", "020 7946 0999")
    with pytest.raises(Refused):
        floor.gate(unknown)
    with pytest.raises(NotFound):
        floor.mira.receipting.gate(404, None)


def test_a_brief_without_lines_is_open(floor: Floor) -> None:
    nobody = floor.mira.registering.customer("New Person")
    assert floor.mira.receipting.gate(nobody, None) == Gate(True)
    floor.who = nobody
    receipt_id = floor.run()
    receipt = floor.mira.receipting.mine()[0]
    assert (receipt.id, receipt.how, receipt.lines) == (receipt_id, "known", ())


def test_an_override_opens_and_is_on_record(floor: Floor) -> None:
    floor.read(floor.call, "treat")
    receipt = floor.mira.receipting.override(floor.who, floor.call, "in_a_hurry", "  on fire  ")
    assert (receipt.how, receipt.override, receipt.reason) == ("override", "in_a_hurry", "on fire")
    assert hows(receipt) == {"we_owe": None, "treat": "known", "refused": None}
    assert floor.gate(floor.call).receipt_id == floor.run(floor.call) == receipt.id
    assert events(floor)[-1] == ("script.overridden", "in_a_hurry")
    assert "fire" not in repr(rows(floor.mira, "SELECT * FROM events"))


def test_an_override_holds_for_its_call_its_brief_and_an_hour(floor: Floor) -> None:
    floor.mira.receipting.override(floor.who, floor.call, "emergency")
    assert not floor.gate().is_open
    assert not floor.gate(floor.a_call("2")).is_open
    floor.clock.move(minutes=59)
    assert floor.gate(floor.call).is_open
    floor.clock.move(minutes=2)
    assert not floor.gate(floor.call).is_open
    floor.mira.receipting.override(floor.who, floor.call, "emergency")
    floor.asha.noting.save("no: calls on Sundays", customer_id=floor.who)
    assert not floor.gate(floor.call).is_open


def test_there_is_nothing_to_override_where_nothing_is_new(floor: Floor) -> None:
    read = floor.read(floor.call)
    receipt = floor.mira.receipting.override(floor.who, floor.call, "emergency")
    assert (receipt.id, receipt.how) == (read.id, "seen")
    other = floor.mira.receipting.override(floor.who, None, "emergency")
    assert (other.how, other.override) == ("known", None)


def test_an_override_needs_a_reason_of_the_list(floor: Floor) -> None:
    override = floor.mira.receipting.override
    with pytest.raises(UsageError, match="emergency, in_a_hurry, know_person, system_wrong"):
        override(floor.who, floor.call, "bored")
    for nothing in (None, "", " \n "):
        with pytest.raises(Refused, match="say in a few words"):
            override(floor.who, floor.call, "system_wrong", nothing)
    assert override(floor.who, floor.call, "system_wrong", "wrong Ada").how == "override"


def test_a_card_number_in_a_reason_is_masked(floor: Floor) -> None:
    card = "4111 1111 1111 1111"
    receipt = floor.mira.receipting.override(floor.who, None, "system_wrong", f"took {card}")
    assert receipt.reason is not None
    assert card not in receipt.reason
    assert "1111" in receipt.reason


def test_times_are_dropped_after_thirty_days_once_a_day_when_something_is_read(
    floor: Floor,
) -> None:
    def timed() -> int:
        sql = "SELECT count(*) FROM receipt_lines WHERE seen_ms IS NOT NULL"
        return int(rows(floor.mira, sql)[0][0])

    first = floor.read(floor.call)
    assert timed() == 3
    floor.clock.move(days=30, seconds=-1)
    floor.read(floor.call, "we_owe")
    assert timed() == 4
    floor.clock.move(seconds=2)
    assert [line.ms for line in floor.mira.receipting.of_interaction(floor.call)[1].lines] == [
        None,
        None,
        None,
    ]
    assert timed() == 4
    floor.clock.move(days=1)
    floor.mira.receipting.override(floor.who, floor.call, "emergency")
    assert timed() == 1
    assert ("receipts.times_dropped", "3") in events(floor)
    assert floor.mira.receipting.forget_times() == 0
    [kept] = [one for one in floor.mira.receipting.mine() if one.id == first.id]
    assert set(hows(kept).values()) == {"viewed"}
    floor.run(floor.call)


def test_receipts_are_the_agents_own_and_their_leads(floor: Floor) -> None:
    own = floor.read(floor.call)
    noor = floor.desk("noor", role="lead")
    tom = floor.desk("tom", role="lead")
    tom.staffing.place("tom", team="Night")
    assert [one.id for one in floor.mira.receipting.of_interaction(floor.call)] == [own.id]
    assert floor.asha.receipting.of_interaction(floor.call) == ()
    assert tom.receipting.of_interaction(floor.call) == ()
    [shown] = noor.receipting.of_interaction(floor.call)
    assert (shown.agent, shown.lines) == ("Mira", own.lines)
    assert noor.receipting.mine() == ()
    theirs = floor.read(floor.call, desk=noor)
    assert [one.id for one in noor.receipting.of_interaction(floor.call)] == [theirs.id, own.id]
    floor.clock.move(days=31)
    later = [line.ms for one in noor.receipting.of_interaction(floor.call) for line in one.lines]
    assert set(later) == {None}
    noor.staffing.place("noor", role="agent")
    assert [one.id for one in noor.receipting.of_interaction(floor.call)] == [theirs.id]


def test_no_event_tells_how_long_anybody_looked(floor: Floor) -> None:
    brief = floor.brief(floor.call)
    seen = [LineSeen(line.key, "viewed", 77_777) for line in brief.lines]
    floor.clock.move(seconds=90)
    receipt = floor.mira.receipting.seen(floor.who, floor.call, brief.digest, seen)
    assert {line.ms for line in receipt.lines} == {77_777}
    assert receipt.begun_at == receipt.granted_at
    assert "77777" not in repr(rows(floor.mira, "SELECT * FROM events"))


class Team:
    """Five agents and a lead, in a team, each with a run of their own."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.lead = floor.desk("noor", role="lead")
        self.agents = [floor.mira, *(floor.desk(f"agent{number}") for number in range(4))]

    def figures(self, desk: Desk | None = None, team: str = "Desk", *, days: float = 30) -> Any:
        return (desk or self.lead).receipting.team_figures(
            team, self.floor.hence(days=-days), self.floor.hence(days=1)
        )

    def run(self, *desks: Desk) -> None:
        """Each of these reads and opens a script."""
        for desk in desks:
            self.floor.read(desk=desk)
            self.floor.run(desk=desk)


@pytest.fixture
def team(floor: Floor) -> Team:
    return Team(floor)


def test_figures_are_of_five_agents_and_more(floor: Floor, team: Team) -> None:
    team.run(*team.agents[:-1])
    team.agents[-1].receipting.override(floor.who, None, "know_person")
    floor.run(desk=team.agents[-1])
    floor.run(desk=team.agents[-1])
    floor.read(floor.call)
    floor.clock.move(minutes=1)
    floor.run(floor.call)
    floor.mira.conversing.take_over(floor.a_call("8"))
    floor.clock.move(days=7)
    found = team.figures()
    assert (found.agents, found.runs, found.seen, found.known) == (5, 7, 5, 0)
    assert found.overrides == {"know_person": 2}
    assert found.unknown_focus == 0
    assert found.missing == 1
    assert (found.weeks, found.left_out) == (1, 0)
    floor.clock.move(days=31)
    with pytest.raises(Refused, match="of the 7 in this team at most 0 ran scripts"):
        team.figures()


def test_a_week_of_fewer_than_five_is_left_out(floor: Floor, team: Team) -> None:
    team.run(*team.agents)
    floor.clock.move(days=7)
    team.run(*team.agents[:-1])
    floor.clock.move(days=7)
    found = team.figures()
    assert (found.runs, found.weeks, found.left_out) == (5, 1, 1)
    with pytest.raises(Refused, match="at most 4 ran scripts"):
        team.figures(days=13)


def test_two_figures_tell_of_no_single_run(floor: Floor, team: Team) -> None:
    team.run(*team.agents)
    with pytest.raises(UsageError, match="whole weeks that are over"):
        team.figures(days=6)
    floor.clock.move(days=7)
    before = team.figures()
    team.run(floor.mira)
    assert team.figures() == before, "the week that runs is not counted"
    for minutes in range(3):
        since = NOON - timedelta(days=7, minutes=minutes)
        shifted = team.lead.receipting.team_figures("Desk", since, floor.clock.now)
        assert replace(shifted, since=before.since) == before


def test_figures_are_for_leads_of_that_team_and_admins(floor: Floor, team: Team) -> None:
    team.run(*team.agents)
    floor.clock.move(days=7)
    with pytest.raises(Refused, match="only an admin, or a lead of that team"):
        team.figures(floor.mira)
    other = floor.desk("tom", role="lead")
    other.staffing.place("tom", team="Night")
    with pytest.raises(Refused, match="only an admin"):
        team.figures(other)
    with pytest.raises(Refused, match="of the 1 in this team at most 0"):
        team.figures(other, "Night")
    admin = floor.desk("root", role="admin")
    assert team.figures(admin) == team.figures()
    with pytest.raises(NotFound, match="there is no team Day"):
        team.figures(admin, "Day")
