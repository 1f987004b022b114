"""Templates say which fields they name, and what nobody knows; text can be made one."""

from __future__ import annotations

import pytest
from hypothesis import given

from agent_tui.domain.rules.templates import BadTemplate, Fields, as_template, fields_in, fill
from tests.text.strategies import clean_texts

FIELDS: Fields = {
    "customer": {"name": "Ada", "city": " "},
    "today": "Tue",
    "answer": "",
    "no": None,
}


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("plain", ()),
        ("{{ customer.name }} {{ today|upper }}", ("customer.name", "today")),
        ("{% if a.b %}{{ c }}{% elif d and not e.f %}{{ c }}{% endif %}", ("a.b", "d", "e.f", "c")),
        ("{{ 'x' if a == b.c.d else e|default(f) }}", None),
    ],
)
def test_a_template_tells_its_fields(template: str, named: tuple[str, ...] | None) -> None:
    found = fields_in(template)
    if named is None:
        assert set(found) == {"a", "b.c.d", "e", "f"}
    else:
        assert sorted(found) == sorted(named)


@pytest.mark.parametrize(
    "template", ["{{ x", "{% for i in x %}{% endfor %}", "{{ x() }}", "{{ x|y }}"]
)
def test_a_wrong_template_says_why(template: str) -> None:
    for use in (fields_in, lambda text: fill(text, {})):
        with pytest.raises(BadTemplate) as caught:
            use(template)
        assert str(caught.value)


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{{ " + "1" * 5_000 + " }}", "number"),
        ("{{ " + "1" * 21 + " }}", "number"),
        ("{{ 0xe9b3e7d44f001 }}", "number"),
        ("{{ 41_11 }}", "number"),
        ("{{ x" + "|trim" * 250 + " }}", "20"),
        ("{{ x" + "|trim" * 21 + " }}", "20"),
        ("{{ " + "not " * 21 + "x }}", "20"),
        ("{% if x %}" * 110 + "{% endif %}" * 110, "20"),
        ("{% if x %}" * 21 + "{% endif %}" * 21, "20"),
        ("{{ x" + " and x" * 1_000 + " }}", "deep"),
        (r"{{ '\x34111 1111 1111 1111' }}", "backslash"),
        (r"{% if x == '\u001b' %}{% endif %}", "backslash"),
        (r"{{ '\ud800' }}", "backslash"),
        (r"{{ '\N{NOTHING}' }}", "backslash"),
    ],
)
def test_a_template_too_much_for_a_sentence_is_refused(template: str, why: str) -> None:
    for use in (fields_in, lambda text: fill(text, {})):
        with pytest.raises(BadTemplate, match=why):
            use(template)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ customer.name" + "|upper" * 20 + " }}" + "{{ today|trim }}" * 2, "ADATueTue"),
        ("{% if today %}" * 20 + "x" + "{% endif %}" * 20, "x"),
        ("{% if today %}x{% endif %}" * 30, "x" * 30),
        (r"C:\new {{ today }} {# \x41 #}", r"C:\new Tue "),
        ("{{ 12345678901234567890 }} {{ 1.5 }}", "12345678901234567890 1.5"),
    ],
)
def test_what_a_sentence_needs_stands(template: str, text: str) -> None:
    assert fill(template, FIELDS).text == text


def test_what_nobody_knows_is_told_once() -> None:
    filled = fill(
        "{{ customer.city }}{{ nobody }} {{ customer.name }} {{ customer.city|lower }} {{ answer }}"
        " {{ no }} {{ customer }} {{ nobody|default('x') }}{{ 'y' if customer.city }}",
        FIELDS,
    )
    assert filled.text == "{customer.city}{nobody} Ada {customer.city} {answer} {no} {customer} x"
    assert filled.unknown == ("customer.city", "nobody", "answer", "no", "customer")


def test_values_know_their_place() -> None:
    filled = fill("a {{ customer.name }}{{ today }} b {{ customer.name }}", FIELDS)
    assert filled.text == "a AdaTue b Ada"
    assert [filled.text[start:end] for start, end in filled.values] == ["AdaTue", "Ada"]


def test_signs_of_our_own_in_a_template_do_no_harm() -> None:
    assert fill("\ue000a\ue001{{ today }}\ue002{b}", {"today": "\ue002{c}\ue000"}).text == "a{c}{b}"


@given(clean_texts)
def test_text_made_a_template_says_just_that(text: str) -> None:
    said = text.translate({0xE000: None, 0xE001: None, 0xE002: None})[:5_000]
    assert fill(as_template(said), FIELDS).text == said
    assert fields_in(as_template(said)) == ()
