"""Where made-up people come from: names, towns, streets and numbers as they are written there.

The long lists of names are those of the package `faker`, whose exact version is part of what a
seed means. Nothing else of it is used: its chance is not ours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import import_module
from typing import Any

from agent_tui import paths
from agent_tui.crowd.dice import Weighted, falling
from agent_tui.crowd.families import Families
from agent_tui.text.hygiene import clean_line

_INVENTED_A_SHARE = 140
_GIVEN_FLAT = 10
_CITY_FLAT = 4
_VOWELS = "aeiouyàáâãäåāæèéêëēęìíîïīıòóôõöøōùúûüūůýąăœő"
_LONGEST = 30


@dataclass(frozen=True)
class Locale:
    """One country, or one of the ways in which names are written in it."""

    language: str
    region: str
    women: Weighted[str]
    men: Weighted[str]
    families: Families
    female: tuple[tuple[str, str], ...]
    second: int
    between: str
    order: str
    cities: Weighted[str]
    mobile: tuple[str, ...]
    landline: tuple[str, ...]
    street: str
    firms: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """What is the same in all countries."""

    hosts: tuple[str, ...]
    """Where e-mail addresses end: domains kept free for examples (RFC 2606)."""
    trades: tuple[str, ...]
    handles: tuple[str, ...]


@cache
def words() -> Words:
    """The words that do not depend on where somebody comes from."""
    return Words(**{name: tuple(_spaced(listed)) for name, listed in _file()["words"].items()})


@cache
def locales() -> Weighted[Locale]:
    """All countries, each as often as people come from there."""
    entries = _file()["locale"]
    return Weighted([_locale(entry) for entry in entries], [entry["share"] for entry in entries])


@cache
def _file() -> dict[str, Any]:
    with open(paths.shipped("crowd", "locales.toml"), "rb") as file:
        return tomllib.load(file)


def _locale(entry: Mapping[str, Any]) -> Locale:
    lists = _Lists(entry["faker"])
    known = lists.names(entry.get("common", ""), entry.get("families", ["last_names"]))
    of_women, of_men = entry.get("given", ["first_names_female", "first_names_male"])
    women = lists.names(entry.get("women", ""), [of_women])
    men = lists.names(entry.get("men", ""), [of_men])
    cities = lists.names(entry["cities"], ["cities"])
    return Locale(
        language=entry["language"],
        region=entry["region"],
        women=Weighted(women, falling(len(women), _GIVEN_FLAT)),
        men=Weighted(men, falling(len(men), _GIVEN_FLAT)),
        families=Families(
            f"{entry['faker']} {entry['region']}",
            known,
            invented=entry.get("invented", _INVENTED_A_SHARE) * entry["share"],
            vowels=entry.get("vowels", _VOWELS),
        ),
        female=tuple((of_men, of_women) for of_men, of_women in entry.get("female", ())),
        second=entry.get("second", 0),
        between=entry.get("between", ""),
        order=entry.get("order", "given family"),
        cities=Weighted(cities, falling(len(cities), _CITY_FLAT)),
        mobile=tuple(entry["mobile"]),
        landline=tuple(entry["landline"]),
        street=entry["street"],
        firms=tuple(_spaced(entry["firms"])),
    )


class _Lists:
    """The lists of one locale of `faker`, the person's and the address's."""

    def __init__(self, name: str) -> None:
        self._providers = [import_module(f"faker.providers.person.{name}").Provider]
        with suppress(ImportError):
            self._providers.append(import_module(f"faker.providers.address.{name}").Provider)

    def names(self, common: str, lists: Iterable[str]) -> list[str]:
        """`common` first, then what stands in the lists.

        Lists without weights mostly stand in the order of the alphabet; they are shuffled, once
        and for all, so that Aaron is no more frequent than Zoe.
        """
        rest: list[str] = []
        for found in map(self._list, lists):
            if isinstance(found, Mapping):
                rest += sorted(found, key=lambda name: (-found[name], name))
            else:
                rest += sorted(set(found), key=_shuffled)
        plain = (clean_line(name) for name in [*_spaced(common), *map(_written, rest)])
        return list(dict.fromkeys(name for name in plain if 0 < len(name) <= _LONGEST))

    def _list(self, name: str) -> Any:
        return next((found for one in self._providers if (found := getattr(one, name, ()))), ())


def _shuffled(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=8).digest()


def _written(name: str) -> str:
    """A name as it is written, where a list has it in capitals."""
    return name.title() if name.isupper() and name.isascii() else name


def _spaced(words: str) -> list[str]:
    """Words of which some stand for several: an underscore is a space."""
    return [word.replace("_", " ") for word in words.split()]
