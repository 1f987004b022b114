"""Connections to a PostgreSQL server, and its errors in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from agent_tui.errors import Conflict, Interrupted, Unavailable, UsageError
from agent_tui.storage.location import Location

if TYPE_CHECKING:
    from types import TracebackType

    import psycopg

IN_UTC = "SET TIME ZONE 'UTC'"
"""Said to a PostgreSQL server first: in other zones its last moments are none of Python's."""
AT_ONCE = "somebody else changed this at the same moment: do it once more"
"""Said where two units waited for one another."""
_CONNECT_WITHIN_S = 10
_REASON = re.compile(r"(?:connection (?:failed|is bad): )?connection to server .* failed: (.+)")
_MAY_NOT = "42501"
"""What PostgreSQL answers to a login without a right (its appendix A)."""
_ANSWERED = "FATAL:"
"""How a server begins that is there, and says no."""


def connect(location: Location) -> psycopg.Connection[Any]:
    """A new connection, which commits each statement by itself. Raises Unavailable or UsageError,
    without a password."""
    import psycopg

    try:
        server = psycopg.connect(
            location.url or "", autocommit=True, connect_timeout=_CONNECT_WITHIN_S
        )
        server.execute(IN_UTC)
    except psycopg.OperationalError as error:
        said = said_by(error)
        if said.startswith(_ANSWERED):
            reason = said.removeprefix(_ANSWERED).strip()
            raise Unavailable(f"the server at {location.shown} says: {reason}") from error
        raise Unavailable(f"{said}: is the server at {location.shown} running?") from error
    except psycopg.Error:
        # What the driver says of an address repeats it, password and all.
        raise UsageError(f"the address of {location.shown} is not understood") from None
    return server


def said_by(error: BaseException | None) -> str:
    """What a driver's error may be told as: of the server's its primary message alone, since its
    detail, hint and context quote rows, and with them what customers said; of one that was not
    reached the reason, without the library's questions about it."""
    diagnosis = getattr(error, "diag", None)
    primary = getattr(diagnosis, "message_primary", None)
    if primary:
        may_not = getattr(error, "sqlstate", None) == _MAY_NOT
        return f"{primary}: docs/floor.md says which rights who needs" if may_not else str(primary)
    said = str(error).partition("\n")[0]
    reason = _REASON.fullmatch(said)
    return reason[1] if reason else said.removeprefix("consuming input failed: ")


class PostgresErrors:
    """A block in which the driver's errors become ours. Written out, since every question passes
    one: a generator would take longer than the driver takes to send it."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            return
        import psycopg

        match error:
            case psycopg.errors.QueryCanceled():
                raise Interrupted("a newer question took its place") from error
            case psycopg.errors.DeadlockDetected():
                raise Conflict(AT_ONCE) from error
            case psycopg.OperationalError():
                said = f"{said_by(error)}: the server did not answer; try again"
                raise Unavailable(said) from error
            case psycopg.Error():
                raise Unavailable(f"the server refused: {said_by(error)}") from error
