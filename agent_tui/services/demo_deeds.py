"""What the agents of the demo desk did before today: notes, steps, promises, parked wrap-ups.

Each is done through the services, in the name of the agent who did it and at the moment at which
they did, so that the demo desk holds what any desk would hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agent_tui.exchange.demo import moment
from agent_tui.services.desk import Desk
from agent_tui.storage.queries import agents, interactions

if TYPE_CHECKING:
    from agent_tui.domain.values.complaints import Step

Deed = Mapping[str, Any]
"""One line of `deeds.jsonl`; its keys are described in `data/demo/README.md`."""


def do(desk: Desk, deeds: Iterable[Deed], *, source: str, now: datetime) -> None:
    """Do what was done, in order. `now` is a time in the desk's zone; `source` is that of the
    people and their interactions."""
    for deed in deeds:
        at = moment(deed["at"], now=now, zone=desk.zone)
        act = next(act for key, act in _ACTS.items() if key in deed)
        act(in_the_name_of(deed["by"], desk, at), deed, source)


def in_the_name_of(handle: str, desk: Desk, at: datetime) -> Desk:
    """The desk of an agent who works here, at a moment."""
    agent = agents.by_handle(desk.store.reader(), handle=handle)
    assert agent is not None
    return Desk(store=desk.store, agent=agent, clock=lambda: at, zone=desk.zone, region=desk.region)


def _note(desk: Desk, deed: Deed, source: str) -> None:
    if "interaction" in deed:
        desk.noting.save(deed["note"], interaction_id=_interaction(desk, deed, source))
    else:
        desk.noting.save(deed["note"], customer_id=_customer(desk, deed, source))


def _hand_over(desk: Desk, deed: Deed, source: str) -> None:
    open_ones = desk.promising.still_open(customer_id=_customer(desk, deed, source))
    [promise] = [one for one in open_ones if one.text == deed["promise"]]
    desk.promising.hand_over(promise.id, deed["hand_over"])


def _step(desk: Desk, deed: Deed, source: str) -> None:
    del source
    words = [deed["words"]] if "words" in deed else []
    step: Step = deed["step"]
    getattr(desk.complaining, step)(desk.complaining.choose(deed["complaint"]), *words)


def _park(desk: Desk, deed: Deed, source: str) -> None:
    desk.wrapping_up.park(_interaction(desk, deed, source))


_ACTS: dict[str, Callable[[Desk, Deed, str], None]] = {
    "note": _note,
    "hand_over": _hand_over,
    "step": _step,
    "park": _park,
}
"""What is done, by the key that says so."""


def _customer(desk: Desk, deed: Deed, source: str) -> int:
    return desk.finding.choose(f"{source}:{deed['customer']}")


def _interaction(desk: Desk, deed: Deed, source: str) -> int:
    found = interactions.by_call(desk.store.reader(), source=source, call=deed["interaction"])
    assert found is not None
    return found
