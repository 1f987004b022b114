"""The SQLModel tables. They are loaded, and all of them registered, when one is first asked for.

They bring SQLModel, which costs half a second: only `storage` and the services that write ask for
them. A service that also reads says `from agent_tui.domain import tables` and, where it writes,
`tables.Fact`, so that what only reads never waits for them.
"""

import gc
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import MetaData

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

_MODULES = (
    "commitments",
    "conversations",
    "guidance",
    "house",
    "people",
    "reading",
    "teamwork",
)

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


def load() -> None:
    """Load and register all tables. Who is second waits for who is first."""
    if __all__[-1] in globals():
        return
    collects = gc.isenabled()
    # What is loaded stays. Looking through it for what does not is a fifth of the time.
    gc.disable()
    try:
        modules = [import_module(f"{__name__}.{name}") for name in _MODULES]
    finally:
        if collects:
            gc.enable()
    found = {name: table for module in modules for name, table in vars(module).items()}
    globals().update({name: found[name] for name in __all__})


def with_conditions() -> "MetaData":
    """All tables, loaded, with the conditions of indexes that hold only some rows: for whoever
    makes or compares tables."""
    load()
    from sqlalchemy import text
    from sqlmodel import SQLModel

    from agent_tui.domain.tables.columns import CONDITION

    for table in SQLModel.metadata.tables.values():
        for index in table.indexes:
            if CONDITION in index.info:
                for dialect in ("sqlite", "postgresql"):
                    index.dialect_options[dialect]["where"] = text(index.info[CONDITION])
    return SQLModel.metadata


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        load()
        return globals()[name]
