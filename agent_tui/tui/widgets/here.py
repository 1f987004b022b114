"""When and where the reader is, and who: what relative times and *you* are told from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


class Here(NamedTuple):
    """The present moment, the agent's time zone, and the agent's id; None as long as nobody
    knows."""

    now: datetime
    zone: tzinfo
    me: int | None = None
