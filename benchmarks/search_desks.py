"""Desks of made-up people to search in: made once, kept, and opened at once the next time."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
from agent_tui.crowd.people import person
from agent_tui.services.desk import Desk
from agent_tui.storage import schema
from agent_tui.storage.location import locate
from agent_tui.storage.reader import Reader, open_reader
from benchmarks.search_damage import REGION

SEED = 7
UNTIL = date(2026, 11, 1)
TALKS = 10
"""One interaction for so many people, so that some were in touch lately."""


@dataclass
class Built:
    """A desk with its people, and what it took to make it."""

    url: str
    size: int
    seconds: float
    index_s: float
    is_old: bool = False


def default_folder() -> Path:
    """Where desks are kept unless an option says otherwise."""
    from platformdirs import user_cache_path

    return user_cache_path("agent-tui", appauthor=False) / "benchmarks"


@cache
def _mark() -> str:
    """Changes with the tables and with the people, so that an old desk is not taken for a new."""
    people = repr([person(SEED, number) for number in range(100)]).encode()
    return f"{schema.HEAD}-{sha256(people).hexdigest()[:8]}"


def on_sqlite(folder: Path, size: int) -> Built:
    """A desk in a file of the folder, made where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"search-{_mark()}-{size}.sqlite"
    return _built(f"sqlite:///{path}", size, path.with_suffix(".json"))


def on_postgres(server: str, folder: Path | None, size: int) -> Built:
    """A desk in a database of its own on a server, made where it is not there yet.

    Without a folder nothing is kept about it: the server will be gone.
    """
    import psycopg
    from psycopg import sql

    name = f"agent_tui_search_{_mark()}_{size}"
    said = None if folder is None else folder / f"{name}-{urlsplit(server).port}.json"
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            if said is not None:
                said.unlink(missing_ok=True)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return _built(urlunsplit(urlsplit(server)._replace(path=f"/{name}")), size, said)


def _built(url: str, size: int, said: Path | None) -> Built:
    """The desk there, completed where it was broken off; `said` holds what making it took."""
    if said is not None and said.exists():
        return Built(**{**json.loads(said.read_text()), "url": url, "is_old": True})
    schema.upgrade(url)
    with opened(url) as desk:
        began = time.perf_counter()
        desk.generating.people(size, seed=SEED)
        desk.generating.talks(size // TALKS, seed=SEED, until=UNTIL)
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        desk.reindexing.rebuild()
        built = Built(url, size, seconds, time.perf_counter() - began)
    if said is not None:
        said.write_text(json.dumps(asdict(built) | {"url": ""}))
    return built


@contextmanager
def opened(url: str, *, region: str = REGION) -> Iterator[Desk]:
    """The desk of an agent in a country, on a database."""
    with closing(build_desk(Settings(db=url, agent="mira", region=region))) as desk:
        yield desk


def index_megabytes(url: str) -> float | None:
    """What the tables of the index take with their own indexes; None where nobody can say."""
    with closing(open_reader(locate(url))) as reader:
        return _on_server(reader) if reader.is_postgres else _in_file(reader)


def _on_server(reader: Reader) -> float:
    row = reader.row(
        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind = 'r' AND n.nspname = 'public' AND c.relname LIKE 'index\\_%'"
    )
    assert row is not None
    return float(row[0]) / 1e6


def _in_file(reader: Reader) -> float | None:
    try:
        row = reader.row(
            "SELECT coalesce(sum(d.pgsize), 0) FROM dbstat d JOIN sqlite_master m "
            "ON m.name = d.name WHERE d.aggregate = 1 AND m.tbl_name LIKE 'index\\_%' ESCAPE '\\'"
        )
    except Exception:  # a SQLite without dbstat
        return None
    assert row is not None
    return float(row[0]) / 1e6
