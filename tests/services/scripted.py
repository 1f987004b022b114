"""Scripts for tests, and a customer on the line whose brief was read."""

from __future__ import annotations

from typing import NamedTuple

from agent_tui.domain.values.receipts import LineSeen
from agent_tui.domain.values.script_runs import RunShown
from agent_tui.services.desk import Desk
from tests.services.noted import a_call, rows

VISIT = """---
title: Visit overdue
topics: boiler, visit
fits: never came
---

## Say sorry

{{ customer.first_name }}, I am sorry. You work at {{ customer.company }}.

1. Wants a new visit -> Book the visit
2. Leaves it -> end

## Book the visit

confirm: prefers Do {{ fact.prefers }} still suit you?
capture: !engineer comes {{ answer }}

## Say what happens

reveals: yes

We owe you {{ promise.text }}.
"""

OFFER = """---
title: Care plan
kind: offer
---

## Ask

1. Yes -> end
2. No -> end
"""

LEAVING = """---
title: Goodbye
kind: leaving
---

## Let them go

Goodbye.
"""

POLICY = """# Returns

## Late

As it is.

## Broken

As it was.

## Lost

As it may be.
"""


class Line(NamedTuple):
    """Who is on the line, and in which interaction."""

    who: int
    call: int


def keep(lead: Desk, **texts: str) -> None:
    """Take scripts in, by their slugs; all of them."""
    files = [(slug.replace("_", "-"), text) for slug, text in texts.items()]
    taken = lead.scripting.take_in_all(files)
    assert [one.how for one in taken] == ["created"] * len(taken), taken


def on_the_line(desk: Desk, name: str = "Ada Hart", call: str = "1") -> Line:
    """A customer who rings, of whom nothing is known yet."""
    line = Line(desk.registering.customer(name), a_call(desk, call, f"@{call}"))
    desk.conversing.attach(line.call, line.who)
    return line


def read_brief(desk: Desk, line: Line) -> None:
    """Have every line of the brief in front of this agent."""
    brief = desk.opening.customer(line.who, line.call).brief
    seen = [LineSeen(one.key, "opened") for one in brief.lines]
    if seen:
        receipt = desk.receipting.seen(line.who, line.call, brief.digest, seen)
        assert receipt.how == "seen"


def opened(desk: Desk, line: Line, slug: str = "visit") -> RunShown:
    """A script open on a brief that was read."""
    read_brief(desk, line)
    return desk.scripting.open(slug, line.who, line.call)


def said(desk: Desk, line: Line) -> list[tuple[str, str]]:
    """What the conversation reads, by speaker."""
    [passage] = desk.opening.call(line.call).passages
    return [(one.speaker, one.text) for one in passage.entries]


def events(desk: Desk) -> list[tuple[str, str | None]]:
    """The events of scripts and their runs, with their details."""
    found = rows(
        desk, "SELECT kind, detail FROM events WHERE kind LIKE 'script.%' ORDER BY sequence"
    )
    return [(row[0], row[1]) for row in found]
