"""The desk's script on the screen: where it stands, and what stands there beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.tui.actions import key_name
from agent_tui.tui.screens.connected import VERIFY_KEY
from agent_tui.tui.screens.desk_note_deeds import NoteDeedsOfDesk
from agent_tui.tui.screens.desk_script_gate import ScriptGateOfDesk

if TYPE_CHECKING:
    from agent_tui.domain.values.script_runs import RunShown
    from agent_tui.tui.messages import NoteSaved, NoteTakenBack
    from agent_tui.tui.widgets.script_pane import ScriptPanel

OPEN_CLASS, BRIEF_CLASS = "-script", "-brief"
"""Of the screen: a script stands in it; where there is room for one alone, the brief does."""


class ScriptPaneOfDesk(NoteDeedsOfDesk, ScriptGateOfDesk):
    """Shows a run below the brief, or in its place where the screen is low."""

    def __init__(self) -> None:
        super().__init__()
        self.run_said: tuple[str, ...] = ()
        """What came of what was done last in the run, each behind a glyph."""
        self.run_note: tuple[int, str] | None = None
        """The note that this made, if it stands, and what it made."""

    @property
    def is_in_script(self) -> bool:
        """Whether keys go to the script."""
        return self.focused is not None and self.focused.id == "script-lines"

    @property
    def script_panel(self) -> ScriptPanel | None:
        """Where it stands, once one was opened."""
        if not self.query("#script"):
            return None
        from agent_tui.tui.widgets.script_pane import ScriptPanel

        return self.query_one(ScriptPanel)

    async def show_script(self, run: RunShown) -> None:
        """Show a run in its place, which is made when it is first needed."""
        self.script_run = run
        if self.script_panel is None:
            from agent_tui.tui.widgets.script_pane import ScriptPanel

            panel = ScriptPanel(id="script")
            await self.query_one("#right").mount(panel)
            panel.pane.pressed = self.script_pressed
        self.show_in_panel(run)
        self.settle_script()
        self.show_urgent()
        self.show_script_line()

    def script_pressed(self, key: str) -> bool:
        """Something was typed in the script; tells whether it was for that."""
        raise NotImplementedError

    def close_script(self) -> None:
        """Show no script any more; a run that is open stays open."""
        had_focus = self.is_in_script
        self.script_run, self.run_said, self.run_note = None, (), None
        self.uncover_script()
        if had_focus:
            self.conversation.pane.focus()
        self.show_script_line()
        self.look_for_scripts()

    def settle_script(self) -> None:
        """The script stands there while there is one, and none waits for the brief."""
        self.set_class(self.script_run is not None and self.held is None, OPEN_CLASS)

    def uncover_script(self) -> None:
        """Where there is room for one alone, the script stands there again."""
        self.remove_class(BRIEF_CLASS)
        self.settle_script()

    def go_to_script(self) -> None:
        """Let keys go to the script; what is owed stands in sight beside it, wherever the brief was
        read to."""
        self.uncover_script()
        if self.script_panel is not None:
            self.sidebar.brief.to_top()
            self.script_panel.pane.focus()

    def show_brief(self) -> None:
        """Show the brief, where a script covers it, too, and let keys go there."""
        self.add_class(BRIEF_CLASS)
        self.settle_script()
        super().show_brief()

    @property
    def is_free(self) -> bool:
        """Whether keys may go elsewhere by themselves: nobody is typing, nothing is asked."""
        is_typing = self.note_line.is_written_in or self.conversation.composer.is_written_in
        return self.app.screen is self and not is_typing and not self.finder.query_text

    def keys_of_run(self, run: RunShown) -> dict[str, str]:
        """What can be done in a run now, by key."""
        from agent_tui.tui.widgets.script_pane import keys_of

        return keys_of(run, is_mine=self._is_own_run(run))

    def show_in_panel(self, run: RunShown) -> None:
        """Show how a run stands now, and what has changed around it."""
        from agent_tui.tui.screens.script_notices import notices_of

        panel, known, records = self.script_panel, self.scripts, self.whom.records
        if panel is None:
            return
        calls = records.dossier.interactions if records is not None else ()
        fitting = known.fitting if known is not None else ()
        notices = notices_of(run, fitting, calls, is_mine=self._is_own_run(run))
        keys = self.app.keys.keys
        panel.show_run(
            run,
            notices=(*self._noted(), *self.run_said, *notices),
            keys=self.keys_of_run(run),
            verify_key=f"{key_name(keys['call_menu'][0])} {VERIFY_KEY}",
            here_key=key_name(keys["script"][0]),
        )

    def _noted(self) -> tuple[str, ...]:
        """What was noted last, with the key that undoes it while it would undo just that."""
        if self.run_note is None:
            return ()
        note_id, made = self.run_note
        is_last = self.would_take_back(note_id) and not self.note_line.is_written_in
        return (self.said_of_note(made) if is_last else f"¶ {made}",)

    def said_of_note(self, made: str) -> str:
        """What a note made, and the key that undoes it."""
        return f"¶ {made} · {key_name(self.app.keys.keys['undo_note'][0])} undoes it"

    def _show_noted_again(self) -> None:
        if self.run_note is not None and self.script_run is not None:
            self.show_in_panel(self.script_run)

    def on_note_saved(self, _event: NoteSaved) -> None:
        """The key that takes the last note back means another one."""
        self.call_after_refresh(self._show_noted_again)

    def on_note_taken_back(self, event: NoteTakenBack) -> None:
        """What was noted in the run may be gone."""
        if self.run_note is not None and self.run_note[0] == event.note_id:
            self.run_note = None
        if self.script_run is not None:
            self.call_after_refresh(self.show_in_panel, self.script_run)

    def on_descendant_focus(self) -> None:
        """In the note line that key undoes the typing."""
        self._show_noted_again()

    def say_in_script(self, words: str) -> None:
        """Say in the frame of the script that something is wrong with it."""
        if self.script_panel is not None:
            self.script_panel.remark(words, urgent=True)

    def show_urgent(self) -> None:
        """What is urgent in the brief stands above the script where the brief itself does not."""
        panel, records = self.script_panel, self.whom.records
        if panel is not None and records is not None and self.whom.is_opened_shown:
            panel.show_urgent(records.brief.lines, are_shown=self.has_class("-short"))

    def _is_own_run(self, run: RunShown) -> bool:
        return self.desk is not None and run.run.agent_id == self.desk.agent.id
