"""The desk's way to a script: chosen, held back until the brief was read, opened by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values import ids
from agent_tui.domain.values.lines import Asked
from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.desk_brief import BriefOfDesk
from agent_tui.tui.script_messages import (
    RunArrived,
    ScriptHeld,
    ScriptNotOpened,
    ScriptsArrived,
)
from agent_tui.tui.widgets.lines import PlainBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Key
    from textual.message import Message

    from agent_tui.domain.values.receipts import Override
    from agent_tui.domain.values.script_runs import FittingScript, RunShown
    from agent_tui.services.desk import Desk
    from agent_tui.tui.messages import BriefSeen, CustomerArrived
    from agent_tui.tui.screens.script_choice import ScriptChoice
    from agent_tui.tui.widgets.ink import Line


OVERRIDE_KEY = "o"


class ScriptGateOfDesk(BriefOfDesk):
    """Carries between the list of scripts, the brief that comes before them, and the run."""

    def __init__(self) -> None:
        super().__init__()
        self.script_run: RunShown | None = None
        """The run that is on the screen."""
        self.held: ScriptHeld | None = None
        """The script that opens once the brief was read."""
        self.scripts: ScriptsArrived | None = None
        """Which scripts there are for whoever is open."""
        self._choice: ScriptChoice | None = None
        self._opening: str | None = None
        self._words_for_it: Asked | None = None
        """The reason in words for opening it before the brief was read."""

    # -- which there are

    @property
    def about_now(self) -> tuple[int | None, int | None]:
        """For whom a script is opened now, and in which interaction."""
        call = self.brief_call if self.whom.is_opened_shown else None
        return self.whom.opened, call.id if call else None

    def on_customer_arrived(self, _event: CustomerArrived) -> None:
        """Which scripts fit may have changed; what was read meanwhile opens the one that waits."""
        self.call_after_refresh(self.look_for_scripts)

    def look_for_scripts(self) -> None:
        """Read which scripts there are for whoever is open; open the one that waits, if it may."""
        if self._choice is not None:
            self._choice.tell_whom(self.whom.name)
        customer_id, interaction_id = self.about_now
        if self.asking is None or customer_id is None or not self.whom.is_opened_shown:
            return
        if self.writing is not None and not self.writing.is_loaded:
            self.writing.warm_up()
        else:
            self.asking.scripts(customer_id, interaction_id)
        held = self.held
        if held is not None and held.customer_id == customer_id and self.is_brief_read:
            self.open_script(held.slug)

    def on_writing_loaded(self) -> None:
        """Scripts are read with what writes them."""
        self.look_for_scripts()

    @property
    def is_brief_read(self) -> bool:
        """Whether this agent had all of the brief before them that stands in it now."""
        records = self.whom.records if self.whom.is_opened_shown else None
        return records is not None and all(one.seen for one in records.brief.lines)

    def on_scripts_arrived(self, event: ScriptsArrived) -> None:
        """Show them where they were asked for, and the best one below the brief."""
        if event.customer_id != self.whom.opened:
            return
        if event.error is None:
            self.scripts = event
        self.show_script_line()
        if self._choice is not None and self.desk is not None:
            if event.error is not None:
                self._choice.fail(event.error)
            else:
                self._choice.show(event.fitting, event.open_runs, self.desk.agent.id)

    def choose_script(self) -> None:
        """Offer the scripts; what is known of them stands there at once."""
        from agent_tui.tui.screens.script_choice import ScriptChoice

        if self.whom.opened is not None and not self.whom.is_opened_shown:
            # A script is for whoever is open, and not for whom a search shows meanwhile.
            self.finder.clear()
        customer_id, interaction_id = self.about_now
        if self.asking is None or self.desk is None or customer_id is None:
            return
        choice = ScriptChoice(self.whom.name, is_read=self.is_brief_read)
        known = self.scripts
        if known is not None and known.customer_id == customer_id:
            choice.show(known.fitting, known.open_runs, self.desk.agent.id)

        def chosen(one: FittingScript | None) -> None:
            self._choice = None
            if one is not None and self.whom.opened == customer_id:
                self.open_script(one.script.slug)

        self._choice = choice
        self.app.push_screen(choice, chosen)
        self.asking.scripts(customer_id, interaction_id)

    # -- opened, or held back

    def open_script(self, slug: str) -> None:
        """Open a script for whoever is open; it waits where the brief comes first."""
        self._open(slug, lambda _desk, _customer_id, _interaction_id: None)

    def _open(
        self,
        slug: str,
        before: Callable[[Desk, int, int | None], object],
        asked: Asked | None = None,
    ) -> None:
        from agent_tui.errors import Refused

        customer_id, interaction_id = self.about_now
        if self.writing is None or customer_id is None or self._opening == slug:
            return
        self._opening = slug

        def work(desk: Desk) -> Message:
            before(desk, customer_id, interaction_id)
            try:
                run = desk.scripting.open(slug, customer_id, interaction_id)
            except Refused:
                gate = desk.receipting.gate(customer_id, interaction_id)
                if gate.is_open:
                    raise
                return ScriptHeld(slug, customer_id, interaction_id, gate.unseen)
            return RunArrived(run, is_opened=True)

        self._words_for_it = asked
        line_id = self.lines.begin(asked)
        self.writing.do(work, lambda error: ScriptNotOpened(slug, error), line_id=line_id)

    def on_script_held(self, event: ScriptHeld) -> None:
        """The brief stands in the script's place until it was read."""
        self._opening = None
        self.lines.done(self._words_for_it)
        if event.customer_id != self.whom.opened:
            return
        is_new = self.held is None or self.held.slug != event.slug
        self.hold(event)
        self.show_script_line()
        if is_new and self.app.screen is self:
            self.show_brief()
            # The line at the foot has taken rows by then.
            self.call_after_refresh(self.turn_to_unread)

    def on_brief_seen(self, event: BriefSeen) -> None:
        """The script that waited for this opens by itself."""
        if self.held is not None and self.held.customer_id == event.customer_id:
            self.open_script(self.held.slug)

    def on_script_not_opened(self, event: ScriptNotOpened) -> None:
        """Say why not."""
        self._opening = None
        self.lines.not_done(self._words_for_it)
        self.warn("The script was not opened", event.error)

    def script_opened(self) -> None:
        """What was held back is open."""
        self._opening = None
        self.lines.done(self._words_for_it)
        self.hold(None)

    def hold(self, held: ScriptHeld | None) -> None:
        """A script waits for the brief from now on, or none does."""
        self.held = held
        self.hold_brief(held is not None)

    def show_brief(self) -> None:
        """Show the brief, and let keys go there."""
        self.sidebar.read()

    def give_up_script(self) -> bool:
        """The script is not wanted after all; false where none waits, or the keys go elsewhere."""
        if self.held is None or not self.is_in_brief:
            return False
        self.hold(None)
        self.show_script_line()
        return True

    @property
    def is_in_brief(self) -> bool:
        """Whether keys go to the brief and what stands around it."""
        focused = self.focused
        return focused is not None and self.sidebar in focused.ancestors

    # -- opened all the same

    def on_key(self, event: Key) -> None:
        """While a script waits, one key of the brief opens it all the same."""
        if event.character == OVERRIDE_KEY and self.held is not None and self.is_in_brief:
            event.stop()
            event.prevent_default()
            self.override_gate()

    def override_gate(self) -> None:
        """Ask for the reason, and open the script that waits."""
        from agent_tui.tui.screens.script_override import ask_why

        held = self.held
        if held is None:
            return
        if held.interaction_id is not None:
            subject = ids.show(ids.INTERACTION, held.interaction_id)
        else:
            subject = ids.show(ids.CUSTOMER, held.customer_id)
        asked = Asked(subject, "override")

        def chosen(code: Override, words: str | None) -> None:
            def override(desk: Desk, customer_id: int, interaction_id: int | None) -> object:
                return desk.receipting.override(customer_id, interaction_id, code, words)

            if self.held is held:
                self._open(held.slug, override, asked)

        ask_why(self.app, asked, chosen)

    # -- the line at the foot of the context

    def show_script_line(self) -> None:
        """Say at the foot of the brief which script waits, is open, or fits best."""
        cells = max(20, self.sidebar.size.width)
        rows = self._script_rows(cells)
        found = self.sidebar.query("#script-line")
        if not found and not rows:
            return
        bar = found.first(PlainBar) if found else PlainBar(id="script-line")
        if not found:
            self.sidebar.mount(bar)
        bar.display = bool(rows)
        bar.styles.height = max(1, len(rows))
        bar.show(*rows)

    def _script_rows(self, cells: int) -> list[Line]:
        if self.desk is None or self.whom.opened is None or not self.whom.is_opened_shown:
            return []
        from agent_tui.tui.widgets.script_foot import best_rows, held_rows, open_row

        key = key_name(self.app.keys.keys["script"][0])
        if self.held is not None:
            return held_rows(self._title_of(self.held.slug), OVERRIDE_KEY, cells)
        if self.script_run is not None:
            # Where it has its own frame below, that says it.
            return [] if self.has_class("-tall") else [open_row(self.script_run, key)]
        known = self.scripts
        if known is None or known.customer_id != self.whom.opened or self.call is None:
            return []
        theirs = [run for run in known.open_runs if run.agent_id != self.desk.agent.id]
        return best_rows(known.fitting, theirs, key, is_read=self.is_brief_read)

    def _title_of(self, slug: str) -> str:
        fitting = self.scripts.fitting if self.scripts is not None else ()
        return next((one.script.title for one in fitting if one.script.slug == slug), slug)
