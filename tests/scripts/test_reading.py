"""Scripts are read as people write them; what cannot be read names its line."""

from __future__ import annotations

import pytest
from hypothesis import given

from agent_tui.domain.values.scripts import (
    Ask,
    Branch,
    Capture,
    Confirm,
    Part,
    Problem,
    Say,
    Script,
)
from agent_tui.errors import BadInput
from agent_tui.scripts.blocks import MOST_LEVELS
from agent_tui.scripts.inert import MOST_CHARACTERS, MOST_LINES
from agent_tui.scripts.reading import MOST_PARTS, MOST_STEPS, decode, parse
from tests.text.strategies import anything, real_data

HEAD = "---\ntitle: Visit\n---\n"


def parts(text: str) -> tuple[Part, ...]:
    """What the only step of a script says."""
    (step,) = parse(f"{HEAD}## One\n\n{text}", "visit").steps
    return step.parts


def read(text: str) -> Script | None:
    """A script, or None where it is refused with its line."""
    refused = ""
    try:
        return parse(text, text)
    except BadInput as error:
        refused = error.message
    assert refused.startswith("line ")
    return None


def noticed(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in parse(text, "visit").noticed]


def test_the_head_says_what_the_script_is() -> None:
    script = parse(
        "---\ntitle: A: visit\nkind: offer\ntopics: Boiler, #visit,boiler\n"
        "fits: Nobody  came, LATE\norder: advice\nslug: no-visit\n---\n## One\nHello",
        "visit",
    )
    assert script == Script(
        "no-visit",
        "A: visit",
        "offer",
        ("boiler", "visit"),
        ("nobody came", "late"),
        "advice",
        script.steps,
    )
    assert script.noticed == ()
    assert script.source.startswith("---\ntitle: A: visit")


def test_without_a_head_the_name_of_the_file_is_what_there_is() -> None:
    script = parse("Hello.\n\n## Then\n", "visit_is-late")
    assert (script.slug, script.title, script.order) == ("visit-is-late", "Then", "advice")
    assert [(step.id, step.title) for step in script.steps] == [
        ("visit-is-late", "Visit is late"),
        ("then", "Then"),
    ]


@pytest.mark.parametrize(
    ("line", "message", "suggestion"),
    [
        ("tittle: x", "the front matter has no key `tittle`", "title"),
        ("just words", "this line of the front matter is not `key: value`", None),
        ("title:", "`title` says nothing", None),
        ("kind: hlep", "there is no kind `hlep`: write help, offer or leaving", "help"),
        ("order: any", "there is no order `any`: write fixed or advice", None),
        ("slug: A b", "`A b` cannot be a slug: small letters, digits and `-`", "a-b"),
        ("topics: a b", "`a b` is no topic: letters, digits, `-` and `_`", "a"),
    ],
)
def test_a_line_of_the_head_that_is_wrong_is_noticed(
    line: str, message: str, suggestion: str | None
) -> None:
    script = parse(f"---\n{line}\n---\n## One\nx", "visit")
    assert script.noticed == (Problem(2, "error", message, suggestion),)


def test_a_key_stands_once() -> None:
    script = parse("---\ntitle: a\ntitle: b\n---\n## One\nx", "visit")
    assert script.title == "a"
    assert script.noticed == (Problem(3, "error", "`title` stands twice"),)


def test_headings_are_steps_and_follow_each_other() -> None:
    script = parse(f"{HEAD}# Visit\n\n## Say it\nx\n#### Deeper\ny\n\nUnder\n---\nz", "visit")
    assert [(one.id, one.level, one.next, one.line) for one in script.steps] == [
        ("say-it", 2, "deeper", 6),
        ("deeper", 4, "under", 8),
        ("under", 2, None, 11),
    ]


def test_special_lines_begin_anywhere_a_line_does() -> None:
    assert parts(
        "Hello\nthere.\nask: What\nis it?\n- capture: complaint: {{ answer }}\n  So it is.\n"
        "- Confirm: prefers: Mornings?\n\nconfirm: customer.phone This one?"
    ) == (
        Say("Hello there."),
        Ask("What is it?"),
        Capture("complaint: {{ answer }}"),
        Say("So it is."),
        Confirm("fact.prefers", "Mornings?"),
        Confirm("customer.phone", "This one?"),
    )


def test_lists_keep_their_depth_and_lines_that_belong_together_stay() -> None:
    assert parts(
        "- one\n  - two\n\n    below two\n3. three\n\n> said\n\n"
        "```\nask: none\n  in here\n```\n| a |\n| b |\n\nhard\\\nbreak  \nend\n\n***\n<!-- no -->"
    ) == (
        Say("one", "-"),
        Say("two", "-", 1),
        Say("below two", "", 2),
        Say("three", "3."),
        Say("said", ">"),
        Say("ask: none\n  in here"),
        Say("| a |\n| b |"),
        Say("hard\nbreak\nend"),
    )


def test_numbered_items_with_an_arrow_are_answers() -> None:
    first = parse(
        f"{HEAD}## One\n1. Yes, go -> on -> Two!\n2) No → END\n3. else -> Script: Re-Fund\n"
        "10. odd ->\n- 4 -> Two\n\n## Two!\nx",
        "visit",
    ).steps[0]
    assert first.branches == (
        Branch("1", "Yes, go -> on", "two"),
        Branch("2", "No", "end"),
        Branch("3", "else", "script:re-fund"),
        Branch("10", "odd", ""),
    )
    assert first.parts == (Say("4 -> Two", "-"),)
    assert first.next is None


def test_a_special_line_inside_an_answer_is_noticed() -> None:
    text = (
        f"{HEAD}## One\n1. Yes -> end\n   capture: =x {{{{ answer }}}}\n2. No -> end\n\nask: what?"
    )
    assert noticed(text) == [
        (6, "this line stands inside an answer, and would count for all of them")
    ]


@pytest.mark.parametrize(
    "line", ["ask:", "capture:  ", "confirm: prefers", "reveals: perhaps", "## "]
)
def test_a_line_that_says_nothing_is_noticed(line: str) -> None:
    assert [number for number, _ in noticed(f"{HEAD}## One\nx\n\n{line}\n")] == [7]


def test_a_step_may_reveal() -> None:
    steps = parse(f"{HEAD}## One\nreveals: yes\nx\n## Two\nreveals: no\nx", "visit").steps
    assert [step.reveals for step in steps] == [True, False]


def test_same_headings_get_ids_of_their_own_and_end_is_none() -> None:
    steps = parse(f"{HEAD}## A b\nx\n## a-B!\nx\n## End\nx\n## ***\nx\n## 第一步\nx", "visit").steps
    assert [step.id for step in steps] == ["a-b", "a-b-2", "end-2", "step", "第一步"]


def test_a_plain_policy_is_text_whatever_it_looks_like() -> None:
    script = parse("# Policy\n\nask: none {{ x }} {% y %} {# z #}\n\n1. a -> end\n- b", "policy")
    assert script.noticed == ()
    assert script.steps[0].branches == ()
    assert script.steps[0].parts == (
        Say("ask: none {{ '{{' }} x }} {{ '{%' }} y %} {{ '{#' }} z #}"),
        Say("a -> end", "1."),
        Say("b", "-"),
    )


def test_scripts_that_say_the_same_are_equal() -> None:
    tidy = f"{HEAD}## One\n\nHello there.\n\n- a\n"
    assert parse(tidy, "visit") == parse(
        f"\ufeff{HEAD}One\n---\r\nHello\r\nthere.\n*\ta\n", "visit"
    )


MANY = "x\n\n"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (f"{HEAD}a\x00b", 4, "a␀b"),
        ("## One\n\nab\u202ecd", 3, "ab‹RLO›cd"),
        ("## One\r\n\x1b[2J", 2, "␛[2J"),
        ("---\ntitle: x\n\n## One", 1, "never ends"),
        ("x\n" * MOST_LINES, MOST_LINES + 1, "10,000 lines"),
        ("xxx\n" * MOST_CHARACTERS, MOST_CHARACTERS // 4 + 1, "200,000 characters"),
        ("x" * 1_000_000, 1, "200,000 characters"),
        ("# h\n" * 9_999, MOST_STEPS + 1, "200 steps"),
        (MANY * (MOST_PARTS + 1), 2 * MOST_PARTS + 1, "2,000 pieces"),
        (HEAD + "1. a -> b\n" * (MOST_PARTS + 1), MOST_PARTS + 4, "2,000 pieces"),
        ("".join(f"{'  ' * depth}- a\n" for depth in range(MOST_LEVELS)), 10, "nested too deep"),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, "x")
    assert caught.value.message.startswith(f"line {line}: ")
    assert why in caught.value.message
    assert len(caught.value.message) < 200


def test_a_file_that_is_not_utf_8_names_its_line() -> None:
    assert decode("\ufeffé".encode()) == "é"
    with pytest.raises(BadInput, match="line 3: not UTF-8"):
        decode(b"one\ntwo\ncaf\xe9\n")


@given(anything)
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    for each in (text, HEAD + text, f"---\n{text}\n---\n## One"):
        script = read(each)
        if script is not None:
            assert script.slug
            assert script.title
            assert len({step.id for step in script.steps}) == len(script.steps)


def test_a_real_policy_reads_as_it_is() -> None:
    text = (real_data("tau-bench/retail") / "wiki.md").read_text(encoding="utf-8")
    script = parse(text, "wiki")
    assert script.title == "Retail agent policy"
    assert len(script.steps) == text.count("\n#") + 1
    said = " ".join(part.text for step in script.steps for part in step.parts)
    for line in text.splitlines():
        assert line.startswith("#") or line.removeprefix("- ").strip() in said
