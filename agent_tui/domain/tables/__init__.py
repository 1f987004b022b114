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
from agent_tui.domain.tables.guidance import (
    Exemption,
    Receipt,
    ReceiptLine,
    RecordMark,
    Script,
    ScriptRun,
    ScriptStep,
)
from agent_tui.domain.tables.house import (
    Agent,
    Counter,
    Event,
    IndexChange,
    IndexPosting,
    IndexRoad,
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
from agent_tui.domain.tables.reading import (
    DefaultView,
    Listening,
    Review,
    ReviewCriterion,
    View,
)
from agent_tui.domain.tables.teamwork import Friction, HandOver, Prompt

__all__ = [
    "Agent",
    "Case",
    "Complaint",
    "Concession",
    "ContactPoint",
    "Counter",
    "Customer",
    "DefaultView",
    "Draft",
    "Event",
    "Exemption",
    "Fact",
    "Feedback",
    "FollowUp",
    "Friction",
    "HandOver",
    "IndexChange",
    "IndexPosting",
    "IndexRoad",
    "Interaction",
    "InteractionTopic",
    "Listening",
    "Message",
    "Mood",
    "NotCard",
    "Note",
    "Presence",
    "Promise",
    "Prompt",
    "Question",
    "Receipt",
    "ReceiptLine",
    "RecordMark",
    "Refusal",
    "Review",
    "ReviewCriterion",
    "Script",
    "ScriptRun",
    "ScriptStep",
    "Team",
    "Tie",
    "View",
]
