"""Who had interactions before the agents who have them now."""

from __future__ import annotations

from collections.abc import Iterable

from agent_tui.domain.values.conversation import HandedOn
from agent_tui.storage.reader import Reader, moment, one_of


def handed_on(reader: Reader, interactions: Iterable[int]) -> dict[int, tuple[HandedOn, ...]]:
    """By interaction, those who had it before, the first one first; none where nobody had.

    A lead hands on what others have, too: where nobody knows whose it was, nobody is named.
    """
    condition, values = one_of("h.interaction_id", sorted(interactions))
    if not values:
        return {}
    rows = reader.rows(
        "SELECT h.interaction_id, h.closed_at, f.name, f.role, t.name FROM hand_overs h "
        "JOIN agents f ON f.id = h.from_id JOIN agents t ON t.id = h.to_id "
        f"WHERE h.state = 'accepted' AND {condition} ORDER BY h.closed_at, h.id",
        **values,
    )
    found: dict[int, tuple[HandedOn, ...]] = {}
    has: dict[int, str] = {}
    for number, closed_at, giver, role, taker in rows:
        whose = has.get(number) or (giver if role == "agent" else None)
        found[number] = (*found.get(number, ()), HandedOn(whose, moment(closed_at)))
        has[number] = taker
    return found
