"""A recorded conversation goes into a desk as if it happened there."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.errors import BadInput, NotFound, UsageError
from agent_tui.services import replaying
from agent_tui.services.desk import Desk
from tests.builders import make_desk


@pytest.fixture
def desk(migrated_url: str) -> Desk:
    return make_desk(migrated_url)


def talks(desk: Desk) -> list[tuple[str, str]]:
    """The conversations of a desk: channel and state."""
    rows = desk.store.reader().rows("SELECT channel, state FROM interactions ORDER BY id")
    return [(str(row[0]), str(row[1])) for row in rows]


def test_each_play_is_a_conversation_of_its_own_that_this_agent_took(desk: Desk) -> None:
    waited: list[float] = []
    played = replaying.recording("leaving")
    for _ in range(2):
        list(replaying.play(desk, played, speed=10.0, wait=waited.append))
    assert talks(desk) == [("chat", "ended")] * 2
    assert sum(waited) == pytest.approx(2 * played.lasts_s / 10.0)
    row = desk.store.reader().row("SELECT count(*) FROM interactions WHERE agent_id IS NULL")
    assert row == (0,)
    desk.close()


def test_a_play_that_is_broken_off_ends_its_call(desk: Desk) -> None:
    signals = replaying.play(desk, replaying.recording("boiler-visit"), wait=lambda _: None)
    for _ in range(4):
        next(signals)
    assert talks(desk) == [("phone", "talking")]
    signals.close()
    assert talks(desk) == [("phone", "ended")]
    desk.close()


def test_each_recording_is_listed_and_can_be_named() -> None:
    for one in replaying.listed():
        assert replaying.recording(one.name).title == one.title
        assert one.lasts_s > 30


def test_a_file_of_ones_own_is_named_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"after_s": 0, "event": {"type": "ringing", "call": "c"}}\n')
    assert replaying.recording(str(file)).title == "mine"
    with pytest.raises(BadInput, match="No such file"):
        replaying.recording(str(tmp_path / "yours.jsonl"))


def test_a_name_that_is_none_names_the_near_one() -> None:
    with pytest.raises(NotFound, match="did you mean “leaving”"):
        replaying.recording("leavin")
    with pytest.raises(NotFound, match="there are boiler-visit, "):
        replaying.recording("zzz")


@pytest.mark.parametrize("speed", [0.0, -1.0, 5_000.0, float("nan")])
def test_no_other_speed(speed: float) -> None:
    with pytest.raises(UsageError, match="the speed must be from"):
        replaying.at_speed(speed)
