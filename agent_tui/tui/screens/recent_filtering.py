"""Recent's filter: read as it is typed, and the same filter as terms to take away or to add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.screens.recent_listing import ListingOfRecent

if TYPE_CHECKING:
    from textual.timer import Timer

    from agent_tui.domain.values.filters import Completion, Known, Understood
    from agent_tui.errors import AgentTuiError
    from agent_tui.services.desk import Desk
    from agent_tui.tui.widgets.filter_panel import FilterPanel

FOLLOWS_S = 0.15
"""How long after the last key the list follows what is typed."""


class FilteringOfRecent(ListingOfRecent):
    """Carries between the filter box and the list."""

    def __init__(self) -> None:
        super().__init__()
        self._follows: Timer | None = None
        self._known: Known | None = None
        self._is_asked = False
        """Whether what is typed is being read."""
        self._is_meant = False
        """Whether Enter was pressed on what is not understood yet."""
        self._offers_all = False
        """Whether everything that may stand at the cursor is to be offered, and not only what goes
        on with a word that is begun."""

    # -- read as it is typed

    def on_filter_panel_changed(self, event: FilterPanel.Changed) -> None:
        """A moment after the last key, read what is typed."""
        event.stop()
        self._ask_offers(event.text, event.cursor)
        if self._follows is not None:
            self._follows.stop()
        self._follows = self.set_timer(FOLLOWS_S, self._ask_understood)

    def _ask_understood(self) -> None:
        self._follows = None
        text, asking = self.filter_panel.text, self.asking
        if asking is None:
            return
        self._is_asked = True

        def then(understood: Understood) -> None:
            self._is_asked = False
            if text == self.filter_panel.text:
                self._follow(understood, text)

        asking.look_up(
            "recent filter", lambda desk: desk.browsing.understand(text), then, self._filter_failed
        )

    def _filter_failed(self, error: AgentTuiError) -> None:
        self._is_meant = self._is_asked = False
        self.keys_go_on()
        self.filter_panel.show_count(f"{error.title}: {error.message}", urgent=True)

    def _follow(self, understood: Understood, text: str) -> None:
        """The list answers what is typed, as soon as all of it is understood."""
        panel = self.filter_panel
        was_meant, self._is_meant = self._is_meant, False
        panel.show_understood(understood, text)
        if understood.mistakes:
            # The list goes on answering what was understood last.
            panel.show_count("the list is as it was before")
            if was_meant:
                panel.box.focus()
            self.keys_go_on()
            return
        panel.show_count("")
        if understood.filter != self.wanted:
            self.wanted, self.wanted_text = understood.filter, text
            self.read_list()
        elif not self.is_loading:
            self.keys_go_on()

    def nothing_words(self) -> str:
        """What an empty list says. While something is offered for what is typed, that alone stands
        there: half a word is not looked for yet."""
        return "" if self.filter_panel.is_offering else super().nothing_words()

    def on_filter_panel_offering(self, event: FilterPanel.Offering) -> None:
        """An empty list says what it is once nothing is offered any more."""
        event.stop()
        if not (self.is_loading or self.has_failed):
            self.rows.say_nothing(self.nothing_words())

    def filter_by(self, text: str) -> None:
        """Look for this from now on: the box and the terms say so, too."""
        self.filter_panel.put(text)

    # -- what may come next

    def _ask_offers(self, text: str, cursor: int) -> None:
        asking, known, wants_all = self.asking, self._known, self._offers_all
        self._offers_all = False
        if asking is None:
            return
        begun = text[:cursor].rpartition(" ")[2]
        if self.filter_panel.is_recalled or not (begun or wants_all):
            self.filter_panel.offer(())
            return

        def read(desk: Desk) -> tuple[Known, tuple[Completion, ...]]:
            from agent_tui.domain.rules import filter_completion

            names = known or desk.browsing.known()
            return names, filter_completion.complete(
                text, cursor, known=names, language=desk.language
            )

        def then(found: tuple[Known, tuple[Completion, ...]]) -> None:
            self._known = found[0]
            panel = self.filter_panel
            if text == panel.text and self.focused is panel.box:
                panel.offer([one for one in found[1] if text[one.start : one.end] != one.text])

        asking.look_up("recent offers", read, then, self._filter_failed)

    # -- keys

    def on_filter_panel_entered(self, event: FilterPanel.Entered) -> None:
        """What is typed is meant: go to the list."""
        event.stop()
        self.filter_panel.remember()
        self.rows.focus()
        if self._follows is not None or self._is_asked or self.is_loading:
            # What is typed from now on is meant for the list that comes of it.
            self.app.typed_ahead.expect_somebody()
            self._is_meant = not self.is_loading
        if self._follows is not None:
            self._is_meant = True
            self._follows.stop()
            self._ask_understood()

    def action_filter(self) -> None:
        """Go to the box."""
        self._known = None
        self.leave_reading()
        self.filter_panel.box.focus()

    def action_add_term(self) -> None:
        """Offer all that one can filter by."""
        self.action_filter()
        panel = self.filter_panel
        text = panel.text.rstrip(" ")
        self._offers_all = True
        if f"{text} ".lstrip(" ") == panel.text or panel.text == text == "":
            self._ask_offers(panel.text, len(panel.text))
        else:
            panel.put(f"{text} ")

    def action_terms(self) -> None:
        """Go to the terms."""
        if self.filter_panel.chips.terms:
            self.leave_reading()
            self.filter_panel.chips.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "terms" and self.is_mounted:
            return bool(self.filter_panel.chips.terms)
        return super().check_action(action, parameters)

    def leave_filter(self) -> bool:
        """Go from the box or the terms to the list; false where the keys do not go there."""
        panel = self.filter_panel
        if panel.close_offers():
            return True
        if self.focused in (panel.box, panel.chips):
            panel.remember()
            self.rows.focus()
            return True
        return False
