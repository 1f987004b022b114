"""Confirm in a script what is known of a customer, instead of asking for it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent_tui.domain.rules.mark_signs import escaped
from agent_tui.domain.rules.marks import FACT_KINDS
from agent_tui.domain.values.script_runs import RunListed
from agent_tui.domain.values.scripts import ShownLine
from agent_tui.errors import BadInput, Refused
from agent_tui.services.entrance import take_line
from agent_tui.services.fact_changes import confirm_fact, replace_fact
from agent_tui.services.script_scenes import Scene
from agent_tui.services.script_steps import (
    ANSWER_LIMIT,
    Done,
    Move,
    add_step,
    log_answer,
    take,
)
from agent_tui.storage.queries import scripts

if TYPE_CHECKING:
    from agent_tui.domain.values.scripts import Step
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

YES = "yes"
_FACT = "fact."
_BY_HAND = "this was noted: their own record stays as it is until somebody changes it there"


def confirm(
    unit: UnitOfWork,
    desk: Desk,
    run: RunListed,
    scene: Scene,
    about: str,
    instead: str | None,
) -> Done:
    """Say of what the open step asks to confirm whether it holds: `instead` is what does now, None
    where it is still true. The step stays open. `prefers` is short for `fact.prefers`, as it is in
    scripts."""
    about = f"{_FACT}{about}" if about in FACT_KINDS else about
    taken = take(unit, desk, run)
    step = taken.walk.step
    line = _line(scene, step, about) if step is not None else None
    if step is None or line is None:
        raise Refused(f"nothing is to be confirmed here about `{about}`")
    words = take_line(unit.reader, instead or "", ANSWER_LIMIT)
    if instead is not None and not words:
        raise BadInput("say what holds now")
    log_answer(unit, desk, taken, run.script.title, f"{line.text} {words or YES}".strip())
    done = Done()
    if about.startswith(_FACT):
        _change_fact(unit, run, about.removeprefix(_FACT), words or None)
    elif words:
        text = f"{line.text} {words}".strip()
        saved = desk.noting.write(
            unit,
            escaped(text),
            customer_id=run.customer_id,
            interaction_id=run.interaction_id,
        )
        done = Done(saved, (*saved.warnings, _BY_HAND))
    add_step(
        unit,
        taken,
        Move("replaced" if words else "confirmed", target=about),
        taken.walk,
        step=step.id,
        answer=words or YES,
        note=done.saved.id if done.saved else None,
    )
    return done


def _line(scene: Scene, step: Step, about: str) -> ShownLine | None:
    lines = scene.shows(step).lines
    return next((one for one in lines if one.kind == "confirm" and one.about == about), None)


def _change_fact(unit: UnitOfWork, run: RunListed, kind: str, instead: str | None) -> None:
    """The fact that scripts say, the newest of its kind, holds, or another one in its place."""
    fact_id = scripts.newest_fact(unit.reader, customer_id=run.customer_id, kind=kind)
    if fact_id is None:
        raise Refused("this is no longer known: ask for it")
    if instead is None:
        confirm_fact(unit, fact_id)
    else:
        replace_fact(unit, fact_id, instead, interaction_id=run.interaction_id)
