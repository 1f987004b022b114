"""The desk's words to the other end: written, sent, marked as said, sent again, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.domain.values.kinds import MESSAGE_CHANNELS
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk
from agent_tui.tui.screens.message_keeper import MessageKeeper
from agent_tui.tui.widgets.composer import Composer, Served

if TYPE_CHECKING:
    from textual.widget import Widget

    from agent_tui.domain.values.marks import Completion
    from agent_tui.domain.values.people import Interaction
    from agent_tui.domain.values.today import DraftText
    from agent_tui.tui import messages


class TalkOfDesk(DeedsOfDesk):
    """Carries between the composer and its keeper.

    The composer stands at the foot of the conversation while somebody writes on a channel that
    carries text, while something is typed in it, and on a call when the agent asks for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.message_keeper: MessageKeeper
        self.written_to: Interaction | None = None
        """The conversation that the composer is for."""
        self._last_call: Interaction | None = None
        self._asked_for: int | None = None
        self.coming_back: int | None = None
        """A message that was taken back and is to come into the composer."""
        self._to_take_up: DraftText | None = None
        self._before_composer: Widget | None = None

    @property
    def composer(self) -> Composer:
        """Where messages are written."""
        return self.conversation.composer

    def on_mount(self) -> None:
        """The composer has its keeper; nothing is written yet."""
        self.message_keeper = MessageKeeper(self.composer, self.set_timer)

    def on_desk_opened(self, _event: messages.DeskOpened) -> None:
        """Messages can be kept and sent."""
        if self.asking is not None and self.writing is not None:
            self.message_keeper.connect(self.asking, self.writing)
        key = key_name(self.app.keys.keys["reply"][0])
        keeper = self.message_keeper
        self.composer.served_by(Served(keeper.submit, keeper.typed, self._complete, key))

    def _complete(self, text: str, cursor: int) -> Completion | None:
        """What a snippet is in words for whoever is open."""
        if self.desk is None:
            return None
        records = self.whom.records if self.whom.is_opened_shown else None
        customer = records.dossier.customer if records is not None else None
        return self.desk.capturing.complete_reply(text, cursor, customer)

    # -- whom it is for

    def show_calls(self) -> None:
        """What goes on has changed, or whom the desk is about."""
        super().show_calls()
        self._turn_composer()

    def show_call(self) -> None:
        """The call has changed."""
        super().show_call()
        if self.whom.on_hand is not None or self.whom.is_opened_shown:
            self._last_call = self.call
        self._turn_composer()

    @property
    def answerable(self) -> list[Interaction]:
        """The conversations with whoever is open to which something can be added: those that
        carry text first."""
        calls = [call for call in self.calls.live if self.whom.is_about(call)]
        call = self._last_call
        if call is not None and self.whom.is_about(call) and call.id not in _ids(calls):
            calls.append(call)
        return sorted(calls, key=lambda one: (not is_written(one), not one.is_live, one.opened_at))

    def _turn_composer(self) -> None:
        calls = self.answerable
        before = self.written_to
        kept = None
        if before is not None and self.whom.is_about(before):
            kept = next((call for call in calls if call.id == before.id), None)
            if kept is None and not self.message_keeper.is_empty:
                # It has ended under the agent's hands: what was written stays in sight.
                kept = before
        self._write_to(kept or next(iter(calls), None))
        self._take_up_waiting()

    def _write_to(self, call: Interaction | None) -> None:
        self.written_to = call
        self.message_keeper.turn_to_call(call)
        self.composer.marks_lines(call is not None and not is_written(call))
        self.show_composer()

    def show_composer(self) -> None:
        """Show the composer while there is something to write, or written."""
        call = self.written_to
        is_asked_for = call is not None and call.id == self._asked_for
        is_open = call is not None and call.is_live and is_written(call)
        is_shown = is_open or is_asked_for or not self.message_keeper.is_empty
        self.composer.display = call is not None and is_shown
        if not self.composer.display and self.composer.is_written_in:
            self.conversation.pane.focus()

    # -- actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "reply":
            return bool(self.answerable)
        return super().check_action(action, parameters)

    def is_offered(self, action_id: str) -> bool:
        """Whether an action stands in the footer; from the composer it leads to the next one."""
        if action_id == "reply" and self.composer.is_written_in:
            return len(self.answerable) > 1
        return super().is_offered(action_id)

    def action_reply(self) -> None:
        """Go to the composer; once there, to the next conversation with the same person."""
        calls = self.answerable
        if not calls:
            self.app.notify("Nobody is on the line to reply to.", markup=False)
            return
        if self.composer.is_written_in and self.written_to is not None:
            place = [call.id for call in calls].index(self.written_to.id)
            self._asked_for = calls[(place + 1) % len(calls)].id
            self._write_to(calls[(place + 1) % len(calls)])
        else:
            self._before_composer = self.focused
            self._asked_for = None if self.written_to is None else self.written_to.id
        self.show_composer()
        self.composer.box.focus()

    def leave_composer(self) -> None:
        """Back to where the agent was; an empty line on a call goes away."""
        self._asked_for = None
        before = self._before_composer
        (before if before is not None and before.is_attached else self.conversation.pane).focus()
        self.show_composer()

    def take_up_message(self, draft: DraftText) -> None:
        """Go on with a message that was left, once the conversation it belongs to is open."""
        self._to_take_up = draft
        self._take_up_waiting()

    def _take_up_waiting(self) -> None:
        draft, records = self._to_take_up, self.whom.records
        if draft is None:
            return
        known = [*self.answerable, *(records.dossier.interactions if records else ())]
        call = next((one for one in known if one.id == draft.interaction_id), None)
        if call is not None and self.whom.is_about(call):
            self._to_take_up = None
            self._write_to(call)
            self.message_keeper.take_up(draft)
            self.show_composer()
            self.composer.box.focus()

    # -- what becomes of it

    def on_draft_arrived(self, event: messages.DraftArrived) -> None:
        """A message that was left unsent comes back."""
        if event.kind != "message":
            return
        if event.draft is not None and event.draft.id == self.coming_back:
            self.coming_back = None
            self.message_keeper.come_back(event.draft)
            self.show_composer()
            self.composer.box.focus()
        else:
            self.message_keeper.take_draft(event.about, event.draft)
            self.show_composer()

    def on_draft_kept(self, event: messages.DraftKept) -> None:
        """What is typed is on disk."""
        self.message_keeper.kept(event.text_id, self.clock_words)

    def on_draft_not_kept(self, event: messages.DraftNotKept) -> None:
        """Say so at once; the journal is tried again."""
        if event.typed.kind == "message":
            self.message_keeper.not_kept(event.text_id, event.typed, event.error.message)

    @property
    def clock_words(self) -> str:
        """The time of day, to the second."""
        return ages.clock_time_exact(self.here.now, self.here.zone)


def is_written(call: Interaction) -> bool:
    """Whether text is sent in it, and not spoken."""
    return call.channel in MESSAGE_CHANNELS


def _ids(calls: list[Interaction]) -> set[int]:
    return {call.id for call in calls}
