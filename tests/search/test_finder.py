"""The finder finds people through everything that goes wrong with a name on the phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings

from agent_tui.domain.values.finding import Found, Hit
from agent_tui.domain.values.ids import show
from agent_tui.search.finder import Finder
from tests.fakes.index_store import FakeIndexStore, Known
from tests.search.finding import (
    AVA,
    EVERYBODY,
    JOHN,
    JOSE,
    KATHERINE,
    KATHRYN,
    MARY,
    NOW,
    SERGEI,
    THOMAS,
    finder,
    found_names,
)
from tests.text.nasty import NASTY
from tests.text.strategies import anything


@pytest.mark.parametrize(
    ("query", "expected", "kinds"),
    [
        ("Katherine Smith", KATHERINE, {"exact"}),
        ("smith katherine", KATHERINE, {"exact"}),
        ("kath smith", KATHERINE, {"prefix", "exact"}),
        ("j smith", JOHN, {"prefix", "exact"}),
        ("katherine smtih", KATHERINE, {"exact", "near"}),
        ("ktherine smith", KATHERINE, {"near", "exact"}),
        ("kathherine smith", KATHERINE, {"near", "exact"}),
        ("kazherime smith", KATHERINE, {"near", "exact"}),
        ("avva ngyuen", AVA, {"near"}),
        ("kate smith", KATHERINE, {"nickname", "exact"}),
        ("tom james", THOMAS, {"nickname", "exact"}),
        ("jose mussig", JOSE, {"exact"}),
        ("kat herine smith", KATHERINE, {"exact"}),
        ("katherinesmith", KATHERINE, {"exact"}),
        ("maryann vandyke", MARY, {"exact"}),
        ("kathreni", KATHERINE, {"sound"}),
        ("sergey ivanov", SERGEI, {"exact"}),
        ("northwind", KATHERINE, {"exact"}),
        ("smith northwind", KATHERINE, {"exact"}),
        ("obrien", JOSE, {"exact"}),
        ("ava nguyen denver", AVA, {"exact"}),
        ("smith leeds", JOHN, {"exact"}),
        ("W-261 1340", JOSE, {"exact"}),
        ("#w2611340", JOSE, {"exact"}),
        ("w2611", JOSE, {"prefix"}),
        ("c-4711", JOHN, {"exact"}),
        ("mia_li@x.com", AVA, {"exact"}),
        ("mia_li", AVA, {"prefix"}),
        ("@x.com", AVA, {"part"}),
        ("rec-7", MARY, {"exact"}),
        (show("c", 1003), AVA, {"exact"}),
    ],
)
def test_finds_by_every_clue_and_says_why(query: str, expected: Known, kinds: set[str]) -> None:
    hit = finder(*EVERYBODY).find(query).hits[0]
    assert hit.name == expected.name
    assert {match.kind for match in hit.why} == kinds


def test_two_words_in_one_are_parted_though_a_name_sounds_like_both() -> None:
    people = [Known("Georgina Davidcock"), Known("David Chayka")]
    assert found_names(finder(*people).find("davidchayka"))[0] == "David Chayka"


def test_a_letter_in_the_place_of_the_space_is_left_out() -> None:
    assert found_names(finder(KATHERINE, JOHN).find("katherinebsmith"))[0] == "Katherine Smith"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("o brien", "Grace O'Brien"),
        ("o bri", "Grace O'Brien"),
        ("grace o brien", "Grace O'Brien"),
        ("mac donald", "John MacDonald"),
        ("吕 玉兰", "吕玉兰"),
        ("玉兰 吕", "吕玉兰"),
    ],
)
def test_a_surname_written_apart_counts_as_one_though_others_have_the_pieces(
    typed: str, expected: str
) -> None:
    others = [
        *(Known(f"Brien Ó {name}") for name in ("Briain", "Raighle", "Fiachna")),
        Known("Grace Orr", "Brienz Ltd"),
        Known("Donald Mac", "Mac & Mac"),
        Known("Donald Hall", "Mac & Mac"),
        Known("Mei-Lan Lu"),
    ]
    people = [*others, Known("Grace O'Brien"), Known("John MacDonald"), Known("吕玉兰")]
    assert expected in found_names(finder(*people).find(typed))[:2]


@pytest.mark.parametrize(
    "typed", ["smith @northwind.com", "smith northwind.com", "Northwind.com sm"]
)
def test_where_mail_goes_to_is_a_clue_beside_a_name(typed: str) -> None:
    at = "northwind.com"
    many = [
        Known("Ann Lee", references=(("email", f"a{n}@{at}", f"a{n}@{at}"),)) for n in range(150)
    ]
    meant = Known("Eva Smith", references=(("email", f"Eva@{at}", f"eva@{at}"),))
    namesakes = [Known("Eva Smith", "Northern Ltd"), Known("Eva Smith", "Northwind Ltd")]
    hit = finder(*many, *namesakes, meant).find(typed).hits[0]
    assert (hit.name, hit.contact) == ("Eva Smith", f"Eva@{at}")
    assert {(match.field, match.kind) for match in hit.why} >= {("email", "part")}


def test_digits_just_begun_ask_for_no_other_spelling_of_the_name_beside_them() -> None:
    people = [Known("Matteo Rossi"), Known("Ma Teo")]
    assert found_names(finder(*people).find("matteo 7")) == ["Matteo Rossi"]
    assert found_names(finder(*people).find("mateo 7"))[0] == "Matteo Rossi"


def test_a_name_that_many_have_is_not_taken_apart_for_another_word_that_nobody_has() -> None:
    people = [*(Known("Francisca Gomes") for _ in range(5)), Known("Isca Franc Nonda")]
    assert found_names(finder(*people).find("francisca nondx"))[:5] == ["Francisca Gomes"] * 5


def test_a_nickname_is_found_beside_the_many_words_that_begin_like_it() -> None:
    letters = "abcdefghijkl"
    people = [Known(f"Tom{one}{other} Bo") for one in letters for other in letters]
    people += [Known("Ann Davidley") for _ in range(200)] + [Known("Thomas Davidley")]
    assert found_names(finder(*people).find("tom davidley"))[0] == "Thomas Davidley"


@pytest.mark.parametrize(
    "copied",
    [
        "<MIA_LI@X.COM>",
        "Ava <mia_li@x.com>,",
        "(mailto:mia_li@x.com)",
        '"mia_li@x.com";',
        "'mia_li@",
    ],
)
def test_an_address_is_found_as_it_is_copied(copied: str) -> None:
    hit = finder(KATHERINE, AVA, Known("Ava Comer")).find(copied).hits[0]
    assert (hit.name, hit.why[-1].field) == ("Ava Nguyen", "email")


@pytest.mark.parametrize("query", ["mrs katherine smith", "katherine smith mrs"])
def test_one_word_too_many_hides_nobody(query: str) -> None:
    people = [Known(f"Mars B{n}") for n in range(120)]
    people += [Known(f"Katherine O{n}") for n in range(300)] + [Known("Ann Smith")] * 300
    assert found_names(finder(*people, KATHERINE).find(query))[0] == "Katherine Smith"


def test_a_word_torn_apart_is_found_though_others_nearly_have_the_pieces() -> None:
    people = [Known("Anne-Marie Coriguez", "Leroy Bakery et Fils"), Known("Étienne Leroy")]
    assert found_names(finder(*people).find("et ienne leroy"))[0] == "Étienne Leroy"


def test_a_count_says_whether_others_may_answer_too() -> None:
    smiths = [Known("Eva Smith") for _ in range(12)]
    few = finder(*EVERYBODY).find("katherine smith")
    assert not few.more
    assert not finder(AVA, JOHN).find("0018").at_least
    assert not finder(*smiths, AVA).find("smith", limit=12).at_least
    assert finder(*smiths).find("smith", limit=10).at_least
    # Of very many words that begin so not all are looked at.
    people = [Known(f"Maria S{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}x") for n in range(700)]
    answer = finder(*people).find("maria s", limit=500)
    assert len(answer.hits) < 700
    assert answer.at_least


def test_the_key_beside_is_likelier_than_any_other_wrong_letter() -> None:
    people = [Known("Anna Malo"), Known("Anna Mano")]
    assert found_names(finder(*people).find("mako"))[0] == "Anna Malo"


def test_the_inside_of_a_number_is_looked_for_also_where_others_begin_so() -> None:
    begins = Known("Ann Lee", references=(("phone", "+94600", "+9460012345"),))
    assert found_names(finder(KATHERINE, begins).find("94600")) == ["Ann Lee", "Katherine Smith"]


@pytest.mark.parametrize("written", ["+423 234 56 78", "234 56 78", "00423-2345678"])
def test_the_very_number_comes_before_the_many_that_end_like_it(written: str) -> None:
    others = [f"+{country}2345678" for country in range(50, 90)]
    people = [Known(f"P{number}", references=(("phone", number, number),)) for number in others]
    people.append(Known("Eva Marxer", references=(("phone", "+4232345678", "+4232345678"),)))
    assert found_names(finder(*people, region="LI").find(written))[0] == "Eva Marxer"


def test_one_that_only_sounds_alike_is_found_by_its_sound() -> None:
    hit = finder(Known("Anna Wright"), Known("Bernd Kohl")).find("ritte").hits[0]
    assert (hit.name, hit.why[0].kind) == ("Anna Wright", "sound")


@pytest.mark.parametrize(
    "written",
    [
        "+44 20 7946 0018",
        "0044 (0)20 7946 0018",
        "020 7946 0018",
        "(020) 7946-0018",
        "020/79460018",
        "020 7946 0018 ext 12",
        "79460018",
        "0018",
        "020 7946 00",
        "+44 20 7946 00",
        "94600",
    ],
)
def test_finds_a_phone_number_in_every_writing(written: str) -> None:
    found = finder(KATHERINE, AVA).find(written)
    assert found_names(found) == ["Katherine Smith"]
    assert found.hits[0].why[0].field == "phone"


def test_the_last_digits_are_a_clue_beside_a_name() -> None:
    found = finder(*EVERYBODY).find("kathrin 0999")
    assert found_names(found)[0] == "Kathryn Smyth"
    assert {match.field for match in found.hits[0].why} == {"name", "phone"}


def test_a_phone_number_in_pieces_is_one_clue_beside_a_name() -> None:
    assert found_names(finder(*EVERYBODY).find("smyth 7946 0999"))[0] == "Kathryn Smyth"


def test_a_dot_may_be_part_of_an_address_or_of_a_name() -> None:
    people = [Known("Xaver Ott", references=(("email", "j.smith@x.org", "j.smith@x.org"),)), JOHN]
    assert set(found_names(finder(*people).find("j.smith"))) == {"Xaver Ott", "John Smith"}


def test_digits_that_are_nobodys_number_are_looked_for_among_names() -> None:
    assert found_names(finder(Known("Studio 4711"), KATHERINE).find("4711")) == ["Studio 4711"]


def test_the_whole_query_explained_comes_before_a_part_of_it() -> None:
    found = finder(KATHERINE, JOHN, KATHRYN).find("smyth leeds")
    assert found_names(found)[:2] == ["Kathryn Smyth", "John Smith"]
    assert found.hits[0].score > found.hits[1].score > found.hits[2].score


def test_exact_comes_before_prefix_before_near_and_name_before_company_before_city() -> None:
    people = [
        Known("Anna Marz"),
        Known("Anna Marcson"),
        Known("Anna Novak", None, "Marc"),
        Known("Anna Novak", "Marc Foods"),
        Known("Marc Novak"),
    ]
    assert [(hit.why[0].field, hit.why[0].kind) for hit in finder(*people).find("marc").hits] == [
        ("name", "exact"),
        ("company", "exact"),
        ("city", "exact"),
        ("name", "prefix"),
        ("name", "near"),
    ]


def test_namesakes_stand_in_order_of_what_is_open_then_of_contact_then_of_number() -> None:
    day = timedelta(days=1)
    people = [
        Known("Ann Lee"),
        Known("Ann Lee", last_contact_at=NOW - 9 * day),
        Known("Ann Lee", last_contact_at=NOW - 2 * day),
        Known("Ann Lee", matters=("promise",)),
        Known("Ann Lee", matters=("complaint",), last_contact_at=NOW - 90 * day),
        Known("Ann Lee", matters=("waiting", "promise")),
        Known("Ann Lee"),
    ]
    hits = finder(*people).find("ann lee").hits
    assert [hit.customer_id - 1000 for hit in hits] == [6, 5, 4, 3, 2, 1, 7]
    assert hits[0].matters == ("waiting", "promise")


def test_the_typed_order_of_two_given_names_counts() -> None:
    assert found_names(finder(*EVERYBODY).find("james thomas")) == ["James Thomas", "Thomas James"]
    assert found_names(finder(*EVERYBODY).find("thomas james")) == ["Thomas James", "James Thomas"]


def test_neighbours_of_a_misspelt_word_are_dealt_in_turn() -> None:
    people = [Known(f"P{n} Marten") for n in range(20)] + [Known("Q Martin"), Known("R Marton")]
    assert {"Q Martin", "R Marton"} <= set(found_names(finder(*people).find("martun")))


def test_a_blank_query_gives_the_recent_customers() -> None:
    people = [
        Known("Old", last_contact_at=NOW - timedelta(days=5)),
        Known("New", last_contact_at=NOW),
    ]
    found = finder(*people).find("  ")
    assert found_names(found) == ["New", "Old"]
    assert found.register_size == 2
    assert all(hit.why == () and hit.score == 0 for hit in found.hits)


def test_where_somebody_lives_counts_like_where_others_work() -> None:
    here = [Known(f"Ann{n} Taylor", None, "London") for n in range(12)]
    there = [Known(f"Bob{n} Taylor", "London Bakery", "Leeds") for n in range(12)]
    other = Known("Eve Smith", "Taylor Ltd", "London")
    hits = finder(*there, other, *here).find("taylor london").hits
    assert [hit.city for hit in hits] == ["Leeds", "London"] * 5
    assert all(len(hit.why) == 2 for hit in hits)
    assert found_names(finder(other, JOHN).find("taylor london")) == ["Eve Smith"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ng mei", "Huang Mei"),
        ("wong mei", "黄 梅"),
        ("li jun", "Lee Jun"),
        ("rhee jun", "Lee Jun"),
        ("wu jun", "Goh Jun"),
        ("sato ken", "佐藤 Ken"),
        ("佐藤 ken", "Satoh Ken"),
    ],
)
def test_a_family_name_is_found_in_another_romanisation(query: str, name: str) -> None:
    hits = finder(Known("Mei Jun Ken"), Known(name)).find(query).hits
    assert hits[0].name == name
    assert {match.kind for match in hits[0].why} == {"sound", "exact"}


HOME = Known("Ivy Brook", references=(("address", "12 High Street, Bath", "12 high street bath"),))
AWAY = Known("Ida Groß", references=(("address", "Weißgasse 5 b, Köln", "weissgasse 5 b koln"),))


@pytest.mark.parametrize(
    ("query", "name", "marked"),
    [
        ("12 High Street", "Ivy Brook", "12 High Street"),
        ("high street 12", "Ivy Brook", "12 High Street"),
        ("12 high str", "Ivy Brook", "12 High Str"),
        ("12 High Street, Bath", "Ivy Brook", "12 High Street, Bath"),
        ("brook 12 high", "Ivy Brook", "12 High"),
        ("Weissgasse 5", "Ida Groß", "Weißgasse 5"),
        ("5 Weissgasse", "Ida Groß", "Weißgasse 5"),
        ("ida gross weissgasse 5", "Ida Groß", "Weißgasse 5"),
    ],
)
def test_a_postal_address_is_found_by_its_beginning(query: str, name: str, marked: str) -> None:
    (first, *_) = finder(KATHERINE, HOME, AWAY).find(query).hits
    assert first.name == name
    (where,) = [match for match in first.why if match.field == "address"]
    assert where.positions[0][0] == 0
    told = [where.text[start:end] for start, end in where.positions]
    assert "".join(told).replace(" ", "") == marked.replace(" ", "").replace(",", "")


def test_a_number_beside_a_name_need_not_be_that_of_a_house() -> None:
    found = finder(HOME, KATHERINE).find("katherine 0018")
    assert found_names(found)[0] == "Katherine Smith"
    assert found_names(finder(HOME, JOHN).find("12 smith"))[0] == "John Smith"


def test_a_slip_in_a_very_common_name_finds_its_people() -> None:
    people = [Known("James Orr") for _ in range(1_700)] + [Known("James Poe", last_contact_at=NOW)]
    assert found_names(finder(*people).find("jjames"))[:2] == ["James Poe", "James Orr"]
    assert found_names(finder(*people).find("jjames poe"))[0] == "James Poe"


def test_a_space_left_out_is_likelier_than_a_letter_in_its_place() -> None:
    people = [Known("Jennifer Hall", "Ross Ltd") for _ in range(12)] + [Known("Jennifer Cross")]
    assert found_names(finder(*people).find("jennifercross"))[0] == "Jennifer Cross"


def test_an_address_that_is_spelled_out_is_meant_rather_than_names_like_it() -> None:
    people = [Known("Maria Piatek") for _ in range(12)]
    people.append(Known("Xaver Ott", references=(("email", "m.piatek@x.org", "m.piatek@x.org"),)))
    assert found_names(finder(*people).find("m.piatek"))[0] == "Xaver Ott"


def test_pages_follow_one_another_without_gap_or_repetition() -> None:
    find = finder(*(Known(f"Ann Lee{n}") for n in range(25))).find
    pages = [find("ann", limit=10, offset=start) for start in (0, 10, 20)]
    everyone = [hit.customer_id for page in pages for hit in page.hits]
    assert sorted(everyone) == list(range(1001, 1026))
    assert [page.more for page in pages] == [True, True, False]


def test_a_person_added_later_is_found_by_a_slip() -> None:
    store = FakeIndexStore(KATHERINE)
    find = Finder(store, region=None, now=lambda: NOW).find
    assert find("zimmermnan").hits == ()
    store.known.append(Known("Paula Zimmermann"))
    assert found_names(find("zimmermnan")) == ["Paula Zimmermann"]


def test_warming_up_changes_no_answer() -> None:
    cold, warm = finder(*EVERYBODY), finder(*EVERYBODY)
    warm.warm_up()
    assert warm.find("kathrin smth").hits == cold.find("kathrin smth").hits


@pytest.mark.parametrize("query", [*NASTY, "%", "_", "%%%%", "a" * 10_000, "a b " * 2_500, "\\"])
def test_hostile_queries_are_answered(query: str) -> None:
    check(finder(*EVERYBODY).find(query), query)


@given(anything)
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered_and_positions_stay_within_the_text(query: str) -> None:
    check(finder(*EVERYBODY).find(query), query)


def check(found: Found, query: str) -> None:
    assert found.query == query
    for hit in found.hits:
        check_hit(hit)


def check_hit(hit: Hit) -> None:
    assert 0 <= hit.score <= 1
    for match in hit.why:
        edges = [edge for pair in match.positions for edge in pair]
        assert edges == sorted(set(edges))
        assert all(0 <= edge <= len(match.text) for edge in edges)
