"""Which database: a URL from the command line, the environment or the settings."""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from agent_tui.errors import UsageError

_POSTGRES = ("postgresql", "postgres")


class Location(NamedTuple):
    """A desk's database: `path` for SQLite, `url` for PostgreSQL; exactly one is set."""

    path: Path | None = None
    url: str | None = None

    @property
    def is_postgres(self) -> bool:
        """Whether a PostgreSQL server holds the desk."""
        return self.url is not None

    @property
    def shown(self) -> str:
        """The place as people may see it: never with a password."""
        if self.path is not None:
            return str(self.path)
        parts = urlsplit(self.url or "")
        with suppress(ValueError):
            if parts.port:
                return f"postgresql://{parts.hostname}:{parts.port}{parts.path}"
        return f"postgresql://{parts.hostname or 'local'}{parts.path}"


def locate(url: str) -> Location:
    """Read a database URL: `sqlite:///path`, `postgresql://...`, or the path of a file.

    Raises UsageError for anything else.
    """
    scheme, mark, rest = url.partition("://")
    if not mark:
        if not url.strip():
            raise UsageError("--db is empty: give sqlite:///PATH or postgresql://HOST/NAME")
        return Location(path=Path(url).expanduser().absolute())
    family = scheme.lower().partition("+")[0]
    if family == "sqlite":
        if not rest.startswith("/") or len(rest) < 2:
            raise UsageError(f"{url}: write sqlite:///relative/path or sqlite:////absolute/path")
        return Location(path=Path(unquote(rest[1:])).expanduser().absolute())
    if family in _POSTGRES:
        if find_spec("psycopg") is None:
            raise UsageError(
                "PostgreSQL needs a part that is not installed here: install agent-tui with "
                "'[postgres]' behind its name or folder, as in pipx install '.[postgres]'"
            )
        if rest.partition("/")[0].count("@") > 1:
            # The driver would take the end of the password for a host, and say its name.
            raise UsageError("--db has more than one @: write that of a password as %40")
        location = Location(url=f"postgresql://{rest}")
        try:
            _ = location.shown
        except ValueError:
            raise UsageError("--db is no address: write postgresql://USER@HOST/NAME") from None
        return location
    raise UsageError(f"{scheme}:// is not a database that a desk can use: sqlite or postgresql")
