"""What is known of a person: facts, refusals, ties, the ledger, the herd, what is worth asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.kinds import FactKind, FactSource, Side

FactState = Literal["current", "replaced", "wrong"]
RefusalState = Literal["current", "lifted", "wrong"]
EntryState = Literal["current", "wrong"]
Matter = Literal["late_promise", "complaint", "live_call", "last_contact"]
PromptKind = Literal["question", "confirm", "fact", "field"]
PromptOutcome = Literal["answered", "declined", "not_now"]

PROMPT_OUTCOMES: tuple[PromptOutcome, ...] = ("answered", "declined", "not_now")


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A fact as it is kept, whatever became of it; `replaces_id` is the one it took the place of.

    `confirmed_at` is when somebody last said that it still holds.
    """

    id: int
    customer_id: int
    customer: str
    kind: FactKind
    text: str
    source: FactSource
    state: FactState
    stated_at: datetime
    confirmed_at: datetime | None
    confirm_by: datetime | None
    replaces_id: int | None
    interaction_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class KeptRefusal:
    """A refusal as it is kept; without `ask_again_after` they are not asked again."""

    id: int
    customer_id: int
    customer: str
    what: str
    state: RefusalState
    at: datetime
    ask_again_after: datetime | None
    interaction_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry of the ledger as it is kept; `amount` is an exact decimal as text."""

    id: int
    customer_id: int
    customer: str
    side: Side
    kind: str
    amount: str | None
    currency: str | None
    reason: str | None
    state: EntryState
    at: datetime
    interaction_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class TieMatter:
    """What matters with the other end of a tie, the most pressing alone.

    `at` is when a late promise was due, a complaint was opened, a live call or the last contact
    began; `words` say what, and are None for a contact. `count` is how many there are of a late
    promise or a complaint. `interaction_id` is the live call.
    """

    kind: Matter
    at: datetime
    words: str | None = None
    count: int = 1
    interaction_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether something waits for us there."""
        return self.kind != "last_contact"


@dataclass(frozen=True, slots=True)
class TieShown:
    """A tie as it reads from one side: `kind` and `name` make the words, `cares for Rosa Hart`."""

    id: int
    customer_id: int
    name: str
    kind: str
    matter: TieMatter | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """The people around somebody, those with something open first; `people` counts all of them."""

    ties: tuple[TieShown, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Herd:
    """Others who came with the same topic in the last seven days, more of them than usual.

    `others` are people, `usual` how many came in a week on average, in the eight weeks before;
    `is_new` where nobody did. `interactions` are the newest behind it.
    """

    topic: str
    others: int
    usual: float
    is_new: bool
    interactions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that is worth asking: `what` names it, in at most 64 characters.

    `question:q_...` is an open question, `confirm:f_...` a fact that has aged, `fact:prefers` and
    `field:language` what was never asked. `words` say it to the agent.
    """

    kind: PromptKind
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class PromptPast:
    """That something was prompted before: what, when, and what came of it."""

    what: str
    at: datetime
    outcome: PromptOutcome | None = None


@dataclass(frozen=True, slots=True)
class PromptShown:
    """The one thing to ask in an interaction; `record_id` is its question or its fact, if any."""

    id: int
    kind: PromptKind
    what: str
    words: str
    record_id: int | None = None
