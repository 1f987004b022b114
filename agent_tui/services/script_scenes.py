"""What a script's steps are filled in with, and a run as its agent sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent_tui.domain.rules.fields import fields_for, fresh_in
from agent_tui.domain.rules.templates import Fields
from agent_tui.domain.values.people import Interaction
from agent_tui.domain.values.script_runs import Did, RunListed, RunShown, StepDone, StepNamed
from agent_tui.domain.values.scripts import RunChoices, Script, ShownStep, Step
from agent_tui.errors import NotFound
from agent_tui.scripts.rendering import render
from agent_tui.scripts.walking import Walk
from agent_tui.services.script_keeping import version
from agent_tui.storage.queries import dossiers, interactions, scripts

if TYPE_CHECKING:
    from agent_tui.domain.values.notes import SavedNote
    from agent_tui.services.desk import Desk
    from agent_tui.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Scene:
    """With whom a script is used: the fields that it says, those that are fresh, the call that it
    was opened in. `talk` is that call, or else the one that this agent is in with them now."""

    fields: Fields
    fresh: frozenset[str]
    call: Interaction | None
    talk: Interaction | None

    @property
    def is_verified(self) -> bool:
        """Whether it is known that the caller is the customer; nobody on the line is nobody."""
        return self.talk is not None and self.talk.verified_how is not None

    def shows(self, step: Step, *, verified: bool | None = None) -> ShownStep:
        """A step, filled in; history is kept back, unless `verified` says otherwise."""
        is_verified = self.is_verified if verified is None else verified
        return render(step, self.fields, self.fresh, verified=is_verified)


def scene(desk: Desk, customer_id: int, interaction_id: int | None) -> Scene:
    """What is known now of a customer and an interaction. Raises NotFound."""
    reader, now = desk.store.reader(), desk.clock()
    dossier = dossiers.dossier(reader, customer_id=customer_id, now=now)
    if dossier is None:
        raise NotFound("this customer is no longer there")
    call = interactions.one(reader, interaction_id=interaction_id) if interaction_id else None
    mine = (one for one in dossier.interactions if one.is_live and one.agent_id == desk.agent.id)
    talk = call or next(mine, None)
    fields = fields_for(dossier, desk.agent, talk, now, desk.zone)
    return Scene(fields, fresh_in(dossier, now), call, talk)


def listed(reader: Reader, run_id: int) -> RunListed:
    """A run. Raises NotFound."""
    run = scripts.run(reader, run_id=run_id)
    if run is None:
        raise NotFound("this run of a script is no longer there")
    return run


def moved(walk: Walk, did: Did, key: str | None, target: str | None, answer: str) -> Walk:
    """A run after something was done in it. Raises Refused where that cannot be done."""
    match did:
        case "chose" | "went_on":
            return walk.choose(key, answer)
        case "skipped" | "jumped":
            return walk.skip(target)
        case "went_back":
            return walk.back()
        case "ended" | "left":
            return walk.end()
        case "confirmed" | "replaced":
            return walk


def walked(script: Script, log: Iterable[StepDone]) -> Walk:
    """A run after all that was done in it."""
    walk = Walk.start(script)
    for one in log:
        walk = moved(walk, one.did, one.key, one.target, one.answer or "")
    return walk


def shown(
    desk: Desk, run_id: int, *, saved: SavedNote | None = None, remarks: tuple[str, ...] = ()
) -> RunShown:
    """A run as it stands now, its open step filled in. Raises NotFound."""
    reader = desk.store.reader()
    run = listed(reader, run_id)
    script = version(reader, run.script)
    log = scripts.steps(reader, run_id=run_id)
    walk = walked(script, log)
    around = scene(desk, run.customer_id, run.interaction_id)
    titles = {step.id: step.title for step in script.steps}
    return RunShown(
        run=run,
        order=script.order,
        steps=tuple(StepNamed(id, title) for id, title in titles.items()),
        step=around.shows(walk.step) if walk.step else None,
        choices=walk.choices if _can_go_on(desk, run, around.call) else RunChoices(),
        log=tuple(replace(one, title=titles.get(one.step, "")) for one in log),
        continues=walk.state.continues,
        is_verified=around.is_verified,
        saved=saved,
        remarks=remarks,
    )


def _can_go_on(desk: Desk, run: RunListed, call: Interaction | None) -> bool:
    """Whether this agent may go on with a run: it is theirs, and so is still who is on the line."""
    if run.agent_id != desk.agent.id:
        return False
    return call is None or (call.customer_id == run.customer_id and call.state != "wrapped_up")
