"""List the conversations that are offered to you, or by you; offer one, accept or decline it.

list                              what waits: for you, and what you offered (the default)
offer INTERACTION HANDLE [TEXT]   ask a colleague to take it over; TEXT is what was tried
brief ID                          what matters of it, before you take it over
accept ID                         take it over
decline ID [TEXT]                 not take it over, and why
take-back ID                      ask nobody any more; put away that somebody declined
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.named import named
from agent_tui.cli.parsing import words
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.hand_overs import HandOver
    from agent_tui.services.desk import Desk

_WRITTEN = {
    "list": "",
    "offer": " INTERACTION HANDLE [TEXT]",
    "brief": " ID",
    "accept": " ID",
    "decline": " ID [TEXT]",
    "take-back": " ID",
}
_HEADER = ("offered", "who", "what", "by", "to", "state", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, with which."""
    parser.add_argument(
        "action", nargs="?", choices=tuple(_WRITTEN), default="list", metavar="ACTION"
    )
    parser.add_argument(
        "subject",
        nargs="?",
        type=words,
        metavar="ID|INTERACTION",
        help="a hand-over (h_...); to offer one, an interaction (i_...)",
    )
    parser.add_argument(
        "words", nargs="*", type=words, metavar="HANDLE TEXT", help="to whom, and in words"
    )
    parser.add_argument(
        "--json", action="store_true", help="print a JSON array; of a brief, an object"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the hand-overs that it was about, or the brief."""
    _check(args)
    with context.desk() as desk:
        if args.action == "brief":
            from agent_tui.cli.hand_over_brief import print_brief

            print_brief(desk.handing_over.brief(_named(args)), desk, as_json=args.json)
            return diagnostics.DONE
        found = _waiting(desk) if args.action == "list" else [_do(desk, args)]
        if args.json:
            output.json_line([hand_over_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found], none="Nothing is offered.")
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action = args.action
    needed = {"list": 0, "offer": 2}.get(action, 1)
    given = [args.subject, *args.words]
    takes_text = action in ("offer", "decline")
    if given.count(None) == 0 and len(given) >= needed and (takes_text or len(given) == needed):
        return
    if action == "list" and given == [None]:
        return
    raise UsageError(f"write `agent-tui hand-over {action}{_WRITTEN[action]}`")


def _waiting(desk: Desk) -> list[HandOver]:
    waiting = desk.handing_over.waiting()
    return [*waiting.to_me, *waiting.by_me]


def _do(desk: Desk, args: argparse.Namespace) -> HandOver:
    handing_over = desk.handing_over
    if args.action == "offer":
        return _offer(desk, args)
    hand_over_id = _named(args)
    if args.action == "accept":
        handing_over.accept(hand_over_id)
    elif args.action == "decline":
        handing_over.decline(hand_over_id, " ".join(args.words) or None)
    else:
        handing_over.take_back(hand_over_id)
    return handing_over.one(hand_over_id)


def _offer(desk: Desk, args: argparse.Namespace) -> HandOver:
    from agent_tui.domain.values import ids

    handle, *tried = args.words
    interaction_id = named(ids.INTERACTION, args.subject, "an interaction")
    offered = desk.handing_over.offer(interaction_id, handle, " ".join(tried) or None)
    for remark in offered.remarks:
        diagnostics.say(remark)
    return desk.handing_over.one(offered.id)


def _named(args: argparse.Namespace) -> int:
    from agent_tui.domain.values import ids

    return named(ids.HAND_OVER, args.subject, "a hand-over")


def hand_over_object(one: HandOver) -> dict[str, Any]:
    """A hand-over as JSON writes it."""
    from agent_tui.domain.values import ids

    call = one.call
    return {
        "id": ids.show(ids.HAND_OVER, one.id),
        "interaction_id": ids.show(ids.INTERACTION, call.id),
        "customer_id": call.customer_id and ids.show(ids.CUSTOMER, call.customer_id),
        "customer": call.customer,
        "peer": call.peer_name or call.peer,
        "channel": call.channel,
        "agenda": call.agenda,
        "offered_by": one.giver,
        "offered_to": one.taker,
        "tried": one.tried,
        "state": one.state,
        "reason": one.reason,
        "at": output.moment(one.at),
        "closed_at": output.moment(one.closed_at),
    }


def _row(one: HandOver, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    call, state = one.call, one.state.replace("_", " ")
    return (
        ages.ago(one.at, desk.clock(), desk.zone),
        call.customer or call.peer_name or call.peer or "somebody unknown",
        call.agenda or call.channel,
        one.giver,
        one.taker,
        f"{state}: {one.reason}" if one.reason else state,
        ids.show(ids.HAND_OVER, one.id),
    )
