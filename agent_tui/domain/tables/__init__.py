"""The SQLModel tables. Importing this package registers all of them.

Only `storage` and the services that write import it: it brings SQLModel, which costs half a second.
"""

from agent_tui.domain.tables.commitments import Case, Concession, Promise
from agent_tui.domain.tables.conversations import (
    Draft,
    Interaction,
    InteractionTopic,
    Message,
    Note,
)
from agent_tui.domain.tables.house import (
    Agent,
    Counter,
    Event,
    IndexPosting,
    IndexWord,
    Team,
)
from agent_tui.domain.tables.people import (
    ContactPoint,
    Customer,
    Fact,
    Feedback,
    Refusal,
    Tie,
)

__all__ = [
    "Agent",
    "Case",
    "Concession",
    "ContactPoint",
    "Counter",
    "Customer",
    "Draft",
    "Event",
    "Fact",
    "Feedback",
    "IndexPosting",
    "IndexWord",
    "Interaction",
    "InteractionTopic",
    "Message",
    "Note",
    "Promise",
    "Refusal",
    "Team",
    "Tie",
]
