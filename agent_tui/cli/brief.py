"""Print what matters now about a customer: the few lines that the desk shows before you speak.

What you read within seven days and did not change is only counted; `--whole` prints that too, and
below each line the records that it is made of, in words.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.parsing import words

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.briefing import Brief, BriefLine, BriefPart
    from agent_tui.domain.values.people import Customer
    from agent_tui.services.desk import Desk

_AGES_OF_THE_PAST = ("notice", "last_contact", "treat", "ask_again")

CUSTOMER_HELP = "an id (c_...), SOURCE:EXTERNAL-ID, an external id, or a query"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the customer, and how much."""
    parser.add_argument("customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument(
        "--whole", action="store_true", help="print also what you know, and what lines are made of"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """Read the brief and print it."""
    with context.desk() as desk:
        as_of = desk.clock().replace(microsecond=0)
        brief = desk.opening.at_the_desk(desk.finding.choose(args.customer)).brief
        if args.json:
            output.json_line(_object(brief, as_of))
        else:
            print_brief(brief, desk, whole=args.whole)
    return diagnostics.DONE


def _object(brief: Brief, as_of: datetime) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "customer": {
            "id": ids.show(ids.CUSTOMER, brief.customer.id),
            "name": brief.customer.name,
        },
        "as_of": output.moment(as_of),
        "lines": [line_object(line) for line in brief.lines],
        "balance": {"ours": brief.balance.ours, "theirs": brief.balance.theirs},
        "known": brief.known,
        "folded": [line_object(line) for line in brief.folded],
        "last_spoke_at": brief.last_spoke_at and output.moment(brief.last_spoke_at),
        "verified": brief.verification,
        "digest": brief.digest,
    }


def line_object(line: BriefLine) -> dict[str, Any]:
    """A line of a brief as JSON writes it."""
    return {
        "kind": line.kind,
        "text": line.text,
        "count": line.count,
        "source": line.source,
        "age_days": line.age_days,
        "records": list(line.records),
        "new": line.new,
        "label": line.label,
        "parts": [_part_object(part) for part in line.parts],
    }


def _part_object(part: BriefPart) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    def shown(prefix: str, number: int | None) -> str | None:
        return None if number is None else ids.show(prefix, number)

    return {
        "record": part.record,
        "text": part.words,
        "source": part.source,
        "age": part.age,
        "interaction_id": shown(ids.INTERACTION, part.interaction_id),
        "note_id": shown(ids.NOTE, part.note_id),
        "mark": part.mark,
        "remarks": list(part.remarks),
    }


def print_brief(brief: Brief, desk: Desk, *, whole: bool = False) -> None:
    """One thing a line and no drawing, so that a screen reader reads it as it stands."""
    customer = brief.customer
    since = customer.since.astimezone(desk.zone).year if customer.since else None
    who = (
        customer.name,
        customer.pronouns,
        customer.company,
        customer.city,
        f"customer since {since}" if since else None,
    )
    output.line(", ".join(part for part in who if part))
    _print_contacts(customer)
    if brief.verification:
        output.line(f"{_sentence_case(brief.verification)}.")
    output.line()
    output.line(_heading(brief, desk))
    for line in brief.lines:
        print_line(line, since_spoken=brief.last_spoke_at is not None, whole=whole)
    if brief.folded and whole:
        output.line("Known to you:")
        for line in brief.folded:
            print_line(line, since_spoken=False, whole=True)
    elif brief.known:
        output.line(f"- {brief.known} known to you")
    output.line(f"In twelve months we gave {brief.balance.ours}, they gave {brief.balance.theirs}.")


def _print_contacts(customer: Customer) -> None:
    for point in customer.contact_points:
        remarks = ["preferred"] if point.preferred else []
        if point.consent == "withdrawn":
            remarks.append("consent withdrawn")
        output.line(": ".join((point.kind, point.value)) + "".join(f", {one}" for one in remarks))


def _heading(brief: Brief, desk: Desk) -> str:
    from agent_tui.domain.rules import ages

    if not brief.lines:
        return "Nothing new." if brief.known else "Nothing stands open."
    if brief.last_spoke_at is None:
        return "Before you speak:"
    age = ages.ago(brief.last_spoke_at, desk.clock(), desk.zone)
    return f"Before you speak; you last spoke {_ago(age)}:"


def print_line(line: BriefLine, *, since_spoken: bool = False, whole: bool = False) -> None:
    """One line of a brief; with `whole` also what it is made of."""
    new = " New since you last spoke." if since_spoken and line.new else ""
    output.line(f"{'!' if line.urgent else '-'} {_sentence(line)}{new}")
    if whole:
        for part in line.parts:
            output.line(f"+ {_part_sentence(part)}")


def _sentence(line: BriefLine) -> str:
    """What the sidebar shows in columns, in words; the age once, where the source names it too."""
    age = "" if line.age in line.source or line.kind == "balance" else f", {line.age}"
    if age and line.kind in _AGES_OF_THE_PAST:
        age = f", {_ago(line.age)}"
    return f"{line.label}: {line.text}{age}. {_sentence_case(line.source)}."


def _part_sentence(part: BriefPart) -> str:
    """A record of a line: what, whose word, how old, where it was written down, what was said."""
    age = "" if part.age in part.source else f", {_ago(part.age)}"
    marked = f" Noted as “{part.mark}”." if part.mark else ""
    remarks = "".join(f" {_sentence_case(remark)}." for remark in part.remarks)
    words = part.words.replace(" · ", ", ")
    return f"{part.record}: {words}. {_sentence_case(part.source)}{age}.{marked}{remarks}"


def _ago(age: str) -> str:
    return "just now" if age == "now" else f"{age} ago"


def _sentence_case(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
