"""What the keys of a script do: answer, confirm, skip, jump, end; one thing at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.values.scripts import END
from agent_tui.tui.screens.script_words import Words, asked_in_run
from agent_tui.tui.script_messages import RunMoved, RunNotMoved
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.script_lines import GO_ON, to_confirm
from agent_tui.tui.widgets.script_pane import BACK, JUMP, LEAVE, NO, OTHER, SKIP, YES
from agent_tui.tui.widgets.script_pane import END as END_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent_tui.domain.values.lines import Asked
    from agent_tui.domain.values.script_runs import RunShown
    from agent_tui.services.scripting import Scripting
    from agent_tui.tui.screens.desk_script import ScriptsOfDesk

    Work = Callable[[Scripting, int, int], RunShown]
    """Does it, in a run of that id, as it was in that version."""


class Moves:
    """The keys of the script that is on the screen."""

    def __init__(self, screen: ScriptsOfDesk) -> None:
        self._screen = screen
        self.is_moving = False
        """Whether an answer is on its way: until it is on disk no key acts, since it would be
        meant for the step that was on the screen."""
        self._asked: Asked | None = None
        self.words = Words(screen, self)

    def press(self, key: str) -> None:
        """Do what a key stands for in the open step."""
        run = self._screen.script_run
        if run is None or self.is_moving:
            return
        if run.step is None and key == GO_ON:
            self._go_beyond(run)
        elif key.isdigit():
            self._answer(run, "" if key == GO_ON else key)
        elif key == YES:
            self._still_true(run)
        elif key == NO:
            self._say_anew(run)
        elif key == OTHER:
            self._screen.choose_script()
        elif key == JUMP:
            self._choose_step(run)
        elif key == BACK:
            self._do(lambda scripting, id, version: scripting.back(id, version=version))
        elif key == SKIP:
            self._do(lambda scripting, id, version: scripting.skip(id, version=version))
        elif key == END_KEY:
            self._once_sure("End it here, as done? Opened again, it begins anew", "end")
        elif key == LEAVE:
            self._once_sure("Leave it? What was noted stays; opened again, it begins anew", "leave")

    def moved(self, *, is_done: bool) -> None:
        """What was asked for last is on disk, or was refused: keys act again."""
        self.is_moving = False
        asked, self._asked = self._asked, None
        if is_done:
            self._screen.lines.done(asked)
        else:
            self._screen.lines.not_done(asked)

    def _do(
        self,
        work: Work,
        *,
        typed: str = "",
        again: Callable[[str], None] | None = None,
        asked: Asked | None = None,
    ) -> None:
        screen, run = self._screen, self._screen.script_run
        if screen.writing is None or run is None or self.is_moving:
            return
        self.is_moving, self._asked = True, asked
        run_id, version = run.run.id, run.run.version
        screen.writing.do(
            lambda desk: RunMoved(work(desk.scripting, run_id, version)),
            lambda error: RunNotMoved(run_id, error, again),
            typed=typed,
            line_id=screen.lines.begin(asked),
        )

    def _go_beyond(self, run: RunShown) -> None:
        """On from a script that is over: to the one that follows, or back to the desk."""
        if run.continues:
            self._screen.open_script(run.continues)
        else:
            self._screen.close_script()

    # -- answers

    def _answer(self, run: RunShown, key: str) -> None:
        from agent_tui.tui.screens.script_answer import wants_words

        if run.step is not None and wants_words(run.step):
            self.words.ask(run, key)
        elif run.step is not None:
            self.chosen(run, key, "")

    def chosen(self, run: RunShown, key: str, answer: str, asked: Asked | None = None) -> None:
        """Answer the open step, with a branch or none, and with words or none."""

        def work(scripting: Scripting, run_id: int, version: int) -> RunShown:
            if key:
                return scripting.choose(run_id, key, answer, version=version)
            return scripting.go_on(run_id, answer, version=version)

        again = (lambda why: self.words.ask(run, key, answer, why)) if answer else None
        self._do(work, typed=answer, again=again, asked=asked)

    # -- what is known

    def _still_true(self, run: RunShown) -> None:
        asked = to_confirm(run)
        if asked is not None:
            about = asked.about
            self._do(
                lambda scripting, id, version: scripting.confirm(id, about, True, version=version)
            )

    def _say_anew(self, run: RunShown, words: str = "", refused: str = "") -> None:
        from agent_tui.tui.screens.asks import TypeWords

        asked = to_confirm(run)
        if asked is None:
            return
        about = asked.about
        question = asked_in_run(run, "holds", about)

        def typed(instead: str | None) -> None:
            if instead is None:
                return
            self._do(
                lambda scripting, id, version: scripting.confirm(
                    id, about, False, instead, version=version
                ),
                typed=instead,
                again=lambda why: self._say_anew(run, instead, why),
                asked=question,
            )

        hint = "What holds now, in a few words; it takes the place of what was known."
        prompt = TypeWords(asked.text, value=words, hint=hint, refused=refused, asked=question)
        self._screen.app.push_screen(prompt, typed)

    # -- elsewhere

    def _choose_step(self, run: RunShown) -> None:
        from agent_tui.tui.screens.prompts import ChooseOne

        titles = {step.id: step.title for step in run.steps} | {END: "the end"}
        been = {one.step for one in run.log if one.did in ("chose", "went_on")}
        order = [step.id for step in run.steps] + [END]
        targets = sorted(run.choices.skip_to, key=order.index)
        rows = [
            line(
                Span("  "),
                Span(titles[id]),
                right=(Span("answered", "dim"),) if id in been else (),
                key=id,
            )
            for id in targets
        ]

        def chosen(target: str | None) -> None:
            if target is not None:
                self._do(lambda scripting, id, version: scripting.jump(id, target, version=version))

        self._screen.app.push_screen(ChooseOne("Jump to which step?", rows), chosen)

    def _once_sure(self, question: str, what: str) -> None:
        """What cannot be undone is asked once more."""
        from agent_tui.tui.screens.asks import yes_or_no

        def answered(sure: bool) -> None:
            if sure and what == "end":
                self._do(lambda scripting, id, version: scripting.end(id, version=version))
            elif sure:
                self._do(lambda scripting, id, version: scripting.leave(id, version=version))

        yes_or_no(self._screen.app, question, answered)
