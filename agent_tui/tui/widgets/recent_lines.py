"""The rows of Recent: one line an interaction, in columns that yield where there is less room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.text.cells import pad, width
from agent_tui.text.counts import counted
from agent_tui.tui.widgets.ink import Ink, Line, Span, plain
from agent_tui.tui.widgets.wording import caller, first_name, state_of

if TYPE_CHECKING:
    from agent_tui.domain.values.kinds import Met
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.recent import RecentCount, RecentMark, RecentRow
    from agent_tui.tui.widgets.here import Here

MARKS: dict[RecentMark, tuple[str, str]] = {
    "promise_late": ("!", "promise late"),
    "complaint": ("C", "complaint"),
    "promise_broken": ("×", "promise broken"),
    "override": ("O", "override"),
    "friction": ("F", "friction"),
    "review": ("R", "review"),
    "praise": ("+", "praise"),
    "listened": ("L", "in my log"),
    "refusal": ("N", "said no"),
    "gave": ("G", "gave"),
    "promise": ("p", "promise"),
    "script": ("s", "script"),
}
"""Each mark as a sign of one cell and in words, those that tell most first."""
_LOUD: tuple[RecentMark, ...] = ("promise_late",)
MET: dict[Met, str] = {"yes": "met", "partly": "partly", "no": "not met", "not_asked": ""}
_LENGTH = 7
_LIVE = "●"


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column takes at one width; what has none is not shown.

    The first to go are their mood, the words of the marks and the outcome; then the time of day of
    what is not today's, and some of every name.
    """

    when: int
    who: int
    channel: int
    agent: int
    agenda: int
    met: int
    outcome: int
    mood: int
    marks: int

    @classmethod
    def at(cls, cells: int) -> Columns:
        """The columns of a list so many cells wide."""
        if cells >= 130:
            when, who, agent, mood, marks, has_outcome = 9, 18, 8, 12, 14, True
        elif cells >= 100:
            when, who, agent, mood, marks, has_outcome = 9, 18, 7, 0, 12, True
        elif cells >= 84:
            when, who, agent, mood, marks, has_outcome = 9, 17, 7, 0, 2, False
        elif cells >= 70:
            when, who, agent, mood, marks, has_outcome = 6, 13, 6, 0, 2, False
        else:
            when, who, agent, mood, marks, has_outcome = 6, 11, 0, 0, 0, False
        channel, met = 6, 7
        shown = [one for one in (when, who, channel, agent, met, mood, marks) if one]
        # Beside them the margin, a wider gap behind the time, the agenda's gap, and the length.
        rest = cells - sum(shown) - len(shown) - 2 - 1 - 1 - (_LENGTH + 1)
        outcome = max(0, rest // 3) if has_outcome else 0
        agenda = max(6, rest - outcome - (1 if outcome else 0))
        return cls(when, who, channel, agent, agenda, met, outcome, mood, marks)


def row_line(row: RecentRow, here: Here, cells: int) -> Line:
    """One interaction as a line; its key is the interaction's id."""
    call, columns = row.interaction, Columns.at(cells)
    loud = any(mark in _LOUD for mark in row.marks)
    glyph = "!" if loud else (_LIVE if call.is_live else " ")
    wanted, wanted_ink = _agenda(call)
    agent = first_name(call.agent) if call.agent else "nobody"
    mood = f"“{row.mood}”" if row.mood else ""
    rest: list[tuple[str, int, Ink]] = [
        (_channel(call), columns.channel, "dim"),
        (agent, columns.agent, "dim"),
        (wanted, columns.agenda, wanted_ink),
        (_met(call), columns.met, "strong" if call.met == "no" else "dim"),
        (call.outcome or "", columns.outcome, "dim"),
        (mood, columns.mood, "text"),
        (marks_of(row, columns.marks), columns.marks, "act" if loud else "text"),
    ]
    parts = [
        Span(f"{glyph} ", "act" if loud else "accent"),
        Span(_right(_when(call, here, columns.when), columns.when), "dim"),
        Span("  " + _cell(caller(call), columns.who), "strong" if call.customer_id else "text"),
        *(Span(" " + _cell(words, cells), ink) for words, cells, ink in rest if cells),
    ]
    length = Span(_right(_length(call, here), _LENGTH), "accent" if call.is_live else "dim")
    return Line(tuple(parts), (length,), call.id)


def marks_of(row: RecentRow, cells: int) -> str:
    """What came of it: in words where there is room for them, else as many signs as fit."""
    shown = [mark for mark in MARKS if mark in row.marks]
    if "promise_late" in shown or "promise_broken" in shown:
        shown = [mark for mark in shown if mark != "promise"]
    words = " · ".join(MARKS[mark][1] for mark in shown)
    if width(words) <= cells:
        return words
    return "".join(MARKS[mark][0] for mark in shown)[:cells]


def heading(count: RecentCount | None, *, is_filtered: bool) -> str:
    """How many there are, as well as it is known."""
    if count is None or (count.count == 0 and count.is_exact):
        return ""
    many = f"{count.count:,}" if count.is_exact else f"{count.count:,}+"
    return f"{many} found" if is_filtered else f"{many}, newest first"


def newer_words(newer: int, key: str) -> str:
    """How much came while one reads further down."""
    return f"{newer:,} newer above · {key}" if newer else ""


def searching_words(row_count: int, back_to: str) -> str:
    """How far a search has come that goes on."""
    found = f"{counted(row_count, 'one', 'ones')} so far, " if row_count else ""
    return f"{found}searching… back to {back_to}"


def _when(call: Interaction, here: Here, cells: int) -> str:
    """When it began: relative within the hour, then the time of day, the weekday, the day."""
    minutes = int((here.now - call.opened_at).total_seconds() // 60)
    days = ages.days_between(call.opened_at, here.now, here.zone)
    if days < 0:
        return ages.day(call.opened_at, here.now, here.zone)
    if minutes < 60:
        return ages.ago(call.opened_at, here.now, here.zone)
    at = ages.clock_time(call.opened_at, here.zone)
    if days == 0:
        return at
    if days < 7:
        weekday = ages.weekday(call.opened_at, here.now, here.zone).partition(" ")[0]
        return f"{weekday} {at}" if cells >= len("Mon 14:02") else weekday
    day = ages.day(call.opened_at, here.now, here.zone)
    if width(day) <= cells:
        return day
    month, _, year = day.rpartition(" ")
    return f"{month}'{year[-2:]}"


def _channel(call: Interaction) -> str:
    """The channel, with the sign of who began."""
    return f"{'‹' if call.direction == 'in' else '›'}{call.channel}"


def _agenda(call: Interaction) -> tuple[str, Ink]:
    """What they wanted in their words, else what it was about."""
    if call.agenda:
        return call.agenda, "text"
    topics = " ".join(f"#{topic}" for topic in call.topics)
    return (topics, "dim") if topics else ("—", "dim")


def _met(call: Interaction) -> str:
    """Whether they got it; before that is known, what state it is in."""
    if call.met != "not_asked":
        return MET[call.met]
    if call.state in ("ringing", "on_hold"):
        return state_of(call)
    if call.state == "ended":
        return "parked" if call.parked_at is not None else "open"
    return ""


def _length(call: Interaction, here: Here) -> str:
    """How long it took, or that it goes on, and for how many minutes."""
    if call.is_live:
        begun = call.answered_at or call.opened_at
        minutes = max(0, int((here.now - begun).total_seconds() // 60))
        return f"live {minutes}m" if minutes < 60 else f"live {minutes // 60}h"
    if call.length_s is None:
        return ""
    minutes = call.length_s // 60
    return ages.offset(call.length_s) if minutes < 60 else f"{minutes // 60}h {minutes % 60:02}m"


def _cell(text: str, cells: int) -> str:
    """The text in a column: made plain before it is measured."""
    return pad(plain(text), cells)


def _right(text: str, cells: int) -> str:
    return " " * max(0, cells - width(text)) + text
