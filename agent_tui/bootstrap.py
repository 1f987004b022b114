"""The only wiring: settings in, a Desk out."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import tzinfo
from typing import TYPE_CHECKING

from agent_tui.clock import Clock, utc_now
from agent_tui.config import Settings
from agent_tui.domain.values.agents import Agent
from agent_tui.domain.values.kinds import Role
from agent_tui.errors import Conflict, NotFound, UsageError
from agent_tui.services.desk import Desk
from agent_tui.storage import schema
from agent_tui.storage.location import locate
from agent_tui.storage.queries import agents
from agent_tui.storage.store import Store
from agent_tui.text.hygiene import clean_line
from agent_tui.text.phones import region_of_locale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Engine


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?![A-Za-z])")


def build_desk(
    settings: Settings,
    *,
    engine: Engine | None = None,
    clock: Clock = utc_now,
    zone: tzinfo | None = None,
    say: Callable[[str], None] | None = None,
) -> Desk:
    """The desk of the agent whom the settings name, on the database that they name.

    A database that is not there yet is made, an older one is brought up to date. The agent is
    made on first use, and `say` is told so where others work here. Raises StorageError, UsageError,
    or NotFound where the name is probably a slip of somebody's who works here.
    """
    location = locate(settings.database)
    store = Store(location, engine=engine)
    schema.bring_up(location, store.reader)
    return Desk(
        store=store,
        agent=_who_am_i(store, settings, clock, say or (lambda _sentence: None)),
        clock=clock,
        zone=zone or local_zone(),
        region=_region(settings),
        language=_language(settings),
        snippets=settings.snippets,
        criteria=settings.criteria,
    )


def need_desk(settings: Settings) -> None:
    """Raise NotFound where the settings name a file that is not there: with a slip in its name, an
    empty desk would be read and taken for the own one."""
    location = locate(settings.database)
    if settings.db and location.path is not None and not os.path.lexists(location.path):
        raise NotFound(
            f"there is no desk at {location.shown}: `agent-tui import`, `agent-tui desk` or "
            "`agent-tui demo` makes one"
        )


def local_zone() -> tzinfo:
    """The time zone of this machine."""
    from tzlocal import get_localzone

    return get_localzone()


def _region(settings: Settings) -> str | None:
    if settings.region:
        region = settings.region.upper()
        if len(region) != 2 or not region.isalpha():
            raise UsageError(f"region “{settings.region}”: two letters are needed, such as GB")
        return region
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_TELEPHONE", "LC_CTYPE", "LANG"))
    return next((found for name in names if (found := region_of_locale(name))), None)


def _language(settings: Settings) -> str:
    if settings.language:
        if not _LANGUAGE.fullmatch(settings.language):
            raise UsageError(f"language “{settings.language}”: a code is needed, such as en or de")
        return settings.language
    names = (os.environ.get(name) or "" for name in ("LC_ALL", "LC_TIME", "LANG"))
    found = (_LANGUAGE.match(name.partition(".")[0]) for name in names)
    return next((one[0] for one in found if one), "en")


def _who_am_i(store: Store, settings: Settings, clock: Clock, say: Callable[[str], None]) -> Agent:
    """The named agent, made on first use, but for a name that is one slip from another's.

    The first one on a SQLite desk, which is made with them, is its lead. On PostgreSQL the server's
    login decides who it is, and the first one, who made the tables, is the admin. The login name of
    the operating system is nobody's slip.
    """
    reader = store.reader()
    handle = _spelt(agents.server_login(reader) or settings.agent or _login_name())
    known = agents.by_handle(reader, handle=handle)
    if known is not None:
        return known
    from agent_tui.services.staffing import add_agent, new_handle

    handle = new_handle(handle)
    if settings.agent and not reader.is_postgres:
        _check_slip(handle, [agent.handle for agent in agents.everybody(reader)])
    # On a server, another desk of the same agent may be first.
    with suppress(Conflict), store.writing(now=clock(), agent_id=None) as unit:
        if agents.by_handle(unit.reader, handle=handle) is None:
            role: Role = "agent"
            if not agents.everybody(unit.reader):
                role = "admin" if reader.is_postgres else "lead"
            add_agent(unit, handle=handle, name=None, role=role)
    made = agents.by_handle(reader, handle=handle)
    assert made is not None
    if made.role == "agent":
        say(f"{made.handle} is new here and was made as an agent: `agent-tui agents` lists all")
    return made


def _check_slip(handle: str, known: Iterable[str]) -> None:
    from agent_tui.text.nearest import is_slip

    meant = next((one for one in known if is_slip(handle, one)), None)
    if meant is not None:
        raise NotFound(
            f"there is no agent {handle}: perhaps you mean {meant}. "
            f"A lead adds somebody new with `agent-tui agents add {handle}`"
        )


def _spelt(handle: str) -> str:
    return clean_line(handle).lower().removeprefix("@")


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "agent"
