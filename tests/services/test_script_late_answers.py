"""What is answered in a script after the call stands where and when it was given."""

from __future__ import annotations

from agent_tui.domain.values.signals import CallSignal
from agent_tui.services.desk import Desk
from tests.builders import StandingClock
from tests.services.scripted import VISIT, keep, on_the_line, opened


def test_an_answer_that_is_given_after_the_end_keeps_its_own_time(
    mira: Desk, lena: Desk, clock: StandingClock
) -> None:
    keep(lena, visit=VISIT)
    line = on_the_line(mira)
    run = opened(mira, line).run.id
    ended = clock.now
    mira.conversing.take(CallSignal("phone", "1", "ended"))
    clock.move(minutes=25)
    mira.scripting.choose(run, "1")
    saved = mira.scripting.go_on(run, "fri 10am").saved
    [passage] = mira.opening.call(line.call).passages
    assert passage.interaction is not None
    assert passage.interaction.closed_at == ended
    assert [(one.kind, one.at) for one in passage.entries] == [
        ("message", clock.now),
        ("message", clock.now),
        ("note", clock.now),
    ]
    assert saved is not None
