"""The demo desk is true today, also tomorrow, and after being killed halfway."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, islice
from pathlib import Path

import pytest

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.domain.rules.complaints import next_step
from agent_tui.domain.values.complaints import NextStep
from agent_tui.domain.values.signals import CallSignal, MessageSignal
from agent_tui.errors import ForeignDatabase
from agent_tui.services import demo_callers, demonstrating
from agent_tui.services.demo_callers import DemoCall
from agent_tui.services.desk import Desk

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)

Prepare = Callable[..., tuple[CallSignal, ...]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "demo.sqlite"


def open_at(path: Path, now: datetime) -> Desk:
    settings = Settings(db=f"sqlite:///{path}", agent="mira", region="GB")
    return build_desk(settings, clock=lambda: now, zone=UTC)


@pytest.fixture
def built(path: Path) -> list[str]:
    """What was said while building; grows with every building."""
    return []


@pytest.fixture
def prepare(path: Path, built: list[str]) -> Prepare:
    def prepare_at(
        now: datetime = NOW,
        *,
        fresh: bool = False,
        people: Sequence[str] = demonstrating.TOWN,
    ) -> tuple[CallSignal, ...]:
        return demonstrating.prepare(
            path,
            partial(open_at, path, now),
            now=now,
            fresh=fresh,
            building=lambda: built.append("building"),
            people=people,
        )

    return prepare_at


def brief_of_katherine(path: Path, now: datetime) -> list[tuple[str, str]]:
    desk = open_at(path, now)
    brief = desk.opening.customer(desk.finding.choose("katherine-smith")).brief
    desk.close()
    return [(line.kind, line.age) for line in brief.lines]


def test_late_6_d_stays_late_6_d(prepare: Prepare, path: Path, built: list[str]) -> None:
    prepare()
    first = brief_of_katherine(path, NOW)
    assert ("we_owe", "late 6 d") in first
    later = NOW + timedelta(days=45)
    prepare(later)
    assert brief_of_katherine(path, later) == first
    prepare(later)
    assert brief_of_katherine(path, later) == first
    assert built == ["building"]


def test_the_clock_may_be_set_back(prepare: Prepare, path: Path) -> None:
    prepare()
    first = brief_of_katherine(path, NOW)
    earlier = NOW - timedelta(days=400)
    prepare(earlier)
    assert brief_of_katherine(path, earlier) == first


def test_everybody_who_works_there_is_there(prepare: Prepare, path: Path) -> None:
    prepare()
    desk = open_at(path, NOW)
    assert desk.agent.name == "Mira Okafor"
    assert {(agent.handle, agent.role) for agent in desk.staffing.everybody()} == {
        ("mira", "agent"),
        ("asha", "agent"),
        ("tom", "agent"),
        ("noor", "lead"),
    }
    assert desk.opening.today().counts.waiting == 2
    desk.close()


def test_what_was_written_stays_until_it_is_made_afresh(
    prepare: Prepare, path: Path, built: list[str]
) -> None:
    def notes() -> int:
        desk = open_at(path, NOW)
        row = desk.store.reader().row("SELECT count(*) FROM notes WHERE text = 'mine'")
        desk.close()
        return row[0] if row else -1

    prepare()
    desk = open_at(path, NOW)
    desk.noting.save("mine", customer_id=desk.finding.choose("katherine-smith"))
    desk.close()
    prepare()
    assert notes() == 1
    other = path.with_name("desk.sqlite")
    other.write_text("the user's own")
    prepare(fresh=True)
    assert notes() == 0
    assert other.read_text() == "the user's own"
    assert built == ["building", "building"]


def test_a_demo_desk_that_was_killed_halfway_is_made_anew(
    prepare: Prepare, path: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(demonstrating, "_set_day", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare()
    assert path.exists()
    prepare()
    assert built == ["building", "building"]
    assert ("we_owe", "late 6 d") in brief_of_katherine(path, NOW)


def test_its_lead_has_kept_the_call_scripts(prepare: Prepare, path: Path) -> None:
    prepare()
    desk = open_at(path, NOW)
    kept = desk.scripting.standing()
    desk.close()
    assert {one.kind for one in kept} == {"help", "offer", "leaving"}
    assert {(one.author, one.created_at) for one in kept} == {("Noor Haddad", NOW)}


def test_a_file_that_is_no_desk_is_left_alone_and_the_way_out_is_named(
    prepare: Prepare, path: Path
) -> None:
    path.parent.mkdir()
    path.write_text("Dear Sir,\n" * 500)
    with pytest.raises(ForeignDatabase) as refused:
        prepare()
    assert refused.value.hint == ("demo.fresh", "")
    assert path.read_text() == "Dear Sir,\n" * 500


def test_a_call_opens_katherine_and_ends(prepare: Prepare, path: Path) -> None:
    left_open = prepare()
    desk = open_at(path, NOW)
    call = DemoCall(
        left_open, play="1", answered_by="mira", clock=lambda: NOW, wait=lambda seconds: seconds < 0
    )
    changes = []
    for signal in call.signals():
        assert signal.call == "demo-call-1"
        desk.conversing.take(signal)
        if isinstance(signal, CallSignal):
            changes.append(signal.change)
            [opened] = [one for one in desk.browsing.recent(limit=50) if one.opened_at == NOW]
            assert opened.customer == "Katherine Smith"
    assert (changes[0], changes[-1]) == ("ringing", "ended")
    desk.close()


def test_a_call_that_the_last_visit_broke_off_is_ended_first(prepare: Prepare, path: Path) -> None:
    prepare()
    desk = open_at(path, NOW)
    desk.conversing.take(CallSignal("phone", "demo-call-1", "ringing", at=NOW))
    left_open = prepare()
    assert left_open == (CallSignal("phone", "demo-call-1", "ended"),)
    call = DemoCall(left_open, play="2", answered_by="mira", clock=lambda: NOW)
    first = next(call.signals())
    assert first == CallSignal("phone", "demo-call-1", "ended", at=NOW)
    desk.conversing.take(first)
    desk.close()
    assert prepare() == ()


def test_closing_ends_the_waiting() -> None:
    call = DemoCall((), play="1", answered_by="mira", after_s=3_600.0)
    call.close()
    assert list(call.signals()) == []


def test_there_is_something_of_everything_to_do(prepare: Prepare, path: Path) -> None:
    prepare()
    for now in (NOW, NOW + timedelta(days=3)):
        prepare(now)
        desk = open_at(path, now)
        today = desk.opening.today()
        assert [one.text for one in today.offered] == ["call back about the visit"]
        assert [one.asked_by for one in today.follow_ups] == ["Tom Hartley"]
        assert [one.customer for one in today.parked] == ["Daniel Smith"]
        assert len(today.wrap_ups) == 1
        complaint = desk.complaining.one(desk.complaining.choose("C7K2"))
        assert next_step(complaint) == NextStep("decide", "decide", complaint.answer_due_at)
        counted = desk.store.reader().row(
            "SELECT (SELECT count(*) FROM moods), "
            "(SELECT count(*) FROM questions WHERE state = 'open')"
        )
        assert counted == (2, 1)
        desk.close()


def test_who_waits_in_a_chat_is_answered_and_answers(prepare: Prepare, path: Path) -> None:
    prepare()
    desk = open_at(path, NOW)
    call = next(one for one in desk.opening.live() if one.customer == "João Silva")
    message_id = desk.sending.send(call.id, "hello")
    hours = count(step=3_600)

    def hand_over(signals: int) -> list[str]:
        """What the customer says; the whole of it, and none of it twice."""
        channel = demo_callers.chats(path, now=lambda: float(next(hours)))
        [message] = desk.sending.claim(channel.name)
        channel.take(message)
        desk.sending.taken(message.message_id)
        said = []
        of_this_call = (one for one in channel.signals() if one.call == "t152-now")
        for signal in islice(of_this_call, signals):
            desk.conversing.take(signal)
            if isinstance(signal, MessageSignal) and signal.final:
                said.append(signal.text)
        return said

    def delivery() -> str:
        row = desk.store.reader().row("SELECT delivery FROM messages WHERE id = :id", id=message_id)
        return row[0] if row else ""

    assert hand_over(1) == []
    assert delivery() == "failed"
    desk.sending.again(message_id)
    [excuse] = hand_over(3)
    assert delivery() == "delivered"
    assert "tunnel" in excuse
    desk.sending.send(call.id, "thank you")
    [answer] = hand_over(2)
    assert answer != excuse
    desk.close()


def test_the_whole_district_leaves_mira_the_same_day(prepare: Prepare, path: Path) -> None:
    def today() -> tuple[object, ...]:
        desk = open_at(path, NOW)
        shown = desk.opening.today()
        desk.close()
        return shown.counts, shown.totals, [one.text for one in shown.promises]

    prepare()
    small = today()
    prepare(fresh=True, people=demonstrating.DISTRICT)
    assert today() == small
    desk = open_at(path, NOW)
    assert desk.opening.today().register_size == 2_014
    namesakes = desk.finding.find("Margaret Ellis", limit=2).hits
    assert [hit.name for hit in namesakes] == ["Margaret Ellis"] * 2
    same_telephone = desk.finding.find("0161 496 0066", limit=3).hits
    assert {hit.name for hit in same_telephone[:2]} == {"王美玲", "Kevin Wang"}
    desk.close()
