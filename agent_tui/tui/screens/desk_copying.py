"""What is taken out of a conversation: found, copied, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui import messages
from agent_tui.tui.clipboard import copy_text
from agent_tui.tui.screens.deeds import Deed
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk
from agent_tui.tui.widgets.ink import Span, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.conversation import Entry, Place


class CopyingOfDesk(DeedsOfDesk):
    """Searches a conversation, copies what is chosen in it, opens a link on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self._searched: tuple[int, str, Place | None] | None = None
        """With whom which words were looked for last, and where that led."""
        self.deeds.add("message", self._deeds_of_entry)
        self.deeds.add("note", self._deeds_of_entry)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "search_here":
            return self.whom.opened is not None
        return super().check_action(action, parameters)

    # -- searched

    def action_search_here(self) -> None:
        """Look for words in all that was said with whoever is open."""
        from agent_tui.tui.screens.search_here import SearchHere

        customer_id, asking = self.whom.opened, self.asking
        if customer_id is None or asking is None:
            return
        again = self._searched is not None and self._searched[0] == customer_id
        words = self._searched[1] if again and self._searched else ""

        def ask(words: str) -> None:
            place = self._searched[2] if self._searched and self._searched[1] == words else None
            self._searched = customer_id, words, place
            asking.search(customer_id, words)

        def chosen(place: Place | None) -> None:
            if place is not None and self._searched is not None:
                self._searched = (*self._searched[:2], place)
                self.post_message(messages.PlaceRequested(place))

        self.app.push_screen(SearchHere(self.whom.name, words, ask), chosen)

    def on_hits_arrived(self, event: messages.HitsArrived) -> None:
        """Show what was found, if it is still looked for."""
        from agent_tui.tui.screens.search_here import SearchHere

        screen = self.app.screen
        if isinstance(screen, SearchHere):
            last = self._searched[2] if self._searched else None
            screen.show(event.words, event.hits, event.error, self.here, last)

    # -- copied

    def on_copy_requested(self, event: messages.CopyRequested) -> None:
        """Copy what was said or noted there; cards in it were masked on the way in."""
        self._copy_entry(event.entry)

    def _copy_entry(self, entry: Entry) -> None:
        copy_text(self.app, entry.text, "the note" if entry.kind == "note" else "the message")

    # -- opened

    def _deeds_of_entry(self, entry: Entry) -> list[Deed]:
        from agent_tui.text.links import links_in

        deeds = [Deed("y", "copy", lambda: self._copy_entry(entry))]
        links = links_in(entry.text)
        if links:
            words = "open a link in it" if len(links) == 1 else f"open one of {len(links)} links"
            deeds.append(Deed("l", words, lambda: self._choose_link(links)))
        return deeds

    def _choose_link(self, links: tuple[str, ...]) -> None:
        if len(links) == 1:
            self._ask_to_open(links[0])
            return
        from agent_tui.tui.screens.prompts import ChooseOne

        rows = [line(Span(f"  {address}"), key=address) for address in links]

        def chosen(address: str | None) -> None:
            if address is not None:
                self._ask_to_open(address, lambda: self._choose_link(links))

        self.app.push_screen(ChooseOne("Which link?", rows), chosen)

    def _ask_to_open(self, address: str, back: Callable[[], None] | None = None) -> None:
        from agent_tui.tui.screens.links import OpenLink

        async def hand_over() -> None:
            if await self.app.browse(address):
                self.app.notify(address, title="Handed to the browser", markup=False)
            else:
                copy_text(self.app, address, "no browser was found; the address")

        def answered(answer: str | None) -> None:
            if answer == "open":
                self.app.run_worker(hand_over(), group="browser", name="opening a link")
            elif answer == "copy":
                copy_text(self.app, address, "the address")
            elif back is not None:
                back()

        leaves = "leave it" if back is None else "back"
        self.app.push_screen(OpenLink(address, leaves), answered)
