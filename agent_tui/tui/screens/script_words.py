"""Words that are typed in a script: the answer to its step, or else a note."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from agent_tui.domain.values import ids
from agent_tui.domain.values.ids import new_id
from agent_tui.domain.values.lines import Asked
from agent_tui.text.cells import cut
from agent_tui.tui.screens.deeds import Act
from agent_tui.tui.widgets.ink import Span, line
from agent_tui.tui.widgets.script_lines import ANSWER, GO_ON
from agent_tui.tui.widgets.script_pane import ENTER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agent_tui.domain.values.script_runs import RunShown
    from agent_tui.services.desk import Desk
    from agent_tui.tui.screens.desk_script import ScriptsOfDesk
    from agent_tui.tui.screens.script_answer import TypeAnswer
    from agent_tui.tui.screens.script_moves import Moves

_SAID = 40
_READING = {"j": 1, "k": -1}


def asked_in_run(run: RunShown, question: str, what: str) -> Asked:
    """What is asked in a run of a script; `what` tells it from the rest of that run."""
    return Asked(ids.show(ids.RUN, run.run.id), f"{question}.{crc32(what.encode()):08x}")


class Words:
    """The boxes in which words are typed over a script."""

    def __init__(self, screen: ScriptsOfDesk, moves: Moves) -> None:
        self._screen = screen
        self._moves = moves
        self._box: TypeAnswer | None = None
        self._read_with: str | None = None
        """The keys that went on reading here, while they may be meant for the brief."""

    def come_from_brief(self) -> None:
        """The script took the keys by itself: those that read on in the brief read on in it."""
        self._read_with = ""

    def _reads_on(self, key: str) -> bool:
        panel = self._screen.script_panel
        if self._read_with is None or key not in _READING or panel is None:
            return False
        self._read_with += key
        panel.pane.scroll_relative(y=_READING[key], animate=False)
        return True

    def typed(self, key: str) -> bool:
        """Something was typed: a number answers, a letter begins words, and whatever is typed on
        goes into the box that is open. A letter that acts does so alone, with Enter behind it.
        Tells whether it was for the script."""
        box, run = self._box, self._screen.script_run
        if box is not None and self._screen.app.screen is box:
            box.hand(key)
            return True
        key = GO_ON if key == ENTER else key
        if not (key.isdigit() or key.isalpha()):
            return False
        if self._reads_on(key):
            return True
        # One such letter may have been the first of a word.
        begun = (
            key if self._read_with is None or len(self._read_with) != 1 else self._read_with + key
        )
        self._read_with = None
        if key.isdigit():
            if run is not None and key in self._screen.keys_of_run(run):
                self._moves.press(key)
        elif run is not None and self._screen.app.screen is self._screen:
            from agent_tui.tui.screens.script_answer import wants_words

            can_answer = (
                bool(run.choices.keys or run.choices.can_go_on) and not self._moves.is_moving
            )
            if run.step is not None and can_answer and wants_words(run.step):
                self.ask(run, "", begun=begun)
            else:
                self._note(run, begun)
        return True

    def _note(self, run: RunShown, begun: str, words: str = "", refused: str = "") -> None:
        """Words that the step does not ask for are a note."""
        from agent_tui.tui.screens.script_answer import noted

        screen, asked = self._screen, asked_in_run(run, "said", "")
        customer_id, call_id = run.run.customer_id, run.run.interaction_id

        def take(answer: str) -> None:
            note_id = new_id()
            text = noted((ANSWER,), answer)

            def save(desk: Desk) -> None:
                about = None if call_id else customer_id
                desk.noting.save(text, note_id=note_id, customer_id=about, interaction_id=call_id)

            if answer.strip():
                screen.do(
                    Act(
                        f"noted: {cut(answer, _SAID)}",
                        save,
                        lambda desk: desk.noting.undo(note_id),
                        typed=answer,
                        again=lambda why: self._note(run, "", answer, why),
                        asked=asked,
                    )
                )

        title = run.step.title if run.step is not None else run.run.script.title
        hint = "This step asks for no words: they become a note. Alone, a letter does more."
        self._open_box(run, f"Note · {title}", (ANSWER,), asked, take, hint, begun, words, refused)

    def ask(
        self, run: RunShown, key: str, words: str = "", refused: str = "", begun: str = ""
    ) -> None:
        """Ask for the words of an answer, to a branch or to none yet."""
        from agent_tui.tui.screens.script_answer import captures_of, question_of

        step = run.step
        if step is None:
            return
        asked = asked_in_run(run, "script", f"{step.id} {key}")

        def take(answer: str) -> None:
            if key or not step.branches:
                self._moves.chosen(run, key, answer, asked)
            elif answer.strip():
                self._choose_branch(run, answer, asked)

        label = next((one.label for one in step.branches if one.key == key), "")
        question = f"{label}: {question_of(step)}" if label else question_of(step)
        hint = "The answer is written down. Enter without words goes on."
        self._open_box(run, question, captures_of(step), asked, take, hint, begun, words, refused)

    def _choose_branch(self, run: RunShown, answer: str, asked: Asked) -> None:
        """Words came first: which of the answers are they?"""
        from agent_tui.tui.screens.prompts import ChooseOne

        branches = run.step.branches if run.step is not None else ()
        rows = [line(Span(f"  {one.key}  {one.label}"), key=one.key) for one in branches]

        def chosen(key: str | None) -> None:
            if key is None:
                self.ask(run, "", answer)
            else:
                self._moves.chosen(run, key, answer, asked)

        self._screen.app.push_screen(ChooseOne(f"Which answer is that? {answer}", rows), chosen)

    def _open_box(
        self,
        run: RunShown,
        question: str,
        captures: Sequence[str],
        asked: Asked,
        take: Callable[[str], None],
        hint: str,
        begun: str,
        words: str,
        refused: str,
    ) -> None:
        """Ask for words that begin with what was pressed; `take` gets them. A letter that acts is
        no answer where it stands alone."""
        from agent_tui.tui.screens.script_answer import TypeAnswer
        from agent_tui.tui.widgets.note_preview import Reader

        screen = self._screen
        desk = screen.desk
        if desk is None:
            return
        keys = screen.keys_of_run(run) if begun else {}
        does = {key: said for key, said in keys.items() if key.isalpha()}

        def answered(answer: str | None) -> None:
            self._box = None
            if answer is None:
                return
            if answer.strip() in does:
                screen.lines.end(asked)
                self._moves.press(answer.strip())
            else:
                take(answer)

        self._box = TypeAnswer(
            question,
            captures,
            lambda text: desk.capturing.read(text),
            Reader(screen.here, desk.agent.name, agents={}),
            value=words,
            refused=refused,
            asked=asked,
            hint=hint,
            does=does,
        )
        if begun:
            for letter in begun:
                self._box.hand(letter)
        screen.app.push_screen(self._box, answered)
