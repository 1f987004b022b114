"""What an action needs that is not there right now, in one short sentence: no key is silent.

An action to which some screen's `check_action` says no stands here; the app says its sentence when
its key is pressed all the same. Away from the desk, a key that only the desk knows says that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agent_tui.tui.actions import ACTIONS

if TYPE_CHECKING:
    from agent_tui.tui.action import Action
    from agent_tui.tui.screens.away import AwayFromDesk
    from agent_tui.tui.screens.connected import ConnectedDesk

OPENING = "The desk is still opening: then it works."
AT_DESK = "It works at the desk: {} leads there."


class Need(NamedTuple):
    """A sentence; `{}` in it is the key of `leads`, the action that helps."""

    sentence: str
    leads: str | None = None


_FIGURES = Need("It is for the figures: {} leads back to them.", "back")
_WITH_CUSTOMER = Need("Choose a line with a customer whom we know.")

NEEDS: dict[str, Need] = {
    "script": Need("Open somebody first: a script is for a conversation."),
    "search_here": Need("Open somebody first: it searches what was said with them."),
    "timeline": Need("Find or open somebody first: the timeline is theirs."),
    "reply": Need("Nobody is on the line to reply to."),
    "take": Need("Nobody calls, is on hold or waits for you."),
    "attach": Need("Open a call of somebody unknown, and find who it is."),
    "new_person": Need(
        "Open a call of somebody unknown first; {} where it is the wrong person.", "call_menu"
    ),
    "today": Need("Nobody is open: this is Today."),
    "frictions": Need("It is for leads; {} says what is in your way.", "friction"),
    "act": Need("There is nothing to take back."),
    "open_at_desk": _WITH_CUSTOMER,
    "person_at_desk": _WITH_CUSTOMER,
    "write_review": Need("Choose a conversation in the list first."),
    "listen": Need("It is for leads, with a conversation chosen in the list."),
    "terms": Need("The filter has no terms yet: {} adds one.", "add_term"),
    "whose": _FIGURES,
    "period": _FIGURES,
    "read_again": _FIGURES,
}
"""By the id of the action."""


def words_for(screen: ConnectedDesk | AwayFromDesk, action_id: str) -> str | None:
    """What to say where an action does not work; None where it is none of ours."""
    need = NEEDS.get(action_id)
    if need is None:
        return None
    if screen.app.desk is None:
        return OPENING
    return need.sentence.format("" if need.leads is None else screen.key_for(need.leads))


def action_at_desk(screen: AwayFromDesk, key: str) -> Action | None:
    """The action that a key stands for at the desk, if it is one of the desk's."""
    keys = screen.app.keys.keys
    known = (one for one in ACTIONS if one.scope in ("desk", "caller") and key in keys[one.id])
    return next(known, None)


def words_away(screen: AwayFromDesk) -> str:
    """Where an action of the desk works."""
    return AT_DESK.format(screen.key_for("place_desk"))
