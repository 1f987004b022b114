"""Fixtures that give a test its database: a SQLite file, a PostgreSQL database, or each in turn.

Where there is no PostgreSQL, its tests are skipped and the summary says so in red; where `CI=true`
they fail, so that a build never passes without them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import NoPostgres, drop_database, new_database, server

UNPROVED = "not proved on PostgreSQL"
"""How the reason of each test begins that was skipped for want of a server."""


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that isn't there yet."""
    return f"sqlite:///{tmp_path}/desk.sqlite"


@pytest.fixture
def postgres_url(_postgres: None) -> Iterator[str]:
    """An empty PostgreSQL database, dropped after the test."""
    yield from _lent(new_database())


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of either kind: the test runs once on each."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def migrated_sqlite_url(sqlite_url: str, tmp_path: Path, sqlite_template: Path) -> str:
    """A SQLite file with our tables and no rows."""
    shutil.copy(sqlite_template, tmp_path / "desk.sqlite")
    return sqlite_url


@pytest.fixture
def migrated_postgres_url(postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database with our tables and no rows, dropped after the test."""
    yield from _lent(new_database(postgres_template))


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A database of either kind with our tables and no rows: the test runs once on each."""
    return str(request.getfixturevalue(f"migrated_{request.param}_url"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that was migrated once, to be copied."""
    from agent_tui.storage.schema import upgrade

    path = tmp_path_factory.mktemp("template") / "desk.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(_postgres: None) -> Iterator[str]:
    """The URL of a PostgreSQL database that was migrated once, to be copied; never write to it."""
    from agent_tui.storage.schema import upgrade

    for url in _lent(new_database()):
        upgrade(url)
        yield url


@pytest.fixture(scope="session")
def _postgres() -> None:
    """Start the server, or end the test that asked for it."""
    try:
        server()
    except NoPostgres as reason:
        end_unproved(reason)


def end_unproved(reason: NoPostgres) -> None:
    """Skip the test that runs, or fail it where `CI=true`."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{UNPROVED}: {reason}", pytrace=False)
    pytest.skip(f"{UNPROVED}: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in red, below the results, how many tests found no PostgreSQL, and why."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    unproved = [reason for reason in reasons if UNPROVED in reason]
    if unproved:
        said = unproved[0][unproved[0].index(UNPROVED) :].rstrip("')")
        terminalreporter.write_line(f"{len(unproved)} tests {said}", red=True, bold=True)


def _lent(url: str) -> Iterator[str]:
    """Give away a database, and drop it afterwards."""
    try:
        yield url
    finally:
        drop_database(url)
