"""The desk's script: gone through step by step beside the conversation."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from agent_tui.errors import Conflict
from agent_tui.tui.screens.deeds import Act, Deed
from agent_tui.tui.screens.desk_script_pane import ScriptPaneOfDesk
from agent_tui.tui.screens.sheets import Sheet, Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent_tui.domain.values.script_runs import RunShown
    from agent_tui.domain.values.today import OpenScript
    from agent_tui.tui.messages import ChangesHeard, CustomerArrived
    from agent_tui.tui.screens.script_moves import Moves
    from agent_tui.tui.script_messages import (
        RunArrived,
        RunFailed,
        RunMoved,
        RunNotMoved,
        ScriptsArrived,
    )
    from agent_tui.tui.widgets.script_pane import ScriptKey


class ScriptsOfDesk(ScriptPaneOfDesk):
    """Carries between the pane of the script and the run behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.deeds.add("script", self._deeds_of_left_open)

    @cached_property
    def moves(self) -> Moves:
        """What its keys do."""
        from agent_tui.tui.screens.script_moves import Moves

        return Moves(self)

    # -- actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works right now; those that do not are not shown."""
        if action == "script":
            return self.whom.opened is not None
        return super().check_action(action, parameters)

    def action_script(self) -> None:
        """Go to what waits, to the script that is open and back, or choose one."""
        if self.held is not None:
            if self.is_in_brief:
                self.override_gate()
            else:
                self.show_brief()
        elif self.is_in_script:
            self.conversation.pane.focus()
        elif self.script_run is not None:
            self.go_to_script()
        else:
            self.choose_script()

    def action_brief(self) -> None:
        """Go to the brief, where a script covers it, too."""
        self.show_brief()

    def action_act(self) -> None:
        """In the script, what can be done in it."""
        run = self.script_run
        if run is None or not self.is_in_script:
            super().action_act()
            return
        deeds = [
            Deed(key, words, lambda key=key: self.moves.press(key))  # type: ignore[misc]
            for key, words in self.keys_of_run(run).items()
        ]
        deeds += self.undo_deeds()
        if deeds:
            self.offer(run.run.script.title, deeds)

    def _deeds_of_left_open(self, one: OpenScript) -> Sequence[Deed]:
        act = Act(f"left: {one.title}", lambda desk: desk.scripting.leave(one.run_id))
        return (Deed("l", "leave it: what was noted in it stays", lambda: self.do(act)),)

    def on_script_key(self, event: ScriptKey) -> None:
        """A line of the script was clicked."""
        self.moves.press(event.key)

    def script_pressed(self, key: str) -> bool:
        """A number answers the step; a letter begins words."""
        return self.moves.words.typed(key)

    # -- what is on the screen

    async def on_run_arrived(self, event: RunArrived) -> None:
        """Show a run, if it is about whoever is open; go there where it was just asked for."""
        run, shown = event.run, self.script_run
        if event.is_opened:
            self.script_opened()
        is_shown = shown is not None and shown.run.id == run.run.id
        if not (event.is_opened or is_shown or self._is_to_resume(run)):
            return
        if run.run.customer_id != self.whom.opened:
            return
        if shown is None or not is_shown:
            self.run_said, self.run_note = (), None
        elif run.run.version < shown.run.version:
            return
        await self.show_script(run)
        if event.is_opened:
            self.uncover_script()
            if self.is_free:
                if self.is_in_brief:
                    self.moves.words.come_from_brief()
                self.go_to_script()

    def _is_to_resume(self, run: RunShown) -> bool:
        """Whether a run belongs into the empty place of the script: not one that was closed while
        it was read, nor one of another call."""
        is_open = self.script_run is None and run.run.state == "open"
        return is_open and run.run.interaction_id == self.about_now[1]

    async def on_run_moved(self, event: RunMoved) -> None:
        """Show the step that is open now, and what was made of the answer."""
        from agent_tui.tui.screens.desk_notes import made_of

        self.moves.moved(is_done=True)
        run, shown = event.run, self.script_run
        noted: tuple[int, str] | None = None
        said: list[str] = []
        if run.saved is not None:
            saved = run.saved
            name = self.whom.name if self.whom.opened == saved.customer_id else ""
            subject = Subject(saved.customer_id, saved.interaction_id, name)
            self.last_note = saved.id, Sheet(subject)
            noted = saved.id, made_of(saved).removeprefix(" · ") or "noted"
        said.extend(f"· {remark}" for remark in run.remarks)
        if shown is None or shown.run.id != run.run.id:
            if noted is not None:
                said.insert(0, self.said_of_note(noted[1]))
            if said:
                self.app.notify("\n".join(said), markup=False)
            return
        self.run_said, self.run_note = tuple(said), noted
        if run.run.state == "left":
            self.close_script()
        else:
            await self.show_script(run)

    def on_run_not_moved(self, event: RunNotMoved) -> None:
        """Say why not, and ask again for what was typed; look again where it has changed."""
        self.moves.moved(is_done=False)
        if event.again is not None and not isinstance(event.error, Conflict):
            event.again(event.error.message)
            return
        self.warn("Not done in the script", event.error)
        if self.asking is not None:
            self.asking.run(event.run_id)

    def on_run_failed(self, event: RunFailed) -> None:
        """The script cannot be read: say so where it stands."""
        shown = self.script_run
        if shown is None or shown.run.id != event.run_id:
            self.warn("The script cannot be read", event.error)
        else:
            self.say_in_script(event.error.message)

    def on_scripts_arrived(self, event: ScriptsArrived) -> None:
        """A run that was left open in this conversation is taken up again."""
        if self.asking is None or self.desk is None or event.customer_id != self.whom.opened:
            return
        mine = [run for run in event.open_runs if run.agent_id == self.desk.agent.id]
        if self.script_run is None and mine:
            self.asking.run(mine[0].id)
        elif self.script_run is not None:
            self.show_in_panel(self.script_run)

    def on_changes_heard(self, event: ChangesHeard) -> None:
        """Who was verified, or what is known, changes what a step says."""
        run = self.script_run.run if self.script_run is not None else None
        if run is None or self.asking is None:
            return
        if any(
            run.customer_id == one.customer_id or run.interaction_id == (one.interaction_id or 0)
            for one in event.changes
            if not one.kind.startswith("message.")
        ):
            self.asking.run(run.id)

    def on_customer_arrived(self, _event: CustomerArrived) -> None:
        """What is urgent stands above the script, too."""
        self.call_after_refresh(self.show_urgent)

    def on_resize(self) -> None:
        """There is room for other words."""
        self.call_after_refresh(self.show_urgent)
        self.call_after_refresh(self.show_script_line)

    def show_calls(self) -> None:
        """Whom the desk is about may be somebody else now: their script is not."""
        super().show_calls()
        opened = self.whom.opened
        if self.held is not None and self.held.customer_id != opened:
            self.hold(None)
        if self.script_run is not None and self.script_run.run.customer_id != opened:
            self.close_script()
        elif opened is None:
            self.show_script_line()

    def show_call(self) -> None:
        """Another call is on the screen: the script of the one before is not."""
        super().show_call()
        run, (_customer_id, call_id) = self.script_run, self.about_now
        if run is not None and call_id and run.run.interaction_id not in (None, call_id):
            self.close_script()
