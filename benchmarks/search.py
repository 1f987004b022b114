"""Speed and recall of the find box, at growing sizes of the register.

People are made up: common given names, surnames of syllables with a long tail, so that the
dictionary of words grows as that of a real register does. Every query is typed key by key. Recall
is counted by class of damage; people of the very same name count as found.

    python benchmarks/search.py --sizes 10000 100000
    python benchmarks/search.py --sizes 10000 --db postgresql://localhost/an_empty_database
    AGENT_TUI_REAL_DATA=... python benchmarks/search.py --febrl
"""

from __future__ import annotations

import argparse
import csv
import gc
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent_tui.domain.rules.indexing import indexed_words
from agent_tui.domain.tables import ContactPoint, Customer
from agent_tui.domain.values.finding import Found
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.index import IndexEntry
from agent_tui.search.finder import Finder
from agent_tui.storage.engines import writing_engine
from agent_tui.storage.index_store import SqlIndexStore
from agent_tui.storage.index_upkeep import index_customers
from agent_tui.storage.location import locate
from agent_tui.storage.reader import open_reader
from agent_tui.storage.schema import upgrade
from agent_tui.storage.unit import writing

BATCH = 5_000
NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)


def listed(words: str) -> list[str]:
    return words.split()


GIVEN = listed(
    "james mary robert patricia john jennifer michael linda david elizabeth william barbara "
    "richard susan joseph jessica thomas sarah charles karen christopher lisa daniel nancy "
    "matthew betty anthony sandra mark margaret donald ashley steven kimberly paul emily andrew "
    "donna joshua michelle kenneth carol kevin amanda brian melissa george deborah timothy "
    "stephanie katherine kathryn samuel alexander benjamin nicholas jonathan raymond gregory "
    "frank victoria olivia jose maria juan ana luis carmen pierre marie jean claude hans ursula "
    "wolfgang ingrid giulia marco anna piotr agnieszka mohamed fatima ahmed aisha wei li ming yan "
    "ravi priya arjun ananya hiroshi yuki keiko thanh linh ngoc olga ivan natasha dmitri"
)
SYLLABLES = listed(
    "al an ar ba ber bor bra bren car chen cla cor da del den dor du el en er fa fen fer fin ga "
    "gar gor gra ha hal har hen hol is ja jo ka kel ken kir ko kra la lan ler li lo lun ma man "
    "mar mer mi mo mor na nel nor o or pa per pol pri qui ra ren ri ro ros sa san sen shi sil "
    "so sta ster su ta ten ter tho ti tor u va van ver vi vo wa wel wi wol ya yo za zen zi"
)
ENDS = listed("son sen mann berg ley ton er ski ez es ini ova ard ell ins ham wood a o i n t")
TRADES = listed("Foods Motors Energy Travel Bank Labs Media Systems Homes Logistics Health Insure")


@dataclass(frozen=True)
class Person:
    name: str
    company: str | None
    city: str
    phone: str
    email: str

    @property
    def given(self) -> str:
        return self.name.split()[0]

    @property
    def family(self) -> str:
        return self.name.split()[1]


def people(count: int, seed: int = 7) -> list[Person]:
    rng = random.Random(seed)
    surnames = list(
        dict.fromkeys(
            "".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3)))) + rng.choice(ENDS)
            for _ in range(200_000)
        )
    )
    firms = [
        f"{rng.choice(surnames).title()} {rng.choice(TRADES)}" for _ in range(count // 20 + 50)
    ]
    cities = [rng.choice(surnames).title() + rng.choice(("ville", "ford", "")) for _ in range(800)]
    common = max(1, len(surnames) // 20)
    made = []
    for _ in range(count):
        tail = rng.random() < 0.45
        family = rng.choice(surnames) if tail else surnames[int(common * rng.random() ** 3)]
        given = GIVEN[int(len(GIVEN) * rng.random() ** 1.7)]
        made.append(
            Person(
                f"{given.title()} {family.title()}",
                rng.choice(firms) if rng.random() < 0.4 else None,
                cities[int(len(cities) * rng.random() ** 2)],
                f"+44{rng.randrange(10**9, 10**10)}",
                f"{given[0]}.{family}{rng.randrange(1000)}@example.com",
            )
        )
    return made


def fill(url: str, register: Sequence[Person]) -> float:
    """Write the register; returns the seconds that the index took."""
    upgrade(url)
    engine = writing_engine(locate(url), "bulk")
    rng = random.Random(3)
    seconds = 0.0
    for start in range(0, len(register), BATCH):
        batch = register[start : start + BATCH]
        with writing(engine, now=NOW, agent_id=None) as unit:
            first = unit.take_numbers("customers", len(batch))
            ids = [new_id() for _ in batch]
            rows = zip(ids, range(first, first + len(batch)), batch, strict=True)
            unit.insert_many(Customer, [customer_row(*row, rng) for row in rows])
            points = [
                point_row(id_, *point)
                for id_, person in zip(ids, batch, strict=True)
                for point in (("phone", person.phone), ("email", person.email))
            ]
            unit.insert_many(ContactPoint, points)
            began = time.perf_counter()
            index_customers(
                unit,
                [
                    IndexEntry(first + place, person.name, person.company, person.city)
                    for place, person in enumerate(batch)
                ],
            )
            seconds += time.perf_counter() - began
    engine.dispose()
    return seconds


def customer_row(id_: int, number: int, person: Person, rng: random.Random) -> dict[str, object]:
    contact = NOW - timedelta(minutes=rng.randrange(1_000_000)) if rng.random() < 0.5 else None
    return {
        "version": 1,
        "id": id_,
        "number": number,
        "source": "made",
        "external_id": str(number),
        "name": person.name,
        "company": person.company,
        "city": person.city,
        "last_contact_at": contact,
        "created_at": NOW,
        "updated_at": NOW,
    }


def point_row(customer_id: int, kind: str, value: str) -> dict[str, object]:
    return {
        "version": 1,
        "id": new_id(),
        "customer_id": customer_id,
        "kind": kind,
        "value": value,
        "normal": value,
        "reversed": value[::-1],
        "preferred": False,
        "consent": "unknown",
        "created_at": NOW,
    }


Damage = Callable[[Person, random.Random], str]


def slip(word: str, rng: random.Random) -> str:
    """One letter wrong, missing, doubled, added, or swapped with its neighbour."""
    at = rng.randrange(len(word))
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    made = rng.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + letter + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word[1:],
        )
    )
    return made if made != word else word + letter


def slip_anywhere(person: Person, rng: random.Random) -> str:
    return slip(person.name.lower(), rng)


def two_slips(person: Person, rng: random.Random) -> str:
    return f"{slip(person.given.lower(), rng)} {slip(person.family.lower(), rng)}"


SOUNDS = (("ph", "f"), ("f", "ph"), ("c", "k"), ("k", "c"), ("z", "s"), ("v", "f"), ("i", "y"))


def as_heard(person: Person, rng: random.Random) -> str:
    family = person.family.lower()
    swaps = [swap for swap in SOUNDS if swap[0] in family] or [(family[-1], family[-1] * 2)]
    return f"{person.given} {family.replace(*rng.choice(swaps), 1)}"


DAMAGES: dict[str, Damage] = {
    "exact": lambda person, _: person.name,
    "surname first": lambda person, _: f"{person.family} {person.given}",
    "one slip": slip_anywhere,
    "two slips": two_slips,
    "as heard": as_heard,
    "beginnings": lambda person, _: f"{person.given[:4]} {person.family[:5]}",
    "initial": lambda person, _: f"{person.given[0]} {person.family}",
    "glued": lambda person, _: person.name.replace(" ", ""),
    "name + city": lambda person, rng: f"{slip(person.family, rng)} {person.city}",
    "name + 4 digits": lambda person, _: f"{person.given} {person.phone[-4:]}",
    "phone national": lambda person, _: f"0{person.phone[3:7]} {person.phone[7:]}",
    "last 6 digits": lambda person, _: person.phone[-6:],
    "e-mail begins": lambda person, _: person.email.partition("@")[0],
}


def is_found(found: Found, person: Person) -> bool:
    return any(hit.name == person.name for hit in found.hits)


def measure(url: str, register: Sequence[Person], queries: int) -> None:
    reader = open_reader(locate(url))
    finder = Finder(SqlIndexStore(reader), region="GB", now=lambda: NOW)
    began = time.perf_counter()
    finder.warm_up()
    finder.find("020 7946 0018")
    print(f"  warm up {1000 * (time.perf_counter() - began):.0f} ms")
    gc.collect()
    gc.freeze()  # the made-up people are no part of a desk's memory
    rng = random.Random(11)
    every_key: list[float] = []
    for damage, make in DAMAGES.items():
        hits, keys = 0, []
        sample = rng.sample(register, queries)
        for person in sample:
            query = make(person, rng)
            for end in range(1, len(query) + 1):
                found = finder.find(query[:end])
                keys.append(found.ms)
            hits += is_found(found, person)
        every_key += keys
        print(f"  {damage:16} recall@10 {hits / queries:.3f}   {spread(keys)}")
    print(f"  {'every key':16} {' ' * 15}   {spread(every_key)}")
    reader.close()


def spread(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return (
        f"p50 {cuts[49]:6.2f}  p95 {cuts[94]:6.2f}  p99 {cuts[98]:6.2f}  "
        f"max {max(times):6.1f} ms  n {len(times)}"
    )


def febrl(folder: Path) -> None:
    """FEBRL 1: find each original by the name in its damaged copy."""
    with (folder / "febrl" / "dataset1.csv").open(newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    originals = {row["rec_id"].split("-")[1]: row for row in rows if "-org" in row["rec_id"]}
    copies = {row["rec_id"].split("-")[1]: row for row in rows if "-dup-" in row["rec_id"]}
    keys = sorted(originals)
    register = [full_name(originals[key]) for key in keys]
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/desk.sqlite"
        fill(
            url,
            [
                Person(name, None, originals[key]["suburb"], "0", "")
                for key, name in zip(keys, register, strict=True)
            ],
        )
        reader = open_reader(locate(url))
        finder = Finder(SqlIndexStore(reader), region="AU", now=lambda: NOW)
        for clues in (("given_name", "surname"), ("given_name", "surname", "suburb")):
            first = ten = 0
            for number, key in enumerate(keys, start=1):
                query = " ".join(copies[key][clue] for clue in clues)
                hits = [hit.external_id for hit in finder.find(query).hits] if query.strip() else []
                first += hits[:1] == [str(number)]
                ten += str(number) in hits
            count = len(keys)
            print(
                f"  {' + '.join(clues):32} top-1 {first / count:.3f}  top-10 {ten / count:.3f}  "
                f"n {count}"
            )
        reader.close()


def full_name(row: dict[str, str]) -> str:
    return " ".join(filter(None, (row["given_name"], row["surname"]))) or "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--queries", type=int, default=100, help="a class of damage")
    parser.add_argument("--db", help="an empty database; default: a SQLite file for each size")
    parser.add_argument("--febrl", action="store_true", help="FEBRL 1 instead of made-up people")
    options = parser.parse_args()
    if options.febrl:
        febrl(Path(os.environ["AGENT_TUI_REAL_DATA"]))
        return
    for size in options.sizes:
        register = people(size)
        words = {word for person in register for word in indexed_words(person.name)}
        with tempfile.TemporaryDirectory() as place:
            url = options.db or f"sqlite:///{place}/desk.sqlite"
            seconds = fill(url, register)
            print(f"{size:,} customers, {len(words):,} words in names; ", end="")
            print(f"indexed at {size / seconds:,.0f} a second")
            measure(url, register, options.queries)


if __name__ == "__main__":
    main()
