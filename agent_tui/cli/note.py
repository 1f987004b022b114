"""Write a note on a customer, correct one or take one back.

Marks in it become records: `!call back fri 10am` a promise, `=prefers mornings` a fact, `#boiler`
a topic of the interaction. What was made is printed below the note's id.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from agent_tui.cli import diagnostics, output
from agent_tui.cli.brief import CUSTOMER_HELP
from agent_tui.cli.named import written_about
from agent_tui.cli.parsing import words
from agent_tui.errors import BadInput, NotFound, UsageError

if TYPE_CHECKING:
    from datetime import tzinfo

    from agent_tui.cli.context import Context
    from agent_tui.domain.values.notes import MadeRecord, SavedNote
    from agent_tui.services.desk import Desk

_MOST_BYTES = 4 * 1024 * 1024
_CARDS_OR_CODES = "card numbers or security codes"
_FEWEST_DIGITS = 12
"""Digits of the shortest card number; security codes are shorter."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the customer and the text."""
    parser.add_argument("customer", nargs="?", type=words, metavar="CUSTOMER", help=CUSTOMER_HELP)
    parser.add_argument(
        "text",
        nargs="?",
        type=words,
        metavar="TEXT",
        help="the note; - reads stdin; write `-- TEXT` where it begins with a dash",
    )
    parser.add_argument("--interaction", metavar="ID", help="the interaction it belongs to (i_...)")
    parser.add_argument("--correct", metavar="NOTE", help="the note that it replaces (n_...)")
    parser.add_argument(
        "--undo", metavar="NOTE", help="take your own note back (n_...), and print its text"
    )
    parser.add_argument(
        "--not-a-card",
        type=words,
        metavar="REASON",
        help="keep the number that looks like a payment card's, and say why it is none",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object")


def run(args: argparse.Namespace, context: Context) -> int:
    """Save the note, and print its id and what it made once they are on disk."""
    if args.undo is not None:
        return _undo(args, context)
    if args.customer is None or args.text is None:
        raise UsageError("a note needs a CUSTOMER and a TEXT")
    from agent_tui.domain.values import ids

    with context.desk() as desk:
        customer_id = written_about(desk, args.customer)
        interaction_id = _id_of(ids.INTERACTION, args.interaction)
        corrects_id = _id_of(ids.NOTE, args.correct)
        text = _from_stdin() if args.text == "-" else args.text
        if args.not_a_card is not None:
            _keep_numbers(desk, text, args.not_a_card)
        saved = desk.noting.save(
            text, customer_id=customer_id, interaction_id=interaction_id, corrects_id=corrects_id
        )
        zone = desk.zone
    if args.json:
        output.json_line(_object(saved))
    else:
        _print(saved, zone)
    return diagnostics.DONE


def _undo(args: argparse.Namespace, context: Context) -> int:
    others = (args.customer, args.text, args.interaction, args.correct, args.not_a_card)
    if any(other is not None for other in others):
        raise UsageError("--undo NOTE stands alone")
    from agent_tui.domain.values import ids

    note_id = _id_of(ids.NOTE, args.undo)
    assert note_id is not None
    with context.desk() as desk:
        text = desk.noting.undo(note_id)
    if args.json:
        output.json_line({"id": ids.show(ids.NOTE, note_id), "text": text})
    else:
        for line in text.split("\n"):
            output.line(line)
    return diagnostics.DONE


def _id_of(prefix: str, shown: str | None) -> int | None:
    from agent_tui.domain.values import ids

    if shown is None:
        return None
    number = ids.parse(prefix, shown)
    if number is None:
        what = "an interaction" if prefix == ids.INTERACTION else "a note"
        raise NotFound(f"“{shown}” is no id of {what} ({prefix}_...)")
    return number


def _keep_numbers(desk: Desk, text: str, reason: str) -> None:
    """Say of the number that would be masked that it is no card. Raises BadInput where there is
    none, or more than one: the other may be a card."""
    from agent_tui.text.redaction import digits_in, mask_cards

    masked = [text[start:end] for start, end in mask_cards(text).spans]
    numbers = {digits for number in masked if len(digits := digits_in(number)) >= _FEWEST_DIGITS}
    if not numbers:
        raise BadInput("no number in this note is taken for a card: leave --not-a-card out")
    if len(numbers) > 1:
        raise BadInput(
            "several numbers in this note look like cards: say it first of those that are none, "
            "one by one, with `agent-tui redact --not-a-card REASON`"
        )
    desk.redacting.not_a_card(numbers.pop(), reason)


def _object(saved: SavedNote) -> dict[str, Any]:
    from agent_tui.domain.values import ids

    customer, call = saved.customer_id, saved.interaction_id
    return {
        "id": ids.show(ids.NOTE, saved.id),
        "customer_id": None if customer is None else ids.show(ids.CUSTOMER, customer),
        "interaction_id": None if call is None else ids.show(ids.INTERACTION, call),
        "records": record_objects(saved),
        "masked": saved.masked,
        "warnings": list(saved.warnings),
    }


def record_objects(saved: SavedNote) -> list[dict[str, Any]]:
    """What a note made, as JSON prints it."""
    return [
        {
            "kind": record.kind,
            "id": record.id,
            "text": record.words,
            "due": output.moment(record.due_at),
        }
        for record in saved.records
    ]


def _print(saved: SavedNote, zone: tzinfo) -> None:
    """What was made goes to stdout, what to look at to stderr."""
    from agent_tui.domain.values import ids
    from agent_tui.text.counts import counted

    output.line(ids.show(ids.NOTE, saved.id))
    for record in saved.records:
        output.line(record_line(record, zone))
    if saved.masked:
        masked = counted(saved.masked, "card number or security code", _CARDS_OR_CODES)
        output.line(f"masked  {masked}")
    for warning in saved.warnings:
        diagnostics.say(f"note: {warning}")


def record_line(record: MadeRecord, zone: tzinfo) -> str:
    """What a note made, in one line: its kind, its id, its words, when it is due."""
    asked = f"  {record.asked} was asked" if record.asked else ""
    due = ""
    if record.due_at is not None:
        due = f"  due {record.due_at.astimezone(zone):%a %d %b %Y %H:%M}"
    return f"{record.kind.replace('_', ' ')}  {record.id}  {record.words}{due}{asked}"


def _from_stdin() -> str:
    """The text on stdin. What is beyond any note is left there: the service refuses its length."""
    return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace")
