"""What is said of conversations in Recent, and which of them are chosen to be read: reviews, views,
samples, the listening log, what to talk about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from agent_tui.domain.values import ids
from agent_tui.domain.values.filters import Choice
from agent_tui.domain.values.lines import Asked
from agent_tui.domain.values.recent import RecentPage
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.recent_reading import ReadingOfRecent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent_tui.domain.rules.samples import Draw
    from agent_tui.domain.values.coaching import CoachingEntry
    from agent_tui.domain.values.filters import Words
    from agent_tui.domain.values.recent import RecentRow, Sample, SavedView
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.app import DeskApp

_Found = TypeVar("_Found")

LATELY = timedelta(days=30)
"""How far back the coaching list looks."""
_LOGGED = Choice("listened", ("me",))
"""What is asked for by the filter that finds one's own listening log."""
_LOG_IS_EMPTY = (
    "Your listening log is empty. In it stand the conversations that you read or heard and what "
    "you made of them, for yourself alone. {} on a conversation puts it there: Esc in the list "
    "shows all of them."
)
_LOG_OF_LEADS = (
    "Leads keep a listening log: what they made of conversations that they read or heard, each for "
    "themselves alone. Esc in the list shows everything, from the filter Esc leads there."
)
_GONE = "None of these conversations can be read here: they are with another team, or gone."


class LeadOfRecent(ReadingOfRecent):
    """Holds a few chosen conversations in the place of the list, and asks what is made of one."""

    def __init__(self) -> None:
        super().__init__()
        self._held = ""
        """What the few conversations are that stand in the list's place; "" while it is itself."""
        self._seed: int | None = None
        self._drawn = ""

    def connect(self, desk: Desk) -> None:
        """The database answered: begin with the view that this agent chose, if any."""
        super().connect(desk)
        if self.asking is None:
            return

        def then(view: SavedView | None) -> None:
            if view is not None and not self.filter_panel.text and not self._held:
                self.show_filtered(view.text)

        self._look_up("views", lambda found: found.viewing.default(), then)

    # -- a few chosen ones in the place of the list

    @property
    def is_holding(self) -> bool:
        """Whether chosen conversations stand in the place of the list."""
        return bool(self._held)

    def hold(self, rows: Sequence[RecentRow], words: str, *, seed: int | None = None) -> None:
        """Show these instead of the list, which Esc brings back; `words` say what they are."""
        self.leave_reading()
        self._stop_loading()
        # Pages and counts of the list that stood here before are dropped.
        self.asked_list = object()
        self._held, self._seed, self.counted = words, seed, None
        self.rows.take(RecentPage(tuple(rows), False, False), "newest", self.here, _GONE)
        self.rows.focus()
        self.filter_panel.set_aside(seed is None)
        self.show_state()
        self.show_edges()

    def hold_ids(self, interaction_ids: Sequence[int], words: str, *, read: bool = False) -> None:
        """Look these up and hold them; with `read` the first one is opened."""

        def then(rows: tuple[RecentRow, ...]) -> None:
            if not rows:
                self.app.notify(_GONE, markup=False)
                return
            self.hold(rows, words)
            if read:
                self.read(rows[0])

        self._look_up("recent held", lambda desk: desk.browsing.rows(interaction_ids), then)

    def read_list(self) -> None:
        """The list itself."""
        if self._held:
            self.filter_panel.set_aside(False)
        self._held, self._seed = "", None
        super().read_list()

    @property
    def sought(self) -> tuple[Words, ...]:
        """The words of the filter, unless what was chosen has nothing to do with it."""
        return super().sought if not self._held or self._seed is not None else ()

    def show_state(self) -> None:
        """Say what stands in the place of the list, or how many there are in it."""
        if self._held:
            self.panel.entitle(detail=self._held)
            self.panel.remark("Esc: the list")
        else:
            super().show_state()

    def ask_changes(self) -> None:
        """Read the rows that were touched since the last time."""
        if self._held:
            # What is new is none of those that were chosen.
            self.touched &= {row.interaction.id for row in self.rows.rows}
        super().ask_changes()

    def bring(self, fresh: tuple[RecentRow, ...], gone: frozenset[int]) -> None:
        """Show rows as they read now; of those that were chosen none goes."""
        super().bring(fresh, frozenset() if self._held else gone)

    def nothing_words(self) -> str:
        """What an empty list says of the present filter; an empty log says how one begins."""
        if self._held:
            return _GONE
        if self.wanted.terms != (_LOGGED,):
            return super().nothing_words()
        if not self.is_lead:
            return _LOG_OF_LEADS
        keys = " or ".join(map(key_name, self.app.keys.keys["listen"]))
        return _LOG_IS_EMPTY.format(keys)

    # -- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "act":
            return bool(self.below.undo_deeds())
        if action in ("write_review", "listen"):
            if action == "listen" and not self.is_lead:
                return False
            return self.is_mounted and self.rows.row is not None
        return super().check_action(action, parameters)

    @property
    def is_lead(self) -> bool:
        """Whether who sits here leads."""
        me = self.below.me
        return me is not None and me.role in ("lead", "admin")

    def action_act(self) -> None:
        """Take back what was done last, here or at the desk."""
        undo = self.below.undo_deeds()
        if undo:
            self.below.offer("Undo", undo)

    def action_write_review(self) -> None:
        """Say something of this conversation to its agent: of the chosen line where it is read."""
        from agent_tui.tui.screens.reviewing import Reviewing

        row = self.rows.row
        if row is not None:
            entry = self.reading.pane.current if self.is_reading else None
            Reviewing(self.app).write(row.interaction, entry)

    def action_views(self) -> None:
        """Choose a view, or save this one."""
        from agent_tui.tui.screens.viewing import Viewing

        Viewing(self).offer()

    def show_filtered(self, text: str) -> None:
        """Filter as a view does."""
        self.leave_reading()
        self.filter_by(text)
        if self._held:
            self.read_list()

    def action_listen(self) -> None:
        """Put this conversation into one's own listening log."""
        from agent_tui.tui.screens.asks import TypeWords
        from agent_tui.tui.screens.deeds import Act
        from agent_tui.tui.widgets.wording import caller

        row = self.rows.row
        if row is None or not self.is_lead:
            return
        call, seed = row.interaction, self._seed
        asked = Asked(ids.show(ids.INTERACTION, call.id), "heard")
        hint = "What do you make of it? Enter alone says nothing. Nobody else reads it."

        def ask(words: str = "", refused: str = "") -> None:
            self.app.push_screen(
                TypeWords(
                    f"Your listening log · {call.agent or 'nobody'} · {caller(call)}",
                    value=words,
                    hint=hint,
                    refused=refused,
                    asked=asked,
                ),
                typed,
            )

        def ask_anew(remarks: tuple[str, ...]) -> None:
            nonlocal hint
            if remarks:
                hint = f"You wrote: “{remarks[0]}”. {hint}"
            if self.app.screen is self:
                ask()
            else:
                self.app.typed_ahead.go_on()

        def typed(text: str | None) -> None:
            if text is None:
                return
            made: list[int] = []
            self.below.do(
                Act(
                    "in your listening log",
                    lambda desk: made.append(
                        desk.listening.add(call.id, remark=text, seed=seed).id
                    ),
                    lambda desk: desk.listening.remove(made[0]),
                    typed=text,
                    again=lambda why: ask(text, why),
                    asked=asked,
                )
            )

        if "listened" in row.marks and self.asking is not None:
            # Where there is no room for a preview, what was made of it before stands nowhere else.
            self.app.typed_ahead.expect()
            self._look_up("recent log", lambda desk: desk.browsing.remarks(call.id), ask_anew)
        else:
            ask()

    def action_sample(self) -> None:
        """Draw a few of what is filtered, by chance."""
        from agent_tui.tui.screens.sample_window import TypeDraw

        def typed(draw: Draw | None) -> None:
            if draw is not None:
                self._draw(draw)

        self.app.push_screen(TypeDraw(self._drawn), typed)

    def _draw(self, draw: Draw) -> None:
        from agent_tui.domain.rules.samples import write_draw

        wanted = self.wanted
        until = draw.until or self.here.now.replace(second=0, microsecond=0)

        def then(sample: Sample) -> None:
            self._drawn = write_draw(draw.size, sample.seed, until)
            words = f"sample {self._drawn} · {len(sample.rows)} of {sample.out_of:,}"
            self.hold(sample.rows, words, seed=sample.seed)

        self._look_up(
            "recent sample",
            lambda desk: desk.browsing.sample(wanted, size=draw.size, seed=draw.seed, until=until),
            then,
        )

    def action_coaching(self) -> None:
        """What happened again and again: of the team for a lead, of oneself for an agent."""
        is_lead = self.is_lead
        since = self.here.now - LATELY

        def read(desk: Desk) -> tuple[CoachingEntry, ...]:
            return desk.coaching.team(since) if is_lead else desk.coaching.mine(since)

        self.app.typed_ahead.expect()
        self._look_up("coaching", read, self._show_coaching)

    def _show_coaching(self, entries: tuple[CoachingEntry, ...]) -> None:
        from agent_tui.tui.screens.coaching_sheet import CoachingSheet

        def chosen(entry: CoachingEntry | None) -> None:
            if entry is not None:
                self.hold_ids(entry.interactions, f"{entry.agent} · {entry.sentence}")

        if self.app.screen is self:
            self.app.push_screen(CoachingSheet(entries, LATELY.days), chosen)
        else:
            self.app.typed_ahead.go_on()

    def _look_up(
        self, what: str, read: Callable[[Desk], _Found], then: Callable[[_Found], None]
    ) -> None:
        def failed(error: AgentTuiError) -> None:
            self.below.warn("Recent", error)

        if self.asking is not None:
            self.asking.look_up(what, read, then, failed)


def read_alone(app: DeskApp, interaction_id: int) -> None:
    """Read one conversation in Recent, from wherever it is named."""
    app.places.go("recent")
    place = app.places.here
    if isinstance(place, LeadOfRecent):
        place.call_after_refresh(place.hold_ids, (interaction_id,), "one conversation", read=True)
