"""The desk's brief: who reads it, what of it has been read, and the receipt of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.desk_reading import ReadingOfDesk

if TYPE_CHECKING:
    from textual.timer import Timer

    from agent_tui.domain.values.briefing import BriefLine, OpenedCustomer
    from agent_tui.domain.values.people import Interaction
    from agent_tui.tui import messages
    from agent_tui.tui.screens.brief_reading import BriefReading
    from agent_tui.tui.widgets.brief_pane import BriefPane
    from agent_tui.tui.widgets.brief_shown import OwnMarks

ASKED_FOR_S = 0.25
"""How long somebody's records may take before it is said that they are on their way."""
_KEYS = (
    *("wrong", "used", "answered", "not_now", "declined"),
    *("act", "add", "section_before", "next_section"),
)


class BriefOfDesk(ReadingOfDesk):
    """Knows what of the brief on the screen has been read.

    Nothing is asked of a clock while nothing is left to be read: one timer at a time waits for the
    moment at which the next line will have been.
    """

    def __init__(self) -> None:
        super().__init__()
        self.brief_reading: BriefReading | None = None
        self._in_view: tuple[BriefLine, ...] = ()
        self._is_covered = False
        self._focused: bool | None = None
        """Whether the terminal has the focus; None as long as it does not tell."""
        self._next_look: Timer | None = None
        self._is_held = False
        self._records_asked_of: int | None = None

    def on_mount(self) -> None:
        """Tell the brief the names of its keys."""
        keys = self.app.keys.keys
        self.sidebar.brief.keys = {one: key_name(keys[one][0]) for one in _KEYS}

    # -- whose brief it is -------------------------------------------------------------------

    @property
    def brief_call(self) -> Interaction | None:
        """The interaction in which the brief is read: the call on the screen, unless a colleague
        has it."""
        call = self.call
        return call if call is not None and self._is_mine(call) else None

    @property
    def own_marks(self) -> OwnMarks:
        """What this agent said of the records on the screen: that they are wrong, ever; that they
        were used, in this interaction."""
        records, call = self.whom.records, self.brief_call
        if records is None or self.desk is None:
            return frozenset()
        here = None if call is None else call.id
        return frozenset(
            (mark.subject, mark.how)
            for mark in records.dossier.marks
            if mark.agent_id == self.desk.agent.id
            and (mark.how == "wrong" or mark.interaction_id == here)
        )

    def ask_records(self, customer_id: int) -> None:
        """Read somebody's records and brief; say so where that takes long."""
        if self.asking is None:
            return
        records = self.whom.records
        is_there = records is not None and records.dossier.customer.id == customer_id
        if self.whom.opened != customer_id:
            likely = None
        elif is_there:
            likely = self.brief_call.id if self.brief_call else None
        else:
            likely = next((one.id for one in self.calls.live if self._is_mine(one)), None)
        whom = self.whom
        self.asking.customer(
            customer_id,
            likely,
            self._call_read_in,
            lambda: whom.opened == customer_id,
            self.sidebar.brief.kinds_for(customer_id),
        )
        self._records_asked_of = None if is_there else customer_id
        if not is_there:
            self.set_timer(ASKED_FOR_S, self._say_asked)

    def _is_mine(self, call: Interaction) -> bool:
        """Whether a call is with whoever is opened, and no colleague has it."""
        is_free = self.desk is not None and call.agent_id in (None, self.desk.agent.id)
        return is_free and self.whom.is_about(call)

    def _call_read_in(self, opened: OpenedCustomer) -> int | None:
        """In which interaction a customer's brief will be read. Runs in the thread that reads."""
        desk, whom = self.desk, self.whom
        if desk is None or whom.opened != opened.dossier.customer.id:
            return None
        call = opened.dossier.current_call(desk.agent.id, whom.call_id)
        return call.id if call is not None and self._is_mine(call) else None

    def _say_asked(self) -> None:
        if self._records_asked_of is not None and self._records_asked_of == self.whom.looked_at:
            self.sidebar.show_nobody("…", "Reading what is known…")

    def on_read_failed(self, event: messages.ReadFailed) -> None:
        """Nothing is on its way any more."""
        if event.panel == "brief":
            self._records_asked_of = None

    def on_customer_arrived(self, event: messages.CustomerArrived) -> None:
        """Their brief is on the screen: from now on it can be read."""
        if self.whom.records is not event.opened:
            return
        self._records_asked_of = None
        from agent_tui.tui.screens.brief_reading import BriefReading

        brief, reading = event.opened.brief, self.brief_reading
        if reading is None or reading.customer_id != brief.customer.id:
            self.leave_brief()
            reading = self.brief_reading = BriefReading(brief)
        reading.take(brief)
        if self.whom.is_opened_shown:
            call = self.brief_call
            reading.is_opened = True
            reading.interaction_id = None if call is None else call.id
        self.look_again()

    def show_calls(self) -> None:
        """Whom the desk is about may be somebody else now: what was read of them is written."""
        super().show_calls()
        reading = self.brief_reading
        if reading is not None and reading.is_opened and reading.customer_id != self.whom.opened:
            self.leave_brief()

    # -- what is in view ---------------------------------------------------------------------

    def on_brief_view_in_view(self, event: BriefPane.InView) -> None:
        """Other lines are in view."""
        event.stop()
        self._in_view = event.lines
        self.look_again()

    def terminal_focused(self, focused: bool) -> None:
        """The terminal tells whether it has the focus."""
        self._focused = focused
        self.look_again()

    def on_screen_suspend(self) -> None:
        """Something else lies over the desk."""
        self._is_covered = True
        self.show_edges()
        self.look_again()

    def on_screen_resume(self) -> None:
        """Nothing lies over the desk any more."""
        self._is_covered = False
        self.show_edges()
        self.look_again()

    def look_again(self) -> None:
        """Take down what is in view now, write what has been read, and wait for the next moment."""
        if self._next_look is not None:
            self._next_look.stop()
            self._next_look = None
        reading = self.brief_reading
        if reading is None:
            return
        in_view = () if self._is_covered else self._in_view
        reading.look(self.app.ticks(), in_view, self._focused)
        if reading.is_opened and reading.is_read:
            self._write(reading, is_whole=True)
        self.show_unread()
        if (wait := reading.reading.next_ms) is not None:
            self._next_look = self.set_timer(wait / 1000, self.look_again)

    # -- what was read -----------------------------------------------------------------------

    @property
    def unread_lines(self) -> tuple[BriefLine, ...]:
        """The lines of the opened customer's brief that are still to be read."""
        reading = self.brief_reading
        return () if reading is None or not reading.is_opened else reading.unread

    def hold_brief(self, is_held: bool) -> None:
        """Sign what is still to be read, or no longer; a script waits for it."""
        self._is_held = is_held
        self.show_unread()

    def turn_to_unread(self) -> None:
        """Bring what is still to be read into sight, where none of it is."""
        brief, unread = self.sidebar.brief, self.unread_lines
        if brief.way_to(unread):
            brief.turn_to(unread[0])

    def show_unread(self) -> None:
        """Show how much is still to be read, and which lines that are where a script waits."""
        reading, unread = self.brief_reading, self.unread_lines
        matters = reading is not None and reading.is_opened and bool(reading.brief.lines)
        way = self.sidebar.brief.way_to(unread)
        self.sidebar.show_reading(len(unread) if matters else None, way)
        self.sidebar.brief.hold(frozenset(one.key for one in unread if self._is_held))

    def leave_brief(self) -> None:
        """Nobody reads this brief any more; what was read of it is written."""
        reading, self.brief_reading = self.brief_reading, None
        if self._next_look is not None:
            self._next_look.stop()
            self._next_look = None
        self._is_held = False
        if reading is not None and reading.is_opened:
            reading.look(self.app.ticks(), (), self._focused)
            self._write(reading, is_whole=False)

    def on_brief_not_kept(self, event: messages.BriefNotKept) -> None:
        """The receipt was not written: say so, and write it with what is read next."""
        self.warn("Not written: that the brief was read", event.error)
        reading = self.brief_reading
        if reading is not None and reading.customer_id == event.customer_id:
            reading.not_written()

    def _write(self, reading: BriefReading, *, is_whole: bool) -> None:
        seen = reading.take_to_write()
        if seen and self.writing is not None:
            self.writing.brief_seen(
                reading.customer_id,
                reading.interaction_id,
                reading.brief.digest,
                seen,
                reading.reading.focus,
                is_whole=is_whole,
            )
