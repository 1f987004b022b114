"""When and where the reader is: what relative times are told from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Here:
    """The present moment and the agent's time zone."""

    now: datetime
    zone: tzinfo
