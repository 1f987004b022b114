"""Recent's list: read page by page, counted, and kept up with what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules import ages
from agent_tui.tui.actions import key_name
from agent_tui.tui.asking import Asking
from agent_tui.tui.screens.recent_previewing import PreviewingOfRecent
from agent_tui.tui.widgets.recent_lines import heading, newer_words, searching_words

if TYPE_CHECKING:
    from textual.timer import Timer

    from agent_tui.domain.values.changes import Change
    from agent_tui.domain.values.filters import Filter
    from agent_tui.domain.values.recent import (
        RecentCount,
        RecentPage,
        RecentPlace,
        RecentRow,
    )
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.widgets.recent_list import RecentList, WhichRows

PAGE = 60
LOADING_S = 0.1
"""How long what was there before stays while another list is read."""
RETRY_S = 2.0
"""How long after a list could not be read it is asked for again."""
GATHERS_S = 0.2
"""How long changes are gathered before the rows that they touch are read."""
MOST_AT_ONCE = 200
"""Where more interactions than these were touched at once, the newest page is read anew."""
NOTHING_YET = "Nothing happened yet. Conversations stand here as soon as there are any."
NOTHING_LIKE_THIS = (
    "Nothing like this. In the list, x and then Space takes a term away, Esc shows everything. "
    "From the filter, Esc leads to the list."
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


class ListingOfRecent(PreviewingOfRecent):
    """Carries between the list and what it is read from."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: RecentCount | None = None
        """How many there are, as far as it is known."""
        self._is_counted_anew = False
        self.asked_list: object = None
        """The list that was asked for last: pages of another one are dropped."""
        self.is_loading = False
        """Whether the list is not the one yet that was asked for last."""
        self._loading: Timer | None = None
        self.touched: set[int] = set()
        """What was changed and is not read anew yet, by its id."""
        self._gathers: Timer | None = None
        self._is_asking_changes = False
        self._is_asking_page = False
        self._meanwhile: dict[int, RecentRow | None] = {}
        """What came, changed or went (None) while a page was read, which may not know of it."""
        self._has_failed = ""

    def on_mount(self) -> None:
        """Say that it is read."""
        self.rows.say("Opening the desk…" if self.asking is None else "")
        self.show_edges()
        if self.asking is not None:
            self.read_list()
        self._tick_minutes()

    def connect(self, desk: Desk) -> None:
        """The database answered: read the list."""
        self.asking = Asking(desk, self, self.app.crew)
        if self.is_mounted:
            self.read_list()

    def close(self) -> None:
        """Ask nothing more."""
        if self.asking is not None:
            self.asking.close()

    # -- pages

    def read_list(self) -> None:
        """Read the list for the present filter from its top, and count it."""
        self.asked_list = object()
        self.counted, self._has_failed = None, ""
        self._stop_loading()
        self.is_loading = True
        self._loading = self.set_timer(LOADING_S, self._say_loading)
        self.rows.ask_newest()
        self._count_list()

    def on_recent_list_wanted(self, event: RecentList.Wanted) -> None:
        """More rows are needed."""
        if self.asking is None:
            return
        asked, wanted, which, place = self.asked_list, self.wanted, event.which, event.place
        self._is_asking_page = True

        def read(desk: Desk) -> RecentPage:
            return _page(desk, wanted, which, place)

        def then(page: RecentPage) -> None:
            if asked is self.asked_list:
                self._show_page(page, which)

        def failed(error: AgentTuiError) -> None:
            if asked is self.asked_list:
                self._page_failed(error, which)

        self.asking.look_up("recent list", read, then, failed)

    def _show_page(self, page: RecentPage, which: WhichRows) -> None:
        is_first = not self.rows.rows
        self._stop_loading()
        self.keys_go_on()
        self._has_failed = ""
        # Taking it may ask for the next one.
        self._is_asking_page, meanwhile, self._meanwhile = False, self._meanwhile, {}
        self.rows.take(page, which, self.here, self.nothing_words())
        self._bring_again(meanwhile)
        self.show_state()
        if is_first or not self.rows.rows:
            # What can be done with a row is offered where there is one.
            self.show_edges()

    @property
    def has_failed(self) -> bool:
        """Whether the list could not be read."""
        return bool(self._has_failed)

    def nothing_words(self) -> str:
        """What an empty list says of the present filter."""
        return NOTHING_LIKE_THIS if self.wanted.terms else NOTHING_YET

    def _bring_again(self, meanwhile: dict[int, RecentRow | None]) -> None:
        """A page is as it was when its reading began: what came since then is shown beside it, and
        all of it read once more, since the page may also be the newer of the two."""
        if not meanwhile:
            return
        came = [row for row in meanwhile.values() if row is not None]
        holds = self.rows.window.holds
        self.rows.bring([row for row in came if not holds(row.interaction.id)], (), self.here)
        self.touched |= meanwhile.keys()
        self.ask_changes()
        self._go_on()

    def _page_failed(self, error: AgentTuiError, which: WhichRows) -> None:
        self._stop_loading()
        self.keys_go_on()
        self._has_failed = f"{error.title}: {error.message}"
        self.rows.failed(which, self._has_failed)
        self.show_state()
        if not self.rows.rows:
            self.set_timer(RETRY_S, self._read_again)

    def _read_again(self) -> None:
        if self._has_failed and not self.rows.rows:
            self.read_list()

    def _say_loading(self) -> None:
        self._loading = None
        self.rows.say("Loading…")
        self.show_state()

    def keys_go_on(self) -> None:
        """The list is there, or is known not to come: what was typed for it goes to it."""
        self.app.typed_ahead.somebody_known()

    def _stop_loading(self) -> None:
        self.is_loading = False
        if self._loading is not None:
            self._loading.stop()
            self._loading = None

    # -- counted

    def _count_list(self) -> None:
        """Count all of it. What is shown meanwhile only grows, and an exact number gives way to
        nothing but another."""
        if self.asking is None:
            return
        asked, wanted = self.asked_list, self.wanted

        def each(count: RecentCount) -> None:
            known = self.counted
            is_more = known is None or (not known.is_exact and count.count > known.count)
            if asked is self.asked_list and (count.is_exact or is_more):
                self.counted = count
                self.show_state()

        def failed(_error: AgentTuiError) -> None:
            self.show_state()

        self.asking.stream(
            "recent count",
            lambda desk: desk.browsing.counting(wanted),
            each,
            lambda: None,
            failed,
            lambda: asked is self.asked_list,
        )

    def show_state(self) -> None:
        """How many there are, how far a search has come, how much came above."""
        window = self.rows.window
        words = heading(self.counted, is_filtered=bool(self.wanted.terms))
        back_to = window.searched_back_to
        if back_to is not None and window.has_older:
            begun = ages.local(back_to, self.here.zone)
            month = f"{_MONTHS[begun.month - 1]} {begun.year}"
            words = searching_words(len(window.rows), month)
        self.panel.entitle(detail=words)
        home = key_name(self.app.keys.keys["latest"][0])
        newer = newer_words(self.rows.newer_above, home)
        failed = self._has_failed if window.rows else ""
        self.panel.remark(failed or newer, urgent=bool(failed))

    def on_recent_list_moved(self) -> None:
        """Another part of the list is on the screen."""
        self.show_state()

    # -- kept up

    def hear(self, changes: list[Change]) -> None:
        """Something was committed: read the rows that it touches, a moment later."""
        super().hear(changes)
        self.touched |= {one.interaction_id for one in changes if one.interaction_id is not None}
        if self.touched and self.is_current and self._gathers is None:
            self._gathers = self.set_timer(GATHERS_S, self.ask_changes)

    def on_screen_resume(self) -> None:
        """What happened while this was not in sight is read now."""
        if not self.is_mounted:
            return
        if self.touched and self._gathers is None:
            self._gathers = self.set_timer(0.01, self.ask_changes)
        if self.rows.rows:
            self.rows.tick(self.here)

    def ask_changes(self) -> None:
        """Read the rows that were touched since the last time."""
        self._gathers = None
        asking = self.asking
        if asking is None or self._is_asking_changes or not self.touched or not self.is_current:
            return
        touched, self.touched = self.touched, set()
        if len(touched) > MOST_AT_ONCE and self.rows.is_at_top:
            self.read_list()
            return
        asked, wanted = self.asked_list, self.wanted
        known = {row.interaction.id for row in self.rows.rows}
        self._is_asking_changes = True

        def read(desk: Desk) -> tuple[tuple[RecentRow, ...], frozenset[int]]:
            matching = desk.browsing.matches(wanted, touched)
            return desk.browsing.rows(sorted(matching)), frozenset(touched & known) - matching

        def then(found: tuple[tuple[RecentRow, ...], frozenset[int]]) -> None:
            self._is_asking_changes = False
            if asked is self.asked_list:
                if self._is_asking_page:
                    self._meanwhile |= dict.fromkeys(touched)
                    self._meanwhile |= {row.interaction.id: row for row in found[0]}
                self.bring(*found)
            self._go_on()

        def failed(error: AgentTuiError) -> None:
            self._is_asking_changes = False
            self.touched |= touched
            self._has_failed = f"{error.title}: {error.message}"
            self.show_state()
            self._gathers = self.set_timer(1.0, self.ask_changes)

        asking.look_up("recent changes", read, then, failed)

    def bring(self, fresh: tuple[RecentRow, ...], gone: frozenset[int]) -> None:
        """Show rows as they read now, and those that came; the others are looked for no more."""
        from dataclasses import replace

        self._has_failed = ""
        more = self.rows.bring(fresh, gone, self.here)
        if self.counted is not None and more:
            self.counted = replace(self.counted, count=max(0, self.counted.count + more))
        self._is_counted_anew = True
        self.show_state()
        self.preview_anew(row.interaction.id for row in fresh)
        for row in fresh:
            self.row_changed(row)

    def row_changed(self, row: RecentRow) -> None:
        """A row reads differently now."""

    def _go_on(self) -> None:
        if self.touched and self._gathers is None:
            self._gathers = self.set_timer(GATHERS_S, self.ask_changes)

    def _tick_minutes(self) -> None:
        """Once a minute, what is told relatively reads differently, and what was counted while
        rows came and went is counted anew."""
        if self.is_current:
            self.show_edges()
            if self.rows.rows:
                self.rows.tick(self.here)
            if self._is_counted_anew:
                self._is_counted_anew = False
                self._count_list()
        self.set_timer(60 - self.here.now.second, self._tick_minutes)


def _page(desk: Desk, wanted: Filter, which: WhichRows, place: RecentPlace | None) -> RecentPage:
    browsing = desk.browsing
    if which == "oldest":
        return browsing.oldest(wanted, limit=PAGE)
    if which == "newer":
        return browsing.page(wanted, before=place, limit=PAGE)
    return browsing.page(wanted, behind=place, limit=PAGE)
