"""Call scripts: keep them, find the one that fits, and go through it with a customer.

A run cannot begin before its agent had the customer's brief in front of them (`receipting`); the
database refuses it as well. A run is its agent's own: a colleague who takes the conversation over
opens the script for themselves, on a brief that they have read. Neither a wrap-up nor a hand-over
closes a run that was left open; it stays listed until its agent goes on with it, or leaves it.
While its interaction is wrapped up it can only be left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent_tui.domain.rules.offers import matches, why_not
from agent_tui.domain.values.script_runs import (
    FittingScript,
    RunListed,
    RunShown,
    ScriptListed,
    TakenIn,
)
from agent_tui.domain.values.scripts import Problem, Script, ShownStep
from agent_tui.errors import BadInput, Conflict, Refused
from agent_tui.services import (
    script_confirming,
    script_judging,
    script_keeping,
    script_scenes,
    script_steps,
)
from agent_tui.services.script_judging import File
from agent_tui.services.script_steps import Move
from agent_tui.storage.queries import interactions, scripts

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk

SHOWN = 200
"""How many runs a list holds at most."""


class Scripting:
    """Keeps scripts, and leads through them.

    What goes on with a run takes the `version` that was on the screen, if any, and raises Conflict
    where something was done in it since.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def standing(self) -> tuple[ScriptListed, ...]:
        """The scripts that can be opened, by title."""
        return _by_title(scripts.standing(self._desk.store.reader()))

    def every(self) -> tuple[ScriptListed, ...]:
        """The newest version of every script, retired ones too, by title."""
        return _by_title(scripts.newest(self._desk.store.reader()))

    def fitting(
        self, customer_id: int, interaction_id: int | None = None
    ) -> tuple[FittingScript, ...]:
        """The scripts that can be opened, those first that have most in common with what the
        customer came for; each says why it has to wait, if it has to. Raises Refused where the
        interaction is with somebody else.
        """
        desk, reader = self._desk, self._desk.store.reader()
        with reader.snapshot():
            kept = scripts.standing(reader)
            refusals = scripts.refusals(reader, customer_id=customer_id)
            call = interactions.one(reader, interaction_id=interaction_id or 0)
        if interaction_id is not None and (call is None or call.customer_id != customer_id):
            raise Refused("that interaction is with somebody else")
        now = desk.clock()
        found = [
            FittingScript(
                script,
                matches(script.topics, script.fits, call),
                why_not(script.kind, call, refusals, now, desk.zone),
            )
            for script in _by_title(kept)
        ]
        return tuple(sorted(found, key=lambda one: -len(one.matches)))

    def check(self, files: Sequence[File]) -> tuple[tuple[Problem, ...], ...]:
        """What is wrong with each of some files, by line. They may lead to one another, and to the
        scripts that are kept."""
        judged = script_judging.judge(self._desk.store.reader(), files)
        return tuple(one.problems for one in judged)

    def take_in(self, text: str | bytes, name: str) -> TakenIn:
        """Take a script in from a file called `name`, without its ending; see `take_in_all`."""
        return self.take_in_all([(name, text)])[0]

    def take_in_all(self, files: Sequence[File]) -> tuple[TakenIn, ...]:
        """Take scripts in, which may lead to one another; says what became of each.

        One with errors is rejected, with all that is wrong with it. One that reads as its newest
        version does changes nothing; otherwise it is the next version, and the one before it is
        retired. Raises Refused for an agent without the role of lead or admin.
        """
        judged = script_judging.judge(self._desk.store.reader(), files)
        with self._desk.writing() as unit:
            script_keeping.only_leads(unit)
            return tuple(script_keeping.take_in(unit, one) for one in judged)

    def retire(self, slug: str) -> None:
        """Let a script be opened no more; runs that are open go on. Raises NotFound, or Refused
        for an agent without the role of lead or admin."""
        with self._desk.writing() as unit:
            script_keeping.only_leads(unit)
            script_keeping.set_retired(unit, slug, is_retired=True)

    def restore(self, slug: str) -> None:
        """Let the newest version of a retired script be opened again. Raises as `retire`."""
        with self._desk.writing() as unit:
            script_keeping.only_leads(unit)
            script_keeping.set_retired(unit, slug, is_retired=False)

    def read(self, text: str | bytes, name: str) -> Script:
        """A script from a file called `name`, without its ending. Raises BadInput."""
        [judged] = script_judging.judge(self._desk.store.reader(), [(name, text)])
        if judged.script is None:
            raise BadInput(f"{name}: {judged.problems[0].message}")
        return judged.script

    def kept(self, slug: str) -> Script:
        """The newest version of a script that is kept, retired or not. Raises NotFound."""
        reader = self._desk.store.reader()
        return script_keeping.version(reader, script_keeping.one_of_slug(reader, slug))

    def to_open(self, slug: str) -> ScriptListed:
        """The script that `open` would open. Raises NotFound, or Refused for a retired one."""
        return script_keeping.standing(self._desk.store.reader(), slug)

    def preview(self, script: Script, customer_id: int | None = None) -> tuple[ShownStep, ...]:
        """All steps of a script, filled in for a customer, or else with the names of fields.

        Filled in, it is for those who write scripts: Refused for an agent, who opens it instead.
        """
        if customer_id is None:
            blank = script_scenes.Scene({}, frozenset(), None, None)
            return tuple(blank.shows(step, verified=True) for step in script.steps)
        if self._desk.opening.me().role == "agent":
            raise Refused("a preview with a customer is for who writes scripts: open the script")
        around = script_scenes.scene(self._desk, customer_id, None)
        return tuple(around.shows(step, verified=True) for step in script.steps)

    def open(self, slug: str, customer_id: int, interaction_id: int | None = None) -> RunShown:
        """Open a script for a customer, in an interaction or in none.

        Goes on with a run of it that was left open in the same interaction within a day.
        Raises NotFound for no such script, and Refused where an offer may not be made, or the
        brief was not read: nothing is left behind then.
        """
        with self._desk.writing() as unit:
            run_id = script_steps.open_run(unit, self._desk, slug, customer_id, interaction_id)
        return self.run(run_id)

    def run(self, run_id: int) -> RunShown:
        """A run, as it stands now, whoever's it is. Raises NotFound."""
        return script_scenes.shown(self._desk, run_id)

    def runs_of(self, customer_id: int) -> tuple[RunListed, ...]:
        """The runs of scripts with a customer, newest first, 200 at most."""
        reader = self._desk.store.reader()
        return tuple(scripts.runs_of(reader, customer_id=customer_id, limit=SHOWN))

    def open_runs(self, interaction_id: int) -> tuple[RunListed, ...]:
        """The runs that were left open in an interaction, newest first, whoever's they are."""
        reader = self._desk.store.reader()
        return tuple(scripts.open_on(reader, interaction_id=interaction_id, limit=SHOWN))

    def choose(
        self, run_id: int, key: str, answer: str = "", *, version: int | None = None
    ) -> RunShown:
        """Answer the open step with one of its keys, and perhaps in words, and go on.

        The conversation reads the answer; what the step captures becomes a note, with its records.
        Raises Refused for a key that the step does not have.
        """
        return self._do(run_id, Move("chose", key, answer=answer), version)

    def go_on(self, run_id: int, answer: str = "", *, version: int | None = None) -> RunShown:
        """Go on from a step without keys, with or without an answer; otherwise as `choose`."""
        return self._do(run_id, Move("went_on", answer=answer), version)

    def skip(self, run_id: int, *, version: int | None = None) -> RunShown:
        """Leave the open step without an answer: nothing is captured."""
        return self._do(run_id, Move("skipped"), version)

    def jump(self, run_id: int, step: str, *, version: int | None = None) -> RunShown:
        """Go to another step, `end` among them, without an answer. In a fixed order Refused for
        steps that the open one does not lead to."""
        return self._do(run_id, Move("jumped", target=step), version)

    def back(self, run_id: int, *, version: int | None = None) -> RunShown:
        """Open the step before again. What was answered and noted stays, and that is said."""
        return self._do(run_id, Move("went_back"), version)

    def confirm(
        self,
        run_id: int,
        about: str,
        still_true: bool,
        text: str | None = None,
        *,
        version: int | None = None,
    ) -> RunShown:
        """Say of something known, a field such as `fact.prefers`, whether it still holds.

        What does is as good as said today. What does not needs the words that hold now, which take
        its place. Raises Refused for what the open step does not ask to confirm, BadInput for no
        words.
        """
        run = self._run(run_id, version)
        around = script_scenes.scene(self._desk, run.customer_id, run.interaction_id)
        with self._desk.writing() as unit:
            done = script_confirming.confirm(
                unit, self._desk, run, around, about, None if still_true else text or ""
            )
        return script_scenes.shown(self._desk, run_id, saved=done.saved, remarks=done.remarks)

    def end(self, run_id: int, *, version: int | None = None) -> RunShown:
        """The script has done what it was for: end the run here."""
        return self._do(run_id, Move("ended"), version)

    def leave(self, run_id: int, *, version: int | None = None) -> RunShown:
        """Give the run up. What was answered and noted stays."""
        return self._do(run_id, Move("left"), version)

    def _do(self, run_id: int, move: Move, version: int | None) -> RunShown:
        run, around = self._run(run_id, version), None
        if move.did in ("chose", "went_on"):
            around = script_scenes.scene(self._desk, run.customer_id, run.interaction_id)
        with self._desk.writing() as unit:
            done = script_steps.do(unit, self._desk, run, move, around)
        return script_scenes.shown(self._desk, run_id, saved=done.saved, remarks=done.remarks)

    def _run(self, run_id: int, version: int | None) -> RunListed:
        run = script_scenes.listed(self._desk.store.reader(), run_id)
        if version is not None and run.version != version:
            raise Conflict("something else was done in this script first: look again, then repeat")
        return run


def _by_title(found: list[ScriptListed]) -> tuple[ScriptListed, ...]:
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.slug)))
