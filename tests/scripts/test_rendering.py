"""A step says what is known, asks for what is not, and keeps back what is not for everybody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given

from agent_tui.domain.rules.marks import Writer, read_note
from agent_tui.domain.rules.templates import Fields
from agent_tui.domain.values.scripts import ShownKind, ShownLine, Step
from agent_tui.scripts.reading import parse
from agent_tui.scripts.rendering import MASKED, captured, render
from tests.text.strategies import anything

WRITER = Writer(datetime(2026, 11, 24, 14, tzinfo=UTC), UTC)
FIELDS: Fields = {
    "customer": {"first_name": "Ada", "phone": "020 7946 0018", "email": " "},
    "agent": {"first_name": "Mira"},
    "fact": {"prefers": "mornings"},
    "today": "Tue 24 Nov",
}


def step(text: str) -> Step:
    return parse(f"---\ntitle: x\n---\n## One\n\n{text}", "x").steps[0]


def test_fields_are_filled_in_everywhere() -> None:
    text = "Hello {{ customer.first_name }}\n- on {{ today }}\n\n1. {{ agent.first_name }} -> end"
    shown = render(step(text), FIELDS, verified=False)
    assert (shown.id, shown.title, shown.unknown) == ("one", "One", ())
    assert shown.lines == (ShownLine("say", "Hello Ada"), ShownLine("say", "on Tue 24 Nov", "-"))
    assert [one.label for one in shown.branches] == ["Mira"]


def test_unknown_fields_show_as_themselves_and_are_listed_once() -> None:
    text = "{{ customer.email }} {{ promise.text }} {{ customer.email|upper }}\n\n1. {{ x }} -> end"
    shown = render(step(text), FIELDS, verified=True)
    assert shown.lines[0].text == "{customer.email} {promise.text} {customer.email}"
    assert shown.branches[0].label == "{x}"
    assert shown.unknown == ("customer.email", "promise.text", "x")


@pytest.mark.parametrize(
    ("fresh", "kind"), [((), "ask"), ({"fact.prefers"}, "confirm"), ({"customer.phone"}, "ask")]
)
def test_only_what_is_fresh_is_confirmed(fresh: set[str], kind: ShownKind) -> None:
    shown = render(step("confirm: prefers Still {{ fact.prefers }}?"), FIELDS, fresh, verified=True)
    assert shown.lines == (ShownLine(kind, "Still mornings?", about="fact.prefers"),)


def test_history_is_kept_back_until_the_caller_is_verified() -> None:
    revealing = step(
        "reveals: yes\n\nOn {{ today }}, {{ agent.first_name }}:\n- {{ fact.prefers }}\n"
        "- {% if fact.prefers %}secret{% endif %}\n- {{ broken\n\nconfirm: prefers Is it so?\n"
        "capture: =prefers {{ answer }}\ncapture: !ring {{ customer.phone }}\n\n"
        "1. {{ customer.first_name }} -> end"
    )
    shown = render(revealing, FIELDS, {"fact.prefers"}, verified=False)
    assert shown.lines == (
        ShownLine("say", "On Tue 24 Nov, Mira:"),
        ShownLine("masked", MASKED, "-"),
        ShownLine("masked", MASKED, "-"),
        ShownLine("masked", MASKED, "-"),
        ShownLine("masked", MASKED),
        ShownLine("capture", "=prefers {answer}"),
        ShownLine("masked", MASKED),
    )
    assert shown.branches[0].label == "{customer.first_name}"
    assert "secret" in str(render(revealing, FIELDS, verified=True))


def test_how_they_are_reached_is_kept_back_in_every_step_until_the_caller_is_verified() -> None:
    asking = step(
        "Hello {{ customer.first_name }}.\n\nconfirm: customer.phone Shall we ring "
        "{{ customer.phone }}?\nask: {% if customer.email %}Still {{ customer.email }}?"
        "{% else %}Which address?{% endif %}\ncapture: =knows {{ customer.phone }}\n\n"
        "1. Ring {{ customer.phone }} -> end"
    )
    shown = render(asking, FIELDS, {"customer.phone"}, verified=False)
    assert shown.lines == (
        ShownLine("say", "Hello Ada."),
        ShownLine("masked", MASKED),
        ShownLine("ask", "Which address?"),
        ShownLine("capture", "=knows {customer.phone}"),
    )
    assert "7946" not in str(shown)
    assert shown.unknown == ()
    told = render(asking, FIELDS, {"customer.phone"}, verified=True)
    assert told.lines[1].text == "Shall we ring 020 7946 0018?"
    assert told.branches[0].label == "Ring 020 7946 0018"


def test_a_template_that_is_wrong_says_so_and_runs_nothing() -> None:
    shown = render(step("{% for i in range(10**9) %}x{% endfor %}"), FIELDS, verified=True)
    assert shown.lines[0].text.startswith(
        "[this line of the script is wrong: for cannot stand here"
    )


def test_captures_become_lines_of_a_note() -> None:
    asked = step(
        "capture: !ring {{ customer.first_name }} {{ answer }}\ncapture: complaint: {{ answer }}\n"
        "capture: =agreed the plan"
    )
    lines = captured(asked, FIELDS, " fri 10am\nor so ")
    assert lines == ("!ring Ada fri 10am or so", "complaint: fri 10am or so", "=agreed the plan")
    assert captured(asked, FIELDS, "  ") == ("=agreed the plan",)


@given(anything)
def test_no_answer_and_no_field_makes_a_mark_of_its_own(said: str) -> None:
    asked = step("capture: =prefers {{ answer }} {{ customer.name }}\ncapture: {{ answer }} #topic")
    for answer, name in ((said, "Ada"), (f"x {said}", said), (f"!{said}", f"no: {said}")):
        for line in captured(asked, {"customer": {"name": name}}, answer):
            kinds = [mark.kind for mark in read_note(line, WRITER).marks]
            assert kinds in ([], ["fact"], ["topic"])
