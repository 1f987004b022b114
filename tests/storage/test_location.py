"""Which database: from a URL or the path of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.errors import UsageError
from agent_tui.storage.location import locate


def test_files_and_servers() -> None:
    here = Path.cwd()
    assert locate("sqlite:///desk.sqlite").path == here / "desk.sqlite"
    assert locate("sqlite:////srv/a%20b.sqlite").path == Path("/srv/a b.sqlite")
    assert locate("desk.sqlite").path == here / "desk.sqlite"
    assert locate("~/desk.sqlite").path == Path.home() / "desk.sqlite"
    for scheme in ("postgresql", "postgres", "postgresql+psycopg", "POSTGRESQL"):
        location = locate(f"{scheme}://mira@host/desk")
        assert location.url == "postgresql://mira@host/desk"
        assert location.is_postgres


def test_a_password_is_never_shown() -> None:
    assert locate("postgresql://mira:secret@host:5433/desk").shown == "postgresql://host/desk"
    assert locate("postgresql:///desk").shown == "postgresql://local/desk"
    assert locate("/srv/desk.sqlite").shown == "/srv/desk.sqlite"


@pytest.mark.parametrize(
    "url", ["", "  ", "sqlite://", "sqlite://desk", "mysql://host/desk", "postgresql://[1/desk"]
)
def test_what_names_no_database_is_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError):
        locate(url)
