"""What is taken out of a conversation: found, copied, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui import messages
from agent_tui.tui.clipboard import copy_text
from agent_tui.tui.screens.deeds import Deed
from agent_tui.tui.screens.desk_deeds import DeedsOfDesk
from agent_tui.tui.screens.searching import Searching
from agent_tui.tui.widgets.ink import Span, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.conversation import Entry


class CopyingOfDesk(DeedsOfDesk):
    """Searches a conversation, copies what is chosen in it, opens a link on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self._searching = Searching()
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
        from agent_tui.domain.values.conversation import Whose

        customer_id, asking = self.whom.opened, self.asking
        if customer_id is not None and asking is not None:
            self._searching.open(
                self.app,
                asking,
                Whose(customer_id),
                self.whom.name,
                lambda place: self.post_message(messages.PlaceRequested(place)),
            )

    def on_hits_arrived(self, event: messages.HitsArrived) -> None:
        """Show what was found, if it is still looked for."""
        self._searching.show(self.app, event, self.here)

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
