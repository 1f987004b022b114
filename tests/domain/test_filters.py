"""A filter is what was meant, or a mistake with its place and what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from agent_tui.domain.rules import filter_fields as fields
from agent_tui.domain.rules.filter_writing import with_term, without, write, write_term
from agent_tui.domain.rules.filters import LONGEST, MOST_TERMS, MOST_VALUES
from agent_tui.domain.values.filters import (
    FIELDS,
    Choice,
    Filter,
    Length,
    Mistake,
    Repeat,
    Span,
    Term,
    Understood,
    Words,
)
from tests.domain.filtered import LONDON, texts, understood
from tests.text.strategies import anything


def terms(text: str) -> tuple[Term, ...]:
    found = understood(text)
    assert found.mistakes == ()
    return found.filter.terms


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("agent:mira", Choice("agent", ("mira",))),
        ("Agent:MIRA", Choice("agent", ("mira",))),
        ("by:@asha", Choice("agent", ("asha",))),
        ("@asha", Choice("agent", ("asha",))),
        ("agent:me,nobody", Choice("agent", ("mira", "nobody"))),
        ("agent:mira,me,mira", Choice("agent", ("mira",))),
        ('agent:"o\'brien,jr"', Choice("agent", ("o'brien,jr",))),
        ("-agent:nobody", Choice("agent", ("nobody",), is_not=True)),
        ("team:NORTH", Choice("team", ("North",))),
        ('team:"North desk"', Choice("team", ("north desk",))),
        ("topic:Boiler", Choice("topic", ("boiler",))),
        ("tag:#boiler", Choice("topic", ("boiler",))),
        ("-#Größe", Choice("topic", ("grösse",), is_not=True)),
        ("channel:calls,e-mail", Choice("channel", ("phone", "email"))),
        ("direction:incoming", Choice("direction", ("in",))),
        ('met:"not asked"', Choice("met", ("not_asked",))),
        ("met:Not-Asked,unmet", Choice("met", ("not_asked", "no"))),
        ("state:hold", Choice("state", ("on_hold",))),
        ("is:live", Choice("state", ("live",))),
        ("promise:overdue", Choice("promise", ("late",))),
        ("script:Refund", Choice("script", ("refund",))),
        ("script:override", Choice("script", ("override",))),
        ("friction:wrap-up", Choice("friction", ("wrap_up",))),
        ('agenda:"stayed  home"', Choice("agenda", ("stayed home",))),
        ("mood:furious,any", Choice("mood", ("furious", "any"))),
        ('gave:"waived ""late"" fee"', Choice("gave", ('waived "late" fee',))),
        ("customer:unknown", Choice("customer", ("nobody",))),
        ("who:“Katherine Smith”", Choice("customer", ("Katherine Smith",))),
        ("customer:c_0SA5ETVBXRKF0", Choice("customer", ("c_0SA5ETVBXRKF0",))),
        ("repeat:2w", Repeat(14)),
        ("-repeat:14", Repeat(14, is_not=True)),
        ("length:>10m", Length(at_least_s=601)),
        ("length:>=1h30m", Length(at_least_s=5400)),
        ("duration:<90s", Length(less_than_s=90)),
        ("length:<=2:30", Length(less_than_s=151)),
        ("length:2m..5m", Length(120, 301)),
        ("-length:2m-5m", Length(120, 301, is_not=True)),
        ("boiler", Words(("boiler",))),
        ('"stayed home"', Words(("stayed", "home"))),
        ("„stayed home“", Words(("stayed", "home"))),
        ("ord*", Words(("ord",), is_beginning=True)),
        ('-"stayed ho*"', Words(("stayed", "ho"), is_beginning=True, is_not=True)),
        ('"stayed ho"*', Words(("stayed", "ho"), is_beginning=True)),
        ("k.smith@example.com", Words(("k", "smith", "example", "com"))),
        ("http://x", Words(("http", "x"))),
        ("12:30", Words(("12", "30"))),
        ("re:boiler", Words(("re", "boiler"))),
        ("zzz:", Words(("zzz",))),
        ("zzz:+44", Words(("zzz", "44"))),
        ("zzz://foo", Words(("zzz", "foo"))),
        ('"zzz:foo"', Words(("zzz", "foo"))),
        ("#12345", Words(("12345",))),
        ('"agent:mira"', Words(("agent", "mira"))),
        ('"-20"', Words(("20",))),
        ("-20", Words(("20",), is_not=True)),
    ],
)  # fmt: skip
def test_a_term(text: str, term: Term) -> None:
    assert terms(text) == (term,)


def test_terms_stand_beside_each_other_with_their_places() -> None:
    text = ' -agent:mira,tom   "stayed home"after:mon '
    found = understood(text)
    assert [text[start:end] for start, end in found.places] == [
        "-agent:mira,tom",
        '"stayed home"',
        "after:mon",
    ]


@pytest.mark.parametrize(
    ("text", "place", "instead", "message"),
    [
        ("met:no agnet:mira", "agnet", "agent", "there is no field “agnet”"),
        ("prom:late", "prom", "promise", "there is no field"),
        ('subject:"boiler"', "subject", None, "there is no field “subject”"),
        ("met:no -zzz:foo", "zzz", None, "There are agent, channel, topic, met, after, before, on"),
        ("motif:panne,bruit x", "motif", None, "in quotes it is text"),
        ("agent:mria", "mria", "mira", "there is no agent “mria”"),
        ("@zoe", "zoe", None, "there is no agent"),
        ('team:"north dsk"', '"north dsk"', '"north desk"', "there is no team"),
        ("script:visit", "visit", "visit-overdue", "there is no script"),
        ("met:yes,nope", "nope", "no", "met: is one of yes, partly, no, not_asked"),
        ("topic:,boiler", ",", None, "a value is missing beside the comma"),
        ("agent:mira, tom", ",", None, "no space belongs there"),
        ("agent: mira", "agent:", None, "agent: needs a value, such as agent:mira"),
        ('agenda:""', 'agenda:""', None, "needs a value"),
        ('topic:"late visit"', '"late visit"', '"late"', "one word"),
        ('boiler "stayed home', '"stayed home', '"stayed home"', "not closed"),
        ('agenda:"', '"', None, "not closed"),
        ("after:yestrday", "yestrday", "yesterday", "is no date"),
        ("after:mon,tue", ",tue", "", "takes one value"),
        ("length:10m", "10m", ">10m", "longer or shorter than 10m?"),
        ("length:>90", ">90", ">90m", "is no length"),
        ("length:5m..2m", "5m..2m", "2m..5m", "ends before it begins"),
        ("length:long", "long", None, "is no length"),
        ("repeat:often", "often", "14d", "is no number of days"),
        ("repeat:0d", "0d", "14d", "between 1 and 3,660 days"),
        ("!!!", "!!!", "", "has no letter or digit"),
        ("boiler - bill", "-", "", "has no letter or digit"),
        ("mood:😡", "😡", None, "has no letter or digit"),
        ("mood:" + "x" * 300, "x" * 300, None, "at most 200 characters"),
        ("# x", "#", None, "a topic is missing behind the #"),
        ("x -@", "-@", None, "a handle is missing behind the @"),
        ("boiler or refund", "or", None, "there is no “or” between terms: all of them hold"),
        ("@mira OR -met:no", "OR", None, "Either of two values is channel:phone,chat"),
        ("met:no or agent:mira", "or", None, "in quotes it is a word"),
        ("met:no or -met:partly", "or", None, "there is no “or”"),
        ("after:mon or after:tue", "or", None, "there is no “or”"),
        (
            "channel:phone,sms or via:chat",
            "channel:phone,sms or via:chat",
            "channel:phone,sms,chat",
            "there is no “or”",
        ),
    ],
)
def test_a_mistake(text: str, place: str, instead: str | None, message: str) -> None:
    [mistake] = understood(text).mistakes
    assert text[mistake.start : mistake.end] == place
    assert mistake.instead == instead
    assert message in mistake.message


@pytest.mark.parametrize(
    "text", ["or", "or boiler", "boiler or", "-or", 'boiler "or" bill', "a -or b"]
)
def test_or_is_a_word_where_it_does_not_stand_alone_between_two_terms(text: str) -> None:
    said = [one.words for one in terms(text) if isinstance(one, Words)]
    assert ("or",) in said


def test_the_word_or_is_written_in_quotes() -> None:
    wanted = Filter(
        (Words(("boiler",)), Words(("OR",), is_not=True), Words(("or",)), Words(("x",)))
    )
    assert understood(write(wanted, zone=LONDON)).filter == wanted


def test_a_mistake_leaves_its_term_out_and_no_other() -> None:
    found = understood("met:no agent:mria boiler")
    assert found.filter.terms == (Choice("met", ("no",)), Words(("boiler",)))
    assert len(found.places) == 2


def test_a_topic_that_nobody_used_is_no_mistake() -> None:
    found = understood("#boler")
    assert found.filter.terms == (Choice("topic", ("boler",)),)
    message = "“boler” is none of the usual topics of this desk"
    assert found.hints == (Mistake(1, 6, message, "boiler"),)


def test_there_is_an_end_to_everything() -> None:
    assert understood("x" * (LONGEST + 1)).mistakes[0].start == LONGEST
    many = understood("x " * (MOST_TERMS + 1))
    assert (len(many.filter.terms), len(many.mistakes)) == (MOST_TERMS, 1)
    assert understood(f"topic:{',x' * MOST_VALUES}"[:-1] + "y").filter.terms == ()


def test_every_field_is_in_the_table_once() -> None:
    assert sorted(fields.BY_NAME) == sorted(FIELDS)
    spelt = [name for one in fields.TABLE for name in (one.name, *one.aliases)]
    assert len(set(spelt)) == len(spelt) == len(fields.names())
    for field in fields.TABLE:
        codes = [name for code in field.codes for name in (code.name, *code.spellings)]
        assert len(set(codes)) == len(codes)
        assert all(fields.code_of(field, code.name) == code.name for code in field.codes)
        assert len(terms(field.example)) == 1


@given(texts)
def test_whatever_is_written_is_read(text: str) -> None:
    found = understood(text)
    assert len(found.places) == len(found.filter.terms)
    marked = [*found.places, *((one.start, one.end) for one in found.mistakes + found.hints)]
    assert all(0 <= start < end <= len(text) for start, end in marked)
    assert sorted(found.places) == list(found.places)


@given(texts)
def test_a_filter_that_is_written_reads_back_as_it_was(text: str) -> None:
    found = understood(text).filter
    again = understood(write(found, zone=LONDON))
    assert (again.filter, again.mistakes) == (found, ())


@given(st.lists(anything.map(lambda text: "".join(text.split())), max_size=5))
def test_more_spaces_change_nothing(pieces: list[str]) -> None:
    one, more = (understood(space.join(pieces)).filter for space in (" ", "  \t\u3000\n "))
    assert one == more or any('"' in piece for piece in pieces)


def has_room(found: Understood) -> bool:
    """Whether there may be one term more."""
    return len(found.filter.terms) + len(found.mistakes) < MOST_TERMS


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        ("met:no or agent:mira", 0, "agent:mira"),
        ("met:no or agent:mira", 1, "met:no"),
        ("a or b or c", 1, "a c"),
        ("a or or b", 0, "b"),
        ('""OR 0', 0, '""'),
        ("or or x", 1, "or"),
    ],
)
def test_an_or_goes_with_the_term_beside_it(text: str, number: int, left: str) -> None:
    assert without(text, understood(text).places[number]) == left


@given(texts)
@example('""OR 0')
@example("a or or b")
def test_a_term_that_is_taken_out_is_gone_and_the_others_stay(text: str) -> None:
    found = understood(text)
    assume(has_room(found))
    for number, place in enumerate(found.places):
        left = understood(without(text, place)).filter.terms
        assert left == found.filter.terms[:number] + found.filter.terms[number + 1 :]


@given(texts, st.sampled_from(["met:no", '"stayed home"', "-length:>10m", 'mood:"a ""b"""']))
def test_a_term_that_is_put_in_is_there_and_the_others_stay(text: str, another: str) -> None:
    [term] = terms(another)
    before = understood(text)
    assume(has_room(before) and len(text) < LONGEST - 100)
    behind = understood(with_term(text, term, zone=LONDON)).filter.terms
    assert behind in ((*before.filter.terms, term), (term, *before.filter.terms))


@pytest.mark.parametrize("term", [Choice("topic", ()), Words(()), Length(), Span()])
def test_what_no_text_says_is_not_written(term: Term) -> None:
    with pytest.raises(ValueError, match="no filter"):
        write_term(term, zone=LONDON)


def test_an_empty_text_is_an_empty_filter() -> None:
    assert understood(" \n ").filter == Filter()
    assert write(Filter(), zone=LONDON) == ""
