"""What a CSV file is understood to be, before its first row is taken."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from agent_tui.errors import BadInput, UsageError
from agent_tui.exchange.encodings import KEEP_BYTES, detect, show_damage
from agent_tui.exchange.headers import (
    BESIDE,
    FIELDS,
    ID_RANK,
    POSTCODES,
    RECOGNISED,
    header_key,
)
from agent_tui.exchange.logical_rows import Broken, Dialect, logical_rows
from agent_tui.exchange.suggest import did_you_mean, shown

_SAMPLE_ROWS = 50
_SAMPLE_CHARACTERS = 1 << 20
_DELIMITERS = ",;\t|:"
_SPREADSHEET_HINT = re.compile(r"sep=([,;\t|:])\r?\n?")
_GIVES_A_NAME = {"name", "given_name", "family_name", "company"}
_MANY = {"phone", "email", "handle", "account", "order", "address", "address_line"}


@dataclass(frozen=True, slots=True)
class CsvPlan:
    """How a file will be read. `fields` names what each column gives, in the file's order."""

    encoding: str
    dialect: Dialect
    header: tuple[str, ...]
    fields: tuple[str, ...]
    header_row: int
    """The number of the logical row that is the header: 1, or 2 behind a `sep=` line."""

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The columns that are used, each with its field."""
        pairs = zip(self.header, self.fields, strict=True)
        return tuple((column, field) for column, field in pairs if field != "ignore")

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that nobody reads."""
        pairs = zip(self.header, self.fields, strict=True)
        return tuple(column for column, field in pairs if field == "ignore")


def plan_csv(
    stream: BinaryIO,
    *,
    mapping: Mapping[str, str],
    id_column: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> CsvPlan:
    """Look at a seekable stream and leave it at its beginning.

    `mapping` says what columns are, from a column's name to one of `headers.FIELDS`; it overrides
    what their names say. Raises `UsageError` for a column, field or encoding that does not exist,
    `BadInput` for an empty file and for one in which no column gives a name.
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise UsageError(f"{shown(delimiter)} cannot set columns apart: it must be one character")
    codec = _known_codec(encoding) if encoding else detect(stream)
    sample, hint = _sample(stream, codec)
    if not sample:
        raise BadInput("the file is empty")
    dialect, header = _best_dialect(sample, {*mapping, id_column or ""}, delimiter or hint)
    fields = _fields(header, mapping, id_column)
    if not _GIVES_A_NAME & set(fields):
        raise BadInput(
            f"no column gives a name. The columns are: {', '.join(header)}. "
            "Say which one does with --map COLUMN=name. The fields are: " + ", ".join(FIELDS)
        )
    return CsvPlan(codec, dialect, header, fields, header_row=2 if hint else 1)


def open_text(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The stream as text from its beginning, line ends kept, undecodable bytes marked."""
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding, errors=KEEP_BYTES, newline="")


def _known_codec(encoding: str) -> str:
    try:
        "x".encode(encoding)
    except LookupError:
        raise UsageError(f"there is no encoding called {shown(encoding)}") from None
    codec = codecs.lookup(encoding).name
    return "utf-8-sig" if codec == "utf-8" else codec


def _sample(stream: BinaryIO, codec: str) -> tuple[list[str], str | None]:
    """The first lines, and the delimiter of a spreadsheet's `sep=` line if there is one."""
    text = open_text(stream, codec)
    lines = list(io.StringIO(text.read(_SAMPLE_CHARACTERS), newline=""))
    complete = not text.read(1)
    text.detach()
    stream.seek(0)
    if not complete and len(lines) > 1:
        lines.pop()
    while lines and not lines[0].strip(" \r\n"):
        lines.pop(0)
    hint = _SPREADSHEET_HINT.fullmatch(lines[0]) if lines else None
    return (lines[1:], hint[1]) if hint else (lines, None)


def _best_dialect(
    sample: Sequence[str], named: set[str], delimiter: str | None
) -> tuple[Dialect, tuple[str, ...]]:
    """The dialect under which the header is best understood and most rows have its length.

    The header counts first: known names (and those the user named) appear only where the cells
    are cut apart rightly.
    """
    best: tuple[tuple[int, float, int], Dialect, tuple[str, ...]] | None = None
    for candidate in [delimiter] if delimiter else _DELIMITERS:
        dialect = Dialect(candidate)
        rows = _cut(sample, dialect)
        if rows[0] is not None and _is_spaced(rows[0]):
            dialect = Dialect(candidate, spaced=True)
            rows = _cut(sample, dialect)
        header = tuple(show_damage(cell).strip() for cell in rows[0] or ())
        known = sum(cell in named or header_key(cell) in RECOGNISED for cell in header)
        alike = sum(row is not None and len(row) == len(header) for row in rows)
        score = (known, alike / len(rows), len(header))
        if header and (best is None or score > best[0]):
            best = score, dialect, header
    if best is None:
        raise BadInput("the first line, which should name the columns, has a quote left open")
    return best[1], best[2]


def _is_spaced(header: Sequence[str]) -> bool:
    return len(header) > 1 and all(cell.startswith(" ") for cell in header[1:])


def _cut(sample: Sequence[str], dialect: Dialect) -> list[list[str] | None]:
    rows = islice(logical_rows(iter(sample), dialect), _SAMPLE_ROWS)
    return [None if isinstance(row, Broken) else row[2] for row in rows]


def _fields(
    header: tuple[str, ...], mapping: Mapping[str, str], id_column: str | None
) -> tuple[str, ...]:
    """What each column gives: as the user says, else by its name, else nothing."""
    said: dict[int, str] = {}
    for column, field in mapping.items():
        if field not in FIELDS:
            raise UsageError(
                f"{shown(field)} is no field{did_you_mean(field, FIELDS) or '.'} "
                f"There are: {', '.join(FIELDS)}"
            )
        said.update(dict.fromkeys(_places(header, column), field))
    if id_column is not None:
        said.update(dict.fromkeys(_places(header, id_column), "external_id"))
    settled = {field for field in said.values() if field not in _MANY}
    fields = []
    for place, by_name in enumerate(_by_name(header)):
        fields.append(said.get(place, "ignore" if by_name in settled else by_name))
    if "external_id" not in settled:
        _keep_best_id(header, fields)
    return tuple(fields)


def _by_name(header: tuple[str, ...]) -> list[str]:
    """What each column gives by its name and by those beside it."""
    keys = [header_key(column) for column in header]
    found = [RECOGNISED.get(key, "ignore") for key in keys]
    for key, beside, field in BESIDE:
        if key in keys and beside in keys and field not in found:
            found[keys.index(key)] = field
    lines = {key for key, field in zip(keys, found, strict=True) if field == "address_line"}
    if lines <= POSTCODES:
        return ["ignore" if key in lines else field for key, field in zip(keys, found, strict=True)]
    return found


def _places(header: tuple[str, ...], column: str) -> list[int]:
    """Where a column named by the user stands: spelt exactly so, else forgiving."""
    wanted = column.strip()
    exact = [place for place, name in enumerate(header) if name == wanted]
    near = [place for place, name in enumerate(header) if header_key(name) == header_key(wanted)]
    if not exact and not near:
        raise UsageError(
            f"there is no column {shown(column)}{did_you_mean(wanted, header) or '.'} "
            f"The columns are: {', '.join(header)}"
        )
    return exact or near


def _keep_best_id(header: tuple[str, ...], fields: list[str]) -> None:
    ids = [place for place, field in enumerate(fields) if field == "external_id"]
    for place in sorted(ids, key=lambda place: ID_RANK[header_key(header[place])])[1:]:
        fields[place] = "ignore"
