"""Which scripts fit a conversation, and when an offer may be made in it.

An offer comes after what the customer came for, never instead of it: it needs an agenda in their
words that has been met, and nobody who has said no is asked again before the time that they named.
Help is never withheld, and least of all the way out: a *leaving* script is open to everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from agent_tui.domain.rules import ages
from agent_tui.text.topics import topic_of

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Interaction, Refusal
    from agent_tui.domain.values.scripts import ScriptKind

NO_INTERACTION = "an offer belongs into a conversation: open it from one"
NO_AGENDA = "first write down what they want (“wants: …”): an offer comes after it"
NOT_MET = "first give them what they came for, and say that they have it: an offer comes after it"


def why_not(
    kind: ScriptKind,
    interaction: Interaction | None,
    refusals: Iterable[Refusal],
    now: datetime,
    zone: tzinfo,
) -> str | None:
    """Why a script of this kind may not be opened in an interaction, in a sentence; None if it may.

    `refusals` are those of the customer that nobody has lifted or marked wrong; days are those of
    `zone`.
    """
    if kind != "offer":
        return None
    if interaction is None:
        return NO_INTERACTION
    if not (interaction.agenda or "").strip():
        return NO_AGENDA
    if interaction.met != "yes":
        return NOT_MET
    standing = sorted(
        (one for one in refusals if stands(one, now)), key=lambda one: (one.at, one.id)
    )
    if not standing:
        return None
    newest = standing[-1]
    until = newest.ask_again_after
    when = f" before {ages.weekday(until, now, zone)}" if until else ""
    return f"they said no to “{newest.what}”: do not ask again{when}"


def stands(refusal: Refusal, now: datetime) -> bool:
    """Whether a refusal still holds: for ever, or until a time that has not come."""
    return refusal.ask_again_after is None or refusal.ask_again_after > now


def matches(
    topics: Sequence[str], fits: Sequence[str], interaction: Interaction | None
) -> tuple[str, ...]:
    """By what a script fits an interaction: topics that both have, then words of its agenda.

    `topics` and `fits` are the script's. A topic fits an agenda that says it as a word; words that
    are several have to stand there next to one another. Case and marks of composition do not count.
    """
    if interaction is None:
        return ()
    of_call = {_plain(topic) for topic in interaction.topics}
    agenda = f" {' '.join(_words(interaction.agenda or ''))} "
    shared = [topic for topic in topics if _topic(topic) in of_call]
    said = [
        words
        for words in dict.fromkeys((*topics, *fits))
        if words not in shared and f" {' '.join(_words(words))} " in agenda and _words(words)
    ]
    return (*shared, *said)


def _topic(text: str) -> str:
    return topic_of(text.removeprefix("#"))[0] or _plain(text)


def _plain(text: str) -> str:
    return normalize("NFC", text.casefold())


def _words(text: str) -> list[str]:
    """The words of a text: what is parted by anything that is no letter, digit or mark."""
    kept = (one if one.isalnum() or category(one)[0] == "M" else " " for one in _plain(text))
    return "".join(kept).split()
