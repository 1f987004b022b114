"""The actions by which conversations of Recent are chosen, and something is said of them."""

from __future__ import annotations

from agent_tui.tui.action import Action

SAID: tuple[Action, ...] = (
    Action(
        "write_review",
        ("w", "f4"),
        "Write a review",
        "Say something of this conversation to its agent: of the chosen line while it is read. An "
        "agent praises, a lead reviews, with what was looked for.",
        scope="recent",
        footer="review",
    ),
    Action(
        "views",
        ("v", "f5"),
        "Views",
        "Choose a saved filter; save this one, share it with your team, begin with it.",
        scope="recent",
        footer="views",
    ),
    Action(
        "sample",
        ("r", "f6"),
        "Draw a sample",
        "Draw a few of what is filtered by chance. The words above it draw the same one again, on "
        "every desk.",
        scope="recent",
        footer="sample",
    ),
    Action(
        "listen",
        ("b", "f7"),
        "Into my listening log",
        "For leads: note what you make of this conversation, for yourself alone.",
        scope="recent",
    ),
    Action(
        "coaching",
        ("t", "f10"),
        "To talk about",
        "What happened again and again, with the conversations it is drawn from: of the team for "
        "a lead, of yourself for an agent.",
        scope="recent",
    ),
    Action(
        "reviews",
        ("shift+f4", "f16", "V"),
        "Reviews",
        "What was written of your conversations, and what you wrote: read, answer, withdraw it.",
        scope="everywhere",
    ),
)
"""They stand in `actions.ACTIONS` among those of Recent."""
