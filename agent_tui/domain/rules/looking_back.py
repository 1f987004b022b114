"""An entry of the timeline in words: a sign, its kind, and what happened."""

from __future__ import annotations

from datetime import datetime, tzinfo

from agent_tui.domain.rules import ages
from agent_tui.domain.values.kinds import MESSAGE_CHANNELS
from agent_tui.domain.values.timeline import TimelineEntry, TimelineFilter, TimelineKind

FILTERS: dict[TimelineFilter, str] = {
    "all": "all",
    "contacts": "contacts",
    "promises": "promises",
    "complaints": "complaints, cases",
    "knowledge": "knowledge",
    "money": "give and take",
    "scripts": "scripts",
}
"""The filters in the words of the screen."""

_GLYPHS: dict[TimelineKind, str] = {
    "interaction": "‹",
    "note": "¶",
    "case": "□",
    "promise": "○",
    "fact": "=",
    "confirmed": "≡",
    "refusal": "∅",
    "mood": "“",
    "concession": "±",
    "follow_up": "@",
    "feedback": "?",
    "script_run": "§",
    "hand_over": "»",
    "told": "›",
    "promise_taken": "»",
    "promise_closed": "●",
    "complaint_closed": "■",
    "wrong": "≠",
}
_LABELS: dict[TimelineKind, str] = {
    "note": "note",
    "fact": "learned",
    "confirmed": "confirmed",
    "refusal": "said no",
    "mood": "mood",
    "follow_up": "asked",
    "feedback": "survey",
    "script_run": "script",
    "hand_over": "handed",
    "told": "told",
    "promise_taken": "took over",
    "complaint_closed": "closed",
    "wrong": "wrong",
}
_ENDED = {
    "kept": ("●", "kept"),
    "renegotiated": ("→", "moved"),
    "withdrawn": ("-", "withdrawn"),
    "broken": ("×", "not kept"),
}
_BECAME: dict[TimelineKind, dict[str, str]] = {
    "interaction": {
        "yes": "resolved",
        "partly": "partly resolved",
        "no": "not resolved",
        "ringing": "ringing now",
        "talking": "going on",
        "on_hold": "on hold",
    },
    "promise": {name: word for name, (_glyph, word) in _ENDED.items()},
    "fact": {"replaced": "no longer so", "wrong": "wrong"},
    "refusal": {"lifted": "may be asked again", "wrong": "wrong"},
    "concession": {"wrong": "taken back"},
    "follow_up": {"done": "done", "declined": "declined"},
    "feedback": {"open": "no answer"},
    "script_run": {"open": "open", "left": "left"},
    "hand_over": {
        "open": "waiting",
        "declined": "declined",
        "taken_back": "taken back",
        "lapsed": "not taken up",
    },
    "complaint_closed": {},
}
"""What became of a thing, where its own words do not say."""


def glyph(entry: TimelineEntry) -> str:
    """The sign of an entry, one cell wide: a word of its kind always stands beside it."""
    if entry.kind == "promise_closed":
        return _ENDED.get(entry.state, ("●", ""))[0]
    if entry.kind == "interaction" and entry.direction == "out":
        return "›"
    return "◇" if entry.kind == "case" and entry.label == "complaint" else _GLYPHS[entry.kind]


def label(entry: TimelineEntry) -> str:
    """What kind of thing happened, in a word or two of at most nine cells."""
    if entry.kind in ("interaction", "case"):
        return entry.label
    if entry.kind == "promise":
        return "promised" if entry.side == "ours" else "they owe"
    if entry.kind == "promise_closed":
        return _ENDED.get(entry.state, ("", entry.state))[1]
    if entry.kind == "concession":
        return "we gave" if entry.side == "ours" else "they gave"
    return _LABELS[entry.kind]


def words(entry: TimelineEntry, now: datetime, zone: tzinfo) -> str:
    """What happened, in one line, the most telling first."""
    parts = [_matter(entry), *_more(entry, now, zone)]
    return " · ".join(part for part in parts if part)


def _matter(entry: TimelineEntry) -> str:
    """What it was about and how it ended."""
    became = _BECAME.get(entry.kind, {}).get(entry.state, "")
    if entry.kind == "interaction":
        if entry.state == "ringing" and entry.label in MESSAGE_CHANNELS:
            became = "waiting now"
        wanted = entry.text or ", ".join(f"#{topic}" for topic in entry.topics) or _who_began(entry)
        ended = became or entry.reason or ""
        return f"{wanted}, {ended}" if ended else wanted
    if entry.kind in ("case", "told", "complaint_closed"):
        return " ".join(part for part in (entry.called, entry.text) if part)
    if entry.kind == "concession":
        money = " ".join(part for part in (entry.amount, entry.currency) if part)
        return ", ".join(part for part in (entry.text, money, entry.reason, became) if part)
    if entry.kind == "follow_up":
        return f"{entry.other}: {entry.text}" if entry.other else entry.text
    if entry.kind == "hand_over":
        return f"to {entry.other}" if entry.other else ""
    if entry.kind == "mood":
        return entry.text if entry.text.startswith(("“", '"')) else f"“{entry.text}”"
    if entry.kind == "feedback" and entry.score is not None:
        return f"{entry.score:g}"
    return entry.text


def _more(entry: TimelineEntry, now: datetime, zone: tzinfo) -> list[str]:
    """Whatever else is known of it, each in a few words."""
    became = _BECAME.get(entry.kind, {}).get(entry.state, "")
    if entry.kind == "interaction":
        topics = " ".join(f"#{topic}" for topic in entry.topics) if entry.text else ""
        length = "" if entry.length_s is None else ages.offset(entry.length_s)
        return [entry.who or "", topics, length]
    due = "" if entry.due_at is None else ages.day(entry.due_at, now, zone)
    if entry.kind == "promise":
        return [f"due {due}" if due else "", became, entry.who or ""]
    if entry.kind == "promise_closed":
        moved = f"to {due}" if due else ""
        return [moved, entry.reason or "", entry.who or ""]
    if entry.kind == "refusal":
        return [became or (f"ask again {due}" if due else ""), entry.who or ""]
    if entry.kind in ("fact", "confirmed"):
        source = "impression" if entry.source == "impression" else ""
        return [entry.label if entry.label != "knows" else "", source, became, entry.who or ""]
    if entry.kind == "case":
        return [entry.state if entry.state != "open" else ""]
    if entry.kind in ("hand_over", "feedback"):
        return [entry.text, became, entry.who or ""]
    if entry.kind == "concession":
        return [entry.who or ""]
    return [entry.reason or "", became, entry.who or ""]


def _who_began(entry: TimelineEntry) -> str:
    verb = {"phone": "called", "visit": "came"}.get(entry.label, "wrote")
    return f"we {verb}" if entry.direction == "out" else f"they {verb}"
