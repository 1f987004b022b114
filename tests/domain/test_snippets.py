"""Snippets are filled in and never harm: no field becomes a mark, no template takes for ever."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_tui.domain.rules.marks import Writer, read_note
from agent_tui.domain.rules.snippets import expand, fields_of
from agent_tui.domain.rules.templates import LENGTH_LIMIT, TEMPLATE_LIMIT
from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.people import ContactPoint, Customer
from tests.text.strategies import anything

WRITER = Writer(datetime(2026, 11, 24, 14, tzinfo=UTC), UTC)
MIRA = Agent(1, "mira", "Mira Okafor", "agent", "North")
ADA = Customer(
    2,
    "Hart, Ada",
    company="  ",
    city="Leeds\nUK",
    contact_points=(
        ContactPoint("email", "ada@example.com"),
        ContactPoint("phone", "020 7946 0018"),
    ),
)


def filled(template: str, customer: Customer | None = ADA, *, for_note: bool = True) -> str:
    return expand("greet", template, fields_of(customer, MIRA), for_note=for_note)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("Hello {{ customer.first_name }}!", "Hello Ada!"),
        ("{{customer.last_name|upper}} {{ agent.first_name }}", "HART Mira"),
        ("{{ customer.phone }} {{ customer.email }}", "020 7946 0018 ada@example.com"),
        ("in {{ customer.city }}", "in Leeds UK"),
        ("{% if customer.company %}a{% else %}b{% endif %}", "b"),
        ("{{ 'x' if customer.city == 'Leeds\nUK' else 'y' }}", "x"),
        ("{{ customer.company|default('at home') }}", "at home"),
        ("no template", "no template"),
        ("", ""),
    ],
)
def test_fields_are_filled_in(template: str, words: str) -> None:
    assert filled(template) == words


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("of {{ customer.company }}.", "of {customer.company}."),
        ("{{ customer.company|upper }}", "{customer.company}"),
        ("{{ customer.shoe_size }}", "{customer.shoe_size}"),
        ("{{ weather.today }} {{ nothing }}", "{weather.today} {nothing}"),
        ("{{ customer }}", "{customer}"),
        ("{{ customer._values }}", "{customer._values}"),
    ],
)
def test_what_is_not_known_shows_as_itself(template: str, words: str) -> None:
    assert filled(template) == words


def test_without_a_customer_their_fields_show_as_themselves() -> None:
    assert filled("{{ customer.first_name }}, {{ agent.name }}", None) == (
        "{customer.first_name}, Mira Okafor"
    )


@pytest.mark.parametrize(
    "template",
    [
        "{{ customer.first_name",
        "{% if x %}",
        "{{ x|nosuch }}",
        "{% for i in range(999999999) %}x{% endfor %}",
        "{{ 'x' * 999999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 10 ** 999999 }}",
        "{{ customer.__class__.__mro__ }}",
        "{{ ''.join('x') }}",
        "{{ customer['name'] }}",
        "{% include 'x' %}",
        "{% set x = 1 %}",
        "{% macro x() %}{% endmacro %}",
        "{{ customer.name|default }}{{ customer.company|default }}",
        "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
        "x" * (TEMPLATE_LIMIT + 1),
    ],
)
def test_a_template_that_is_wrong_says_so_in_its_place(template: str) -> None:
    words = filled(template)
    assert words.startswith("[the snippet “greet” is wrong: ")
    assert len(words) < 300
    assert read_note(words, WRITER).marks == ()


def test_words_have_an_end() -> None:
    long = Customer(2, "w" * 5_000)
    assert len(filled("{{ customer.name }}" * 500, long)) <= LENGTH_LIMIT


def test_a_snippet_may_make_marks_and_a_field_may_not() -> None:
    name = '!x #y @z no: q =prefers "a" wants: b'
    words = filled("wants: a call\n!ring {{ customer.name }} #bill", Customer(2, name))
    note = read_note(words, WRITER)
    assert [mark.kind for mark in note.marks] == ["agenda", "promise", "topic"]
    assert note.marks[1].body == f"ring {name}"


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("no{{ customer.name }}", ": x"),
        ("{{ customer.name }}: x", "no"),
        ("@{{ customer.name }}", "asha look at it"),
        ("#{{ customer.name }}", "topic"),
        ("({{ customer.name }}", "#topic"),
        ('mood: "{{ customer.name }}"', 'x" no: y'),
        ("{{ customer.name }}", "\\!x \\\\no: y"),
        ("\\{{ customer.name }}", "!x"),
    ],
)
def test_no_field_makes_a_sign_together_with_its_template(template: str, name: str) -> None:
    words = filled(template, Customer(2, name))
    made = [mark.kind for mark in read_note(words, WRITER).marks]
    assert made == (["mood"] if template.startswith("mood") else [])


@given(
    anything,
    st.sampled_from(
        ["{{ customer.name }}", "({{ customer.name }})", "Dear {{ customer.name }}, x"]
    ),
)
def test_whatever_a_customer_is_called_it_makes_no_mark(name: str, template: str) -> None:
    customer = Customer(2, name)
    note = read_note(filled(template, customer), WRITER)
    assert note.marks == ()
    assert note.unfinished == ()
    plain = filled(template, customer, for_note=False)
    assert note.plain.split() == plain.split()
