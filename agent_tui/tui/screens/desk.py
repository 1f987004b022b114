"""The desk: find somebody, see what matters, follow the conversation, write a note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from agent_tui.errors import Unavailable
from agent_tui.tui import messages
from agent_tui.tui.asking import Asking
from agent_tui.tui.bindings import bindings_of
from agent_tui.tui.screens.desk_brief_deeds import BriefDeedsOfDesk
from agent_tui.tui.screens.desk_call_menu import CallMenuOfDesk
from agent_tui.tui.screens.desk_calls import CallsOfDesk
from agent_tui.tui.screens.desk_friction import FrictionOfDesk
from agent_tui.tui.screens.desk_hand_over import HandOversOfDesk
from agent_tui.tui.screens.desk_knowing import KnowingOfDesk
from agent_tui.tui.screens.desk_lines import LinesOfDesk
from agent_tui.tui.screens.desk_presence import PresenceOfDesk
from agent_tui.tui.screens.desk_records import RecordsOfDesk
from agent_tui.tui.screens.desk_reviews import ReviewsOfDesk
from agent_tui.tui.screens.desk_script import ScriptsOfDesk
from agent_tui.tui.screens.desk_state import StateOfDesk
from agent_tui.tui.screens.desk_timeline import TimelineOfDesk
from agent_tui.tui.screens.desk_wrap_up import WrapUpsOfDesk
from agent_tui.tui.screens.layout import DeskLayout
from agent_tui.tui.screens.notes import NoteKeeper
from agent_tui.tui.writing import Writing

if TYPE_CHECKING:
    from typing import Self

    from textual.geometry import Region

    from agent_tui.domain.values.today import DraftText

WRITING_WARMS_UP_AFTER_S = 0.6
PLACES_WARM_UP_AFTER_S = 1.8
PAINTED_WITHIN_S = 0.03
"""An answer is on the screen after this: two or three frames."""
ANSWERED_WITHIN_S = 0.5
"""What stands open waits no longer than this for the answer to what was typed at once."""
WINDOWS = ("colleagues", "herd", "wrap_up")
"""What is read for a window that opens with it."""
STANDING = (
    "brief",
    "conversation",
    "draft of a message",
    "draft of a note",
    "find",
    "live",
    "today",
)
"""What stands on the screen all the time: it is there by itself once the database is back."""
ASKED_AGAIN_S = 2.0


class DeskScreen(
    HandOversOfDesk,
    CallMenuOfDesk,
    StateOfDesk,
    BriefDeedsOfDesk,
    TimelineOfDesk,
    PresenceOfDesk,
    WrapUpsOfDesk,
    RecordsOfDesk,
    ReviewsOfDesk,
    LinesOfDesk,
    FrictionOfDesk,
    ScriptsOfDesk,
    KnowingOfDesk,
    CallsOfDesk,
    DeskLayout,
):
    """Carries what the panels say to the desk and back.

    Whom it is about, `whom` knows; what arrives for somebody else by now is dropped.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("everywhere", "desk", "caller")

    _is_first = True
    """The first layout, which paints all there is, is to come, or has just been."""

    def on_mount(self) -> None:
        """Say that the desk is opening."""
        self.keeper = NoteKeeper(self.note_line, self.set_timer)
        self._has_asked = False
        self.call_timer = self.set_interval(1.0, self.show_call, pause=True)
        self.today_pane.say("Opening the desk…")
        # Textual hides it behind the first picture, and then lays out everything once more.
        self.query("ToastRack").set(display=False)
        self.show_edges()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint and lay out again, but for what the first layout paints anyway: Textual asks for
        the whole screen before it, in it and right behind it, which makes the first answer late."""
        if self._is_first and not regions:
            repaint = False
            self._is_first = layout or not self.outer_size
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def on_resize(self) -> None:
        """Lay out what depends on the size."""
        self.finder.fit_rows()
        self.show_edges()

    def on_descendant_focus(self) -> None:
        """What works right now may have changed."""
        self.show_edges()

    def on_desk_opened(self, event: messages.DeskOpened) -> None:
        """The database answered: ask what stands open, and whatever was typed meanwhile."""
        self.desk = event.desk
        self.asking = Asking(event.desk, self, self.app.crew)
        self.writing = Writing(event.desk, self)
        self.keeper.connect(self.asking, self.writing)
        self.help_notes(event.desk)
        self.show_edges()
        self.call_after_refresh(self._ask_first)
        if wrong := self.app.not_taken:
            others = f" · {len(wrong) - 1} more: `agent-tui doctor` names all" if wrong[1:] else ""
            said = f"{wrong[0]}{others}"
            self.app.notify(said, title="Settings", severity="warning", markup=False)

    def _ask_first(self) -> None:
        """Whose desk it is stands on the screen. What was typed meanwhile is answered before all
        else: each question that is asked beside it would take its part of the time."""
        if self.asking is not None and self.finder.query_text:
            self.asking.find(self.finder.query_text)
            self.set_timer(ANSWERED_WITHIN_S, self._ask_rest)
        else:
            self._ask_rest()

    def _ask_rest(self) -> None:
        """Ask what stands open and what goes on, and hear of it from now on."""
        if self.asking is None or self.desk is None or self._has_asked:
            return
        self._has_asked = True
        self.asking.today()
        self.asking.live()
        self.ask_lines()
        self.app.start_listening(self.desk)
        self.app.places.desk_opened(self.desk)
        self._tick_minutes()

    def on_found_arrived(self, _event: messages.FoundArrived) -> None:
        """What was typed before the desk was open is answered, and painted before more is asked."""
        if not self._has_asked:
            self.set_timer(PAINTED_WITHIN_S, self._ask_rest)

    def _warm_up(self) -> None:
        """Get ready for the first query at once, for the first write when that is answered:
        loading both together would make each wait for the other."""
        if self.asking is not None and not self.finder.query_text:
            self.asking.warm_up()
        if self.asking is not None and self.writing is not None:
            self.set_timer(WRITING_WARMS_UP_AFTER_S, self.writing.warm_up)
            self.asking.vocabulary()
        self.set_timer(PLACES_WARM_UP_AFTER_S, self.app.warm_up_places)
        self.call_later(self._lay_out_note)

    def _lay_out_note(self) -> None:
        """Make the box to write in, where the desk has not been left meanwhile."""
        if self.note_line.is_attached:
            _ = self.note_line.box

    def on_writing_loaded(self) -> None:
        """Nothing more is loaded behind the screen."""
        self.app.look_for_garbage()

    def on_places_loaded(self) -> None:
        """What other places are made of is there: make the first one ready."""
        self.app.places.prepare()

    def on_desk_failed(self, event: messages.DeskFailed) -> None:
        """The desk cannot be opened: say why, outside, and leave."""
        self.app.failure = event.error
        self.app.exit(1)

    def keep_typed(self) -> None:
        """Ask that what is typed be written, without waiting for a pause in it."""
        self.keeper.keep()
        self.message_keeper.keep()
        self.lines.keep()
        self.keep_wrap_up()

    @property
    def is_writing(self) -> bool:
        """Whether something that was asked for is not written yet."""
        return self.writing is not None and self.writing.is_busy

    def begin_to_close(self) -> None:
        """Keep what is typed, take nothing more, ask nothing more."""
        self.keep_typed()
        self.leave_them()
        self.leave_brief()
        self.note_line.hold()
        self.composer.hold()
        if self.asking is not None:
            self.asking.close()
        if self.writing is not None:
            self.writing.begin_to_close()

    @property
    def is_closed(self) -> bool:
        """Whether every write asked for is done."""
        return self.writing is None or self.writing.is_closed

    def finish_writes(self) -> None:
        """Wait until every write asked for is done."""
        if self.writing is not None:
            self.writing.close()

    @property
    def unkept(self) -> tuple[str, ...]:
        """The texts that were to be written and are not known to be on disk."""
        return () if self.writing is None else self.writing.unkept.texts

    def take_up(self, draft: DraftText) -> None:
        """Go on with a text that was left, where it was typed; choose what becomes of one whose
        question is over."""
        if draft.over is not None:
            self.offer_left_over(draft)
        elif draft.kind == "wrap_up" and draft.interaction_id is not None:
            self.begin_wrap_up(draft.interaction_id)
        elif draft.kind == "message":
            self.take_up_message(draft)
        elif draft.kind == "line":
            self.ask_line(draft)
        else:
            super().take_up(draft)

    def on_more_wanted(self) -> None:
        """All of a section of Today is wanted."""
        self.ask_today()

    def _tick_minutes(self) -> None:
        self.show_edges()
        if self.whom.opened is None:
            self.ask_today()
        if self.whom.looked_at is not None:
            # How old and how late things are is said of now, however long somebody stays open.
            self.ask_records(self.whom.looked_at)
        self.set_timer(60 - self.here.now.second, self._tick_minutes)

    def on_write_failed(self, event: messages.WriteFailed) -> None:
        """Say so at once."""
        self.lines.not_done(event.asked)
        self.warn(f"Not written: {event.what}", event.error)

    def on_today_arrived(self, event: messages.TodayArrived) -> None:
        """Show what stands open; after its first frame there is time to get ready for more."""
        if self.today_now is None:
            self.call_after_refresh(self._warm_up)
        self.today_now = event.today
        self.today_pane.show_today(event.today, self.here)
        self.show_edges()

    def on_changes_heard(self, event: messages.ChangesHeard) -> None:
        """Read again whatever the changes concern."""
        if self.asking is None:
            return
        self.app.places.hear(event.changes)
        shown_id = self.whom.looked_at
        self.following.hear(event.changes)
        beyond_words = [one for one in event.changes if not one.kind.startswith("message.")]
        theirs = any(one.customer_id == shown_id for one in beyond_words)
        if shown_id is not None and theirs:
            self.ask_records(shown_id)
        if any(one.kind.startswith(("call.", "interaction.")) for one in beyond_words):
            self.asking.live()
        if beyond_words:
            self.ask_today()

    def on_read_failed(self, event: messages.ReadFailed) -> None:
        """The panel that asked says in words why there is no answer."""
        words = f"{event.error.title}: {event.error.message}"
        if event.panel in WINDOWS:
            self.app.typed_ahead.go_on()
        if event.panel in STANDING and isinstance(event.error, Unavailable):
            self.set_timer(ASKED_AGAIN_S, partial(self._ask_standing, event.panel))
        if event.panel in ("conversation", "fresh"):
            self.conversation_failed(event.panel, event.error)
        elif event.panel == "brief":
            self.sidebar.fail(words)
        elif event.panel == "today":
            self.today_pane.say(words)
        elif event.panel == "find":
            self.finder.fail(words)
        else:
            self.app.notify(words, severity="warning", markup=False)

    def _ask_standing(self, panel: str) -> None:
        if self.asking is not None:
            self.asking.again(panel)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "today":
            return self.whom.someone
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Back to where the agent was; nothing typed is lost."""
        box, pane = self.finder.box, self.conversation.pane
        someone = self.someone
        if self.note_line.close_list() or self.sidebar.fold() or self.give_up_script():
            return
        if self.note_line.is_written_in:
            (self.before_note or pane).focus()
        elif self.composer.is_written_in:
            self.leave_composer()
        elif self.focused is box and box.value:
            self.finder.clear()
        elif someone and self.focused is not pane:
            pane.focus()
        else:
            box.focus()
