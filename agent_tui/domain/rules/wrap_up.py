"""The rules of a wrap-up: what it needs, what may have been a complaint, its summary in words.

All are pure functions of the records that an interaction left, so that the screen may ask them at
every key and the services refuse by the very same rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from itertools import chain

from agent_tui.domain.rules import ages
from agent_tui.domain.values.kinds import Met, ReadBack
from agent_tui.domain.values.people import Concession, Interaction
from agent_tui.domain.values.promises import Promise
from agent_tui.domain.values.wrap_up import Left, Missing

SUMMARY_LIMIT = 2_000
AGENDA_LIMIT = 1_000
"""Characters of a composed summary, and how many of them may be what the customer wanted."""

_JOINERS = "\u200c\u200d"
_ENDS_A_SENTENCE = (".", "!", "?", "…")
WE_GET_BACK = "we get back to them"
"""The outcome that promises something."""
STILL_GOING_ON = "this is still going on: wrap it up when it has ended"


def missing(
    interaction: Interaction,
    left: Left,
    met: Met | None,
    *,
    outcome: str | None = None,
    complains: bool = False,
) -> tuple[Missing, ...]:
    """What the rules require before this may be wrapped up; nothing where it may.

    `met` is None until it was said, `outcome` is what is to be kept beside what stands already;
    `complains` says that a complaint is to be opened with it. An interaction must have ended;
    whether they got what they came for is said in so many words, and where they did not, somebody
    must be on it or the outcome be told; where nobody is known, the outcome says why.
    """
    lacks = []
    is_told = bool((outcome or interaction.outcome or "").strip())
    if interaction.is_live:
        lacks.append(Missing("end", STILL_GOING_ON))
    if met is None:
        lacks.append(
            Missing("met", "say whether they got what they came for: yes, partly, no, not asked")
        )
    if interaction.customer_id is None and not is_told:
        lacks.append(
            Missing(
                "outcome", "nobody is known here: attach them, or say what it was (“wrong number”)"
            )
        )
    elif met in ("no", "partly") and not (is_told or complains or is_followed_by(left)):
        lacks.append(
            Missing(
                "followed_by",
                "they did not get all that they came for: say how it ended, or promise something, "
                "ask a colleague or open a complaint",
            )
        )
    return tuple(lacks)


def is_followed_by(left: Left) -> bool:
    """Whether an interaction left anything that somebody is still to act on."""
    return (
        any(promise.state == "open" for promise in left.promises)
        or any(follow_up.state == "open" for follow_up in left.follow_ups)
        or any(case.is_open for case in left.cases)
    )


def owes_an_answer(outcome: str, left: Left) -> bool:
    """Whether the outcome says that we come back to them, and no promise of ours does."""
    is_said = " ".join(outcome.casefold().split()).startswith(WE_GET_BACK)
    promised = any(one.state == "open" and one.side == "ours" for one in left.promises)
    return is_said and not promised


def read_back(summary: str | None, said: ReadBack | None) -> ReadBack:
    """What became of reading a summary back; of an empty one nothing can have been read."""
    return said if said is not None and (summary or "").strip() else "not_done"


def dissatisfaction(left: Left, met: Met | None) -> str | None:
    """Why this may have been a complaint, in words; None where nothing says so. Only a hint."""
    if left.complaints:
        return f"a complaint was noted: {left.complaints[0].title}"
    if left.moods:
        return f"they said “{left.moods[0].text}”"
    if met == "no":
        return "they did not get what they came for"
    return None


def compose_summary(
    agenda: str | None, topics: Iterable[str], left: Left, now: datetime, zone: tzinfo
) -> str:
    """The interaction in sentences, to be read back: what they wanted first, in their own words.

    `zone` is the agent's, for due times. Never longer than `SUMMARY_LIMIT` characters; what does
    not fit is cut at its end. Nothing to say makes an empty text.
    """
    promised = [promise for promise in left.promises if promise.state in ("open", "kept")]
    parts = (
        _part("They wanted", [_within(agenda or "", AGENDA_LIMIT)]),
        _part("They said", [f"“{mood.text}”" for mood in left.moods]),
        _part(
            "Complaint",
            [f"{case.called or ''} {case.title}".strip() for case in left.complaints],
        ),
        _part("We promised", _promised(promised, "ours", now, zone)),
        _part("They promised", _promised(promised, "theirs", now, zone)),
        _part("We gave", _given(left.concessions, "ours")),
        _part("They gave", _given(left.concessions, "theirs")),
        _part("They said no to", [refusal.what for refusal in left.refusals]),
        _part("To find out", [one.text for one in left.questions if one.state == "open"]),
        _part("Asked", [f"{one.owner}: {one.text}" for one in left.follow_ups]),
        _part("To remember", [fact.text for fact in left.facts]),
        _part("About", [] if agenda else topics),
    )
    return _within(" ".join(chain.from_iterable(parts)), SUMMARY_LIMIT)


def _part(label: str, items: Iterable[str]) -> list[str]:
    """One sentence, or none where there is nothing to list."""
    listed = "; ".join(one for item in items if (one := " ".join(item.split())))
    if not listed:
        return []
    return [f"{label}: {listed}{'' if listed.endswith(_ENDS_A_SENTENCE) else '.'}"]


def _promised(promises: Iterable[Promise], side: str, now: datetime, zone: tzinfo) -> Iterable[str]:
    for promise in promises:
        if promise.side == side:
            yield promise.text + _by(promise.due_at, now, zone)


def _by(due: datetime | None, now: datetime, zone: tzinfo) -> str:
    if due is None:
        return ""
    return f", by {ages.weekday(due, now, zone)} {ages.clock_time(due, zone)}"


def _given(concessions: Iterable[Concession], side: str) -> Iterable[str]:
    for one in concessions:
        if one.side == side:
            yield f"{one.kind} {one.amount or ''} {one.currency or ''}"


def _within(text: str, limit: int) -> str:
    """The text, cut behind its last whole word that fits; a joiner there would join nothing."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    whole, gap, _ = kept.rpartition(" ")
    return f"{(whole if gap else kept).rstrip().rstrip(_JOINERS)}…"
