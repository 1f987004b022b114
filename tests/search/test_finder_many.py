"""The finder where very many answer: half-typed words, letters, common names, parts of a query."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent_tui.search.spellings import slipped
from tests.fakes.index_store import Known
from tests.search.finding import EVERYBODY, NOW, PHONE, finder, found_names, words_beginning


def test_names_written_in_one_are_found_in_the_other_order() -> None:
    assert found_names(finder(Known("明丽丽"), Known("Lila Berg")).find("lili ming"))[0] == "明丽丽"


def test_a_letter_beside_a_name_is_an_initial_before_it_is_one_of_a_company() -> None:
    people = [Known(name, "Bocgeli S.p.A.") for name in ("Eva Russo", "Ugo Bo", "Tea Orsi")]
    people += [Known(f"{name} Bocgeli", "Bo S.p.A.") for name in ("Ugo", "Piermaria")]
    people.append(Known("Tea P. Orsi", "Bocgeli Bakery"))
    for query in ("p bocgeli", "bocgeli p"):
        assert found_names(finder(*people).find(query))[0] == "Piermaria Bocgeli"


def test_a_given_name_inside_of_a_name_written_in_one_is_a_clue() -> None:
    people = [Known("王秀梅", references=(PHONE,)), Known("Ann Lee", references=(PHONE,))]
    hit = finder(*people).find("xiumei 0018").hits[0]
    assert (hit.name, hit.why[0].kind, hit.why[0].positions) == ("王秀梅", "exact", ((1, 3),))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("陆 北京", "陆丹"),
        ("lu beijing", "陆丹"),
        ("陆 丹", "陆丹"),
        ("dan lu", "陆丹"),
        ("하 서", "하승현"),
        ("seunghyeon ha", "하승현"),
        ("ouyang", "欧阳娜"),
    ],
)
def test_a_family_written_in_one_with_the_given_name_is_a_clue(query: str, expected: str) -> None:
    people = [Known(f"陆{n}丹") for n in "一二三四五六七八九十"] * 40
    people += [Known("Ann Lu", "Beijing Bakery"), Known("Li Ha"), Known("Ouyangsen Bo")]
    people += [Known("陆丹", "北京 Bakery 有限公司"), Known("하승현", "서 Optics"), Known("欧阳娜")]
    hits = finder(*people).find(query).hits
    assert expected in [hit.name for hit in hits[:2]]
    hit = next(hit for hit in hits if hit.name == expected)
    assert {match.kind for match in hit.why} == {"exact"}
    assert all(match.positions for match in hit.why)


def test_a_name_written_in_one_costs_no_more_in_its_own_order() -> None:
    hits = finder(Known("丹陆"), Known("陆丹")).find("lu dan").hits
    assert (hits[0].name, hits[0].score) == ("陆丹", 1.0)


def test_a_common_word_does_not_hide_who_has_the_rare_one_too() -> None:
    people = [Known(f"Anes Rao{n}") for n in range(300)]
    people += [Known("James Roe") for _ in range(20_100)] + [Known("James Bervoes")]
    assert found_names(finder(*people).find("ames bervoes"))[0] == "James Bervoes"


@pytest.mark.parametrize("query", ["mohamed mohamed", "Mohamed  MOHAMED", "mohamed mohamed li"])
def test_a_name_that_is_said_twice_is_that_of_who_has_it_twice(query: str) -> None:
    people = [Known(f"Mohamed Li{n}", last_contact_at=NOW) for n in range(200)]
    hit = finder(*people, Known("Mohamed Mohamed Li")).find(query).hits[0]
    assert (hit.name, hit.why[0].positions[:2]) == ("Mohamed Mohamed Li", ((0, 7), (8, 15)))


def test_a_word_that_is_typed_twice_by_mistake_hides_nobody() -> None:
    assert found_names(finder(*EVERYBODY).find("katherine katherine"))[0] == "Katherine Smith"
    assert found_names(finder(*EVERYBODY).find("smith smith katherine"))[0] == "Katherine Smith"
    hugo = Known("Hugo de la Cruz", None, "Ciudad de México")
    assert finder(*EVERYBODY, hugo).find("de la cruz ciudad de mexico").hits[0].score > 0.8


@pytest.mark.parametrize("digits", ["5", "59", "592", "#5", "5926", "+44", "44 7"])
def test_digits_behind_a_name_hide_nobody_of_that_name(digits: str) -> None:
    people = [Known(f"James H{n}") for n in range(40)]
    at_home = ("address", "59 Smith Street, Leeds", "59 smith street leeds")
    people += [Known(f"Ann O{n}", references=(at_home,)) for n in range(12)]
    people += [Known("James Smith", references=(PHONE,)), Known("James Smith")]
    found = finder(*people).find(f"james smith {digits}")
    assert found_names(found)[:2] == ["James Smith", "James Smith"]


def test_three_digits_hide_nobody_though_somebody_nearly_answers_to_all() -> None:
    people = [Known(f"James H{n}") for n in range(40)]
    number = ("phone", "020 7946 0592", "+442079460592")
    people += [Known(f"Ann{n} Smith", references=(number,)) for n in range(30)]
    people += [Known("Robert Jennings", "Smith Homes", references=(number,))]
    found = finder(*people, Known("James Smith")).find("james smith 592")
    assert "James Smith" in found_names(found)[:2]


def test_two_words_that_are_nearly_met_are_more_than_one_beside_a_house_that_nobody_has() -> None:
    people = [Known("Kathrin Rowe"), Known("Katherine Smith")]
    assert found_names(finder(*people).find("kathrin smth 5"))[0] == "Katherine Smith"


def test_a_slip_that_leaves_two_letters_costs_more() -> None:
    assert slipped("wun", "wu", 1)[1] > slipped("wung", "wun", 1)[1]


def test_of_a_part_that_few_have_before_one_that_many_have() -> None:
    """One of two words went wrong altogether; the rare one says more about who is meant."""
    people = [Known(f"Oliver {word}", last_contact_at=NOW) for word in words_beginning("H", 30)]
    found = finder(*people, Known("James Rundle"), Known("Luke Rundel")).find("oliver rundle")
    assert found_names(found)[0] == "James Rundle"
    assert [hit.name.split()[0] for hit in found.hits[1:]] == ["Oliver"] * 9


def test_whose_whole_name_was_typed_comes_before_who_has_more_but_not_before_who_waits() -> None:
    people = [Known("Toby Dixon", last_contact_at=NOW), Known("Toby"), Known("Ann Toby")]
    assert found_names(finder(*people).find("toby")) == ["Toby", "Toby Dixon", "Ann Toby"]
    waits = Known("Toby Ek", matters=("waiting",))
    assert found_names(finder(*people, waits).find("toby"))[:2] == ["Toby Ek", "Toby"]


def test_a_slip_is_rather_in_a_name_than_in_a_company() -> None:
    people = [Known("Kathryn Rowe", "Smith Media", last_contact_at=NOW), Known("Katherine Smith")]
    assert found_names(finder(*people).find("kathrin smth"))[0] == "Katherine Smith"


def test_a_slip_is_rather_in_a_name_than_in_two_letters_of_a_city() -> None:
    people = [Known("Sabine Kramer", None, "Frankfurt am Main"), Known("Sabine Lamy")]
    assert found_names(finder(*people).find("sabine amy")) == ["Sabine Lamy", "Sabine Kramer"]


def test_one_letter_gives_recent_people_first() -> None:
    people = [Known(f"Anna{letter} Bo") for letter in "bcdefghijk"]
    people.append(Known("Annal Bo", last_contact_at=NOW))
    assert found_names(finder(*people).find("a"))[0] == "Annal Bo"


def test_two_letters_are_those_of_a_name_before_those_of_a_legal_form_or_in_a_city() -> None:
    people = [Known(f"Bo Ek{n}", "Ott & Co. KG", "Inn am Co") for n in range(40)]
    found = finder(*people, Known("Danielle Cole"), Known("Xaver Ott", "Cohn Ltd")).find("co")
    assert found_names(found)[0] == "Danielle Cole"


@pytest.mark.parametrize("title", ["mr", "Mrs.", "frau dr"])
def test_a_title_is_passed_over(title: str) -> None:
    people = [Known(f"Morris Jon{n}", "Jones Ltd", "Mrstown") for n in range(12)]
    people.append(Known("Ann Jones"))
    found = finder(*people).find(f"{title} jones")
    assert found_names(found)[0] == "Ann Jones"


@pytest.mark.parametrize("query", ["😀 smith", "smith👨‍👩‍👧‍👦", "☎️ smith", "❤️smith"])
def test_pictures_beside_words_are_passed_over(query: str) -> None:
    people = [Known("Gail Greenning", "Smith Ltd"), Known("Ann Manly"), Known("Bo Smith")]
    found = finder(*people).find(query)
    assert found_names(found) == ["Bo Smith", "Gail Greenning"]


def test_a_title_may_be_a_name() -> None:
    people = [Known("Ann Frau"), Known("Ann Ek"), Known("Frau Ek", "Ann Ltd")]
    assert found_names(finder(*people).find("frau ann"))[0] == "Ann Frau"


def test_one_letter_is_a_beginning_before_it_is_a_middle_initial() -> None:
    people = [Known(f"Bo K. Ek{n}") for n in range(40)]
    people += [Known(word) for word in words_beginning("K", 210)]
    people += [Known("Kim Ott", last_contact_at=NOW), Known("Al Kurz", matters=("promise",))]
    found = finder(*people).find("k")
    assert found_names(found)[:2] == ["Al Kurz", "Kim Ott"]
    assert {match.kind for match in found.hits[0].why} == {"prefix"}


def test_a_letter_that_very_many_names_begin_with_is_answered_by_recent_people() -> None:
    people = [Known(f"A{n:04}") for n in range(2_000)]
    people[1_777] = Known("A1777", last_contact_at=NOW)
    assert found_names(finder(*people).find("a"))[0] == "A1777"


def test_who_has_the_very_word_comes_before_the_latest_whose_names_only_begin_so() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    begun = [
        Known(f"Li{one}{other} Po", last_contact_at=NOW) for one in letters for other in letters
    ]
    assert found_names(finder(*begun, Known("Li Wei")).find("li"))[0] == "Li Wei"


def test_a_common_name_with_an_initial_finds_who_has_both() -> None:
    people = [Known(f"Maria {'ABCDEFGH'[n % 8]}{n}") for n in range(1_700)] + [Known("Maria Zorn")]
    assert found_names(finder(*people).find("maria zorn"))[0] == "Maria Zorn"
    assert found_names(finder(*people).find("maria z"))[0] == "Maria Zorn"


def test_who_has_the_very_name_is_not_lost_among_many_of_one_of_its_words() -> None:
    people = [Known(f"Li{n} Ting") for n in range(700)] + [Known("Li Ting"), Known("Ting Li")]
    assert found_names(finder(*people).find("li ting"))[:2] == ["Li Ting", "Ting Li"]


def test_one_with_an_open_matter_is_not_lost_among_hundreds_of_equal_people() -> None:
    people = [Known("Ann Lee", last_contact_at=NOW) for _ in range(700)]
    people[600] = Known("Ann Lee", matters=("promise",))
    for query in ("ann lee", "lee", "ann lew"):
        assert finder(*people).find(query).hits[0].matters == ("promise",), query


@pytest.mark.parametrize(("namesakes", "others"), [(300, 700), (1_200, 700)])
def test_the_latest_of_a_common_name_come_first_though_very_many_others_were_later(
    namesakes: int, others: int
) -> None:
    """Of so many neither all nor none are read; the last four hundred contacts are with others."""
    people = [Known("Bo Ek", last_contact_at=NOW) for _ in range(others)]
    people += [Known(f"Ann{n} Lee") for n in range(namesakes)]
    for days in (9, 3, 6):
        people.append(Known(f"Eve{days} Lee", last_contact_at=NOW - timedelta(days=days)))
    found = finder(*people).find("lee")
    assert found_names(found)[:3] == ["Eve3 Lee", "Eve6 Lee", "Eve9 Lee"]
    assert found.at_least


@pytest.mark.parametrize("query", ["callum gi", "gi callum", "callum g", "g callum", "callum gir"])
def test_a_word_half_typed_finds_who_has_it_among_hundreds_of_a_common_name(query: str) -> None:
    people = [Known(f"Callum {word}", last_contact_at=NOW) for word in words_beginning("H", 400)]
    people += [Known(f"Bo {word}") for word in words_beginning("Gi", 650)]
    people += [Known(f"Bo {word}") for word in words_beginning("Gira", 120)]
    people += [Known("Callum Giraldo"), Known("Callum Giroux", last_contact_at=NOW)]
    hits = finder(*people).find(query).hits
    assert [hit.name for hit in hits[:2]] == ["Callum Giroux", "Callum Giraldo"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("toby t", "Toby Thomas"), ("t toby", "Toby Thomas"), ("toby to", "Toby Toms")],
)
def test_two_clues_are_two_words_where_somebody_has_two(query: str, expected: str) -> None:
    people = [Known(f"Toby {word}", last_contact_at=NOW) for word in words_beginning("H", 300)]
    people += [Known(f"Bo {word}") for word in words_beginning("T", 250)]
    people += [Known(f"Bo {word}") for word in words_beginning("To", 650)]
    hits = finder(*people, Known("Toby Thomas"), Known("Toby Toms")).find(query).hits
    assert expected in [hit.name for hit in hits[:2]]
    marked = [each for match in hits[0].why for each in match.positions]
    assert len({start for start, _ in marked}) == 2
    assert hits[-1].name.startswith("Toby H")
    assert hits[-1].score < hits[0].score


@pytest.mark.parametrize("query", ["jan do", "do jan", "jan d", "d jan"])
def test_who_has_the_very_word_is_not_lost_among_many_whose_names_begin_so(query: str) -> None:
    people = [Known(f"{word} Dost", last_contact_at=NOW) for word in words_beginning("Jan", 650)]
    people += [Known(f"Bo {word}") for word in words_beginning("Do", 650)]
    people += [Known(f"Jan {word}", last_contact_at=NOW) for word in words_beginning("H", 40)]
    assert found_names(finder(*people, Known("Jan Dosnes")).find(query))[0] == "Jan Dosnes"


@pytest.mark.parametrize("query", ["ca gi", "gi ca", "c g", "c gi", "cal gir"])
def test_who_has_two_words_half_typed_comes_before_the_latest_who_have_one(query: str) -> None:
    people = [Known(f"{word} Bo", last_contact_at=NOW) for word in words_beginning("Ca", 650)]
    people += [Known(f"{word} Bo") for word in words_beginning("Cal", 120)]
    people += [Known(f"Bo {word}", last_contact_at=NOW) for word in words_beginning("Gi", 650)]
    people += [Known(f"Bo {word}") for word in words_beginning("Gir", 120)]
    assert found_names(finder(*people, Known("Calogero Giraldo")).find(query))[0] == (
        "Calogero Giraldo"
    )


def test_an_initial_is_rather_that_of_a_given_name_than_the_very_letter_in_the_middle() -> None:
    people = [Known("Kim J. Smith", last_contact_at=NOW) for _ in range(40)]
    people += [Known("Bo Smith", last_contact_at=NOW) for _ in range(40)]
    found = finder(*people, Known("Jane Smith"), Known("J. Smith")).find("j smith")
    assert found_names(found)[:3] == ["J. Smith", "Jane Smith", "Kim J. Smith"]
    assert found.hits[0].score == 1.0


def test_addresses_that_begin_with_a_word_take_no_room_of_who_has_it_as_name() -> None:
    people = [
        Known("Ed Ott", references=(("email", f"leng{n}@x.org", f"leng{n}@x.org"),))
        for n in range(40)
    ]
    assert found_names(finder(*people, Known("Bo Leng")).find("leng"))[0] == "Bo Leng"


def test_a_name_tells_apart_hundreds_whose_numbers_end_alike() -> None:
    def known(name: str, n: int) -> Known:
        return Known(name, references=(("phone", f"0{n} 4697", f"+44{n}4697"),))

    people = [known(f"P{n} Orr", 1000 + n) for n in range(700)] + [known("Leo Marsh", 2000)]
    hit = finder(*people).find("leo 4697").hits[0]
    assert (hit.name, [match.kind for match in hit.why]) == ("Leo Marsh", ["exact", "digits"])


@pytest.mark.parametrize("query", ["martun", "mar", "m", "ann martin", "annabst martun"])
def test_pages_of_very_many_repeat_nobody(query: str) -> None:
    """For a page further on more people are read, and others of them may come first."""
    families = ("Marten", "Martin", "Marton", "Martyn", "Mertin", "Morton", "Marsten")
    people = [
        Known(
            f"{word} {families[n * n % 7]}",
            ("Marten Ltd", None, "Morton Co")[n % 3],
            ("Martino", "Leeds", None)[n % 5 % 3],
            last_contact_at=None if n % 3 else NOW - timedelta(days=n * n % 90),
            matters=() if n % 20 else ("promise",),
        )
        for n, word in enumerate(words_beginning("Ann", 400) + words_beginning("Mar", 200))
    ]
    find = finder(*people).find
    pages = [find(query, limit=10, offset=start).hits for start in range(0, 80, 10)]
    shown = [hit.customer_id for page in pages for hit in page]
    assert len(set(shown)) == len(shown) > 15
    assert [hit.customer_id for hit in find(query).hits] == shown[:10]
