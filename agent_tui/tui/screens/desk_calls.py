"""The desk's calls: who rings, whom they are put to, how they are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.connected import MOVE_KEY
from agent_tui.tui.screens.desk_deeds import DONE_SECONDS
from agent_tui.tui.screens.desk_people import PeopleOfDesk
from agent_tui.tui.screens.sheets import Subject
from agent_tui.tui.widgets.wording import caller

if TYPE_CHECKING:
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui import messages
    from agent_tui.tui.screens.prompts import ChooseOne
    from agent_tui.tui.widgets.lines import ListLines
    from agent_tui.tui.widgets.rows import Row

_SHOWN = 40


class CallsOfDesk(PeopleOfDesk):
    """Carries between the strip of calls and the desk."""

    _asked_who: tuple[ChooseOne, Interaction] | None = None
    """What asks who calls, and about which call."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        whom = self.whom
        if action == "take":
            return bool(self.calls_elsewhere)
        if action == "attach":
            return self._says_who and whom.looked_at is not None
        if action == "new_person":
            return self._says_who
        return super().check_action(action, parameters)

    @property
    def _says_who(self) -> bool:
        """Whether a call of nobody known is on hand, and no colleague's; a lead helps anybody."""
        call, me = self.whom.on_hand, self.me
        if call is None or me is None:
            return False
        return call.agent_id in (None, me.id) or me.role != "agent"

    def on_list_lines_chosen(self, event: ListLines.Chosen) -> None:
        """Somebody in Today is turned to."""
        row: Row = event.key
        if row.kind == "hand_over":
            return
        if row.kind == "draft" and row.record.over:
            self.take_up(row.record)
            return
        is_call = row.kind in ("interaction", "wrap_up", "draft", "script", "undelivered")
        if row.customer_id is not None:
            self.open(row.customer_id, call_id=row.interaction_id if is_call else None)
        elif row.interaction_id is not None:
            self.take_on_hand(row.interaction_id)
        if row.kind == "draft" and (self.someone or row.record.kind == "line"):
            self.take_up(row.record)

    def take_up(self, draft: DraftText) -> None:
        """Go on with a note that was left."""
        self.keeper.take_up(draft)
        self.note_line.box.focus()

    def on_live_arrived(self, event: messages.LiveArrived) -> None:
        """Show what rings; pop the caller where nothing is typed or asked, and nobody talked to."""
        if self.desk is None:
            return
        self.calls.take(event.live, event.callers, event.with_colleagues)
        self.whom.refresh(event.live)
        self._ask_no_more()
        fresh = self.calls.to_pop(self.desk.agent.id)
        typing = bool(self.finder.query_text) or not self.keeper.is_empty
        busy = self.call is not None and self.call.state != "ringing"
        ready = self.me is not None and self.me.state == "ready"
        is_free = self.app.screen is self and not typing and not busy
        if fresh is not None and ready and is_free:
            if fresh.customer_id is not None:
                self.open(fresh.customer_id, focus=False)
            elif not event.callers.get(fresh.id) and self.whom.opened is None:
                self.take_on_hand(fresh.id, focus=False)
        self.show_calls()
        self.show_call()

    def take_on_hand(self, interaction_id: int, *, focus: bool = True) -> None:
        """Open a call with nobody known: its number stays in hand until it is attached."""
        from agent_tui.domain.values.conversation import Whose

        ended = () if self.today_now is None else self.today_now.ended
        known = (*self.calls.live, *ended)
        call = next((one for one in known if one.id == interaction_id), None)
        if call is None or self.asking is None:
            return
        self.whom.take(call)
        self.show_someone(True)
        self.finder.clear()
        self.look_at(None)
        self.sidebar.show_nobody(
            caller(call),
            "Nobody known calls from here." if call.peer else "The caller gave no number.",
            *self._ways_to_say_who(call),
        )
        self.read_conversation(Whose(interaction_id=interaction_id))
        self.keeper.turn_to(Subject(None, call.id, caller(call)))
        self.show_calls()
        self.show_call()
        if focus:
            self.finder.start()

    def _ways_to_say_who(self, call: Interaction) -> tuple[str, ...]:
        keys = self.app.keys.keys
        if not self._says_who:
            return (f"{call.agent or 'A colleague'} has this call, and says who it is.",)
        return (
            f"Find them, then {key_name(keys['attach'][0])} attaches this call to them.",
            f"{key_name(keys['new_person'][0])} makes a new person with what is known.",
        )

    def on_call_attached(self, event: messages.CallAttached) -> None:
        """The caller is opened, unless the agent has turned to somebody else meanwhile."""
        self.lines.done(event.asked)
        said = ""
        if event.asked is not None:
            said = f"new: {cut(event.name or 'somebody without a name', _SHOWN)}"
        elif event.name:
            said = f"attached: the call to {cut(event.name, _SHOWN)}"
        if event.interaction_id == self.whom.attaching:
            self.open(event.customer_id, call_id=event.interaction_id)
            said += f" · wrong person: {self.key_for('call_menu')} {MOVE_KEY}" if said else ""
        if said:
            self.app.notify(said, timeout=DONE_SECONDS, markup=False)

    def action_take(self) -> None:
        """Open the first call of the strip."""
        from agent_tui.tui.screens.questions import who_calls

        waiting = self.calls_elsewhere
        if not waiting:
            return
        call = waiting[0]
        self.calls.turn_to(call, self.whom)
        known = self.calls.callers.get(call.id, ())
        if call.customer_id is not None:
            self.open(call.customer_id)
        elif known:
            asking = who_calls(self.app, call, known, lambda chosen: self._chosen(call, chosen))
            self._asked_who = asking, call
        else:
            self.take_on_hand(call.id)

    def _chosen(self, call: Interaction, customer_id: int | None) -> None:
        """The caller was chosen, unless that needs no answer any more."""
        self._asked_who = None
        if (why_not := self._why_not_asked(call)) is not None:
            self.app.notify(why_not, markup=False)
        else:
            self.put_to(call, customer_id)

    def _why_not_asked(self, call: Interaction) -> str | None:
        return None if self.desk is None else self.calls.why_not_asked(call, self.desk.agent.id)

    def _ask_no_more(self) -> None:
        """The question who calls goes, with a word, once a colleague has the call or knows; from
        below another window it goes when it is answered."""
        if self._asked_who is None:
            return
        asking, call = self._asked_who
        why_not = self._why_not_asked(call)
        if why_not is not None and asking.is_active:
            self._asked_who = None
            asking.dismiss()
            self.app.notify(why_not, markup=False)

    def choose_with_colleagues(self) -> None:
        """Choose one of the calls that go on with colleagues, and open it."""
        from agent_tui.tui.screens.questions import which_call

        calls = [] if self.desk is None else self.calls.colleagues(self.desk.agent.id)

        def chosen(call: Interaction) -> None:
            if call.customer_id is not None:
                self.open(call.customer_id, call_id=call.id)
            else:
                self.take_on_hand(call.id)

        if calls:
            which_call(self.app, calls, self.here, chosen)

    def action_attach(self) -> None:
        """The call on hand is with the person shown."""
        call = self.whom.on_hand
        if call is not None and self.whom.looked_at is not None:
            self.put_to(call, self.whom.looked_at)
            self.finder.clear()

    def put_to(self, call: Interaction, customer_id: int | None) -> None:
        """The caller is this customer; None: somebody whom nobody knows."""
        if customer_id is None:
            self.take_on_hand(call.id)
        elif self.writing is not None:
            self.whom.attaching = call.id
            self.writing.attach(call.id, customer_id)

    def action_new_person(self) -> None:
        """Make a new person of the caller."""
        from agent_tui.tui.screens.questions import what_name

        call, writing = self.whom.on_hand, self.writing
        if call is not None and writing is not None:
            asked = Asked(ids.show(ids.INTERACTION, call.id), "name")

            def typed(name: str) -> None:
                self.whom.attaching = call.id
                writing.new_person(call.id, name, asked, self.lines.begin(asked))

            # Who was looked for by name, and not found, is who it is.
            sought = self.finder.query_text.strip()
            name = "" if any(map(str.isdigit, sought)) or "@" in sought else sought
            what_name(self.app, call, asked, typed, value=name)
