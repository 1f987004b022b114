"""Find customers by anything that is known of them: a name however heard, a company, a city, a
telephone number in any writing, an e-mail address, an order or account number."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from agent_tui import garbage
from agent_tui.cli import diagnostics, incoming, output
from agent_tui.cli.parsing import whole_number, words
from agent_tui.domain.values.finding import LONGEST_QUERY
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.finding import Found, Hit
    from agent_tui.services.desk import Desk

MOST_HITS = 1_000
_HEADER = ("name", "company", "city", "contact", "last contact", "found by", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the query and what to do with it."""
    parser.add_argument(
        "query", type=words, metavar="QUERY", nargs="*", help="what is known; words are joined"
    )
    parser.add_argument(
        "--limit", type=whole_number(1, MOST_HITS), default=10, help="how many at most (10)"
    )
    parser.add_argument("--json", action="store_true", help="print the hits as a JSON array")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help="answer one query a line with one JSON object a line; - reads stdin",
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Answer one query, or each of a file as it is read."""
    if (args.batch is None) == (not args.query):
        raise UsageError("say what to find: either QUERY, or --batch with a file or - for stdin")
    with context.desk() as desk:
        if args.batch is not None:
            _answer_each(desk, args.batch, args.limit)
        else:
            query = " ".join(args.query)
            if len(query) > LONGEST_QUERY:
                diagnostics.say(f"only the first {LONGEST_QUERY} characters are looked for")
            found = _found(desk, query, args.limit)
            if args.json:
                output.json_line([_hit(hit) for hit in found.hits])
            else:
                _print(desk, found)
    return diagnostics.DONE


def _answer_each(desk: Desk, path: str, limit: int) -> None:
    """A line as it arrives, its answer at once. Bytes that are not UTF-8 become U+FFFD."""
    garbage.look_seldom()
    with incoming.opened(path) as stream:
        for line in incoming.lines(stream):
            query = line.decode("utf-8", "replace").rstrip("\r\n")
            found = _found(desk, query, limit)
            output.json_line(
                {
                    "query": query,
                    "ms": round(found.ms, 3),
                    "hits": [_hit(hit) for hit in found.hits],
                }
            )


def _found(desk: Desk, query: str, limit: int) -> Found:
    """The answer; nobody for a blank query, to which the find box answers with recent customers."""
    found = desk.finding.find(query, limit=limit)
    return found if query.strip() else found._replace(hits=())


def _why_nobody(found: Found) -> str:
    """What is said where nobody is found, and what helps."""
    if not found.query.strip():
        return "nothing was asked: say a name, a company, or part of a number or an e-mail"
    if not found.register_size:
        return (
            "nobody is in this desk yet: `agent-tui import FILE` brings your people in, and "
            "`--db demo` asks the demo desk"
        )
    return "nobody found: try fewer letters"


def _hit(hit: Hit) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "id": ids.show(ids.CUSTOMER, hit.customer_id),
        "external_id": hit.external_id,
        "source": hit.source,
        "name": hit.name,
        "company": hit.company,
        "city": hit.city,
        "score": round(hit.score, 4),
        "why": [
            {
                "field": match.field,
                "kind": match.kind,
                "positions": [list(position) for position in match.positions],
            }
            for match in hit.why
        ],
    }


def _print(desk: Desk, found: Found) -> None:
    from agent_tui.domain.rules import ages
    from agent_tui.domain.values import ids
    from agent_tui.text.counts import counted

    now = desk.clock()
    output.table(
        _HEADER,
        [
            (
                hit.name,
                hit.company or "",
                hit.city or "",
                hit.contact or "",
                ages.ago(hit.last_contact_at, now, desk.zone) if hit.last_contact_at else "",
                ", ".join(dict.fromkeys(f"{match.field} {match.kind}" for match in hit.why)),
                ids.show(ids.CUSTOMER, hit.customer_id),
            )
            for hit in found.hits
        ],
        none=_why_nobody(found),
    )
    if left := desk.finding.not_taken_in():
        diagnostics.say(
            f"{counted(left, 'customer')} of an import that goes on or was broken off cannot be "
            "found by name yet: run that import again, or `agent-tui reindex`"
        )
