"""What the doctor looks at. Every check reads, none changes anything."""

from __future__ import annotations

import getpass
import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from agent_tui import __version__, config, paths
from agent_tui.cli import log
from agent_tui.cli.context import Context
from agent_tui.cli.progress import Progress
from agent_tui.config import Settings
from agent_tui.errors import AgentTuiError
from agent_tui.storage import schema
from agent_tui.storage.health import examine
from agent_tui.storage.location import Location, locate
from agent_tui.storage.queries import agents
from agent_tui.storage.reader import open_reader
from agent_tui.tui.keymap import resolve

SMALLEST = (80, 24)
"""Columns and lines in which everything at the desk has its place."""

_PACKAGES = ("textual", "rich", "sqlmodel", "sqlalchemy", "alembic", "rapidfuzz", "phonenumbers")
_OTHERS_MAY = 0o077
_STATES = {
    schema.State.MISSING: "not there yet: it is made when a desk is opened on it",
    schema.State.EMPTY: "empty: its tables are made when a desk is opened on it",
    schema.State.OLDER: "older: it is brought up to date, after a backup, when a desk is opened",
    schema.State.CURRENT: "up to date",
}


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and what to do about it, if anything is wrong."""

    check: str
    found: str
    advice: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing needs doing."""
        return self.advice is None


def check_all(context: Context) -> Iterator[Check]:
    """Every check in turn."""
    yield _program()
    settings, check = _settings(context)
    yield check
    yield _keys(settings)
    yield _theme(settings)
    yield _region(settings)
    yield from _modes(settings)
    yield from _database(settings)
    yield _terminal()
    yield _encoding()


def check_search(context: Context) -> Iterator[Check]:
    """Whether the index of customers holds all of them, as they are now."""
    from agent_tui.storage.index_check import compare
    from agent_tui.text.counts import counted

    location = locate(context.settings.database)
    state = schema.check(location)
    if state is not schema.State.CURRENT:
        yield Check("search", f"{location.shown}: {_STATES[state]}")
        return
    progress = Progress("search", unit="customer")
    with closing(open_reader(location)) as reader:
        try:
            health = compare(reader, lambda done, people: progress.show(done, done / people))
        finally:
            progress.clear()
    found = f"{counted(health.people, 'customer')}, {counted(health.rows, 'row')} of the index"
    faults = list(health.faults)
    if health.different > len(faults):
        faults.append(f"and {health.different - len(faults):,} more")
    if health.behind:
        faults.append(f"{counted(health.behind, 'customer')} not taken in yet")
    if health.building:
        faults.append("it is being built anew, or that was broken off")
    if health.ok:
        yield Check("search", found)
    else:
        yield Check("search", f"{found}: {'; '.join(faults)}", "run `agent-tui reindex`")


def _program() -> Check:
    parts = [f"agent-tui {__version__}", f"Python {platform.python_version()}"]
    missing = []
    for package in _PACKAGES:
        try:
            parts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    advice = f"{', '.join(missing)} missing: install agent-tui again" if missing else None
    return Check("program", ", ".join(parts), advice)


def _settings(context: Context) -> tuple[Settings, Check]:
    path = config.settings_file()
    try:
        settings = context.settings
    except AgentTuiError as error:
        return Settings(db=context.db, agent=context.agent), Check(
            "settings", error.message, f"mend or remove {path}"
        )
    found = str(path) if path.is_file() else f"none ({path}): defaults hold"
    return settings, Check("settings", found)


def _keys(settings: Settings) -> Check:
    keymap = resolve(settings.keys, settings.lines_of_keys)
    if keymap.problems:
        advice = f"change `keys` in {config.settings_file()}; `agent-tui keys` lists the ids"
        return Check("keys", "; ".join(keymap.problems), advice)
    return Check("keys", f"{len(settings.keys or {})} of your own")


def _theme(settings: Settings) -> Check:
    from agent_tui.tui.theme import names

    known = names()
    if settings.theme in known:
        return Check("theme", settings.theme)
    advice = f"change `theme` in {config.settings_file()}: {', '.join(known)}"
    return Check("theme", f"there is no theme “{settings.theme}”", advice)


def _region(settings: Settings) -> Check:
    from phonenumbers import SUPPORTED_REGIONS

    region = settings.region
    if region is None or region.upper() in SUPPORTED_REGIONS:
        return Check("region", region or "that of the locale")
    advice = f"change `region` in {config.settings_file()} to two letters such as GB"
    return Check("region", f"no country has the code “{region}”", advice)


def _modes(settings: Settings) -> Iterator[Check]:
    """Folders and files that others may read; those that are not there yet are made private."""
    folders = [paths.config_folder(), paths.data_folder(), paths.state_folder()]
    yield _private("folders", folders, "chmod 700")
    files = [config.settings_file(), log.path()]
    try:
        database = locate(settings.database).path
    except AgentTuiError:
        database = None
    if database is not None:
        files += [database.with_name(database.name + end) for end in ("", "-wal", "-shm")]
    yield _private("files", files, "chmod 600")


def _private(what: str, places: list[Path], command: str) -> Check:
    there = [place for place in places if place.exists()]
    bare = [place for place in there if stat.S_IMODE(place.stat().st_mode) & _OTHERS_MAY]
    if bare:
        listed = " ".join(str(place) for place in bare)
        return Check(what, f"others may read {listed}", f"{command} {listed}")
    return Check(what, ", ".join(str(place) for place in there) or "none yet")


def _database(settings: Settings) -> Iterator[Check]:
    try:
        location = locate(settings.database)
        state = schema.check(location)
        if state is not schema.State.CURRENT:
            yield Check("database", f"{location.shown}: {_STATES[state]}")
            return
        health = examine(location)
        found = f"{location.shown}: {_STATES[state]}, {health.version}"
        if health.faults:
            advice = "copy the file away before anything else; then restore a backup"
            yield Check("database", f"{found}: {'; '.join(health.faults)}", advice)
        else:
            yield Check("database", found)
        yield _exemptions(location)
        yield _taken_in(location)
        yield _agent(settings, location)
    except AgentTuiError as error:
        yield Check("database", error.title, error.message)


def _taken_in(location: Location) -> Check:
    """Whether everybody can be found by name; `--search` looks closer."""
    from agent_tui.storage.queries.customers import not_taken_in
    from agent_tui.text.counts import counted

    with closing(open_reader(location)) as reader:
        left = not_taken_in(reader)
    if left:
        found = f"{counted(left, 'customer')} not taken in yet"
        return Check("search", found, "run the import again, or `agent-tui reindex`")
    return Check("search", "no import was left half done")


def _exemptions(location: Location) -> Check:
    """Whether anything may be done to receipts and runs that otherwise stand as they are."""
    from agent_tui.storage.queries.gates import exemptions_left_open
    from agent_tui.text.counts import counted

    with closing(open_reader(location)) as reader:
        left = exemptions_left_open(reader)
    if not left:
        return Check("records", "what was done stands: nothing is exempt from that")
    found = f"{counted(len(left), 'exemption')} left open: what was done may be changed or removed"
    return Check("records", found, "find out who made it; `agent-tui redact` ends it")


def _agent(settings: Settings, location: Location) -> Check:
    with closing(open_reader(location)) as reader:
        handle = agents.server_login(reader) or settings.agent or getpass.getuser()
        known = agents.by_handle(reader, handle=handle.strip().lower())
    if known is None:
        return Check("agent", f"{handle}: not known yet, made on first use")
    return Check("agent", f"{known.handle} ({known.name}), {known.role}, team {known.team}")


def _terminal() -> Check:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Check("terminal", "none here, so it could not be looked at")
    term = os.environ.get("TERM", "")
    columns, lines = shutil.get_terminal_size()
    colours = os.environ.get("COLORTERM") or ("256" if "256" in term else "16")
    parts = [f"{term or 'TERM is not set'}, {columns}x{lines}, colours {colours}"]
    if os.environ.get("NO_COLOR"):
        parts.append("NO_COLOR is set")
    if os.environ.get("TMUX"):
        parts.append("under tmux, where the desk cannot know whether it has the focus")
    found = ", ".join(parts)
    if term in ("", "dumb"):
        return Check("terminal", found, "set TERM to what your terminal is, such as xterm-256color")
    if columns < SMALLEST[0] or lines < SMALLEST[1]:
        return Check("terminal", found, "make it at least {} columns by {} lines".format(*SMALLEST))
    return Check("terminal", found)


def _encoding() -> Check:
    encoding = sys.getfilesystemencoding()
    if encoding.lower().replace("-", "") == "utf8":
        return Check("encoding", encoding)
    return Check("encoding", encoding, "set LANG to a UTF-8 locale, such as en_GB.UTF-8")
