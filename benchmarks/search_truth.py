"""Files that nobody here wrote: damaged names (FEBRL 1 and 2), and numbers in four writings."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from agent_tui.domain.values.records import (
    ContactPointRecord,
    CustomerRecord,
    PersonRecord,
    SourceRow,
)
from agent_tui.storage import schema
from agent_tui.text.names import fold
from benchmarks.search_desks import opened
from benchmarks.search_probe import ask

WRITINGS = ("e164", "international", "national", "rfc3966")


def show(real: Path) -> None:
    """Print the recall on each of them."""
    for name in ("dataset1", "dataset2"):
        _show_febrl(real / "febrl" / f"{name}.csv")
    _show_numbers(real / "phonenumbers" / "examples.csv")


def _show_febrl(file: Path) -> None:
    rows = _rows(file)
    originals = {_key(row): row for row in rows if row["rec_id"].endswith("-org")}
    copies = [row for row in rows if "-dup-" in row["rec_id"]]
    people = [
        CustomerRecord(name=_name(row) or "-", external_id=key, city=row["suburb"] or None)
        for key, row in originals.items()
    ]
    with _desk_with(people) as url:
        for label, clues in (
            ("names alone", ("given_name", "surname")),
            ("names and suburb", ("given_name", "surname", "suburb")),
        ):
            queries = [" ".join(filter(None, (row[clue] for clue in clues))) for row in copies]
            answers = ask(url, [(query, False) for query in queries], region="AU")
            first = ten = named = 0
            for row, ids in zip(copies, answers.found, strict=True):
                wanted = fold(_name(originals[_key(row)]))
                first += ids[:1] == (_key(row),)
                ten += _key(row) in ids
                named += any(fold(_name(originals[one])) == wanted for one in ids)
            count = len(copies)
            print(
                f"  FEBRL {file.stem[-1]}, {label:18} top-1 {first / count:.3f}  top-10 "
                f"{ten / count:.3f}  (namesakes too {named / count:.3f})  n {count} among "
                f"{len(originals)}"
            )


def _show_numbers(file: Path) -> None:
    rows = _rows(file)
    people = [
        CustomerRecord(
            name=f"Person {place}",
            external_id=row["e164"],
            contact_points=(ContactPointRecord("phone", row["e164"]),),
        )
        for place, row in enumerate({row["e164"]: row for row in rows}.values())
    ]
    with _desk_with(people) as url:
        found = dict.fromkeys(WRITINGS, 0)
        for region in sorted({row["region"] for row in rows}):
            here = [row for row in rows if row["region"] == region]
            asked = [(row[writing], row["e164"], writing) for row in here for writing in WRITINGS]
            with opened(url, region=region) as desk:
                for text, wanted, writing in asked:
                    hits = desk.finding.find(text).hits
                    found[writing] += wanted in [hit.external_id for hit in hits]
        said = "  ".join(f"{writing} {count / len(rows):.3f}" for writing, count in found.items())
        print(f"  numbers of 245 regions, found among ten: {said}  n {len(rows)}")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream, skipinitialspace=True))


def _key(row: dict[str, str]) -> str:
    return row["rec_id"].split("-")[1]


def _name(row: dict[str, str]) -> str:
    return " ".join(filter(None, (row["given_name"], row["surname"])))


@contextmanager
def _desk_with(people: Sequence[CustomerRecord]) -> Iterator[str]:
    """A desk of its own with these people."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/desk.sqlite"
        schema.upgrade(url)
        with opened(url) as desk:
            rows = (
                SourceRow(line=line, raw="", record=PersonRecord(customer=one))
                for line, one in enumerate(people, start=1)
            )
            counts = desk.importing.take(rows, source="truth")
            assert counts.created == len(people), counts
        yield url
