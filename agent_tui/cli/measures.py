"""Print what the records say of how people are served, as counts; nothing is one score.

measures                   every measure over the whole time (26 weeks), or with --by week by
                           week or month by month
measures MEASURE           one measure, week by week or --by month
measures behind MEASURE    what a figure counts, newest first: --week DAY or --month DAY for one
                           point, --part others or missing for what was not counted
measures define [MEASURE]  what it means, out of what, what is missing, what it does not show
measures promises          open promises by how late they are
measures complaints        complaints by the topics that they came with
measures topics            topics with which more people than usual came in the last seven days
measures surveys           who was asked, who answered and who did not, by how it ended

Whose: yours as an agent, your team's as a lead, everybody's as an admin; or --me, --agent, --team,
--customer, --all, as far as you may see them. Weeks and months are whole ones of UTC.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.due import DAY_HELP, beginning_of
from agent_tui.cli.parsing import whole_number, words
from agent_tui.domain.values.measures import COUNTED, MEASURES, By, Measure
from agent_tui.errors import UsageError

if TYPE_CHECKING:
    from agent_tui.cli.context import Context
    from agent_tui.domain.values.measures import (
        BehindLine,
        Definition,
        Figure,
        Part,
        Period,
        Whose,
    )
    from agent_tui.services.desk import Desk

MOST = 10_000
_BESIDE = ("promises", "complaints", "topics", "surveys")
_LATELY: dict[By, int] = {"week": 26, "month": 12}
"""So many weeks or months are meant where nobody says since when, as in Relationship."""
_PAGE = 200
_HEADER = ("measure", "count", "of", "missing", "from", "to", "whose", "counted")
_SAID_ELSEWHERE = 2
"""The last columns, which are not for a terminal: whose figures these are, and what is counted."""
_HEADER_BEHIND = ("when", "customer", "agent", "what", "interaction", "id")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what of whom, and of which time."""
    listed = ", ".join(_spelt(one) for one in MEASURES)
    parser.add_argument(
        "words", nargs="*", type=words, metavar="[behind|define] MEASURE", help=listed
    )
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--me", action="store_true", help="your own")
    # `agent` itself is who asks (`--as`).
    whose.add_argument(
        "--agent", dest="of_agent", type=words, metavar="HANDLE", help="an agent's of your team"
    )
    whose.add_argument("--team", type=words, metavar="NAME", help="a team's")
    whose.add_argument("--customer", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    whose.add_argument("--all", action="store_true", help="everybody's, for admins")
    parser.add_argument(
        "--since", metavar="DAY", help=f"{DAY_HELP} (the last 26 weeks or 12 months)"
    )
    parser.add_argument("--until", metavar="DAY", help="the day behind the last (now)")
    parser.add_argument("--by", choices=("week", "month"), help="one line each (one measure: week)")
    parser.add_argument("--week", metavar="DAY", help="behind: the week that a day is in")
    parser.add_argument("--month", metavar="DAY", help="behind: the month that a day is in")
    parser.add_argument(
        "--part", type=words, help=f"behind: {COUNTED}, others, missing or a band ({COUNTED})"
    )
    parser.add_argument("--limit", type=whole_number(1, MOST), help="behind: how many at most (50)")
    parser.add_argument("--json", action="store_true", help="print a JSON array")


def run(args: argparse.Namespace, context: Context) -> int:
    """Count, and print figures, what is behind one, or what they mean."""
    action, measure = _asked(args)
    if action == "define":
        _define(args, (measure,) if measure else MEASURES)
        return diagnostics.DONE
    with context.desk() as desk:
        whose = _whose(desk, args)
        if action == "behind" and measure is not None:
            lines = _behind(desk, args, measure, whose)
            if args.json:
                output.json_line([_line_object(one) for one in lines])
            else:
                output.table(_HEADER_BEHIND, [_line_row(one, desk) for one in lines])
            return diagnostics.DONE
        if action in _BESIDE:
            from agent_tui.cli.measures_beside import show

            show(desk, action, whose, _whole(desk, args), as_json=args.json)
            return diagnostics.DONE
        figures = _figures(desk, args, measure, whose)
        if args.json:
            output.json_line([_object(one) for one in figures])
        else:
            rows = [row for one in figures for row in _rows(one, _words_of(desk, whose))]
            # A terminal has no room for what a line that goes elsewhere tells by itself.
            columns = len(_HEADER) - (_SAID_ELSEWHERE if output.is_terminal() else 0)
            output.table(_HEADER[:columns], [row[:columns] for row in rows])
    return diagnostics.DONE


def _asked(args: argparse.Namespace) -> tuple[str, Measure | None]:
    """What to do with which measure. Raises UsageError."""
    given = list(args.words)
    actions = ("behind", "define", *_BESIDE)
    action = given.pop(0) if given and given[0] in actions else "count"
    if len(given) > (action not in _BESIDE) or (action == "behind" and not given):
        raise UsageError("write `agent-tui measures [behind|define] MEASURE`")
    if action != "behind" and (args.week or args.month or args.part or args.limit):
        raise UsageError("--week, --month, --part and --limit are for `measures behind MEASURE`")
    if args.week and args.month:
        raise UsageError("--week and --month name one time each: give one of them")
    return action, _measure(given[0]) if given else None


def _measure(word: str) -> Measure:
    for one in MEASURES:
        if word.replace("-", "_") == one:
            return one
    raise UsageError(f"“{word}” is no measure: {', '.join(_spelt(one) for one in MEASURES)}")


def _spelt(code: str) -> str:
    return code.replace("_", "-")


def _whose(desk: Desk, args: argparse.Namespace) -> Whose:
    from agent_tui.domain.values.measures import Whose

    if args.me:
        return Whose("agent", desk.agent.handle)
    if args.of_agent:
        return Whose("agent", args.of_agent.lower().removeprefix("@"))
    if args.team:
        return Whose("team", args.team)
    if args.customer:
        return Whose("customer", customer_id=desk.finding.choose(args.customer))
    return Whose("all") if args.all else desk.measuring.choices()[0]


def _periods(desk: Desk, args: argparse.Namespace) -> tuple[Period, ...]:
    """The whole weeks or months of the time that was named. Raises UsageError."""
    from agent_tui.domain.rules.periods import last_periods, periods

    by: By = args.by or "week"
    until = beginning_of(desk, args.until) if args.until else desk.clock()
    if not args.since:
        return last_periods(until - datetime.resolution, by, _LATELY[by])
    since = beginning_of(desk, args.since)
    if since >= until:
        raise UsageError("--since must be before --until")
    return periods(since, until, by)


def _whole(desk: Desk, args: argparse.Namespace) -> Period:
    from agent_tui.domain.rules.periods import period_of
    from agent_tui.domain.values.measures import Period

    for day, by in ((args.week, "week"), (args.month, "month")):
        if day:
            begin: datetime = beginning_of(desk, day).replace(tzinfo=UTC)
            return period_of(begin, by)  # type: ignore[arg-type]
    found = _periods(desk, args)
    return Period(found[0].since, found[-1].until)


def _figures(
    desk: Desk, args: argparse.Namespace, measure: Measure | None, whose: Whose
) -> tuple[Figure, ...]:
    if measure is not None:
        return desk.measuring.series(measure, whose, _periods(desk, args)).points
    found = _periods(desk, args) if args.by else (_whole(desk, args),)
    newest_first = tuple(desk.measuring.points(whose, found))
    by_measure = zip(*reversed(newest_first), strict=True)
    return tuple(figure for series in by_measure for figure in series)


def _behind(
    desk: Desk, args: argparse.Namespace, measure: Measure, whose: Whose
) -> list[BehindLine]:
    from agent_tui.domain.rules.definitions import DEFINITIONS

    bands = DEFINITIONS[measure].bands
    part: Part = args.part.replace("-", "_") if args.part else bands[0][0] if bands else COUNTED
    most = args.limit or 50
    period = _whole(desk, args)
    found: list[BehindLine] = []
    before = None
    while len(found) < most:
        page = desk.measuring.behind(
            measure, part, whose, period, before=before, limit=min(_PAGE, most - len(found))
        )
        found += page.lines
        before = page.behind
        if before is None:
            break
    return found


def _object(one: Figure) -> dict[str, Any]:
    from agent_tui.domain.rules.definitions import DEFINITIONS

    definition = DEFINITIONS[one.measure]
    codes = [code for code, _ in definition.bands]
    return {
        "measure": one.measure,
        "dimension": definition.dimension,
        "title": definition.title,
        "since": output.moment(one.period.since),
        "until": output.moment(one.period.until),
        "count": one.count,
        "n": one.n,
        "missing": one.missing,
        "why": one.why,
        "bands": dict(zip(codes, one.bands, strict=True)) if one.bands else None,
    }


def _words_of(desk: Desk, whose: Whose) -> str:
    """Whose figures these are, in words."""
    if whose.kind == "customer":
        from agent_tui.domain.values import ids

        return f"customer {ids.show(ids.CUSTOMER, whose.customer_id or 0)}"
    if whose.kind == "agent" and whose.name == desk.agent.handle:
        return f"agent {whose.name}, yourself"
    return "everybody" if whose.kind == "all" else f"{whose.kind} {whose.name}"


def _rows(one: Figure, whose: str) -> list[tuple[str, ...]]:
    """A figure as one row, a spread as one a band."""
    from agent_tui.domain.rules.definitions import DEFINITIONS

    definition = DEFINITIONS[one.measure]
    last = one.period.until - timedelta(days=1)
    when = (
        f"{one.period.since:%Y-%m-%d}",
        f"{last:%Y-%m-%d}",
        whose,
        definition.counted.rstrip("."),
    )
    if one.n is None:
        return [(definition.title, one.why or "", "", "", *when)]
    n, missing = str(one.n), str(one.missing)
    if not one.bands:
        return [(definition.title, str(one.count), n, missing, *when)]
    bands = zip(definition.bands, one.bands, strict=True)
    return [
        (f"{definition.title}: {words}", str(count), n, missing, *when)
        for (_, words), count in bands
    ]


def _line_object(one: BehindLine) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    call, who = one.interaction_id, one.customer_id
    return {
        "id": one.record,
        "at": output.moment(one.place.at),
        "interaction_id": None if call is None else ids.show(ids.INTERACTION, call),
        "customer_id": None if who is None else ids.show(ids.CUSTOMER, who),
        "customer": one.customer,
        "agent": one.agent,
        "text": one.text,
    }


def _line_row(one: BehindLine, desk: Desk) -> tuple[str, ...]:
    from agent_tui.domain.values import ids

    call = one.interaction_id
    return (
        one.place.at.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M"),
        one.customer or "",
        one.agent or "",
        one.text,
        "" if call is None else ids.show(ids.INTERACTION, call),
        one.record,
    )


def _define(args: argparse.Namespace, measures: tuple[Measure, ...]) -> None:
    from agent_tui.domain.rules.definitions import DEFINITIONS

    found = [DEFINITIONS[one] for one in measures]
    if args.json:
        output.json_line([_definition_object(one) for one in found])
        return
    for place, one in enumerate(found):
        if place:
            output.line()
        output.line(f"{one.title} ({_spelt(one.measure)})")
        for name, sentence in _sentences(one):
            output.line(f"{name}: {sentence}")


def _sentences(one: Definition) -> tuple[tuple[str, str], ...]:
    return (
        ("what it asks", one.what),
        ("counted", one.counted),
        ("out of", one.out_of),
        ("missing", one.missing),
        ("what it does not show", one.does_not_show),
    )


def _definition_object(one: Definition) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "dimension": one.dimension,
        "title": one.title,
        "what": one.what,
        "counted": one.counted,
        "out_of": one.out_of,
        "missing": one.missing,
        "does_not_show": one.does_not_show,
        "bands": dict(one.bands) or None,
        "not_counted": one.not_counted,
    }
