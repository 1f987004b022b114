"""Wrap interactions up: did they get what they came for? Or park a wrap-up, or undo one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, get_args

from agent_tui.cli import diagnostics, output
from agent_tui.cli.parsing import words
from agent_tui.domain.values.kinds import Met, ReadBack
from agent_tui.errors import AgentTuiError, BadInput, Conflict, NotFound, Refused, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.wrap_up import WrapUp
    from agent_tui.services.wrapping_up import WrappingUp

_OWN_FAULT = (BadInput, Conflict, NotFound, Refused)
"""What concerns one interaction; anything else ends the command."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add which ones, and the answers."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="interactions (i_...)")
    parser.add_argument(
        "--met", choices=get_args(Met), help="whether they got what they came for; must be said"
    )
    parser.add_argument("--outcome", type=words, metavar="TEXT", help="how it ended, in words")
    parser.add_argument(
        "--summary", type=words, metavar="TEXT", help="instead of the one made of the records"
    )
    parser.add_argument(
        "--read-back", choices=get_args(ReadBack), help="what they said to the summary"
    )
    parser.add_argument("--park", action="store_true", help="put the wrap-up off")
    parser.add_argument("--reopen", action="store_true", help="undo a wrap-up")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Take one after the other, each in a transaction of its own; print those that were done."""
    _check(args)
    done: list[WrapUp] = []
    refused: list[AgentTuiError] = []
    with context.desk() as desk:
        for word in args.ids:
            try:
                done.append(_do(desk.wrapping_up, _interaction(word), args))
            except _OWN_FAULT as error:
                if len(args.ids) == 1:
                    raise
                refused.append(error)
                diagnostics.say(f"{word}: {error.message}")
    if args.json:
        output.json_line([_object(one) for one in done])
    else:
        for one in done:
            output.line(_shown(one))
    if not refused:
        return diagnostics.DONE
    return diagnostics.DONE_IN_PART if done else diagnostics.FAILED


def _check(args: argparse.Namespace) -> None:
    said = [args.met is not None, args.park, args.reopen]
    if said.count(True) != 1:
        raise UsageError("say --met yes, partly, no or not_asked; or --park; or --reopen")
    if args.met is None and (args.outcome or args.summary or args.read_back):
        raise UsageError("--outcome, --summary and --read-back go with --met")


def _do(wrapping_up: WrappingUp, interaction_id: int, args: argparse.Namespace) -> WrapUp:
    if args.park:
        wrapping_up.park(interaction_id)
    elif args.reopen:
        wrapping_up.reopen(interaction_id)
    else:
        wrapping_up.finish(
            interaction_id,
            args.met,
            outcome=args.outcome,
            summary=args.summary,
            read_back=args.read_back,
        )
    return wrapping_up.draft(interaction_id)


def _interaction(word: str) -> int:
    from agent_tui.domain.values import ids

    found = ids.parse(ids.INTERACTION, word)
    if found is None:
        raise NotFound(f"“{word}” is no id of an interaction (i_...)")
    return found


def _shown(one: WrapUp) -> str:
    from agent_tui.domain.values import ids

    return ids.show(ids.INTERACTION, one.interaction.id)


def _object(one: WrapUp) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    call = one.interaction
    return {
        "id": _shown(one),
        "customer_id": call.customer_id and ids.show(ids.CUSTOMER, call.customer_id),
        "state": call.state,
        "parked_at": output.moment(call.parked_at),
        "agenda": call.agenda,
        "met": call.met,
        "outcome": call.outcome,
        "summary": call.summary,
    }
