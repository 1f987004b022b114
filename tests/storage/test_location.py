"""Which database: from a URL or the path of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.errors import UsageError
from agent_tui.storage import location
from agent_tui.storage.location import locate


def test_files_and_servers() -> None:
    here = Path.cwd()
    assert locate("sqlite:///desk.sqlite").path == here / "desk.sqlite"
    assert locate("sqlite:////srv/a%20b.sqlite").path == Path("/srv/a b.sqlite")
    assert locate("desk.sqlite").path == here / "desk.sqlite"
    assert locate("~/desk.sqlite").path == Path.home() / "desk.sqlite"
    for scheme in ("postgresql", "postgres", "postgresql+psycopg", "POSTGRESQL"):
        found = locate(f"{scheme}://mira@host/desk")
        assert found.url == "postgresql://mira@host/desk"
        assert found.is_postgres


def test_a_password_is_never_shown() -> None:
    assert locate("postgresql://mira:secret@host/desk").shown == "postgresql://host/desk"
    assert locate("postgresql://mira:secret@host:5433/desk").shown == "postgresql://host:5433/desk"
    assert "secret" not in locate("postgresql://mira:secret/x@host:5433/desk").shown
    assert locate("postgresql:///desk").shown == "postgresql://local/desk"
    assert locate("/srv/desk.sqlite").shown == "/srv/desk.sqlite"


def test_a_password_that_would_be_taken_for_a_host_is_not_repeated() -> None:
    with pytest.raises(UsageError, match="%40") as refused:
        locate("postgresql://mira:secret@word@127.0.0.1/desk")
    assert "word" not in refused.value.message.replace("password", "")


def test_a_missing_driver_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"\[postgres\]"):
        locate("postgresql://host/desk")
    assert locate("sqlite:///desk.sqlite").path is not None


@pytest.mark.parametrize(
    "url", ["", "  ", "sqlite://", "sqlite://desk", "mysql://host/desk", "postgresql://[1/desk"]
)
def test_what_names_no_database_is_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError):
        locate(url)
