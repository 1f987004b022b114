"""Go through a script on the command line: first the brief, then step by step.

The brief is printed whole, and a key is asked for: it counts when there was time to read. Each step
is then answered with a line, on a terminal or from a pipe:

KEY [WORDS]    an answer by its key, and perhaps what the customer said
a WORDS        an answer in words, where there are no keys; an empty line goes on without one
y FIELD        what was to be confirmed is still true, `y fact.prefers` or `y prefers`;
               n FIELD WORDS: this is true now
s, j STEP      skip the step; go to another one
b              back to the step before
e, q           end the script here; leave it
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.note import record_line, record_objects
from agent_tui.cli.parsing import words
from agent_tui.errors import BadInput, Conflict, NotFound, Refused

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from agent_tui.cli.context import Context
    from agent_tui.domain.values.briefing import Brief
    from agent_tui.domain.values.notes import SavedNote
    from agent_tui.domain.values.script_runs import RunShown, StepDone
    from agent_tui.services.desk import Desk

_OWN_FAULT = (BadInput, Conflict, NotFound, Refused)
"""What concerns one line that was typed; anything else ends the command."""
_ENDED = {
    "open": "left open: the same command goes on with it within a day",
    "ended": "the script has ended",
    "left": "the script was left",
}
_NOBODY = (
    "nobody is on the line: what a caller may not hear unverified is kept back. Where you call "
    "them, `agent-tui verify CUSTOMER --calling --how METHOD` says so; with somebody on the line, "
    "name it here: --interaction i_..."
)
_NO_ANSWER_YET = (
    "words count for nothing here: the script asks its first question behind the brief; "
    "press Enter alone"
)
_MOST_BYTES = 20_000
"""Of a line that is typed; what is longer is parted."""
_HELP = "KEY [WORDS], a WORDS, y/n FIELD [WORDS], s skip, j STEP, b back, e end, q leave"


def run_script(args: argparse.Namespace, context: Context) -> int:
    """Open a script, and go through it line by line until it ends or the lines do."""
    slug, customer = map(words, args.subjects)
    interaction_id = interaction_of(args.interaction)
    with context.desk() as desk:
        # Nobody reads a brief for a script that cannot be opened then.
        desk.scripting.to_open(slug)
        customer_id = desk.finding.choose(customer)
        _pass_the_gate(desk, customer_id, interaction_id, args)
        shown = desk.scripting.open(slug, customer_id, interaction_id)
        if interaction_id is None and not shown.is_verified:
            diagnostics.say(_NOBODY)
        lines = _lines()
        captured: list[dict[str, Any]] = []
        while True:
            if not args.json:
                output.line(shown.run.script.title)
            shown, code = _go_through(desk, shown, lines, captured, is_json=args.json)
            if code or shown.continues is None:
                break
            shown = desk.scripting.open(shown.continues, customer_id, interaction_id)
        if args.json:
            output.json_line({**_object(shown), "captured": captured})
        elif not code:
            diagnostics.say(_ENDED[shown.run.state])
    return code


def interaction_of(shown: str | None) -> int | None:
    """The interaction that an id means. Raises NotFound."""
    from agent_tui.domain.values import ids

    if shown is None:
        return None
    number = ids.parse(ids.INTERACTION, shown)
    if number is None:
        raise NotFound(f"“{shown}” is no id of an interaction ({ids.INTERACTION}_...)")
    return number


def _pass_the_gate(
    desk: Desk, customer_id: int, interaction_id: int | None, args: argparse.Namespace
) -> None:
    """Print the brief, and keep that it was read, or why it was not."""
    from agent_tui.cli.brief import print_brief

    def shown() -> Brief:
        if interaction_id is None:
            brief = desk.opening.at_the_desk(customer_id).brief
        else:
            brief = desk.opening.customer(customer_id, interaction_id).brief
        if not args.json:
            print_brief(brief, desk)
            output.line()
            output.flush()
        return brief

    brief = shown()
    if args.override is not None:
        desk.receipting.override(customer_id, interaction_id, args.override, args.reason)
        return
    if desk.receipting.gate(customer_id, interaction_id).is_open:
        return
    if args.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            "the brief has to be read first, on a terminal: or say why not, with --override REASON"
        )
    from agent_tui.domain.rules.seeing import Reading

    began = time.monotonic()
    reading = Reading().look(0, brief.lines, None)
    while not (gate := desk.receipting.gate(customer_id, interaction_id)).is_open:
        if not {line.key for line in brief.lines}.issuperset(gate.unseen):
            diagnostics.say("the brief has changed meanwhile: this is how it is now")
            brief, began = shown(), time.monotonic()
            reading = Reading().look(0, brief.lines, None)
        diagnostics.say("Enter, when you have read it")
        _forget_typed_ahead()
        typed = sys.stdin.buffer.readline(_MOST_BYTES)
        if not typed:
            raise Refused("the brief was not read: nothing was opened")
        if typed.strip():
            diagnostics.say(_NO_ANSWER_YET)
            continue
        passed = round((time.monotonic() - began) * 1000)
        reading = reading.look(passed, brief.lines, None)
        seen = [one for one in reading.seen() if one.how is not None]
        if not {one.key for one in seen}.issuperset(gate.unseen):
            diagnostics.say("that was quicker than it can be read: take your time")
        else:
            desk.receipting.seen(
                customer_id, interaction_id, brief.digest, seen, focus=reading.focus
            )


def _forget_typed_ahead() -> None:
    """What was typed before the question is no answer to it."""
    import termios

    termios.tcflush(sys.stdin, termios.TCIFLUSH)


def _lines() -> Iterator[str]:
    """What is typed, line by line; on a terminal each is asked for."""
    while True:
        if sys.stdin.isatty():
            diagnostics.say(_HELP)
        line = sys.stdin.buffer.readline(_MOST_BYTES)
        if not line:
            return
        yield line.decode("utf-8", "replace").rstrip("\n")


def _go_through(
    desk: Desk,
    shown: RunShown,
    lines: Iterator[str],
    captured: list[dict[str, Any]],
    *,
    is_json: bool,
) -> tuple[RunShown, int]:
    """Take a run as far as its lines go; returns how it stands, and an exit code. What it captures
    is printed, and added to `captured`."""
    while shown.run.state == "open":
        if not is_json:
            _print(shown)
        line = next(lines, None)
        if line is None:
            break
        try:
            shown = _do(desk, shown, line)
        except _OWN_FAULT as error:
            diagnostics.say(error.message)
            if not sys.stdin.isatty():
                return shown, diagnostics.FAILED
            shown = desk.scripting.run(shown.run.id)
            continue
        if shown.saved is not None:
            captured.extend(record_objects(shown.saved))
            if not is_json:
                _print_captured(shown.saved, desk)
        for remark in shown.remarks:
            diagnostics.say(remark)
    return shown, diagnostics.DONE


def _do(desk: Desk, shown: RunShown, line: str) -> RunShown:
    """Do what a line says."""
    scripting, run_id, version = desk.scripting, shown.run.id, shown.run.version
    word, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    plain: dict[str, Callable[..., RunShown]] = {
        "s": scripting.skip,
        "b": scripting.back,
        "e": scripting.end,
        "q": scripting.leave,
    }
    if word in plain and not rest:
        return plain[word](run_id, version=version)
    if word.isdigit():
        return scripting.choose(run_id, word, rest, version=version)
    if word in ("", "a"):
        return scripting.go_on(run_id, rest, version=version)
    if word == "j":
        return scripting.jump(run_id, rest, version=version)
    if word in ("y", "n"):
        about, _, text = rest.partition(" ")
        return scripting.confirm(run_id, about, word == "y", text or None, version=version)
    raise BadInput(f"“{word}” means nothing here: {_HELP}")


def _print(shown: RunShown) -> None:
    from agent_tui.cli.script_shown import print_step

    if shown.step is not None:
        print_step(shown.step)
        output.line()
        output.flush()


def _print_captured(saved: SavedNote, desk: Desk) -> None:
    """What an answer was written down as, a record a line; the note alone where it made none."""
    from agent_tui.domain.values import ids

    rows = [record_line(record, desk.zone) for record in saved.records]
    for row in rows or [f"note  {ids.show(ids.NOTE, saved.id)}"]:
        output.line(f"captured: {row}")
    output.line()


def _object(shown: RunShown) -> dict[str, Any]:
    from agent_tui.cli.script_shown import step_object
    from agent_tui.domain.values import ids

    run = shown.run
    call = run.interaction_id
    return {
        "id": ids.show(ids.RUN, run.id),
        "script": run.script.slug,
        "version": run.script.number,
        "customer_id": ids.show(ids.CUSTOMER, run.customer_id),
        "interaction_id": ids.show(ids.INTERACTION, call) if call is not None else None,
        "receipt_id": ids.show(ids.RECEIPT, run.receipt_id),
        "state": run.state,
        "step": step_object(shown.step) if shown.step else None,
        "continues": shown.continues,
        "log": [_done(one) for one in shown.log],
    }


def _done(one: StepDone) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    return {
        "sequence": one.sequence,
        "at": output.moment(one.at),
        "step": one.step,
        "did": one.did,
        "key": one.key,
        "target": one.target,
        "answer": one.answer,
        "note_id": ids.show(ids.NOTE, one.note_id) if one.note_id is not None else None,
    }
