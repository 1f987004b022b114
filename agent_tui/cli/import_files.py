"""Bring people in from CSV or JSON lines. The same file twice changes nothing.

Columns of a CSV file are recognised by the names that Salesforce, HubSpot, Zendesk, Google and
Outlook give them, and by usual ones in English, German, French and Spanish; --map says what the
others are. A row that cannot be taken is rejected with its
line and the reason, and the others come in all the same."""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from agent_tui.cli import diagnostics, output
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent_tui.cli.context import Context
    from agent_tui.domain.values.records import RejectedRow, SourceRow
    from agent_tui.exchange.csv_plan import CsvPlan
    from agent_tui.exchange.files import Format
    from agent_tui.exchange.rejects import RejectFile
    from agent_tui.services.desk import Desk
    from agent_tui.services.importing import ImportCounts

STDIN = Path("/dev/stdin")
REJECTS_SHOWN = 20

_COUNTS = ("created", "updated", "unchanged", "rejected")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the files and how to read them."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="what to bring in; - reads stdin, with --format"
    )
    parser.add_argument("--format", metavar="NAME", help="csv or jsonl; by default from the ending")
    parser.add_argument(
        "--source",
        metavar="NAME",
        help="the system that the ids belong to; by default the file's name without its ending",
    )
    parser.add_argument(
        "--id-column", metavar="COL", help="the CSV column that names a row for ever"
    )
    parser.add_argument(
        "--map",
        metavar="COL=FIELD",
        action="append",
        default=[],
        help="what a CSV column holds, such as Mobile=phone; may be repeated",
    )
    parser.add_argument("--delimiter", metavar="CHAR", help="what sets CSV columns apart")
    parser.add_argument("--encoding", metavar="NAME", help="how a CSV file is encoded")
    parser.add_argument("--dry-run", action="store_true", help="count, but store nothing")
    parser.add_argument("--rejects", metavar="FILE", help="write rejected rows to a CSV file")
    parser.add_argument("--json", action="store_true", help="print the counts as a JSON object")


@dataclass(frozen=True, slots=True)
class _File:
    """A file that can be read, and what it was understood to be."""

    name: str
    source: str
    format: Format
    stream: BinaryIO
    plan: CsvPlan | None


def run(args: argparse.Namespace, context: Context) -> int:
    """Look at every file first; then take them one after the other."""
    with ExitStack() as stack:
        files = _open_all(args, stack)
        for file in files:
            diagnostics.say(_understood(file))
        rejects = _Rejects(args.rejects, args.files, stack)
        desk = stack.enter_context(context.desk(begins=True))
        taken = [_take(desk, file, args, rejects) for file in files]
    rejects.say_first()
    total = {"in": sum(counts.rows for counts in taken)}
    total |= {name: sum(getattr(counts, name) for counts in taken) for name in _COUNTS}
    _say_ties(sum(counts.unresolved_ties for counts in taken))
    if args.json:
        output.json_line(
            total | {"dry_run": args.dry_run, "files": list(map(_file_object, files, taken))}
        )
    else:
        sums = " + ".join(f"{name} {total[name]}" for name in _COUNTS)
        output.line(f"in {total['in']} = {sums}")
    if not total["rejected"]:
        return diagnostics.DONE
    all_rejected = total["rejected"] == total["in"]
    return diagnostics.FAILED if all_rejected else diagnostics.DONE_IN_PART


def _open_all(args: argparse.Namespace, stack: ExitStack) -> list[_File]:
    from agent_tui.exchange.files import format_of

    if "-" in args.files and (args.files.count("-") > 1 or args.format is None):
        raise UsageError("stdin (-) can be read once, and needs --format csv or --format jsonl")
    formats = [format_of(Path(name), args.format) for name in args.files]
    if "csv" not in formats and any((args.map, args.id_column, args.delimiter, args.encoding)):
        raise UsageError("--map, --id-column, --delimiter and --encoding are for CSV files")
    return [
        _open(name, format, args, stack) for name, format in zip(args.files, formats, strict=True)
    ]


def _open(name: str, format: Format, args: argparse.Namespace, stack: ExitStack) -> _File:
    from agent_tui.exchange.csv_plan import plan_csv
    from agent_tui.exchange.files import open_source, source_of
    from agent_tui.services.importing import source_named

    stream = stack.enter_context(open_source(STDIN if name == "-" else Path(name)))
    plan = plan_csv(stream, **_csv_options(args)) if format == "csv" else None
    source = source_named(args.source or ("stdin" if name == "-" else source_of(Path(name))))
    return _File(name, source, format, stream, plan)


def _csv_options(args: argparse.Namespace) -> dict[str, Any]:
    mapping = {}
    for pair in args.map:
        column, mark, field = pair.rpartition("=")
        if not mark or not column:
            raise UsageError(f"--map {pair}: write COLUMN=FIELD, such as Mobile=phone")
        mapping[column] = field
    return {
        "mapping": mapping,
        "id_column": args.id_column,
        "delimiter": args.delimiter,
        "encoding": args.encoding,
    }


def _understood(file: _File) -> str:
    """What a file was taken for, in a line."""
    if file.plan is None:
        return f"{file.name}: JSON lines, source {file.source}"
    used = ", ".join(f"{column} = {field}" for column, field in file.plan.columns)
    ignored = ", ".join(file.plan.ignored)
    return f"{file.name}: CSV, {file.plan.encoding}, source {file.source}; {used}" + (
        f"; not used: {ignored}" if ignored else ""
    )


def _take(desk: Desk, file: _File, args: argparse.Namespace, rejects: _Rejects) -> ImportCounts:
    from agent_tui.cli.progress import Progress

    size = max(1, os.fstat(file.stream.fileno()).st_size)
    progress = Progress(file.name)
    index = Progress("index", unit="customer")
    try:
        return desk.importing.take(
            _rows(desk, file, args),
            source=file.source,
            dry_run=args.dry_run,
            rejected=lambda row: rejects.add(file.name, row),
            progress=lambda counts: progress.show(counts.rows, file.stream.tell() / size),
            indexed=lambda done, people: index.show(done, done / max(people, 1)),
        )
    finally:
        progress.clear()


def _rows(desk: Desk, file: _File, args: argparse.Namespace) -> Iterator[SourceRow | RejectedRow]:
    if file.plan is None:
        from agent_tui.exchange.jsonl import read_jsonl

        return read_jsonl(file.stream, zone=desk.zone)
    from agent_tui.exchange.csv_file import read_csv

    return read_csv(file.stream, **_csv_options(args))


class _Rejects:
    """Rejected rows go to the reject file where one is wanted, else the first ones to stderr."""

    def __init__(self, path: str | None, sources: list[str], stack: ExitStack) -> None:
        self._file: RejectFile | None = None
        self._count = 0
        self._first: list[str] = []
        if path is not None:
            from agent_tui.exchange.rejects import RejectFile

            self._file = stack.enter_context(RejectFile(Path(path), map(Path, sources)))

    def add(self, name: str, row: RejectedRow) -> None:
        """Keep one."""
        self._count += 1
        if self._file is not None:
            self._file.add(row)
        elif self._count <= REJECTS_SHOWN:
            self._first.append(f"{name}, line {row.line}: {row.reason}")

    def say_first(self) -> None:
        """Tell on stderr what no file keeps."""
        for sentence in self._first:
            diagnostics.say(sentence)
        more = self._count - len(self._first)
        if self._first and more:
            diagnostics.say(f"and {more:,} more rejected; --rejects FILE keeps them all")


def _say_ties(unresolved: int) -> None:
    if unresolved:
        diagnostics.say(
            f"{unresolved:,} ties point to people who are not in the source; import them, then "
            "this again"
        )


def _file_object(file: _File, counts: ImportCounts) -> dict[str, Any]:
    return {
        "file": file.name,
        "source": file.source,
        "format": file.format,
        "in": counts.rows,
        **{name: getattr(counts, name) for name in _COUNTS},
    }
