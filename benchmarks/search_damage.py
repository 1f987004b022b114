"""The ways in which what is typed goes wrong, and who counts as found all the same.

Every class makes a query of a person, or None where they have nothing that could go wrong so. The
judge knows namesakes: whoever answers to everything that was typed before it was damaged is right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from agent_tui.crowd.people import MadePerson
from agent_tui.text.names import fold

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("sch", "sh"),
    ("th", "t"),
    ("tz", "z"),
    ("c", "k"),
    ("k", "c"),
    ("z", "s"),
    ("v", "f"),
    ("i", "y"),
    ("y", "i"),
    ("w", "v"),
    ("d", "t"),
)
REGION = "GB"
"""Of the desk that is asked: its people write their numbers without their country."""


class Query(NamedTuple):
    """What is typed, and whom it means."""

    text: str
    means: Callable[[MadePerson], bool]


@dataclass(frozen=True)
class Damage:
    """A class of damage. `spoil` is handed a person and chance."""

    name: str
    spoil: Callable[[MadePerson, random.Random], Query | None]
    names_only: bool = True
    """Whether only names are typed, so that what knows nothing else can be compared."""


# -- who is meant ----------------------------------------------------------------------------------


def called(one: MadePerson) -> Callable[[MadePerson], bool]:
    """Everybody of the very same given and family name."""
    wanted = fold(one.given), fold(one.family)
    return lambda other: (fold(other.given), fold(other.family)) == wanted


def bearing(*words: str) -> Callable[[MadePerson], bool]:
    """Everybody whose name has all these words, and perhaps others."""
    wanted = set(words)
    return lambda other: wanted <= set(names_of(other))


def named_so_far(*words: str) -> Callable[[MadePerson], bool]:
    """Everybody who has a name beginning with each of the words."""
    return lambda other: all(
        any(name.startswith(word) for name in names_of(other)) for word in words
    )


def names_of(one: MadePerson) -> list[str]:
    """All the words of a name, also those that are written in one."""
    return fold(f"{one.name} {one.given} {one.family}").split()


def reached_at(kind: str, part: str) -> Callable[[MadePerson], bool]:
    """Everybody whose number or address of that kind holds the part."""
    return lambda other: any(point.kind == kind and part in point.normal for point in other.points)


def both(
    one: Callable[[MadePerson], bool], other: Callable[[MadePerson], bool]
) -> Callable[[MadePerson], bool]:
    return lambda person: one(person) and other(person)


def either(
    one: Callable[[MadePerson], bool], other: Callable[[MadePerson], bool]
) -> Callable[[MadePerson], bool]:
    return lambda person: one(person) or other(person)


# -- names -----------------------------------------------------------------------------------------


def in_words(change: Callable[[str, random.Random], str], *, all_words: bool = False) -> Any:
    """A class that changes one word of the name that is long enough, or all of them."""

    def spoil(one: MadePerson, rng: random.Random) -> Query | None:
        words = fold(one.name).split()
        places = [place for place, word in enumerate(words) if len(word) > 3]
        if len(words) < 2 or not places or (all_words and len(places) < 2):
            return None
        for place in places if all_words else [rng.choice(places)]:
            words[place] = change(words[place], rng)
        text = " ".join(words)
        return None if text == fold(one.name) else Query(text, called(one))

    return spoil


def slip(word: str, rng: random.Random) -> str:
    """One letter wrong, missing, doubled, added, or swapped with the next."""
    ways = (wrong, missing, doubled, added, transposed)
    made = rng.choice(ways)(word, rng)
    return made if made != word else missing(word, rng)


def wrong(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    others = LETTERS.replace(word[at], "")
    return word[:at] + rng.choice(others) + word[at + 1 :]


def missing(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def added(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) + 1)
    return word[:at] + rng.choice(LETTERS) + word[at:]


def transposed(word: str, rng: random.Random) -> str:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return word
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def neighbour(word: str, rng: random.Random) -> str:
    """A key beside the right one was hit."""
    at = rng.randrange(len(word))
    for row in ROWS:
        place = row.find(word[at])
        if place >= 0:
            beside = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            return word[:at] + rng.choice(beside) + word[at + 1 :]
    return word


def as_heard(word: str, rng: random.Random) -> str:
    """A spelling that sounds alike; the word itself where there is none."""
    swaps = [swap for swap in SOUNDS if swap[0] in word]
    return word.replace(*rng.choice(swaps), 1) if swaps else word


def exact(one: MadePerson, _rng: random.Random) -> Query:
    return Query(one.name, called(one))


def swapped(one: MadePerson, _rng: random.Random) -> Query:
    return Query(f"{one.family} {one.given}", called(one))


def accents_dropped(one: MadePerson, _rng: random.Random) -> Query | None:
    parted = normalize("NFD", one.name)
    plain = "".join(sign for sign in parted if not combining(sign))
    is_latin = re.fullmatch(r"[A-Za-z .'-]+", plain)
    return Query(plain, called(one)) if is_latin and plain != one.name else None


def transliterated(one: MadePerson, _rng: random.Random) -> Query | None:
    is_other = not re.search("[A-Za-z]", one.name)
    return Query(fold(one.name), called(one)) if is_other else None


def glued(one: MadePerson, _rng: random.Random) -> Query | None:
    words = fold(one.name).split()
    return Query("".join(words), called(one)) if len(words) == 2 else None


def split(one: MadePerson, rng: random.Random) -> Query | None:
    words = fold(one.name).split()
    longest = max(words, key=len, default="")
    if len(longest) < 6:
        return None
    at = rng.randrange(2, len(longest) - 1)
    words[words.index(longest)] = f"{longest[:at]} {longest[at:]}"
    return Query(" ".join(words), called(one))


def nickname(one: MadePerson, rng: random.Random) -> Query | None:
    others = sorted(_nicknames().nicknames_of(one.given.casefold()))
    others = [name for name in others if len(name) > 2]
    if one.language != "en" or not others:
        return None
    return Query(f"{rng.choice(others)} {fold(one.family)}", called(one))


@cache
def _nicknames() -> Any:
    from nicknames import NickNamer

    return NickNamer()


def initial(one: MadePerson, _rng: random.Random) -> Query | None:
    given, family = fold(one.given), fold(one.family).split()
    if not given or not family or len(family[0]) < 3:
        return None
    return Query(f"{given[0]} {' '.join(family)}", named_so_far(given[0], *family))


def beginnings(one: MadePerson, _rng: random.Random) -> Query | None:
    words = [word[:4] for word in fold(f"{one.given} {one.family}").split()[:2]]
    return Query(" ".join(words), named_so_far(*words)) if len(words) == 2 else None


# -- other clues -----------------------------------------------------------------------------------


def point_of(one: MadePerson, kind: str, rng: random.Random) -> str | None:
    normals = [point.normal for point in one.points if point.kind == kind]
    return rng.choice(normals) if normals else None


def phone_fragment(one: MadePerson, rng: random.Random) -> Query | None:
    number = point_of(one, "phone", rng)
    return Query(number[-7:], reached_at("phone", number[-7:])) if number else None


def phone_written(one: MadePerson, rng: random.Random) -> Query | None:
    """One of four writings: E.164, international, with 00, as a link; national at home."""
    from phonenumbers import PhoneNumberFormat, format_number, parse, region_code_for_number

    number = point_of(one, "phone", rng)
    if number is None:
        return None
    parsed = parse(number)
    ways = [number, f"00{number[1:]}"]
    ways += [
        format_number(parsed, style)
        for style in (PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.RFC3966)
    ]
    if region_code_for_number(parsed) == REGION:
        ways.append(format_number(parsed, PhoneNumberFormat.NATIONAL))
    return Query(rng.choice(ways), reached_at("phone", number))


def email_begins(one: MadePerson, rng: random.Random) -> Query | None:
    address = point_of(one, "email", rng)
    local = address.partition("@")[0] if address else ""
    return Query(local, reached_at("email", local)) if len(local) > 5 else None


def email_part(one: MadePerson, rng: random.Random) -> Query | None:
    address = point_of(one, "email", rng)
    part = address[2:].partition(".example")[0] if address and "@" in address[3:] else ""
    return Query(part, reached_at("email", part)) if len(part) > 9 else None


def order_number(one: MadePerson, rng: random.Random) -> Query | None:
    order = point_of(one, "order", rng)
    if order is None:
        return None
    return Query(rng.choice([order, f"#{order}", order.lower()]), reached_at("order", order))


def account_number(one: MadePerson, rng: random.Random) -> Query | None:
    account = point_of(one, "account", rng)
    if account is None:
        return None
    text = rng.choice([account, f"{account[:2]}-{account[2:]}", account.lower()])
    return Query(text, reached_at("account", account))


def with_company(one: MadePerson, _rng: random.Random) -> Query | None:
    if not one.company:
        return None
    first = one.company.split()[0]
    at_it = lambda other: other.company is not None and first in other.company.split()  # noqa: E731
    of_that_name = bearing(*fold(one.family).split())
    # Trần Hoàng answers to all of `Hoàng Trần`, as well as Hoàng Nam does who works at Trần Dental.
    named_like_both = bearing(*fold(f"{one.family} {first}").split())
    return Query(f"{one.family} {first}", either(both(of_that_name, at_it), named_like_both))


def with_city(one: MadePerson, _rng: random.Random) -> Query | None:
    if not one.city:
        return None
    lives_there = lambda other: other.city == one.city  # noqa: E731
    return Query(f"{one.family} {one.city}", both(bearing(*fold(one.family).split()), lives_there))


def with_last_digits(one: MadePerson, rng: random.Random) -> Query | None:
    number = point_of(one, "phone", rng)
    given = fold(one.given)
    if number is None or not given:
        return None
    has_it = lambda other: any(point.normal.endswith(number[-4:]) for point in other.points)  # noqa: E731
    return Query(f"{given} {number[-4:]}", both(bearing(*given.split()), has_it))


CLASSES: tuple[Damage, ...] = (
    Damage("exact", exact),
    Damage("surname first", swapped),
    Damage("accents dropped", accents_dropped),
    Damage("other script, in ours", transliterated),
    Damage("one typo", in_words(slip)),
    Damage("two typos", in_words(slip, all_words=True)),
    Damage("letter missing", in_words(missing)),
    Damage("letter doubled", in_words(doubled)),
    Damage("letters swapped", in_words(transposed)),
    Damage("key beside", in_words(neighbour)),
    Damage("glued", glued),
    Damage("split", split),
    Damage("as heard", in_words(as_heard)),
    Damage("nickname", nickname),
    Damage("initial", initial),
    Damage("beginnings", beginnings),
    Damage("phone, any writing", phone_written, names_only=False),
    Damage("phone, 7 digits", phone_fragment, names_only=False),
    Damage("e-mail begins", email_begins, names_only=False),
    Damage("e-mail, a part", email_part, names_only=False),
    Damage("order number", order_number, names_only=False),
    Damage("account number", account_number, names_only=False),
    Damage("surname + company", with_company, names_only=False),
    Damage("surname + city", with_city, names_only=False),
    Damage("given + 4 digits", with_last_digits, names_only=False),
)


def queries(
    damage: Damage, people: Iterable[MadePerson], count: int, rng: random.Random
) -> list[Query]:
    """So many queries of a class, of the first people who have what it takes."""
    made: list[Query] = []
    for one in people:
        if len(made) == count:
            break
        query = damage.spoil(one, rng)
        if query is not None and query.text.strip():
            made.append(query)
    return made
