"""Make the larger part of the demo desk's generated people, the same ones for the same seed.

Usage: `python -m tools.make_demo_district --seed 8` writes `data/demo/district.jsonl.gz`: people
whose numbers, addresses and cases are nobody's in the other files. It draws as
`make_demo_people.py` does, with the words of `demo_district_words.toml` beside it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tools.make_demo_people import (
    HERE,
    TOWN,
    Locale,
    Maker,
    Record,
    Story,
    Town,
    grow,
    latin,
    named_record,
    tie_colleagues,
)

DISTRICT = TOWN.with_name("district.jsonl.gz")
PEOPLE = 1_700
HISTORIES = (26, 34, 20, 11, 5, 3, 1)
"""How many of a hundred had no contact, one, two, and so on."""

TOGETHER = 0.14
"""The share who live with the person before them, on the same landline."""

COLD_WEEK = 0.025
"""The share who come with their boiler in the last seven days."""

REACH = (0.33, 0.5, 0.8)
"""Fewer mobiles than in the town: no more numbers are kept free for drama."""

ACCOUNTS_FROM = 5_000
COLLEAGUES = ("asha", "tom", "noor")
SLOTS = {"room": "rooms", "neighbour": "neighbours", "pet": "pets", "code": "codes"}
_DIGITS = re.compile(r"\D")


@dataclass
class DistrictMaker(Maker):
    """Draws people one after the other; whoever lives together stands one behind the other."""

    taken: list[Record] = field(default_factory=list)
    before: Record = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Deal out the numbers that nobody has, and remember all addresses and cases."""
        values = [p["value"] for one in self.taken for p in one["customer"]["contact_points"]]
        ends = {_DIGITS.sub("", value)[-7:] for value in values}
        self.mobiles = self.dealt("00900", ends)
        codes = sorted({town.code for town in self.towns})
        self.landlines = {code: self.dealt(code.split()[1] + "0", ends) for code in codes}
        self.names |= {one["customer"]["name"] for one in self.taken}
        self.emails |= set(values)
        self.cases |= {case["external_id"] for one in self.taken for case in one.get("cases", ())}

    def dealt(self, block: str, ends: set[str]) -> list[int]:
        """The free numbers behind these digits, in the order in which they are given away."""
        free = [n for n in range(200, 1000) if f"{block}{n}"[-7:] not in ends]
        self.rng.shuffle(free)
        return free

    def landline(self, town: Town) -> str:
        """Take the next landline number of the town; one of 01632 is written in two parts."""
        if town.code.startswith("01632"):
            return f"01632 960{self.landlines[town.code].pop()}"
        return super().landline(town)

    def interaction(self, story: Story, key: str, ago: int, agent: str) -> Record:
        """Tell a story in one of its ways, with one room, neighbour or pet all through."""
        way = self.rng.randrange(6)
        drawn = {slot: self.rng.choice(self.words[words]) for slot, words in SLOTS.items()}
        told = replace(
            story,
            agenda=put_in(one_way(story.agenda, way), drawn),
            note=put_in(one_way(story.note, way), drawn),
            lines=[put_in(one_way(line, way), drawn) for line in story.lines],
        )
        return super().interaction(told, key, ago, agent)

    def promise(self, side: str, text: str, ago: int, owner: str) -> Record:
        """Make the promise of a contact; what is still open is not Mira's, whose day is full."""
        made = super().promise(side, text, ago, owner)
        if made["state"] == "open" and made.get("owner") == "mira":
            made["owner"] = self.colleague()
        return made

    def named(self) -> tuple[Record, str]:
        """Draw a name, up to four times where somebody has it: a few do share theirs."""
        for _ in range(4):
            customer, address = super().named()
            if customer["name"] not in self.names:
                break
        self.names.add(customer["name"])
        return customer, address

    def days_ago(self) -> list[int]:
        """Draw the days of contacts over three years, the last nine weeks but this one busier.

        In this week the town alone has as many contacts as both have in any of those weeks.
        """
        count = self.rng.choices(range(len(HISTORIES)), HISTORIES)[0]
        longest = (63 if self.chance(0.22) else 1_095 for _ in range(count))
        return sorted((self.rng.randint(8, days) for days in longest), reverse=True)

    def history(self, person: Record, key: str) -> None:
        """Give a person contacts, and to a few one of this cold week, in which boilers give up."""
        super().history(person, key)
        if self.chance(COLD_WEEK):
            story = self.rng.choice([each for each in self.stories if each.topic == "boiler"])
            talk = self.interaction(story, f"{key}-cold", self.rng.randint(2, 6), self.colleague())
            grow(person, "interactions", talk)

    def colleague(self) -> str:
        """Draw one of Mira's colleagues."""
        return self.rng.choice(COLLEAGUES)

    def person(self, number: int) -> Record:
        """Make one customer, who may live with the one before."""
        customer, address = self.named()
        town = self.rng.choices(self.towns, [each.weight for each in self.towns])[0]
        company, with_whom = "", None
        if self.before and self.chance(TOGETHER):
            with_whom = next((p for p in phones(self.before) if "7700" not in p["value"]), None)
        if with_whom is None and self.chance(0.22):
            company, _, seat = self.frequent(self.words["companies"]).partition(": ")
            town = next(each for each in self.towns if each.name == seat)
        if with_whom is not None:
            partner = self.before["customer"]
            town = next(each for each in self.towns if each.name == partner["city"])
            if customer["language"] == partner["language"] == "en":
                given, family = customer["given_name"], partner["family_name"]
                customer |= named_record(given, family, "en")
                address = f"{latin(given)}.{latin(family)}"
        key = f"d{number:04d}"
        person: Record = {"customer": {"external_id": key, **customer, "city": town.name}}
        if company:
            person["customer"]["company"] = company
        points = self.contact_points(address.lower(), town, ACCOUNTS_FROM + number)
        if with_whom is not None:
            points = [each for each in points if each["kind"] != "phone"]
            points = [with_whom | {"preferred": False}, *points]
            grow(person, "ties", {"to": partner["external_id"], "kind": "household"})
        person["customer"]["contact_points"] = points
        self.history(person, key)
        self.before = person
        return person


def one_way(text: str, way: int) -> str:
    """The way to say something that has this number; fewer ways are gone through again."""
    mark = text[:2] if text[1:2] == " " and text[0] in "cax" else ""
    ways = text.split(" | ")
    return mark + ways[way % len(ways)].removeprefix(mark)


def put_in(text: str, drawn: dict[str, str]) -> str:
    """Fill in what stays the same all through a story; other braces stay for later."""
    for slot, word in drawn.items():
        text = text.replace("{" + slot + "}", word)
    return text


def phones(person: Record) -> list[Record]:
    """The telephone numbers of somebody."""
    return [p for p in person["customer"]["contact_points"] if p["kind"] == "phone"]


def make_district(seed: int) -> list[Record]:
    """Make all people of the district from one seed."""
    base, own = (
        tomllib.loads((HERE / name).read_text(encoding="utf-8"))
        for name in ("demo_words.toml", "demo_district_words.toml")
    )
    taken = [
        json.loads(line)
        for name in ("people.jsonl", "neighbours.jsonl", "town.jsonl")
        for line in TOWN.with_name(name).read_text(encoding="utf-8").splitlines()
    ]
    maker = DistrictMaker(
        rng=random.Random(seed),
        locales=[Locale(**each) for each in [*own["locales"], *base["locales"]]],
        towns=[Town(**each) for each in own["towns"]],
        stories=[Story(**each) for each in [*own["stories"], *base["stories"]]],
        words=base["plain"] | own["plain"],
        namesakes={},
        reach=REACH,
        taken=taken,
    )
    people = [maker.person(number) for number in range(1, PEOPLE + 1)]
    tie_colleagues(people)
    return people


def main() -> None:
    """Write the district to its file."""
    parser = argparse.ArgumentParser(description="Make the larger part of the demo desk's people.")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--out", type=Path, default=DISTRICT)
    chosen = parser.parse_args()
    lines: list[Any] = [json.dumps(one, ensure_ascii=False) for one in make_district(chosen.seed)]
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode(), 9, mtime=0)
    chosen.out.write_bytes(packed)
    print(f"{len(lines)} people in {chosen.out}, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
