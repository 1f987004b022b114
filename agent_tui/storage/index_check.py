"""Compares the customer index with the customers, row by row. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from agent_tui.domain.values.index import WordField
from agent_tui.storage import index_people
from agent_tui.storage.index_build import Progress
from agent_tui.storage.index_tables import BEHIND, BUILDING
from agent_tui.storage.index_upkeep import counter
from agent_tui.storage.packing import unpacked
from agent_tui.storage.reader import Reader, Row
from agent_tui.storage.runs import Runs, folder_beside
from agent_tui.text.counts import counted

_PAGE = 5_000
_MOST_FAULTS = 5
_FIELDS = {
    WordField.NAME: "names",
    WordField.COMPANY: "companies",
    WordField.CITY: "cities",
    WordField.PIECE: "contact points",
    WordField.DOMAIN: "e-mail domains",
    WordField.BEGINNING: "beginnings of names",
}


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """How many customers there are, what the index has of them, and what differs, a sentence each.

    `behind` is how many customers were left for later, `faults` are the first differences,
    `different` says how many rows of the index differ.
    """

    people: int
    rows: int
    behind: int
    different: int
    faults: tuple[str, ...]
    building: bool

    @property
    def ok(self) -> bool:
        """Whether everybody is found by all that is known of them."""
        return not (self.behind or self.different or self.building)


def compare(reader: Reader, progress: Progress) -> IndexHealth:
    """Go through all customers and the whole index; takes as long as building it."""
    folder = folder_beside(reader)
    with reader.snapshot(), Runs(folder) as postings, Runs(folder) as roads:
        people = _number(reader, "SELECT count(*) FROM customers")
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            progress(done, people)

        behind = counter(reader, BEHIND)
        missing = _number(reader, f"SELECT count(*) FROM customers WHERE number >= {behind}")
        index_people.set_postings_aside(reader, postings, told)
        rows = _number(reader, "SELECT count(*) FROM index_postings")
        differences = chain(
            _differences(index_people.set_roads_aside(postings.merged(), roads), _postings(reader)),
            _of_roads(index_people.as_roads(roads), _roads(reader)),
        )
        faults = list(islice(differences, _MOST_FAULTS))
        different = len(faults) + sum(1 for _ in differences)
        return IndexHealth(
            people,
            rows,
            missing if behind else 0,
            different,
            tuple(faults),
            bool(counter(reader, BUILDING)),
        )


def _differences(wanted: Iterator[Row], stored: Iterator[Row]) -> Iterator[str]:
    """Where two streams of postings, both in the order of their key, are not the same."""
    for key, ours, theirs in _side_by_side(wanted, stored, 3):
        field, word, block = int(key[0]), key[1], int(key[2])
        ought = set(unpacked(block, ours[3])) if ours else set()
        there = set(unpacked(block, bytes(theirs[3]))) if theirs else set()
        if ought != there:
            missing, many = len(ought - there), len(there - ought)
            parts = [
                f"{counted(missing, 'customer')} missing" if missing else "",
                f"{counted(many, 'customer')} too many" if many else "",
            ]
            where = _FIELDS[WordField(field)]
            yield f"“{word}” in {where}: {' and '.join(filter(None, parts))}"


def _of_roads(wanted: Iterator[Row], stored: Iterator[Row]) -> Iterator[str]:
    for key, ours, theirs in _side_by_side(wanted, stored, 1):
        ought = set(ours[1].split()) if ours else set()
        there = set(theirs[1].split()) if theirs else set()
        if ought != there:
            word = min(ought ^ there)
            yield f"road {key[0]} to words like “{word}”: " + ("missing" if ought else "too many")


def _side_by_side(
    wanted: Iterator[Row], stored: Iterator[Row], width: int
) -> Iterator[tuple[Sequence[int | str], Row | None, Row | None]]:
    """Rows of both streams by their key; None where one stream has no row of that key."""
    ours, theirs = next(wanted, None), next(stored, None)
    while ours is not None or theirs is not None:
        mine = tuple(ours[:width]) if ours is not None else None
        other = tuple(theirs[:width]) if theirs is not None else None
        if mine is not None and (other is None or mine <= other):
            yield mine, ours, theirs if mine == other else None
            ours = next(wanted, None)
            if mine == other:
                theirs = next(stored, None)
        elif other is not None:
            yield other, None, theirs
            theirs = next(stored, None)


def _postings(reader: Reader) -> Iterator[Row]:
    return _pages(
        reader,
        "SELECT field, word, block, numbers FROM index_postings "
        "WHERE (field, word, block) > (:k0, :k1, :k2) "
        f"ORDER BY field, word, block LIMIT {_PAGE}",
        (-1, "", -1),
    )


def _roads(reader: Reader) -> Iterator[Row]:
    return _pages(
        reader,
        f"SELECT road, words FROM index_roads WHERE road > :k0 ORDER BY road LIMIT {_PAGE}",
        (-1,),
    )


def _pages(reader: Reader, sql: str, key: Iterable[int | str]) -> Iterator[Row]:
    after = tuple(key)
    while page := reader.rows(sql, **{f"k{place}": value for place, value in enumerate(after)}):
        yield from page
        after = tuple(page[-1][: len(after)])


def _number(reader: Reader, sql: str) -> int:
    row = reader.row(sql)
    return int(row[0] or 0) if row else 0
