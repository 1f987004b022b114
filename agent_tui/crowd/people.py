"""The people of the crowd: names, households, companies, and the ways to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from agent_tui.crowd.dice import Dice
from agent_tui.crowd.families import of_women
from agent_tui.crowd.locales import Locale, locales, words
from agent_tui.crowd.reach import Point, dialled, points
from agent_tui.domain.values.kinds import CaseKind

_TITLES: tuple[tuple[CaseKind, str], ...] = (
    ("order", "Replacement part"),
    ("order", "Second delivery"),
    ("enquiry", "Which contract fits"),
    ("enquiry", "Offer for a larger plan"),
    ("request", "Change of address"),
    ("request", "Copy of all bills"),
)


class Matter(NamedTuple):
    """Something that outlives one contact. `days` ago it was opened."""

    number: str
    normal: str
    kind: CaseKind
    title: str
    is_open: bool
    days: int


@dataclass(frozen=True, slots=True)
class MadePerson:
    """Somebody who does not exist. `external_id` is unique for its seed."""

    external_id: str
    name: str
    given: str
    family: str
    company: str | None
    city: str | None
    language: str
    pronouns: str | None
    points: tuple[Point, ...]
    matters: tuple[Matter, ...]


def person(seed: int, number: int) -> MadePerson:
    """Who has this `number`, from 0 on: the same for a seed, however many others there are."""
    dice = Dice(seed, "person", number)
    home = _home(seed, number - 1 if number % 2 and dice.percent(6) else number)
    locale = home.locale
    is_woman = dice.percent(51)
    given = _given(locale, dice, is_woman)
    family = _family(home, dice, is_woman)
    company = _company(seed, locale, number, dice) if dice.percent(45) else None
    return MadePerson(
        external_id=external_id(seed, number),
        name=_full_name(locale, given, family, dice),
        given=given,
        family=family,
        company=company,
        city=home.city if dice.percent(92) else None,
        language=locale.language,
        pronouns=_pronouns(is_woman, dice),
        points=points(
            dice,
            locale=locale,
            account=seed + number,
            name=(given, family),
            company=company,
            landline=home.landline,
            address=f"{home.street}, {home.city}",
        ),
        matters=(_matter(seed, number, dice),) if dice.percent(8) else (),
    )


def external_id(seed: int, number: int) -> str:
    """By what somebody is known again."""
    return f"{seed}-{number:08d}"


class _Home(NamedTuple):
    """What the people of a household share."""

    locale: Locale
    family: str
    city: str
    landline: str
    street: str


def _home(seed: int, number: int) -> _Home:
    dice = Dice(seed, "home", number)
    locale = locales().draw(dice)
    family = locale.families.draw(dice)
    street = locale.street.format(n=1 + dice.early(180), name=locale.families.draw(dice))
    return _Home(
        locale,
        family,
        locale.cities.draw(dice),
        dialled(dice, dice.one_of(locale.landline)),
        street,
    )


def _given(locale: Locale, dice: Dice, is_woman: bool) -> str:
    return (locale.women if is_woman else locale.men).draw(dice)


def _family(home: _Home, dice: Dice, is_woman: bool) -> str:
    locale = home.locale
    family = of_women(home.family, locale.female) if is_woman else home.family
    if locale.second and dice.percent(locale.second):
        other = locale.families.draw(dice)
        if other != family:
            return f"{family}{locale.between}{other}"
    return family


def _full_name(locale: Locale, given: str, family: str, dice: Dice) -> str:
    if locale.language == "en" and dice.percent(6):
        given = f"{given} {chr(ord('A') + dice.under(26))}."
    return locale.order.replace("given", "{0}").replace("family", "{1}").format(given, family)


def _pronouns(is_woman: bool, dice: Dice) -> str | None:
    if not dice.percent(12):
        return None
    return "they/them" if dice.percent(8) else "she/her" if is_woman else "he/him"


def _company(seed: int, locale: Locale, number: int, dice: Dice) -> str:
    """One of the companies that there are by now: the older it is, the more people are in it."""
    return _company_named(seed, locale, dice.early(12 + number // 500))


@lru_cache(maxsize=20_000)
def _company_named(seed: int, locale: Locale, number: int) -> str:
    dice = Dice(seed, f"company {locale.region} {locale.language}", number)
    founder = locale.families.draw(dice)
    form = dice.one_of(locale.firms)
    how = dice.under(10)
    if how < 5:
        return f"{founder} {dice.one_of(words().trades)} {form}"
    if how < 7:
        return f"{founder} & {locale.families.draw(dice)} {form}"
    if how < 9:
        return f"{locale.cities.draw(dice)} {dice.one_of(words().trades)} {form}"
    return f"{founder} {form}"


def _matter(seed: int, number: int, dice: Dice) -> Matter:
    kind, title = dice.one_of(_TITLES)
    written = f"CASE-{seed}-{number:07d}"
    return Matter(
        written, written.replace("-", ""), kind, title, dice.percent(30), dice.early(1_000)
    )
