"""Print what matters now about a customer: the few lines that the desk shows before you speak."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.parsing import words

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.briefing import Brief, BriefLine
    from agent_tui.domain.values.people import Customer

_AGES_OF_THE_PAST = ("notice", "last_contact", "ask_again")
_SOURCES = {"stated": "they said so", "record": "on record", "impression": "an agent's impression"}

CUSTOMER_HELP = "an id (c_...), SOURCE:EXTERNAL-ID, an external id, or a query"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the customer."""
    parser.add_argument("customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """Read the brief and print it."""
    with context.desk() as desk:
        as_of = desk.clock().replace(microsecond=0)
        brief = desk.opening.customer(desk.finding.choose(args.customer)).brief
        if args.json:
            output.json_line(_object(brief, as_of))
        else:
            _print(brief, since_year=_year(brief.customer, desk.zone))
    return diagnostics.DONE


def _object(brief: Brief, as_of: datetime) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "customer": {
            "id": ids.show(ids.CUSTOMER, brief.customer.id),
            "name": brief.customer.name,
        },
        "as_of": output.moment(as_of),
        "lines": [
            {
                "kind": line.kind,
                "text": line.text,
                "count": line.count,
                "source": line.source,
                "age_days": line.age_days,
                "records": list(line.records),
                "new": line.new,
            }
            for line in brief.lines
        ],
        "balance": {"ours": brief.balance.ours, "theirs": brief.balance.theirs},
        "known": brief.known,
    }


def _print(brief: Brief, *, since_year: int | None) -> None:
    """One fact a line and no drawing, so that a screen reader reads it as it stands."""
    customer = brief.customer
    who = (
        customer.name,
        customer.pronouns,
        customer.company,
        customer.city,
        f"customer since {since_year}" if since_year else None,
    )
    output.line(", ".join(part for part in who if part))
    for point in customer.contact_points:
        remarks = ["preferred"] if point.preferred else []
        if point.consent == "withdrawn":
            remarks.append("consent withdrawn")
        output.line(": ".join((point.kind, point.value)) + "".join(f", {one}" for one in remarks))
    output.line()
    output.line("Before you speak:" if brief.lines else "Nothing stands open.")
    for line in brief.lines:
        output.line(f"{'!' if line.urgent else '-'} {_sentence(line)}")
    if brief.known:
        output.line(f"- {brief.known} known to you")
    output.line(f"In twelve months we gave {brief.balance.ours}, they gave {brief.balance.theirs}.")


def _sentence(line: BriefLine) -> str:
    """What the sidebar shows in columns, in words; the age once, where the source names it too."""
    age = "" if line.age in line.source else f", {line.age}"
    if age and line.kind in _AGES_OF_THE_PAST and line.age != "now":
        age += " ago"
    source = _SOURCES.get(line.source, line.source)
    return f"{line.label}: {line.text}{age}. {source[:1].upper()}{source[1:]}."


def _year(customer: Customer, zone: Any) -> int | None:
    return customer.since.astimezone(zone).year if customer.since else None
