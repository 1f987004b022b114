"""A floor is set up by what its page says: the statements of `docs/floor.md`, on a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.cli.conftest import Run
from tests.postgres import server

PAGE = Path(__file__).parents[2] / "docs" / "floor.md"
MAKE, OPEN, OPEN_LATER, JOIN = re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.S)
LOGINS = ("desk_owner", "mira", "asha")
PASSWORD = "a b@c"


@pytest.fixture
def there(_postgres: None) -> Iterator[str]:
    """A server without a desk; whatever a test makes there is taken away."""
    yield server().url
    with psycopg.connect(server().url, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS desk WITH (FORCE)")
        for role in (*LOGINS, "floor"):
            admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def do(url: str, *pages: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        for statement in "".join(pages).split(";"):
            if statement.strip():
                admin.execute(statement.encode())


def desk_of(login: str) -> str:
    parts = urlsplit(server().url)
    return f"postgresql://{login}:{quote(PASSWORD)}@{parts.hostname}:{parts.port}/desk"


def set_up(there: str) -> str:
    """Everything on the page but what is for desks from before it; returns the desk's database."""
    do(there, MAKE, JOIN, JOIN.replace("mira", "asha"))
    for login in LOGINS:
        do(there, f"ALTER ROLE {login} PASSWORD '{PASSWORD}'")
    parts = urlsplit(there)
    return parts._replace(path="/desk").geturl()


def test_agents_of_a_floor_work_and_keep_their_rights(run: Run, there: str, tmp_path: Path) -> None:
    do(set_up(there), OPEN)
    owner, mira, asha = map(desk_of, LOGINS)
    assert run("--db", owner, "agents").code == 0
    assert "mira" in run("--db", mira, "agents").out
    people = tmp_path / "people.jsonl"
    people.write_text('{"customer": {"name": "Ava Nguyen"}}\n')
    assert run("--db", asha, "import", str(people)).code == 0
    assert run("--db", owner, "reindex").code == 0
    assert run("--db", mira, "note", "ava nguyen", "wants a visit !call back +3d").code == 0
    assert "call back" in run("--db", asha, "timeline", "ava nguyen").out
    assert run("--db", owner, "reindex").code == 0
    assert "Ava Nguyen" in run("--db", asha, "find", "nguyn").out
    refused = run("--db", mira, "reindex")
    assert (refused.code, "docs/floor.md" in refused.err) == (1, True)


def test_who_has_no_rights_is_told_where_they_are_given(run: Run, there: str) -> None:
    database = set_up(there)
    owner, mira, _asha = map(desk_of, LOGINS)
    assert run("--db", owner, "agents").code == 0
    refused = run("--db", mira, "agents")
    assert refused.code == 1
    assert "permission denied" in refused.err
    assert "docs/floor.md" in refused.err
    do(database, OPEN, OPEN_LATER)
    assert run("--db", mira, "agents").code == 0
