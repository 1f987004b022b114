"""Words that are looked for in a conversation: asked for, shown, and gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.conversation import Place, Whose
    from agent_tui.tui import messages
    from agent_tui.tui.app import DeskApp
    from agent_tui.tui.asking import Asking
    from agent_tui.tui.widgets.here import Here


class _Searched(NamedTuple):
    whose: Whose
    words: str
    place: Place | None


class Searching:
    """Remembers which words were looked for last, in which conversation, and where that led."""

    def __init__(self) -> None:
        self._last: _Searched | None = None

    def open(
        self,
        app: DeskApp,
        asking: Asking,
        whose: Whose,
        name: str,
        go_to: Callable[[Place], object],
        words: str = "",
    ) -> None:
        """Ask for words, those from before first, else `words`; `name` says with whom it is."""
        from agent_tui.tui.screens.search_here import SearchHere

        if self._last is not None and self._last.whose == whose:
            words = self._last.words

        def ask(words: str) -> None:
            last = self._last
            place = last.place if last and (last.whose, last.words) == (whose, words) else None
            self._last = _Searched(whose, words, place)
            asking.search(whose, words)

        def chosen(place: Place | None) -> None:
            if place is not None and self._last is not None:
                self._last = self._last._replace(place=place)
                go_to(place)

        app.push_screen(SearchHere(name, words, ask), chosen)

    def show(self, app: DeskApp, event: messages.HitsArrived, here: Here) -> None:
        """Show what was found, if it is still looked for."""
        from agent_tui.tui.screens.search_here import SearchHere

        if isinstance(app.screen, SearchHere):
            last = self._last.place if self._last else None
            app.screen.show(event.words, event.hits, event.error, here, last)
