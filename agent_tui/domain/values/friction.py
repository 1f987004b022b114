"""Friction: a rule or a tool that stands in an agent's way, said in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

FrictionRule = Literal[
    "gate",
    "script",
    "wrap_up",
    "verification",
    "promise",
    "complaint",
    "consent",
    "hand_over",
    "masking",
    "search",
    "import",
    "speed",
    "other",
]

RULES: dict[FrictionRule, str] = {
    "gate": "the brief before a script",
    "script": "a script",
    "wrap_up": "the wrap-up",
    "verification": "verifying who calls",
    "promise": "promises",
    "complaint": "complaints",
    "consent": "who may be reached",
    "hand_over": "handing over",
    "masking": "masked numbers",
    "search": "finding people",
    "import": "what was imported",
    "speed": "how fast it is",
    "other": "something else",
}
"""What may stand in the way, in words."""


@dataclass(frozen=True, slots=True)
class Friction:
    """Something that stood in an agent's way. `customer_id` is whom it was about, where it was
    about somebody; `customer` their name."""

    id: int
    rule: FrictionRule
    text: str
    at: datetime
    customer_id: int | None = None
    customer: str | None = None
    interaction_id: int | None = None


@dataclass(frozen=True, slots=True)
class FrictionByRule:
    """How often a rule stood in the way, of how many agents, and the newest words about it.

    `agents` is None where they are fewer than five. The words are for leads to read and come bare,
    the newest first: a name, a customer, a call or a moment beside them would tell who wrote them.
    """

    rule: FrictionRule
    times: int
    agents: int | None
    newest: tuple[str, ...] = ()
