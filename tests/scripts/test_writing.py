"""What is written is read again as what it was."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_tui.domain.values.scripts import END, Ask, Branch, Capture, Confirm, Say, Script, Step
from agent_tui.scripts.reading import parse
from agent_tui.scripts.writing import write
from tests.scripts.test_reading import read
from tests.text.strategies import anything

HEAD = "---\ntitle: A script\n---\n"

PIECES = [
    "# One", "## Two", "### Two", "## end", "##", "## {{ x }} -> y #", "text", "more text\\", "  ",
    "ask: who?", "Confirm: prefers Still so?", "confirm: customer.phone {{ customer.phone }}?",
    "capture: =prefers {{ answer }}", "reveals: yes", "reveals: maybe", "ask:", "- one", "  - two",
    "    - three", "    deep", "  ask: within", "* star", "1. Yes -> Two", "2. No, thanks -> end",
    "3. Other -> script: refund", "3) -> nowhere at all", "10. ten -> two 2", "1. just text",
    "   - below", "> said", "> - quoted", "> ```", "```", "~~~", "ask: in a fence", "| a | b |",
    "|---|---|", "---", "===", "<!-- a comment -->", "<!-- open", "<div>", "[a]: b", "{% if x %}",
    "{{ open", "\t- tab", "-> end", "- No -> end", "1.", "-", ">", "\u3000# wide", "\\# escaped",
]  # fmt: skip
markdown = st.lists(st.sampled_from(PIECES), max_size=25).map("\n".join)
loose = st.lists(st.sampled_from([*PIECES, "", ""]), max_size=25).map("\n".join)


def assert_stays(script: Script) -> None:
    written = write(script)
    again = parse(written, "another-name")
    assert again == script
    assert write(again) == written


@given(st.one_of(markdown, loose), st.sampled_from([HEAD, "", "---\norder: advice\n---\n"]))
@example("- a\n  ask: b\n\n  - c", HEAD)
@example("- - a\n\n  b", HEAD)
@example("> - a\n>\n>   b", HEAD)
@example("1. a -> b\n   - c\n\nd", HEAD)
@example("1. a -> b\n<!-- open", HEAD)
@example("```\n  \n# One", HEAD)
@example("10. a\n\n    - b\n\n      ```\n      c -> d\n      ```", HEAD)
def test_any_markdown_stays_what_it_is(text: str, head: str) -> None:
    if (script := read(head + text)) is not None:
        assert_stays(script)


@given(anything, st.sampled_from([HEAD, ""]))
def test_any_text_stays_what_it_is(text: str, head: str) -> None:
    if (script := read(head + text)) is not None:
        assert_stays(script)


words = st.sampled_from(
    ["Good morning", "- no list", "1. no number", "ask: none", "a -> b", "# none", "> none", "```",
     "two\nlines", "{{ customer.first_name }}", "---", "| a |\n| b |", "<!-- x -->", "    code"]
)  # fmt: skip
line = st.sampled_from(["What is it?", "{{ today }}?", "a -> b", "ask: what", "- no list"])
parts = st.one_of(
    st.builds(Say, words.map(lambda text: text.strip())),
    st.builds(Say, words.map(lambda text: text.strip()), st.sampled_from(["-", "1.", "12.", ">"])),
    st.builds(Ask, line),
    st.builds(Confirm, st.sampled_from(["fact.prefers", "customer.phone"]), line),
    st.builds(Capture, st.sampled_from(["=prefers {{ answer }}", "complaint: {{ answer }}"])),
)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Scripts as another program would make them."""
    ids = ["one", "two", "step-3", "при-віт"][: draw(st.integers(1, 4))]
    targets = st.sampled_from([*ids, END, "script:other"])
    steps = []
    for place, id in enumerate(ids):
        branches = tuple(
            Branch(str(key), draw(line.filter(lambda text: text[0] not in "-a")), draw(targets))
            for key in range(1, draw(st.integers(1, 4)))
        )
        behind = [*ids[place + 1 :], None][0]
        steps.append(
            Step(
                id,
                id.replace("-", " ").title() if id != "при-віт" else "При Віт",
                draw(st.integers(2, 6)),
                tuple(draw(st.lists(parts, max_size=6))),
                branches,
                None if branches else behind,
                draw(st.booleans()),
            )
        )
    return Script(
        "slug-of-it",
        draw(st.sampled_from(["Title: with a colon", "Plain"])),
        draw(st.sampled_from(["help", "offer", "leaving"])),
        draw(st.sampled_from([(), ("boiler", "visit")])),
        draw(st.sampled_from([(), ("nobody came", "visit")])),
        draw(st.sampled_from(["fixed", "advice"])),
        tuple(steps),
    )


@given(scripts())
def test_a_made_script_stays_what_it_is(script: Script) -> None:
    assert_stays(script)


def test_what_is_written_reads_well() -> None:
    text = (
        "---\ntitle: Visit\nkind: help\ntopics: visit\norder: fixed\nslug: visit\n---\n\n"
        "## Say sorry\n\nreveals: yes\n\nWe owe you a call.\n\n- one\n- two\n  - below\n\n"
        "ask: What happened?\ncapture: complaint: {{ answer }}\n\n"
        "1. Wants a visit -> Book it\n2. Nothing -> end\n\n## Book it\n\nOn {{ today }}.\n"
    )
    assert write(parse(text, "x")) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [("ask: who", "ask: who"), ("1. a -> end", "a -> end"), ("use {{ x }}", "{{ '{{' }} x }}")],
)
def test_text_of_a_plain_policy_stays_text(text: str, kept: str) -> None:
    script = parse(f"# Policy\n\n{text}\n", "policy")
    again = parse(write(script), "policy")
    assert isinstance(again.steps[0].parts[0], Say)
    assert kept in again.steps[0].parts[0].text
    assert again.steps[0].branches == ()
