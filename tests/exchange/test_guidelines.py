"""Guidelines become scripts that say every sentence of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent_tui.domain.values.scripts import Say, Script
from agent_tui.errors import BadInput
from agent_tui.exchange.guidelines import read_guidelines
from agent_tui.scripts.checking import check
from agent_tui.scripts.reading import parse
from agent_tui.scripts.rendering import render
from agent_tui.scripts.walking import Walk
from agent_tui.scripts.writing import write


def assert_usable(script: Script) -> None:
    """It stays what it is as Markdown, is clean, and can be walked to its end."""
    assert parse(write(script), "another-name") == script
    assert check(script) == ()
    walk = Walk.start(script)
    while not walk.finished:
        walk = walk.choose()
    assert [taken.step for taken in walk.state.path] == [step.id for step in script.steps]


def test_each_subflow_becomes_a_script(fixtures: Path) -> None:
    cold, empty = read_guidelines((fixtures / "guidelines.json").read_bytes())
    assert (cold.slug, cold.title, cold.kind, cold.order, cold.topics) == (
        "heating-no-hot-water",
        "No hot water",
        "help",
        "advice",
        ("heating",),
    )
    assert (empty.slug, empty.steps) == ("heating-empty", ())
    assert [step.title for step in cold.steps] == [
        "Instructions",
        "Find the account",
        "Look at the pressure",
        "Communication",
        "Find the account (2)",
    ]
    assert cold.steps[0].parts == (
        Say("Ask since when it is cold."),
        Say("As always, ask if there is anything else."),
    )
    assert_usable(cold)


def test_what_stands_in_detail_becomes_lists_and_no_answers(fixtures: Path) -> None:
    cold, _ = read_guidelines((fixtures / "guidelines.json").read_bytes())
    pressure, said = cold.steps[2], cold.steps[3]
    shown = render(pressure, {}, verified=True)
    assert [(line.depth, line.marker, line.text) for line in shown.lines] == [
        (0, "", "x"),
        (0, "-", "Read it out"),
        (0, "-", "Below one bar:"),
        (1, "-", "Fill it up"),
        (1, "-", "Wait, then look again <or> Send somebody"),
        (0, "-", "If {{ nobody }} can:"),
    ]
    assert shown.unknown == ()
    assert said.parts == (Say("Say when somebody comes -> today"),)
    assert all(step.branches == () for step in cold.steps)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{\n"a": {"subflows":\n}}', "line 3: the file is not JSON"),
        (b"\xff\xfe", "the file is not JSON"),
        (b'{"a": {"subflows": ' + b'{"x":' * 5_000, "the file is not JSON"),
        (b"[]", "these are no guidelines"),
        (b'{"a": {}}', "subflows"),
        (b'{"a": {"subflows": {"b": {"actions": [{"text": 1}]}}}}', "actions"),
    ],
)
def test_another_file_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_guidelines(data)
    assert why in caught.value.message


def test_hostile_names_become_inert() -> None:
    action = {"actions": [{"text": "\x1b[2J"}]}
    flows = {"\x00": {"subflows": {"\u202e# #": action, "": {"actions": []}}}}
    one, other = read_guidelines(json.dumps(flows).encode())
    assert (one.title, one.steps[0].parts) == ("‹RLO›", (Say("␛[2J"),))
    assert one.slug != other.slug
    assert_usable(one)


def test_the_real_guidelines_are_clean_and_can_be_walked(real_data: Path) -> None:
    scripts = read_guidelines((real_data / "abcd" / "guidelines.json").read_bytes())
    assert len(scripts) == len({script.slug for script in scripts}) == 55
    for script in scripts:
        assert_usable(script)
