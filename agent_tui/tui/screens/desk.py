"""The desk: find somebody, see what matters, follow the conversation, write a note."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from agent_tui.domain.rules import ages
from agent_tui.tui import messages
from agent_tui.tui.actions import ACTIONS, key_name
from agent_tui.tui.asking import Asking
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.screens.calls import Calls
from agent_tui.tui.screens.layout import DeskLayout
from agent_tui.tui.screens.notes import NoteKeeper, Subject
from agent_tui.tui.screens.questions import were_they_met, what_name, who_calls
from agent_tui.tui.screens.whom import Whom
from agent_tui.tui.widgets.here import Here
from agent_tui.tui.widgets.wording import caller
from agent_tui.tui.writing import Writing

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import Today
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.widgets.inputs import FindInput, PlainInput
    from agent_tui.tui.widgets.lines import ListLines

WRITING_WARMS_UP_AFTER_S = 0.6


class DeskScreen(DeskLayout):
    """Carries what the panels say to the desk and back.

    Whom it is about, `whom` knows; what arrives for somebody else by now is dropped.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("desk", "caller")

    def __init__(self) -> None:
        super().__init__()
        self._desk: Desk | None = None
        self._asking: Asking | None = None
        self._writing: Writing | None = None
        self.whom = Whom()
        self._calls = Calls()
        self._today: Today | None = None
        self._before_note: Widget | None = None

    def on_mount(self) -> None:
        """Say that the desk is opening."""
        self._keeper = NoteKeeper(self.note_line, self.set_timer)
        self._timer = self.set_interval(1.0, self._show_call, pause=True)
        self.today_pane.say("Opening the desk…")
        self._show_edges()

    @property
    def here(self) -> Here:
        """The present moment in the agent's zone."""
        if self._desk is None:
            return Here(datetime.now(UTC), UTC)
        return Here(self._desk.clock(), self._desk.zone)

    def on_resize(self) -> None:
        """Lay out what depends on the size."""
        self.finder.fit_rows()
        self._show_edges()

    def on_descendant_focus(self) -> None:
        """What works right now may have changed."""
        self._show_edges()

    def _show_edges(self) -> None:
        desk = self._desk
        self.header.show_state(
            agent=desk.agent if desk else None,
            counts=self._today.counts if self._today else None,
            here=self.here if desk else None,
            cells=self.size.width,
        )
        works = [one for one in ACTIONS if one.footer and self.check_action(one.id, ())]
        self.footer.show_actions(works, self.app.keys.keys)

    # -- opening the desk --------------------------------------------------------------------

    def on_desk_opened(self, event: messages.DeskOpened) -> None:
        """The database answered: ask what stands open, and whatever was typed meanwhile."""
        self._desk = event.desk
        self._asking = Asking(event.desk, self)
        self._writing = Writing(event.desk, self)
        self._keeper.connect(self._asking, self._writing)
        self._asking.today()
        self._asking.live()
        if self.finder.query_text:
            self._asking.find(self.finder.query_text)
        self.app.start_listening(event.desk)
        self._tick_minutes()
        for problem in self.app.keys.problems:
            self.app.notify(problem, title="Key map", severity="warning", markup=False)

    def _warm_up(self) -> None:
        """Get ready for the first query at once, for the first write when that is answered:
        loading both together would make each wait for the other."""
        if self._asking is not None and not self.finder.query_text:
            self._asking.warm_up()
        if self._writing is not None:
            self.set_timer(WRITING_WARMS_UP_AFTER_S, self._writing.warm_up)

    def on_desk_failed(self, event: messages.DeskFailed) -> None:
        """The desk cannot be opened: say why, outside, and leave."""
        self.app.failure = event.error
        self.app.exit(1)

    async def close_desk(self) -> None:
        """Keep what is typed, wait for every write, ask nothing more."""
        self._keeper.keep()
        if self._asking is not None:
            self._asking.close()
        await asyncio.to_thread(self.finish_writes)

    def finish_writes(self) -> None:
        """Wait until every write asked for is done."""
        if self._writing is not None:
            self._writing.close()

    def _tick_minutes(self) -> None:
        self._show_edges()
        if self._asking is not None and self.whom.opened is None:
            self._asking.today()
        self.set_timer(60 - self.here.now.second, self._tick_minutes)

    # -- finding and looking -----------------------------------------------------------------

    def on_query_changed(self, event: messages.QueryChanged) -> None:
        """Every key is a new question."""
        if not event.query.strip():
            self.today_pane.liven(True)
            self._look_at(self._resting_on)
        elif self._asking is not None:
            self._asking.find(event.query)

    def on_found_arrived(self, event: messages.FoundArrived) -> None:
        """Show who answers."""
        self.finder.show_found(event.found, self.here)
        self.today_pane.liven(not self.finder.is_answered)

    def on_customer_highlighted(self, event: messages.CustomerHighlighted) -> None:
        """The brief of whoever is highlighted appears before they are opened."""
        self._look_at(event.customer_id if event.customer_id is not None else self._resting_on)

    def on_find_input_stepped(self, event: FindInput.Stepped) -> None:
        """With nothing asked, the arrows of the find box move in Today."""
        self.today_pane.move(event.step)

    def on_input_submitted(self, _event: PlainInput.Submitted) -> None:
        """With nothing asked, Enter opens what Today highlights."""
        if not self.someone:
            self.today_pane.action_open()

    def on_list_lines_highlighted(self, _event: ListLines.Highlighted) -> None:
        """The cursor of Today came to rest."""
        if not self.someone and not self.finder.is_answered:
            self._look_at(self._resting_on)

    @property
    def _resting_on(self) -> int | None:
        """Who is shown while nothing is asked: whoever is open, or highlighted in Today."""
        if self.someone:
            return self.whom.opened
        kind, key, _why = self.today_pane.key or ("nobody", None, "")
        return key if kind == "customer" else None

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Somebody in Today is turned to."""
        kind, key, _why = event.key
        if kind == "call":
            self._take_on_hand(key)
        else:
            self._open(key)

    def _look_at(self, customer_id: int | None) -> None:
        self.whom.look_at(customer_id)
        if customer_id is None:
            self.sidebar.show_nobody()
        elif self._asking is not None:
            self._asking.customer(customer_id)
        self._show_edges()

    # -- opening somebody --------------------------------------------------------------------

    def on_customer_chosen(self, event: messages.CustomerChosen) -> None:
        """Somebody is to be opened."""
        self._open(event.customer_id)

    def on_call_attached(self, event: messages.CallAttached) -> None:
        """The caller is opened, unless the agent has turned to somebody else meanwhile."""
        if event.interaction_id == self.whom.attaching:
            self._open(event.customer_id, call_id=event.interaction_id)

    def _open(self, customer_id: int, *, call_id: int | None = None, focus: bool = True) -> None:
        if self._asking is None:
            return
        if self.whom.open(customer_id):
            self.conversation.say("Loading…")
            # Whatever is typed from now on is about them, even before their brief is here.
            self._keeper.turn_to(Subject(customer_id, call_id, self.whom.name))
        self.show_someone(True)
        self._look_at(customer_id)
        self._asking.conversation(customer_id)
        self._show_calls()
        if focus:
            self.conversation.pane.focus()

    def on_customer_arrived(self, event: messages.CustomerArrived) -> None:
        """Show the brief and the timeline, if they are still wanted."""
        if not self.whom.take_records(event.opened):
            return
        customer = event.opened.dossier.customer
        is_open = self.whom.is_opened_shown
        self.sidebar.show_customer(event.opened, self.here, is_open=is_open)
        if is_open:
            self._show_call()
            call = self._call
            self._keeper.turn_to(Subject(customer.id, call.id if call else None, customer.name))
        self._show_edges()

    def on_conversation_arrived(self, event: messages.ConversationArrived) -> None:
        """Show the window, if it is still wanted."""
        if not self.whom.is_wanted(event.customer_id, event.interaction_id):
            return
        self.conversation.show_window(event.conversation, self.here, before=event.before)
        if self.whom.on_hand is not None:
            # It has left the live ones once it ends, but is still on hand, to be wrapped up.
            now = [passage.interaction for passage in event.conversation.passages]
            self.whom.on_hand = next(iter(now), None) or self.whom.on_hand
            self._show_call()
            self._show_edges()

    def on_earlier_requested(self, event: messages.EarlierRequested) -> None:
        """Read on backwards."""
        if self._asking is not None and self.whom.opened is not None:
            self._asking.earlier(self.whom.opened, event.mark)

    def on_passage_requested(self, event: messages.PassageRequested) -> None:
        """Go to an interaction in the conversation; open its customer first if need be."""
        pane = self.conversation.pane
        if self.whom.looked_at is not None and not self.whom.is_opened_shown:
            self._open(self.whom.looked_at)
            return
        pane.focus()
        if not pane.open_at(event.interaction_id) and pane.earlier is not None:
            self.post_message(messages.EarlierRequested(pane.earlier))

    # -- calls -------------------------------------------------------------------------------

    @property
    def _call(self) -> Interaction | None:
        """The call that the screen is about, if any."""
        return None if self._desk is None else self.whom.call(self._desk.agent.id)

    def on_live_arrived(self, event: messages.LiveArrived) -> None:
        """Show what rings; pop the caller where nothing is being typed and nobody talked to."""
        if self._desk is None:
            return
        self._calls.take(event.live, event.callers)
        self.whom.refresh(event.live)
        fresh = self._calls.to_pop(self._desk.agent.id)
        typing = bool(self.finder.query_text) or not self._keeper.is_empty
        busy = self._call is not None and self._call.state != "ringing"
        if fresh is not None and not typing and not busy:
            if fresh.customer_id is not None:
                self._open(fresh.customer_id, focus=False)
            elif not event.callers.get(fresh.id) and self.whom.opened is None:
                self._take_on_hand(fresh.id, focus=False)
        self._show_calls()
        self._show_call()

    def _show_calls(self) -> None:
        calls = self._calls.elsewhere(self.whom)
        if not self.someone:
            # Today lists who waits in writing; only a telephone is urgent there.
            calls = [call for call in calls if call.channel == "phone"]
        key = key_name(self.app.keys.keys["take"][0])
        self.strip.show_calls(calls, self._calls.callers, key)
        self._show_edges()

    def _show_call(self) -> None:
        call = self._call
        self.conversation.show_call(call, self.here)
        if call is not None and call.is_live:
            self._timer.resume()
        else:
            self._timer.pause()

    def _take_on_hand(self, interaction_id: int, *, focus: bool = True) -> None:
        """Open a call with nobody known: its number stays in hand until it is attached."""
        left_open = self._today.wrap_ups if self._today is not None else ()
        known = (*self._calls.live, *left_open)
        call = next((one for one in known if one.id == interaction_id), None)
        if call is None or self._asking is None:
            return
        self.whom.take(call)
        self.show_someone(True)
        self.finder.clear()
        self._look_at(None)
        keys = self.app.keys.keys
        self.sidebar.show_nobody(
            caller(call),
            "Nobody known calls from here." if call.peer else "The caller gave no number.",
            f"Find them, then {key_name(keys['attach'][0])} attaches this call to them.",
            f"{key_name(keys['new_person'][0])} makes a new person with what is known.",
        )
        self.conversation.say("Nothing was said yet.")
        self._asking.call(interaction_id)
        self._keeper.turn_to(Subject(None, call.id, caller(call)))
        self._show_calls()
        self._show_call()
        if focus:
            self.finder.start()

    # -- notes -------------------------------------------------------------------------------

    @property
    def _time(self) -> str:
        return ages.clock_time_exact(self.here.now, self.here.zone)

    def on_note_typed(self, _event: messages.NoteTyped) -> None:
        """Journal it."""
        self._keeper.typed()

    def on_note_submitted(self, event: messages.NoteSubmitted) -> None:
        """Save it."""
        self._keeper.submit(event.text)

    def on_draft_arrived(self, event: messages.DraftArrived) -> None:
        """What was left unsaved comes back."""
        self._keeper.take_draft(event.about, event.draft)

    def on_draft_kept(self, event: messages.DraftKept) -> None:
        """What is typed is on disk; Today lists what was left."""
        self._keeper.kept(event.note_id, self._time)
        if self._asking is not None and not self.someone:
            self._asking.today()

    def on_note_saved(self, event: messages.NoteSaved) -> None:
        """The note is on disk."""
        self._keeper.saved(event.note_id, self._time)

    def on_draft_not_kept(self, event: messages.DraftNotKept) -> None:
        """Say so at once; the journal is tried again."""
        self._keeper.not_kept(event.about, event.text, event.note_id, event.error.message)

    def on_note_not_saved(self, event: messages.NoteNotSaved) -> None:
        """Say so at once; the text is back in the line, or a draft."""
        self._keeper.not_saved(event.note_id, event.error.message)
        self._warn("The note was not saved", event.error)

    def on_write_failed(self, event: messages.WriteFailed) -> None:
        """Say so at once."""
        self._warn(f"Not written: {event.what}", event.error)

    def _warn(self, what: str, error: AgentTuiError) -> None:
        words = f"{error.title}: {error.message}"
        self.app.notify(words, title=what, severity="error", timeout=20, markup=False)

    # -- changes -----------------------------------------------------------------------------

    def on_today_arrived(self, event: messages.TodayArrived) -> None:
        """Show what stands open; after its first frame there is time to get ready for more."""
        if self._today is None:
            self.call_after_refresh(self._warm_up)
        self._today = event.today
        self.today_pane.show_today(event.today, self.here)
        self._show_edges()

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """Read again whatever the changes concern."""
        if self._asking is None:
            return
        on_hand, open_id = self.whom.on_hand, self.whom.opened
        beyond_words = [one for one in event.changes if not one.kind.startswith("message.")]
        if open_id is not None and any(one.customer_id == open_id for one in event.changes):
            self._asking.conversation(open_id)
            if self.whom.is_opened_shown and beyond_words:
                self._asking.customer(open_id)
        elif on_hand and any(one.interaction_id == on_hand.id for one in event.changes):
            self._asking.call(on_hand.id)
        if any(one.kind.startswith(("call.", "interaction.")) for one in beyond_words):
            self._asking.live()
        if beyond_words:
            self._asking.today()

    def on_read_failed(self, event: messages.ReadFailed) -> None:
        """The panel that asked says in words why there is no answer."""
        words = f"{event.error.title}: {event.error.message}"
        if event.panel in ("conversation", "earlier"):
            self.conversation.say(words)
        elif event.panel == "brief":
            self.sidebar.fail(words)
        elif event.panel == "today":
            self.today_pane.say(words)
        elif event.panel == "find":
            self.finder.fail(words)
        else:
            self.app.notify(words, severity="warning", markup=False)

    # -- actions -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        whom = self.whom
        if action == "today":
            return whom.someone
        if action == "take":
            return bool(self._calls.elsewhere(whom))
        if action == "attach":
            return whom.on_hand is not None and whom.looked_at is not None
        if action == "new_person":
            return whom.on_hand is not None
        if action == "wrap_up":
            return self._call is not None and self._call.state == "ended"
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        """Go to the find box, its text chosen so that typing replaces it."""
        self.finder.start()

    def action_note(self) -> None:
        """Go to the note line, and remember where from."""
        if self.note_line.box.disabled:
            self.app.notify("Open somebody first: a note is about a person.", markup=False)
            return
        if self.focused is not self.note_line.box:
            self._before_note = self.focused
        self.note_line.box.focus()

    def action_brief(self) -> None:
        """Go to the brief."""
        self.sidebar.read()

    def action_back(self) -> None:
        """Back to where the agent was; nothing typed is lost."""
        box, pane = self.finder.box, self.conversation.pane
        someone = self.someone
        if self.focused is self.note_line.box:
            (self._before_note or pane).focus()
        elif self.focused is box and box.value:
            self.finder.clear()
        elif someone and self.focused is not pane:
            pane.focus()
        else:
            box.focus()

    def action_today(self) -> None:
        """Close the customer; what was typed is kept as a draft."""
        self._keeper.turn_to(None)
        self.whom.leave()
        self.show_someone(False)
        self.finder.clear()
        self._look_at(self._resting_on)
        self._show_calls()
        self._show_call()
        if self._asking is not None:
            self._asking.today()
        self.finder.start()

    def action_take(self) -> None:
        """Open whoever rings."""
        waiting = self._calls.elsewhere(self.whom)
        if not waiting:
            return
        call = waiting[0]
        known = self._calls.callers.get(call.id, ())
        if call.customer_id is not None:
            self._open(call.customer_id)
        elif known:
            who_calls(self.app, call, known, lambda chosen: self._put_to(call, chosen))
        else:
            self._take_on_hand(call.id)

    def action_attach(self) -> None:
        """The call on hand is with the person shown."""
        call = self.whom.on_hand
        if call is not None and self.whom.looked_at is not None:
            self._put_to(call, self.whom.looked_at)
            self.finder.clear()

    def _put_to(self, call: Interaction, customer_id: int | None) -> None:
        if customer_id is None:
            self._take_on_hand(call.id)
        elif self._writing is not None:
            self.whom.attaching = call.id
            self._writing.attach(call.id, customer_id)

    def action_new_person(self) -> None:
        """Make a new person of the caller."""
        call, writing = self.whom.on_hand, self._writing
        if call is not None and writing is not None:

            def typed(name: str) -> None:
                self.whom.attaching = call.id
                writing.new_person(call.id, name)

            what_name(self.app, call, typed)

    def action_wrap_up(self) -> None:
        """Did they get what they came for?"""
        call, writing = self._call, self._writing
        if call is not None and call.state == "ended" and writing is not None:
            were_they_met(self.app, lambda met: writing.wrap_up(call.id, met))
