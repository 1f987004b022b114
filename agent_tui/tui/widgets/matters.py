"""What stands beside the measures: what is open, what rises, what stood in the way, who was asked.

A section is read by itself; a row of it opens into what is behind its numbers, each a `Part`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from agent_tui.domain.rules import ages
from agent_tui.domain.values.friction import RULES
from agent_tui.domain.values.measures import AGEING, SURVEY_PARTS
from agent_tui.text.cells import pad, width
from agent_tui.text.counts import counted
from agent_tui.tui.widgets.ink import Ink, Line, Span, line, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from agent_tui.domain.values.friction import FrictionByRule
    from agent_tui.domain.values.measures import Ageing, Cause, Rising, Surveys
    from agent_tui.domain.values.reviews import Listened
    from agent_tui.tui.widgets.here import Here

Section = Literal["ageing", "causes", "rising", "friction", "surveys", "heard"]
SECTIONS: tuple[Section, ...] = get_args(Section)


@dataclass(frozen=True, slots=True)
class About:
    """A section in words, for `?`."""

    title: str
    what: str
    does_not_show: str
    empty: str


ABOUT: dict[Section, About] = {
    "ageing": About(
        "Promises ageing",
        "Open promises of ours and of theirs as of now, by how many days they are late or when "
        "they are due.",
        "How much each of them matters to whoever waits. What is kept or let off is not here.",
        "No promise is open.",
    ),
    "causes": About(
        "Complaints by cause",
        "Complaints opened in the period by the topics of the contact that they were raised in: "
        "open ones, late ones, which are open past the day when an answer was due, and closed "
        "ones. One with two topics is told under both.",
        "What nobody complained about. A topic is what an agent wrote down, not a finding.",
        "No complaint was opened in this period.",
    ),
    "rising": About(
        "Topics rising",
        "Topics with which more people came in the last seven days than in a usual week of the "
        "eight before. It looks at everybody's customers.",
        "Why. Matters that nobody gave a topic.",
        "Nothing rises above its usual level.",
    ),
    "friction": About(
        "What is in our way",
        "How often agents said that a rule or a tool stood in their way, by rule. How many said so "
        "is told from five on, so that nobody is pointed at.",
        "What stood in the way and was not said.",
        "Nobody said that anything stands in their way.",
    ),
    "surveys": About(
        "Asked, and who answered",
        "Contacts of the period by whether they got what they came for: how many customers "
        "answered a survey about it, were asked and did not answer, or were never asked.",
        "What they think who did not answer: it may be the very opposite.",
        "No contact of this period says whether they got what they came for.",
    ),
    "heard": About(
        "My listening log",
        "What you yourself read or heard and put into your log. Nobody else's program shows it.",
        "What you read without putting it down.",
        "You have put down nothing yet.",
    ),
}

_MET = {
    "yes": "got it",
    "partly": "partly",
    "no": "not",
    "not_asked": "unknown",
}
_SURVEY_WORDS = {"answered": "answered", "unanswered": "did not answer", "not_asked": "not asked"}
_CAUSE_WORDS = {"open": "open", "late": "late", "closed": "closed"}
_HEADS: dict[Section, tuple[str, ...]] = {
    "ageing": ("ours", "theirs"),
    "surveys": ("answered", "no answer", "unasked"),
}
_COLUMN = 10
_ROWS = 8
"""Of a section with more rows, so many are shown until the others are asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """A number that opens: what it counts, how many there are, and by which codes of the service
    they are asked for."""

    words: str
    count: int
    section: Section
    asked: tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class MatterKey:
    """What the cursor stands on: a section with the numbers of one of its rows, which may be the
    interaction of an entry in the log; with `is_more` the rows that are not shown."""

    section: Section
    parts: tuple[Part, ...] = ()
    interaction_id: int | None = None
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A section as it was read, or why it was not; `is_absent` where it is not for who asks.

    A row is its words, its numbers, what it stands for, and whether it is to be acted on now.
    """

    section: Section
    rows: tuple[tuple[str, str, MatterKey, bool], ...] = ()
    failed: str = ""
    is_absent: bool = False


def ageing_read(found: Ageing) -> Read:
    """Promises by when they are due, the latest first."""
    rows = []
    for (band, words), ours, theirs in zip(AGEING.items(), found.ours, found.theirs, strict=True):
        parts = (
            Part(f"ours, {words}", ours, "ageing", ("ours", band)),
            Part(f"theirs, {words}", theirs, "ageing", ("theirs", band)),
        )
        if ours or theirs:
            numbers = _columns(ours, theirs)
            is_urgent = band.startswith("late_") and bool(ours)
            rows.append((words, numbers, _key("ageing", parts), is_urgent))
    return Read("ageing", tuple(rows))


def causes_read(found: Sequence[Cause]) -> Read:
    """Complaints by topic."""
    rows = []
    for one in found:
        name = f"#{one.topic}" if one.topic is not None else "no topic"
        numbers = {"open": one.open, "late": one.late, "closed": one.closed}
        parts = tuple(
            Part(f"{name}, {_CAUSE_WORDS[state]}", count, "causes", (one.topic, state))
            for state, count in numbers.items()
        )
        told = [f"{count:,} {_CAUSE_WORDS[state]}" for state, count in numbers.items() if count]
        rows.append((name, " · ".join(told), _key("causes", parts), bool(one.late)))
    return Read("causes", tuple(rows))


def rising_read(found: Sequence[Rising]) -> Read:
    """Topics above their usual level, with their people."""
    rows = []
    for one in found:
        usual = "new" if one.is_new else f"usually {one.usual:.1f}"
        numbers = f"{counted(one.people, 'person', 'people')} · {usual}"
        part = Part(f"#{one.topic}, this week", one.people, "rising", (one.topic, None))
        rows.append((f"#{one.topic}", numbers, _key("rising", (part,)), False))
    return Read("rising", tuple(rows))


def friction_read(found: Sequence[FrictionByRule]) -> Read:
    """Rules that stood in the way; the words are read on a sheet of their own."""
    rows = []
    for one in found:
        agents = f" · {counted(one.agents, 'agent')}" if one.agents else ""
        numbers = f"{counted(one.times, 'time')}{agents}"
        part = Part(RULES[one.rule], one.times, "friction", (one.rule, None))
        rows.append((RULES[one.rule], numbers, _key("friction", (part,)), False))
    return Read("friction", tuple(rows))


def surveys_read(found: Surveys) -> Read:
    """Who answered, who did not, who was not asked: by how it ended."""
    rows = []
    for one in found.outcomes:
        numbers = (one.answered, one.unanswered, one.not_asked)
        words = _MET.get(one.met, one.met)
        parts = tuple(
            Part(f"{words}, {_SURVEY_WORDS[part]}", count, "surveys", (one.met, part))
            for part, count in zip(SURVEY_PARTS, numbers, strict=True)
        )
        if any(numbers):
            told = _columns(*numbers)
            rows.append((words, told, _key("surveys", parts), False))
    if rows and found.unplaced:
        key = MatterKey("surveys")
        rows.append(("of no contact on record", f"{found.unplaced:,} surveys", key, False))
    return Read("surveys", tuple(rows))


def heard_read(found: Sequence[Listened], here: Here) -> Read:
    """A lead's own log, newest first."""
    rows = []
    for one in found:
        whose = one.customer or "nobody known"
        words = f"{whose}: {one.remark}" if one.remark else whose
        when = ages.ago(one.at, here.now, here.zone)
        rows.append((words, when, MatterKey("heard", (), one.interaction_id), False))
    return Read("heard", tuple(rows))


def _key(section: Section, parts: tuple[Part, ...]) -> MatterKey:
    return MatterKey(section, tuple(part for part in parts if part.count))


def _columns(*numbers: int) -> str:
    """Numbers that end below the heads of their columns."""
    return "".join(f"{number:>{_COLUMN},}" for number in numbers).lstrip()


def matter_lines(
    wanted: Sequence[Section],
    read: Mapping[Section, Read],
    cells: int,
    *,
    whole: Collection[Section] = (),
    stopped: bool = False,
) -> list[Line]:
    """All sections one below the other, those that are not read yet saying so; of a long one, all
    rows where it is among `whole`."""
    lines: list[Line] = []
    for section in wanted:
        if lines:
            lines.append(Line())
        title = Span(ABOUT[section].title, "strong")
        lines.append(line(Span("  "), title, key=MatterKey(section)))
        lines.extend(_rows(section, read.get(section), cells, section in whole, stopped))
    return lines


def _rows(
    section: Section, read: Read | None, cells: int, is_whole: bool, stopped: bool
) -> Iterator[Line]:
    if read is None:
        yield line(Span("  not read" if stopped else "  Reading…", "dim"))
    elif read.failed or not read.rows:
        said = read.failed or ABOUT[section].empty
        for row in wrapped(said, max(8, cells - 4), at_most=4):
            yield line(Span(f"  {row}", "act" if read.failed else "dim"))
    else:
        if section in _HEADS:
            heads = "".join(f"{head:>{_COLUMN}}" for head in _HEADS[section])
            yield line(right=(Span(heads, "dim"),))
        most = len(read.rows) if is_whole or len(read.rows) <= _ROWS + 1 else _ROWS
        for words, numbers, key, is_urgent in read.rows[:most]:
            yield _row(words, numbers, key, is_urgent, cells)
        if left := len(read.rows) - most:
            more = f"and {left:,} more: Enter"
            yield line(Span("  "), Span(more, "dim"), key=MatterKey(section, is_more=True))


def _row(words: str, numbers: str, key: MatterKey, is_urgent: bool, cells: int) -> Line:
    """The words, and the numbers at the right edge; the words are cut where both have no room."""
    ink: Ink = "act" if is_urgent else "text"
    room = max(8, cells - 2 - width(numbers) - 2)
    return Line(
        (Span("! " if is_urgent else "  ", ink), Span(pad(words, room), ink)),
        (Span(numbers, "dim"),),
        key,
    )
