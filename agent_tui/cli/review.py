"""Say something of an interaction to the agent who had it; list, read, answer, withdraw reviews.

list                      what was written for you, newest first (the default)
add INTERACTION TEXT      a review, for leads; with --praise from anybody to a colleague
show ID                   one of them whole: yours is then read, and so is the answer to you
answer ID TEXT            say what you think of it; until its author has read that, again
withdraw ID               you take back what you wrote; it stays to be read as withdrawn
criteria                  what this desk looks for, by number
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.named import named
from agent_tui.cli.parsing import whole_number, words
from agent_tui.errors import NotFound, UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.reviews import Criterion, Review, Verdict
    from agent_tui.services.desk import Desk

MOST = 10_000
_WRITTEN = {
    "list": "",
    "add": " INTERACTION TEXT",
    "show": " ID",
    "answer": " ID TEXT",
    "withdraw": " ID",
    "criteria": "",
}
_TAKES = {"list": 0, "add": 2, "show": 1, "answer": 2, "withdraw": 1, "criteria": 0}
_JUDGED: tuple[Verdict, ...] = ("met", "missed", "not_applicable")
_HEADER = ("when", "from", "to", "kind", "words", "state", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and of which interaction."""
    parser.add_argument(
        "action", nargs="?", choices=tuple(_WRITTEN), default="list", metavar="ACTION"
    )
    parser.add_argument("words", nargs="*", type=words, metavar="ID TEXT")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--unread", action="store_true", help="list: what you have not read yet")
    which.add_argument("--written", action="store_true", help="list: what you wrote")
    which.add_argument("--all", action="store_true", help="list: all that you may read")
    which.add_argument(
        "--interaction", type=words, metavar="ID", help="list: what was said of one (i_...)"
    )
    parser.add_argument("--limit", type=whole_number(1, MOST), help="list: how many at most (100)")
    parser.add_argument("--praise", action="store_true", help="add: praise, not a review")
    parser.add_argument("--message", type=words, metavar="ID", help="add: pinned to one (m_...)")
    parser.add_argument("--note", type=words, metavar="ID", help="add: pinned to one (n_...)")
    for verdict in _JUDGED:
        parser.add_argument(
            f"--{verdict.replace('_', '-')}",
            dest=verdict,
            action="append",
            type=words,
            metavar="N[=COMMENT]",
            help=f"add: a criterion by its number or name, {verdict.replace('_', ' ')}",
        )
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do it, and print the reviews, or what is looked for."""
    _check(args)
    with context.desk(begins=True) as desk:
        if args.action == "criteria":
            _print_criteria(desk.reviewing.criteria(), as_json=args.json)
            return diagnostics.DONE
        found = _found(desk, args)
        if args.json:
            output.json_line([_object(one) for one in found])
        elif args.action == "show":
            _print(found[0], desk)
        else:
            output.table(_HEADER, [_row(one, desk) for one in found], none="No reviews yet.")
    return diagnostics.DONE


def _check(args: argparse.Namespace) -> None:
    action, takes, given = args.action, _TAKES[args.action], len(args.words)
    if given < takes or (takes < 2 and given > takes):
        raise UsageError(f"write `agent-tui review {action}{_WRITTEN[action]}`")
    listing = args.unread or args.written or args.all or args.interaction or args.limit
    if listing and action != "list":
        raise UsageError("--unread, --written, --all, --interaction, --limit are for `review list`")
    judged = any(getattr(args, verdict) for verdict in _JUDGED)
    if (judged or args.praise or args.message or args.note) and action != "add":
        raise UsageError("--praise, --message, --note and criteria are for `review add`")


def _found(desk: Desk, args: argparse.Namespace) -> tuple[Review, ...]:
    from agent_tui.domain.values import ids

    if args.action == "list":
        return _listed(desk, args)
    if args.action == "add":
        return (_added(desk, args),)
    review_id = named(ids.REVIEW, args.words[0], "a review")
    if args.action == "show":
        return (desk.reviewing.open(review_id),)
    if args.action == "withdraw":
        return (desk.reviewing.withdraw(review_id),)
    return (desk.reviewing.answer(review_id, " ".join(args.words[1:])),)


def _listed(desk: Desk, args: argparse.Namespace) -> tuple[Review, ...]:
    from agent_tui.domain.values import ids

    limit = args.limit or 100
    if args.interaction:
        interaction_id = named(ids.INTERACTION, args.interaction, "an interaction")
        return desk.reviewing.of_interaction(interaction_id)[:limit]
    if args.written:
        return desk.reviewing.by_me(limit=limit)
    if args.all:
        return desk.reviewing.all(limit=limit)
    return desk.reviewing.for_me(unread=args.unread, limit=limit)


def _added(desk: Desk, args: argparse.Namespace) -> Review:
    from agent_tui.domain.values import ids

    interaction, *text = args.words
    return desk.reviewing.write(
        named(ids.INTERACTION, interaction, "an interaction"),
        " ".join(text),
        kind="praise" if args.praise else "review",
        message_id=args.message and named(ids.MESSAGE, args.message, "a message"),
        note_id=args.note and named(ids.NOTE, args.note, "a note"),
        criteria=_judged(desk, args),
    )


def _judged(desk: Desk, args: argparse.Namespace) -> tuple[Criterion, ...]:
    """The criteria that were named, in the order of the desk's list."""
    from dataclasses import replace

    listed = desk.reviewing.criteria()
    said: dict[int, Criterion] = {}
    for verdict in _JUDGED:
        for one in getattr(args, verdict) or ():
            name, _, comment = one.partition("=")
            place = _place(listed, name.strip())
            if place in said:
                raise UsageError(f"“{listed[place].name}” is judged twice")
            said[place] = replace(listed[place], verdict=verdict, comment=comment.strip() or None)
    return tuple(said[place] for place in sorted(said))


def _place(listed: tuple[Criterion, ...], name: str) -> int:
    for place, one in enumerate(listed):
        if name in (str(place + 1), one.name) or name.casefold() == one.name.casefold():
            return place
    raise NotFound(f"“{name}” is no criterion of this desk: `agent-tui review criteria` lists them")


def _print_criteria(listed: tuple[Criterion, ...], *, as_json: bool) -> None:
    from agent_tui.domain.values.reviews import CRITERION_KINDS

    if as_json:
        output.json_line([{"name": one.name, "kind": one.kind} for one in listed])
        return
    for place, one in enumerate(listed, 1):
        output.line(f"{place}  {one.name} ({CRITERION_KINDS[one.kind]})")


def _object(one: Review) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.REVIEW, one.id),
        "interaction_id": ids.show(ids.INTERACTION, one.interaction_id),
        "kind": one.kind,
        "agent": one.agent,
        "author": one.author,
        "customer_id": one.customer_id and ids.show(ids.CUSTOMER, one.customer_id),
        "customer": one.customer,
        "message_id": one.message_id and ids.show(ids.MESSAGE, one.message_id),
        "note_id": one.note_id and ids.show(ids.NOTE, one.note_id),
        "pinned": one.pinned_words,
        "text": one.text,
        "at": output.moment(one.at),
        "criteria": [
            {
                "name": criterion.name,
                "kind": criterion.kind,
                "verdict": criterion.verdict,
                "comment": criterion.comment,
            }
            for criterion in one.criteria
        ],
        "read_at": output.moment(one.read_at),
        "answer": one.answer,
        "answered_at": output.moment(one.answered_at),
        "withdrawn_at": output.moment(one.withdrawn_at),
    }


def _row(one: Review, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids

    return (
        ages.ago(one.at, desk.clock(), desk.zone),
        one.author,
        one.agent,
        one.kind,
        one.text,
        _state(one),
        ids.show(ids.REVIEW, one.id),
    )


def _state(one: Review) -> str:
    if one.withdrawn_at is not None:
        return "withdrawn"
    if one.answer is not None:
        return "answered"
    return "not read yet" if one.read_at is None else "read"


def _print(one: Review, desk: Desk) -> None:
    """One review, all of it."""
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids
    from agent_tui.domain.values.reviews import CRITERION_KINDS, VERDICTS

    when = ages.ago(one.at, desk.clock(), desk.zone)
    about = f" with {one.customer}" if one.customer else ""
    talk = ids.show(ids.INTERACTION, one.interaction_id)
    output.line(f"{one.kind} of {one.author} to {one.agent}, {when}: {talk}{about}")
    if one.withdrawn_at is not None:
        output.line(f"withdrawn {ages.ago(one.withdrawn_at, desk.clock(), desk.zone)}")
    if one.pinned_words is not None:
        output.line(f"of: “{one.pinned_words}”")
    for text in one.text.splitlines():
        output.line(text)
    for criterion in one.criteria:
        said = f": {criterion.comment}" if criterion.comment else ""
        kind = CRITERION_KINDS[criterion.kind]
        output.line(f"- {VERDICTS[criterion.verdict]}: {criterion.name} ({kind}){said}")
    if one.answer is not None:
        output.line(f"{one.agent} answers:")
        for text in one.answer.splitlines():
            output.line(text)
