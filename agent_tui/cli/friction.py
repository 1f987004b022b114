"""Say that a rule or a tool stands in your way; list what you said, or, for leads, by rule.

note RULE TEXT   something stands in your way, in a few words (--customer, --interaction)
list             what you noted, newest first (the default)
take-back ID     you noted it by mistake
by-rule          for leads: how often each rule stood in the way, and the newest words (--since)
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.due import DAY_HELP, beginning_of
from agent_tui.cli.named import named, written_about
from agent_tui.cli.parsing import words
from agent_tui.domain.values.friction import RULES
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.friction import Friction, FrictionByRule
    from agent_tui.services.desk import Desk

_LATELY = timedelta(days=30)
_WRITTEN = {"note": " RULE TEXT", "list": "", "take-back": " ID", "by-rule": " [--since DAY]"}
_HEADER = ("when", "rule", "what", "customer", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and about whom."""
    rules = "; ".join(f"{_spelt(code)}: {meaning}" for code, meaning in RULES.items())
    parser.add_argument(
        "action", nargs="?", choices=tuple(_WRITTEN), default="list", metavar="ACTION"
    )
    parser.add_argument("words", nargs="*", type=words, metavar="RULE TEXT", help=rules)
    parser.add_argument("--customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument(
        "--interaction", type=words, metavar="ID", help="note: in which interaction (i_...)"
    )
    parser.add_argument("--since", metavar="DAY", help=f"by-rule: {DAY_HELP} (30 days ago)")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print what was noted, or what there is by rule."""
    _check(args)
    with context.desk(begins=True) as desk:
        if args.action == "by-rule":
            since = beginning_of(desk, args.since) if args.since else desk.clock() - _LATELY
            rules = desk.friction.by_rule(since)
            if args.json:
                output.json_line([_rule_object(one) for one in rules])
            else:
                _print(rules)
            return diagnostics.DONE
        found = _found(desk, args)
        if args.json:
            output.json_line([_object(one) for one in found])
        else:
            output.table(_HEADER, [_row(one, desk) for one in found])
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action, given = args.action, len(args.words)
    if (given < 2) if action == "note" else (given != (action == "take-back")):
        raise UsageError(f"write `agent-tui friction {action}{_WRITTEN[action]}`")
    if (args.customer or args.interaction) and action != "note":
        raise UsageError("--customer and --interaction are for `friction note`")
    if args.since and action != "by-rule":
        raise UsageError("--since is for `friction by-rule`")


def _found(desk: Desk, args: argparse.Namespace) -> tuple[Friction, ...]:
    from agent_tui.domain.values import ids

    if args.action == "list":
        return desk.friction.mine()
    if args.action == "take-back":
        friction_id = named(ids.FRICTION, args.words[0], "something that was noted")
        found = desk.friction.one(friction_id)
        desk.friction.take_back(friction_id)
        return (found,)
    rule, *text = args.words
    noted = desk.friction.note(
        rule.replace("-", "_"),
        " ".join(text),
        customer_id=written_about(desk, args.customer) if args.customer else None,
        interaction_id=args.interaction
        and named(ids.INTERACTION, args.interaction, "an interaction"),
    )
    return (desk.friction.one(noted),)


def _spelt(code: str) -> str:
    return code.replace("_", "-")


def _object(one: Friction) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    call = one.interaction_id
    return {
        "id": ids.show(ids.FRICTION, one.id),
        "rule": one.rule,
        "text": one.text,
        "at": output.moment(one.at),
        "customer_id": one.customer_id and ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "interaction_id": call and ids.show(ids.INTERACTION, call),
    }


def _row(one: Friction, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    return (
        ages.ago(one.at, desk.clock(), desk.zone),
        RULES[one.rule],
        one.text,
        one.customer or "",
        ids.show(ids.FRICTION, one.id),
    )


def _rule_object(one: FrictionByRule) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "times": one.times,
        "agents": one.agents,
        "newest": list(one.newest),
    }


def _print(rules: tuple[FrictionByRule, ...]) -> None:
    """One rule a line, and below it the newest words."""
    for one in rules:
        times = "once" if one.times == 1 else f"{one.times} times"
        agents = f", {one.agents} agents" if one.agents else ""
        output.line(f"{RULES[one.rule]}: {times}{agents}")
        for text in one.newest:
            output.line(f"- {text}")
