"""Whatever is done in whatever script: a run is where a walk on paper would be, also tomorrow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_tui.domain.values.script_runs import RunShown
from agent_tui.domain.values.scripts import END, Branch, Capture, Say, Script, Step
from agent_tui.errors import AgentTuiError
from agent_tui.scripts.reading import parse
from agent_tui.scripts.walking import Walk
from agent_tui.scripts.writing import write
from agent_tui.services.desk import Desk
from tests.builders import StandingClock, make_desk
from tests.services.noted import rows
from tests.services.scripted import Line, keep, on_the_line, read_brief

Act = Callable[[Walk], Walk]
Deed = tuple[str, int, str]
"""What is tried: which deed, with which of the things it could be done to, in which words."""

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["choose", "go_on", "skip", "jump", "back", "end"]),
        st.integers(0, 9),
        st.sampled_from(["", "fri 10am", "nothing"]),
    ),
    max_size=12,
)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Scripts without errors, of up to five steps with answers that lead anywhere."""
    size = draw(st.integers(1, 5))
    ids = [f"step-{number}" for number in range(size)]
    is_advice = draw(st.booleans())
    steps = []
    for number, id in enumerate(ids):
        targets = draw(st.lists(st.sampled_from([*ids, END]), max_size=3))
        branches = tuple(
            Branch(str(key), f"Answer {key}", target) for key, target in enumerate(targets, 1)
        )
        captures = [Capture("=prefers {{ answer }}")] if draw(st.booleans()) else []
        following = ids[number + 1] if number + 1 < size else None
        steps.append(
            Step(
                id=id,
                title=f"Step {number}",
                level=2,
                parts=(Say("Hello."), *captures),
                branches=branches,
                next=None if branches else following,
            )
        )
    return Script("walk", "Walk", order="advice" if is_advice else "fixed", steps=tuple(steps))


class Floor:
    """Two desks on one database: one to write, one that is opened anew to look."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = StandingClock()
        self.lead = make_desk(url, handle="noor", role="lead", now=self.clock)
        self.mira = make_desk(url, now=self.clock)
        self._numbers = count()

    def begin(self, script: Script) -> tuple[Line, RunShown, Walk]:
        """A script without errors, kept and open, and the same one on paper."""
        for call in self.mira.opening.live():
            self.mira.conversing.end(call.id)
        script = replace(script, slug=f"walk-{next(self._numbers)}")
        keep(self.lead, **{script.slug: write(script)})
        line = on_the_line(self.mira, call=script.slug)
        read_brief(self.mira, line)
        shown = self.mira.scripting.open(script.slug, line.who, line.call)
        return line, shown, Walk.start(parse(write(script), script.slug))

    def anew(self, run_id: int) -> RunShown:
        """What a desk sees that was opened just now."""
        desk = make_desk(self.url, now=self.clock)
        try:
            return desk.scripting.run(run_id)
        finally:
            desk.close()

    def close(self) -> None:
        self.lead.close()
        self.mira.close()


@pytest.fixture
def floor(migrated_url: str) -> Iterator[Floor]:
    floor = Floor(migrated_url)
    yield floor
    floor.close()


def tried(
    walk: Walk, shown: RunShown, deed: Deed, desk: Desk
) -> tuple[Act, Callable[[], RunShown]]:
    """A deed on paper, and the same one at the desk."""
    act, which, words = deed
    run, scripting = shown.run.id, desk.scripting
    if act == "choose":
        key = str(which)
        branches = walk.step.branches if walk.step else ()
        label = next((one.label for one in branches if one.key == key), "")
        answer = ": ".join(part for part in (label, words) if part)
        return lambda at: at.choose(key, answer), lambda: scripting.choose(run, key, words)
    if act == "go_on":
        return lambda at: at.choose(None, words), lambda: scripting.go_on(run, words)
    if act == "jump":
        ids = [*(step.id for step in walk.script.steps), END]
        target = ids[which % len(ids)]
        return lambda at: at.skip(target), lambda: scripting.jump(run, target)
    if act == "skip":
        return lambda at: at.skip(), lambda: scripting.skip(run)
    if act == "back":
        return lambda at: at.back(), lambda: scripting.back(run)
    return lambda at: at.end(), lambda: scripting.end(run)


def outcome(do: Callable[[], object]) -> object:
    """What it gives, or what it says no with."""
    try:
        return do()
    except AgentTuiError as error:
        return error.message


def is_without_errors(script: Script) -> bool:
    from agent_tui.scripts.checking import check

    return not any(one.severity == "error" for one in check(script, ()))


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(script=scripts().filter(is_without_errors), deeds=DEEDS)
def test_a_run_is_where_a_walk_on_paper_is(floor: Floor, script: Script, deeds: list[Deed]) -> None:
    line, shown, walk = floor.begin(script)
    done = 0
    for deed in deeds:
        on_paper, at_the_desk = tried(walk, shown, deed, floor.mira)
        expected = outcome(partial(on_paper, walk))
        found = outcome(at_the_desk)
        if isinstance(found, str):
            assert found == expected
            assert floor.mira.scripting.run(shown.run.id).log == shown.log
            continue
        assert isinstance(expected, Walk)
        assert isinstance(found, RunShown)
        walk, shown, done = expected, found, done + 1
        assert (shown.step and shown.step.id) == walk.state.step
        assert shown.choices == walk.choices
        assert shown.continues == walk.state.continues
        assert (shown.run.state == "open") == (not walk.finished)
        assert [one.sequence for one in shown.log] == list(range(1, done + 1))
        anew = floor.anew(shown.run.id)
        assert (anew.step, anew.choices, anew.log, anew.run) == (
            shown.step,
            shown.choices,
            shown.log,
            shown.run,
        )
    every = rows(floor.mira, "SELECT id FROM script_runs")
    granted = rows(
        floor.mira,
        "SELECT w.id FROM script_runs w JOIN receipts r ON r.id = w.receipt_id "
        "AND r.agent_id = w.agent_id AND r.customer_id = w.customer_id "
        "AND r.interaction_id = w.interaction_id WHERE r.granted_at IS NOT NULL",
    )
    assert sorted(every) == sorted(granted)
    assert line.call == shown.run.interaction_id


def to_an_end(desk: Desk, slug: str, line: Line) -> RunShown:
    """A script gone through by its first answers, a step a time."""
    shown = desk.scripting.open(slug, line.who, line.call)
    for _ in range(500):
        if shown.run.state != "open":
            return shown
        keys = shown.choices.keys
        run = shown.run.id
        shown = desk.scripting.choose(run, keys[0]) if keys else desk.scripting.go_on(run)
    raise AssertionError(f"{slug} never ends")


@pytest.fixture(scope="session")
def real_data() -> Path:
    folder = os.environ.get("AGENT_TUI_REAL_DATA")
    if not folder:
        pytest.skip("AGENT_TUI_REAL_DATA is not set: no real data to test with")
    return Path(folder)


def test_real_guidelines_are_taken_in_and_gone_through(floor: Floor, real_data: Path) -> None:
    from agent_tui.exchange.guidelines import read_guidelines

    found = read_guidelines((real_data / "abcd" / "guidelines.json").read_bytes())
    assert len(found) == 55
    files = [(script.slug, write(script)) for script in found]
    taken = floor.lead.scripting.take_in_all(files)
    assert {(one.how, one.problems) for one in taken} == {("created", ())}
    assert {one.how for one in floor.lead.scripting.take_in_all(files)} == {"unchanged"}
    line = on_the_line(floor.mira)
    read_brief(floor.mira, line)
    for script in found:
        ended = to_an_end(floor.mira, script.slug, line)
        assert (ended.run.state, len(ended.log)) == ("ended", len(script.steps))


def test_a_real_policy_is_taken_in_and_gone_through(floor: Floor, real_data: Path) -> None:
    policy = (real_data / "tau-bench" / "retail" / "wiki.md").read_bytes()
    taken = floor.lead.scripting.take_in(policy, "retail")
    assert (taken.how, taken.problems) == ("created", ())
    line = on_the_line(floor.mira)
    read_brief(floor.mira, line)
    ended = to_an_end(floor.mira, "retail", line)
    assert ended.order == "advice"
    assert ended.run.state == "ended"


def test_the_scripts_of_the_demo_are_taken_in_and_gone_through(floor: Floor) -> None:
    from agent_tui import paths

    files = sorted(paths.shipped("demo", "scripts").glob("*.md"))
    taken = floor.lead.scripting.take_in_all([(one.stem, one.read_bytes()) for one in files])
    assert {(one.how, one.problems) for one in taken} == {("created", ())}
    line = on_the_line(floor.mira)
    floor.mira.noting.save("wants: a visit", interaction_id=line.call)
    floor.mira.conversing.say_met(line.call, "yes")
    for one in taken:
        read_brief(floor.mira, line)
        assert to_an_end(floor.mira, one.slug, line).run.state == "ended"
