from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256

import pytest

from agent_tui.crowd.people import MadePerson, person
from agent_tui.domain.values.records import ContactPointRecord, CustomerRecord, PersonRecord
from agent_tui.services.import_cleaning import Cleaner
from agent_tui.services.import_masking import without_cards
from agent_tui.text.names import fold
from tests.builders import NOON

SEED = 7
MANY = 6_000


@pytest.fixture(scope="module")
def crowd() -> list[MadePerson]:
    return [person(SEED, number) for number in range(MANY)]


def test_a_seed_means_the_same_people_everywhere(crowd: list[MadePerson]) -> None:
    said = repr(crowd[:300]).encode()
    assert sha256(said).hexdigest()[:16] == "5b3616c26f264acd"


def test_another_seed_makes_others(crowd: list[MadePerson]) -> None:
    others = [person(SEED + 1, number).name for number in range(200)]
    assert len(set(others) & {one.name for one in crowd[:200]}) < 5


def test_everybody_has_an_id_of_their_own(crowd: list[MadePerson]) -> None:
    assert len({one.external_id for one in crowd}) == MANY


@pytest.mark.parametrize("region", [None, "GB", "US", "DE", "IT"])
def test_the_entrance_would_change_nothing(crowd: list[MadePerson], region: str | None) -> None:
    """They are stored without being cleaned, masked and normalised once more."""
    cleaner = Cleaner(now=NOON, region=region, live=False)
    for one in crowd[:700]:
        record = PersonRecord(
            CustomerRecord(
                name=one.name,
                external_id=one.external_id,
                given_name=one.given,
                family_name=one.family,
                company=one.company,
                city=one.city,
                language=one.language,
                pronouns=one.pronouns,
                contact_points=tuple(
                    ContactPointRecord(point.kind, point.value) for point in one.points
                ),
            )
        )
        assert without_cards(record, lambda _digits: False) == record
        cleaned = cleaner.person(record)
        told = (one.name, one.given, one.family, one.company, one.city, one.language, one.pronouns)
        kept = ("name", "given_name", "family_name", "company", "city", "language", "pronouns")
        assert tuple(cleaned.given.get(column) for column in kept) == told
        normals = [(point["kind"], point["value"], point["normal"]) for point in cleaned.points]
        assert normals == [(point.kind, point.value, point.normal) for point in one.points]


def test_nobody_has_the_same_contact_point_twice(crowd: list[MadePerson]) -> None:
    for one in crowd:
        kinds = [(point.kind, point.normal) for point in one.points]
        assert len(set(kinds)) == len(kinds)


def test_a_few_names_are_common_and_the_tail_is_long(crowd: list[MadePerson]) -> None:
    families = Counter(one.family for one in crowd)
    most = sum(count for _, count in families.most_common(20))
    once = sum(count == 1 for count in families.values())
    assert most > 0.02 * MANY
    assert once > 0.5 * len(families)
    assert len(families) > 0.5 * MANY
    given = Counter(one.given for one in crowd)
    assert len(given) < len(families)


def test_names_are_written_in_many_ways(crowd: list[MadePerson]) -> None:
    scripts = {
        "accents": "[éèüöñç]",
        "Polish": "[łśćżń]",
        "Turkish": "[ışğ]",
        "Vietnamese": "[ễạươ]",
        "Cyrillic": "[а-я]",
        "Greek": "[α-ω]",
        "Hebrew": "[א-ת]",
        "Arabic": "[\u0627-\u064a]",
        "Devanagari": "[\u0905-\u0939]",
        "Han": "[\u4e00-\u9fff]",
        "Hangul": "[\uac00-\ud7a3]",
    }
    names = " ".join(one.name for one in crowd)
    assert {script for script, signs in scripts.items() if not re.search(signs, names)} == set()
    assert all(fold(one.name) for one in crowd)


def test_spaniards_have_two_family_names(crowd: list[MadePerson]) -> None:
    spanish = [one for one in crowd if one.language == "es"]
    assert sum(" " in one.family for one in spanish) > 0.9 * len(spanish)


def test_women_and_men_have_the_forms_of_their_names() -> None:
    russian = [
        one for one in (person(3, number) for number in range(9_000)) if one.language == "ru"
    ]
    forms = Counter(one.family[-3:] for one in russian)
    assert forms["ова"] > 10
    assert sum(one.family.endswith("ов") for one in russian) > 10


def test_people_share_companies_and_households(crowd: list[MadePerson]) -> None:
    companies = Counter(one.company for one in crowd if one.company)
    assert 0.35 * MANY < companies.total() < 0.55 * MANY
    assert companies.most_common(1)[0][1] >= 10
    landlines = Counter(
        point.normal for one in crowd for point in one.points if point.kind == "phone"
    )
    assert sum(count > 1 for count in landlines.values()) > 5


def test_people_are_reached_in_several_ways(crowd: list[MadePerson]) -> None:
    kinds = Counter(point.kind for one in crowd for point in one.points)
    assert set(kinds) == {"phone", "email", "handle", "account", "order", "address"}
    assert 3 * MANY < kinds.total() < 6 * MANY
    accounts = [point.normal for one in crowd for point in one.points if point.kind == "account"]
    assert len(set(accounts)) == len(accounts)
    reachable = sum(any(point.kind in ("phone", "email") for point in one.points) for one in crowd)
    assert reachable > 0.9 * MANY


def test_e_mail_ends_where_nobody_is(crowd: list[MadePerson]) -> None:
    hosts = {
        point.normal.partition("@")[2]
        for one in crowd
        for point in one.points
        if point.kind == "email"
    }
    kept_free = re.compile(r"(example\.(com|org|net)|[a-z0-9]+\.example)")
    assert {host for host in hosts if not kept_free.fullmatch(host)} == set()
