"""The schema: made, brought up to date with a backup, and never forced on what is not ours."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from agent_tui.errors import ForeignDatabase, NewerSchema, Unavailable
from agent_tui.storage import schema
from agent_tui.storage.location import locate
from agent_tui.storage.reader import open_reader
from agent_tui.storage.schema import State, bring_up, check
from agent_tui.storage.store import Store
from tests.builders import make_desk
from tests.processes import run_at_once, run_python
from tests.storage.records import is_of_records

AT_ONCE = """
import sys
from alembic import command
from agent_tui.storage import engines
from agent_tui.storage.location import locate
from agent_tui.storage.schema import bring_up
print("ready", flush=True)
sys.stdin.readline()
print(bring_up(locate(sys.argv[1])))
"""

OPENED = """
import sys
from agent_tui.bootstrap import build_desk
from agent_tui.config import Settings
desk = build_desk(Settings(db=sys.argv[1], agent="mira", region="GB"))
desk.opening.today()
heavy = {"alembic", "sqlalchemy", "sqlmodel", "pydantic"} & set(sys.modules)
print(desk.agent.handle, sorted(heavy))
"""

NEXT_STEP = '''
"""The step after the last one, as a later program would bring it."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("customers", sa.Column("nickname", sa.Text(), nullable=True))
'''


@pytest.fixture
def later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this program one that knows a step more, so that today's desks are older ones."""
    steps = tmp_path / "steps"
    shutil.copytree(schema.STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    (steps / "versions" / "v9999_later.py").write_text(NEXT_STEP.format(head=schema.HEAD))
    monkeypatch.setattr(schema, "STEPS", steps)
    monkeypatch.setattr(schema, "KNOWN", (*schema.KNOWN, "9999"))
    monkeypatch.setattr(schema, "HEAD", "9999")


def sql(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_steps_end_with_the_schema_that_the_program_names() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.STEPS))
    scripts = ScriptDirectory.from_config(config)
    steps = [step.revision for step in scripts.walk_revisions()]
    assert scripts.get_current_head() == schema.HEAD
    assert tuple(reversed(steps)) == schema.KNOWN


def test_the_steps_make_exactly_the_tables(migrated_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from agent_tui.domain import tables
    from agent_tui.storage.engines import writing_engine

    engine = writing_engine(locate(migrated_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_server_default": False, "include_object": is_of_records},
        )
        assert compare_metadata(context, tables.with_conditions()) == []
    engine.dispose()


def test_a_new_desk_is_private_and_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENT_TUI_HOME", str(tmp_path / "new folder"))
    path = tmp_path / "new folder" / "data" / "desk?#%41 é.sqlite"
    location = locate(str(path))
    assert check(location) is State.MISSING
    assert not path.exists()
    assert bring_up(location) is None
    assert check(location) is State.CURRENT
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)
    assert sql(path, "PRAGMA journal_mode") == [("wal",)]
    assert sql(path, "PRAGMA application_id") == [(schema.APPLICATION_ID,)]
    assert os.listdir(path.parent) == [path.name]
    assert bring_up(location) is None


def test_a_new_desk_has_its_one_team(migrated_url: str) -> None:
    reader = open_reader(locate(migrated_url))
    assert reader.rows("SELECT id, name FROM teams") == [(1, "Desk")]
    assert check(locate(migrated_url)) is State.CURRENT
    reader.close()


def test_an_empty_file_becomes_a_desk(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    assert check(locate(str(path))) is State.EMPTY
    bring_up(locate(str(path)))
    assert check(locate(str(path))) is State.CURRENT


def test_opening_a_current_desk_loads_nothing_of_the_writing_side(migrated_url: str) -> None:
    make_desk(migrated_url).close()
    who = "postgres" if migrated_url.startswith("postgresql") else "mira"
    if who == "postgres":
        make_desk(migrated_url, handle=who).close()
    assert run_python(OPENED, migrated_url) == f"{who} []"


def test_two_programs_may_make_the_same_desk_at_once(database_url: str) -> None:
    assert run_at_once(AT_ONCE, [[database_url]] * 2) == ["None"] * 2
    reader = open_reader(locate(database_url))
    assert reader.rows("SELECT version_num FROM alembic_version") == [(schema.HEAD,)]
    assert reader.rows("SELECT count(*) FROM teams") == [(1,)]
    reader.close()


@pytest.mark.usefixtures("later_program")
def test_an_older_desk_is_copied_before_it_is_changed(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    location = locate(migrated_sqlite_url)
    [[before]] = sql(tmp_path / "desk.sqlite", "SELECT version_num FROM alembic_version")
    desk = make_desk(migrated_sqlite_url)
    ada = desk.registering.customer("Ada Hart")
    assert check(location) is State.OLDER
    backup = bring_up(location)
    assert backup is not None
    assert mode(backup) == 0o600
    assert sql(backup, "SELECT id, name FROM customers") == [(ada, "Ada Hart")]
    assert sql(backup, "PRAGMA integrity_check") == [("ok",)]
    assert sql(backup, "SELECT version_num FROM alembic_version") == [(before,)]
    columns = [row[1] for row in sql(backup, "PRAGMA table_info(customers)")]
    assert "nickname" not in columns
    assert sql(tmp_path / "desk.sqlite", "SELECT name, nickname FROM customers") == [
        ("Ada Hart", None)
    ]
    assert check(location) is State.CURRENT
    desk.close()


@pytest.mark.usefixtures("later_program")
def test_an_older_desk_on_a_server_is_brought_up_without_a_copy(migrated_postgres_url: str) -> None:
    assert check(locate(migrated_postgres_url)) is State.OLDER
    assert bring_up(locate(migrated_postgres_url)) is None
    assert check(locate(migrated_postgres_url)) is State.CURRENT


@pytest.mark.usefixtures("later_program")
def test_without_a_backup_nothing_is_changed(
    migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (tmp_path / "desk.sqlite").read_bytes()
    real = os.open

    def full(path: Any, flags: int, mode: int = 0o777, **other: Any) -> int:
        if "before" in str(path):
            raise OSError(28, "No space left on device")
        return real(path, flags, mode, **other)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(Unavailable, match=r"no backup .* so the desk was not changed"):
        bring_up(locate(migrated_sqlite_url))
    assert (tmp_path / "desk.sqlite").read_bytes() == before
    assert not list(tmp_path.glob("*before*"))


@pytest.mark.usefixtures("later_program")
def test_a_step_that_fails_leaves_the_desk_as_it_was(migrated_url: str, tmp_path: Path) -> None:
    [step] = (tmp_path / "steps").glob("*/v9999_later.py")
    broken = '    op.execute("SELECT nothing FROM nowhere")\n'
    step.write_text(step.read_text() + broken)
    location = locate(migrated_url)
    with pytest.raises(Unavailable, match="could not be brought up to date"):
        bring_up(location)
    assert check(location) is State.OLDER
    with closing(open_reader(location)) as reader, pytest.raises(Unavailable, match="nickname"):
        reader.rows("SELECT nickname FROM customers")


def test_a_newer_desk_is_refused_and_left_alone(migrated_sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    sql(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(NewerSchema, match=r"schema 9999.*update agent-tui; nothing was changed"):
        bring_up(locate(migrated_sqlite_url))
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["desk.sqlite"]


def test_a_newer_desk_on_a_server_is_refused(migrated_postgres_url: str) -> None:
    with psycopg.connect(migrated_postgres_url) as server:
        server.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchema):
        bring_up(locate(migrated_postgres_url))


@pytest.mark.parametrize(
    "content", [b"x", b"Dear team,\n" * 500, b"SQLite format 3\x00" + b"!" * 9000]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(ForeignDatabase):
        bring_up(locate(str(path)))
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "tables",
    [
        ["CREATE TABLE songs (title TEXT)"],
        [
            "CREATE TABLE alembic_version (version_num TEXT)",
            "CREATE TABLE customers (id INTEGER)",
            "INSERT INTO alembic_version VALUES ('5f2c')",
        ],
    ],
)
def test_the_database_of_another_program_is_refused_and_left_alone(
    tmp_path: Path, tables: list[str]
) -> None:
    path = tmp_path / "other.db"
    for table in tables:
        sql(path, table)
    before = path.read_bytes()
    with pytest.raises(ForeignDatabase, match="not a desk"):
        bring_up(locate(str(path)))
    assert path.read_bytes() == before


def test_a_desk_without_our_signature_is_none_of_ours(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    sql(tmp_path / "desk.sqlite", "PRAGMA application_id = 1")
    with pytest.raises(ForeignDatabase):
        check(locate(migrated_sqlite_url))


def test_the_database_of_another_program_on_a_server_is_refused(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as server:
        server.execute("CREATE TABLE alembic_version (version_num TEXT)")
        server.execute("CREATE TABLE customers (id INTEGER)")
    with pytest.raises(ForeignDatabase):
        bring_up(locate(postgres_url))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ForeignDatabase, match="is no database file"):
        bring_up(locate(str(tmp_path)))


def test_a_place_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be created"):
        bring_up(locate(str(tmp_path / "file" / "desk.sqlite")))
    with pytest.raises(Unavailable, match="cannot be looked at"):
        bring_up(locate(str(tmp_path / ("long" * 200))))


def test_the_reader_that_looked_at_a_desk_is_left_to_whoever_asks_next(migrated_url: str) -> None:
    with closing(Store(locate(migrated_url))) as store:
        assert bring_up(store.location, store.reader) is None
        looked = store.reader()
        assert looked.row("SELECT 1") == (1,)
        assert check(store.location, store.reader) is State.CURRENT
        assert store.reader() is looked


def test_the_reader_that_found_no_desk_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.touch()
    with closing(Store(locate(str(path)))) as store:
        before = store.reader()
        assert check(store.location, store.reader) is State.EMPTY
        with pytest.raises(Unavailable):
            before.row("SELECT 1")
        assert bring_up(store.location, store.reader) is None
        assert store.reader().row("SELECT count(*) FROM customers") == (0,)
