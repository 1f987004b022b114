"""Every mark of a note: how it is written, what it makes, and an example. Reading, completion and
the help go by this table."""

from __future__ import annotations

from agent_tui.domain.values.marks import WrittenMark

MARKS: tuple[WrittenMark, ...] = (
    WrittenMark("!", "text due", "promise", "a promise of ours", "!call back fri 10am"),
    WrittenMark(
        "theirs:", "text due", "promise", "a promise of theirs", "theirs: sends a photo tomorrow"
    ),
    WrittenMark("=", "text", "fact", "a fact worth knowing", "=prefers mornings"),
    WrittenMark(
        "wants:",
        "text",
        "agenda",
        "the agenda: what they want, in their words",
        "wants: the visit that never came",
    ),
    WrittenMark("gave:", "text", "concession", "what we gave", "gave: waived fee £20"),
    WrittenMark("got:", "text", "concession", "what they gave", "got: patience"),
    WrittenMark("no:", "text", "refusal", "something that they said no to", "no: a new contract"),
    WrittenMark(
        "mood:", '"their words"', "mood", "how they feel, in their words", 'mood: "fed up with it"'
    ),
    WrittenMark(
        "complaint:", "text", "complaint", "a complaint", "complaint: nobody called on Monday"
    ),
    WrittenMark("ask:", "text", "question", "a question that is open", "ask: which boiler is it"),
    WrittenMark("#", "topic", "topic", "a topic", "#boiler"),
    WrittenMark(
        "@",
        "agent",
        "handover",
        "hands the promise before it over, or asks a colleague",
        "!refund +3d @asha",
    ),
)
"""In the order in which they are offered. `@` makes a hand-over, or else a follow-up: that depends
on what is before it."""
