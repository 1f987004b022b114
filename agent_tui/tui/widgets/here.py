"""When and where the reader is: what relative times are told from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


class Here(NamedTuple):
    """The present moment and the agent's time zone."""

    now: datetime
    zone: tzinfo
