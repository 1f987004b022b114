"""One action of the screen, and where it works."""

from __future__ import annotations

from typing import Literal, NamedTuple

Scope = Literal[
    "everywhere",
    "desk",
    "away",
    "recent",
    "reading",
    "relationship",
    "measure",
    "list",
    "brief",
    "timeline",
    "conversation",
    "caller",
]

SCOPES: dict[Scope, str] = {
    "everywhere": "Everywhere",
    "desk": "Anywhere at the desk",
    "away": "Away from the desk",
    "recent": "In Recent",
    "reading": "In a conversation of Recent",
    "relationship": "In Relationship",
    "measure": "In a measure",
    "list": "In a list",
    "brief": "In the brief",
    "timeline": "In the timeline",
    "conversation": "In the conversation",
    "caller": "While somebody calls",
}
"""Where an action works, in the words of the help screen."""


class Action(NamedTuple):
    """One thing that a user can do.

    `keys` are Textual's names of keys, the first one is shown. `footer` is the word under which it
    stands in the footer, None where it does not; `goes_on` is that word where the action leads on
    from where it has led to.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    scope: Scope = "desk"
    footer: str | None = None
    goes_on: str | None = None
