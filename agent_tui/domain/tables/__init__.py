"""The SQLModel tables. Importing this package registers all of them.

Only `storage` and the services that write import it: it brings SQLModel, which costs half a second.
"""

from agent_tui.domain.tables.commitments import (
    Case,
    Complaint,
    Concession,
    FollowUp,
    Promise,
    Question,
)
from agent_tui.domain.tables.conversations import (
    Draft,
    Interaction,
    InteractionTopic,
    Message,
    Mood,
    Note,
)
from agent_tui.domain.tables.house import (
    Agent,
    Counter,
    Event,
    IndexPosting,
    IndexWord,
    NotCard,
    Presence,
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
    "Complaint",
    "Concession",
    "ContactPoint",
    "Counter",
    "Customer",
    "Draft",
    "Event",
    "Fact",
    "Feedback",
    "FollowUp",
    "IndexPosting",
    "IndexWord",
    "Interaction",
    "InteractionTopic",
    "Message",
    "Mood",
    "NotCard",
    "Note",
    "Presence",
    "Promise",
    "Question",
    "Refusal",
    "Team",
    "Tie",
]
