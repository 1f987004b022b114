"""Go through a script: each step is one unit of work, with all that it writes down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from agent_tui.domain import tables
from agent_tui.domain.rules.mark_signs import signs_in
from agent_tui.domain.rules.offers import why_not
from agent_tui.domain.values import ids
from agent_tui.domain.values.notes import SavedNote
from agent_tui.domain.values.script_runs import Did, RunListed, StepDone
from agent_tui.domain.values.scripts import END, Step
from agent_tui.errors import Refused
from agent_tui.scripts.rendering import captured
from agent_tui.scripts.walking import Walk
from agent_tui.services.bookkeeping import check_version, check_with, record_message
from agent_tui.services.conversing import make_own
from agent_tui.services.drafting import TEXT_LIMIT
from agent_tui.services.entrance import take_line, take_text
from agent_tui.services.script_keeping import standing, version
from agent_tui.services.script_scenes import Scene, moved, walked
from agent_tui.storage.queries import interactions, messages, scripts

if TYPE_CHECKING:
    from agent_tui.services.desk import Desk
    from agent_tui.storage.unit import UnitOfWork

ANSWER_LIMIT = 2_000
_PUT_TOGETHER_LIMIT = 200_000
"""More than a title, a question and an answer are, even where each letter becomes a sign."""
RESUMED_WITHIN = timedelta(days=1)
"""For how long opening a script again goes on with the run that was left open."""

_WRAPPED_UP = "this is wrapped up: reopen it first, or leave the script"
_STAYS = "what was noted here stays: correct that note, or take it back"
_NOTED = "this was noted before, and stands"
_TIME_LOST = "no due time was read from the answer, since words stand behind the time: look at it"


class Move(NamedTuple):
    """What an agent does in a run; `answer` are the customer's words."""

    did: Did
    key: str | None = None
    target: str | None = None
    answer: str = ""


class Done(NamedTuple):
    """What came of it: the note that was written, and sentences to be told."""

    saved: SavedNote | None = None
    remarks: tuple[str, ...] = ()


class Taken(NamedTuple):
    """A run in a unit of work: its row, its interaction's, and how far it has come."""

    row: tables.ScriptRun
    call: tables.Interaction | None
    walk: Walk
    log: list[StepDone]


def open_run(unit: UnitOfWork, desk: Desk, slug: str, customer_id: int, at: int | None) -> int:
    """Open a script for a customer in an interaction, if any; returns the run's id.

    Raises NotFound for no such script, and Refused where an offer may not be made or the brief
    was not read.
    """
    _check_call(unit, customer_id, at)
    unit.get(tables.Customer, customer_id)
    script = standing(unit.reader, slug)
    again = _left_open(unit, desk, script.slug, customer_id, at)
    if again is not None:
        desk.receipting.hold(unit, customer_id, at)
        return again
    call = interactions.one(unit.reader, interaction_id=at) if at is not None else None
    refusals = scripts.refusals(unit.reader, customer_id=customer_id)
    reason = why_not(script.kind, call, refusals, unit.now, desk.zone)
    if reason is not None:
        raise Refused(reason)
    row = tables.ScriptRun(
        script_id=script.id,
        receipt_id=desk.receipting.grant(unit, customer_id, at),
        agent_id=desk.agent.id,
        customer_id=customer_id,
        interaction_id=at,
        started_at=unit.now,
    )
    unit.add(row)
    record_run(unit, "script.opened", row, detail=ids.show(ids.SCRIPT, script.id))
    return row.id


def _left_open(
    unit: UnitOfWork, desk: Desk, slug: str, customer_id: int, interaction_id: int | None
) -> int | None:
    """The run of this agent to go on with: of the same script, for the same call."""
    newest = scripts.newest_open(
        unit.reader,
        slug=slug,
        agent_id=desk.agent.id,
        customer_id=customer_id,
        interaction_id=interaction_id,
    )
    is_near = newest is not None and unit.now - newest.started_at < RESUMED_WITHIN
    return newest.id if newest is not None and is_near else None


def do(unit: UnitOfWork, desk: Desk, run: RunListed, move: Move, scene: Scene | None) -> Done:
    """Do something in a run. `scene` is needed for an answer.

    Raises Refused for what cannot be done there, or by somebody else, Conflict where something
    else was done meanwhile.
    """
    taken = take(unit, desk, run, is_leaving=move.did in ("ended", "left"))
    step = taken.walk.step
    typed = take_line(unit.reader, move.answer, ANSWER_LIMIT)
    label = _label(unit, scene, step, move.key)
    answer = ": ".join(part for part in (label, typed) if part)
    answer = take_line(unit.reader, answer, _PUT_TOGETHER_LIMIT)
    after = moved(taken.walk, move.did, move.key, move.target, answer)
    move = move._replace(target=_reached(move, after))
    done = Done()
    if scene is not None and step is not None:
        log_answer(unit, desk, taken, run.script.title, answer)
        done = _note(unit, desk, run, step, scene, typed)
    elif move.did == "went_back" and any(
        one.step == move.target and one.note_id for one in taken.log
    ):
        done = Done(remarks=(_STAYS,))
    note = done.saved.id if done.saved else None
    add_step(unit, taken, move, after, step=step.id if step else END, answer=answer, note=note)
    return done


def _label(unit: UnitOfWork, scene: Scene | None, step: Step | None, key: str | None) -> str:
    """The words of the answer that was chosen, as the agent sees them."""
    if scene is None or step is None:
        return ""
    labels = (branch.label for branch in scene.shows(step).branches if branch.key == key)
    return take_line(unit.reader, next(labels, ""), ANSWER_LIMIT)


def _reached(move: Move, after: Walk) -> str | None:
    """The step to which a move without an answer led, or the end."""
    if move.did in ("skipped", "jumped"):
        return after.state.path[-1].target
    return after.state.step if move.did == "went_back" else None


def take(unit: UnitOfWork, desk: Desk, run: RunListed, *, is_leaving: bool = False) -> Taken:
    """Take a run to go on with it, behind its interaction: in the order in which all take them."""
    call = None
    if run.interaction_id is not None:
        call = unit.get(tables.Interaction, run.interaction_id)
    row = unit.get(tables.ScriptRun, run.id)
    check_version(row, run.version)
    if row.agent_id != desk.agent.id:
        raise Refused(f"this run is {run.agent}'s: open the script yourself")
    if not is_leaving:
        _check_call(unit, row.customer_id, row.interaction_id)
    log = scripts.steps(unit.reader, run_id=run.id)
    return Taken(row, call, walked(version(unit.reader, run.script), log), log)


def _check_call(unit: UnitOfWork, customer_id: int, interaction_id: int | None) -> None:
    check_with(unit, customer_id, interaction_id)
    call = None if interaction_id is None else unit.get(tables.Interaction, interaction_id)
    if call is not None and call.state == "wrapped_up":
        raise Refused(_WRAPPED_UP)


def log_answer(unit: UnitOfWork, desk: Desk, taken: Taken, title: str, answer: str) -> None:
    """Let the conversation, if there is one, read what was answered in a script, and when: one
    that was given after the end stands behind it.

    The whole is taken in anew: two clean halves may make a card number.
    """
    call = taken.call
    if call is None or not answer:
        return
    make_own(unit, call, desk.agent.id)
    row = tables.Message(
        interaction_id=call.id,
        sequence=messages.next_sequence(unit.reader, interaction_id=call.id),
        at=unit.now,
        speaker="action",
        author_id=desk.agent.id,
        text=take_line(unit.reader, f"{title} · {answer}", _PUT_TOGETHER_LIMIT),
    )
    unit.add(row)
    record_message(unit, "message.added", row.id, call.id, call.customer_id)


def _note(
    unit: UnitOfWork, desk: Desk, run: RunListed, step: Step, scene: Scene, answer: str
) -> Done:
    """Write down what a step captures, unless its answer was noted in the very same words."""
    lines = "\n".join(captured(step, scene.fields, answer))
    text = take_text(unit.reader, lines, TEXT_LIMIT)
    if not text.strip():
        return Done()
    if scripts.standing_note(unit.reader, run_id=run.id, step=step.id, text=text) is not None:
        return Done(remarks=(_NOTED,))
    saved = desk.noting.write(
        unit, text, customer_id=run.customer_id, interaction_id=run.interaction_id
    )
    lost = (_TIME_LOST,) if _loses_time(desk, text, answer) else ()
    return Done(saved, (*saved.warnings, *lost))


def _loses_time(desk: Desk, text: str, answer: str) -> bool:
    """Whether an answer says when, and a promise that was noted of it has no due time.

    No answer makes marks: behind what looks like one, a time is text like the rest.
    """
    first = next((sign.start for sign in signs_in(answer)), len(answer))
    words = " ".join(answer[:first].split())
    if not words or not any(mark.due for mark in desk.capturing.read(f"!x {words}").marks):
        return False
    return any(
        mark.kind in ("promise", "follow_up") and mark.due is None and words in mark.body
        for mark in desk.capturing.read(text).marks
    )


def add_step(
    unit: UnitOfWork,
    taken: Taken,
    move: Move,
    after: Walk,
    *,
    step: str,
    answer: str,
    note: int | None = None,
) -> None:
    """Write down what was done, and how far the run has come with it."""
    row = taken.row
    row.steps_taken += 1
    unit.add(
        tables.ScriptStep(
            run_id=row.id,
            sequence=row.steps_taken,
            step=step,
            did=move.did,
            key=move.key,
            target=move.target,
            answer=answer or None,
            note_id=note,
            at=unit.now,
        )
    )
    if not after.finished:
        row.state, row.ended_at = "open", None
    else:
        row.state, row.ended_at = "left" if move.did == "left" else "ended", unit.now
    unit.save(row)
    record_run(unit, f"script.{move.did}", row, detail=row.state)


def record_run(unit: UnitOfWork, kind: str, row: tables.ScriptRun, *, detail: str) -> None:
    """Append the event of a run. `detail` is a code, never customer text."""
    unit.record(
        kind,
        subject=ids.show(ids.RUN, row.id),
        customer_id=row.customer_id,
        interaction_id=row.interaction_id,
        detail=detail,
    )
