"""What is wrong with a script is found, with its line and what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.values.scripts import END, Branch, Say, Script, Step
from agent_tui.paths import shipped
from agent_tui.scripts.checking import MOST_PROBLEMS, check
from agent_tui.scripts.reading import parse
from agent_tui.scripts.walking import Walk
from tests.scripts.test_reading import read
from tests.text.strategies import real_data

HEAD = "---\ntitle: Visit\nkind: {}\n---\n"


def problems(
    text: str, kind: str = "help", others: set[str] | None = None
) -> list[tuple[int, str, str | None]]:
    """What the check says; lines count from the first behind the head."""
    script = parse(HEAD.format(kind) + text, "visit")
    return [
        (one.line and one.line - 4, one.message, one.suggestion) for one in check(script, others)
    ]


LONGEST = "whoever leaves is kept at most 3 steps"
ELSE = "call it something else"
VERIFIED = "is told before the caller is verified"


@pytest.mark.parametrize(
    ("text", "line", "message", "suggestion"),
    [
        ("", 0, "the script has no steps", "begin one with a line `## Its name`"),
        ("## One\n\n## Two\nx", 1, "the step “One” is empty", None),
        ("## One\nx\n## One\ny", 3, "the heading “One” stands in line 5, too", ELSE),
        ("## One\nx\n## End\ny", 3, "“End” cannot be told from the end of the script", ELSE),
        ("## One\n1. a -> Too\n2. b -> Two\n## Two\nx", 2, "there is no step “too”", "-> Two"),
        ("## One\n1. Yes -> ent\n2. No -> end", 2, "there is no step “ent”", "-> end"),
        ("## One\n1. -> end", 2, "an answer without words", "1. Yes -> end"),
        (
            "## One\ncapture: !ring {{ answer }} about the visit #visit",
            2,
            "a time in the answer is not read here: words stand behind it",
            "capture: !call back {{ answer }}",
        ),
        ("## One\n1. Yes -> end\n\n10. No -> end", 4, "10 is no key: keys are 1 to 9", None),
        (
            "## One\n1. Yes -> end\n1. No -> end",
            3,
            "the key 1 stands twice",
            "number the answers 1, 2, 3 ...",
        ),
        (
            "## One\n1. Yes -> end\n2. No",
            3,
            "the answer 2 leads nowhere",
            "end it with `-> ` and a heading or `end`",
        ),
        (
            "## One\n- Yes -> Two\n## Two\nx",
            2,
            "an answer needs a number to be chosen by",
            "1. Yes -> Two",
        ),
        (
            "## One\n1. Yes -> end\n## Two\nx",
            3,
            "no way leads to the step “Two”",
            "end an answer with `-> ` and its heading",
        ),
        (
            "## One\n1. Yes -> One",
            1,
            "a loop without a way out: “One”",
            "give one of them an answer `-> end`",
        ),
        (
            "## One\n{{ customer.fist_name }}",
            2,
            "there is no field `customer.fist_name`",
            "{{ customer.first_name }}",
        ),
        ("## One\n1. {{ x }} -> end", 2, "there is no field `x`", None),
        ("## One\n{{ answer }}", 2, "`answer` is known to captures only", None),
        (
            "## One\n{{ 10 ** 999999999 }}",
            2,
            "the template is wrong: pow cannot stand here, only fields, filters and if can",
            None,
        ),
        (
            "## One\nconfirm: customer.mail Is it?",
            2,
            "there is no field `customer.mail` to confirm",
            "customer.email",
        ),
        (
            "## One\ncapture: {{ answer }}",
            2,
            "this captures nothing: it has no mark of the note grammar",
            "capture: =prefers {{ answer }}",
        ),
        ("## One\n{{ promise.text }}", 2, f"`promise.text` {VERIFIED}", "reveals: yes"),
        ("## One\nconfirm: prefers Still?", 2, f"`fact.prefers` {VERIFIED}", "reveals: yes"),
    ],
)
def test_what_is_wrong_is_found(text: str, line: int, message: str, suggestion: str | None) -> None:
    assert problems(text) == [(line, message, suggestion)]


@pytest.mark.parametrize("broken", ["{{ customer.name", "{% if x %}", "{{ today|nosuch }}"])
def test_a_template_that_cannot_be_read_is_wrong(broken: str) -> None:
    ((line, message, _),) = problems(f"## One\n\n{broken}")
    assert line == 3
    assert message.startswith("the template is wrong: ")


@pytest.mark.parametrize(
    "text",
    [
        "## Group\n### One\nx\n### Two\ny",
        "## One\n1. Again -> One\n2. No -> end",
        "## One\n1. On -> script: refund\n2. Again -> script: visit",
        "## One\nreveals: yes\n{{ promise.text }}\nconfirm: prefers Mornings?",
        "## One\ncapture: !an engineer comes {{ answer }}\ncapture: =no {{ customer.name }} #x",
        "## One\n- a -> b\n1. numbered\n2. text",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert problems(text, others={"refund"}) == []


def test_an_answer_is_a_time_before_another_mark() -> None:
    for marks in ("#visit", "@asha", "=prefers {{ answer }}", "gave: {{ answer }}"):
        assert problems(f"## One\ncapture: !engineer comes {{{{ answer }}}} {marks}") == []


def test_another_script_must_be_there() -> None:
    text = "## One\n1. On -> script: refunt\n2. No -> end"
    assert problems(text, others={"refund"}) == [
        (2, "there is no script “refunt”", "-> script: refund")
    ]
    assert problems(text) == []


@pytest.mark.parametrize(
    "yes_and_no",
    ["1. Yes -> end\n2. No, thanks -> end", "1. Ja -> end\n2. Nein -> end", "capture: no: it"],
)
def test_an_offer_needs_a_no(yes_and_no: str) -> None:
    assert problems(f"## One\nx\n\n{yes_and_no}", "offer") == []
    assert problems("## One\nx\n\n1. Yes -> end\n2. Later -> end", "offer") == [
        (
            0,
            "an offer without a way to say no",
            "1. No, thank you -> a step with `capture: no: what they do not want`",
        )
    ]


def test_whoever_leaves_is_kept_three_steps_at_most() -> None:
    short = "## A\n1. x -> C\n2. y -> B\n## B\nx\n## C\nx"
    assert problems(short, "leaving") == []
    assert problems(f"{short}\n## D\nx", "leaving") == [
        (8, f"the way A > B > C > D is too long: {LONGEST}", None)
    ]
    assert problems("## A\n1. Again -> A\n2. No -> end", "leaving") == [
        (1, f"the way A > A > A > A is too long: {LONGEST}", None)
    ]
    advice = parse("---\nkind: leaving\norder: advice\n---\n" + "## A\nx\n" * 4, "x")
    assert [one.line for one in check(advice)] == [11]


def test_of_advice_no_step_is_out_of_reach_and_names_may_stand_twice() -> None:
    advice = parse("---\norder: advice\n---\n## A\n1. x -> end\n\n## B\nx\n\n## B\ny", "x")
    assert check(advice) == ()


def test_problems_have_an_end() -> None:
    text = "".join(
        f"## heading {number}\n" + "".join(f"{key}. x -> nowhere {key}\n" for key in range(1, 10))
        for number in range(199)
    )
    assert len(problems(text)) == MOST_PROBLEMS


@pytest.mark.parametrize(
    "text",
    [
        "# h\n\ntext\n\n" * 2_400,
        "a\n" * 9_900,
        "- a\n" * 9_900,
        "-\n" * 9_900,
        "\t\n" * 9_900,
        "> " * 99_000,
        "1. " + "-> " * 66_000,
        "## " + "# " * 98_000,
        "| a | b |\n" * 9_900,
        "<" * 199_000,
        "{{" * 90_000,
        "{{" + "(" * 9_000 + "}}",
        ("{{ a }}" * 1_400 + "\n\n") * 19,
        "{% for i in range(10**9) %}{% for j in range(10**9) %}x{% endfor %}{% endfor %}",
        "a" + "\u0300" * 190_000,
    ],
    ids=range(15),
)
def test_a_hostile_file_is_refused_with_its_line_or_checked(text: str) -> None:
    for hostile in (text, HEAD.format("help") + text):
        script = read(hostile)
        assert script is None or len(check(script)) <= MOST_PROBLEMS


ids = [f"step-{number}" for number in range(6)]


@st.composite
def graphs(draw: st.DrawFn) -> Script:
    count = draw(st.integers(1, 6))
    steps = []
    for place, id in enumerate(ids[:count]):
        targets = draw(st.lists(st.sampled_from([*ids[:count], END]), max_size=3))
        branches = tuple(Branch(str(key), "x", to) for key, to in enumerate(targets, 1))
        behind = [*ids[place + 1 : count], None][0]
        steps.append(Step(id, id, 2, (Say("x"),), branches, None if branches else behind))
    return Script("x", "x", steps=tuple(steps))


@given(graphs())
def test_a_clean_script_can_be_walked_through_and_any_other_cannot(script: Script) -> None:
    """Every step is reached and every step reached can end, exactly where nothing is found."""
    reached, ending = set[str](), set[str]()
    ways: list[tuple[Walk, tuple[str, ...]]] = [(Walk.start(script), ())]
    while ways:
        walk, path = ways.pop()
        if walk.step is None:
            ending.update(path)
            continue
        reached.add(walk.step.id)
        if path.count(walk.step.id) > 1:
            continue
        path = (*path, walk.step.id)
        ways += [(walk.choose(key), path) for key in dict.fromkeys(walk.choices.keys)]
        ways += [(walk.choose(), path)] if walk.choices.can_go_on else []
    can_be_walked = reached == {step.id for step in script.steps} == ending
    assert (check(script) == ()) == can_be_walked


def test_the_scripts_of_the_demo_are_clean() -> None:
    files = sorted(shipped("demo", "scripts").glob("*.md"))
    names = {file.stem for file in files}
    assert names == {"visit-overdue", "refund", "care-plan", "leaving"}
    for file in files:
        script = parse(file.read_text(encoding="utf-8"), file.stem)
        assert check(script, names) == (), file.name
        assert script.topics
        assert script.fits


def test_a_real_policy_is_clean_and_can_be_walked() -> None:
    text = (real_data("tau-bench/retail") / "wiki.md").read_text(encoding="utf-8")
    script = parse(text, "wiki")
    assert check(script) == ()
    walk = Walk.start(script)
    while not walk.finished:
        walk = walk.choose()
    assert [taken.step for taken in walk.state.path] == [step.id for step in script.steps]


@pytest.mark.parametrize("words", [r"{{ '\x1b' }}", "{{ " + "1" * 5_000 + " }}"])
def test_a_template_that_python_cannot_read_is_told_with_its_line(words: str) -> None:
    [(line, message, _)] = problems(f"## One\nx\n\n{words}")
    assert (line, message.startswith("the template is wrong: ")) == (4, True)
