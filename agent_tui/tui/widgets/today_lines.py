"""The sections of Today as lines: who waits, what was promised, asked, left open, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain.rules import ages
from agent_tui.domain.rules.complaints import due_words, next_step
from agent_tui.domain.values.lines import asked_in
from agent_tui.text.cells import pad
from agent_tui.tui.widgets.bars import STATE_WORDS
from agent_tui.tui.widgets.ink import Ink, Line, Span, line
from agent_tui.tui.widgets.rows import Row, RowKind
from agent_tui.tui.widgets.wording import caller, first_name, happened, matter_of, state_of

if TYPE_CHECKING:
    from datetime import datetime

    from agent_tui.domain.values.follow_ups import FollowUp
    from agent_tui.domain.values.hand_overs import HandOver
    from agent_tui.domain.values.people import Case, Interaction
    from agent_tui.domain.values.promises import Promise
    from agent_tui.domain.values.reviews import Review
    from agent_tui.domain.values.today import (
        DraftText,
        Missed,
        OpenScript,
        RecentCustomer,
        Today,
        Undelivered,
        Wait,
    )
    from agent_tui.tui.widgets.here import Here

RECENT = "In contact lately"
_NAME_AT_LEAST = 12
_NAME_AT_MOST = 20
_NAME_PERCENT = 35
LATE = "! "


class Section(NamedTuple):
    """A title, the rows that were read, and how many there are in all."""

    title: str
    total: int
    rows: tuple[Line, ...]
    urgent: str = ""

    @property
    def stands_open(self) -> bool:
        """Whether anything in it is left to do."""
        return self.title != RECENT

    @property
    def heading(self) -> Line:
        """Its title and how many there are, and how many of them are late."""
        spans = [Span(self.title, "strong"), Span(f" {self.total}", "dim")]
        if self.urgent:
            spans.append(Span(f" · {self.urgent}", "act"))
        return Line(tuple(spans))


def state_line(today: Today, here: Here) -> Line:
    """What this agent is doing, and since when."""
    agent = today.agent
    since = ""
    if agent.state_since is not None:
        is_today = ages.days_between(agent.state_since, here.now, here.zone) == 0
        at = ages.clock_time(agent.state_since, here.zone)
        since = f" since {at if is_today else ages.day(agent.state_since, here.now, here.zone)}"
    ink: Ink = "dim" if agent.state == "ready" else "text"
    return line(Span(f"You are {STATE_WORDS[agent.state]}{since}", ink))


def words_for_nothing(today: Today) -> tuple[str, ...]:
    """What is said where nothing stands open."""
    if today.register_size:
        return ("Nobody waits and nothing is owed.", "Type a name, a number or a company above.")
    return (
        "Nobody is in this desk yet.",
        "agent-tui import FILE brings your people in;",
        "agent-tui demo shows a desk that is full.",
    )


def sections(today: Today, here: Here, cells: int) -> list[Section]:
    """The sections that hold anything, the most pressing first; `cells` is the width of a row."""
    columns = _Columns(here, cells, today.agent.id)
    of = today.totals
    waiting = (
        *(columns.wait(one) for one in today.in_line),
        *(columns.missed(one) for one in today.missed),
        *(columns.undelivered(one) for one in today.undelivered),
        *(columns.unclaimed(call) for call in today.unclaimed),
    )
    late = today.counts.late
    promises = tuple(columns.promise(one, "promised") for one in today.promises)
    came_back = (
        *(columns.promise(one, "came back") for one in today.came_back),
        *(
            columns.follow_up(one, "declined", f"{first_name(one.owner)} declined: ")
            for one in today.declined
        ),
        *(columns.handed(one) for one in today.handed_back),
    )
    made = (
        Section("Waiting", today.counts.waiting, waiting),
        Section("Scripts left open", 0, tuple(map(columns.script, today.scripts))),
        Section("Handed to you", of.handed, tuple(map(columns.handed, today.handed))),
        Section("Promised by me", of.promises, promises, f"{late} late" if late else ""),
        Section(
            "Offered to you",
            of.offered,
            tuple(columns.promise(one, "offered") for one in today.offered),
        ),
        Section("Came back to you", of.came_back + of.declined + of.handed_back, came_back),
        Section(
            "Asked of you",
            of.follow_ups,
            tuple(
                columns.follow_up(one, "asked", _said_by(one.asked_by)) for one in today.follow_ups
            ),
        ),
        Section("Handed over, not answered yet", 0, tuple(map(columns.handed, today.handing))),
        Section("Reviews to read", of.reviews, tuple(map(columns.review, today.reviews))),
        Section("Not wrapped up", of.wrap_ups, tuple(map(columns.wrap_up, today.wrap_ups))),
        Section("Parked", of.parked, tuple(map(columns.wrap_up, today.parked))),
        Section("Complaints", of.complaints, tuple(map(columns.complaint, today.complaints))),
        Section("Drafts", of.drafts, tuple(map(columns.draft, today.drafts))),
        Section(RECENT, len(today.recent), tuple(map(columns.recent, today.recent))),
    )
    return [
        Section(one.title, max(one.total, len(one.rows)), one.rows, one.urgent)
        for one in made
        if one.rows
    ]


def _said_by(name: str | None) -> str:
    return f"{first_name(name)}: " if name else ""


class _Columns:
    """Rows in three columns: who, what, and how old or when due."""

    def __init__(self, here: Here, cells: int, me: int) -> None:
        self._here, self._me = here, me
        self._name = max(_NAME_AT_LEAST, min(_NAME_AT_MOST, cells * _NAME_PERCENT // 100))

    def _row(self, name: str, what: Span, age: Span, key: Row, *, glyph: str = "  ") -> Line:
        margin = Span(glyph, "act") if glyph == LATE else Span("  ")
        who = Span(f"{pad(name, self._name)}  ")
        return line(margin, who, what, right=(age,) if age.text else (), key=key)

    def _ago(self, when: datetime, ink: Ink = "dim") -> Span:
        return Span(ages.ago(when, self._here.now, self._here.zone), ink)

    def _at(self, when: datetime) -> str:
        here = self._here
        if ages.days_between(when, here.now, here.zone) == 0:
            return ages.clock_time(when, here.zone)
        return ages.day_and_month(when, here.zone)

    def _call(self, call: Interaction, kind: RowKind, section: str, what: str, age: Span) -> Line:
        key = Row(kind, call.id, section, call.customer_id, call.id, call)
        return self._row(caller(call), Span(what, "dim"), age, key)

    def wait(self, one: Wait) -> Line:
        """Somebody is on hold, and why; or rings, or wrote, and what they want."""
        call = one.call
        if one.kind == "held":
            what = f"on hold: {call.hold_reason}" if call.hold_reason else "on hold"
        else:
            doing = "wrote last" if one.kind == "unanswered" else state_of(call)
            what = call.agenda or f"{call.channel}, {doing}"
        return self._call(call, "interaction", "", what, self._ago(one.since, "act"))

    def missed(self, one: Missed) -> Line:
        """Somebody whom nobody answered."""
        last = self._at(one.call.opened_at)
        what = f"missed {last}" if one.times == 1 else f"missed {one.times} times, last {last}"
        return self._call(one.call, "wrap_up", "", what, self._ago(one.first_at, "act"))

    def unclaimed(self, call: Interaction) -> Line:
        """An interaction that ended and is nobody's to wrap up."""
        what = f"{happened(call)}, nobody's to wrap up"
        return self._call(call, "wrap_up", "", what, self._ago(call.opened_at))

    def undelivered(self, one: Undelivered) -> Line:
        """What this agent wrote and did not arrive."""
        words = f"not delivered: {' '.join(one.text.split())}"
        call = one.call
        key = Row("undelivered", one.message_id, "undelivered", call.customer_id, call.id, one)
        return self._row(caller(call), Span(words, "dim"), self._ago(one.at, "act"), key)

    def wrap_up(self, call: Interaction) -> Line:
        """An interaction that this agent has to wrap up."""
        return self._call(call, "wrap_up", "mine", happened(call), self._ago(call.opened_at))

    def promise(self, one: Promise, section: str) -> Line:
        """A promise, with who is asked to take it over or who asks."""
        here = self._here
        late = ages.is_late(one.due_at, here.now)
        soon = late or ages.is_due_today(one.due_at, here.now, here.zone)
        before = ""
        if section == "offered" and one.offered_by:
            before = f"{first_name(one.offered_by)}: "
        elif section == "promised" and one.offered_to:
            before = f"{first_name(one.offered_to)} is asked: "
        return self._row(
            one.customer,
            Span(before + one.text, "text" if soon else "dim"),
            Span(ages.due(one.due_at, here.now, here.zone), "act" if soon else "dim"),
            Row("promise", one.id, section, one.customer_id, one.interaction_id, one),
            glyph=LATE if late else "  ",
        )

    def follow_up(self, one: FollowUp, section: str, before: str) -> Line:
        """Something that an agent asked of another."""
        key = Row("follow_up", one.id, section, one.customer_id, one.interaction_id, one)
        return self._row(one.customer, Span(before + one.text), self._ago(one.at), key)

    def handed(self, one: HandOver) -> Line:
        """A conversation that one agent passes to another, by what is my part in it."""
        giver, taker, matter = first_name(one.giver), first_name(one.taker), matter_of(one.call)
        if one.state == "declined":
            section, words = "handed_back", f"{taker} declined: {one.reason or matter}"
        elif one.taker_id == self._me:
            section, words = "handed", f"{giver}: {matter}"
        else:
            section, words = "handing", f"{taker} is asked: {matter}"
        key = Row("hand_over", one.id, section, one.call.customer_id, one.call.id, one)
        ink: Ink = "dim" if section == "handing" else "act"
        return self._row(caller(one.call), Span(words), self._ago(one.at, ink), key)

    def complaint(self, case: Case) -> Line:
        """A complaint with its next step, and by when."""
        here, ahead = self._here, next_step(case)
        due = ahead.due_at if ahead else None
        late = ages.is_late(due, here.now)
        soon = late or ages.is_due_today(due, here.now, here.zone)
        step = f"{case.called or ''} {ahead.words if ahead else ''}".strip()
        return self._row(
            case.customer or "",
            Span(f"{step} · {case.title}", "text" if soon else "dim"),
            Span(due_words(case, here.now, here.zone), "act" if soon else "dim"),
            Row("case", case.id, "complaints", case.customer_id, case.interaction_id, case),
            glyph=LATE if late else "  ",
        )

    def script(self, one: OpenScript) -> Line:
        """A script that was opened and not finished."""
        key = Row("script", one.run_id, "", one.customer_id, one.interaction_id, one)
        return self._row(one.customer, Span(one.title, "dim"), self._ago(one.started_at), key)

    def review(self, one: Review) -> Line:
        """What somebody wrote of a conversation of this agent."""
        words = " ".join(one.text.split())
        praise = "praise: " if one.kind == "praise" else ""
        key = Row("review", one.id, "reviews", record=one)
        return self._row(one.author, Span(f"{praise}{words}"), self._ago(one.at), key)

    def draft(self, draft: DraftText) -> Line:
        """A text that was not saved."""
        key = Row("draft", draft.id, "", draft.customer_id, draft.interaction_id, draft)
        text, who = " ".join(draft.text.split()), draft.subject or "nobody known"
        if draft.kind == "line":
            asked = asked_in(draft.about)
            if asked.subject:
                text = f"{text} · {draft.over or asked.words}"
            else:
                # It is about nobody: what it is about stands in the place of the name.
                who, text = asked.words, f"{text} · {draft.over}" if draft.over else text
        elif draft.kind == "wrap_up":
            text = " · ".join(filter(None, draft.text.split("\n")))
        if draft.over and draft.kind != "line":
            text = f"{text} · {draft.over}"
        return self._row(who, Span(text, "dim"), self._ago(draft.updated_at), key)

    def recent(self, one: RecentCustomer) -> Line:
        """Somebody who was in contact lately."""
        when = one.last_contact_at
        key = Row("customer", one.customer_id, "recent", one.customer_id)
        age = Span("") if when is None else self._ago(when)
        return self._row(one.name, Span(one.company or "", "dim"), age, key)
